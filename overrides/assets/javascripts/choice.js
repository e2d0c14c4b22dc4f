// @ts-check
/** What the reader ticked to compare: two to six rows of one kind, shown in a bar at the foot of every page. */

import { base } from "./data.js";

const KEY = "dd-choice";
const MOST = 6;
const KINDS = ["tools", "accelerators", "models"];

/** @typedef {{id: string, name: string}} Choice */

/** @param {string} kind */
export const comparable = (kind) => KINDS.includes(kind);

/** @returns {{kind: string, items: Choice[]}} */
function read() {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? "null");
    if (kept && KINDS.includes(kept.kind) && Array.isArray(kept.items)) return kept;
  } catch {
    // Storage that is switched off or damaged: nothing was chosen.
  }
  return { kind: "", items: [] };
}

/** @param {{kind: string, items: Choice[]}} choice */
function write(choice) {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(choice));
  } catch {
    // The bar still works on this page.
  }
  show(choice);
}

/** @param {string} kind */
export function chosen(kind) {
  const now = read();
  return now.kind === kind ? now.items : [];
}

/**
 * Add or remove one; whether it is chosen then. Another kind starts a new choice.
 * @param {string} kind
 * @param {string} id
 * @param {string} name
 * @param {boolean} on
 */
export function choose(kind, id, name, on) {
  const items = chosen(kind).filter((one) => one.id !== id);
  if (on && items.length >= MOST) {
    announce(`At most ${MOST} at a time.`);
    return false;
  }
  if (read().kind !== kind) document.querySelectorAll(".dd-tick").forEach((box) => (/** @type {HTMLInputElement} */ (box).checked = /** @type {HTMLElement} */ (box).dataset.choice === id && on));
  write({ kind, items: on ? [...items, { id, name }] : items });
  return on;
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
  clear.addEventListener("click", () => {
    document.querySelectorAll(".dd-tick").forEach((box) => (/** @type {HTMLInputElement} */ (box).checked = false));
    write({ kind: "", items: [] });
  });
  bar.replaceChildren(names, link, clear);
}

/** @param {string} text */
function announce(text) {
  const status = bar?.querySelector("[role=status]");
  if (status) status.textContent = text;
}
