// @ts-check
/**
 * The search dialog. Names (tools, terms, devices, tables; aliases included) are matched at once
 * from a small list; the text of the pages is searched by Pagefind, which fetches only what a query needs.
 */

import { matchNames } from "./names.js";

const LIMIT_NAMES = 6;
const LIMIT_PAGES = 8;

/** @typedef {{title: string, type: string, url: string, about: string, note?: string}} Result */

/** @type {Promise<any> | null} */
let pagefind = null;
/** @type {Promise<string[][]> | null} */
let names = null;
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
  names = fetch(new URL("assets/names.json", base)).then((response) => response.json());
  pagefind = import(new URL("pagefind/pagefind.js", base).href).then(async (module) => {
    await module.options({ excerptLength: 18 });
    return module;
  });
  pagefind.catch(() => {}); // reported where it is awaited
  let turn = 0;

  input.addEventListener("input", async () => {
    const mine = ++turn;
    const query = input.value.trim();
    if (!query) {
      show(list, input, []);
      status.textContent = "Type a name, an alias or a question: vllm, k8s, ridge point, H200.";
      return;
    }
    const named = matchNames(await names, query, LIMIT_NAMES).map((one) => ({ ...one, url: new URL(one.url, base).href }));
    if (mine !== turn) return;
    show(list, input, named);
    status.textContent = named.length ? "" : "Searching…";
    const found = await pages(query, base);
    if (mine !== turn) return;
    const seen = new Set(named.map((one) => one.url));
    const all = [...named, ...found.results.filter((one) => !seen.has(one.url))];
    show(list, input, all);
    status.textContent = all.length ? "" : (found.failure ?? `Nothing found for “${query}”. Try the A–Z of tools or the glossary under Reference.`);
  });

  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(list, input, event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const chosen = list.querySelector("[aria-selected=true] a") ?? list.querySelector("a");
      if (chosen) /** @type {HTMLAnchorElement} */ (chosen).click();
    }
  });
  list.addEventListener("click", (event) => {
    if (/** @type {HTMLElement} */ (event.target).closest("a")) dialog.close();
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
}

/**
 * @param {string} query
 * @param {URL} base
 * @returns {Promise<{results: Result[], failure?: string}>}
 */
async function pages(query, base) {
  try {
    const engine = await pagefind;
    const found = await engine.search(query);
    const data = await Promise.all(found.results.slice(0, LIMIT_PAGES).map((/** @type {any} */ one) => one.data()));
    return { results: data.filter((one) => concerns(one.excerpt, query)).map((one) => result(one, base)) };
  } catch (problem) {
    return { results: [], failure: `The text index could not be loaded (${problem}).` };
  }
}

/**
 * @param {any} data one result of Pagefind
 * @param {URL} base
 * @returns {Result}
 */
function result(data, base) {
  const best = (data.sub_results ?? []).reduce((/** @type {any} */ a, /** @type {any} */ b) => (b.weighted_locations?.length > (a?.weighted_locations?.length ?? 0) ? b : a), null);
  const section = best && best.url !== data.url ? best : null;
  const path = String(section?.url ?? data.url).replace(/^.*?\/pagefind\/\.\.\//, "").replace(/^\//, "");
  const heading = section?.title.replace(/\s*¶$/, "");
  const term = section && path.startsWith("reference/glossary/#");
  return {
    title: term ? heading : section ? `${data.meta.title}: ${heading}` : data.meta.title,
    type: term ? "term" : (data.meta.type ?? "page"),
    url: /^https?:/.test(path) ? path : new URL(path, base).href,
    about: term || data.meta.type === "page" ? plain((section ?? data).excerpt) : (data.meta.about ?? plain(data.excerpt)),
  };
}

/**
 * Whether an excerpt marks a word that begins like a word of the query. For a word it does not know
 * Pagefind shortens it until something matches, at worst to one letter.
 * @param {string} excerpt
 * @param {string} query
 */
function concerns(excerpt, query) {
  const words = query.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const marks = [...excerpt.matchAll(/<mark>(.*?)<\/mark>/g)].map((match) => match[1].toLowerCase());
  return marks.some((mark) => words.some((word) => mark.includes(word.slice(0, 3))));
}

/** @param {string} html an excerpt with <mark> */
function plain(html) {
  return new DOMParser().parseFromString(html, "text/html").body.textContent ?? "";
}

/**
 * @param {HTMLUListElement} list
 * @param {HTMLInputElement} input
 * @param {Result[]} results
 */
function show(list, input, results) {
  list.replaceChildren(
    ...results.map((one, index) => {
      const item = document.createElement("li");
      item.id = `dd-result-${index}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", String(index === 0));
      const link = document.createElement("a");
      link.href = one.url;
      link.tabIndex = -1;
      link.append(text("dd-type", one.type), text("dd-title", one.title));
      if (one.note) link.append(text("dd-result-note", one.note));
      if (one.about) link.append(text("dd-about", one.about));
      item.append(link);
      return item;
    }),
  );
  input.setAttribute("aria-expanded", String(results.length > 0));
  if (results.length) input.setAttribute("aria-activedescendant", "dd-result-0");
  else input.removeAttribute("aria-activedescendant");
}

/**
 * @param {HTMLUListElement} list
 * @param {HTMLInputElement} input
 * @param {number} step
 */
function move(list, input, step) {
  const items = [...list.children];
  if (!items.length) return;
  const at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
  const next = (at + step + items.length) % items.length;
  items.forEach((item, index) => item.setAttribute("aria-selected", String(index === next)));
  items[next].scrollIntoView({ block: "nearest" });
  input.setAttribute("aria-activedescendant", items[next].id);
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
