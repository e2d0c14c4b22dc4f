// @ts-check
/** What the reader ticked to compare: two to six rows of one kind, shown in a bar at the foot of every page. */

import { base } from "./data.js";

const KEY = "dd-choice";
const MOST = 6;
const KINDS = ["tools", "accelerators", "models"];
const CHANGED = "dd-choice";

/** @typedef {{id: string, name: string}} Choice */

/** What was chosen on this page, where the browser keeps nothing. @type {{kind: string, items: Choice[]}} */
let last = { kind: "", items: [] };

/** @param {string} kind */
export const comparable = (kind) => KINDS.includes(kind);

/** @returns {{kind: string, items: Choice[]}} */
function read() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    if (!kept || !KINDS.includes(kept.kind) || !Array.isArray(kept.items)) return { kind: "", items: [] };
    return { kind: kept.kind, items: kept.items.filter((/** @type {any} */ one) => typeof one?.id === "string" && typeof one.name === "string") };
  } catch {
    return last; // storage that is switched off or damaged
  }
}

/** @param {{kind: string, items: Choice[]}} choice */
function write(choice) {
  last = choice;
  try {
    sessionStorage.setItem(KEY, JSON.stringify(choice));
  } catch {
    // The bar still works on this page.
  }
  show(choice);
  document.dispatchEvent(new Event(CHANGED));
}

// A page that comes back as it was left may show an older choice.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) write(read());
});

/** @param {() => void} react to every change of the choice, wherever on the page it was made */
export const onChoice = (react) => document.addEventListener(CHANGED, react);

/** @param {string} kind */
export function chosen(kind) {
  const now = read();
  return now.kind === kind ? now.items : [];
}

/**
 * Add or remove one. Another kind starts a new choice.
 * @param {string} kind
 * @param {string} id
 * @param {string} name
 * @param {boolean} on
 */
export function choose(kind, id, name, on) {
  const items = chosen(kind).filter((one) => one.id !== id);
  if (on && items.length >= MOST) {
    announce(`At most ${MOST} at a time.`);
    document.dispatchEvent(new Event(CHANGED)); // what was ticked goes back
    return;
  }
  write({ kind, items: on ? [...items, { id, name }] : items });
}

/** @type {HTMLElement | null} */
let bar = null;

/** Show the bar if something was chosen before this page. */
export function restore() {
  const now = read();
  if (now.items.length) show(now);
}

/** @param {{kind: string, items: Choice[]}} choice */
function show({ kind, items }) {
  if (!bar) {
    bar = document.createElement("aside");
    bar.className = "dd-choice";
    bar.setAttribute("aria-label", "Chosen to compare");
    document.body.append(bar);
  }
  bar.hidden = !items.length;
  const names = document.createElement("span");
  names.setAttribute("role", "status");
  names.textContent = items.map((one) => one.name).join(", ");
  const link = document.createElement("a");
  link.className = "dd-button dd-primary";
  link.textContent = `Compare ${items.length}`;
  const url = new URL("reference/compare/", base());
  url.searchParams.set("kind", kind);
  url.searchParams.set("ids", items.map((one) => one.id).join(","));
  if (items.length > 1) link.href = url.href;
  else link.setAttribute("aria-disabled", "true");
  const clear = document.createElement("button");
  clear.type = "button";
  clear.className = "dd-button";
  clear.textContent = "Clear";
  clear.addEventListener("click", (event) => {
    write({ kind: "", items: [] });
    leave(items.at(-1)?.id ?? "", event.detail > 0);
  });
  bar.replaceChildren(names, link, clear);
}

/**
 * The bar goes; the focus goes on to what was chosen last, or to the beginning of the page where that is not in sight.
 * @param {string} id
 * @param {boolean} pointed by a pointer, whose reader goes on where the page stands
 */
function leave(id, pointed) {
  const places = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(`[data-choice="${CSS.escape(id)}"]`));
  const place = [...places].find((one) => one.checkVisibility()) ?? document.querySelector("h1");
  if (place instanceof HTMLHeadingElement) place.tabIndex = -1; // takes the focus, and no place among what Tab reaches
  place?.focus({ preventScroll: pointed });
}

/** @param {string} text */
function announce(text) {
  const status = bar?.querySelector("[role=status]");
  if (status) status.textContent = text;
}
