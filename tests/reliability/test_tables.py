"""Items 1–38 of the catalogue of bad inputs: YAML that is hostile or merely wrong.

``⟦`` stands in a text where the finding is expected and is taken out before the text is judged.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from deepdive.checks import run_checks
from deepdive.judge import Judge
from deepdive.load.corpus import load_corpus
from deepdive.pipeline import assemble
from deepdive.store import Store

ROW = """kind: tools
title: More engines
summary: One row that is right in all but one way.
layer: serving
rows:
  - id: extra
    name: Extra Engine
    summary: An engine that is right in all but one way.
    category: engines
    type: engine
    homepage: https://extra.example.com/
    openness: open-source
    license: MIT
    owner: Extra authors
    status: active
    use_when: [You need another row.]
    avoid_when: [You need none.]
    reviewed: 2026-11-01
    sources: [https://extra.example.com/]
"""
PATH = "docs/serving/extra.yml"
SITES = Path(__file__).resolve().parents[1] / "sites"


def place(text: str) -> tuple[str, int, int]:
    """The text without its mark, and where the mark stood."""
    before = text[: text.index("⟦")]
    return text.replace("⟦", ""), before.count("\n") + 1, len(before) - before.rfind("\n")


def judged(site: Callable[..., Path], text: str | bytes) -> list[tuple[str, int, int]]:
    found = Judge(site("valid", {PATH: text}) / "mkdocs.yml", links=False).findings()
    return [(one.code, one.location.line, one.location.column) for one in found if one.location.path == PATH]


def changed(old: str, new: str) -> str:
    assert old in ROW
    return ROW.replace(old, new, 1)


ITEMS: list[tuple[int, str, str]] = [
    (2, "ambiguous-scalar", changed("owner: Extra authors", "owner: ⟦NO")),
    (2, "ambiguous-scalar", changed("owner: Extra authors", "owner: ⟦on")),
    (3, "wrong-type", changed("owner: Extra authors", "owner: ⟦2026-11-21")),
    (4, "wrong-type", changed("name: Extra Engine", "name: ⟦1.10")),
    (5, "ambiguous-scalar", changed("owner: Extra authors", "owner: ⟦0755")),
    (5, "ambiguous-scalar", changed("owner: Extra authors", "owner: ⟦12:30:45")),
    (7, "yaml-alias", changed("use_when: [You need another row.]", "use_when: ⟦&a [*a]")),
    (9, "value-too-long", changed("owner: Extra authors", "owner: ⟦" + "x" * 5000)),
    (10, "yaml-syntax", changed("    owner: Extra authors", "⟦\towner: Extra authors")),
    (12, "control-character", changed("owner: Extra authors", "owner: Extra⟦\0 authors")),
    (13, "control-character", changed("owner: Extra authors", "owner: Extra⟦\x1b[31m authors")),
    (16, "yaml-syntax", changed("owner: Extra authors", 'owner: "Extra \\u⟦d800"')),
    (17, "invisible-character", changed("owner: Extra authors", "owner: Extra⟦\u202e authors")),
    (17, "invisible-character", changed("owner: Extra authors", "owner: Extra⟦\u200b authors")),
    (18, "ambiguous-scalar", changed("owner: Extra authors", "owner: ⟦.nan")),
    (18, "ambiguous-scalar", changed("owner: Extra authors", "owner: ⟦-.inf")),
    (19, "yaml-tag", changed("owner: Extra authors", "owner: ⟦!!python/object/apply:os.system [id]")),
    (20, "yaml-tag", changed("owner: Extra authors", "owner: ⟦!unknown x")),
    (21, "not-a-table", "⟦"),
    (22, "not-a-table", "⟦- a\n- b\n"),
    (23, "not-a-table", "⟦text\n"),
    (24, "yaml-documents", ROW + "⟦---\nkind: tools\n"),
    (25, "yaml-key", changed("    owner: Extra authors", "    ⟦1: x\n    owner: Extra authors")),
    (26, "unknown-field", changed("owner: Extra authors", "owner: Extra authors\n    ⟦licence: MIT")),
    (27, "unknown-value", changed("status: active", "status: ⟦actve")),
    (28, "missing-field", changed("  - id: extra\n", "  - ⟦id: extra\n").replace("    owner: Extra authors\n", "")),
    (29, "null-field", changed("owner: Extra authors", "owner: ⟦null")),
    (29, "null-field", changed("owner: Extra authors", "owner: ⟦~")),
    (30, "empty-value", changed("owner: Extra authors", 'owner: ⟦""')),
    (30, "empty-value", changed("owner: Extra authors", 'owner: ⟦"   "')),
    (31, "duplicate-id", changed("id: extra", "id: ⟦newer")),
    (32, "bad-id", changed("id: extra", "id: ⟦Extra/../engine")),
    (33, "unknown-id", changed("status: active", "status: active\n    alternatives: [⟦oldr]")),
    (34, "self-reference", changed("status: active", "status: active\n    alternatives: [⟦extra]")),
    (37, "future-date", changed("reviewed: 2026-11-01", "reviewed: ⟦2027-11-01")),
    (37, "impossible-date", changed("reviewed: 2026-11-01", "reviewed: ⟦2026-02-30")),
]


@pytest.mark.parametrize(("item", "code", "text"), ITEMS, ids=[f"item_{item}-{code}" for item, code, _ in ITEMS])
def test_a_wrong_table_is_found_at_its_place(site: Callable[..., Path], item: int, code: str, text: str) -> None:
    text, line, column = place(text)
    assert (code, line, column) in judged(site, text)


def test_the_row_itself_is_right(site: Callable[..., Path]) -> None:
    assert judged(site, ROW) == []


def test_item_1_a_duplicate_key_is_shown_at_both_places(site: Callable[..., Path]) -> None:
    found = judged(site, changed("    owner: Extra authors\n", "    owner: A\n    license: MIT\n"))
    assert [one for one in found if one[0] == "duplicate-key"] == [("duplicate-key", 13, 5), ("duplicate-key", 15, 5)]


def test_item_6_an_alias_bomb_costs_nothing(site: Callable[..., Path]) -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{chr(98 + level)}: &{chr(98 + level)} [{', '.join(['*' + chr(97 + level)] * 10)}]\n" for level in range(9)
    )
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert judged(site, bomb) == [("yaml-alias", 1, 4)]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # KiB


@pytest.mark.parametrize("text", ["[" * 200_000, "{a: " * 60_000, "- " * 120_000], ids=["lists", "maps", "dashes"])
def test_item_8_deep_nesting_neither_crashes_nor_takes_time(site: Callable[..., Path], text: str) -> None:
    begun = time.monotonic()
    assert [code for code, _, _ in judged(site, text)] == ["yaml-depth"]
    assert time.monotonic() - begun < 5


def test_item_9_a_large_file_is_not_read_as_yaml(site: Callable[..., Path]) -> None:
    assert judged(site, ROW + "# " + "x" * 300_000 + "\n") == [("file-too-large", 1, 1)]


def test_item_11_bytes_that_are_no_text_have_a_place(site: Callable[..., Path]) -> None:
    raw = changed("owner: Extra authors", "owner: Extra M\xfcller").encode("latin-1")
    assert judged(site, raw) == [("not-utf8", 14, 19)]


def test_item_14_a_byte_order_mark_is_named_and_the_rest_is_read(site: Callable[..., Path]) -> None:
    assert judged(site, b"\xef\xbb\xbf" + ROW.encode()) == [("byte-order-mark", 1, 1)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_item_15_another_encoding_is_refused(site: Callable[..., Path], encoding: str) -> None:
    found = judged(site, ROW.encode(encoding))
    assert found
    assert {code for code, _, _ in found} <= {"not-utf8", "control-character"}


def test_item_31_ids_that_differ_in_case_or_form_are_one(site: Callable[..., Path]) -> None:
    # Capitals and accents are refused as such; a clash is never hidden behind the refusal.
    assert judged(site, changed("id: extra", "id: NEWER")) == [("bad-id", 6, 9)]
    text = ROW + ROW.split("rows:\n")[1].replace("https://extra.example.com/\n", "https://two.example.com/\n")
    assert ("duplicate-id", 20, 9) in judged(site, text)


def test_item_32_the_page_of_a_row_is_named_by_its_id(site: Callable[..., Path]) -> None:
    folder = site("valid", {PATH: ROW})
    assert "reference/tools/extra.md" in assemble(folder / "docs", folder).generated_pages


def test_item_35_alternatives_are_symmetric_and_written_once(site: Callable[..., Path]) -> None:
    folder = site("valid", {PATH: changed("status: active", "status: active\n    alternatives: [newer]")})
    catalog = assemble(folder / "docs", folder).catalog
    assert catalog.alternatives["extra"] == ("newer",)
    assert catalog.alternatives["newer"] == ("extra", "older")
    again = (folder / "docs/serving/engines.yml").read_text("utf-8").replace("[older]", "[older, extra]", 1)
    (folder / "docs/serving/engines.yml").write_text(again, "utf-8")
    assert [one.code for one in Judge(folder / "mkdocs.yml", links=False).findings()] == ["alternative-twice"]


def test_item_36_a_circle_of_parents_is_named(site: Callable[..., Path]) -> None:
    second = ROW.split("rows:\n")[1].replace("extra", "extrb").replace("Extra Engine", "Extrb Engine")
    text = changed("status: active", "status: active\n    part_of: extrb") + second.replace(
        "status: active", "status: active\n    part_of: extra"
    )
    assert "circular-reference" in [code for code, _, _ in judged(site, text)]


def test_item_38_another_suffix_is_never_skipped_in_silence(site: Callable[..., Path]) -> None:
    folder = site("valid", {"docs/serving/extra.yaml": ROW})
    found = Judge(folder / "mkdocs.yml", links=False).findings()
    assert [(one.code, one.location.path) for one in found] == [("yaml-suffix", "docs/serving/extra.yaml")]


@pytest.mark.parametrize("written", ["2401.10000", "2026-11-21", "true"])
@pytest.mark.parametrize("shape", ["owner: {}  # as it is", "aliases: [x, {}]"])
def test_a_value_to_quote_is_told_as_it_is_written(site: Callable[..., Path], shape: str, written: str) -> None:
    line = shape.format(written)
    line = line if line.startswith("owner") else f"owner: Extra authors\n    {line}"
    found = Judge(site("valid", {PATH: changed("owner: Extra authors", line)}) / "mkdocs.yml", links=False).findings()
    (one,) = [one for one in found if one.code == "wrong-type"]
    word = f"the boolean {written}" if written == "true" else f"'{written}'"
    assert one.message.endswith(f"must be text, not {word}.")
    assert one.fix == f"quote it: '{written}'."


BROKEN = {
    "a lost quote": lambda text: text.replace("title: ", 'title: "', 1),
    "a tab": lambda text: text.replace("\n  - ", "\n\t- ", 1),
    "an alias": lambda text: text.replace("title: ", "title: *a ", 1),
    "another encoding": lambda text: text.replace("title: ", "title: ü", 1).encode("latin-1", "replace"),
    "a control character": lambda text: text.replace("title: ", "title: \a", 1),
    "another kind": lambda text: text.replace("kind: ", "kind: no-", 1),
    "another word for rows": lambda text: text.replace("\nrows:", "\nrow:", 1).replace("\ncategories:", "\ncategory:"),
}


@pytest.mark.parametrize("how", BROKEN)
def test_what_follows_from_a_table_that_cannot_be_read_is_not_told(tmp_path: Path, how: str) -> None:
    docs, store = SITES / "valid/docs", Store(tmp_path)
    for table in sorted(docs.rglob("*.yml")):
        path = table.relative_to(docs).as_posix()
        if path == "redirects.yml":
            continue
        broken = BROKEN[how](table.read_text("utf-8"))
        draft = broken if isinstance(broken, bytes) else broken.encode()
        corpus = load_corpus(docs, docs.parent, store=store, drafts={path: draft})
        found = [*corpus.diagnostics, *run_checks(corpus)]
        assert found, path
        beside = [one for one in found if one.location.path != f"docs/{path}"]
        follows = {one.code for one in beside}
        # Of a row that nobody knows there is no page; and a table of no kind is none that a page could show.
        assert follows <= {"redirect-to-nothing"} | ({"unknown-table"} if how == "another kind" else set()), path


def test_what_does_not_follow_from_it_is_told(site: Callable[..., Path]) -> None:
    folder = site("valid", {PATH: changed("status: active", "status: active\n    alternatives: [gone, newer]")})
    engines = folder / "docs/serving/engines.yml"
    engines.write_text(engines.read_text("utf-8").replace("title: ", 'title: "', 1), "utf-8")
    found = Judge(folder / "mkdocs.yml", links=False).findings()
    assert {one.code for one in found if one.location.path == "docs/serving/engines.yml"} == {"yaml-syntax"}
    assert [one.message for one in found if one.location.path == PATH] == ["extra: there is no tool 'gone'."]
