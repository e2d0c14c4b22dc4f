"""Atom feeds: new tools, changes of status, changed figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from xml.etree import ElementTree

from deepdive.export.history import Change
from deepdive.model.catalog import KINDS, NAMESPACES, Catalog
from deepdive.model.columns import columns
from deepdive.model.places import row_target, site_path

MOST_ENTRIES = 100
_ATOM = "http://www.w3.org/2005/Atom"


def _is_figure(change: Change) -> bool:
    if change.kind not in KINDS or change.kind in NAMESPACES or not change.field:
        return False
    known = columns(change.kind)
    rate = change.field.startswith(("peak_dense.", "peak_sparse."))
    return rate or (change.field in known and known[change.field].numeric)


# File, title, and what belongs in it.
FEEDS: tuple[tuple[str, str, Callable[[Change], bool]], ...] = (
    ("feeds/new-tools.atom", "New tools", lambda one: one.kind == "tools" and not one.field and bool(one.after)),
    ("feeds/status.atom", "Changes of status", lambda one: one.kind == "tools" and one.field == "status"),
    ("feeds/figures.atom", "Changed figures", _is_figure),
)


def feeds(changes: Iterable[Change], catalog: Catalog, base: str, site: str) -> dict[str, str]:
    """Every feed as XML, by path below the site's address ``base``."""
    known = list(changes)
    return {
        path: _feed(path, title, [one for one in known if wanted(one)], catalog, base, site)
        for path, title, wanted in FEEDS
    }


def _feed(path: str, title: str, changes: list[Change], catalog: Catalog, base: str, site: str) -> str:
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed")
    _text(feed, "id", base + path)
    _text(feed, "title", f"{site}: {title.lower()}")
    _text(feed, "updated", max((one.when for one in changes), default="1970-01-01T00:00:00+00:00"))
    _link(feed, base + path, "self")
    _link(feed, base, "alternate")
    author = ElementTree.SubElement(feed, f"{{{_ATOM}}}author")
    _text(author, "name", f"{site} contributors")
    for change in changes[:MOST_ENTRIES]:
        _entry(feed, change, catalog, base)
    ElementTree.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ElementTree.tostring(feed, encoding="unicode") + "\n"


def _entry(feed: ElementTree.Element, change: Change, catalog: Catalog, base: str) -> None:
    entry = ElementTree.SubElement(feed, f"{{{_ATOM}}}entry")
    _text(entry, "id", f"{base}changes/{change.kind}/{change.id}/{change.field or 'row'}/{change.when}")
    if not change.field:
        what = "listed"
    elif change.field == "status" and not change.before:
        what = f"status: {change.after}"
    else:
        what = f"{change.field}: {change.before or 'not recorded'} → {change.after or 'not recorded'}"
    _text(entry, "title", f"{change.name}: {what}")
    _text(entry, "updated", change.when)
    row = catalog.by_kind.get(change.kind, {}).get(change.id)
    _link(entry, base + (site_path(row_target(*row)) if row else "reference/"), "alternate")
    _text(entry, "summary", f"{change.name} ({change.kind}), {what}.")


def _text(parent: ElementTree.Element, name: str, text: str) -> None:
    # Control characters cannot stand in XML; no table holds one, an old commit might.
    ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}").text = "".join(one for one in text if one.isprintable())


def _link(parent: ElementTree.Element, href: str, relation: str) -> None:
    ElementTree.SubElement(parent, f"{{{_ATOM}}}link", {"href": href, "rel": relation})
