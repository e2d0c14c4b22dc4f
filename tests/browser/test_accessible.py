"""Every kind of page passes axe's rules for WCAG 2.2 AA, in both schemes, on a desk and on a phone."""

from __future__ import annotations

from importlib.resources import files

import pytest
from playwright.sync_api import Browser

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PAGES = [
    "/", "/overview/what-is-the-ai-stack/", "/hardware/", "/hardware/accelerators/", "/serving/kv-cache/", "/reference/tools/vllm/",
    "/reference/tools/text-generation-inference/", "/reference/glossary/", "/reference/compare/?kind=accelerators&ids=h200-sxm%2Cmi300x",
    "/reference/explore/", "/reference/map/?colour=openness", "/learn/calculators/", "/reference/ended/", "/reference/freshness/", "/reference/timeline/", "/reference/papers/", "/contributing/checks/", "/contributing/propose/", "/contributing/propose/?tool=vllm", "/404.html",
]  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_nothing(browser: Browser, address: str, scheme: str, width: int) -> None:
    found: list[str] = []
    # The rules are put into the page by us, which the page's own policy would stop.
    context = browser.new_context(
        base_url=address, color_scheme=scheme, viewport={"width": width, "height": 900}, bypass_csp=True, reduced_motion="reduce"
    )  # fmt: skip
    page = context.new_page()
    for path in PAGES:
        page.goto(path)
        page.wait_for_load_state("networkidle")
        page.evaluate(AXE)
        result = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
        assert len(result["passes"]) > 10, path
        found += [f"{path} {one['id']} {one['nodes'][0]['target']}" for one in result["violations"]]
    context.close()
    assert found == []
