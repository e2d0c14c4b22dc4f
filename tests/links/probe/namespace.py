"""A network of its own, in which every address there is leads to this program: it runs the prober and counts frames.

The whole address space is routed to the loopback interface of a fresh network namespace, and ports 80
and 443 of all of it are listened on. So whatever the prober sends arrives, and a raw socket sees it.
Prints one line of JSON: frames by where they went, and what was answered.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import json
import os
import socket
import struct
import sys
import threading
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from deepdive.links.probe.cache import Cache
from deepdive.links.probe.policy import Policy
from deepdive.links.probe.report import Report
from deepdive.links.probe.run import probe
from deepdive.links.probe.spelling import Refused, Spelled, spell

PUBLIC = "93.184.216.34"
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_EVERYTHING = 0x0003
_OUTGOING = 4


def leave_the_network() -> None:
    """Move this process into a network namespace of its own. Ends the program with a sentence when it may not."""
    flags = _NEW_NETWORK if os.geteuid() == 0 else _NEW_USER | _NEW_NETWORK
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if library.unshare(flags):
            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
        _route_everything_here()
    except (OSError, AttributeError) as problem:
        sys.exit(
            "this test needs a network namespace of its own, and this system gives none"
            f" ({problem}): run it on Linux, as root or where users may make namespaces."
        )


def _route_everything_here() -> None:
    """Loopback up, and all of IPv4 and IPv6 local to it: what ``ip route add local default dev lo`` does."""
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE) as kernel:
        interface = socket.if_nametoindex("lo")
        up = struct.pack("=BxHiII", socket.AF_UNSPEC, 0, interface, 1, 1)
        _tell(kernel, 16, 0, up)
        for family in (socket.AF_INET, socket.AF_INET6):
            # Table local, protocol boot, scope host, type local; the attribute names the interface.
            route = struct.pack("=8BI", family, 0, 0, 0, 255, 3, 254 if family == socket.AF_INET else 0, 2, 0)
            _tell(kernel, 24, 0x400, route + struct.pack("=HHI", 8, 4, interface))


def _tell(kernel: socket.socket, kind: int, flags: int, body: bytes) -> None:
    """One message of rtnetlink, acknowledged."""
    kernel.send(struct.pack("=IHHII", 16 + len(body), kind, 0x5 | flags, 1, 0) + body)
    (number,) = struct.unpack_from("=i", kernel.recv(4096), 16)
    if number:
        raise OSError(-number, os.strerror(-number))


class Counting:
    """Every frame on the loopback interface, by the address it goes to."""

    def __init__(self) -> None:
        self.frames: Counter[str] = Counter()
        self._raw = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(_EVERYTHING))
        self._raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 64 << 20)
        self._raw.bind(("lo", _EVERYTHING))
        self._raw.settimeout(0.1)

    def drain(self) -> Counter[str]:
        """The frames since the last look: each once, though the interface shows it leaving and arriving."""
        self.frames.clear()
        with contextlib.suppress(TimeoutError):
            while True:
                packet, (_, _, way, *_) = self._raw.recvfrom(65536)
                if way == _OUTGOING:
                    self.frames[_destination(packet)] += 1
        dropped = struct.unpack("=II", self._raw.getsockopt(263, 6, 8))[1]
        if dropped:
            sys.exit(f"the counter lost {dropped} frames: nothing is proved.")
        return Counter(self.frames)


def _destination(packet: bytes) -> str:
    if packet[0] >> 4 == 4:
        return socket.inet_ntop(socket.AF_INET, packet[16:20])
    return socket.inet_ntop(socket.AF_INET6, packet[24:40])


class Server:
    """A small web site at ports 80 and 443 of every address: ``/to/<n>`` redirects to the n-th target."""

    def __init__(self, targets: list[str]) -> None:
        self.targets = targets
        self.requests: Counter[str] = Counter()
        for family, everywhere in ((socket.AF_INET, "0.0.0.0"), (socket.AF_INET6, "::")):
            for port in (80, 443):
                listener = socket.socket(family)
                if family == socket.AF_INET6:
                    listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
                listener.bind((everywhere, port))
                listener.listen(512)
                threading.Thread(target=self._serve, args=(listener,), daemon=True).start()

    def _serve(self, listener: socket.socket) -> None:
        while True:
            connection, _ = listener.accept()
            with connection, contextlib.suppress(OSError, IndexError, ValueError):
                connection.settimeout(2)
                self.requests[connection.getsockname()[0]] += 1
                path = connection.recv(65536).split()[1].decode()
                reply = "HTTP/1.1 200 OK\r\n"
                if path.startswith("/to/"):
                    reply = f"HTTP/1.1 302 Found\r\nLocation: {self.targets[int(path[4:])]}\r\n"
                connection.sendall(f"{reply}Content-Length: 4\r\nConnection: close\r\n\r\nText".encode())
                connection.shutdown(socket.SHUT_WR)
                connection.recv(65536)


def leads_to(host: str) -> list[str]:
    """Where a system's resolver sends a spelling: hex, octal and short forms included, as the C library reads them."""
    plain = unicodedata.normalize("NFKC", host).replace("。", ".").strip("[]").removesuffix(".").replace("%25", "%")
    plain = plain.replace("%31%32%37", "127")
    if "local" in plain.lower():
        return ["127.0.0.1", "::1", "10.0.0.5"]
    found = socket.getaddrinfo(plain, None, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    return [str(info[4][0]) for info in found]


def ways(hosts: list[str]) -> Iterator[tuple[str, Spelled]]:
    """Every spelling over http and https: literal, past the first refusal too; by a name; by a redirect."""
    number = 0
    for host in hosts:
        for scheme in ("http", "https"):
            url = f"{scheme}://{host}/"
            yield "literal", Spelled(url, host.strip("[]"))
            yield "name", Spelled(f"{scheme}://name-{number}.example.com/", f"name-{number}.example.com")
            yield "redirect", Spelled(f"http://public-{number}.example.com/to/{number}", f"public-{number}.example.com")
            number += 1


def refused(hosts: list[str]) -> int:
    """How many spellings are refused before anything else looks at them."""
    count = 0
    for host in hosts:
        try:
            spell(f"http://{host}/")
        except Refused:
            count += 1
    return count


def main() -> None:
    settings: dict[str, Any] = json.loads(sys.stdin.read())
    hosts: list[str] = settings["hosts"]
    leave_the_network()
    counting = Counting()
    server = Server([f"{scheme}://{host}/" for host in hosts for scheme in ("http", "https")])

    async def lookup(host: str) -> list[str]:
        label, _, number = host.partition(".")[0].partition("-")
        if label == "public":
            return [PUBLIC]
        return leads_to(hosts[int(number) // 2] if label == "name" else host)

    policy = Policy(
        lookup=lookup, twin=lambda url: "", pace_seconds=0.0, backoff_seconds=0.01, confirm_seconds=0.01,
        attempt_seconds=2.0, breaker_seconds=0.01,
    )  # fmt: skip

    def run(changed: Policy) -> tuple[Counter[str], Counter[str], Report, dict[str, str]]:
        server.requests.clear()
        asked = {address.url: way for way, address in ways(hosts)}
        report = asyncio.run(probe([address for _, address in ways(hosts)], changed, Cache(None, changed)))
        return counting.drain(), Counter(server.requests), report, asked

    counting.drain()
    frames, requests, report, asked = run(policy)
    verdicts: dict[str, Counter[str]] = {}
    for url, way in asked.items():
        verdicts.setdefault(way, Counter())[report.outcomes[url].verdict.value] += 1
    open_frames, open_requests, _, _ = run(replace(policy, refuse=lambda address: "", attempts=1))
    result = {
        "refused": refused(hosts),
        "frames": frames,
        "requests": requests,
        "verdicts": verdicts,
        "without_the_rule": {"frames": open_frames, "requests": open_requests},
    }
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
