// @ts-check
/**
 * What a query finds: rows by their names, pages by their titles and headings, and the text of all pages.
 * Names and topics are two small lists; the text is searched by Pagefind.
 */

import { matchNames, namesWithin } from "./names.js";
import { loadTexts, matchTexts } from "./texts.js";
import { matchTopics } from "./topics.js";

const LIMIT_NAMES = 6;
const LIMIT_TOPICS = 6;
/** What can stand side by side, by its word in the results. */
const COMPARABLE = { device: "accelerators", model: "models", tool: "tools" };
/** What being found in its text counts for a page beside its topic, for a tool, and for a term. */
const OF_TEXT = /** @type {Record<string, number>} */ ({ page: 0.6, tool: 0.6, term: 1 });

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

/** @param {URL} base where the site stands; fetch what the first query will need */
export function prepare(base) {
  list(base, "names.json").catch(() => {});
  list(base, "topics.json").catch(() => {});
  loadTexts(base).catch(() => {});
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
  return { within, exact: exact(named), near: named.filter((one) => one.best < 90), about: matchTopics(topics, topic, LIMIT_TOPICS).map(absolute), pages: topics.length + names.filter((/** @type {string[]} */ row) => row[1] === "tool").length };
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
  const { exact, near, about, within, pages } = await listed(query, base);
  try {
    return { results: ordered(exact, near, fused(about, await matchTexts(query, base, pages)), within) };
  } catch (problem) {
    return { results: ordered(exact, near, about, within), failure: `The text index could not be loaded (${problem}).` };
  }
}

/**
 * One order out of two: what both found comes before what one of them did.
 * @param {any[]} topics
 * @param {import("./texts.js").Found[]} written
 */
function fused(topics, written) {
  const all = new Map(topics.map((one) => [page(one.url), { one, value: one.value }]));
  for (const one of written) {
    const known = all.get(page(one.url));
    const value = one.value * (OF_TEXT[known ? "page" : one.type] ?? OF_TEXT.page);
    if (known) known.value += value;
    else all.set(page(one.url), { one, value });
  }
  return [...all.values()].sort((a, b) => b.value - a.value).map(({ one }) => one);
}

/** @param {string} url terms of the glossary count as pages of their own */
const page = (url) => (url.includes("/glossary/#") ? url : url.split("#")[0]);

/** @param {Result[]} results the first of each address */
const unique = (results) => results.filter((one, index) => results.findIndex((other) => other.url === one.url) === index);
