"""Diagrams are judged by the library that draws them; the finding stands on the line it names."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from deepdive import mermaid
from deepdive.judge import Judge
from deepdive.load.fences import fences
from deepdive.store import Store

ROOT = Path(__file__).resolve().parents[2]
HEAD = "---\ntitle: Note\ndescription: A page outside the layers whose diagram is judged, and nothing else of it.\n---\n\n# Note\n\n"


@pytest.mark.parametrize(
    ("diagram", "line"),
    [
        ("flowchart LR\n  A[one (two)] --> B\n", 2),
        ("flowchart LR\n  A --> B\n  C--\n", 3),
        ("\n\nflowchart LR\n  A --> B\n\n  B --> C{x]\n", 6),
        ("flowchart LR\n%% a comment\n  A --> B\n%% another\n  B -- > C\n", 5),
        ("sequenceDiagram\n  A->>B hello\n", 2),
        ("---\ntitle: x\n---\nflowchart LR\n  A[one (two)] --> B\n", 5),
        ("%%{init: {'theme': 'dark'}}%%\nflowchart LR\n  A[one (two)] --> B\n", 3),
        ("%%{init:\n  {'theme': 'dark'}}%%\n\nflowchart LR\n  A[one (two)] --> B\n", 5),
        ("---\ntitle: x\n---\n\n%%{init: {'theme': 'dark'}}%%\n%% a\nflowchart LR\n\n  A[one (two)] --> B\n", 9),
        ("flowchart LR\n%%{init:\n  {'theme': 'dark'}}%%\n  A[one (two)] --> B\n", 4),
        ("---\ntitle: [x\n---\nflowchart LR\n  A --> B\n", 0),
        ("nothing of the kind\n", 0),
        ("", 0),
    ],
)
def test_what_cannot_be_drawn(diagram: str, line: int) -> None:
    found = mermaid.parse(diagram)
    assert found is not None
    assert found.line == line


@pytest.mark.parametrize(
    "diagram",
    [
        'flowchart LR\n  accTitle: A\n  accDescr: B\n  A["one (two)"] --> B & C\n',
        "%% a comment first\nflowchart TB\n  subgraph one\n    A --> B\n  end\n",
        "sequenceDiagram\n  accTitle: A\n  A->>B: hello\n",
        "stateDiagram-v2\n  [*] --> A\n  A --> [*]\n",
        "timeline\n  title T\n  2020 : a\n",
        'xychart-beta\n  x-axis [a, b]\n  y-axis "n" 0 --> 3\n  bar [1, 2]\n',
    ],
)
def test_what_can(diagram: str) -> None:
    assert mermaid.parse(diagram) is None


def test_sticky_copies_find_what_the_expressions_find(monkeypatch: pytest.MonkeyPatch) -> None:
    diagrams = [fence.content for path in sorted((ROOT / "docs").rglob("*.md")) for fence in fences(path.read_text())]
    diagrams = [content for content in diagrams if content.startswith(("flowchart", "sequenceDiagram", "gantt"))][::6]
    broken = [content.replace("-->", "-- >", 1).replace("]", "", 1) for content in diagrams]
    with_copies = [mermaid.parse(content) for content in [*diagrams, *broken]]
    monkeypatch.setattr(mermaid, "_ANCHORED", "")
    monkeypatch.setattr(mermaid, "_context", cache(mermaid._context.__wrapped__))
    assert [mermaid.parse(content) for content in [*diagrams, *broken]] == with_copies
    assert any(with_copies)
    assert not all(with_copies)


@pytest.mark.parametrize(
    "expression",
    [
        "/^(?:a|b)c/",
        "/^(?:a)|c/",
        "/^a|[|]c/i",
        "/c/",
        "/^b/m",
        "/c/g",
        "/^(?:x(?:y)?)|(?:c)/",
        r"/^\(|c/",
        "/^(?:)/",
        "'c'",
    ],
)
def test_only_expressions_that_begin_the_text_are_copied(expression: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = f"JSON.stringify(['ac', 'bc', 'xc', 'x', '(', ''].map((text) => text.match({expression})))"
    answer = mermaid._context().eval(ask)
    monkeypatch.setattr(mermaid, "_ANCHORED", "")
    assert mermaid._context.__wrapped__().eval(ask) == answer


def test_the_finding_stands_on_the_line_of_the_page(site: Callable[..., Path], tmp_path: Path) -> None:
    body = "``` mermaid\nflowchart LR\n  accTitle: A\n  accDescr: B\n  A[one (two)] --> B\n```\n\n*Figure: one.*\n"
    folder = site("valid", {"docs/note.md": HEAD + body})
    store = Store(tmp_path / "kept")
    fresh = Judge(folder / "mkdocs.yml", links=False, store=store).findings()
    assert [(one.code, one.location.line) for one in fresh] == [("diagram-unreadable", 12)]
    assert Judge(folder / "mkdocs.yml", links=False, store=store).findings() == fresh
