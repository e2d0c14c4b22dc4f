"""Text becomes data with places, or a diagnostic; nothing raises."""

from __future__ import annotations

import datetime
import time

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from deepdive.text_source import MAX_BYTES, decode
from deepdive.yaml_source import read


def codes(text: str) -> list[tuple[str, int, int]]:
    return [(found.code, found.location.line, found.location.column) for found in read(text, "t.yml").diagnostics]


def test_values_and_keys_have_places() -> None:
    document = read("a: 1\nrows:\n  - id: x\n    name: Ex\n", "t.yml")
    assert document.data == {"a": 1, "rows": [{"id": "x", "name": "Ex"}]}
    assert str(document.locate("rows", 0, "name")) == "t.yml:4:11"
    assert str(document.locate("rows", 0, "name", key=True)) == "t.yml:4:5"
    assert str(document.locate("rows", 0, "absent")) == "t.yml:3:5"


def test_plain_values_are_read_as_written() -> None:
    text = "a: 3.35\nb: 80\nc: true\nd: null\ne: 2026-11-21\nf: 'no'\ng: text\nh: 1.5e3\ni: ~\nj:\n"
    assert read(text, "t.yml").data == {
        "a": 3.35, "b": 80, "c": True, "d": None, "e": datetime.date(2026, 11, 21), "f": "no", "g": "text", "h": 1500.0, "i": None, "j": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    "scalar",
    [
        "no",
        "on",
        "Yes",
        "off",
        "TRUE",
        "0755",
        "0891",
        "0x1F",
        "1_000",
        "12:30:45",
        ".nan",
        "-.inf",
        "2026-11-21 10:00:00",
    ],
)
def test_a_spelling_that_surprises_is_refused(scalar: str) -> None:
    assert codes(f"a: {scalar}\n") == [("ambiguous-scalar", 1, 4)]


def test_a_date_that_does_not_exist_is_refused() -> None:
    assert codes("a: 2026-02-30\n") == [("impossible-date", 1, 4)]


def test_a_duplicate_key_is_reported_at_both_places() -> None:
    assert codes("a: 1\nb: 2\na: 3\n") == [("duplicate-key", 3, 1), ("duplicate-key", 1, 1)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: &x [*x]\n", "yaml-alias"),
        ("a: *x\n", "yaml-alias"),
        ("a:\n  <<: {b: 1}\n", "yaml-alias"),
        ("a: !!python/object/apply:os.system [x]\n", "yaml-tag"),
        ("a: !own x\n", "yaml-tag"),
        ("a: 1\n---\nb: 2\n", "yaml-documents"),
        ("? [a]\n: b\n", "yaml-key"),
        ("1: x\n", "yaml-key"),
        ("a:\n\t- b\n", "yaml-syntax"),
        ("a: [1, 2\n", "yaml-syntax"),
        ("a: '" + "x" * 5000 + "'\n", "value-too-long"),
        ('a: "\\u202e"\n', "control-character"),
        ('a: "\\0"\n', "control-character"),
    ],
)
def test_what_is_not_allowed_has_a_code(text: str, code: str) -> None:
    assert [found[0] for found in codes(text)] == [code]


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("a: {value: 1,2288}\n", "within {…} a comma ends a value: write 1.5 for 1,5 and 1000 for 1,000."),
        ("a: {value: 1,024.5, b: 1}\n", "within {…} a comma ends a value: write 1.5 for 1,5 and 1000 for 1,000."),
        ("a: {b: x, 7: y}\n", "quote it: '7'."),
        ("1: x\n", "quote it: '1'."),
        ("true: x\n", None),
    ],
)
def test_a_decimal_comma_is_told_from_a_key_that_is_a_number(text: str, fix: str | None) -> None:
    (found,) = read(text, "t.yml").diagnostics
    assert found.code == "yaml-key"
    assert found.fix == fix or fix is None


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "{a: " * 60_000, "- " * 60_000, "".join("  " * depth + "a:\n" for depth in range(400))],
    ids=["lists", "maps", "dashes", "indents"],
)
def test_deep_nesting_is_refused_before_it_costs_anything(text: str) -> None:
    start = time.perf_counter()
    found = read(text, "t.yml").diagnostics
    assert [one.code for one in found] == ["yaml-depth"]
    assert time.perf_counter() - start < 5  # a recursion or a quadratic scan would take minutes


def test_an_alias_bomb_is_refused_at_its_first_anchor() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{b}: &{b} [{','.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    assert codes(bomb) == [("yaml-alias", 1, 4)]


@pytest.mark.parametrize(
    ("raw", "code", "line", "column"),
    [
        (b"a: 1\nb: caf\xe9\n", "not-utf8", 2, 7),
        ("a: 1".encode("utf-16"), "not-utf8", 1, 1),
        (b"\xef\xbb\xbfa: 1\n", "byte-order-mark", 1, 1),
        (b"a: \x00\n", "control-character", 1, 4),
        (b"a: x\x07\n", "control-character", 1, 5),
        ("a: \u202ex\n".encode(), "invisible-character", 1, 4),
        ("a: x\u200b\n".encode(), "invisible-character", 1, 5),
        (b"a: " + b"x" * MAX_BYTES, "file-too-large", 1, 1),
    ],
)
def test_bytes_that_are_not_plain_text_are_placed(raw: bytes, code: str, line: int, column: int) -> None:
    (found,) = decode(raw, "t.yml")[1]
    assert (found.code, found.location.line, found.location.column) == (code, line, column)


def test_joiners_inside_emoji_and_scripts_are_text() -> None:
    assert decode("a: 👩‍💻 and می‌خواهم\n".encode(), "t.yml")[1] == []


@given(st.binary(max_size=400))
@settings(max_examples=400, deadline=None)
def test_arbitrary_bytes_never_raise(raw: bytes) -> None:
    text, found = decode(raw, "t.yml")
    document = read(text, "t.yml")
    for one in [*found, *document.diagnostics]:
        assert one.location.line >= 1
        assert one.location.column >= 1


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.text("abc xyz-", max_size=8),
        lambda inner: (
            st.lists(inner, max_size=4) | st.dictionaries(st.text("abc", min_size=1, max_size=3), inner, max_size=4)
        ),
        max_leaves=20,
    )
)
@settings(max_examples=200, deadline=None)
def test_what_a_safe_dumper_writes_is_read_back(data: object) -> None:
    document = read(yaml.safe_dump(data), "t.yml")
    assert document.diagnostics == []
    assert document.data == data
