// @ts-check
/** Pages against what was typed, word by word: rare words count more, and the title more than the headings below it. */

import { fold } from "./names.js";

const WEIGHTS = [6, 4, 2, 1.5, 1];
/** Words that say nothing about a topic. */
const EMPTY = new Set("a an and are be by can do does for from how i in is it many much my need of on one or often should single so than that the to use vs versus what when where which who why will with without you your".split(" "));
/** What readers say, and what pages say; both are looked for. */
const ALSO = /** @type {Record<string, string[]>} */ ({
  gpu: ["accelerator", "hardware"], choose: ["choosing"], pick: ["choosing"], llm: ["model", "inference"], db: ["database"], ann: ["vector"], cost: ["price"], cheap: ["cost"],
  card: ["accelerator", "hardware"], run: ["inference", "engine", "runtime", "serve"], buy: ["own"], danger: ["safe"], unsafe: ["safe"], dead: ["ended"], archived: ["ended"], discontinued: ["ended"], finetune: ["tuning"], finetuning: ["tuning"], slow: ["wait"],
  notebook: ["jupyter"], law: ["act"], speed: ["throughput"], crash: ["failure"], course: ["study"], book: ["study"],
});
/** A page that holds nearly all that was asked for is taken for the answer. */
const SURE = 0.55;

/**
 * @param {string} text
 * @returns {string[]} words without endings, so that caches and caching meet
 */
export const words = (text) => meaningful(text).map(stem);

/** @param {string} text @returns {string[]} its words without those that say nothing about a topic */
export const meaningful = (text) =>
  fold(text.replace(/[-–/]/g, " "))
    .split(/[^\p{L}\p{N}+#]+/u)
    .filter((word) => word && !EMPTY.has(word));

/** @param {string} word */
export function stem(word) {
  if (word.length <= 3 || /\d/.test(word)) return word;
  return word.replace(/(ies)$/, "y").replace(/(?<=[^s])s$/, "").replace(/(?<=..)(ization|isation|izing|ising|ize|ise|ation|ing|ed|er)$/, "").replace(/e$/, "");
}

/** @type {WeakMap<string[][], {fields: Set<string>[], row: string[], asked: string}[]>} */
const prepared = new WeakMap();

/**
 * @param {string[][]} topics rows of [title, address, question, about, headings joined by |, terms joined by |]
 * @param {string} query
 * @param {number} limit
 */
export function matchTopics(topics, query, limit) {
  const wanted = [...new Set(words(query))];
  const also = new Map(Object.entries(ALSO).map(([word, others]) => [stem(word), others.map(stem)]));
  /** @param {Set<string>} field @param {string} word */
  const holds = (field, word) => field.has(word) || (also.get(word) ?? []).some((other) => field.has(other));
  if (!wanted.length) return [];
  let known = prepared.get(topics);
  if (!known) {
    known = topics.map((row) => ({ row, asked: words(row[2]).join(" "), fields: [row[0], row[2], row[3], row[4], row[5]].map((text) => new Set(words(text))) }));
    prepared.set(topics, known);
  }
  const weigh = wanted.map((word) => {
    const holders = /** @type {{fields: Set<string>[]}[]} */ (known).filter((topic) => topic.fields.some((field) => holds(field, word))).length;
    return Math.log(1 + topics.length / (holders + 0.5));
  });
  const most = weigh.reduce((sum, weight) => sum + weight, 0) * WEIGHTS[0];
  return known
    .map(({ row, fields, asked }) => {
      const value = wanted.reduce((sum, word, index) => sum + weigh[index] * best(fields, word, holds), 0);
      const all = wanted.every((word) => fields.some((field) => holds(field, word)));
      const same = asked === wanted.join(" ");
      return { title: row[0], type: "page", url: row[1], about: row[3], note: "", sure: same || (all && value / most >= SURE), value: value / most + (all ? 0.5 : 0) + (same ? 1 : 0), part: wanted.filter((word) => fields.some((field) => holds(field, word))).length };
    })
    .filter((one) => one.part * 2 > wanted.length)
    .sort((a, b) => b.value - a.value || a.title.length - b.title.length)
    .slice(0, limit);
}

/**
 * @param {Set<string>[]} fields
 * @param {string} word
 * @param {(field: Set<string>, word: string) => boolean} holds
 */
const best = (fields, word, holds) => fields.reduce((found, field, index) => (holds(field, word) ? Math.max(found, WEIGHTS[index]) : found), 0);
