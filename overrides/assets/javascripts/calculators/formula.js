// @ts-check
/** Formulas as text: `{name}` stands for an input or an earlier result, in symbols or with the numbers put in. */

import { figure } from "../data.js";

/**
 * One line of a result. `formula` names what goes in; `value` was computed from it.
 * @typedef {{id: string, label: string, symbol?: string, formula: string, value: number, unit: string, note?: string}} Line
 */

/** @param {number} value to four digits, as a calculator may promise */
export function rounded(value) {
  if (!Number.isFinite(value)) return "∞";
  if (Number.isInteger(value) && Math.abs(value) < 1e7) return figure(value);
  if (value !== 0 && (Math.abs(value) >= 1e9 || Math.abs(value) < 1e-4)) {
    const [head, power] = value.toExponential(3).split("e");
    return `${Number(head)} · 10${superscript(Number(power))}`;
  }
  return figure(Number(value.toPrecision(4)));
}

/** @param {number} power */
const superscript = (power) => String(power).replace(/./g, (digit) => ({ "-": "⁻" })[digit] ?? "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]);

/**
 * @param {string} formula
 * @param {Record<string, string>} symbols
 */
export const inSymbols = (formula, symbols) => formula.replace(/\{(\w+)\}/g, (_, name) => symbols[name] ?? name);

/**
 * @param {string} formula
 * @param {Record<string, number>} values
 */
export const inNumbers = (formula, values) => formula.replace(/\{(\w+)\}/g, (_, name) => rounded(values[name]));
