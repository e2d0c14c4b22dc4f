"""A server that does everything wrong on request, on raw sockets of the loopback interface.

A scenario is chosen by the first label of the host name (``gone.example.com``), so that every
scenario has a host of its own; it is a list of answers, the last of which repeats, or a coroutine.
The server runs in a thread of its own: clients may live in this process or in another.
"""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import subprocess
import threading
import warnings
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Exchange:
    """One request as the server sees it. ``nth`` counts the requests of its scenario from 1."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    method: str
    path: str
    headers: dict[str, str]
    nth: int

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()
        # An endless answer must let the loop see that its reader left; over TLS a drain alone may not.
        await asyncio.sleep(0)


DOMAIN = "example.com"
# The names of scenarios for programs that never ask names of example.com.
OTHER_DOMAIN = "faults.internal"
# A loopback address that plays a public host in tests of what may be reached.
PUBLIC = "127.0.0.77"

Scenario = Callable[[Exchange], Awaitable[None]]


def answer(
    status: int = 200, body: bytes | str = b"", headers: dict[str, str] | None = None, length: int | None = None
) -> bytes:
    """A plain response. ``length`` lies about the body's."""
    data = body.encode() if isinstance(body, str) else body
    head = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Length": str(len(data) if length is None else length),
        **(headers or {}),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    return f"HTTP/1.1 {status} Some Words\r\n{lines}Connection: close\r\n\r\n".encode() + data


def page(title: str = "A page", body: str = "<p>Some text.</p>", head: str = "") -> bytes:
    return answer(
        body=f"<!doctype html><html><head><title>{title}</title>{head}</head><body><h1>Heading</h1>{body}</body></html>"
    )


def redirect(target: str, status: int = 302, headers: dict[str, str] | None = None) -> bytes:
    return answer(status, headers={"Location": target, **(headers or {})})


@dataclass
class Log:
    """What reached the server: connections by port, requests by scenario."""

    connections: Counter[int] = field(default_factory=Counter)
    requests: Counter[str] = field(default_factory=Counter)
    seen: list[tuple[str, str, str, dict[str, str]]] = field(default_factory=list)


class FaultServer:
    """Listens on a plain port and one port per certificate."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.scenarios: dict[str, Scenario] = {}
        self.ports: dict[str, int] = {}
        self.log = Log()
        self.loop = asyncio.new_event_loop()
        self.authority = make_certificates(folder)
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._servers: list[asyncio.Server] = []
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._start(), self.loop).result(10)

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self._stop(), self.loop).result(10)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join(10)
        self.loop.close()

    async def _start(self) -> None:
        await self._listen("plain", None)
        await self._listen("plain6", None, "::1")
        await self._listen("public", None, PUBLIC)
        for name in ("good", "expired", "selfsigned", "wronghost"):
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(self.folder / f"{name}.pem", self.folder / f"{name}.key")
            await self._listen(name, context)
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        old.load_cert_chain(self.folder / "good.pem", self.folder / "good.key")
        old.set_ciphers("ALL:@SECLEVEL=0")
        with warnings.catch_warnings():  # that it is out of date is the point
            warnings.simplefilter("ignore", DeprecationWarning)
            old.minimum_version = ssl.TLSVersion.TLSv1
            old.maximum_version = ssl.TLSVersion.TLSv1_1
        await self._listen("oldtls", old)
        h2 = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        h2.load_cert_chain(self.folder / "good.pem", self.folder / "good.key")
        h2.set_alpn_protocols(["h2"])
        await self._listen("http2", h2)

    async def _listen(self, name: str, context: ssl.SSLContext | None, host: str = "127.0.0.1") -> None:
        server = await asyncio.start_server(
            self._accept, host, self.ports["plain"] if name == "plain6" else 0, ssl=context, limit=1 << 20
        )
        self._servers.append(server)
        self.ports[name] = server.sockets[0].getsockname()[1]

    async def _stop(self) -> None:
        for server in self._servers:
            server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.sleep(0.05)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self.log.connections[writer.get_extra_info("sockname")[1]] += 1
        try:
            await self._serve(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError, TimeoutError, asyncio.CancelledError):
            pass  # the client left, or the server is stopped
        finally:
            with contextlib.suppress(Exception):
                writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, path, _ = head[0].split(" ", 2)
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:] if line)}
        label = headers.get("host", "").partition(".")[0]
        self.log.requests[label] += 1
        self.log.seen.append((method, label, path, headers))
        exchange = Exchange(reader, writer, method, path, headers, self.log.requests[label])
        scenario = self.scenarios.get(label)
        if scenario is None:
            await exchange.send(page())
        else:
            await scenario(exchange)
        with contextlib.suppress(OSError, RuntimeError):
            if writer.can_write_eof():
                writer.write_eof()
        await asyncio.wait_for(reader.read(), 5)  # let the client close, so that nothing sent is lost to a reset

    def on(self, label: str, *answers: bytes | Scenario) -> None:
        """Set a scenario: answers in order, the last of them for ever."""

        async def play(exchange: Exchange) -> None:
            step = answers[min(exchange.nth, len(answers)) - 1]
            if isinstance(step, bytes):
                await exchange.send(step)
            else:
                await step(exchange)

        self.scenarios[label] = play
        self.log.requests[label] = 0

    def url(self, label: str, path: str = "/page", port: str = "plain", domain: str = DOMAIN) -> str:
        scheme = "http" if port.startswith(("plain", "public")) else "https"
        return f"{scheme}://{label}.{domain}:{self.ports[port]}{path}"


def make_certificates(folder: Path) -> Path:
    """An authority and what it signed: good, expired, for another host; and one that signed itself."""

    def run(*arguments: str) -> None:
        subprocess.run(["openssl", *arguments], cwd=folder, check=True, capture_output=True)

    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    names = f"DNS:*.{DOMAIN},DNS:*.{OTHER_DOMAIN}"
    (folder / "good.ext").write_text(f"subjectAltName={names}\n")
    (folder / "other.ext").write_text("subjectAltName=DNS:*.example.net\n")
    run(
        "req",
        "-x509",
        *key,
        "-keyout",
        "authority.key",
        "-out",
        "authority.pem",
        "-days",
        "2",
        "-subj",
        "/CN=Test authority",
    )
    for name, days, extension in (("good", "2", "good"), ("expired", "-1", "good"), ("wronghost", "2", "other")):
        run("req", "-new", *key, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", f"/CN={name}")
        run(
            "x509",
            "-req",
            "-in",
            f"{name}.csr",
            "-CA",
            "authority.pem",
            "-CAkey",
            "authority.key",
            "-CAcreateserial",
            "-days",
            days,
            "-extfile",
            f"{extension}.ext",
            "-out",
            f"{name}.pem",
        )
    run(
        "req",
        "-x509",
        *key,
        "-keyout",
        "selfsigned.key",
        "-out",
        "selfsigned.pem",
        "-days",
        "2",
        "-subj",
        "/CN=self",
        "-addext",
        f"subjectAltName={names}",
    )
    return folder / "authority.pem"


@contextlib.contextmanager
def running(folder: Path) -> Iterator[FaultServer]:
    server = FaultServer(folder)
    server.start()
    try:
        yield server
    finally:
        server.stop()
