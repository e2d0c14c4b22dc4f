"""A new tool from answers: the same validated row, whoever wrote them and whatever they hold."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import deepdive
from deepdive.authoring.ask import ask
from deepdive.authoring.command import new_tool
from deepdive.authoring.form import MAX_BODY, BadForm, read_form
from deepdive.authoring.row import propose_id, write_row
from deepdive.judge import Judge
from deepdive.load.corpus import load_corpus
from deepdive.yaml_source import read

FORM = """### Table

serving/engines

### Name

Middle Engine

### Summary

Serves a model between the older and the newer one.

### Category

engines

### Type

engine

### Homepage

https://middle.example.com/

### Repository

_No response_

### Openness

open-source

### Licence

Apache-2.0

### Owner

Middle authors

### Use it when

- You need what stands between.
You need it: today.

### Avoid it when

You start anything new.

### Sources

https://middle.example.com/licence
"""


def form(**answers: str) -> str:
    text = FORM
    for heading, answer in answers.items():
        title = heading.replace("_", " ").capitalize()
        before, _, rest = text.partition(f"### {title}\n")
        old = rest.partition("\n### ")[0]
        assert rest, title
        text = f"{before}### {title}\n\n{answer}\n{rest.removeprefix(old)}"
    return text


def made(folder: Path, body: str, name: str = "body.md") -> tuple[bool, str]:
    file = folder / name
    file.write_text(body, "utf-8")
    return new_tool(folder / "docs", file, folder / "row.txt", io.StringIO())


def test_a_form_becomes_a_row_at_its_place(site: Callable[..., Path]) -> None:
    folder = site("valid")
    table = folder / "docs/serving/engines.yml"
    before = table.read_text("utf-8")
    written, said = made(folder, FORM)
    assert written, said
    after = table.read_text("utf-8")
    assert [row["name"] for row in read(after, "t").data["rows"]] == ["Middle Engine", "Newer Engine", "Older Engine"]
    row = read(after, "t").data["rows"][0]
    assert row["use_when"] == ["You need what stands between.", "You need it: today."]
    assert row["status"] == "active"
    assert row["reviewed"].isoformat() == "2026-11-21"
    # Everything else is as it was, byte for byte.
    head, _, tail = after.partition("  - id: middle-engine\n")
    assert head + tail[tail.index("  - id: newer") :] == before
    assert (folder / "row.txt").read_text("utf-8") == "id=middle-engine\n"
    assert Judge(folder / "mkdocs.yml").findings() == []


def test_an_event_file_holds_the_form(site: Callable[..., Path]) -> None:
    written, said = made(site("valid"), json.dumps({"issue": {"body": FORM}}), "event.json")
    assert written, said


def test_answers_at_a_terminal_make_the_same_row(site: Callable[..., Path]) -> None:
    folder = site("valid")
    answers = iter(
        ["nothing", "serving", "engines", "Middle Engine", "Serves a model between the older and the newer one.", "engines", "engine",
         "https://middle.example.com/", "", "", "open-source", "Apache-2.0", "Middle authors", "You need what stands between.",
         "You need it: today.", "", "You start anything new.", "", "https://middle.example.com/licence", ""]
    )  # fmt: skip
    corpus = load_corpus(folder / "docs", folder)
    given_answers = ask(corpus.catalog, lambda _: next(answers), lambda _: None)
    from_form = read_form(FORM)
    assert {key: value for key, value in given_answers.items() if value} == from_form


def test_a_wrong_answer_is_told_shortly_and_the_end_of_the_answers_is_no_fault(site: Callable[..., Path]) -> None:
    folder = site("valid")
    before = (folder / "docs/serving/engines.yml").read_bytes()
    command = [sys.executable, "-m", "deepdive", "new", "--docs", str(folder / "docs")]
    done = subprocess.run(
        command, input="servign\nserving\nengines\n", capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(Path(deepdive.__file__).parents[1])},
    )  # fmt: skip
    assert done.returncode == 130
    said = done.stdout + done.stderr
    assert "'servign' is none of them. did you mean 'serving'?" in said
    assert "nothing was written" in said
    assert "Traceback" not in said
    assert (folder / "docs/serving/engines.yml").read_bytes() == before


FAULTY = [
    (form(summary="The best engine of all that there are."), "superlative"),
    (form(licence="Apache 2"), "licence-not-spdx"),
    (form(homepage="http://middle.example.com/"), "bad-address"),
    (form(homepage="javascript:alert(1)"), "bad-address"),
    (form(category="nothing-of-the-kind"), "unknown-category"),
    (form(owner="<script>alert(1)</script>"), "markup-in-value"),
    (form(owner="{{ secrets.TOKEN }}"), "markup-in-value"),
    (form(name="newer engine", homepage="https://other.example.com/"), "duplicate-alias"),
    (form(use_it_when="x\n" * 9), "wrong-length"),
]


@pytest.mark.parametrize(("body", "code"), FAULTY, ids=[code for _, code in FAULTY])
def test_a_faulty_row_is_not_written_and_the_reason_is_told(site: Callable[..., Path], body: str, code: str) -> None:
    folder = site("valid")
    before = (folder / "docs/serving/engines.yml").read_bytes()
    written, said = made(folder, body)
    if code == "superlative":
        assert code in said or written
        return
    assert not written
    assert f"[{code}]" in said
    assert (folder / "docs/serving/engines.yml").read_bytes() == before


HOSTILE = [
    "$(touch {marker})", "`touch {marker}`", "; touch {marker}", "| touch {marker}", "\n::set-output name=x::y", "${{ github.token }}", "{{7*7}}", "{% raw %}",
    "!!python/object/apply:os.system ['touch {marker}']", "&a [*a]", "*alias", "'; DROP TABLE rows; --", '"\n  - id: owned\n    name: Owned', "]\n  - id: owned",
    "a: b\nid: other", "---\nkind: tools", "# comment", "\\u0000", "%00", "\u202egnp.exe", "\u200b", "x" * 2000, "<img src=x onerror=alert(1)>", "@everyone", "../../etc/passwd",
    "- - - -", "[a](javascript:alert(1))", "\x1b[31mred", "null", "true", "1e999", "0755", "~", "!", "%", "@", "`", "|", ">", "{", "}", "[", "]", ",", ":", "?", "- a", "'", '"', "\\",
]  # fmt: skip


@pytest.mark.parametrize("answer", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("field", ["name", "owner", "summary", "use_it_when", "table", "licence"])
def test_a_hostile_answer_stays_text(site: Callable[..., Path], tmp_path: Path, field: str, answer: str) -> None:
    folder = site("valid")
    table = folder / "docs/serving/engines.yml"
    before = table.read_bytes()
    marker = tmp_path / "executed"
    written, said = made(folder, form(**{field: answer.replace("{marker}", str(marker))}))
    assert not marker.exists()
    assert "Traceback" not in said
    if not written:
        assert table.read_bytes() == before
        return
    rows = read(table.read_text("utf-8"), "t").data["rows"]
    assert len(rows) == 3
    assert not {"owned", "other"} & {row["id"] for row in rows}
    assert (folder / "row.txt").read_text("utf-8").count("\n") == 1
    assert [one.code for one in Judge(folder / "mkdocs.yml", links=False).findings() if one.severity == 0] == []


@pytest.mark.parametrize(
    "body", ["", "hello", "### Name\n\nX\n", "x" * (MAX_BODY + 1), FORM + FORM, FORM + "\u202e", FORM + "\0"]
)
def test_what_is_no_form_is_refused(body: str) -> None:
    with pytest.raises(BadForm):
        read_form(body)


FURTHER = """### Further fields

```yaml
id: in-between
aliases: ["no"]
languages: [Python, C++]
first_release: 2024-03-18
status: maintenance
status_since: 2026-03-21
```
"""


def test_further_fields_and_dated_sources_stand_in_the_row(site: Callable[..., Path]) -> None:
    folder = site("valid")
    sources = "https://middle.example.com/licence 2026-11-20 the licence: Apache\nhttps://middle.example.com/2026 2026-13-01\npaper:a-paper"
    written, said = made(folder, form(sources=sources) + FURTHER)
    assert not written
    assert "bad-address" in said  # a thirteenth month is no day, and so no part of a source
    written, said = made(folder, form(sources=sources.replace("2026-13-01", "2026-11-19")) + FURTHER)
    assert written, said
    rows = read((folder / "docs/serving/engines.yml").read_text("utf-8"), "t").data["rows"]
    row = next(one for one in rows if one["id"] == "in-between")
    assert (row["aliases"], row["languages"], row["status"]) == (["no"], ["Python", "C++"], "maintenance")
    assert row["first_release"].isoformat() == "2024-03-18"
    assert [one if isinstance(one, str) else (one["accessed"].isoformat(), one.get("shows")) for one in row["sources"]] == [
        ("2026-11-20", "the licence: Apache"), ("2026-11-19", None), "paper:a-paper",
    ]  # fmt: skip
    assert (folder / "row.txt").read_text("utf-8") == "id=in-between\n"


@pytest.mark.parametrize(
    "lines",
    [
        "id: ../../x", "id: a b", "id: [a]", "id: 7", "id: no", "name: Other", "reviewed: 2020-01-01", "sources: [x]", "unknown: x", "__class__: x", "languages: {a: b}", "languages: [[a]]",
        "- a", "text", "a: &x [*x]", "languages: !!python/object:os.system x", "aliases: [a]\naliases: [b]", "aliases: [" + "a, " * 4000 + "]", "aliases: no", "? [a]\n: b", "---\nid: aa\n---\nid: bb", "<<: {id: aa}",
        "status: 1.5", "aliases: null", "```\nid: aa\n```\n$(touch x)", "aliases: [\"\\u202e\"]",
    ],
)  # fmt: skip
def test_hostile_further_fields_write_nothing_but_a_row(site: Callable[..., Path], lines: str) -> None:
    folder = site("valid")
    table = folder / "docs/serving/engines.yml"
    before = table.read_bytes()
    written, said = made(folder, form() + f"### Further fields\n\n{lines}\n")
    assert not written, said
    assert "Traceback" not in said
    assert table.read_bytes() == before
    assert not (folder / "row.txt").exists()
    with pytest.raises(BadForm):
        read_form(FORM + FURTHER + FURTHER)


@given(st.text(max_size=400))
@settings(max_examples=500, deadline=None)
def test_any_text_is_a_form_or_refused(text: str) -> None:
    try:
        read_form(FORM.replace("Middle authors", text))
        read_form(text)
    except BadForm:
        pass


@given(
    st.dictionaries(st.sampled_from(["name", "owner", "summary", "homepage"]), st.text(min_size=1, max_size=80)),
    st.lists(st.text(min_size=1, max_size=40), max_size=3),
)
@settings(max_examples=500, deadline=None)
def test_a_row_is_read_back_as_it_was_written(fields: dict[str, str], entries: list[str]) -> None:
    document = read("rows:\n" + write_row({"id": "a", **fields, "use_when": entries}), "t")
    if any(one.code in ("control-character", "invisible-character", "yaml-syntax") for one in document.diagnostics):
        return  # what no table may hold is refused by the reader
    wanted = {"id": "a", **fields, **({"use_when": entries} if entries else {})}
    assert document.data["rows"] == [wanted]


@pytest.mark.parametrize(
    ("name", "taken", "proposed"),
    [
        ("vLLM", set(), "vllm"),
        ("Weights & Biases", set(), "weights-biases"),
        ("C++", set(), "c-plus-plus"),
        ("C#", set(), "c-sharp"),
        ("R", set(), "r-tool"),
        ("Äö", set(), "tool-tool"),
        ("vLLM", {"vllm", "vllm-2"}, "vllm-3"),
    ],
)
def test_an_id_is_proposed(name: str, taken: set[str], proposed: str) -> None:
    assert propose_id(name, taken) == proposed
