// @ts-check
/** What the checker asks beyond the schema, as far as published data can tell. `mild` is advice and stops nothing. */

import { withinOneEdit } from "../names.js";
import { addressFault } from "./addresses.js";
import { isOpen, licenceFault } from "./licences.js";
import { isDay } from "./schema.js";

/** @typedef {{field: string, said: string, mild?: boolean, tool?: string}} Finding */

/**
 * @param {Record<string, any>} row
 * @param {{known: any, tools: Map<string, {name: string, also: string[]}>, table: string, own: string, today: string}} about
 *   `tools` are those there are, by id; `own` is the id of the row that is changed, empty for a new one
 * @returns {Finding[]}
 */
export function broken(row, about) {
  return [...texts(row, about.known), ...identity(row, about), ...places(row, about), ...terms(row, about.known), ...status(row), ...days(row, about.today), ...relations(row, about)];
}

/** @param {Record<string, any>} row @param {any} known @returns {Finding[]} */
function texts(row, known) {
  const strange = [new RegExp(known.patterns.control), new RegExp(known.patterns.invisible)];
  const markup = new RegExp(known.patterns.markup, "i");
  /** @type {Finding[]} */
  const found = [];
  for (const [field, value] of Object.entries(row)) {
    for (const text of deep(value)) {
      if (strange.some((one) => one.test(text)) || !isWellFormed(text)) found.push({ field, said: "There is a character here that nobody can see. Type the text instead of pasting it." });
      const match = field === "homepage" || field === "docs" || field === "repo" ? null : markup.exec(text);
      if (match && !/^https:/.test(text)) found.push({ field, said: `Write plain text, without ${match[0]}.` });
    }
  }
  for (const field of ["homepage", "docs"]) {
    const said = row[field] ? addressFault(row[field], known) : "";
    if (said) found.push({ field, said });
  }
  for (const [index, source] of (row.sources ?? []).entries()) {
    const url = typeof source === "string" ? source : source.url;
    const said = typeof source === "string" && /^paper:/.test(source) ? "" : addressFault(url ?? "", known);
    if (said) found.push({ field: "sources", said: `Line ${index + 1}: ${said}` });
  }
  if (row.summary && !row.summary.endsWith(".")) found.push({ field: "summary", said: "End it with a full stop." });
  const praise = new RegExp(known.patterns.praise, "i").exec(row.summary ?? "");
  if (praise) found.push({ field: "summary", said: `“${praise[0]}” praises; say what it does instead.`, mild: true });
  if (row.first_release && !/^\d{4}(-(0[1-9]|1[0-2]))?$/.test(row.first_release) && !isDay(row.first_release)) found.push({ field: "first_release", said: "Write 2024, 2024-03 or 2024-03-18." });
  return found;
}

/** @param {Record<string, any>} row @param {Parameters<typeof broken>[1]} about @returns {Finding[]} */
function identity(row, { known, tools, own }) {
  /** @type {Finding[]} */
  const found = [];
  if (row.id && row.id !== own && tools.has(row.id)) found.push({ field: "id", said: `${tools.get(row.id)?.name} has this id already. Choose another, or change that row.`, tool: row.id });
  /** @type {Map<string, string>} */
  const names = new Map();
  for (const [id, tool] of tools) if (id !== own) for (const one of [tool.name, ...tool.also]) names.set(folded(one), id);
  const same = names.get(folded(row.name ?? ""));
  if (same && same !== row.id) found.push({ field: "name", said: `${tools.get(same)?.name} bears this name already. Is it another tool?`, mild: true, tool: same });
  for (const alias of row.aliases ?? []) {
    const owner = names.get(folded(alias));
    if (owner) found.push({ field: "aliases", said: `“${alias}” is a name of ${tools.get(owner)?.name} already.` });
    else if (folded(alias) === folded(row.name ?? "")) found.push({ field: "aliases", said: `“${alias}” is the name itself.` });
  }
  const holder = row.repo ? known.repos[`${folded(row.repo)} ${row.path ?? ""}`] : undefined;
  if (holder && holder !== own) found.push({ field: "repo", said: `This is the repository of ${tools.get(holder)?.name ?? holder} already. Change that row, or name the folder under “Folder in the repository”.`, tool: holder });
  return found;
}

/** @param {Record<string, any>} row @param {Parameters<typeof broken>[1]} about @returns {Finding[]} */
function places(row, { known, table }) {
  /** @type {Finding[]} */
  const found = [];
  const category = known.categories.find((/** @type {any} */ one) => one.id === row.category);
  const home = known.tables.find((/** @type {any} */ one) => one.id === table);
  if (row.category && !category) found.push({ field: "category", said: "Choose one of the list." });
  if (row.category && !home) found.push({ field: "table", said: "Choose the table in which the row will stand." });
  if (category && home && category.layer !== home.layer) found.push({ field: "table", said: `The category belongs to the layer ${category.layer}; choose a table of it.` });
  for (const one of row.also_in ?? []) {
    if (!known.categories.some((/** @type {any} */ other) => other.id === one)) found.push({ field: "also_in", said: `There is no category “${one}”.` });
  }
  return found;
}

/** @param {Record<string, any>} row @param {any} known @returns {Finding[]} */
function terms(row, known) {
  if (!row.license) return [];
  const fault = licenceFault(row.license, known);
  if (fault) return [{ field: "license", said: fault.said, mild: !fault.sure }];
  if (row.openness !== "open-source" || isOpen(row.license, known.osi)) return [];
  return [{ field: "openness", said: `The OSI did not approve ${row.license}: choose source-available, open-core, open-weights or proprietary, or correct the licence.` }];
}

/** @param {Record<string, any>} row @returns {Finding[]} */
function status(row) {
  if (!row.status || row.status === "active") return [];
  if ((row.sources ?? []).some((/** @type {any} */ one) => typeof one === "object" && one.shows)) return [];
  return [{ field: "sources", said: `The status ${row.status} needs evidence: say under “What it shows” which source shows it.` }];
}

/** @param {Record<string, any>} row @param {string} today @returns {Finding[]} */
function days(row, today) {
  const latest = new Date(Date.parse(`${today}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  const dated = [["reviewed", row.reviewed], ["status_since", row.status_since], ...(row.sources ?? []).map((/** @type {any} */ one) => ["sources", one.accessed])];
  return dated.filter(([, day]) => day && isDay(day) && day > latest).map(([field, day]) => ({ field, said: `${day} lies in the future.` }));
}

/** @param {Record<string, any>} row @param {Parameters<typeof broken>[1]} about @returns {Finding[]} */
function relations(row, { known, tools }) {
  /** @type {Finding[]} */
  const found = [];
  const papers = new Map(known.papers);
  for (const [field, kind] of Object.entries(known.points_to)) {
    for (const id of [row[field] ?? []].flat()) {
      if (kind === "tools" && id === row.id) found.push({ field, said: "A tool does not name itself here." });
      else if (!(kind === "tools" ? tools : papers).has(id)) found.push({ field, said: `There is no ${kind === "tools" ? "tool" : "paper"} with the id “${id}”.${near(id, [...(kind === "tools" ? tools : papers).keys()])}` });
    }
  }
  for (const source of row.sources ?? []) {
    const id = typeof source === "string" && /^paper:(.*)$/.exec(source)?.[1];
    if (typeof id === "string" && !papers.has(id)) found.push({ field: "sources", said: `There is no paper with the id “${id}”.` });
  }
  return found;
}

/** @param {string} id @param {string[]} ids */
function near(id, ids) {
  const found = ids.find((one) => withinOneEdit(one, id)) ?? ids.find((one) => id.length > 2 && one.startsWith(id.toLowerCase()));
  return found ? ` Did you mean ${found}?` : "";
}

/** @param {any} value @returns {string[]} */
const deep = (value) => (typeof value === "string" ? [value] : value && typeof value === "object" ? Object.values(value).flatMap(deep) : []);

/** @param {string} text as readers confuse it */
export const folded = (text) => text.normalize("NFC").toLowerCase();

/** @param {string} text whether no half character stands in it */
const isWellFormed = (text) => !/\p{Cs}/u.test(text);
