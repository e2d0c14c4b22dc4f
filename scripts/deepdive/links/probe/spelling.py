"""An address as it is written: normalised, or refused before a socket is opened."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from deepdive.links.probe.addresses import numeric_host, refusal
from deepdive.links.probe.verdict import Kind
from deepdive.model.address import CREDENTIALS, CREDENTIALS_FIX, LOCAL_SUFFIXES, MAX_LENGTH, holds_credentials

_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.I)
# Schemes that lead to no server: other parts of the checker judge them.
ELSEWHERE = frozenset({"mailto", "tel", "tool", "term", "fact", "paper"})
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SAFE = "!#$%&'()*+,/:;=?@[]~"
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_TRACKING = re.compile(r"(?:utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|_hs\w+)(?==|$)", re.I)

Rule = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Spelled:
    """An address that may be asked. ``notes`` are what is odd about it, ``cleaned`` without tracking."""

    url: str
    host: str
    notes: tuple[str, ...] = ()
    cleaned: str = ""

    @property
    def page(self) -> str:
        """The address without its fragment: what is sent."""
        return self.url.partition("#")[0]

    @property
    def fragment(self) -> str:
        """What follows ``#``."""
        return self.url.partition("#")[2]


class Refused(ValueError):
    """An address that is never asked: kind, reason, repair."""

    def __init__(self, kind: Kind, reason: str, fix: str = "link to a public https address.") -> None:
        super().__init__(reason)
        self.kind, self.reason, self.fix = kind, reason, fix


def spell(written: str, ports: frozenset[int] = frozenset({80, 443}), rule: Rule = refusal) -> Spelled | None:
    """Judge an address of a page or row. None: not external at all. Raises Refused."""
    bare = re.sub(r"[\t\n\r]", "", written).strip("".join(map(chr, range(33))) + "\u00a0")
    scheme = _SCHEME.match(bare)
    names_host = re.match(r"[\\/]{2}", bare)
    if not names_host and (not scheme or scheme[1].lower() in ELSEWHERE):
        return None
    if holds_credentials(bare):
        raise Refused(Kind.UNSAFE, CREDENTIALS, CREDENTIALS_FIX)
    if not scheme:
        raise Refused(Kind.UNSAFE, "the address has no scheme of its own.", "write https:// before the host.")
    if scheme[1].lower() not in ("http", "https"):
        raise Refused(Kind.UNSAFE, f"an address may not start with '{scheme[1].lower()}:'.")
    if len(written) > MAX_LENGTH:
        raise Refused(
            Kind.MALFORMED,
            f"the address has {len(written):,} characters; the limit is {MAX_LENGTH:,}.",
            "link to a shorter address.",
        )
    if bare != written or re.search(r"[\s\\\x00-\x1f\x7f]", written):
        raise Refused(
            Kind.MALFORMED,
            "the address holds a space, a control character or a backslash.",
            "copy it again, percent-encode the character.",
        )
    if _BAD_PERCENT.search(bare):
        raise Refused(Kind.MALFORMED, "'%' must be followed by two hexadecimal digits.", "write a literal % as %25.")
    return read(bare, ports, rule)


def follow(location: str, base: str, ports: frozenset[int], rule: Rule = refusal) -> Spelled:
    """The target of a redirect, read as leniently as browsers read it. Raises Refused."""
    bare = re.sub(r"[\t\n\r]", "", location).strip().replace("\\", "/").replace(" ", "%20")
    bare = _BAD_PERCENT.sub("%25", bare)
    # As the URL standard has it: any number of slashes leads to a host, after a scheme that is not the base's also none.
    bare = re.sub(r"^(https?:)?/{2,}", r"\1//", bare, count=1, flags=re.I)
    leading = re.match(r"(https?):/*", bare, re.I)
    if leading and leading[1].lower() != base.partition(":")[0].lower():
        bare = f"{leading[1]}://{bare[leading.end() :]}"
    try:
        target = urljoin(base, bare)
    except ValueError:
        raise Refused(Kind.MALFORMED, "it is not an address") from None
    scheme = _SCHEME.match(target)
    if not scheme or scheme[1].lower() not in ("http", "https"):
        raise Refused(Kind.UNSAFE, f"it starts with '{scheme[1].lower() if scheme else ''}:'")
    if len(target) > 4 * MAX_LENGTH:
        raise Refused(Kind.MALFORMED, f"it has {len(target):,} characters")
    return read(target, ports, rule)


def read(url: str, ports: frozenset[int], rule: Rule = refusal) -> Spelled:
    """The normal form of an http(s) address. Raises Refused."""
    if holds_credentials(url):
        raise Refused(Kind.UNSAFE, CREDENTIALS, CREDENTIALS_FIX)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        kind = Kind.UNSAFE if re.search(r":\d{5,}(/|$)", url) else Kind.MALFORMED
        raise Refused(kind, "this is not an address.", "write https://host/path.") from None
    if port == 0:
        raise Refused(Kind.UNSAFE, "port 0 is no port.")
    host = ascii_host(parts.hostname or "", rule)
    scheme = parts.scheme.lower()
    usual = {"http": 80, "https": 443}[scheme]
    shown = f"[{host}]" if ":" in host else host
    netloc = shown if port in (None, usual) else f"{shown}:{port}"
    path = _escaped(parts.path) or "/"
    query = _escaped(parts.query)
    normal = urlunsplit((scheme, netloc, path, query, _escaped(parts.fragment)))
    notes = []
    if port is not None and port not in ports:
        notes.append(f"port {port} is not the public port of {scheme}")
    if (parts.hostname or "") != host or "xn--" in host:
        notes.append(f"the host name is not plain ASCII: {host}; check that it is not a look-alike")
    kept = "&".join(pair for pair in query.split("&") if not _TRACKING.match(pair))
    cleaned = ""
    if kept != query:
        notes.append("the address carries tracking parameters")
        cleaned = urlunsplit((scheme, netloc, path, kept, _escaped(parts.fragment)))
    return Spelled(normal, host, tuple(notes), cleaned)


def ascii_host(host: str, rule: Rule = refusal) -> str:
    """The host as it is looked up. Raises Refused for what is no public name."""
    if not host:
        raise Refused(Kind.MALFORMED, "the address names no host.", "write https://host/path.")
    if ":" in host or "%" in host:
        word = rule(host) if ":" in host and "%" not in host else "disguised"
        if word:
            raise Refused(
                Kind.UNSAFE,
                f"the host is a literal address that is not public ({word}).",
                "link to a public host name.",
            )
        return str(ipaddress.ip_address(host))
    name = _to_ascii(host)
    literal = numeric_host(name)
    if literal is not None:
        word = rule(literal) if literal else "not readable"
        if word or literal != host:
            raise Refused(
                Kind.UNSAFE,
                f"the host is a literal address that is not public ({word or 'disguised'}).",
                "link to a public host name.",
            )
        return literal
    labels = name.split(".")
    if len(labels) < 2 or labels[-1] in LOCAL_SUFFIXES:
        raise Refused(Kind.UNSAFE, f"'{name}' is not a public host name.", "link to a public host name.")
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise Refused(Kind.MALFORMED, f"'{name}' is not a host name.", "copy the address again.")
    return name


def _to_ascii(host: str) -> str:
    # The codec also maps full-width digits and ideographic full stops, as browsers do.
    try:
        name = host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        raise Refused(Kind.MALFORMED, "the host name cannot be encoded.", "link to a public host name.") from None
    return name.lower().removesuffix(".")


def _escaped(text: str) -> str:
    def one(found: re.Match[str]) -> str:
        letter = chr(int(found[1], 16))
        return letter if letter in _UNRESERVED else found[0].upper()

    return _ESCAPE.sub(one, quote(text, safe=_SAFE, errors="replace"))


def redact(url: str) -> str:
    """The address without user name and password, and without characters that move a cursor."""
    return _printable(re.sub(r"^([a-z][a-z0-9+.-]*:)?(//)?[^/?#]*@", r"\1\2…@", url.strip(), count=1, flags=re.I))


def redact_refused(written: str) -> str:
    """The same for text that is no address: nobody can tell where a password in it ends, but before the last ``@``."""
    return _printable(re.sub(r"^([a-z][a-z0-9+.-]*:)?(//)?.*(?:@|%40)", r"\1\2…@", written.strip(), flags=re.I | re.S))


def _printable(hidden: str) -> str:
    return re.sub(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]", "\ufffd", hidden)
