// @ts-check
/** Two to six rows side by side: `?kind=accelerators&ids=h200-sxm,mi300x`. What differs is marked. */

import { fetchKind, spelled, valueAt } from "./data.js";

const MOST = 6;
const KINDS = ["tools", "accelerators", "models"];
/** Fields that say nothing side by side. */
const LEFT_OUT = new Set(["id", "name", "sources", "aliases", "packages", "note", "path", "reviewed"]);

/** @param {HTMLElement} place */
export async function compare(place) {
  const query = new URLSearchParams(location.search);
  const kind = query.get("kind") ?? "";
  const ids = (query.get("ids") ?? "").split(",").filter((id) => /^[a-z0-9-]+$/.test(id));
  if (!KINDS.includes(kind) || !ids.length) {
    place.replaceChildren(paragraph("Tick two to six rows of any table of tools, accelerators or models, then choose Compare."));
    return;
  }
  place.replaceChildren(paragraph("Loading…"));
  const data = await fetchKind(kind).catch((problem) => void place.replaceChildren(paragraph(`The rows could not be loaded (${problem}). Load the page again to try once more.`)));
  if (!data) return;
  const { columns, rows } = data;
  const all = [...new Set(ids)].flatMap((id) => rows.filter((row) => row.id === id));
  const found = all.slice(0, MOST);
  const unknown = ids.filter((id) => !rows.some((row) => row.id === id));
  if (!found.length) {
    place.replaceChildren(paragraph(`There is no ${kind.slice(0, -1)} called ${unknown.join(", ")}.`));
    return;
  }
  place.replaceChildren(choices(kind, rows, found), side(kind, columns, found), sources(found));
  if (all.length > MOST) place.prepend(paragraph(`At most ${MOST} stand side by side. Left out: ${all.slice(MOST).map((row) => row.name).join(", ")}.`));
  if (unknown.length) place.prepend(paragraph(`Not found: ${unknown.join(", ")}.`));
}

/**
 * A box to add one more, and the way to remove each.
 * @param {string} kind
 * @param {any[]} rows
 * @param {any[]} found
 */
function choices(kind, rows, found) {
  const form = document.createElement("form");
  form.className = "dd-bar";
  const label = document.createElement("label");
  label.textContent = "Add ";
  const input = document.createElement("input");
  input.setAttribute("list", "dd-comparable");
  input.placeholder = "a name";
  const list = document.createElement("datalist");
  list.id = "dd-comparable";
  for (const row of rows) {
    const option = document.createElement("option");
    option.value = row.name;
    list.append(option);
  }
  label.append(input);
  form.append(label, list);
  const differing = document.createElement("button");
  differing.type = "button";
  differing.className = "dd-button";
  differing.textContent = "Only what differs";
  differing.setAttribute("aria-pressed", "false");
  differing.addEventListener("click", () => {
    const on = differing.getAttribute("aria-pressed") !== "true";
    differing.setAttribute("aria-pressed", String(on));
    document.querySelectorAll(".dd-side tr.dd-same").forEach((row) => (/** @type {HTMLElement} */ (row).hidden = on));
  });
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  form.append(differing, said);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const name = input.value.trim();
    const row = rows.find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (!name) said.textContent = "";
    else if (!row) said.textContent = `There is no ${kind.slice(0, -1)} called ${name.slice(0, 60)}. Choose one of the names offered.`;
    else if (found.includes(row)) said.textContent = `${row.name} stands here already.`;
    else if (found.length >= MOST) said.textContent = `At most ${MOST} stand side by side: remove one first.`;
    else go(kind, [...found.map((one) => one.id), row.id]);
  });
  input.addEventListener("change", () => form.requestSubmit());
  return form;
}

/**
 * @param {string} kind
 * @param {string[]} ids
 */
function go(kind, ids) {
  const url = new URL(location.href);
  url.searchParams.set("kind", kind);
  url.searchParams.set("ids", ids.join(","));
  location.assign(url);
}

/**
 * @param {string} kind
 * @param {any[]} columns
 * @param {any[]} rows
 */
function side(kind, columns, rows) {
  const box = document.createElement("div");
  box.className = "dd-scroll";
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", "Comparison");
  const table = document.createElement("table");
  table.className = "dd-side";
  const head = table.createTHead().insertRow();
  head.append(cell("th", "Field", "col"));
  for (const row of rows) {
    const one = cell("th", "", "col");
    const link = document.createElement("a");
    link.href = new URL(kind === "tools" ? `../tools/${row.id}/` : `../../${row.page}#${row.id}`, location.href).href;
    link.textContent = row.name;
    one.append(link);
    if (rows.length > 1) {
      const remove = document.createElement("button");
      remove.type = "button";
      remove.className = "dd-remove";
      remove.textContent = "×";
      remove.setAttribute("aria-label", `Remove ${row.name}`);
      remove.addEventListener("click", () => go(kind, rows.filter((other) => other !== row).map((other) => other.id)));
      one.append(remove);
    }
    head.append(one);
  }
  const body = table.createTBody();
  for (const column of columns) {
    if (LEFT_OUT.has(column.path)) continue;
    const values = rows.map((row) => spelled(valueAt(row, column.path), column.names));
    if (values.every((value) => value.text === "·")) continue;
    const line = body.insertRow();
    const title = cell("th", column.title, "row");
    if (column.unit) title.append(" ", small(column.unit));
    if (column.description) title.title = column.description;
    line.append(title);
    const same = new Set(values.map((value) => value.text)).size === 1;
    line.className = same ? "dd-same" : "dd-differs";
    for (const value of values) {
      const one = line.insertCell();
      one.textContent = value.text;
      if (column.numeric) one.className = "dd-num";
      if (value.missing) one.classList.add("dd-unknown");
      if (value.note) one.title = value.note;
    }
  }
  box.append(table);
  return box;
}

/** @param {any[]} rows */
function sources(rows) {
  const list = document.createElement("dl");
  list.className = "dd-side-sources";
  for (const row of rows) {
    const term = document.createElement("dt");
    term.textContent = `Sources of ${row.name}`;
    const text = document.createElement("dd");
    for (const source of row.sources ?? []) {
      const address = typeof source === "string" ? "" : source.url;
      if (!address || !/^https:\/\//.test(address)) continue;
      const link = document.createElement("a");
      link.href = address;
      link.rel = "noopener";
      link.textContent = source.title ?? new URL(address).hostname;
      text.append(link, " ");
    }
    list.append(term, text);
  }
  return list;
}

/**
 * @param {string} tag
 * @param {string} text
 * @param {"col" | "row"} scope
 */
function cell(tag, text, scope) {
  const made = /** @type {HTMLTableCellElement} */ (document.createElement(tag));
  made.scope = scope;
  made.textContent = text;
  return made;
}

/** @param {string} text */
function small(text) {
  const made = document.createElement("span");
  made.className = "dd-unit";
  made.textContent = text;
  return made;
}

/** @param {string} text */
function paragraph(text) {
  const made = document.createElement("p");
  made.textContent = text;
  return made;
}
