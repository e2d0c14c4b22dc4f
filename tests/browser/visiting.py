"""A page of the site under observation."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import BrowserContext, Page


@dataclass
class Visit:
    """A page with what went wrong on it: requests to other hosts, errors in its console."""

    page: Page
    context: BrowserContext
    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def settle(self) -> None:
        """Wait for the rows of tables that follow the first ones after a sort or a filter."""
        self.page.wait_for_function("() => !document.querySelector('.dd-later')")
