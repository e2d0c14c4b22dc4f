"""A run in a process of its own, to be measured, interrupted or killed: settings as JSON on standard input.

Prints ``begun`` when it starts asking, and at the end one line of JSON: peak memory and the report.

With ``"runs": true`` the settings are the first line, and every further line starts one more run with
the changes of the policy it names. Such a run is a fork, begun within milliseconds: its process id is
printed first, and ``ended`` when it is gone, by itself or killed.
"""

from __future__ import annotations

import asyncio
import importlib
import json
import os
import resource
import signal
import ssl
import sys
from dataclasses import replace
from pathlib import Path

from deepdive.links.probe.addresses import refusal
from deepdive.links.probe.cache import Cache
from deepdive.links.probe.policy import Policy
from deepdive.links.probe.progress import Progress
from deepdive.links.probe.run import probe
from deepdive.links.probe.spelling import Spelled, read


async def here(host: str) -> list[str]:
    return ["127.0.0.1"]


def main() -> None:
    # A shell that starts the suite in the background has it ignore interrupts, and so would this program.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    settings = json.loads(sys.stdin.readline())
    if settings.get("with_everything"):
        for name in ("deepdive.commands", "deepdive.plugin", "deepdive.load.corpus"):
            importlib.import_module(name)  # what a real run has in memory, too
    policy = Policy(
        refuse=lambda address: "" if address in ("127.0.0.1", "::1") else refusal(address),
        lookup=here,
        tls=lambda: ssl.create_default_context(cafile=settings["authority"]),
        twin=lambda url: "",
        ports=frozenset(settings["ports"]),
        **settings.get("policy", {}),
    )
    addresses = [read(url, policy.ports, policy.refuse) for url in settings["urls"]]
    folder = Path(settings["cache"]) if settings.get("cache") else None
    if not settings.get("runs"):
        run(addresses, policy, folder)
        return
    for changes in sys.stdin:
        child = os.fork()
        if not child:
            sys.stdout.write(f"{os.getpid()}\n")
            run(addresses, replace(policy, **json.loads(changes)), folder)
            sys.stdout.flush()
            os._exit(0)
        os.waitpid(child, 0)
        sys.stdout.write("ended\n")
        sys.stdout.flush()


def run(addresses: list[Spelled], policy: Policy, folder: Path | None) -> None:
    cache = Cache(folder, policy)
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    report = asyncio.run(probe(addresses, policy, cache, Progress(sys.stderr, len(addresses))))
    # Not getrusage: its peak includes the parent's, from before this program was started.
    status = Path("/proc/self/status")
    if status.exists():
        peak = int(status.read_text().partition("VmHWM:")[2].split()[0]) // 1024
    else:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1 << 20)
    sys.stdout.write(json.dumps({"megabytes": peak, "report": report.to_json()}) + "\n")


main()
