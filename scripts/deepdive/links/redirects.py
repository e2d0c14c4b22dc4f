"""Anchors that redirects lead to, judged in the rendered page."""

from __future__ import annotations

from collections.abc import Iterator

from deepdive.diagnostic import Diagnostic, error
from deepdive.links.harvests import Harvests
from deepdive.links.rendered import Project
from deepdive.load.faults import did_you_mean
from deepdive.load.redirects import Redirects


def check_redirects(project: Project, harvests: Harvests, redirects: Redirects) -> Iterator[Diagnostic]:
    """Every redirect to an anchor that its page does not have."""
    pages = {page.path: page for page in project.pages}
    for old, target in redirects.moved.items():
        path, _, anchor = target.partition("#")
        found = harvests.of(pages[path]) if anchor and path in pages else None
        if found and anchor not in found.ids and not found.failure:
            message = f"'{old}' leads to '#{anchor}', which '{path}' does not have."
            yield error("redirect-to-nothing", message, redirects.place(old), did_you_mean(anchor, found.ids))
