"""One attempt: GET, redirects followed by hand, reading stopped as early as can be."""

from __future__ import annotations

import asyncio
import contextlib
import re
import sys
from dataclasses import replace
from typing import Any

import aiohttp
from yarl import URL

from deepdive.links.probe.answer import Answer, Fault, Hop, Response, explain
from deepdive.links.probe.body import Damaged, Unpacker, read_body
from deepdive.links.probe.cookies import Cookies
from deepdive.links.probe.hosts import Hosts, LeftAlone, Turn, retry_after
from deepdive.links.probe.policy import Policy
from deepdive.links.probe.resolver import CheckedResolver, checked_socket
from deepdive.links.probe.spelling import Refused, Spelled, follow
from deepdive.links.probe.verdict import Kind, Verdict

AGENT = "Mozilla/5.0 (compatible; deepdive-links/1.0; +https://ai-stack-deepdive.github.io/contributing/links/)"
_HEADERS = {
    "User-Agent": AGENT,
    "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en;q=1.0,*;q=0.5",
    # Only what the standard library unpacks with a limit.
    "Accept-Encoding": "gzip, deflate",
}
_CLOSE_WITHIN_SECONDS = 1.0
_TURNS_TO_CLOSE = 5
_REDIRECTS = (301, 302, 303, 307, 308)
_BUSY = (429, 500, 502, 503, 504)


class Client:
    """An aiohttp session that can only reach what the policy allows."""

    def __init__(self, policy: Policy, hosts: Hosts) -> None:
        self.policy, self.hosts = policy, hosts
        self.requests = 0
        self.whole_bodies = asyncio.Semaphore(policy.whole_bodies)
        self.connections = asyncio.Semaphore(policy.connections)
        connector = aiohttp.TCPConnector(
            resolver=CheckedResolver(policy.lookup, policy.refuse),
            socket_factory=checked_socket(policy.refuse),
            ssl=policy.tls(),
            # Whoever queued in here would queue on an attempt's time: ``connections`` is the limit.
            limit=0,
            ttl_dns_cache=300,
            force_close=True,
            # Older Pythons leave TLS connections half open; aiohttp then ends them itself.
            enable_cleanup_closed=sys.version_info < (3, 12, 8),
        )
        self.session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, connect=None, sock_connect=None, sock_read=None),
            headers=_HEADERS,
            trust_env=False,
            read_bufsize=16 * 1024,
            auto_decompress=False,
            max_line_size=policy.header_bytes,
            max_field_size=policy.header_bytes,
            max_headers=policy.headers,
        )
        # aiohttp repeats a GET whose connection broke, uncounted; attempts are counted here.
        self.session._retry_connection = False

    async def close(self) -> None:
        """Close every connection, within a second."""
        # A TLS transport of asyncio whose handshake failed has lost what would abort it, and says so by raising.
        with contextlib.suppress(AttributeError, TimeoutError):
            async with asyncio.timeout(_CLOSE_WITHIN_SECONDS):
                await self.session.close()
        if not self.session.closed:
            self.session.detach()
        # Transports close in the turns of the loop that follow, those of failed handshakes too.
        for _ in range(_TURNS_TO_CLOSE):
            await asyncio.sleep(0.001)

    async def visit(self, target: Spelled, whole: bool, seconds: float, quiet: bool = False) -> tuple[Answer, float]:
        """One attempt on an address, and the seconds it was served. Never raises but on cancellation.

        ``whole``: the page is needed to its end. ``quiet``: a failure says nothing about the host.
        """
        visit = _Visit(self, target, whole, seconds, quiet)
        answer = await visit.run()
        return answer, visit.spent


class _Visit:
    def __init__(self, client: Client, target: Spelled, whole: bool, seconds: float, quiet: bool) -> None:
        self.client, self.policy = client, client.policy
        self.target, self.whole, self.seconds, self.quiet = target, whole, seconds, quiet
        self.cookies = Cookies()
        self.heard = False
        self.hops: list[Hop] = []
        self.seen: set[tuple[str, str]] = set()
        self.spent = self.until = 0.0
        # Few whole bodies at once: that bounds the memory of a run.
        self.slot: contextlib.AbstractAsyncContextManager[Any] = (
            client.whole_bodies if whole else contextlib.nullcontext()
        )

    async def run(self) -> Answer:
        here = self.target
        while True:
            state = (here.page, self.cookies.header(here.page))
            if state in self.seen:
                return self.endless("its redirects go in a circle")
            self.seen.add(state)
            try:
                async with self.client.hosts.turn(here.host, self.slot, self.client.connections) as turn:
                    result = await self.hop(here, turn)
            except LeftAlone as alone:
                return Fault(alone.reason, hops=tuple(self.hops))
            if not isinstance(result, Spelled):
                return result
            if len(self.hops) > self.policy.redirects:
                return self.endless(f"it redirects more than {self.policy.redirects} times")
            here = result

    def fault(self, reason: str, kind: Kind = Kind.PLAIN) -> Fault:
        return Fault(reason, Verdict.DEAD, kind, hops=tuple(self.hops))

    def endless(self, reason: str) -> Fault:
        """Redirects without end are death, but not when a cookie that is kept back here may end them."""
        if not self.cookies.withheld:
            return self.fault(reason)
        return Fault(f"{reason} without a cookie that browsers share among its hosts", hops=tuple(self.hops))

    async def hop(self, here: Spelled, turn: Turn) -> Answer | Spelled:
        """One request within what is left of the attempt's time; tells the host's turn how it went."""
        clock, begun = self.policy.clock, self.policy.clock()
        answer: Answer | Spelled
        left = max(0.01, self.seconds - self.spent)
        self.until = begun + left
        try:
            async with asyncio.timeout(left):
                answer = await self.ask(here)
        except (aiohttp.ClientError, OSError, ValueError, asyncio.IncompleteReadError) as problem:
            # ValueError: what aiohttp and yarl raise for addresses and headers they cannot carry.
            answer = explain(problem)
            if self.heard:
                answer = replace(answer, silent=False)
        finally:
            self.spent += clock() - begun
        if self.quiet:
            return answer
        if isinstance(answer, Fault) and answer.verdict is Verdict.INCONCLUSIVE:
            turn.failed(answer.reason)
        elif isinstance(answer, Response) and answer.status in _BUSY:
            turn.failed(
                f"it answers {answer.status}",
                retry_after(answer.retry_after, self.policy.now()),
                answer.status in (429, 503),
            )
        else:
            turn.answered()
        return answer

    async def ask(self, here: Spelled) -> Answer | Spelled:
        headers = {"Cookie": cookie} if (cookie := self.cookies.header(here.page)) else {}
        self.client.requests += 1
        async with self.client.session.get(
            URL(here.page, encoded=True), headers=headers, allow_redirects=False
        ) as reply:
            self.heard = True
            self.cookies.take(here.page, reply.headers.getall("Set-Cookie", ()))
            if reply.status in _REDIRECTS:
                return self.redirect(here, reply.status, reply.headers.getall("Location", []))
            return await self.read(here, reply)

    def redirect(self, here: Spelled, status: int, locations: list[str]) -> Answer | Spelled:
        if not locations or not locations[0].strip():
            return self.fault(f"it answers {status} and does not say where to")
        if len(set(locations)) > 1:
            return Fault("it answers with two different places to go to", hops=tuple(self.hops))
        try:
            location = locations[0].encode("utf-8", "surrogateescape").decode("utf-8", "replace")
            target = follow(location, here.page, self.policy.ports, self.policy.refuse)
        except Refused as refused:
            kind = Kind.PLAIN if refused.kind is Kind.MALFORMED else refused.kind
            return self.fault(f"it redirects to a place no reader can be sent to: {refused.reason}", kind)
        self.hops.append(Hop(status, target.url))
        return target

    async def read(self, here: Spelled, reply: aiohttp.ClientResponse) -> Response:
        media_type, charset = _media(reply.headers.get("Content-Type", ""))
        html = media_type in ("text/html", "application/xhtml+xml", "")
        facts: dict[str, Any] = {
            "status": reply.status, "url": here.url, "hops": tuple(self.hops), "media_type": media_type, "charset": charset,
            "retry_after": reply.headers.get("Retry-After", ""),
        }  # fmt: skip
        if not 200 <= reply.status < 300 or reply.status in (204, 205):
            return Response(**facts)
        encoding = reply.headers.get("Content-Encoding", "").strip().lower()
        if encoding not in ("", "identity", "gzip", "x-gzip", "deflate"):
            # Not asked for and not unpackable within a limit: alive, its content stays unknown.
            return Response(**{**facts, "media_type": "application/octet-stream"})
        encoding = "" if encoding == "identity" else encoding
        limit = 1 if not html else self.policy.decoded_bytes if self.whole else self.policy.skim_bytes
        return await self.take(reply, encoding, limit, facts)

    async def take(self, reply: aiohttp.ClientResponse, encoding: str, limit: int, facts: dict[str, Any]) -> Response:
        """The body up to ``limit``. What has come when time is up or the line breaks counts when it is enough to judge."""
        unpacker = Unpacker(encoding, limit)
        whole, damaged = False, ""
        try:
            async with asyncio.timeout(max(0.0, 0.95 * (self.until - self.policy.clock()))):
                whole = await read_body(reply.content, unpacker, self.policy.wire_bytes)
        except Damaged as problem:
            damaged = str(problem)
        except (TimeoutError, aiohttp.ClientPayloadError):
            if len(unpacker.out) < self.policy.enough_bytes:
                raise
        return Response(**facts, body=bytes(unpacker.out), whole=whole, damaged=damaged)


def _media(header: str) -> tuple[str, str]:
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", header, re.I)
    return header.partition(";")[0].strip().lower(), found[1] if found else ""
