// @ts-check
/** A calculator in the page: inputs from the tables or typed, results with their formulas, the state in the address. */

import { address, showAddress } from "../address.js";
import { fetchTable, numberAt } from "../data.js";
import { inNumbers, inSymbols, rounded } from "./formula.js";

/**
 * `model` and `device` name the field that fills the input, `or` the one that stands in for it, `absent` what a row without it means; `within` the input before it of which it is a part.
 * @typedef {{id: string, label: string, symbol: string, unit: string, value?: number, model?: string, device?: string, or?: string, absent?: number, within?: string,
 *   least?: number, most?: number, whole?: boolean, options?: [number, string][]}} Input
 */
/**
 * @typedef {{model?: string, device?: string, suits?: (model: any) => boolean,
 *   inputs: Input[], compute: (values: Record<string, number>) => import("./formula.js").Line[]}} Calculator
 */

/** Each is fetched when a page shows it. @type {Record<string, () => Promise<{default: Calculator}>>} */
const CALCULATORS = {
  checkpoint: () => import("./checkpoint.js"),
  collective: () => import("./collective.js"),
  generation: () => import("./generation.js"),
  "kv-cache": () => import("./kv-cache.js"),
  "training-memory": () => import("./training-memory.js"),
  "training-run": () => import("./training-run.js"),
};

const DEVICE_TABLES = ["hardware/accelerators", "hardware/asic-accelerators", "hardware/edge-accelerators"];

/** @param {HTMLElement} place */
export async function show(place) {
  const name = place.dataset.ddCalculator ?? "";
  try {
    const { default: calculator } = await CALCULATORS[name]();
    const tables = { model: ["training/models"], device: DEVICE_TABLES };
    /** @type {Record<string, any[]>} */
    const rows = {};
    for (const [kind, names] of Object.entries(tables)) {
      if (!calculator.inputs.some((/** @type {Input} */ input) => inputField(input, kind))) continue;
      rows[kind] = (await Promise.all(names.map(fetchTable))).flatMap((table) => table.rows);
    }
    rows.model = rows.model?.filter((row) => !calculator.suits || calculator.suits(row));
    build(place, name, calculator, rows);
  } catch (problem) {
    place.querySelector("p")?.replaceChildren(`The calculator could not be loaded (${problem}).`);
  }
}

/**
 * @param {HTMLElement} place
 * @param {string} name
 * @param {Calculator} calculator
 * @param {Record<string, any[]>} rows that may fill the inputs, by kind
 */
function build(place, name, calculator, rows) {
  const form = document.createElement("form");
  form.className = "dd-calculator-inputs";
  const results = document.createElement("dl");
  results.className = "dd-results";
  const spoken = document.createElement("div");
  spoken.setAttribute("role", "status");
  spoken.setAttribute("aria-label", "Results");
  spoken.append(results);
  /** @type {Map<string, HTMLInputElement | HTMLSelectElement>} */
  const fields = new Map();
  /** @type {Record<string, string>} */
  const asked = { model: calculator.model ?? "", device: calculator.device ?? "" };
  const query = new URLSearchParams(location.search);

  /** Rows that have every figure the calculator wants, by kind. @type {Record<string, any[]>} */
  const known = {};
  for (const kind of ["model", "device"]) {
    if (!rows[kind]) continue;
    known[kind] = rows[kind].filter((row) => calculator.inputs.every((input) => !inputField(input, kind) || found(row, input, kind) !== null));
    const box = document.createElement("select");
    box.append(new Option("typed by hand", ""), ...known[kind].map((row) => new Option(row.name, row.id)));
    box.value = query.get(`${name}.${kind}`) ?? asked[kind];
    if (box.selectedIndex < 0) box.value = "";
    box.addEventListener("change", () => (fill(kind, box.value), update()));
    fields.set(kind, box);
    form.append(labelled(kind === "model" ? "Model" : "Device", "", box));
  }

  /** @param {string} kind @param {string} id */
  const fill = (kind, id) => {
    const row = known[kind]?.find((one) => one.id === id);
    if (!row) return;
    for (const input of calculator.inputs) {
      const value = inputField(input, kind) ? found(row, input, kind) : null;
      if (value !== null) /** @type {HTMLInputElement} */ (fields.get(input.id)).value = String(value);
    }
  };

  for (const input of calculator.inputs) {
    const field = control(input);
    fields.set(input.id, field);
    form.append(labelled(input.label, `${input.symbol}${input.unit ? `, ${input.unit}` : ""}`, field));
    field.addEventListener("input", () => {
      const kind = input.model ? "model" : input.device ? "device" : "";
      if (kind) /** @type {HTMLSelectElement} */ (fields.get(kind)).value = "";
      update();
    });
  }
  for (const kind of Object.keys(known)) fill(kind, asked[kind]);
  // What a reader sees who changed nothing; only what differs goes into the address.
  const usual = new Map([...fields].map(([id, field]) => [id, asked[id] ?? field.value]));
  for (const kind of Object.keys(known)) fill(kind, fields.get(kind)?.value ?? "");
  for (const input of calculator.inputs) {
    const kept = query.get(`${name}.${input.id}`);
    if (kept !== null && valid(input, number(kept))) /** @type {HTMLInputElement} */ (fields.get(input.id)).value = String(number(kept));
  }

  function update() {
    /** @type {Record<string, number>} */
    const values = {};
    const wrong = [];
    for (const input of calculator.inputs) {
      const field = /** @type {HTMLInputElement} */ (fields.get(input.id));
      const value = number(field.value);
      const most = Math.min(input.most ?? Infinity, values[input.within ?? ""] ?? Infinity);
      const good = valid({ ...input, most }, value);
      field.setAttribute("aria-invalid", String(!good));
      if (good) values[input.id] = value;
      else wrong.push(`${input.label}: ${input.whole ? "a whole number" : "a number"} from ${rounded(input.least ?? 0)} to ${rounded(most)}.`);
    }
    remember();
    if (wrong.length) {
      const said = document.createElement("dd");
      said.textContent = wrong.join(" ");
      results.replaceChildren(said);
      return;
    }
    const lines = calculator.compute(values);
    const symbols = Object.fromEntries([...calculator.inputs, ...lines].map((one) => [one.id, one.symbol ?? one.label]));
    const numbers = { ...values, ...Object.fromEntries(lines.map((line) => [line.id, line.value])) };
    results.replaceChildren(...lines.flatMap((line) => entry(line, symbols, numbers)));
  }

  function remember() {
    const url = address();
    for (const [id, field] of fields) {
      const key = `${name}.${id}`;
      const filled = calculator.inputs.some((input) => input.id === id && ((input.model && fields.get("model")?.value) || (input.device && fields.get("device")?.value)));
      if (field.value === usual.get(id) || filled) url.searchParams.delete(key);
      else url.searchParams.set(key, field.value);
    }
    showAddress(url);
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  place.replaceChildren(form, spoken);
  update();
}

/** @param {Input} input @param {string} kind */
const inputField = (input, kind) => (kind === "model" ? input.model : input.device);

/**
 * @param {any} row
 * @param {Input} input
 * @param {string} kind
 */
const found = (row, input, kind) => numberAt(row, inputField(input, kind) ?? "") ?? (input.or ? numberAt(row, input.or) : null) ?? input.absent ?? null;

/** @param {string} text for which JavaScript would say 0 when there is nothing in it */
const number = (text) => (text.trim() ? Number(text) : NaN);

/** @param {Input} input @param {number} value */
function valid(input, value) {
  if (input.options) return input.options.some(([one]) => one === value);
  return Number.isFinite(value) && value >= (input.least ?? 0) && value <= (input.most ?? Infinity) && (!input.whole || Number.isInteger(value));
}

/** @param {Input} input */
function control(input) {
  if (input.options) {
    const box = document.createElement("select");
    for (const [value, text] of input.options) box.append(new Option(text, String(value), false, value === input.value));
    return box;
  }
  const field = document.createElement("input");
  field.type = "text";
  field.inputMode = "decimal";
  field.autocomplete = "off";
  field.size = 9;
  field.value = input.value === undefined ? "" : String(input.value);
  return field;
}

/**
 * @param {string} text
 * @param {string} quiet
 * @param {HTMLElement} field
 */
function labelled(text, quiet, field) {
  const label = document.createElement("label");
  const name = document.createElement("span");
  name.textContent = text;
  if (quiet) {
    const more = document.createElement("span");
    more.className = "dd-quiet";
    more.textContent = ` ${quiet}`;
    name.append(more);
  }
  label.append(name, field);
  // A label around a list of choices would be named after all of them.
  field.setAttribute("aria-label", name.textContent ?? text);
  return label;
}

/**
 * @param {import("./formula.js").Line} line
 * @param {Record<string, string>} symbols
 * @param {Record<string, number>} numbers
 */
function entry(line, symbols, numbers) {
  const term = document.createElement("dt");
  term.textContent = line.label + (line.symbol ? ` ${line.symbol}` : "");
  const value = document.createElement("dd");
  value.className = "dd-result-value";
  value.dataset.result = line.id;
  const output = document.createElement("output");
  output.textContent = `${rounded(line.value)}${line.unit ? ` ${line.unit}` : ""}`;
  value.append(output);
  const how = document.createElement("dd");
  how.className = "dd-result-formula";
  for (const written of new Set([inSymbols(line.formula, symbols), inNumbers(line.formula, numbers)])) {
    const code = document.createElement("code");
    code.textContent = `= ${written}`;
    how.append(code);
  }
  if (line.note) how.append(line.note);
  return [term, value, how];
}
