// @ts-check
/** The controls of a form: one field each, with its hint, its value, and what is wrong with it. */
import { lineEntry, ofEntries, sourceEntry } from "./entries.js";
import { framed } from "./frame.js";
import { plainTyping, tidy } from "./inputs.js";

/**
 * @typedef {{name: string, element: HTMLElement, read: () => any, write: (value: any) => void,
 *   show: (faults: {said: string, mild?: boolean, tool?: string}[]) => void, hint: (text: string) => void, focus: () => void}} Control
 */
/** @typedef {import("./fields.js").Field & {hint: string, list: string, groups?: [string, [string, string][]][]}} Asked */

/** @param {Asked} field @returns {Control} */
export function control(field) {
  if (field.kind === "choices") return ofWords(field);
  if (field.kind === "lines") return ofEntries(field, lineEntry);
  if (field.kind === "sources") return ofEntries(field, sourceEntry);
  return single(field);
}

/** @param {Asked} field @returns {Control} */
function single(field) {
  const input = field.kind === "choice" ? select(field) : field.long ? document.createElement("textarea") : document.createElement("input");
  if (input instanceof HTMLInputElement) {
    input.type = field.kind === "day" ? "date" : "text";
    if (field.list) input.setAttribute("list", field.list);
  }
  if (input instanceof HTMLTextAreaElement) input.rows = 3;
  if (!(input instanceof HTMLSelectElement)) plainTyping(input);
  input.id = `dd-propose-${field.name}`;
  const frame = framed("div", field, input);
  const count = document.createElement("span");
  count.className = "dd-propose-count";
  count.setAttribute("aria-hidden", "true");
  if (field.longest < Infinity) frame.label.append(count);
  const measure = () => (count.textContent = `${[...tidy(input.value)].length} of ${field.longest}`);
  input.addEventListener("input", measure);
  measure();
  return {
    ...frame.control,
    read: () => tidy(input.value),
    write: (value) => ((input.value = value === undefined ? "" : String(value)), measure()),
    focus: () => input.focus(),
  };
}

/** @param {Asked} field */
function select(field) {
  const box = document.createElement("select");
  box.append(new Option(field.needed ? "choose" : "not recorded", ""));
  for (const [title, options] of field.groups ?? []) {
    const group = document.createElement("optgroup");
    group.label = title;
    group.append(...options.map(([value, text]) => new Option(text, value)));
    box.append(group);
  }
  if (!field.groups) box.append(...field.options.map((word) => new Option(word, word)));
  return box;
}

/** @param {Asked} field @returns {Control} */
function ofWords(field) {
  const boxes = field.options.map((word) => {
    const box = document.createElement("input");
    box.type = "checkbox";
    box.value = word;
    const label = document.createElement("label");
    label.append(box, ` ${word}`);
    return { box, label };
  });
  const group = document.createElement("div");
  group.className = "dd-propose-words";
  group.append(...boxes.map(({ label }) => label));
  /** The order in which a row held its words stays. @type {string[]} */
  let order = [];
  /** @param {string} word */
  const rank = (word) => (order.includes(word) ? order.indexOf(word) : order.length);
  return {
    ...framed("fieldset", field, group).control,
    read: () => boxes.filter(({ box }) => box.checked).map(({ box }) => box.value).sort((a, b) => rank(a) - rank(b)),
    write: (value) => {
      order = Array.isArray(value) ? value : [];
      boxes.forEach(({ box }) => (box.checked = order.includes(box.value)));
    },
    focus: () => boxes[0]?.box.focus(),
  };
}
