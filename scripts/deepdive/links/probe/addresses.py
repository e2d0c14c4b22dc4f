"""Which numeric addresses a socket may be opened to: public ones, whatever they are wrapped in."""

from __future__ import annotations

import ipaddress

# Python's ``is_global`` follows the registries of its release; these lists do not move with it.
_REFUSED_V4 = [
    (ipaddress.IPv4Network(network), word)
    for network, word in {
        "0.0.0.0/8": "this host", "10.0.0.0/8": "private", "100.64.0.0/10": "carrier-grade NAT", "127.0.0.0/8": "loopback",
        "168.63.129.16/32": "a cloud's own service", "169.254.0.0/16": "link-local", "172.16.0.0/12": "private",
        "192.0.0.0/24": "reserved", "192.0.2.0/24": "documentation", "192.88.99.0/24": "reserved", "192.168.0.0/16": "private",
        "198.18.0.0/15": "benchmarking", "198.51.100.0/24": "documentation", "203.0.113.0/24": "documentation",
        "224.0.0.0/4": "multicast", "240.0.0.0/4": "reserved",
    }.items()
]  # fmt: skip
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
_REFUSED_V6 = [
    (ipaddress.IPv6Network(network), word)
    for network, word in {
        "::1/128": "loopback", "::/128": "this host", "::ffff:0:0/96": "a mapped IPv4 address", "::/96": "a mapped IPv4 address",
        "64:ff9b:1::/48": "local NAT64", "fc00::/7": "private", "fe80::/10": "link-local", "fec0::/10": "site-local",
        "ff00::/8": "multicast", "100::/64": "discard-only", "2001::/32": "a Teredo tunnel", "2001::/23": "reserved",
        "2001:db8::/32": "documentation", "2002::/16": "a 6to4 tunnel", "3fff::/20": "documentation",
    }.items()
]  # fmt: skip
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_ISATAP = (0x5EFE, 0x2005EFE)


def refusal(text: str) -> str:
    """Why no packet may go to this numeric address, in a few words; empty when one may."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return "not a numeric address"
    if "%" in text:
        return "scoped to one interface"
    return _refused_v4(address) if isinstance(address, ipaddress.IPv4Address) else _refused_v6(address)


def _refused_v4(address: ipaddress.IPv4Address) -> str:
    for network, word in _REFUSED_V4:
        if address in network:
            return word
    return "" if address.is_global else "not public"


def _refused_v6(address: ipaddress.IPv6Address) -> str:
    if address in _NAT64:
        # On a NAT64 network every IPv4 site looks like this: the inner address decides.
        inner = _refused_v4(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
        return f"NAT64 of an address that is {inner}" if inner else ""
    for network, word in _REFUSED_V6:
        if address in network:
            return word
    if address not in _GLOBAL_V6:
        return "not public"
    if (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
        return "an ISATAP tunnel"
    return ""


def numeric_host(host: str) -> str | None:
    """The dotted address that resolvers read from ``host`` (decimal, hex, octal, short forms); None for a name.

    A host whose last label is a number is an IPv4 address to browsers and to the C library; one that
    cannot be read as such is no name either: then the answer is an empty string.
    """
    labels = host.removesuffix(".").split(".")
    if not _is_number(labels[-1]):
        return None
    if len(labels) > 4 or not all(_is_number(label) for label in labels):
        return ""
    try:
        numbers = [_number(label) for label in labels]
    except ValueError:
        return ""
    last = 256 ** (5 - len(numbers))
    if any(number > 255 for number in numbers[:-1]) or numbers[-1] >= last:
        return ""
    value = numbers[-1] + sum(number << (8 * (3 - place)) for place, number in enumerate(numbers[:-1]))
    return str(ipaddress.IPv4Address(value))


def _is_number(label: str) -> bool:
    lower = label.lower()
    if lower.startswith("0x"):
        return all(letter in "0123456789abcdef" for letter in lower[2:])
    return lower.isascii() and lower.isdigit()


def _number(label: str) -> int:
    lower = label.lower()
    if lower.startswith("0x"):
        return int(lower[2:] or "0", 16)
    return int(lower, 8) if len(lower) > 1 and lower.startswith("0") else int(lower)
