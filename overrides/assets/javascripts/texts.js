// @ts-check
/** The text of all pages, searched by Pagefind, which fetches only what a query needs. */

import { meaningful, rarity } from "./topics.js";

const LIMIT = 8;
const MOST_WORDS = 8;
/** What holding every word of a query multiplies a page's value by. */
const ALL = 1.2;
/** What a word in the definition of a term counts beside one on a page. */
const IN_TERM = 0.6;
/** The sign that links to a heading. */
const HEADING_END = /\s*¶$/;

/** @typedef {{title: string, type: string, url: string, about: string, value: number}} Found */
/** @typedef {{id: string, score: number, data: () => Promise<any>}} Match one page, as Pagefind answers */

/** @type {Promise<any> | undefined} */
let engine;

/** @param {URL} base */
export function loadTexts(base) {
  // The copy for reading without a network has no text index.
  engine ??= "ddModules" in window ? Promise.reject(new Error("it is not in this copy")) : import(new URL("pagefind/pagefind.js", base).href).then(async (module) => {
    await module.options({ excerptLength: 18 });
    return module;
  });
  engine.catch(() => (engine = undefined)); // tried again at the next query, and reported where it is awaited
  return engine;
}

/**
 * Pages and terms by the words of a query in their text: rare words count more, and a page that holds all of them more still.
 * @param {string} query
 * @param {URL} base
 * @param {number} pages how many there are
 * @returns {Promise<Found[]>} values up to 1.2
 */
export async function matchTexts(query, base, pages) {
  const { search } = await loadTexts(base);
  const spoken = [...new Set(meaningful(query))].slice(0, MOST_WORDS);
  const asked = spoken.length ? spoken : [query];
  /** @param {string} words @returns {Promise<Match[]>} */
  const matches = async (words) => (await search(words)).results;
  const lists = await Promise.all(asked.map(async (word) => about(await matches(word), word)));
  const together = asked.length > 1 ? await matches(asked.join(" ")) : [];
  const weights = lists.map((list) => rarity(list.length, pages));
  const most = weights.reduce((sum, weight) => sum + weight, 0);
  if (!most) return [];
  const joint = new Set(together.map((match) => match.id));
  /** @type {Map<string, number>} */
  const values = new Map();
  for (const [index, list] of lists.entries())
    for (const { id, score } of list) values.set(id, (values.get(id) ?? 0) + (weights[index] / most) * Math.sqrt(score / list[0].score));
  const best = [...values].map(([id, value]) => ({ id, value: joint.has(id) ? ALL * value : value })).sort((a, b) => b.value - a.value).slice(0, LIMIT + 1);
  const rarest = weights.map((weight, index) => ({ weight, list: lists[index] })).sort((a, b) => b.weight - a.weight);
  const found = await Promise.all(
    best.map(async ({ id, value }) => {
      const data = await from([together, ...rarest.map(({ list }) => list)], id)?.data();
      const parts = data.url.includes("/glossary/") ? await Promise.all(lists.map((list) => from([list], id)?.data())) : null;
      return parts ? terms(parts, weights, base) : [{ ...result(data, base), value }];
    }),
  );
  return found.flat().sort((a, b) => b.value - a.value).slice(0, LIMIT);
}

/** @param {Match[][]} lists @param {string} id @returns {Match | undefined} its match in the first of the lists that has one */
const from = (lists, id) => lists.flatMap((list) => list.find((match) => match.id === id) ?? []).at(0);

/**
 * The matches, unless they are about another word: for one that it does not know Pagefind shortens it
 * until something matches, at worst to one letter.
 * @param {Match[]} matches
 * @param {string} word
 */
async function about(matches, word) {
  if (!matches.length) return matches;
  const { excerpt } = await matches[0].data();
  const marks = [...excerpt.matchAll(/<mark>(.*?)<\/mark>/g)].map((match) => match[1].toLowerCase());
  return marks.some((mark) => mark.includes(word.toLowerCase().slice(0, 3))) ? matches : [];
}

/**
 * The terms of the glossary in which words of a query stand.
 * @param {any[]} parts the glossary as each word found it, or nothing
 * @param {number[]} weights of the words
 * @param {URL} base
 * @returns {Found[]}
 */
function terms(parts, weights, base) {
  const most = weights.reduce((sum, weight) => sum + weight, 0);
  /** @type {Map<string, Found>} */
  const known = new Map();
  for (const [index, data] of parts.entries()) {
    for (const part of data?.sub_results ?? []) {
      if (!part.url.includes("#")) continue;
      const value = (IN_TERM * weights[index]) / most;
      const one = known.get(part.url);
      if (one) one.value += value;
      else known.set(part.url, { title: part.title.replace(HEADING_END, ""), type: "term", url: absolute(part.url, base), about: plain(part.excerpt), value });
    }
  }
  return [...known.values()];
}

/**
 * @param {any} data one page as Pagefind found it
 * @param {URL} base
 */
function result(data, base) {
  const best = (data.sub_results ?? []).reduce((/** @type {any} */ a, /** @type {any} */ b) => (b.weighted_locations?.length > (a?.weighted_locations?.length ?? 0) ? b : a), null);
  // A tool's page is short: nobody looks for a section of it. A first heading says what the title says.
  const whole = data.meta.type === "tool" || best?.title.replace(HEADING_END, "") === data.meta.title;
  const section = best && best.url !== data.url && !whole ? best : null;
  return {
    title: section ? `${data.meta.title}: ${section.title.replace(HEADING_END, "")}` : data.meta.title,
    type: data.meta.type ?? "page",
    url: absolute(section?.url ?? data.url, base),
    about: data.meta.type === "page" ? plain((section ?? data).excerpt) : (data.meta.about ?? plain(data.excerpt)),
  };
}

/** @param {string} url as Pagefind writes it @param {URL} base */
function absolute(url, base) {
  const path = url.replace(/^.*?\/pagefind\/\.\.\//, "").replace(/^\//, "");
  return /^https?:/.test(path) ? path : new URL(path, base).href;
}

/** @param {string} html an excerpt with <mark> */
const plain = (html) => new DOMParser().parseFromString(html, "text/html").body.textContent ?? "";
