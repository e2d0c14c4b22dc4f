"""Redirects: from an address without a page, in one step, to a page that is there."""

from __future__ import annotations

from collections.abc import Iterator

from deepdive.diagnostic import Diagnostic, error
from deepdive.load.corpus import Corpus
from deepdive.load.faults import did_you_mean
from deepdive.model.places import site_path


def redirects_start_where_no_page_is(corpus: Corpus) -> Iterator[Diagnostic]:
    """A page and a redirect, or two redirects, at one address: one would overwrite the other."""
    taken = {site_path(page): page for page in sorted(corpus.page_paths)}
    for old in corpus.redirects.moved:
        address = site_path(old)
        if address in taken:
            message = f"'{old}' has the address of '{taken[address]}'."
            fix = "remove the redirect, or move the page."
            yield error("redirect-from-page", message, corpus.redirects.old_place(old), fix)
        taken.setdefault(address, old)


def redirects_take_one_step(corpus: Corpus) -> Iterator[Diagnostic]:
    """A redirect to a redirect: a second wait for the reader, and a loop when it leads back."""
    moved = corpus.redirects.moved
    for old, target in moved.items():
        steps = [old]
        while (here := steps[-1]) in moved and here not in steps[:-1]:
            steps.append(moved[here].partition("#")[0])
        if len(steps) < 3 and steps[-1] != old:
            continue
        walk = " → ".join(steps)
        if steps[-1] in steps[:-1]:
            message, fix = f"the redirect runs in a circle: {walk}.", "name the page that is there now."
        else:
            message, fix = f"'{target}' has moved too: {walk}.", f"write {old}: {steps[-1]}."
        yield error("redirect-chain", message, corpus.redirects.place(old), fix)


def redirects_lead_to_pages(corpus: Corpus) -> Iterator[Diagnostic]:
    """A redirect to a page that nobody wrote and no row makes. Its anchor is judged in the rendered page."""
    moved = corpus.redirects.moved
    for old, target in moved.items():
        page = target.partition("#")[0]
        if page not in corpus.page_paths and page not in moved:
            message = f"'{old}' leads to '{page}', which does not exist."
            fix = did_you_mean(page, corpus.page_paths) or "name the page that took its place."
            yield error("redirect-to-nothing", message, corpus.redirects.place(old), fix)
