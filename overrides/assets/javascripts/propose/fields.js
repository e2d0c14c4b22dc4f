// @ts-check
/** The fields of a form, read out of the schema of a row. */

import { filled } from "./schema.js";

/**
 * `kind`: a text, a day, one of some words, several of them, texts line by line, or sources.
 * @typedef {{name: string, title: string, kind: "text" | "day" | "choice" | "choices" | "lines" | "sources", needed: boolean,
 *   first: boolean, options: string[], most: number, longest: number, long: boolean, points: string}} Field
 */

/**
 * @param {any} schema of a table
 * @param {any} known what assets/propose.json holds
 * @returns {Field[]}
 */
export function fieldsOf(schema, known) {
  const row = schema.$defs.Tool;
  const together = [...(row.anyOf ?? []).flatMap((/** @type {any} */ one) => one.required ?? []), ...(row.then?.required ?? [])];
  const names = ["name", "id", ...known.order.filter((/** @type {string} */ one) => one !== "sources"), "sources"];
  const found = [...new Set(names)].filter((name) => row.properties[name]).map((name) => {
    const own = filled(row.properties[name], schema);
    const item = own.items ?? {};
    return {
      name,
      title: row.properties[name].title && row.properties[name].title !== "Repo" ? row.properties[name].title : own.title,
      kind: kindOf(name, own),
      needed: row.required.includes(name),
      first: row.required.includes(name) || together.includes(name),
      options: own.enum ?? item.enum ?? [],
      most: own.maxItems ?? Infinity,
      longest: own.maxLength ?? item.maxLength ?? Infinity,
      long: (own.maxLength ?? 0) > 100,
      points: known.points_to[name] ?? "",
    };
  });
  return /** @type {Field[]} */ (found);
}

/**
 * @param {string} name
 * @param {any} own
 */
function kindOf(name, own) {
  if (own.type === "array") return own.items?.enum ? "choices" : name === "sources" ? "sources" : "lines";
  if (own.enum) return "choice";
  return own.format === "date" ? "day" : "text";
}

/**
 * The names of fields that hold a day, in a row and in its sources.
 * @param {any} schema
 */
export function dayFields(schema) {
  /** @type {Set<string>} */
  const found = new Set();
  for (const one of Object.values(schema.$defs)) {
    for (const [name, property] of Object.entries(/** @type {any} */ (one).properties ?? {})) {
      const branches = [property, ...(/** @type {any} */ (property).anyOf ?? [])];
      if (branches.some((/** @type {any} */ branch) => branch.format === "date")) found.add(name);
    }
  }
  return found;
}
