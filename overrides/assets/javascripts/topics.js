// @ts-check
/** Pages against what was typed, word by word: rare words count more, and the title more than the headings and the text below it. */

import { fold, withinOneEdit } from "./names.js";

/** Of the title, the question, what readers ask, what it is about, headings, terms; of words it is about, speaks of; of its purpose. */
const WEIGHTS = [4.2, 4.2, 3.2, 2.7, 3.2, 2.4, 1.9, 0.7, 1.2];
/** The first fields of a row that hold words; those before are its title and its address. */
const FIRST_WORDS = 2;
/** What the next best place of a word counts beside the best. */
const NEXT = 0.5;
/** A word that weighs so much on a page is held by it. */
const HELD = 2.2;
/** What the held share of a query counts beside its places. */
const OF_HELD = 0.4;
/** What the likeness of a query to one of the questions of a page counts beside its places. */
const OF_LIKENESS = 0.6;
/** Pages for contributors, and lists, which mention everything: others are wanted first. */
const APART = /^(?:contributing|reference\/(?:papers|freshness|timeline))\//;
const OF_APART = 0.85;
/** What share of a query, by weight, a page must hold. */
const LEAST = 0.33;
/** Words that say nothing about a topic. */
const EMPTY = new Set("a about after all also an and any are as at be been before being between both but by can could did do does during each else even every for from get gets give go good had has have how i if in into is it its just know let like ll make many may me might more most much must my need needs no not of on one only or other our out over own people please put really s same several should single so some still such t tell than that the their them then there these they thing things this those through to too under until up us use used uses using ve versus very vs want was way we well were what when where whether which while who why will with within without won would you your".split(" "));
/** What readers say, and what pages say; both are looked for. */
const ALSO = /** @type {Record<string, string[]>} */ ({
  gpu: ["accelerator", "hardware"], choose: ["choosing"], pick: ["choosing"], llm: ["model", "inference"], db: ["database"], ann: ["vector"], cost: ["price"], cheap: ["cost"],
  card: ["accelerator", "hardware"], run: ["inference", "engine", "runtime", "serve"], buy: ["own"], danger: ["safe"], unsafe: ["safe"], dead: ["ended"], archived: ["ended"], discontinued: ["ended"], finetune: ["tuning"], finetuning: ["tuning"], slow: ["wait"],
  electricity: ["energy", "power"], rent: ["price", "cloud"], rental: ["price", "cloud"], vram: ["memory"], prediction: ["future", "forecast"], duplicate: ["dedup", "deduplication"], classifier: ["classification"],
  starve: ["wait", "stall"], idle: ["wait", "stall"], speedup: ["faster", "throughput"], accuracy: ["quality"], chatbot: ["application", "assistant"], score: ["evaluation"], trace: ["observability"], quantize: ["quantization"], replacement: ["successor", "ended"],
  trust: ["reproducible", "variance"], electric: ["power"], watt: ["power"], formula: ["calculator", "estimate"], beginner: ["start", "path"], tutorial: ["project", "course"], plot: ["explore"], csv: ["api"], download: ["api"], safe: ["security", "scanning"],
  notebook: ["jupyter"], law: ["act"], speed: ["throughput"], crash: ["failure"], course: ["study"], book: ["study"],
});
/** A page that holds nearly all that was asked for is taken for the answer. */
const SURE = 0.9;

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

/** @typedef {{row: string[], asked: string[][], fields: Set<string>[]}} Topic asked: its question, and what readers ask, in their words without endings */

/** @type {WeakMap<string[][], {known: Topic[], spoken: Set<string>}>} */
const prepared = new WeakMap();

/** @param {string[][]} topics */
function prepare(topics) {
  let made = prepared.get(topics);
  if (!made) {
    const known = topics.map((row) => ({ row, asked: [row[2], ...row[3].split("|")].map(words), fields: [row[0], ...row.slice(FIRST_WORDS, -1)].map((text) => new Set(words(text))) }));
    made = { known, spoken: new Set(known.flatMap(({ fields }) => fields.flatMap((field) => [...field]))) };
    prepared.set(topics, made);
  }
  return made;
}

/**
 * @param {string[][]} topics rows of [title, address, question, asked joined by |, about, headings joined by |, terms joined by |, words it is about, speaks of, of its purpose, type]
 * @param {string} query
 * @param {number} limit
 */
export function matchTopics(topics, query, limit) {
  const { known, spoken } = prepare(topics);
  const wanted = [...new Set(words(query).map((word) => spelt(word, spoken)))];
  /** @param {Set<string>} field @param {string} word */
  const holds = (field, word) => field.has(word) || (SYNONYMS.get(word) ?? []).some((other) => field.has(other));
  const weigh = wanted.map((word) => Math.sqrt(rarity(known.filter((topic) => topic.fields.some((field) => holds(field, word))).length, topics.length)));
  const most = weigh.reduce((sum, weight) => sum + weight, 0);
  if (!most) return [];
  return known
    .map(({ row, fields, asked }) => {
      const found = wanted.map((word) => places(fields, word, holds));
      const value = found.reduce((sum, one, index) => sum + weigh[index] * one, 0) / (most * WEIGHTS[0]);
      const held = found.reduce((sum, one, index) => sum + weigh[index] * Math.min(1, one / HELD), 0) / most;
      const same = asked.some((question) => question.join(" ") === wanted.join(" "));
      const likeness = Math.max(...asked.map((question) => alike(question, wanted, weigh) / most));
      return { title: row[0], type: row[row.length - 1], url: row[1], about: row[4], note: "", sure: same || (held === 1 && value >= SURE), value: (same ? 1 : 0) + OF_LIKENESS * likeness + (value + OF_HELD * held * held) * (APART.test(row[1]) ? OF_APART : 1), held };
    })
    .filter((one) => one.held >= LEAST)
    .sort((a, b) => b.value - a.value || a.title.length - b.title.length)
    .slice(0, limit);
}

/**
 * What the words that a question shares with a query weigh, less the more else it asks.
 * @param {string[]} question
 * @param {string[]} wanted
 * @param {number[]} weigh
 */
function alike(question, wanted, weigh) {
  const shared = wanted.map((word, index) => (question.includes(word) ? weigh[index] : 0)).filter(Boolean);
  return shared.length && (shared.reduce((sum, weight) => sum + weight, 0) * shared.length) / question.length;
}

/**
 * How much a word tells: nothing when no text holds it.
 * @param {number} holders
 * @param {number} all
 */
export const rarity = (holders, all) => (holders ? Math.log(1 + all / (holders + 0.5)) : 0);

/** @type {Map<string, string[]>} */
const SYNONYMS = new Map(Object.entries(ALSO).map(([word, others]) => [stem(word), others.map(stem)]));

/**
 * A word as pages spell it, one slip of the finger forgiven.
 * @param {string} word
 * @param {Set<string>} spoken
 */
function spelt(word, spoken) {
  if (word.length < 5 || spoken.has(word) || SYNONYMS.has(word)) return word;
  for (const one of spoken) if (Math.abs(one.length - word.length) <= 1 && one[0] === word[0] && withinOneEdit(one, word)) return one;
  return word;
}

/**
 * What the places of a word on a page weigh together, the best of them in full.
 * @param {Set<string>[]} fields
 * @param {string} word
 * @param {(field: Set<string>, word: string) => boolean} holds
 */
function places(fields, word, holds) {
  const weights = WEIGHTS.filter((_, index) => holds(fields[index], word)).sort((a, b) => b - a);
  return weights.reduce((sum, weight, place) => sum + weight * NEXT ** place, 0);
}
