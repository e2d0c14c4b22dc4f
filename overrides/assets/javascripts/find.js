// @ts-check
/**
 * What a query finds: rows by their names, pages by their titles and headings, and the text of all pages.
 * Names and topics are two small lists; the text is searched by Pagefind, which fetches only what a query needs.
 */

import { matchNames, namesWithin } from "./names.js";
import { matchTopics, meaningful } from "./topics.js";

const LIMIT_NAMES = 6;
const LIMIT_TOPICS = 6;
const LIMIT_TEXTS = 8;
const MOST_WORDS = 4;
/** What can stand side by side, by its word in the results. */
const COMPARABLE = { device: "accelerators", model: "models", tool: "tools" };
/** How much the first place counts against the next ones. */
const RANK_OFFSET = 3;
/** What a place among the texts counts beside one among the topics. */
const OF_TEXTS = 0.6;

/** @typedef {{title: string, type: string, url: string, about: string, note?: string}} Result */

/** @type {Map<string, Promise<any>>} */
const loaded = new Map();

/**
 * @param {string} name
 * @param {() => Promise<any>} load
 */
function once(name, load) {
  const known = loaded.get(name) ?? load();
  loaded.set(name, known);
  known.catch(() => loaded.delete(name)); // tried again at the next query, and reported where it is awaited
  return known;
}

/** @param {URL} base @param {string} file */
const list = (base, file) => once(file, () => fetch(new URL(`assets/${file}`, base)).then((response) => response.json()));

/** @param {URL} base */
const texts = (base) =>
  once("pagefind", () =>
    // The copy for reading without a network has no text index.
    "ddModules" in window ? Promise.reject(new Error("it is not in this copy")) : import(new URL("pagefind/pagefind.js", base).href).then(async (module) => {
      await module.options({ excerptLength: 18 });
      return module;
    }),
  );

/** @param {URL} base where the site stands; fetch what the first query will need */
export function prepare(base) {
  list(base, "names.json").catch(() => {});
  list(base, "topics.json").catch(() => {});
  texts(base).catch(() => {});
}

/**
 * What the two lists know: at once.
 * @param {string} query
 * @param {URL} base
 * @returns {Promise<Result[]>}
 */
export async function byName(query, base) {
  const { exact, near, about, within } = await listed(query, base);
  return ordered(exact, near, about, within);
}

/** @param {string} query @param {URL} base */
async function listed(query, base) {
  const [names, topics] = await Promise.all([list(base, "names.json"), list(base, "topics.json")]);
  /** @param {any} one */
  const absolute = (one) => ({ ...one, url: new URL(one.url, base).href });
  const named = matchNames(names, query, LIMIT_NAMES).map(absolute);
  // Whoever types a name in full wants what bears it; whoever types the beginning of one may want the topic.
  const { found, alone, topic } = exact(named).length ? { found: [], alone: false, topic: query } : namesWithin(names, query);
  const within = { found: [...compared(found), ...found].map(absolute), alone };
  return { within, exact: exact(named), near: named.filter((one) => one.best < 90), about: matchTopics(topics, topic, LIMIT_TOPICS).map(absolute) };
}

/** @param {any[]} named */
const exact = (named) => named.filter((one) => one.best >= 90);

/**
 * Two or more of a kind are wanted side by side.
 * @param {any[]} found
 */
function compared(found) {
  for (const [type, kind] of Object.entries(COMPARABLE)) {
    const same = found.filter((one) => one.type === type).slice(0, 6);
    if (same.length < 2) continue;
    const ids = same.map((one) => one.url.split(/[#/]/).filter(Boolean).at(-1));
    return [{ title: `Compare ${same.map((one) => one.title).join(" with ")}`, type: "compare", url: `reference/compare/?kind=${kind}&ids=${ids.join("%2C")}`, about: "every field side by side", note: "" }];
  }
  return [];
}

/**
 * @param {any[]} exact
 * @param {any[]} near
 * @param {any[]} pages
 * @param {{found: any[], alone: boolean}} within
 * @returns {Result[]}
 */
function ordered(exact, near, pages, within) {
  const sure = pages.filter((one) => one.sure);
  const other = pages.filter((one) => !one.sure);
  // One name and nothing else asked: the thing itself. Several: side by side, then the page on them together.
  const [first, ...rest] = within.found;
  const alone = within.alone && first && (!rest.length || first.type === "compare");
  if (alone) return unique([...exact, first, ...sure, ...(rest.length ? other.slice(0, 1) : []), ...rest, ...near, ...other]);
  return unique([...exact, ...sure, ...near, ...other.slice(0, 1), ...within.found, ...other.slice(1)]);
}

/**
 * Everything: what the lists know, and the text of the pages.
 * @param {string} query
 * @param {URL} base
 * @returns {Promise<{results: Result[], failure?: string}>}
 */
export async function find(query, base) {
  const { exact, near, about, within } = await listed(query, base);
  try {
    const written = (await inText(query, base)).map((one) => result(one, base));
    return { results: ordered(exact, near, fused(about, written), within) };
  } catch (problem) {
    return { results: ordered(exact, near, about, within), failure: `The text index could not be loaded (${problem}).` };
  }
}

/**
 * Pages in whose text the words stand: all of them, or else most of them.
 * @param {string} query
 * @param {URL} base
 * @returns {Promise<any[]>}
 */
async function inText(query, base) {
  const engine = await texts(base);
  /** @param {string} words */
  const search = async (words) => {
    const found = await engine.search(words);
    const data = await Promise.all(found.results.slice(0, LIMIT_TEXTS).map((/** @type {any} */ one) => one.data()));
    return data.filter((one) => concerns(one.excerpt, words));
  };
  const spoken = meaningful(query);
  const together = await search(spoken.join(" ") || query);
  if (together.length || spoken.length < 2) return together;
  const apart = await Promise.all(spoken.slice(0, MOST_WORDS).map(search));
  const counts = new Map();
  for (const one of apart.flat()) counts.set(one.url, { one, count: (counts.get(one.url)?.count ?? 0) + 1 });
  return [...counts.values()].sort((a, b) => b.count - a.count).map(({ one }) => one);
}

/**
 * One order out of two: a page high in both comes before one that is first in either (reciprocal rank fusion).
 * @param {any[]} topics
 * @param {Result[]} written
 */
function fused(topics, written) {
  const all = new Map();
  for (const [rank, one] of topics.entries()) all.set(page(one.url), { one, value: 1 / (RANK_OFFSET + rank) });
  for (const [rank, one] of written.entries()) {
    const known = all.get(page(one.url));
    if (known) known.value += OF_TEXTS / (RANK_OFFSET + rank);
    else all.set(page(one.url), { one, value: OF_TEXTS / (RANK_OFFSET + rank) });
  }
  return [...all.values()].sort((a, b) => b.value - a.value).map(({ one }) => one);
}

/** The sign that links to a heading. */
const HEADING_END = /\s*¶$/;

/** @param {string} url terms of the glossary count as pages of their own */
const page = (url) => (url.includes("/glossary/#") ? url : url.split("#")[0]);

/** @param {Result[]} results the first of each address */
const unique = (results) => results.filter((one, index) => results.findIndex((other) => other.url === one.url) === index);

/**
 * @param {any} data one result of Pagefind
 * @param {URL} base
 * @returns {Result}
 */
function result(data, base) {
  const best = (data.sub_results ?? []).reduce((/** @type {any} */ a, /** @type {any} */ b) => (b.weighted_locations?.length > (a?.weighted_locations?.length ?? 0) ? b : a), null);
  // A tool's page is short: nobody looks for a section of it. A first heading says what the title says.
  const whole = data.meta.type === "tool" || best?.title.replace(HEADING_END, "") === data.meta.title;
  const section = best && best.url !== data.url && !whole ? best : null;
  const path = String(section?.url ?? data.url).replace(/^.*?\/pagefind\/\.\.\//, "").replace(/^\//, "");
  const heading = section?.title.replace(HEADING_END, "");
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
