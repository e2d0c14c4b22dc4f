"""Pages that answer 200 and are not what the writer meant: soft 404, parked, sent elsewhere."""

from __future__ import annotations

import codecs
import html
import re
from urllib.parse import urljoin, urlsplit

from deepdive.links.probe.fragments import visible
from deepdive.links.probe.spelling import redact

_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{0,300})", re.I)
_HEADING = re.compile(r"<h1[^<>]{0,300}>([^<]{0,300})", re.I)
_META = re.compile(r"<meta\s[^<>]{0,1000}>", re.I)
_GONE = re.compile(
    r"^(?:error\s*)?(?:404|410)\b(?!\s*\w*\s*error codes)|^(?:http\s+)?404\s|\b404 (?:error|not found)|\b(?:page|file|site|document|content|article|repository|project) (?:was |could |can |is )?(?:not|n.t) (?:be )?(?:found|available|exist)"
    r"|^not found\b|\bnot found$|\b(?:page|site|article) (?:does not|doesn.t|no longer) exists?\b|\bno longer available\b|^oops\b",
    re.I,
)
_PARKED = re.compile(
    r"\b(?:this )?domain(?: name)? (?:is|may be) (?:for sale|parked|available for purchase)|\bbuy this domain\b|\bdomain for sale\b|\bparked (?:free|domain|page)\b|sedoparking\.com|parkingcrew\.net|bodis\.com|\bthis domain (?:has|name has) expired\b",
    re.I,
)
_PARKING_HOSTS = (
    "hugedomains.com",
    "dan.com",
    "sedo.com",
    "afternic.com",
    "sedoparking.com",
    "parkingcrew.net",
    "bodis.com",
    "undeveloped.com",
    "domainmarket.com",
)
_CHALLENGE = re.compile(
    r"^(?:just a moment|attention required|checking your browser|verify(?:ing)? you are (?:a )?human|access denied|robot or human|are you a robot|security check|ddos-guard)",
    re.I,
)
_LOGIN = re.compile(r"(?:^|[/._-])(?:log-?in|sign-?in|sso|saml2?|oauth2?|openid|auth|accounts?)(?:[/._-]|$)", re.I)
_HOME = re.compile(r"/(?:(?:index|home|default)(?:\.\w{2,5})?)?/?|/[a-z]{2}(?:[-_][a-z]{2})?/?", re.I)
_QUICK_SECONDS = 10
# What a page says about itself stands at its beginning.
_HEAD = 64 * 1024
_MOST_METAS = 50
# What browsers read, by Python's names. Of the others some take quadratic time: punycode does.
_CHARSETS = frozenset(
    {
        "utf-8", "utf-8-sig", "ascii", "utf-16", "utf-16-le", "utf-16-be", "gbk", "gb2312", "gb18030", "big5", "big5hkscs",
        "euc_jp", "iso2022_jp", "shift_jis", "cp932", "euc_kr", "cp949", "koi8-r", "koi8-u", "mac-roman", "mac-cyrillic",
        "tis-620", "cp866", "cp874", *(f"cp{page}" for page in range(1250, 1259)), *(f"iso8859-{part}" for part in range(1, 17)),
    }
)  # fmt: skip


def text_of(body: bytes, charset: str) -> str:
    """The body as text; a charset that no browser knows is UTF-8, and letters that cannot be read are replaced."""
    try:
        name = codecs.lookup(charset).name
    except (LookupError, ValueError):
        name = ""
    return body.decode(name if name in _CHARSETS else "utf-8", "replace")


def suspicion(asked: str, final: str, markup: str) -> str:
    """Why a page that answers 200 is probably not the one that was meant; empty when nothing speaks against it."""
    head = visible(markup[:_HEAD])
    title = _words(_TITLE, head)
    if within(final, _PARKING_HOSTS) or _PARKED.search(f"{title}\n{head}"):
        return "the domain is parked or for sale"
    if sent := _sent_elsewhere(asked, final):
        return sent
    about_404 = re.search(r"404|410|not-?_?found", urlsplit(asked).path, re.I)
    for words in (title, _words(_HEADING, head)):
        if not about_404 and _GONE.search(words):
            return f"the page answers 200 and says '{words[:80]}'"
    if target := _refresh(final, head):
        return f"the page only sends readers on to {redact(target)[:200]}"
    return ""


def is_challenge(markup: str) -> bool:
    """Whether the page is a test for robots: the real one stays unseen."""
    return bool(_CHALLENGE.search(_words(_TITLE, markup[:_HEAD])))


def within(url: str, hosts: tuple[str, ...]) -> bool:
    """Whether an address is on one of the hosts, compared label by label."""
    host = urlsplit(url).hostname or ""
    return any(host == name or host.endswith(f".{name}") for name in hosts)


def _words(pattern: re.Pattern[str], markup: str) -> str:
    found = pattern.search(markup)
    return " ".join(html.unescape(found[1]).split()) if found else ""


def _sent_elsewhere(asked: str, final: str) -> str:
    before, after = urlsplit(asked), urlsplit(final)
    if (before.hostname, before.path) == (after.hostname, after.path):
        return ""
    at_login = _LOGIN.search(after.path) or _LOGIN.search((after.hostname or "").partition(".")[0])
    if at_login and not _LOGIN.search(before.path):
        return "the address leads to a login page"
    if _HOME.fullmatch(after.path or "/") and not after.query and not _HOME.fullmatch(before.path or "/"):
        return "the address leads to the site's home page"
    return ""


def _refresh(final: str, markup: str) -> str:
    for found_tag in _META.findall(markup)[:_MOST_METAS]:
        tag = " ".join(found_tag.split())
        if not re.search(r"http-equiv\s*=\s*[\"']?refresh", tag, re.I):
            continue
        found = re.search(r"content\s*=\s*[\"']?\s*(\d{1,6})[\d.]*\s*[;,]\s*(?:url\s*=\s*)?['\"]?([^'\">]+)", tag, re.I)
        if not found or int(found[1]) > _QUICK_SECONDS:
            continue
        try:
            target = urljoin(final, html.unescape(found[2]).strip())
        except ValueError:
            continue
        if target.partition("#")[0] != final.partition("#")[0]:
            return target
    return ""
