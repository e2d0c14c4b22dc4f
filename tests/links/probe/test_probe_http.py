"""Every HTTP fault of the catalogue (items 81 to 122) against the fault server: the verdict, and how it was reached."""

from __future__ import annotations

import asyncio
import email.utils
import gzip
import time
import zlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from fault_server import DOMAIN, Exchange, FaultServer, answer, page, redirect

from deepdive.links.probe import fragments
from deepdive.links.probe.verdict import Kind, Outcome, Verdict

ALIVE, DEAD, UNDECIDED = Verdict.ALIVE, Verdict.DEAD, Verdict.INCONCLUSIVE
Step = bytes | Callable[[Exchange], Awaitable[None]]


async def hang(exchange: Exchange) -> None:
    await asyncio.sleep(20)


async def drip_headers(exchange: Exchange) -> None:
    await exchange.send(b"HTTP/1.1 200 OK\r\n")
    for number in range(200):
        await exchange.send(f"X-{number}: drip\r\n".encode())
        await asyncio.sleep(0.1)


async def drip_body(exchange: Exchange) -> None:
    await exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n")
    for _ in range(200):
        await exchange.send(b"x")
        await asyncio.sleep(0.1)


async def large_then_drip(exchange: Exchange) -> None:
    await exchange.send(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000000\r\n\r\n<title>Fine</title>"
        + b"words " * 4000
    )
    await asyncio.sleep(20)


async def continue_for_ever(exchange: Exchange) -> None:
    while True:
        await exchange.send(b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n")
        await asyncio.sleep(0.005)


async def four_gigabytes(exchange: Exchange) -> None:
    await exchange.send(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 4294967296\r\n\r\n<title>Big</title>"
    )
    while True:
        await exchange.send(b"words " * 10_000)


async def endless_chunks(exchange: Exchange) -> None:
    await exchange.send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    while True:
        await exchange.send(b"2710\r\n" + b"w" * 10_000 + b"\r\n")


async def reset(exchange: Exchange) -> None:
    exchange.writer.transport.abort()


async def cut_off(exchange: Exchange) -> None:
    await exchange.send(answer(body="<title>half", length=5000))
    exchange.writer.transport.abort()


async def only_once_with_cookie(exchange: Exchange) -> None:
    if "seen=yes" in exchange.headers.get("cookie", ""):
        await exchange.send(page())
    else:
        await exchange.send(redirect(exchange.path, headers={"Set-Cookie": "seen=yes; Path=/"}))


async def grow(exchange: Exchange) -> None:
    await exchange.send(redirect(exchange.path + "x"))


def countdown(exchange: Exchange) -> bytes:
    left = int(exchange.path.rpartition("/")[2])
    return redirect(f"/chain/{left - 1}") if left else page()


async def chain(exchange: Exchange) -> None:
    await exchange.send(countdown(exchange))


async def head_is_broken(exchange: Exchange) -> None:
    if exchange.method == "HEAD":
        await asyncio.sleep(20)
    await exchange.send(page())


async def eight_megabytes_of_headers(exchange: Exchange) -> None:
    await exchange.send(b"HTTP/1.1 200 OK\r\nX-Long: ")
    for _ in range(800):
        await exchange.send(b"x" * 10_000)
    await exchange.send(b"\r\n\r\n")


async def ten_thousand_headers(exchange: Exchange) -> None:
    await exchange.send(
        b"HTTP/1.1 200 OK\r\n"
        + b"".join(b"X-%d: y\r\n" % number for number in range(10_000))
        + b"Content-Length: 0\r\n\r\n"
    )


async def http2_settings(exchange: Exchange) -> None:
    await exchange.send(b"\x00\x00\x12\x04\x00\x00\x00\x00\x00\x00\x03\x00\x00\x00\x64")


BOMB = gzip.compress(b"\0" * 64 * 1024 * 1024)
PACKED = gzip.compress(b"<title>Packed</title><p id='here'>text</p>")
RAW_DEFLATE = zlib.compress(b"<title>Packed</title><p id='here'>text</p>")[2:-4]


@dataclass
class Case:
    """One scenario: what the server does, and what must be said of it."""

    item: str
    name: str
    steps: list[Step]
    verdict: Verdict
    kind: Kind = Kind.PLAIN
    reason: str = ""
    requests: int | None = None
    path: str = "/page"
    port: str = "plain"
    changes: dict[str, Any] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return f"item-{self.item}-{self.name}"


def soft(title: str, body: str = "<p>Text</p>", head: str = "") -> bytes:
    return page(title, body, head)


SLOW = {"attempts": 1, "attempt_seconds": 0.4}
CASES = [
    Case("81", "404-twice-is-dead", [answer(404)], DEAD, reason="404", requests=2),
    Case("81", "410-says-remove", [answer(410)], DEAD, reason="removed it for good", requests=2),
    Case("81", "404-then-200-is-alive", [answer(404), page()], ALIVE, requests=2),
    Case("81", "404-then-403-is-undecided", [answer(404), answer(403)], UNDECIDED, requests=2),
    Case("81", "404-between-errors-is-unconfirmed", [answer(500), answer(500), answer(404)], UNDECIDED, reason="no second attempt", requests=3),
    *[Case("82", f"{status}", [answer(status)], UNDECIDED, reason=str(status), requests=1) for status in (401, 402, 403, 418, 451, 999)],
    Case("82", "400", [answer(400)], UNDECIDED, reason="400 Bad Request"),
    Case("83", "seconds-obeyed", [answer(429, headers={"Retry-After": "1"}), page()], ALIVE, requests=2),
    Case("83", "an-hour-is-beyond-the-budget", [answer(429, headers={"Retry-After": "3600"}), page()], UNDECIDED, reason="429", requests=1),
    Case("83", "bad-value-is-ignored", [answer(429, headers={"Retry-After": "soon"}), page()], ALIVE, requests=2),
    Case("84", "429-then-200", [answer(429), page()], ALIVE, requests=2),
    Case("84", "429-for-ever", [answer(429)], UNDECIDED, reason="too often", requests=3),
    *[Case("85", f"{status}-then-200", [answer(status), page()], ALIVE, requests=2) for status in (500, 502, 503, 504)],
    Case("85", "503-twice-then-200", [answer(503), answer(503), page()], ALIVE, requests=3),
    Case("85", "500-for-ever", [answer(500)], UNDECIDED, reason="500", requests=3),
    Case("86", "503-with-seconds", [answer(503, headers={"Retry-After": "1"}), page()], ALIVE, requests=2),
    Case("87", "head-hangs", [head_is_broken], ALIVE, requests=1),
    Case("88", "chain-of-ten", [chain], ALIVE, path="/chain/10", requests=11),
    Case("89", "chain-of-eleven", [chain], DEAD, reason="more than 10", path="/chain/11"),
    Case("89", "to-itself", [redirect("/page")], DEAD, reason="circle", requests=2),
    Case("89", "growing", [grow], DEAD, reason="more than 10"),
    Case("90", "cookie-loop", [only_once_with_cookie], ALIVE, requests=2),
    Case("94", "to-javascript", [redirect("javascript:alert(1)")], DEAD, Kind.UNSAFE, "javascript"),
    Case("94", "to-ftp", [redirect("ftp://files.example.com/x")], DEAD, Kind.UNSAFE, "ftp"),
    Case("95", "no-location", [answer(302)], DEAD, reason="does not say where to"),
    Case("95", "bad-location", [redirect("http://[bad")], DEAD, reason="no reader can be sent to"),
    Case("95", "empty-location", [redirect("")], DEAD, reason="does not say where to"),
    Case("95", "two-locations", [b"HTTP/1.1 302 Found\r\nLocation: /a\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"], UNDECIDED, reason="two different places"),
    Case("95", "location-with-a-space", [redirect("/a b"), page()], ALIVE, requests=2),
    Case("96", "title-says-404", [soft("404 Not Found")], ALIVE, Kind.SUSPICIOUS, "404 Not Found"),
    Case("96", "title-says-page-not-found", [soft("Page not found · Forge")], ALIVE, Kind.SUSPICIOUS, "says"),
    Case("96", "heading-says-it", [answer(body="<title>Site</title><h1>This page doesn&#39;t exist</h1>")], ALIVE, Kind.SUSPICIOUS, "says"),
    Case("96", "an-article-about-404-is-no-soft-404", [soft("404 Not Found - HTTP")], ALIVE, path="/http/status/404"),
    Case("97", "for-sale", [soft("example.com", "<p>This domain is for sale!</p>")], ALIVE, Kind.SUSPICIOUS, "parked"),
    Case("97", "parking-frame", [soft("example.com", '<iframe src="//www.sedoparking.com/frame"></iframe>')], ALIVE, Kind.SUSPICIOUS, "parked"),
    Case("98", "home", [redirect("/"), page()], ALIVE, Kind.SUSPICIOUS, "home page"),
    Case("98", "home-by-301", [redirect("/en/", 301), page()], ALIVE, Kind.SUSPICIOUS, "home page"),
    Case("98", "login", [redirect("/users/sign_in?return=x"), page()], ALIVE, Kind.SUSPICIOUS, "login"),
    Case("98", "home-was-meant", [redirect("/en/"), page()], ALIVE, path="/"),
    Case("99", "empty", [answer(200)], ALIVE, Kind.SUSPICIOUS, "empty"),
    Case("99", "only-spaces", [answer(body="  \n ")], ALIVE, Kind.SUSPICIOUS, "empty"),
    Case("100", "meta-refresh", [soft("Moved", head='<meta http-equiv="refresh" content="0; url=/new">')], ALIVE, Kind.SUSPICIOUS, "/new"),
    Case("100", "refresh-for-those-without-scripts", [soft("Fine", head='<noscript><meta http-equiv="refresh" content="0;url=/nojs"></noscript>')], ALIVE),
    Case("100", "reload-of-itself", [soft("Clock", head='<meta http-equiv=refresh content="5; url=/page">')], ALIVE),
    Case("101", "slow-headers", [drip_headers], UNDECIDED, reason="in time", changes=SLOW),
    Case("101", "no-answer", [hang], UNDECIDED, reason="in time", changes=SLOW),
    Case("101", "slow-then-well", [hang, page()], ALIVE, requests=2, changes={"attempt_seconds": 0.2}),
    Case("102", "slow-body", [drip_body], UNDECIDED, reason="in time", changes=SLOW),
    Case("102", "slow-body-with-enough", [large_then_drip], ALIVE, changes=SLOW),
    Case("103", "early-hints-for-ever", [continue_for_ever], UNDECIDED, reason="in time", changes=SLOW),
    Case("104", "four-gigabytes", [four_gigabytes], ALIVE, requests=1),
    Case("105", "endless-chunks", [endless_chunks], ALIVE, requests=1),
    Case("106", "gzip-bomb", [answer(body=BOMB, headers={"Content-Encoding": "gzip"})], ALIVE, requests=1),
    Case("106", "gzip-bomb-with-fragment", [answer(body=BOMB, headers={"Content-Encoding": "gzip"})], UNDECIDED, reason="part that was read", path="/page#x"),
    Case("107", "truncated-gzip", [answer(body=PACKED[:-10], headers={"Content-Encoding": "gzip"})], ALIVE, Kind.SUSPICIOUS, "cut off"),
    Case("107", "no-gzip-at-all", [answer(body=b"<title>plain</title>", headers={"Content-Encoding": "gzip"})], ALIVE, Kind.SUSPICIOUS, "damaged"),
    Case("107", "good-gzip", [answer(body=PACKED, headers={"Content-Encoding": "gzip"})], ALIVE, path="/page#here"),
    Case("107", "zlib-deflate", [answer(body=zlib.compress(b"<p id=here>"), headers={"Content-Encoding": "deflate"})], ALIVE, path="/page#here"),
    Case("107", "raw-deflate", [answer(body=RAW_DEFLATE, headers={"Content-Encoding": "deflate"})], ALIVE, path="/page#here"),
    Case("107", "brotli-unasked-for", [answer(body=b"\x8b\x02\x80", headers={"Content-Encoding": "br"})], ALIVE, path="/page#here"),
    Case("108", "reset-then-ok", [reset, page()], ALIVE, requests=2),
    Case("108", "reset-for-ever", [reset], UNDECIDED, reason="closed the connection", requests=3),
    Case("108", "cut-off-for-ever", [cut_off], UNDECIDED, reason="middle of the answer", requests=3),
    Case("109", "expired", [page()], DEAD, reason="expired", port="expired"),
    Case("110", "self-signed", [page()], DEAD, reason="signed by itself", port="selfsigned"),
    Case("111", "wrong-host", [page()], DEAD, reason="another host", port="wronghost"),
    Case("113", "old-tls", [page()], UNDECIDED, port="oldtls"),
    Case("116", "malformed-status-line", [b"FTP 220 ready\r\n\r\n"], UNDECIDED, reason="not valid HTTP"),
    Case("116", "malformed-header", [b"HTTP/1.1 200 OK\r\nno colon here\r\n\r\n"], UNDECIDED, reason="not valid HTTP"),
    Case("116", "two-lengths", [b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"], UNDECIDED, reason="not valid HTTP"),
    Case("116", "eight-megabytes", [eight_megabytes_of_headers], UNDECIDED, reason="not valid HTTP"),
    Case("116", "ten-thousand-headers", [ten_thousand_headers], UNDECIDED, reason="not valid HTTP"),
    Case("117", "http2-frames", [http2_settings], UNDECIDED, reason="not valid HTTP"),
    Case("117", "http2-by-tls", [http2_settings], UNDECIDED, reason="not valid HTTP", port="http2"),
    Case("118", "image-with-fragment", [answer(body=b"\x89PNG....", headers={"Content-Type": "image/png"})], ALIVE, path="/page#layer"),
    Case("118", "pdf-page", [answer(body=b"%PDF-1.7", headers={"Content-Type": "application/pdf"})], ALIVE, path="/page#page=3"),
    Case("120", "204-with-body", [b"HTTP/1.1 204 No Content\r\nContent-Length: 4\r\n\r\nbody"], UNDECIDED, requests=1),
    Case("120", "204", [b"HTTP/1.1 204 No Content\r\n\r\n"], UNDECIDED, reason="nothing to read", requests=1),
    Case("121", "anchor-there", [soft("Page", '<h2 id="usage">Usage</h2>')], ALIVE, path="/page#usage"),
    Case("121", "anchor-by-name", [soft("Page", "<a name=usage></a>")], ALIVE, path="/page#usage"),
    Case("121", "anchor-percent-encoded", [soft("Page", '<h2 id="überblick">x</h2>')], ALIVE, path="/page#%C3%BCberblick"),
    Case("121", "anchor-of-user-content", [soft("Page", '<a id="user-content-install"></a>')], ALIVE, path="/page#install"),
    Case("121", "top", [page()], ALIVE, path="/page#top"),
    Case("121", "text-fragment", [page()], ALIVE, path="/page#:~:text=some"),
    Case("121", "missing-on-a-static-page", [soft("Page", '<h2 id="other">x</h2>')], ALIVE, Kind.SUSPICIOUS, "no anchor", path="/page#usage"),
    Case("121", "missing-on-a-scripted-page", [soft("Page", "<script>draw()</script>")], UNDECIDED, reason="scripts may add it", path="/page#usage"),
    Case("121", "id-inside-a-script", [soft("Page", "<script>'<p id=usage>'</script>")], UNDECIDED, reason="scripts may add it", path="/page#usage"),
    Case("121", "line-of-code", [page()], UNDECIDED, reason="made by a script", path="/page#L10"),
    Case("82", "robot-test-with-200", [soft("Just a moment...")], UNDECIDED, reason="test for robots"),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.label)
def test_the_verdict_is_right(case: Case, server: FaultServer, outcome: Callable[..., Outcome]) -> None:
    server.on(case.label, *case.steps)
    begun = time.monotonic()
    found = outcome(server.url(case.label, case.path, case.port), **case.changes)
    assert (found.verdict, found.kind) == (case.verdict, case.kind), found.reason
    assert case.reason in found.reason
    assert time.monotonic() - begun < 6
    if case.requests is not None:
        assert server.log.requests[case.label] == case.requests


@pytest.mark.parametrize("status", [429, 503], ids=["item-83", "item-86"])
def test_retry_after_is_obeyed_when_it_is_a_date(
    status: int, server: FaultServer, outcome: Callable[..., Outcome]
) -> None:
    label = f"retry-date-{status}"
    server.on(
        label, answer(status, headers={"Retry-After": email.utils.formatdate(time.time() + 2, usegmt=True)}), page()
    )
    begun = time.monotonic()
    found = outcome(server.url(label))
    assert found.verdict is ALIVE
    assert 0.8 < time.monotonic() - begun < 4


def test_item_91_permanent_redirects_name_a_replacement_and_passing_ones_do_not(
    server: FaultServer, outcome: Callable[..., Outcome]
) -> None:
    for status, kind in ((301, Kind.MOVED), (308, Kind.MOVED), (302, Kind.PLAIN), (303, Kind.PLAIN), (307, Kind.PLAIN)):
        server.on(f"moved-{status}", redirect("/new/place", status), page())
        found = outcome(server.url(f"moved-{status}"))
        assert found.kind is kind
        assert found.replacement == (server.url(f"moved-{status}", "/new/place") if kind is Kind.MOVED else "")


def test_item_91_the_replacement_keeps_the_fragment_and_stops_before_a_passing_redirect(
    server: FaultServer, outcome: Callable[..., Outcome]
) -> None:
    server.on("moved-part", redirect("/for-good", 301), redirect("/today"), page(body="<p id=a>"))
    found = outcome(server.url("moved-part", "/old#a"))
    assert found.replacement == server.url("moved-part", "/for-good#a")


def test_item_91_a_slash_at_the_end_is_no_move(server: FaultServer, outcome: Callable[..., Outcome]) -> None:
    server.on("moved-slash", redirect("/page/", 301), page())
    assert outcome(server.url("moved-slash")).kind is Kind.PLAIN


def test_item_89_a_loop_over_two_addresses_is_one_line(server: FaultServer, outcome: Callable[..., Outcome]) -> None:
    server.on("loop-a", redirect(server.url("loop-b")))
    server.on("loop-b", redirect(server.url("loop-a", "/page")))
    found = outcome(server.url("loop-a"))
    assert (found.verdict, "\n" in found.reason) == (DEAD, False)


def test_item_90_cookies_stay_with_the_host_that_set_them(server: FaultServer, outcome: Callable[..., Outcome]) -> None:
    server.on(
        "cookie-giver", redirect(server.url("cookie-taker"), headers={"Set-Cookie": "secret=1; Domain=example.com"})
    )
    server.on("cookie-taker", page())
    assert outcome(server.url("cookie-giver")).verdict is ALIVE
    taken = [headers for _, label, _, headers in server.log.seen if label == "cookie-taker"]
    assert taken
    assert all("cookie" not in headers for headers in taken)


def test_item_90_a_circle_that_a_shared_cookie_would_end_is_undecided(
    server: FaultServer, outcome: Callable[..., Outcome]
) -> None:
    """The page sends to a gate, which sets a cookie for the whole domain; browsers then show the page."""
    back = server.url("behind-gate")
    server.on("behind-gate", redirect(server.url("gate")))
    for domain, verdict in ((f"; Domain={DOMAIN}", UNDECIDED), ("", DEAD), ("; Domain=example.net", DEAD)):
        server.on("gate", redirect(back, headers={"Set-Cookie": f"ok=1; Path=/{domain}"}))
        found = outcome(back)
        assert (found.verdict, "circle" in found.reason) == (verdict, True), domain
    assert all("cookie" not in headers for _, label, _, headers in server.log.seen if label == "behind-gate")


ANCHORED = {
    "greater-than-in-a-value": '<h2 title="a > b" id="sec">x</h2>',
    "comment-in-a-value": '<a title="<!-- x">y</a><h2 id="sec">x</h2>',
    "script-in-a-value": '<a title="<script>">y</a><h2 id="sec">x</h2>',
    "comment-in-a-textarea": '<textarea><!-- </textarea><h2 id="sec">x</h2>',
    "empty-comment": '<!--><h2 id="sec">x</h2>',
    "short-comment": '<!---><h2 id="sec">x</h2>',
    "comment-with-a-bang": '<!-- a --!><h2 id="sec">x</h2>',
    "bare-value": "<h2\nid = sec>x</h2>",
    "single-quotes": "<h2 class='a' ID='sec'>x</h2>",
    "forty-attributes": "<h2 " + 'a="b" ' * 40 + 'id="sec">x</h2>',
}
HIDDEN = {
    "in-a-comment": '<!-- <h2 id="sec"> -->',
    "in-a-value": "<h2 title=' id=\"sec\"'>x</h2>",
    "in-a-textarea": '<textarea><h2 id="sec"></textarea>',
    "in-a-title": '<title><h2 id="sec"></title>',
    "in-a-template": '<template><h2 id="sec"></template>',
    "of-an-end-tag": '</h2 id="sec">',
    "behind-an-open-comment": '<!-- <h2 id="sec">',
    "in-a-tag-that-never-ends": '<p title="a <h2 id=sec>',
}


@pytest.mark.parametrize("name", [*ANCHORED, *HIDDEN])
def test_item_121_tags_are_cut_as_browsers_cut_them(name: str) -> None:
    markup = f"<p>{ANCHORED.get(name) or HIDDEN[name]}"
    for fragment in ("sec", "sec:~:text=x"):
        assert fragments.needs_page(fragment)
        assert fragments.judge(fragment, markup, True)[0] is (name in ANCHORED)


def test_item_87_only_get_is_ever_sent(server: FaultServer, outcome: Callable[..., Outcome]) -> None:
    position = len(server.log.seen)
    server.on("no-head", answer(404))
    outcome(server.url("no-head"))
    assert [method for method, *_ in server.log.seen[position:]] == ["GET", "GET"]


def test_item_42_http_is_moved_to_https_where_that_works(server: FaultServer, outcome: Callable[..., Outcome]) -> None:
    def twin(url: str) -> str:
        return url.replace("http:", "https:").replace(f":{server.ports['plain']}", f":{server.ports['good']}")

    server.on("both", page())
    found = outcome(server.url("both"), twin=twin)
    assert (found.kind, found.replacement) == (Kind.MOVED, server.url("both", "/page", "good"))


def test_item_42_http_stays_where_https_does_not_work(server: FaultServer, outcome: Callable[..., Outcome]) -> None:
    def twin(url: str) -> str:
        return url.replace("http:", "https:").replace(f":{server.ports['plain']}", f":{server.ports['expired']}")

    assert outcome(server.url("only-http"), twin=twin).kind is Kind.PLAIN


def test_item_112_a_handshake_that_hangs_is_undecided(outcome: Callable[..., Outcome], policy: Any) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        found = outcome(f"https://handshake.example.com:{port}/", ports=policy.ports | {port}, **SLOW)
    assert (found.verdict, "in time" in found.reason) == (UNDECIDED, True)


def test_item_113_a_server_without_a_modern_tls_is_undecided_and_the_reason_says_tls(
    outcome: Callable[..., Outcome], policy: Any
) -> None:
    import socket
    import threading

    def refuse(listener: socket.socket) -> None:
        connection, _ = listener.accept()
        with connection:
            connection.recv(4096)
            connection.sendall(bytes.fromhex("15030100020246"))  # alert: fatal, protocol version
            connection.recv(4096)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=refuse, args=(listener,), daemon=True)
        thread.start()
        port = listener.getsockname()[1]
        found = outcome(f"https://ancient.example.com:{port}/", ports=policy.ports | {port}, attempts=1)
        thread.join(5)
    assert (found.verdict, "no TLS connection could be agreed on" in found.reason) == (UNDECIDED, True)


def test_item_115_a_refused_connection_is_undecided(outcome: Callable[..., Outcome], policy: Any) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    found = outcome(f"http://refused.example.com:{port}/", ports=policy.ports | {port})
    assert (found.verdict, found.reason) == (UNDECIDED, "the connection was refused")


def test_item_119_version_6_is_preferred(server: FaultServer, outcome: Callable[..., Outcome]) -> None:
    async def both(host: str) -> list[str]:
        return ["127.0.0.1", "::1"]

    seen: list[str] = []

    async def peer(exchange: Exchange) -> None:
        seen.append(exchange.writer.get_extra_info("peername")[0])
        await exchange.send(page())

    server.on("six", peer)
    assert outcome(server.url("six"), lookup=both).verdict is ALIVE
    assert seen == ["::1"]


def test_item_119_version_4_is_the_fallback(server: FaultServer, outcome: Callable[..., Outcome]) -> None:
    async def both(host: str) -> list[str]:
        return ["::1", "127.0.0.1"]

    url = server.url("fallback", port="good")  # nobody listens on ::1 at this port
    assert outcome(url, lookup=both).verdict is ALIVE


def test_pages_that_differ_in_their_fragment_are_asked_once(server: FaultServer, ask: Callable[..., Any]) -> None:
    server.on("once", page(body='<p id="a"></p>'))
    urls = [server.url("once", f"/page{fragment}") for fragment in ("", "#a", "#b", "#L3")]
    report = ask(*urls)
    assert server.log.requests["once"] == 1
    assert [(report.outcomes[url].verdict, report.outcomes[url].kind) for url in urls] == [
        (ALIVE, Kind.PLAIN),
        (ALIVE, Kind.PLAIN),
        (ALIVE, Kind.SUSPICIOUS),
        (UNDECIDED, Kind.PLAIN),
    ]
