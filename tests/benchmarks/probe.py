"""Two thousand addresses, a tenth of them faulty, and five hundred of one host that always answers 429.

Run by hand: ``python tests/benchmarks/probe.py [addresses]``. Time, memory, requests, verdicts; the limits
are the real ones; the server runs in this process, the client in one of its own. Aims: three minutes,
150 MB, no wrong verdict; and for the one host one minute and ten requests after the fifth.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDER = HERE.parent / "links" / "probe"
sys.path.insert(0, str(FOLDER))

from fault_server import FaultServer, answer, page, redirect, running  # noqa: E402
from test_probe_http import drip_body, endless_chunks, hang, reset  # noqa: E402

FAULTS = {
    "gone": ([answer(404)], "dead"),
    "closed": ([answer(403)], "inconclusive"),
    "broken": ([answer(500)], "inconclusive"),
    "wobbly": ([answer(503), page()], "alive"),
    "silent": ([hang], "inconclusive"),
    "slow": ([drip_body], "inconclusive"),
    "endless": ([endless_chunks], "alive"),
    "reset": ([reset], "inconclusive"),
    "moved": ([redirect("/new", 301), page()], "moved"),
    "loop": ([redirect("/page")], "dead"),
}
HEALTHY_PER_HOST = 9


def addresses(server: FaultServer, count: int) -> dict[str, str]:
    """What must be said of each address."""
    expected: dict[str, str] = {}
    names = list(FAULTS)
    for number in range(count // 10):
        name = names[number % len(names)]
        steps, verdict = FAULTS[name]
        server.on(f"{name}-{number}", *steps)
        expected[server.url(f"{name}-{number}")] = verdict
    while len(expected) < count:
        expected[server.url(f"well-{len(expected) // HEALTHY_PER_HOST}", f"/{len(expected)}")] = "alive"
    return expected


def busy(server: FaultServer) -> dict[str, str]:
    """Five hundred pages of a host that has had enough."""
    server.on("busy", answer(429))
    return {server.url("busy", f"/{number}"): "inconclusive" for number in range(500)}


def measure(server: FaultServer, expected: dict[str, str]) -> list[str]:
    """One run, in words."""
    settings = {
        "authority": str(server.authority),
        "ports": list(server.ports.values()),
        "urls": list(expected),
        "with_everything": True,
    }
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, str(FOLDER / "client.py")],
        input=json.dumps(settings),
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    )
    seconds = time.monotonic() - begun
    result = json.loads(done.stdout.splitlines()[-1])
    report = json.loads(result["report"])
    said = {one["url"]: one["kind"] if one["kind"] == "moved" else one["verdict"] for one in report["outcomes"]}
    wrong = {url: (said.get(url), verdict) for url, verdict in expected.items() if said.get(url) != verdict}
    return [
        f"{len(expected)} addresses, {len({url.split('/')[2] for url in expected})} hosts: {seconds:.1f} s, peak {result['megabytes']} MB, {report['requests']} requests",
        f"said: {dict(Counter(said.values()))}; wrong: {len(wrong)}",
        *[f"  {url}: said {one}, expected {other}" for url, (one, other) in list(wrong.items())[:20]],
    ]


def main() -> None:
    """Measure both runs."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as server:
        for expected in (busy(server), addresses(server, count)):
            sys.stdout.write("\n".join(measure(server, expected)) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
