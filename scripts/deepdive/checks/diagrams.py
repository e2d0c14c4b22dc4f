"""Diagrams: readable by the library that draws them, described for those who cannot see them, small, harmless."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from deepdive.checks.fences import page_fences
from deepdive.diagnostic import Diagnostic, Location, error, warning
from deepdive.load.corpus import Corpus
from deepdive.load.fences import Fence, fences
from deepdive.load.files import list_files
from deepdive.load.pages import Page, read_page
from deepdive.mermaid import Unreadable, edition, parse
from deepdive.parallel import spread
from deepdive.store import Store, digest

MAX_NODES = 15
Verdict = dict[str, Any]

_NODE = re.compile(r"(?:^|[\s&]|-->|---|-\.->|==>|\|)([A-Za-z_][\w-]*)\s*(?:\[|\(|\{|>)")


def _diagrams(corpus: Corpus) -> Iterator[tuple[Page, Fence, int]]:
    for page in corpus.pages.values():
        for fence, line in page_fences(page):
            if fence.language == "mermaid":
                yield page, fence, line


def diagrams_parse(corpus: Corpus) -> Iterator[Diagnostic]:
    """The library that draws the diagram can read it."""
    found = list(_diagrams(corpus))
    verdicts = _verdicts({fence.content for _, fence, _ in found}, corpus)
    for page, fence, line in found:
        problem = verdicts[fence.content]
        if problem:
            source = fence.content.splitlines()
            shown = source[problem.line - 1].strip() if 0 < problem.line <= len(source) else ""
            what = f"at '{shown}'" if shown else f"({problem.message.splitlines()[0].rstrip('.:')})"
            bracketed = re.search(r"[\[({][^\"\]\[]*[()\[\]{}][^\"\]]*[\])}]", shown)
            fix = (
                'quote a label that holds brackets: A["text (more)"].'
                if bracketed
                else "see the line; compare a neighbouring diagram."
            )
            yield error(
                "diagram-unreadable",
                f"Mermaid cannot read the diagram {what}.",
                Location(page.shown, line + problem.line),
                fix,
            )


def asked_ahead(docs: Path, root: Path, store: Store) -> dict[str, Verdict]:
    """What the library says of the diagrams below ``docs`` of which ``store`` has no verdict; nothing else need be read for it."""
    files = list_files(docs, root)
    pages = (read_page(files, path)[0] for path in files.pages)
    contents = {fence.content for page in pages if page for fence in fences(page.body) if fence.language == "mermaid"}
    return {content: _verdict(content) for content in contents if not isinstance(store.get(_key(content)), dict)}


def _key(content: str) -> str:
    return digest("mermaid", edition(), content)


def _verdict(content: str) -> Verdict:
    problem = parse(content)
    return {"message": problem.message, "line": problem.line} if problem else {"message": ""}


def _verdicts(contents: set[str], corpus: Corpus) -> dict[str, Unreadable | None]:
    """What the library says of each diagram, asked once per text."""
    keys = {content: _key(content) for content in sorted(contents)}
    kept = {content: corpus.store.get(key) for content, key in keys.items()}
    fresh = [content for content, verdict in kept.items() if not isinstance(verdict, dict)]
    ahead = corpus.diagrams_ahead.result() if fresh and corpus.diagrams_ahead else {}
    rest = [content for content in fresh if content not in ahead]
    told = {**ahead, **dict(zip(rest, spread(_verdict, rest), strict=True))}
    for content in fresh:
        kept[content] = told[content]
        corpus.store.put(keys[content], told[content])
    return {
        content: Unreadable(str(verdict["message"]), int(verdict["line"])) if verdict.get("message") else None
        for content, verdict in kept.items()
    }


def diagrams_are_described(corpus: Corpus) -> Iterator[Diagnostic]:
    """A diagram has a title and a description for those who cannot see it, and a caption."""
    for page, fence, line in _diagrams(corpus):
        place = Location(page.shown, line)
        for word in ("accTitle", "accDescr"):
            if not re.search(rf"^\s*{word}\s*[:{{]", fence.content, re.M):
                fix = f"add a line '{word}: …' below its first line."
                yield error("diagram-undescribed", f"the diagram has no {word}.", place, fix)
        if not page.body[fence.end :].lstrip().startswith("*Figure: "):
            fix = "write a paragraph '*Figure: …*' below it."
            yield error("diagram-undescribed", "the diagram has no caption.", place, fix)


def diagrams_are_harmless(corpus: Corpus) -> Iterator[Diagnostic]:
    """A diagram holds no HTML, no click and no script."""
    for page, fence, line in _diagrams(corpus):
        if re.search(r"^\s*(click|href|callback)\b|<[a-z/]|javascript:", fence.content, re.M | re.I):
            message = "a diagram holds no HTML, no click and no script."
            yield error("diagram-unsafe", message, Location(page.shown, line), "use plain labels.")


def diagrams_are_small(corpus: Corpus) -> Iterator[Diagnostic]:
    """A flowchart has as many nodes as a reader takes in."""
    for page, fence, line in _diagrams(corpus):
        if not re.match(r"\s*(flowchart|graph)\b", fence.content):
            continue
        nodes = set(_NODE.findall(fence.content))
        if len(nodes) > MAX_NODES:
            message = f"the diagram has {len(nodes)} nodes; {MAX_NODES} is what a reader takes in."
            yield warning("diagram-crowded", message, Location(page.shown, line), "split it.")
