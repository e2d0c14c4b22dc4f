// @ts-check
/** The search dialog: what was typed becomes a list of results that the keyboard walks through. */

import { byName, find, prepare as fetchLists } from "./find.js";

/** Typing is over when no key came for so long: the text of the pages is searched then. */
const PAUSE = 120;
const RECENT = "dd-recent";
const MOST_RECENT = 5;
const SUGGESTED = ["vLLM", "H200", "KV cache", "ridge point", "fine-tuning or RAG", "what replaced TGI"];

/** @typedef {import("./find.js").Result & {query?: string}} Result */

/** @type {WeakSet<HTMLDialogElement>} */
const ready = new WeakSet();

/**
 * Make an open dialog search, beginning with what was typed already.
 * @param {HTMLDialogElement} dialog
 */
export function start(dialog) {
  if (!ready.has(dialog)) prepare(dialog);
  dialog.querySelector("input")?.dispatchEvent(new Event("input"));
}

/** @param {HTMLDialogElement} dialog */
function prepare(dialog) {
  ready.add(dialog);
  const base = new URL(dialog.dataset.base ?? "./", location.href);
  const input = /** @type {HTMLInputElement} */ (dialog.querySelector("input"));
  const list = /** @type {HTMLUListElement} */ (dialog.querySelector("ul"));
  const status = /** @type {HTMLElement} */ (dialog.querySelector(".dd-search-status"));
  let turn = 0;
  let entered = false; // Enter was pressed before there was anything found to open
  let chosen = ""; // the address the arrow keys stopped at: later results keep it selected
  fetchLists(base);

  /**
   * @param {string} query what the results answer
   * @param {Result[]} results
   * @param {boolean} found whether they are results, not suggestions
   */
  function answer(query, results, found) {
    show(list, input, results, chosen);
    list.dataset.query = query;
    if (entered && found) open();
  }

  function open() {
    entered = false;
    const link = list.querySelector("[aria-selected=true] a");
    if (link) /** @type {HTMLAnchorElement} */ (link).click();
  }

  input.addEventListener("input", async () => {
    const mine = ++turn;
    const query = input.value.trim();
    entered = false;
    chosen = "";
    if (!query) {
      status.textContent = "Type a name, an alias or a question.";
      answer(query, starters(), false);
      return;
    }
    const named = await byName(query, base).catch(() => []);
    if (mine !== turn) return;
    status.textContent = named.length ? "" : "Searching…";
    if (named.length) {
      answer(query, named, true);
    } else {
      show(list, input, [], "");
      delete list.dataset.query; // nothing answers it yet
    }
    await new Promise((go) => setTimeout(go, PAUSE));
    if (mine !== turn) return;
    const { results, failure } = await find(query, base);
    if (mine !== turn) return;
    status.textContent = results.length ? "" : (failure ?? `Nothing found for “${query}”. These may lead on:`);
    answer(query, results.length ? results : waysOn(base), results.length > 0);
  });

  input.addEventListener("keydown", (event) => {
    // These keys belong to what composes a word; Safari says so by the code alone.
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      chosen = move(list, input, event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      // What stands there may still answer the letters before the last ones.
      if (list.dataset.query === input.value.trim()) open();
      else entered = true;
    }
  });
  list.addEventListener("click", (event) => {
    const link = /** @type {HTMLElement} */ (event.target).closest("a");
    if (!link) return;
    if (link.dataset.query) {
      event.preventDefault();
      input.value = link.dataset.query;
      input.focus();
      input.dispatchEvent(new Event("input"));
      return;
    }
    remember(input.value.trim());
    dialog.close();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
}

/** @returns {string[]} the last queries that led somewhere, newest first */
function recent() {
  try {
    const kept = JSON.parse(localStorage.getItem(RECENT) ?? "[]");
    return Array.isArray(kept) ? kept.filter((one) => typeof one === "string").slice(0, MOST_RECENT) : [];
  } catch {
    return []; // storage that is switched off or damaged
  }
}

/** @param {string} query */
function remember(query) {
  if (!query) return;
  try {
    localStorage.setItem(RECENT, JSON.stringify([query, ...recent().filter((one) => one !== query)].slice(0, MOST_RECENT)));
  } catch {
    // The next visit starts without it.
  }
}

/** @returns {Result[]} what to show before anything was typed */
function starters() {
  const known = recent();
  const offer = (/** @type {string} */ type) => (/** @type {string} */ query) => ({ title: query, type, url: "#", about: "", query });
  return [...known.map(offer("recent")), ...SUGGESTED.filter((one) => !known.includes(one)).map(offer("try"))];
}

/**
 * @param {URL} base
 * @returns {Result[]} where to go when nothing was found
 */
function waysOn(base) {
  return [
    ["All tools, A–Z", "reference/tools/"],
    ["Glossary", "reference/glossary/"],
    ["Map of the stack", "reference/map/"],
    ["What is missing? Propose it", "contributing/"],
  ].map(([title, path]) => ({ title, type: "page", url: new URL(path, base).href, about: "" }));
}

/**
 * @param {HTMLUListElement} list
 * @param {HTMLInputElement} input
 * @param {Result[]} results
 * @param {string} chosen the address of the result to select; the first is where none has it
 */
function show(list, input, results, chosen) {
  const selected = Math.max(0, results.findIndex((one) => one.url === chosen));
  list.replaceChildren(
    ...results.map((one, index) => {
      const item = document.createElement("li");
      item.id = `dd-result-${index}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", String(index === selected));
      const link = document.createElement("a");
      link.href = one.url;
      link.tabIndex = -1;
      link.append(text("dd-type", one.type), text("dd-title", one.title));
      if (one.query) link.dataset.query = one.query;
      if (one.note) link.append(text("dd-result-note", one.note));
      if (one.about) link.append(text("dd-about", one.about));
      item.append(link);
      return item;
    }),
  );
  input.setAttribute("aria-expanded", String(results.length > 0));
  if (results.length) input.setAttribute("aria-activedescendant", `dd-result-${selected}`);
  else input.removeAttribute("aria-activedescendant");
}

/**
 * @param {HTMLUListElement} list
 * @param {HTMLInputElement} input
 * @param {number} step
 * @returns {string} the address of what is selected now
 */
function move(list, input, step) {
  const items = [...list.children];
  if (!items.length) return "";
  const at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
  const next = (at + step + items.length) % items.length;
  items.forEach((item, index) => item.setAttribute("aria-selected", String(index === next)));
  items[next].scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", items[next].id);
  return items[next].querySelector("a")?.href ?? "";
}

/**
 * @param {string} css
 * @param {string} content
 */
function text(css, content) {
  const element = document.createElement("span");
  element.className = css;
  element.textContent = content;
  return element;
}
