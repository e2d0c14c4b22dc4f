"""Five ways to say the same findings, none of which they can break out of."""

from __future__ import annotations

import json
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest

from deepdive.diagnostic import Diagnostic, Location, error, in_order, warning
from deepdive.report import FORMATS, text

FOUND = [
    error(
        "unknown-field", "vllm: there is no field 'licence'.", Location("docs/a.yml", 8, 5), "did you mean 'license'?"
    ),
    warning("row-order", "100 % wrong.", Location("docs/b.yml", 2, 1)),
]
HOSTILE = [
    error("bad-id", "\n::error file=x::owned \x1b[31m%0A\r,:", Location("docs/\n::x,y:z.yml", 1, 1), "\x07<b>&\"'")
]


def test_text_names_place_severity_code_and_repair() -> None:
    assert text.report(FOUND) == (
        "docs/a.yml:8:5: error[unknown-field] vllm: there is no field 'licence'.\n"
        "    fix: did you mean 'license'?\n"
        "docs/b.yml:2:1: warning[row-order] 100 % wrong.\n"
        "1 error, 1 warning in 2 files.\n"
    )


def test_no_finding_is_said_plainly() -> None:
    assert text.report([]) == "No problems found.\n"


def test_json_has_the_documented_shape() -> None:
    data = json.loads(FORMATS["json"](FOUND))
    assert data["diagnostics"][0] == {
        "severity": "error", "code": "unknown-field", "message": "vllm: there is no field 'licence'.",
        "fix": "did you mean 'license'?", "location": {"path": "docs/a.yml", "line": 8, "column": 5},
    }  # fmt: skip


def test_github_gets_one_line_a_finding() -> None:
    assert FORMATS["github"](FOUND).splitlines()[0] == (
        "::error file=docs/a.yml,line=8,col=5,title=unknown-field::vllm: there is no field 'licence'. Fix: did you mean 'license'?"
    )


def test_sarif_has_version_rules_and_regions() -> None:
    data = json.loads(FORMATS["sarif"](FOUND))
    assert data["version"] == "2.1.0"
    run = data["runs"][0]
    assert {rule["id"] for rule in run["tool"]["driver"]["rules"]} == {"unknown-field", "row-order"}
    assert run["results"][0]["locations"][0]["physicalLocation"]["region"] == {"startLine": 8, "startColumn": 5}


@pytest.mark.parametrize("found", [FOUND, HOSTILE, []], ids=["usual", "hostile", "none"])
def test_sarif_is_valid_against_its_schema(found: list[Diagnostic]) -> None:
    schema = json.loads((Path(__file__).parent / "schemas/sarif-2.1.0.schema.json").read_text("utf-8"))
    jsonschema.validate(json.loads(FORMATS["sarif"](found)), schema)


def test_junit_counts_errors_as_failures() -> None:
    suite = ElementTree.fromstring(FORMATS["junit"](FOUND))
    assert suite.get("failures") == "1"
    assert len(suite.findall(".//failure")) == 1


def overdue(days: int, number: int, path: str = "docs/a.yml") -> Diagnostic:
    fix = "compare the row with its sources and set today's date."
    return warning("review-overdue", f"row-{number} was last reviewed {days} days ago.", Location(path, number, 5), fix)


@pytest.mark.parametrize("count", [1, 100, 101, 2_000, 20_000])
@pytest.mark.parametrize("files", [1, 60, 20_000])
def test_the_body_of_an_issue_is_within_what_an_issue_holds(count: int, files: int) -> None:
    found = [overdue(181 + number % 150, number, f"docs/{number % files}.yml") for number in range(count)]
    body = FORMATS["issue"](found)
    assert len(body.encode()) < 62_000
    assert body.startswith(text.summary(found))
    assert ("too long" in body) == (min(count, files) > 2_000)
    if files <= 60:
        counts = [int(line.split("|")[2]) for line in body.partition("## ")[0].splitlines() if "| `" in line]
        assert sum(counts) == count
        shown = [int(line.split(" days ago")[0].split()[-1]) for line in body.splitlines() if " days ago" in line]
        assert shown == sorted((181 + number % 150 for number in range(count)), reverse=True)[:100]


def test_what_fails_a_run_and_what_has_no_age_stand_first_in_an_issue() -> None:
    due = warning("forecast-due", "f was due on 2026-12-31 and is still open.", Location("docs/f.yml"))
    late = error("review-overdue", "late was last reviewed 366 days ago.", Location("docs/z.yml"))
    told = FORMATS["issue"]([overdue(300, 1), due, late]).partition("## ")[2]
    assert [told.index(word) for word in ("late was", "f was", "row-1 was")] == sorted(
        told.index(word) for word in ("late was", "f was", "row-1 was")
    )


def test_an_issue_with_nothing_to_tell_is_closed() -> None:
    assert FORMATS["issue"]([]) == "No problems found.\n"


@pytest.mark.parametrize("name", FORMATS)
def test_a_hostile_message_stays_inside_its_finding(name: str) -> None:
    written = FORMATS[name](HOSTILE)
    assert "\x1b" not in written
    assert "\x07" not in written
    if name in ("github", "text"):
        assert not [line for line in written.splitlines()[1:] if line.startswith("::")]
    if name == "github":
        assert written.count("\n") == 1
        assert written.count("::") == 2
    if name in ("json", "sarif"):
        json.loads(written)
    if name == "junit":
        ElementTree.fromstring(written)


def test_findings_are_reported_once_and_in_order() -> None:
    later, earlier = FOUND[1], FOUND[0]
    assert in_order([later, earlier, later]) == [earlier, later]
    assert isinstance(earlier, Diagnostic)
