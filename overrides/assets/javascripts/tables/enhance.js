// @ts-check
/** One table under the reader's hands. The HTML is complete without this; what needs more than it holds is fetched when asked for. */

import { comparable } from "../choice.js";
import { addSelection } from "./selection.js";
import { addSorting } from "./sorting.js";
import { Rows } from "./rows.js";
import { State } from "./state.js";

/** Where rows are cards, as the stylesheet has it. */
const CARDS = window.matchMedia("screen and (max-width: 44.9em)");

/**
 * @param {HTMLElement} box the element around one table
 * @param {number} number its place among the tables of the page
 */
export function enhance(box, number) {
  const rows = new Rows(box);
  const state = new State(number);
  const sorting = addSorting(rows, state);
  if (box.hasAttribute("data-filterable")) {
    const bar = element("div", "dd-bar");
    box.prepend(bar);
    addText(bar, rows, state);
    addEnded(bar, rows, state);
    // What can be compared has facets.
    if (comparable(rows.kind)) addMenu(bar, "Filters", (menu) => import("./facets.js").then(({ facets }) => facets(menu, rows, state)), state.all("f.").length > 0);
    addMenu(bar, "Columns", (menu) => import("./columns.js").then(({ columns }) => columns(menu, rows, state)), state.get("cols") !== "");
    addDensity(bar, box, state);
    addMenu(bar, "Take along", (menu) => import("./exports.js").then(({ exports }) => exports(menu, rows)), false);
    bar.append(rows.status);
  }
  rows.apply();
  addSelection(rows);
  if (box.classList.contains("dd-labelled")) addSortSelect(rows, sorting);
}

/**
 * @param {Rows} rows
 * @param {import("./sorting.js").Sorting} sorting
 */
async function addSortSelect(rows, sorting) {
  if (!CARDS.matches) await new Promise((narrow) => CARDS.addEventListener("change", narrow, { once: true }));
  (await import("./sort-select.js")).addSelect(rows, sorting, CARDS);
}

/**
 * @param {HTMLElement} bar
 * @param {Rows} rows
 * @param {State} state
 */
function addText(bar, rows, state) {
  const label = element("label", "", "Filter ");
  const input = /** @type {HTMLInputElement} */ (element("input"));
  input.type = "search";
  input.placeholder = "words in any column";
  input.value = state.get("q");
  label.append(input);
  bar.append(label);
  const use = () => {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    rows.filter("text", words.length ? (row) => words.every((word) => rows.text(row).includes(word)) : null);
    state.set("q", input.value.trim());
  };
  (window.requestIdleCallback ?? window.setTimeout)(() => rows.warm());
  input.addEventListener("input", () => {
    use();
    rows.apply();
  });
  use();
}

/**
 * Ended rows are folded away until they are asked for: by the button, by words, or by their status.
 * @param {HTMLElement} bar
 * @param {Rows} rows
 * @param {State} state
 */
function addEnded(bar, rows, state) {
  const ended = rows.all.filter((row) => row.classList.contains("dd-ended"));
  // A table of ended rows alone is there to show them.
  if (!ended.length || ended.length === rows.all.length) return;
  const button = toggle(`${ended.length} ended`, state.get("ended") === "1", (on) => {
    state.set("ended", on ? "1" : "");
    use(on);
    rows.apply();
  });
  button.title = "Show or hide what has ended";
  const asked = () => rows.tests.has("text") || rows.tests.has("f.status");
  const use = (/** @type {boolean} */ on) => rows.filter("ended", on ? null : (row) => !row.classList.contains("dd-ended") || asked());
  use(state.get("ended") === "1");
  bar.append(button);
}

/**
 * @param {HTMLElement} bar
 * @param {HTMLElement} box
 * @param {State} state
 */
function addDensity(bar, box, state) {
  const dense = state.get("dense") === "1";
  box.classList.toggle("dd-dense", dense);
  bar.append(
    toggle("Dense", dense, (on) => {
      box.classList.toggle("dd-dense", on);
      state.set("dense", on ? "1" : "");
    }),
  );
}

/** @typedef {(panel: HTMLElement) => void | Promise<void>} Fill */

/**
 * A menu whose module is fetched when the reader reaches for it, or at once when the address already holds a choice of its.
 * @param {HTMLElement} bar
 * @param {string} title
 * @param {(menu: HTMLElement) => Promise<Fill>} load
 * @param {boolean} asked
 */
function addMenu(bar, title, load, asked) {
  /** @type {Promise<Fill> | null} */
  let loading = null;
  const ready = () => {
    loading ??= load(menu);
    loading.catch(() => (loading = null)); // tried again, and reported where it is awaited
    return loading;
  };
  const menu = disclosure(title, async (panel) => (await ready())(panel));
  menu.addEventListener("pointerenter", ready, { once: true });
  bar.append(menu);
  if (asked) ready();
}

/**
 * A button that is on or off.
 * @param {string} text
 * @param {boolean} on
 * @param {(on: boolean) => void} change
 */
export function toggle(text, on, change) {
  const button = /** @type {HTMLButtonElement} */ (element("button", "dd-button", text));
  button.type = "button";
  button.setAttribute("aria-pressed", String(on));
  button.addEventListener("click", () => {
    const next = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(next));
    change(next);
  });
  return button;
}

/**
 * A button with a panel below it, filled when it is first opened.
 * @param {string} text
 * @param {Fill} fill
 */
export function disclosure(text, fill) {
  const details = /** @type {HTMLDetailsElement} */ (element("details", "dd-menu"));
  const summary = element("summary", "dd-button", text);
  const panel = element("div", "dd-panel");
  details.append(summary, panel);
  let filled = false;
  details.addEventListener("toggle", async () => {
    if (!details.open || filled) return;
    filled = true;
    try {
      await fill(panel);
    } catch (problem) {
      filled = false;
      panel.replaceChildren(element("p", "", `This could not be loaded (${/** @type {Error} */ (problem).message}).`));
    }
  });
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    details.open = false;
    summary.focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (details.open && !details.contains(/** @type {Node} */ (event.target))) details.open = false;
  });
  return details;
}

/**
 * @param {string} tag
 * @param {string} [css]
 * @param {string} [text]
 */
export function element(tag, css, text) {
  const made = document.createElement(tag);
  if (css) made.className = css;
  if (text) made.textContent = text;
  return made;
}

/** @param {string} text */
export function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
