// @ts-check
/** The marks of a plot's groups. They differ in form before they differ in colour, and a legend names them. */

import { node } from "./drawing.js";

const COLOURS = 6;
const R = 5;

/** Each around the origin; the second round of groups has the same forms hollow. @type {[string, Record<string, string | number>][]} */
const FORMS = [
  ["circle", { r: R }],
  ["rect", { x: 0.5 - R, y: 0.5 - R, width: 2 * R - 1, height: 2 * R - 1 }],
  ["path", { d: "M0 -6L6 5H-6Z" }],
  ["path", { d: "M0 -6.5L6.5 0L0 6.5L-6.5 0Z" }],
  ["path", { d: "M0 6L6 -5H-6Z" }],
  ["path", { d: "M-2 -6H2V-2H6V2H2V6H-2V2H-6V-2H-2Z" }],
  ["path", { d: "M-6 -6L0 -2.5L6 -6L2.5 0L6 6L0 2.5L-6 6L-2.5 0Z" }],
];

/**
 * @param {number} series the place of a group; none is -1
 * @returns {string} the classes that give a mark its colour and its filling
 */
export function styled(series) {
  const place = Math.max(series, 0);
  return `dd-series-${(place % COLOURS) + 1}${Math.floor(place / FORMS.length) % 2 ? " dd-hollow" : ""}`;
}

/**
 * @param {number} series
 * @param {number} x
 * @param {number} y
 */
export function shape(series, x, y) {
  const [tag, form] = FORMS[Math.max(series, 0) % FORMS.length];
  return node(tag, { ...form, transform: `translate(${x} ${y})` });
}

/**
 * @param {string[]} names of all groups, in the order of their marks
 * @param {Set<string>} present the groups that the plot shows
 */
export function legend(names, present) {
  const list = document.createElement("ul");
  list.className = "dd-legend-list dd-marks";
  for (const [series, name] of names.entries()) {
    if (!present.has(name)) continue;
    const key = node("svg", { viewBox: "-8 -8 16 16", class: `dd-key ${styled(series)}`, "aria-hidden": "true" });
    key.append(shape(series, 0, 0));
    const item = document.createElement("li");
    item.append(key, ` ${name}`);
    list.append(item);
  }
  return list;
}
