"""Every page of the site opens without another host and without an error."""

from __future__ import annotations

from pathlib import Path

from browser.visiting import Visit


def pages(built: Path) -> list[str]:
    # A redirect is no page: test_redirects.py follows each.
    found = [path for path in built.rglob("index.html") if "data-to=" not in path.read_text("utf-8")]
    return sorted("/" + str(path.parent.relative_to(built)).replace(".", "", 1).strip("/") for path in found)


def test_no_page_asks_another_host_or_logs_an_error(visit: Visit, built: Path) -> None:
    found = pages(built)
    assert len(found) > 100
    for path in found:
        response = visit.page.goto(path.rstrip("/") + "/", wait_until="load")
        assert response is not None
        assert response.status == 200
        assert visit.foreign == [], path
        assert visit.errors == [], path


def test_no_page_names_another_for_fetching_ahead(built: Path) -> None:
    # Firefox fetches rel="next" by itself, which the policy of the page refuses, with an error in its console.
    for path in pages(built):
        assert 'rel="next"' not in (built / path.strip("/") / "index.html").read_text("utf-8"), path


def test_diagrams_and_search_ask_no_other_host_either(visit: Visit, built: Path) -> None:
    drawn = 0
    for path in pages(built):
        if 'class="mermaid"' not in (built / path.strip("/") / "index.html").read_text("utf-8"):
            continue
        visit.page.goto(path.rstrip("/") + "/", wait_until="load")
        for diagram in visit.page.locator("div.mermaid").all():
            diagram.scroll_into_view_if_needed()
            visit.page.wait_for_function(
                "element => element.dataset.drawn !== undefined || element.dataset.failed", arg=diagram.element_handle()
            )
            assert diagram.get_attribute("data-failed") is None, path
            assert diagram.locator("svg").count() == 1
            drawn += 1
    assert drawn >= 12
    visit.page.keyboard.press("/")
    visit.page.keyboard.type("bandwidth")
    visit.page.locator(".dd-search-results li").first.wait_for()
    assert visit.foreign == []
    assert visit.errors == []
