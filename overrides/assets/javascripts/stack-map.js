// @ts-check
/** The map of the stack: colours, zoom, a filter, and the neighbours of the tool that is pointed at. */

import { address, showAddress } from "./address.js";
import { button } from "./button.js";
import { fold } from "./names.js";

const COLOURS = { layer: "by layer", openness: "by openness", status: "by status" };
/** So many neighbours are read out; all light up. */
const NAMED = 12;
const SIZES = ["0.55", "0.7", "0.85", "1", "1.25", "1.6"];

/** @param {HTMLElement} map */
export function explain(map) {
  /** @type {HTMLAnchorElement[]} */
  const tools = [...map.querySelectorAll("a[data-map]")].map((one) => /** @type {HTMLAnchorElement} */ (one));
  const byId = new Map(tools.map((tool) => [tool.dataset.map ?? "", tool]));
  const query = new URLSearchParams(location.search);
  const state = {
    colour: query.get("colour") ?? "layer",
    size: SIZES.includes(query.get("zoom") ?? "") ? /** @type {string} */ (query.get("zoom")) : "0.85",
    filter: query.get("q") ?? "",
    kept: byId.has(query.get("tool") ?? "") ? (query.get("tool") ?? "") : "",
  };
  if (!Object.hasOwn(COLOURS, state.colour)) state.colour = "layer";

  const bar = document.createElement("div");
  bar.className = "dd-bar dd-map-bar";
  const said = document.createElement("p");
  said.className = "dd-map-said dd-quiet";
  said.setAttribute("role", "status");
  const legend = document.createElement("ul");
  legend.className = "dd-map-legend";

  const colour = document.createElement("select");
  colour.append(...Object.entries(COLOURS).map(([value, text]) => new Option(text, value, false, value === state.colour)));
  colour.addEventListener("change", () => ((state.colour = colour.value), paint()));
  const filter = document.createElement("input");
  filter.type = "search";
  filter.value = state.filter;
  filter.addEventListener("input", () => ((state.filter = filter.value), paint()));
  const smaller = button("−", "Smaller", () => zoom(-1));
  const larger = button("+", "Larger", () => zoom(1));
  const free = button("Let go", "Let go of the chosen tool", () => {
    state.kept = "";
    paint();
    light(null);
    (larger.disabled ? smaller : larger).focus(); // its neighbour in the bar, as it hides itself
  });
  bar.append(labelled("Colour", colour), labelled("Find", filter), smaller, larger, free);
  map.before(bar, legend, said);

  /** @param {number} step */
  function zoom(step) {
    const at = SIZES.indexOf(state.size) + step;
    state.size = SIZES[Math.min(Math.max(at, 0), SIZES.length - 1)];
    paint();
  }

  function paint() {
    map.dataset.colour = state.colour;
    map.style.setProperty("--dd-map-size", state.size);
    smaller.disabled = state.size === SIZES[0];
    larger.disabled = state.size === SIZES[SIZES.length - 1];
    free.hidden = !state.kept;
    const wanted = fold(state.filter);
    let found = 0;
    for (const tool of tools) {
      const matches = !wanted || fold(tool.textContent ?? "").includes(wanted);
      tool.classList.toggle("dd-map-out", !matches);
      if (matches) found += 1;
    }
    const field = state.colour;
    const counts = new Map();
    if (field !== "layer") for (const tool of tools) counts.set(tool.dataset[field], (counts.get(tool.dataset[field]) ?? 0) + 1);
    legend.replaceChildren(
      ...[...counts].sort((a, b) => b[1] - a[1]).map(([value, count]) => {
        const item = document.createElement("li");
        item.dataset[field] = value;
        item.textContent = `${value} ${count}`;
        return item;
      }),
    );
    const url = address();
    for (const [key, value, usual] of [["colour", state.colour, "layer"], ["zoom", state.size, "0.85"], ["q", state.filter, ""], ["tool", state.kept, ""]]) {
      if (value === usual) url.searchParams.delete(key);
      else url.searchParams.set(key, value);
    }
    showAddress(url);
    if (!state.kept) said.textContent = wanted ? `${found} of ${tools.length} tools.` : `${tools.length} tools. Point at one, or reach it with Tab, to see its neighbours; a click opens its page, Shift and a click keep it.`;
  }

  /** @param {HTMLAnchorElement | null} tool whose neighbours light up; null for none */
  function light(tool) {
    const near = new Set((tool?.dataset.near ?? "").split(" ").filter(Boolean));
    map.classList.toggle("dd-map-lit", Boolean(tool));
    for (const one of tools) {
      one.classList.toggle("dd-map-chosen", one === tool);
      one.classList.toggle("dd-map-near", near.has(one.dataset.map ?? ""));
    }
    if (tool) {
      const names = [...near].map((id) => byId.get(id)?.textContent ?? id).sort((a, b) => a.localeCompare(b));
      const shown = names.slice(0, NAMED).join(", ") + (names.length > NAMED ? ` and ${names.length - NAMED} more` : "");
      said.textContent = names.length ? `${tool.textContent} and its neighbours: ${shown}.` : `${tool.textContent} names no neighbours.`;
    }
  }

  /** @param {Event} event */
  const pointed = (event) => /** @type {HTMLAnchorElement | null} */ (/** @type {HTMLElement} */ (event.target).closest("a[data-map]"));
  const back = () => (light(byId.get(state.kept) ?? null), paint());
  map.addEventListener("pointerover", (event) => {
    const tool = pointed(event);
    if (tool) light(tool);
  });
  map.addEventListener("pointerleave", back);
  map.addEventListener("focusin", (event) => light(pointed(event)));
  map.addEventListener("focusout", back);
  map.addEventListener("click", (event) => {
    const tool = pointed(event);
    if (!tool || !event.shiftKey) return;
    event.preventDefault();
    state.kept = state.kept === tool.dataset.map ? "" : (tool.dataset.map ?? "");
    back();
  });
  back();
  // A reader who was there before this script has pointed already.
  /** @type {HTMLAnchorElement | null} */
  const already = map.querySelector("a[data-map]:is(:focus, :hover)");
  if (already) light(already);
}

/**
 * @param {string} text
 * @param {HTMLElement} field
 */
function labelled(text, field) {
  const label = document.createElement("label");
  label.append(`${text} `, field);
  return label;
}
