"""What one attempt brings home: a response, or the fault that stood in its way."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import dataclass, field

import aiohttp

from deepdive.links.probe.resolver import Forbidden, NameTrouble, NoName
from deepdive.links.probe.verdict import Kind, Verdict

# OpenSSL's numbers for what is wrong with a certificate, where every reader's browser objects too.
_EXPIRED, _NOT_YET, _SELF_SIGNED, _WRONG_HOST = 10, 9, 18, 62
_CERTIFICATES = {
    _EXPIRED: "its certificate has expired",
    _NOT_YET: "its certificate is not valid yet",
    _SELF_SIGNED: "its certificate is signed by itself",
    _WRONG_HOST: "its certificate is for another host",
}


@dataclass(frozen=True, slots=True)
class Hop:
    """One redirect: the status, and where it led."""

    status: int
    target: str


@dataclass(frozen=True, slots=True)
class Response:
    """What a server answered at the end of its redirects. ``body`` is decoded, as far as it was read."""

    status: int
    url: str
    hops: tuple[Hop, ...] = ()
    media_type: str = ""
    charset: str = ""
    body: bytes = b""
    whole: bool = False
    damaged: str = ""
    retry_after: str = ""

    @property
    def is_html(self) -> bool:
        """Whether the body can hold anchors, a title and redirects of its own."""
        return self.media_type in ("text/html", "application/xhtml+xml", "")


@dataclass(frozen=True, slots=True)
class Fault:
    """Why there is no response. ``transient``: another attempt may help; ``silent``: nothing answered at all."""

    reason: str
    verdict: Verdict = Verdict.INCONCLUSIVE
    kind: Kind = Kind.PLAIN
    transient: bool = False
    silent: bool = False
    hops: tuple[Hop, ...] = field(default=())


Answer = Response | Fault


def explain(problem: BaseException) -> Fault:
    """An exception of the client, or of what lies below it, in words."""
    cause = _root(problem)
    if isinstance(cause, Forbidden):
        return Fault(f"{cause}; no connection was made", Verdict.DEAD, Kind.UNSAFE)
    if isinstance(cause, NoName):
        return Fault(str(cause), Verdict.DEAD, Kind.NO_NAME, transient=True, silent=True)
    if isinstance(cause, NameTrouble):
        return Fault(str(cause), transient=True, silent=True)
    if isinstance(cause, ssl.SSLCertVerificationError):
        return _certificate(cause)
    if isinstance(cause, ssl.SSLError):
        return Fault(f"no TLS connection could be agreed on ({_plain(cause.reason or str(cause))})")
    if isinstance(problem, TimeoutError):
        return Fault("the server did not answer in time", transient=True, silent=True)
    if isinstance(problem, aiohttp.ClientPayloadError):
        return Fault("the connection broke in the middle of the answer", transient=True)
    if isinstance(problem, aiohttp.ServerDisconnectedError):
        return Fault("the server closed the connection without an answer", transient=True)
    if isinstance(problem, aiohttp.ClientResponseError):
        return Fault("the answer is not valid HTTP/1.1")
    if isinstance(cause, ConnectionRefusedError):
        return Fault("the connection was refused", transient=True, silent=True)
    if isinstance(cause, ConnectionError | asyncio.IncompleteReadError):
        return Fault("the connection was reset", transient=True)
    if isinstance(cause, OSError):
        return Fault("the host cannot be reached", transient=True, silent=True)
    return Fault(f"the request failed ({type(problem).__name__})")


def _root(problem: BaseException) -> BaseException:
    """The exception that says most: aiohttp wraps the system's."""
    for inner in (getattr(problem, "os_error", None), getattr(problem, "certificate_error", None), problem.__cause__):
        if isinstance(inner, BaseException):
            return inner
    return problem


def _certificate(problem: ssl.SSLCertVerificationError) -> Fault:
    reason = _CERTIFICATES.get(problem.verify_code)
    if reason:
        return Fault(f"browsers refuse the site: {reason}", Verdict.DEAD, transient=True)
    # An incomplete chain, or a root this machine does not know, may open in a browser.
    return Fault(f"the certificate cannot be verified here ({_plain(problem.verify_message)})")


def _plain(text: str) -> str:
    return text.replace("_", " ").lower()
