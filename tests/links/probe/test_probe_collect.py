"""From a corpus to addresses and back: places, repairs, shards, suppressions, GitHub, the run as a whole."""

from __future__ import annotations

import asyncio
import datetime
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fault_server import Exchange, FaultServer, answer, page, redirect

from deepdive.diagnostic import Diagnostic, Location, Severity
from deepdive.fix import apply_edits
from deepdive.links.probe import Options, run_external
from deepdive.links.probe.collect import Shard, collect, github_slug
from deepdive.links.probe.policy import Policy
from deepdive.links.probe.report import Report, merge
from deepdive.links.probe.summary import needs_issue, summarise
from deepdive.links.probe.suppressions import read_suppressions
from deepdive.links.probe.verdict import Kind, Outcome, Verdict
from deepdive.load.corpus import Corpus, load_corpus

TODAY = datetime.date(2026, 11, 21)
PAGE = """---
title: Links
sources:
  - {title: One, url: "https://front.example.com/a", kind: primary}
---

# Links

[inline](https://one.example.com/a) and [same](https://ONE.example.com:443/a), <https://auto.example.com/>,
[reference][r], <a href="https://html.example.com/?a=1&amp;b=2">raw</a>, ![image](https://img.example.com/x.png).

`[code](https://code.example.com/)` and [local](page.md), [tool](tool:x), [mail](mailto:a@example.com).

```text
[fence](https://fence.example.com/)
```

<!-- [comment](https://comment.example.com/) -->

[r]: https://reference.example.com/(b) "title"
"""


@pytest.fixture
def corpus(tmp_path: Path) -> Callable[[dict[str, str]], Corpus]:
    def load(files: dict[str, str]) -> Corpus:
        for path, text in files.items():
            (tmp_path / "docs" / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "docs" / path).write_text(text)
        return load_corpus(tmp_path / "docs", tmp_path)

    return load


def test_every_link_of_a_page_is_found_at_its_place_and_code_holds_none(corpus: Callable[..., Corpus]) -> None:
    found = collect(corpus({"page.md": PAGE}), Policy())
    hosts = {linked.spelled.host for linked in found.linked.values()}
    assert hosts == {f"{name}.example.com" for name in ("front", "one", "auto", "reference", "html", "img")}
    one = found.linked["https://one.example.com/a"]
    assert [str(place.location) for place in one.places] == ["docs/page.md:9:10", "docs/page.md:9:48"]
    assert [str(place.location) for place in found.linked["https://front.example.com/a"].places] == [
        "docs/page.md:4:23"
    ]
    assert "https://html.example.com/?a=1&b=2" in found.linked
    assert all(PAGE[place.start : place.end].lower().startswith("https://one") for place in one.places)


@pytest.mark.parametrize(
    "link",
    ["[x](java&#115;cript:alert(1))", '<a href=" JaVaScRiPt:alert(1)">x</a>', "<a href='java\tscript:alert(1)'>x</a>"],
    ids=["item-40-entity", "item-40-case", "item-40-tab"],
)
def test_item_40_a_disguised_scheme_is_refused_at_its_place(link: str, corpus: Callable[..., Corpus]) -> None:
    found = collect(corpus({"page.md": f"# T\n\n{link}\n"}), Policy())
    assert [(refused.kind, place.location.line) for _, refused, place in found.refused] == [(Kind.UNSAFE, 3)]


def test_every_address_of_a_row_is_found(site: Callable[..., Path]) -> None:
    folder = site("valid")
    found = collect(load_corpus(folder / "docs", folder), Policy())
    places = {url: [str(place.location) for place in linked.places] for url, linked in found.linked.items()}
    assert places["https://newer.example.com/"] == ["docs/serving/engines.yml:13:15"]
    assert places["https://github.com/example/newer"] == ["docs/serving/engines.yml:14:11"]
    assert places["https://newer.example.com/licence"] == ["docs/serving/engines.yml:29:14"]
    assert len(places["https://github.com/example/older"]) == 2
    assert any(url.startswith(("https://arxiv.org/abs/", "https://doi.org/")) for url in places)
    assert {one.slug for one in found.repositories} >= {"example/newer", "example/older"}


def test_shards_hold_every_host_exactly_once(site: Callable[..., Path]) -> None:
    folder = site("valid")
    loaded = load_corpus(folder / "docs", folder)
    whole = collect(loaded, Policy()).linked
    parts = [collect(loaded, Policy(), Shard.parse(f"{number}/5")).linked for number in range(1, 6)]
    assert sorted(url for part in parts for url in part) == sorted(whole)
    hosts = [{linked.spelled.host for linked in part.values()} for part in parts]
    assert sum(map(len, hosts)) == len(set().union(*hosts))
    for wrong in ("0/4", "5/4", "a/b", "1", "1/0", "-1/2"):
        with pytest.raises(ValueError, match="is no shard"):
            Shard.parse(wrong)


@pytest.mark.parametrize(
    ("url", "slug"),
    [
        ("https://github.com/a/b", "a/b"),
        ("https://github.com/a/b.git", "a/b"),
        ("https://github.com/a/b/#readme", "a/b"),
        ("https://github.com/a/b/issues", ""),
        ("https://evilgithub.com/a/b", ""),
        ("https://github.com/orgs/a", ""),
    ],
)
def test_item_52_a_repository_is_known_by_its_host(url: str, slug: str) -> None:
    assert github_slug(url) == slug


# --- the run as a whole ---------------------------------------------------------------------------


def external(loaded: Corpus, policy: Policy, **options: Any) -> tuple[list[Diagnostic], Report]:
    return asyncio.run(run_external(loaded, Options(policy=policy, **options)))


def found_codes(found: list[Diagnostic]) -> list[tuple[str, str, int]]:
    return [(one.severity.label, one.code, one.location.line) for one in found]


def test_findings_name_place_reason_and_repair(
    server: FaultServer, policy: Policy, corpus: Callable[..., Corpus]
) -> None:
    server.on("is-gone", answer(404))
    server.on("has-moved", redirect("/new", 301), page())
    server.on("is-closed", answer(403))
    server.on("is-empty", answer(200))
    server.on("leads-inside", redirect("http://169.254.169.254/latest"))
    links = [
        server.url(label) for label in ("is-gone", "has-moved", "is-closed", "is-empty", "leads-inside", "is-well")
    ] + ["https://me:hunter2@example.com/", "https://example.com/%zz"]
    found, report = external(corpus({"page.md": "# T\n\n" + "\n\n".join(f"[x]({link})" for link in links)}), policy)
    assert found_codes(found) == [
        ("error", "dead-link", 3), ("warning", "moved-link", 5), ("note", "undecided-link", 7), ("warning", "suspicious-link", 9),
        ("error", "unsafe-address", 11), ("error", "unsafe-address", 15), ("error", "bad-address", 17),
    ]  # fmt: skip
    assert "hunter2" not in repr(found) + report.to_json()
    assert all(one.message and one.location.column == 5 for one in found)


def test_fix_writes_the_replacement_of_a_move(
    server: FaultServer, policy: Policy, corpus: Callable[..., Corpus], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The address of a test has a port and http, which no contributor may write: the rule is relaxed for it."""
    monkeypatch.setattr("deepdive.links.probe.diagnose.check_address", lambda url: url)
    server.on("old-home", redirect("/new", 301), page())
    old, new = server.url("old-home", "/old"), server.url("old-home", "/new")
    text = f'---\ntitle: T\nsources:\n  - {{title: A, url: "{old}"}}\n---\n\n# T\n\n[a]({old}) [b](<{old}> "t") <{old}>\n\n[r]: {old}\n'
    found, _ = external(corpus({"page.md": text}), policy)
    assert {one.code for one in found} == {"moved-link"}
    apply_edits(tmp_path, found)
    assert (tmp_path / "docs/page.md").read_text() == text.replace(old, new)


def test_item_42_and_91_what_no_contributor_may_write_is_not_written_either(
    server: FaultServer, policy: Policy, corpus: Callable[..., Corpus]
) -> None:
    server.on("to-http", redirect("/new", 301), page())
    found, _ = external(corpus({"page.md": f"[a]({server.url('to-http')})\n"}), policy)
    assert [(one.code, one.edit) for one in found] == [("moved-link", None)]


def test_item_54_tracking_is_a_warning_with_a_repair(
    policy: Policy, corpus: Callable[..., Corpus], tmp_path: Path
) -> None:
    async def nothing(host: str) -> list[str]:
        return []

    loaded = corpus({"page.md": "[a](https://example.com/x?utm_source=y&b=1)\n"})
    found, _ = external(loaded, replace(policy, lookup=nothing))
    edits = [one for one in found if one.edit]
    assert [one.code for one in edits] == ["suspicious-link"]
    apply_edits(tmp_path, edits)
    assert (tmp_path / "docs/page.md").read_text() == "[a](https://example.com/x?b=1)\n"


def test_the_order_of_findings_never_changes(
    server: FaultServer, policy: Policy, corpus: Callable[..., Corpus]
) -> None:
    for number in range(12):
        server.on(f"order-{number}", answer(403 if number % 2 else 404))
    loaded = corpus(
        {f"{name}.md": "".join(f"[x]({server.url(f'order-{number}')})\n\n" for number in range(12)) for name in "ab"}
    )
    runs = [external(loaded, policy)[0] for _ in range(3)]
    assert runs[0] == runs[1] == runs[2]
    assert len(runs[0]) == 24


def test_only_what_stands_in_the_named_files_is_asked(
    server: FaultServer, policy: Policy, corpus: Callable[..., Corpus]
) -> None:
    loaded = corpus({"a.md": f"[x]({server.url('in-a')})\n", "b.md": f"[x]({server.url('in-b')})\n"})
    _, report = external(loaded, policy, paths=frozenset({"docs/b.md"}))
    assert list(report.outcomes) == [server.url("in-b")]


# --- GitHub ---------------------------------------------------------------------------------------


def graphql(repositories: dict[str, dict[str, Any] | None]) -> Callable[[Exchange], Any]:
    async def reply(exchange: Exchange) -> None:
        body = json.loads(await exchange.reader.readexactly(int(exchange.headers["content-length"])))
        assert exchange.method == "POST"
        assert exchange.headers["authorization"] == "bearer s3cret"
        variables = body["variables"]
        data = {
            f"r{number}": repositories.get(f"{variables[f'o{number}']}/{variables[f'n{number}']}")
            for number in range(len(variables) // 2)
        }
        assert all(name not in body["query"] for name in repositories)
        await exchange.send(answer(body=json.dumps({"data": data}), headers={"Content-Type": "application/json"}))

    return reply


def state(name: str, archived: str | None = None) -> dict[str, Any]:
    return {"nameWithOwner": name, "isArchived": archived is not None, "archivedAt": archived}


def asked(server: FaultServer, policy: Policy, folder: Path, **options: Any) -> tuple[list[Diagnostic], Report]:
    return external(
        load_corpus(folder / "docs", folder),
        policy,
        token="s3cret",
        github_endpoint=server.url("api", "/graphql", "good"),
        **options,
    )


def test_an_archived_repository_whose_row_says_active_is_an_error_with_the_date(
    server: FaultServer, policy: Policy, site: Callable[..., Path]
) -> None:
    server.on(
        "api",
        graphql(
            {
                "example/newer": state("example/newer", "2026-03-21T10:00:00Z"),
                "example/older": state("example/older", "2026-03-21T10:00:00Z"),
            }
        ),
    )
    found, _ = asked(server, policy, site("valid"))
    archived = [one for one in found if one.code == "archived-repository"]
    assert [(one.severity, str(one.location)) for one in archived] == [
        (Severity.ERROR, "docs/serving/engines.yml:14:11")
    ]
    assert "2026-03-21" in archived[0].message


def test_a_renamed_repository_is_a_move_that_fix_writes(
    server: FaultServer, policy: Policy, site: Callable[..., Path]
) -> None:
    server.on("api", graphql({"example/newer": state("Other/Name"), "example/older": state("Example/Older")}))
    folder = site("valid")
    found, _ = asked(server, policy, folder)
    moved = [one for one in found if one.code == "moved-link"]
    assert {one.fix for one in moved} == {"write github:Other/Name."}
    apply_edits(folder, moved)
    assert "repo: github:Other/Name\n" in (folder / "docs/serving/engines.yml").read_text()


def test_a_repository_github_knows_is_not_asked_for_again(
    server: FaultServer, policy: Policy, site: Callable[..., Path]
) -> None:
    server.on("api", graphql({"example/newer": state("example/newer")}))
    _, report = asked(server, policy, site("valid"))
    assert report.outcomes["https://github.com/example/newer"].reason == "GitHub knows the repository"
    assert report.outcomes["https://github.com/example/older"].reason != "GitHub knows the repository"


@pytest.mark.parametrize(
    "reply",
    [
        answer(401),
        answer(body="{"),
        answer(body="[]"),
        answer(body='{"data": null}'),
        answer(302, headers={"Location": "https://evil.example.com/"}),
        answer(body=b"x" * 3_000_000),
    ],
    ids=["unauthorised", "cut", "list", "null", "redirect", "large"],
)
def test_without_an_answer_of_github_the_run_goes_on_and_says_so(
    reply: bytes, server: FaultServer, policy: Policy, site: Callable[..., Path]
) -> None:
    server.on("api", reply)
    found, report = asked(server, policy, site("valid"))
    assert "incomplete-run" in {one.code for one in found}
    assert "s3cret" not in repr(found) + report.to_json()
    assert not any(label == "evil" for _, label, _, _ in server.log.seen)
    assert len(report.outcomes) > 3


def test_the_token_goes_to_the_endpoint_and_nowhere_else(
    server: FaultServer, policy: Policy, site: Callable[..., Path]
) -> None:
    server.on("api", graphql({}))
    position = len(server.log.seen)
    asked(server, policy, site("valid"))
    assert all("authorization" not in headers for _, label, _, headers in server.log.seen[position:] if label != "api")


# --- suppressions ---------------------------------------------------------------------------------

GOOD = "- pattern: https://gone.example.com/*\n  reason: the owner is moving it\n  owner: somebody\n  expires: 2026-12-31\n"


def suppressed(tmp_path: Path, text: str) -> tuple[list[Any], list[Diagnostic]]:
    (tmp_path / "suppressions.yml").write_text(text)
    return read_suppressions(tmp_path / "suppressions.yml", tmp_path, TODAY)


def test_a_complete_suppression_is_in_force(tmp_path: Path) -> None:
    kept, found = suppressed(tmp_path, GOOD)
    assert found == []
    assert [one.covers("https://gone.example.com/a?b") for one in kept] == [True]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        (GOOD.replace("2026-12-31", "2026-11-20"), "expired-suppression", 4), (GOOD.replace("2026-12-31", "2027-02-20"), "bad-suppression", 4), (GOOD.replace("2026-12-31", "'2026-12-31'"), "bad-suppression", 4),
        (GOOD.replace("  reason: the owner is moving it\n", ""), "bad-suppression", 1), (GOOD.replace("somebody", "''"), "bad-suppression", 3), (GOOD.replace("https://gone.example.com/*", "'*'"), "bad-suppression", 1),
        (GOOD.replace("https://gone.example.com/*", "'*.com'"), "bad-suppression", 1), (GOOD + "  ticket: 5\n", "bad-suppression", 5), ("pattern: x\n", "bad-suppression", 1), ("- 5\n", "bad-suppression", 1), ("- [a\n", "yaml-syntax", 2),
    ],
)  # fmt: skip
def test_a_suppression_that_is_expired_or_incomplete_is_an_error_and_not_in_force(
    text: str, code: str, line: int, tmp_path: Path
) -> None:
    kept, found = suppressed(tmp_path, text)
    assert kept == []
    assert found_codes(found) == [("error", code, line)]


def test_the_last_day_counts_and_ninety_days_are_allowed(tmp_path: Path) -> None:
    for day in ("2026-11-21", "2027-02-19"):
        assert suppressed(tmp_path, GOOD.replace("2026-12-31", day))[1] == []


def test_a_suppressed_finding_is_counted_and_an_unsafe_one_is_shown_all_the_same(
    server: FaultServer, policy: Policy, corpus: Callable[..., Corpus], tmp_path: Path
) -> None:
    server.on("excused", answer(404))
    server.on("dangerous", redirect("http://10.0.0.5/"))
    expires = datetime.datetime.fromtimestamp(policy.now(), datetime.UTC).date() + datetime.timedelta(days=30)
    (tmp_path / "links.yml").write_text(
        GOOD.replace("gone.example.com", "'*.example.com'")
        .replace("https://'*.example.com'/*", "'*.example.com/*'")
        .replace("2026-12-31", expires.isoformat())
    )
    loaded = corpus({"page.md": f"[a]({server.url('excused')})\n\n[b]({server.url('dangerous')})\n"})
    found, report = external(loaded, policy, suppressions=tmp_path / "links.yml")
    assert found_codes(found) == [("error", "unsafe-address", 3)]
    assert report.suppressed == [server.url("excused")]


def entry(pattern: str, days: int, policy: Policy) -> str:
    expires = datetime.datetime.fromtimestamp(policy.now(), datetime.UTC).date() + datetime.timedelta(days=days)
    return GOOD.replace("https://gone.example.com/*", f"'{pattern}'").replace("2026-12-31", expires.isoformat())


@pytest.fixture
def excused(
    server: FaultServer, policy: Policy, corpus: Callable[..., Corpus], tmp_path: Path
) -> Callable[..., list[tuple[str, str, str]]]:
    """Two addresses, a dead one and a good one, and a file of suppressions; the findings as code and place."""
    server.on("needs-it", answer(404))
    server.on("needs-none", page())
    loaded = corpus({"page.md": f"[a]({server.url('needs-it')})\n\n[b]({server.url('needs-none')})\n"})

    def run(*entries: str, changes: dict[str, Any] | None = None, **options: Any) -> list[tuple[str, str, str]]:
        (tmp_path / "links.yml").write_text("".join(entries))
        changed = replace(policy, **(changes or {}))
        found, _ = external(loaded, changed, suppressions=tmp_path / "links.yml", **options)
        return [(one.severity.label, one.code, str(one.location)) for one in found]

    return run


UNUSED = ("warning", "unused-suppression", "links.yml:5:12")


def test_a_suppression_that_hides_nothing_is_a_warning_at_its_place(
    excused: Callable[..., list[tuple[str, str, str]]], policy: Policy
) -> None:
    used = entry("needs-it.example.com/*", 30, policy)
    assert excused(used) == []
    assert excused(used, entry("needs-none.example.com/*", 30, policy)) == [UNUSED]
    assert excused(used, entry("nowhere.example.com", 30, policy)) == [UNUSED]
    # Both entries hide the finding: neither is called useless.
    assert excused(used, entry("*.example.com/*", 30, policy)) == []


def test_the_message_names_the_pattern_and_the_repair(
    policy: Policy, corpus: Callable[..., Corpus], tmp_path: Path
) -> None:
    (tmp_path / "links.yml").write_text(entry("nowhere.example.com", 30, policy))
    found, _ = external(corpus({"page.md": "# T\n"}), policy, suppressions=tmp_path / "links.yml")
    assert [(one.message, one.fix) for one in found] == [
        ("no finding of this run needed the suppression of 'nowhere.example.com'.", "remove the entry.")
    ]


def test_a_part_of_the_addresses_says_nothing_about_suppressions(
    excused: Callable[..., list[tuple[str, str, str]]], policy: Policy
) -> None:
    spare = entry("nowhere.example.com", 30, policy)
    for number in (1, 2):
        found = excused(spare, shard=Shard(number, 2))
        assert "unused-suppression" not in {code for _, code, _ in found}
    assert excused(spare, paths=frozenset({"docs/other.md"})) == []


def test_a_network_that_is_down_says_nothing_about_suppressions(
    policy: Policy, corpus: Callable[..., Corpus], tmp_path: Path
) -> None:
    async def nobody(host: str) -> list[str]:
        raise OSError(101, "Network is unreachable")

    (tmp_path / "links.yml").write_text(entry("nowhere.example.com", 30, policy))
    loaded = corpus({"page.md": "".join(f"[a](https://host-{number}.example.com/)\n\n" for number in range(5))})
    found, _ = external(loaded, replace(policy, lookup=nobody), suppressions=tmp_path / "links.yml")
    assert [one.code for one in found] == ["network-down"]


def test_a_run_that_did_not_come_to_its_end_says_nothing_about_suppressions(
    server: FaultServer, excused: Callable[..., list[tuple[str, str, str]]], policy: Policy
) -> None:
    async def hang(exchange: Exchange) -> None:
        await asyncio.sleep(20)

    spare = entry("nowhere.example.com", 30, policy)
    server.on("needs-none", hang)
    late = excused(spare, changes={"run_seconds": 0.4, "attempt_seconds": 10.0, "url_seconds": 30.0})
    assert "unfinished-run" in {code for _, code, _ in late}
    assert "unused-suppression" not in {code for _, code, _ in late}


def test_an_expired_suppression_is_not_called_unused_as_well(
    excused: Callable[..., list[tuple[str, str, str]]], policy: Policy
) -> None:
    used = entry("needs-it.example.com/*", 30, policy)
    found = excused(used, entry("nowhere.example.com", -1, policy))
    assert found == [("error", "expired-suppression", "links.yml:8:12")]


# --- report and summary ---------------------------------------------------------------------------


def made(**outcomes: tuple[Verdict, Kind]) -> Report:
    report = Report(total=len(outcomes))
    for name, (verdict, kind) in outcomes.items():
        url = f"https://{name}.example.com/"
        replacement = f"{url}new" if kind is Kind.MOVED else ""
        report.outcomes[url] = Outcome(url, verdict, f"reason of {name}", kind, replacement, when=1.0)
        report.places[url] = [f"docs/{name}.md:3:5"]
    return report


ALIVE, DEAD, UNDECIDED = Verdict.ALIVE, Verdict.DEAD, Verdict.INCONCLUSIVE


def test_a_report_survives_json() -> None:
    report = made(a=(ALIVE, Kind.PLAIN), b=(DEAD, Kind.PLAIN))
    report.before["https://a.example.com/"] = "dead"
    report.seconds, report.network_down = 1.5, True
    assert Report.from_json(report.to_json()) == report
    for wrong in ("", "{}", "[]", '{"outcomes": 5}', "null"):
        with pytest.raises(ValueError, match=r"report|Expecting"):
            Report.from_json(wrong)


def test_shards_merge_to_the_whole() -> None:
    one, two = made(a=(ALIVE, Kind.PLAIN)), made(b=(DEAD, Kind.PLAIN), c=(UNDECIDED, Kind.PLAIN))
    two.interrupted = True
    whole = merge([one, two])
    assert (whole.total, len(whole.outcomes), whole.count(DEAD), whole.complete) == (3, 3, 1, False)


def test_the_summary_says_what_changed_and_what_is_left_to_do() -> None:
    report = made(
        good=(ALIVE, Kind.PLAIN),
        gone=(DEAD, Kind.PLAIN),
        moved=(ALIVE, Kind.MOVED),
        odd=(ALIVE, Kind.SUSPICIOUS),
        unsure=(UNDECIDED, Kind.PLAIN),
    )
    report.before = {
        "https://gone.example.com/": "alive",
        "https://good.example.com/": "dead",
        "https://unsure.example.com/": "inconclusive",
    }
    text = summarise(report)
    assert "## Changed since the last run (2)" in text
    assert "- `https://gone.example.com/`: alive → **dead**" in text
    assert (
        "- `https://moved.example.com/`: reason of moved; write `https://moved.example.com/new` (`docs/moved.md:3:5`)"
        in text
    )
    assert [
        title in text for title in ("## Dead (1)", "## Moved for good (1)", "## Doubtful (1)", "## Undecided (1)")
    ] == [True] * 4
    assert needs_issue(report)


def test_the_issue_is_closed_when_nothing_is_left_to_do() -> None:
    assert not needs_issue(made(good=(ALIVE, Kind.PLAIN), unsure=(UNDECIDED, Kind.PLAIN)))


def test_a_strangers_address_makes_no_markup_in_the_summary() -> None:
    report = Report(total=1)
    url = "https://example.com/`<img src=x>@team\n# heading\x1b[2J"
    report.outcomes[url] = Outcome(url, DEAD, "says '<b>@everyone</b> [x](y)' `code`", when=1.0)
    text = summarise(report)
    line = next(line for line in text.splitlines() if line.startswith("- "))
    assert line.count("`") - line.count("\\`") == 2
    assert "\x1b" not in text
    assert "\n# heading" not in text
    assert "\\<b\\>@\u2060everyone" in line


def test_a_long_list_still_fits_an_issue() -> None:
    report = made(**{f"gone-{number}": (DEAD, Kind.PLAIN) for number in range(2000)})
    assert len(summarise(report)) < 65_536


def test_findings_about_the_run_stand_at_the_configuration(
    policy: Policy, corpus: Callable[..., Corpus], tmp_path: Path
) -> None:
    (tmp_path / "not-a-folder").write_text("")
    found, _ = external(corpus({"page.md": "# T\n"}), policy, cache_folder=tmp_path / "not-a-folder" / "cache")
    assert [(one.severity.label, one.code, one.location) for one in found] == [
        ("warning", "incomplete-run", Location("mkdocs.yml"))
    ]
