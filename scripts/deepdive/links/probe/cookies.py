"""Cookies of one attempt: enough for sites that redirect until theirs comes back, and no more."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

_MOST = 20
_LONGEST = 4096


class Cookies:
    """Kept for one chain of redirects and per exact host; nothing crosses from host to host."""

    def __init__(self) -> None:
        self._kept: dict[str, dict[str, tuple[str, bool]]] = {}

    def take(self, url: str, headers: Iterable[str]) -> None:
        """Remember what a host set."""
        jar = self._kept.setdefault(urlsplit(url).netloc, {})
        for header in headers:
            pair, _, attributes = header.partition(";")
            name, equals, value = pair.strip().partition("=")
            plain = all(" " <= letter < "\x7f" for letter in pair)
            if equals and name and plain and len(pair) <= _LONGEST and (len(jar) < _MOST or name in jar):
                jar[name] = (value, "secure" in {word.strip().lower() for word in attributes.split(";")})

    def header(self, url: str) -> str:
        """The Cookie header for an address; empty when the host set none."""
        parts = urlsplit(url)
        jar = self._kept.get(parts.netloc, {})
        return "; ".join(
            f"{name}={value}" for name, (value, secure) in jar.items() if not secure or parts.scheme == "https"
        )
