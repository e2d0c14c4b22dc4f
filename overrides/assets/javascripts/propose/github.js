// @ts-check
/** Where a row goes: the repository's issue forms, filled by their fields' ids, and its editor. */

import { empty, lines } from "./yaml.js";

/** GitHub answers "URI too long" beyond about this many characters. */
export const LONGEST = 8000;
/** Fields that the form for a new tool asks by themselves; the rest goes into its last field. */
const ASKED = ["name", "summary", "category", "type", "homepage", "repo", "docs", "openness", "license", "owner", "use_when", "avoid_when"];

/**
 * The answers to the issue form New tool, by the ids of its fields.
 * @param {Record<string, any>} row
 * @param {string} table
 * @param {string} usual the id that the name suggests
 * @param {{order: string[], dates: Set<string>}} style
 */
export function answers(row, table, usual, style) {
  /** @type {Record<string, string>} */
  const found = { table };
  for (const name of ASKED) if (!empty(row[name])) found[name] = [row[name]].flat().join("\n");
  found.sources = (row.sources ?? []).map(sourceLine).join("\n");
  const apart = new Set([...ASKED, "sources", "reviewed"]);
  if (row.id === usual) apart.add("id");
  if (row.status === "active") apart.add("status");
  const rest = Object.fromEntries(Object.entries(row).filter(([name]) => !apart.has(name)));
  const further = lines(rest, style).join("\n");
  return further ? { ...found, further } : found;
}

/** @param {any} source */
const sourceLine = (source) => (typeof source === "string" ? source : [source.url, source.accessed, source.shows].filter(Boolean).join(" "));

/**
 * @param {string} repository
 * @param {string} template
 * @param {string} title
 * @param {Record<string, string>} filled
 */
export function issueAddress(repository, template, title, filled) {
  return `${repository.replace(/\/$/, "")}/issues/new?${new URLSearchParams({ template, title, ...filled })}`;
}

/**
 * What the correction form is told: the fields that changed, before and after.
 * @param {Record<string, any>} before
 * @param {Record<string, any>} after
 * @param {string} table
 * @param {{order: string[], dates: Set<string>}} style
 */
export function correction(before, after, table, style) {
  const names = changed(before, after);
  /** @param {Record<string, any>} row */
  const said = (row) => names.flatMap((name) => (empty(row[name]) ? [`${name}: (nothing)`] : lines({ [name]: row[name] }, style))).join("\n");
  return {
    page: `${after.id} (docs/${table}.yml)`,
    wrong: said(before),
    right: said(after),
    source: (after.sources ?? []).map(sourceLine).join("\n"),
  };
}

/**
 * The fields whose values differ.
 * @param {Record<string, any>} before
 * @param {Record<string, any>} after
 */
export function changed(before, after) {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

/**
 * @param {string} repository
 * @param {string} edit the project's path to its editor
 * @param {string} table
 */
export const editAddress = (repository, edit, table) => `${repository.replace(/\/$/, "")}/${(edit || "edit/main/docs/").replace(/^\/|\/$/g, "")}/${table}.yml`;
