"""Two link checkers before one fault server: every scenario on which lychee and the prober disagree, and why.

Run by hand: ``python tests/benchmarks/lychee.py [--lychee PROGRAM]``. Each scenario is served over plain
HTTP and over TLS with an authority of its own; those about a certificate have a port of their own. Needs
``unshare`` (Linux): lychee finds the scenarios' names in a hosts file that only it sees. Prints the table
of docs/contributing/links.md; exit code 1 says that a disagreement has no reason.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent / "links" / "probe"
sys.path.insert(0, str(FOLDER))

from fault_server import OTHER_DOMAIN, FaultServer, running  # noqa: E402
from test_probe_http import CASES, Case  # noqa: E402

OPTIONS = ["--no-progress", "--include-fragments", "--max-retries", "2", "--timeout", "3", "--format", "json", "-"]
SECONDS = 25
MEMORY = 4 << 30
NO_REASON = "no reason given"
# What the reader is told about a scenario, and why the two disagree. The first pattern that fits counts.
REASONS = {
    "item-81-404-then-*": "dead needs a second attempt",
    "item-81-404-between-errors*": "one 404 among errors is not yet death",
    "item-82-robot-test*": "the page stays unseen",
    "item-82-*": "a refusal to robots is no death",
    "item-83-an-hour*": "waiting has a budget",
    "item-8[456]-*-then-200": "transient errors are tried again",
    "item-86-503-with-seconds": "transient errors are tried again",
    "item-8[45]-*-for-ever": "trouble of a server is no death",
    "item-90-*": "cookies of the chain are kept",
    "item-94-*": "no reader gets anywhere",
    "item-95-two-locations": "contradictory, one look is enough",
    "item-95-location-with-a-space": "browsers encode it",
    "item-9[6789]-*": "not the page that was meant",
    "item-100-*": "not the page that was meant",
    "item-101-*": "slow is not dead",
    "item-103-*": "slow is not dead",
    "item-102-*": "too little came to judge it",
    "item-106-*": "reading stops at the cap",
    "item-107-zlib*": "deflate is asked for and unpacked",
    "item-107-raw*": "deflate is asked for and unpacked",
    "item-107-brotli*": "what was not asked for is not judged",
    "item-107-*": "browsers fail on it",
    "item-108-cut-off*": "too little came to judge it",
    "item-108-reset-then-ok": "resets are tried again",
    "item-108-*": "a broken connection is no death",
    "item-113-*": "old TLS may open in a browser",
    "item-11[67]-*": "may open in a browser",
    "item-120-*": "the page stays unseen",
    "item-121-anchor-of-user-content": "the forge's script takes the prefix off",
    "item-121-missing-on-a-static-page": "the page itself is there",
    "item-121-id-inside-a-script": "it is no anchor",
    "item-121-*": "not in the page as sent",
}
SERVERS_OWN = {"plain": "HTTP", "good": "TLS"}


@dataclass(frozen=True)
class Row:
    """What both said of one scenario over one kind of connection."""

    case: Case
    over: str
    theirs: str
    ours: str

    @property
    def agreed(self) -> bool:
        return (self.theirs, self.ours) in {("alive", "alive"), ("error", "dead")}

    @property
    def reason(self) -> str:
        return next((why for pattern, why in REASONS.items() if fnmatchcase(self.case.label, pattern)), NO_REASON)


def scenarios() -> list[tuple[Case, str]]:
    """Every case with the ports it is served at."""
    return [(case, port) for case in CASES for port in (("plain", "good") if case.port == "plain" else (case.port,))]


def label(case: Case, port: str, who: str) -> str:
    return f"{case.label}-{port}-{who}"


def ours(server: FaultServer) -> dict[tuple[str, str], str]:
    """The prober's verdicts; cases with the same limits share a run."""
    groups: dict[str, list[tuple[Case, str]]] = defaultdict(list)
    for case, port in scenarios():
        server.on(label(case, port, "ours"), *case.steps)
        groups[json.dumps(case.changes)].append((case, port))
    found: dict[tuple[str, str], str] = {}
    limits = {
        "attempt_seconds": 3.0, "url_seconds": 10.0, "confirm_seconds": 0.1, "backoff_seconds": 0.1, "pace_seconds": 0.0,
    }  # fmt: skip
    for changes, members in groups.items():
        urls = {server.url(label(case, port, "ours"), case.path, port): (case, port) for case, port in members}
        settings = {
            "authority": str(server.authority), "ports": [80, 443, *server.ports.values()], "urls": list(urls),
            "policy": {**limits, **json.loads(changes)},
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, str(FOLDER / "client.py")],
            input=json.dumps(settings),
            capture_output=True,
            text=True,
            check=True,
            timeout=300,
        )
        report = json.loads(json.loads(done.stdout.splitlines()[-1])["report"])
        words = {"suspicious": "doubtful", "inconclusive": "undecided"}
        for one in report["outcomes"]:
            case, port = urls[one["url"]]
            word = "suspicious" if one["kind"] == "suspicious" else one["verdict"]
            found[case.label, port] = words.get(word, word)
    return found


def theirs(program: str, server: FaultServer, folder: Path) -> dict[tuple[str, str], str]:
    """lychee's verdicts, each scenario in a process of its own."""
    names = [label(case, port, "theirs") for case, port in scenarios()]
    hosts = folder / "hosts"
    hosts.write_text("127.0.0.1 localhost\n" + "".join(f"127.0.0.1 {name}.{OTHER_DOMAIN}\n" for name in names))
    aside = ["unshare", "--mount", *([] if os.geteuid() == 0 else ["--map-root-user"])]
    command = [*aside, "sh", "-c", 'mount --bind "$0" /etc/hosts && exec "$@"', str(hosts), program, *OPTIONS]
    surroundings = {**os.environ, "SSL_CERT_FILE": str(server.authority)}

    def ask(one: tuple[Case, str]) -> str:
        case, port = one
        name = label(case, port, "theirs")
        server.on(name, *case.steps)
        url = server.url(name, case.path, port, OTHER_DOMAIN)
        try:
            done = subprocess.run(
                command, input=url, capture_output=True, text=True, timeout=SECONDS, env=surroundings, cwd=folder,
                preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)),
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return f"no result in {SECONDS} s"
        if done.returncode not in (0, 2):
            return "crash"
        counts: dict[str, Any] = json.loads(done.stdout)
        if counts["excludes"] or not counts["total"]:
            sys.exit(f"lychee did not look at {url}: nothing can be compared.")
        return "error" if done.returncode else "alive"

    with ThreadPoolExecutor(6) as pool:
        return dict(
            zip(
                [(case.label, port) for case, port in scenarios()],
                pool.map(ask, scenarios()),
                strict=True,
            )
        )


def table(rows: list[Row]) -> list[str]:
    """The disagreements; scenarios of one item that ended alike share a line, and so do HTTP and TLS."""
    both: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for row in rows:
        both[row.case.label, row.theirs, row.ours, row.reason].append(row.over)
    shared: dict[tuple[str, str, str, str], list[str]] = defaultdict(list)
    for (name, their, our, reason), over in both.items():
        said = name.removeprefix("item-").partition("-")[2].replace("-", " ")
        shared[", ".join(over), their, our, reason].append(said)
    lines = ["| Scenario | Over | lychee | Here | Reason |", "|---|---|---|---|---|"]
    lines += [
        f"| {'; '.join(names)} | {over} | {their} | {our} | {reason} |"
        for (over, their, our, reason), names in shared.items()
    ]
    return lines


def main() -> int:
    """Ask both; print the table and the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--lychee", default=shutil.which("lychee"), help="the program; found on the PATH otherwise")
    program = parser.parse_args().lychee
    if not program:
        parser.error("lychee is not on the PATH; give it with --lychee")
    program = str(Path(program).resolve())
    version = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as server:
        begun = time.monotonic()
        here = ours(server)
        between = time.monotonic()
        there = theirs(program, server, Path(folder))
        ended = time.monotonic()
        print(f"here {between - begun:.0f} s, lychee {ended - between:.0f} s", file=sys.stderr)
        asked = {
            who: sum(server.log.requests[label(case, port, who)] for case, port in scenarios())
            for who in ("ours", "theirs")
        }
    rows = [
        Row(case, SERVERS_OWN.get(port, "TLS"), there[case.label, port], here[case.label, port])
        for case, port in scenarios()
    ]
    apart = [row for row in rows if not row.agreed]
    print("\n".join(table(apart)))
    print(
        f"\n{version}: {len(CASES)} scenarios, {len(rows)} with TLS; {len(rows) - len(apart)} agreed, {len(apart)} apart."
        f"\nRequests: lychee {asked['theirs']} in {ended - between:.0f} s, here {asked['ours']} in {between - begun:.0f} s."
    )
    needed = {row.case.label for row in apart}
    for pattern in REASONS:
        if not any(fnmatchcase(name, pattern) for name in needed):
            print(f"No disagreement needs the reason of {pattern}.", file=sys.stderr)
    wrong = [row.case.label for row in rows if row.ours != expected(row.case)]
    if wrong:
        print(f"Not what the tests expect: {', '.join(sorted(set(wrong)))}.", file=sys.stderr)
    return 1 if wrong or any(row.reason == NO_REASON for row in apart) else 0


def expected(case: Case) -> str:
    """The verdict that the case's test asserts."""
    if case.kind.value == "suspicious":
        return "doubtful"
    return {"inconclusive": "undecided"}.get(case.verdict.value, case.verdict.value)


if __name__ == "__main__":
    sys.exit(main())
