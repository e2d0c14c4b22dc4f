"""Cookies of one attempt: enough for sites that redirect until theirs comes back, and no more."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

_MOST = 20
_LONGEST = 4096


class Cookies:
    """Kept for one chain of redirects and per exact host; nothing crosses from host to host.

    ``withheld`` says that a browser would have sent along what another host of the chain set for its whole domain.
    """

    def __init__(self) -> None:
        self._kept: dict[str, dict[str, tuple[str, bool]]] = {}
        self._shared: set[tuple[str, str]] = set()
        self.withheld = False

    def take(self, url: str, headers: Iterable[str]) -> None:
        """Remember what a host set."""
        parts = urlsplit(url)
        jar = self._kept.setdefault(parts.netloc, {})
        for header in headers:
            pair, _, attributes = header.partition(";")
            name, equals, value = pair.strip().partition("=")
            plain = all(" " <= letter < "\x7f" for letter in pair)
            if equals and name and plain and len(pair) <= _LONGEST and (len(jar) < _MOST or name in jar):
                jar[name] = (value, "secure" in {word.strip().lower() for word in attributes.split(";")})
                domain = _domain(attributes)
                if _is_within(parts.hostname or "", domain) and len(self._shared) < _MOST:
                    self._shared.add((parts.netloc, domain))

    def header(self, url: str) -> str:
        """The Cookie header for an address; empty when the host set none."""
        parts = urlsplit(url)
        jar = self._kept.get(parts.netloc, {})
        host = parts.hostname or ""
        self.withheld |= any(setter != parts.netloc and _is_within(host, domain) for setter, domain in self._shared)
        return "; ".join(
            f"{name}={value}" for name, (value, secure) in jar.items() if not secure or parts.scheme == "https"
        )


def _domain(attributes: str) -> str:
    for attribute in attributes.split(";"):
        name, _, value = attribute.partition("=")
        if name.strip().lower() == "domain":
            return value.strip().lower().removeprefix(".")
    return ""


def _is_within(host: str, domain: str) -> bool:
    return "." in domain and (host == domain or host.endswith(f".{domain}"))
