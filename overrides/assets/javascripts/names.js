// @ts-check
/** Names and aliases against what was typed, one typing mistake forgiven. */

/** Of two that bear exactly the name that was typed, the thing itself comes before the word for it. */
const RANK = /** @type {Record<string, number>} */ ({ device: 2, devices: 2, model: 2, tool: 1, format: 0.5, term: -1, paper: -2 });

/**
 * @param {string[][]} names rows of [name, type, address, aliases joined by |, note]
 * @param {string} query
 * @param {number} limit
 */
export function matchNames(names, query, limit) {
  const wanted = fold(query);
  if (!wanted) return [];
  const scored = [];
  for (const [name, type, url, aliases, note] of names) {
    let best = 0;
    let by = "";
    for (const [index, one] of [name, ...aliases.split("|")].entries()) {
      const value = score(fold(one), wanted) - (index ? 0.5 : 0);
      if (value > best) {
        best = value;
        by = index ? one : "";
      }
    }
    if (!best && holdsAll(`${name}|${aliases}`, wanted)) best = 30;
    if (best >= 99) best += RANK[type] ?? 0;
    if (best > 0) scored.push({ title: name, type, url, about: told(type, aliases) || (by && fold(by) !== fold(name) ? `also ${by}` : ""), note, best });
  }
  const order = ["tool", "device", "devices", "model", "term", "design", "memory", "link", "network", "format", "offer", "course", "table", "paper"];
  scored.sort((a, b) => b.best - a.best || order.indexOf(a.type) - order.indexOf(b.type) || a.title.length - b.title.length);
  return scored.slice(0, limit);
}

/** @param {string} type @param {string} aliases of a paper: authors and year, by which it is cited */
const told = (type, aliases) => (type === "paper" ? aliases.split("|")[0] : "");

/**
 * 0 for no match; more for a closer one.
 * @param {string} name
 * @param {string} wanted
 */
export function score(name, wanted) {
  if (!name) return 0;
  if (name === wanted) return 100;
  if (name.startsWith(wanted)) return 80 - Math.min(20, name.length - wanted.length);
  if (` ${name}`.includes(` ${wanted}`)) return 55;
  if (wanted.length >= 3 && name.includes(wanted)) return 35;
  if (wanted.length >= 4 && Math.abs(name.length - wanted.length) <= 1 && withinOneEdit(name, wanted)) return 90;
  return wanted.includes(" ") && slipped(name.split(" "), wanted.split(" ")) ? 50 : 0;
}

/** @param {string[]} name @param {string[]} wanted whether they are the same words, with one slip in each at most */
const slipped = (name, wanted) => name.length === wanted.length && name.every((word, place) => word === wanted[place] || (word.length >= 4 && Math.abs(word.length - wanted[place].length) <= 1 && withinOneEdit(word, wanted[place])));

/** What is asked of a thing, beside its name. */
const ASKED = new Set("a about all any best can do first for good i in is my of original should still the to use used using we alternative alternatives an and compare compared comparison define definition does end ended explain for has have how instead is it licence license mean meaning of or replace replaced replacement replaces status successor than the to versus vs what which why with".split(" "));

/** By these a query says that of what bears a name it wants the work. */
const WORKS = new Set(["paper", "papers", "arxiv", "publication"]);

/** A size of memory as it is typed: 24GB, 24 GiB, 24 gigabytes, 24 gigs. */
const MEMORY_SIZE = /\b(\d+) ?(?:gb|gib|gigs?|gigabytes?)\b/g;
/** Rows of devices, one or all of one memory size, and of models: their figures answer. */
const DEVICES = new Set(["device", "devices", "model"]);
/** What a device or a model is called, what it is for, and its figures: words that ask for nothing but its row. */
const OF_DEVICES = new Set("accelerator accelerators active ai bandwidth bf16 card cards config context date device devices dimensions flops fp16 fp4 fp8 head heads hidden kv layers number parameters peak power price release size specs tdp tflops tops tpu tpus vocabulary watts gpu gpus graphics llm llms memory model models nvidia one ram single video vram".split(" "));

/**
 * The things a longer query names ("what replaced TGI", "H200 vs MI300X"), and what it asks beside them.
 * @param {string[][]} names as for matchNames
 * @param {string} query
 * @returns {{found: {title: string, type: string, url: string, about: string, note: string}[], alone: boolean, topic: string}}
 *   alone: it asks nothing else; topic: the words in which a page may answer, without devices, since few pages name one
 */
export function namesWithin(names, query) {
  const words = fold(query).split(/[^\p{L}\p{N}+#.]+/u).filter(Boolean);
  const found = [];
  const rest = [];
  const spoken = [];
  const papers = words.some((word) => WORKS.has(word)) ? worksAmong(names) : [];
  for (let start = 0; start < words.length; ) {
    const work = longest(papers, words, start);
    const [length, row] = work[1] ? work : longest(names, words, start);
    const text = words.slice(start, start + length);
    if (row) found.push({ title: row[0], type: row[1], url: row[2], about: told(row[1], row[3]), note: row[4] });
    else if (!ASKED.has(words[start]) && !WORKS.has(words[start])) rest.push(words[start]);
    if (!row || !DEVICES.has(row[1])) spoken.push(...text);
    start += length;
  }
  if (!found.some((one) => DEVICES.has(one.type))) return { found, alone: !rest.length, topic: query };
  const further = (/** @type {string[]} */ all) => all.filter((word) => !OF_DEVICES.has(word));
  const alone = !further(rest).length;
  return { found: found.filter((one) => DEVICES.has(one.type) || !OF_DEVICES.has(fold(one.title))), alone, topic: alone ? query : further(spoken).join(" ") };
}

/**
 * @param {string[][]} names
 * @param {string[]} words
 * @param {number} start
 * @returns {[number, string[] | null]} how many words the longest name at this place takes, and its row
 */
function longest(names, words, start) {
  const known = index(names);
  for (let length = Math.min(5, words.length - start); length > 0; length -= 1) {
    const text = words.slice(start, start + length).join(" ");
    const row = length > 1 || !ASKED.has(text) ? known.get(text) : undefined;
    if (row) return [length, row];
  }
  return [1, null];
}

/** @type {WeakMap<string[][], string[][]>} */
const works = new WeakMap();

/** @param {string[][]} names */
function worksAmong(names) {
  const known = works.get(names) ?? names.filter((row) => row[1] === "paper");
  works.set(names, known);
  return known;
}

/** @type {WeakMap<string[][], Map<string, string[]>>} */
const indexes = new WeakMap();

/** @param {string[][]} names @returns {Map<string, string[]>} rows by folded name or alias, the thing before the word for it */
function index(names) {
  let known = indexes.get(names);
  if (!known) {
    known = new Map();
    const ranked = [...names].sort((a, b) => (RANK[b[1]] ?? 0) - (RANK[a[1]] ?? 0));
    for (const row of ranked) {
      for (const one of [row[0], ...row[3].split("|")].map(fold)) {
        if (one && !known.has(one)) known.set(one, row);
        // RTX5090 is typed for RTX 5090.
        const compact = /\d/.test(one) ? one.replace(/ /g, "") : "";
        if (compact && !known.has(compact)) known.set(compact, row);
      }
    }
    indexes.set(names, known);
  }
  return known;
}

/**
 * Whether every word of a query of several stands somewhere in a name, written together or apart (80GB, 80 GB).
 * @param {string} name
 * @param {string} wanted folded
 */
function holdsAll(name, wanted) {
  const asked = wanted.split(" ");
  const compact = fold(name).replace(/ /g, "");
  return asked.length > 1 && asked.every((word) => word.length > 1 && compact.includes(word));
}

/**
 * Whether one insertion, deletion, substitution or swap of neighbours turns one word into the other.
 * @param {string} a
 * @param {string} b
 */
export function withinOneEdit(a, b) {
  if (a === b) return true;
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const restA = a.slice(start, a.length - end);
  const restB = b.slice(start, b.length - end);
  if (restA.length <= 1 && restB.length <= 1) return true;
  return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}

/** @param {string} text */
export function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[\s_./-]+/g, " ").trim().replace(MEMORY_SIZE, "$1 gb");
}
