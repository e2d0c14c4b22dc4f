// @ts-check
/** A row in the words of a table file: every value quoted where YAML would read something else than was meant. */

/** What YAML takes for true, false or nothing, in one of its editions. */
const WORDS = /^(?:y|n|yes|no|on|off|true|false|null|~)$/i;
/** A text that begins with a digit and may be a number, a time or a date to some parser. */
const NUMBERLIKE = /^[\d_.:eExXa-fA-FoO+-]+$|^\d{4}-\d\d?-\d\d?[Tt\s]/;
const PLAIN = /^(?:[A-Za-z0-9(](?:[^\n:#"[\]{}&*!|>%@`]|:(?=[^\s:]))*[A-Za-z0-9.)]|[A-Za-z])$/;
const ADDRESS = /^https:\/\/[^\s,[\]{}#"']+$/;
/** What a reviewer cannot see, or takes for an ordinary space. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;
const DATE = /^\d{4}-\d\d-\d\d$/;

/** @param {string} text */
export function scalar(text) {
  const seen = text.search(UNSEEN) < 0;
  if (seen && ADDRESS.test(text)) return text;
  if (seen && PLAIN.test(text) && !WORDS.test(text) && !(/^\d/.test(text) && NUMBERLIKE.test(text))) return text;
  return JSON.stringify(text).replace(UNSEEN, (one) => `\\U${(one.codePointAt(0) ?? 0).toString(16).padStart(8, "0")}`);
}

/**
 * Fields as lines, in their order; a field without a value is left out.
 * @param {Record<string, any>} fields
 * @param {{order: string[], dates: Set<string>}} style `dates` names the fields that hold a day, which stands unquoted
 */
export function lines(fields, style) {
  const names = [...new Set(["id", "name", ...style.order, ...Object.keys(fields)])].filter((name) => !empty(fields[name]));
  return names.flatMap((name) => field(name, fields[name], style));
}

/**
 * The row as an entry of `rows`.
 * @param {Record<string, any>} row
 * @param {{order: string[], dates: Set<string>}} style
 */
export function writeRow(row, style) {
  return lines(row, style).map((line, number) => `${number ? "    " : "  - "}${line}\n`).join("");
}

/** @param {any} value */
export const empty = (value) => value === undefined || value === null || value === "" || (Array.isArray(value) && !value.length);

/**
 * @param {string} name
 * @param {any} value
 * @param {{dates: Set<string>}} style
 */
function field(name, value, style) {
  if (!Array.isArray(value)) return [`${name}: ${single(name, value, style)}`];
  if (value.every((one) => typeof one === "string" && /^[\w.+-]+$/.test(one))) return [`${name}: [${value.map(scalar).join(", ")}]`];
  return [`${name}:`, ...value.flatMap((one) => entry(one, style))];
}

/**
 * @param {any} value
 * @param {{dates: Set<string>}} style
 */
function entry(value, style) {
  if (typeof value !== "object") return [`  - ${scalar(String(value))}`];
  const inner = Object.entries(value).filter(([, one]) => !empty(one));
  return inner.map(([name, one], number) => `  ${number ? "  " : "- "}${name}: ${single(name, one, style)}`);
}

/**
 * @param {string} name
 * @param {any} value
 * @param {{dates: Set<string>}} style
 */
function single(name, value, style) {
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return style.dates.has(name) && DATE.test(value) ? value : scalar(String(value));
}
