"""Addresses as text: what a contributor may write as a link, judged without opening a socket."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import parse_qsl, unquote, urlsplit

MAX_LENGTH = 2048

TRACKING = re.compile(r"^(utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|yclid|_hs\w+|ref_src)$", re.I)
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_LABEL = re.compile(r"^(?!-)[A-Za-z0-9-]{1,63}(?<!-)$")
_AUTHORITY = re.compile(r"(?:(?:https?|ftp):[\\/]*|(?:[a-z][a-z0-9+.-]*:)?[\\/]{2,})([^\\/?#]*)(.*)", re.I | re.S)
_NUMERIC_HOST = re.compile(r"^(0x[0-9a-f]+|[0-9]+)(\.(0x[0-9a-f]+|[0-9]+)){0,3}$", re.I)
# What nearly all addresses look like, in which nothing can be wrong but a local suffix.
_PLAIN = re.compile(
    r"https://(?=[^/]{1,253}(?:/|$))(?!(?:[^/]*\.)?xn--)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+"
    r"(?P<last>[a-z]{2,63})(?:/[\w.~/#=+,;:!$&'()*-]*)?",
    re.A,
)
CREDENTIALS = "the address holds a user name or password."
CREDENTIALS_FIX = "remove everything before the @, and change that password."
# Last labels of names that mean something on one network only.
LOCAL_SUFFIXES = (
    "local",
    "localhost",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "localdomain",
    "arpa",
    "test",
    "invalid",
    "onion",
)


class AddressProblem(ValueError):
    """Why an address is refused, with the repair."""

    def __init__(self, message: str, fix: str) -> None:
        super().__init__(message)
        self.fix = fix


def holds_credentials(url: str) -> bool:
    """Whether a user name or password stands before the host, even a password with ``/``, ``?`` or ``#`` in it."""
    found = _AUTHORITY.match(url.strip())
    if not found:
        return False
    authority, rest = found.groups()
    # Such a letter ends the host for browsers, and what they take for the port is no number.
    port = authority.rpartition("]")[2].partition(":")[2]
    return "@" in unquote(authority) or ("@" in rest and bool(port) and not port.isdigit())


def check_address(url: str) -> str:
    """Return ``url`` unchanged when it is a public https address; raise AddressProblem otherwise."""
    if len(url) <= MAX_LENGTH and (plain := _PLAIN.fullmatch(url)) and plain["last"] not in LOCAL_SUFFIXES:
        return url
    return _examined(url)


def _examined(url: str) -> str:
    """As ``check_address``, for an address that does not look plain."""
    if holds_credentials(url):
        raise AddressProblem(CREDENTIALS, CREDENTIALS_FIX)
    if url != url.strip() or re.search(r"[\s\\<>\"`{}|^\x00-\x1f\x7f]", url):
        raise AddressProblem(
            "the address has a space or a character that no address may hold.",
            "copy it again, percent-encode the character.",
        )
    if len(url) > MAX_LENGTH:
        raise AddressProblem(
            f"the address has {len(url):,} characters; the limit is {MAX_LENGTH:,}.", "link to a shorter address."
        )
    if _BAD_PERCENT.search(url):
        raise AddressProblem("'%' must be followed by two hexadecimal digits.", "write a literal % as %25.")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise AddressProblem("this is not an address.", "write https://host/path.") from None
    if parts.scheme.lower() != "https":
        # What stands before an @ in the path may be a password after all: it is not repeated.
        secure = f"https:{url.partition(':')[2]}" if parts.scheme.lower() == "http" and "@" not in url else "https://…"
        raise AddressProblem(
            f"an address must start with https://, not {parts.scheme or 'nothing'}.", f"write {secure}."
        )
    if port not in (None, 443):
        shown = "the port" if "@" in url else f"port {port}"
        raise AddressProblem(f"{shown} is not the public https port.", "link to the public page.")
    check_host(parts.hostname or "")
    for name, _ in parse_qsl(parts.query, keep_blank_values=True):
        if TRACKING.match(name):
            raise AddressProblem(f"the address carries the tracking parameter '{name}'.", "remove it.")
    return url


def check_host(host: str) -> None:
    """Raise AddressProblem unless ``host`` is a public name (never a literal address)."""
    host = host.rstrip(".").lower()
    public = "link to a public host name."
    if not host:
        raise AddressProblem("the address names no host.", "write https://host/path.")
    if "[" in host or ":" in host or _NUMERIC_HOST.match(host) or _is_ip(unquote(host)):
        raise AddressProblem("the host is a literal address, not a name.", public)
    try:
        ascii_host = host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError:
        raise AddressProblem("the host name cannot be encoded.", public) from None
    labels = ascii_host.split(".")
    if len(labels) < 2 or labels[-1] in LOCAL_SUFFIXES:
        raise AddressProblem(f"'{host}' is not a public host name.", public)
    if len(ascii_host) > 253 or not all(_LABEL.match(label) for label in labels) or labels[-1].isdigit():
        raise AddressProblem(f"'{host}' is not a host name.", public)
    if not host.isascii() or "xn--" in host:
        raise AddressProblem(
            f"the host name is not plain ASCII: {ascii_host}.",
            "check that it is not a look-alike; link to the ASCII name.",
        )


def _is_ip(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
