// @ts-check
/** The form for a new tool, or with `?tool=` for a changed row: generated from the schema, checked while it is filled. */

import { fetchData, fetchFile, fetchTable } from "../data.js";
import { control } from "./controls.js";
import { forget, keep, recall } from "./draft.js";
import { dayFields, fieldsOf } from "./fields.js";
import { changed } from "./github.js";
import { proposeId } from "./ids.js";
import { outcome } from "./outcome.js";
import { broken } from "./rules.js";
import { faults } from "./schema.js";
import { datalists, groupedCategories, tablesOf } from "./suggestions.js";
import { HINTS, inWords } from "./words.js";
import { empty } from "./yaml.js";

/** @param {HTMLElement} place */
export async function propose(place) {
  const asked = new URLSearchParams(location.search).get("tool") ?? "";
  try {
    const [schema, known, names] = await Promise.all([fetchData("schema/tools.schema.json"), fetchFile("assets/propose.json"), fetchFile("assets/names.json")]);
    const tools = toolsOf(names);
    const present = asked && tools.has(asked) ? await presentRow(asked) : null;
    build(place, { schema, known, tools, present });
    if (asked && !present) place.prepend(paragraph(`There is no tool with the id “${asked.slice(0, 60)}”. This is the form for a new one.`));
  } catch (problem) {
    place.replaceChildren(paragraph(`The form could not be loaded (${problem}). The issue form New tool of the repository asks the same questions.`));
  }
}

/** @typedef {{schema: any, known: any, tools: Map<string, {name: string, also: string[]}>, present: {row: Record<string, any>, table: string} | null}} Given */

/**
 * @param {HTMLElement} place
 * @param {Given} given
 */
function build(place, { schema, known, tools, present }) {
  const today = new Date().toISOString().slice(0, 10);
  const own = present?.row.id ?? "";
  const style = { order: known.order, dates: dayFields(schema) };
  const form = document.createElement("form");
  form.id = "dd-propose-form";
  form.noValidate = true;
  form.className = "dd-propose-form";
  const more = document.createElement("details");
  /** @type {Map<string, import("./controls.js").Control>} */
  const controls = new Map();
  const lists = datalists(known, tools);

  /** @param {Partial<import("./controls.js").Asked> & import("./fields.js").Field} field */
  const add = (field) => {
    const made = control({ hint: HINTS[field.name] ?? "", list: lists.of(field.name, field.points), ...field });
    controls.set(field.name, made);
    (field.first ? form : more).append(made.element);
  };
  const fields = fieldsOf(schema, known).filter((field) => present || field.name !== "reviewed");
  for (const field of fields) {
    if (field.name !== "category") add(field);
    else {
      add({ ...field, kind: "choice", groups: groupedCategories(known) });
      if (!present) add({ ...field, name: "table", title: "Table", kind: "choice", groups: tablesOf(known), hint: "The file the row will stand in; the category suggests it." });
    }
  }
  const summary = document.createElement("summary");
  summary.textContent = `More fields, all optional (${more.children.length})`;
  more.prepend(summary);
  form.append(more, ...lists.elements);

  const said = document.createElement("p");
  said.className = "dd-propose-spoken";
  said.setAttribute("role", "status");
  const notice = document.createElement("p");
  notice.className = "dd-propose-notice";
  notice.setAttribute("role", "status");
  const result = outcome({ known, style, present, tools });
  const columns = document.createElement("div");
  columns.className = "dd-propose-columns";
  columns.append(form, result.element);
  place.replaceChildren(...(present ? [introduction(present)] : []), notice, said, columns);

  /** Fields whose faults are shown: those that somebody touched. */
  const touched = new Set();
  let ownId = Boolean(present);
  let ownTable = false;
  /** @type {import("./rules.js").Finding[]} */
  let findings = [];

  const table = () => present?.table ?? controls.get("table")?.read() ?? "";
  const readRow = () => {
    /** @type {Record<string, any>} */
    const row = {};
    for (const field of fields) {
      const value = controls.get(field.name)?.read();
      if (!empty(value)) row[field.name] = value;
    }
    return present ? row : { ...row, reviewed: today };
  };

  /** @param {Record<string, any>} row @returns {import("./rules.js").Finding[]} */
  const judge = (row) => {
    const bySchema = faults(schema.$defs.Tool, row, schema).map((fault) => {
      const name = String(fault.path[0] ?? fault.wanted[0]);
      const field = fields.find((one) => one.name === name);
      return { field: name, said: field ? inWords(fault, field) : "This field is not known." };
    });
    return [...bySchema, ...broken(row, { known, tools, table: table(), own, today })].map((one) => (controls.has(one.field) ? one : { ...one, field: "category" }));
  };

  const update = () => {
    const since = controls.get("status_since");
    const status = controls.get("status")?.read();
    if (since) since.element.hidden = (!status || status === "active") && !since.read();
    const row = readRow();
    findings = judge(row);
    for (const [name, one] of controls) one.show(touched.has(name) ? findings.filter((finding) => finding.field === name) : []);
    const wrong = findings.filter((one) => !one.mild);
    const titles = [...controls.keys()].filter((name) => wrong.some((one) => one.field === name)).map((name) => fields.find((field) => field.name === name)?.title ?? "Table");
    result.show(row, table(), titles);
  };

  let timer = 0;
  /** Tell those who do not see it what became of a field, once the typing rests. @param {string} name */
  const tell = (name) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      const title = fields.find((field) => field.name === name)?.title ?? "Table";
      const fault = findings.find((one) => one.field === name && !one.mild) ?? findings.find((one) => one.field === name);
      said.textContent = fault ? `${title}: ${fault.said}` : `${title}: good.`;
    }, 700);
  };

  form.addEventListener("input", (event) => {
    const name = /** @type {HTMLElement} */ (event.target).closest("[data-field]")?.getAttribute("data-field") ?? "";
    touched.add(name);
    if (name === "id") ownId = controls.get("id")?.read() !== "";
    if (name === "table") ownTable = true;
    if (name === "name" && !ownId) controls.get("id")?.write(proposeId(controls.get("name")?.read(), tools));
    if (name === "category") explain();
    if (name === "license" && controls.get("openness")?.read()) touched.add("openness");
    update();
    keep(own, readRow(), table());
    tell(name);
  });
  form.addEventListener("focusout", (event) => {
    const target = /** @type {HTMLElement} */ (event.target).closest("[data-field]");
    const next = event.relatedTarget instanceof Element ? event.relatedTarget.closest("[data-field]") : null;
    if (!target || target === next || !(event.relatedTarget instanceof Element)) return;
    touched.add(target.getAttribute("data-field"));
    update();
  });

  const explain = () => {
    const category = known.categories.find((/** @type {any} */ one) => one.id === controls.get("category")?.read());
    controls.get("category")?.hint(category ? `${category.summary} Not here: ${category.excludes}` : "What it is, in the layer it belongs to.");
    if (category && !ownTable) controls.get("table")?.write(category.table);
  };

  const start = () => {
    const draft = recall(own);
    const row = draft?.row ?? present?.row ?? { status: "active" };
    for (const field of fields) controls.get(field.name)?.write(row[field.name]);
    if (draft && !present) controls.get("table")?.write(draft.table);
    ownId = Boolean(present) || Boolean(row.id && row.id !== proposeId(String(row.name ?? ""), tools));
    ownTable = Boolean(draft?.table);
    if (draft && (!present || changed(present.row, draft.row).length)) notice.textContent = "Your draft of this tab is back; “Start again” empties it.";
    touched.clear();
    explain();
    update();
  };
  const id = controls.get("id")?.element.querySelector("input");
  if (present && id) id.readOnly = true;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const wrong = [...controls.values()].find((one) => findings.some((finding) => finding.field === one.name && !finding.mild));
    if (!wrong) {
      result.send();
      return;
    }
    for (const name of controls.keys()) touched.add(name);
    update();
    if (more.contains(wrong.element)) more.open = true;
    wrong.focus();
    wrong.element.scrollIntoView({ block: "center" });
  });
  result.again.addEventListener("click", () => {
    forget(own);
    ownTable = false;
    start();
    notice.textContent = "The form is as it was at first.";
    controls.get("name")?.focus();
  });
  start();
}

/**
 * Tools by id, with the names they are found by.
 * @param {string[][]} names
 */
function toolsOf(names) {
  return new Map(
    names.filter(([, type]) => type === "tool").map(([name, , address, also]) => {
      const id = address.split("/").filter(Boolean).pop() ?? "";
      return [id, { name, also: also.split("|").filter((one) => one && one !== id) }];
    }),
  );
}

/**
 * A row as its table holds it. It stands in a table of its layer, which the copy without a network holds as well.
 * @param {string} id
 */
async function presentRow(id) {
  const index = await fetchData("index.json");
  const layer = index.tools.find((/** @type {any} */ one) => one.id === id)?.layer;
  const ids = index.tables.filter((/** @type {any} */ one) => one.kind === "tools" && one.layer === layer).map((/** @type {any} */ one) => one.id);
  const tables = await Promise.all(ids.map(fetchTable));
  for (const table of tables) {
    const row = table.rows.find((/** @type {any} */ one) => one.id === id);
    if (row) return { row: asWritten(row), table: table.id };
  }
  throw new Error(`no table holds ${id}`);
}

/**
 * A row of the API in the words of its table: a source that is only an address is written as one.
 * @param {any} row
 */
export function asWritten(row) {
  const bare = (/** @type {any} */ one) => typeof one === "object" && Object.keys(one).length === 1;
  return { ...row, sources: row.sources.map((/** @type {any} */ one) => (bare(one) ? one.url : one)) };
}

/** @param {{row: Record<string, any>, table: string}} present */
function introduction({ row, table }) {
  const said = paragraph("");
  said.className = "dd-propose-changes";
  const fresh = document.createElement("a");
  fresh.href = location.pathname;
  fresh.textContent = "Propose a new tool instead";
  const name = document.createElement("strong");
  name.textContent = row.name;
  said.append("You are changing the row of ", name, ` in docs/${table}.yml. Mend what is wrong and add a source that shows what is right. `, fresh, ".");
  return said;
}

/** @param {string} text */
function paragraph(text) {
  const made = document.createElement("p");
  made.textContent = text;
  return made;
}
