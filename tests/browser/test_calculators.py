"""Calculators: the numbers of the shared vectors, inputs from the tables, an address that brings everything back."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from browser.visiting import Visit

ROOT = Path(__file__).resolve().parents[2]
VECTORS: dict[str, list[dict[str, Any]]] = json.loads((ROOT / "tests/calculators/vectors.json").read_text("utf-8"))
PAGE = "/learn/calculators/"
RUN = """async ([name, inputs]) => {
  const { default: calculator } = await import(`/assets/javascripts/calculators/${name}.js`);
  const asked = calculator.inputs.map((input) => input.id).sort();
  return [asked, Object.fromEntries(calculator.compute(inputs).map((line) => [line.id, String(line.value)]))];
}"""


@pytest.mark.parametrize("name", VECTORS)
def test_the_browser_gives_what_the_vectors_say(visit: Visit, name: str) -> None:
    visit.page.goto(PAGE)
    for vector in VECTORS[name]:
        asked, found = visit.page.evaluate(RUN, [name, vector["inputs"]])
        assert asked == sorted(vector["inputs"])
        for result, value in vector["expected"].items():
            assert float(found[result]) == pytest.approx(float(value), rel=1e-4), (name, result)


def calculator(visit: Visit, name: str) -> Any:
    place = visit.page.locator(f"[data-dd-calculator={name}]")
    place.scroll_into_view_if_needed()  # it is fetched when it is near
    place.locator("dl output").first.wait_for()
    return place


def test_tables_fill_the_inputs_and_the_formula_shows_them(visit: Visit) -> None:
    visit.page.goto(PAGE)
    place = calculator(visit, "kv-cache")
    place.get_by_label("Model", exact=True).select_option("llama-3-70b")
    place.get_by_label("Device", exact=True).select_option("h200-sxm")
    assert place.get_by_label("Layers L", exact=True).input_value() == "80"
    assert place.get_by_label("Memory per device").input_value() == "141"
    place.get_by_label("Tokens per conversation").fill("32768")
    place.get_by_label("Conversations").fill("1")
    cache = place.locator("[data-result=cache] output")
    assert cache.inner_text() == "10.74 GB"
    line = place.locator("[data-result=cache] + .dd-result-formula").inner_text()
    assert "C · n" in line
    assert "10.74 · 1" in line
    line = place.locator("[data-result=conversation] + .dd-result-formula").inner_text()
    assert "t · S / 10⁹" in line
    assert "327,680 · 32,768 / 10⁹" in line


def test_the_address_keeps_what_was_changed_and_nothing_else(visit: Visit) -> None:
    visit.page.goto(PAGE)
    place = calculator(visit, "training-run")
    assert "?" not in visit.page.url
    place.get_by_label("Training tokens").fill("15000")
    place.get_by_label("Peak rate").fill("500")
    before = place.locator("dl").inner_text()
    assert "training-run.tokens_bn=15000" in visit.page.url
    assert "training-run.device=&" in visit.page.url + "&"
    visit.page.reload()
    again = calculator(visit, "training-run")
    assert again.locator("dl").inner_text() == before
    assert again.get_by_label("Device", exact=True).input_value() == ""


def test_an_address_that_the_browser_refuses_comes_later_and_the_result_at_once(visit: Visit) -> None:
    visit.context.add_init_script("""(() => {
      const write = history.replaceState.bind(history);
      let refused = 3;
      history.replaceState = (...given) => {
        if (refused-- > 0) throw new DOMException("Attempt to use history.replaceState() more than 100 times", "SecurityError");
        write(...given);
      };
    })()""")
    visit.page.goto(PAGE)
    place = calculator(visit, "training-run")
    before = place.locator("dl").inner_text()
    place.get_by_label("Training tokens").fill("15000")
    assert place.locator("dl").inner_text() != before
    place.get_by_label("Peak rate").fill("500")
    assert "?" not in visit.page.url
    visit.page.wait_for_url("**training-run.tokens_bn=15000**")
    assert "training-run.device=&" in visit.page.url + "&"
    assert visit.errors == []


@pytest.mark.parametrize("typed", ["", "abc", "-1", "1e99", "0", "1.5.2", "<b>", "NaN", "Infinity"])
def test_what_is_no_number_is_said_and_not_calculated(visit: Visit, typed: str) -> None:
    visit.page.goto(PAGE)
    place = calculator(visit, "checkpoint")
    field = place.get_by_label("Write rate")
    field.fill(typed)
    assert field.get_attribute("aria-invalid") == "true"
    assert "a number from 0.001 to 100,000" in place.locator("dl").inner_text()
    assert place.locator("output").count() == 0
    field.fill("100")
    assert place.locator("output").count() == 5


def test_an_address_with_nonsense_leaves_the_usual(visit: Visit) -> None:
    visit.page.goto(PAGE + "?kv-cache.context=abc&kv-cache.model=__proto__&kv-cache.users=-4&kv-cache.layers=1e99")
    place = calculator(visit, "kv-cache")
    assert place.get_by_label("Tokens per conversation").input_value() == "8192"
    assert place.get_by_label("Conversations").input_value() == "32"
    assert place.get_by_label("Layers L", exact=True).input_value() == "32"


def test_every_calculator_says_a_number_on_its_own_page(visit: Visit) -> None:
    from deepdive.model.calculators import CALCULATORS

    for name, known in CALCULATORS.items():
        visit.page.goto("/" + known.page.removesuffix(".md") + "/")
        output = calculator(visit, name).locator("output").first
        assert re.match(r"\d", output.inner_text())
    assert visit.errors == []


def test_the_model_with_a_latent_cache_is_not_offered_where_the_formula_does_not_hold(visit: Visit) -> None:
    visit.page.goto(PAGE)
    offered = calculator(visit, "kv-cache").get_by_label("Model", exact=True).locator("option").all_inner_texts()
    assert "Llama 3 8B" in offered
    assert not [name for name in offered if "DeepSeek" in name]


@pytest.mark.parametrize("typed", ["", " ", "   "])
def test_an_emptied_field_is_no_nought_when_the_address_brings_it_back(visit: Visit, typed: str) -> None:
    visit.page.goto("/infrastructure/collectives/")
    place = calculator(visit, "collective")
    field = place.get_by_label("Fixed cost of a message")
    usual = field.input_value()
    field.fill(typed)
    assert field.get_attribute("aria-invalid") == "true"
    assert place.locator("output").count() == 0
    assert "collective.latency=" in visit.page.url
    visit.page.reload()
    assert calculator(visit, "collective").get_by_label("Fixed cost of a message").input_value() == usual


def windowed_rows() -> dict[str, tuple[str, str]]:
    """Layers with a window, and its tokens, of every model whose row gives them."""
    table = yaml.safe_load((ROOT / "docs/training/models.yml").read_text("utf-8"))
    rows = [row for row in table["rows"] if "windowed_layers" in row]
    return {row["name"]: (str(row["windowed_layers"]["value"]), str(row["window"]["value"])) for row in rows}


def test_layers_with_a_window_stop_growing(visit: Visit) -> None:
    visit.page.goto("/serving/kv-cache/")
    place = calculator(visit, "kv-cache")
    box = place.get_by_label("Model", exact=True)
    windowed = place.get_by_label("Windowed layers")
    filled = {}
    for model in box.locator("option").all_inner_texts()[1:]:
        box.select_option(label=model)
        if windowed.input_value() != "0":
            filled[model] = (windowed.input_value(), place.get_by_label("Their window").input_value())
    assert filled == windowed_rows()
    assert len(filled) >= 10
    box.select_option("gemma-3-12b")
    place.get_by_label("Tokens per conversation").fill("131072")
    place.get_by_label("Conversations").fill("1")
    assert place.locator("[data-result=cache] output").inner_text() == "8.925 GB"
    assert "only 8 of 48 layers grow" in place.locator("[data-result=token] + .dd-result-formula").inner_text()
    place.get_by_label("Tokens per conversation").fill("1024")
    assert "layers grow" not in place.locator("dl").inner_text()
    windowed.fill("49")
    assert "Windowed layers: a whole number from 0 to 48." in place.locator("dl").inner_text()
    box.select_option("llama-3-8b")
    assert windowed.input_value() == "0"
