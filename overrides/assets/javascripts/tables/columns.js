// @ts-check
/** Which columns a table shows: any field of its kind, taken from the data when the page does not hold it. */

import { element } from "./enhance.js";
import { numberAt, spelled, valueAt } from "../data.js";

/**
 * @param {HTMLElement} _ the menu
 * @param {import("./rows.js").Rows} rows
 * @param {import("./state.js").State} state
 * @returns {import("./enhance.js").Fill}
 */
export function columns(_, rows, state) {
  const written = rows.heads.map((head) => head.dataset.field ?? "");
  const shown = new Set((state.get("cols") || written.join(",")).split(","));
  shown.add(written[0]);

  const use = async () => {
    const wanted = [...shown];
    state.set("cols", wanted.join(",") === written.join(",") ? "" : wanted.join(","));
    const missing = wanted.filter((field) => !rows.heads.some((head) => head.dataset.field === field));
    if (missing.length) {
      const { columns, rows: data } = await rows.data();
      missing.forEach((field) => append(rows, columns.find((/** @type {any} */ one) => one.path === field), data));
    }
    for (const head of rows.heads) {
      const field = head.dataset.field ?? "";
      const hide = !shown.has(field);
      if (hide && !written.includes(field)) {
        remove(rows, head);
        continue;
      }
      head.hidden = hide;
      for (const row of rows.all) row.cells[head.cellIndex].hidden = hide;
    }
    rows.texts.clear();
    rows.table.dispatchEvent(new Event("dd-columns"));
    rows.apply();
  };

  if (state.get("cols")) use();
  return async (panel) => {
    const { columns } = await rows.data();
    panel.classList.add("dd-chooser");
    for (const column of columns) {
      if (["id", "sources"].includes(column.path)) continue;
      const label = element("label");
      const box = /** @type {HTMLInputElement} */ (element("input"));
      box.type = "checkbox";
      box.checked = shown.has(column.path);
      box.disabled = column.path === written[0];
      label.append(box, ` ${column.title}${column.unit ? ` (${column.unit})` : ""}`);
      if (column.description) label.title = column.description;
      box.addEventListener("change", () => {
        if (box.checked) shown.add(column.path);
        else shown.delete(column.path);
        use();
      });
      panel.append(label);
    }
  };
}

/**
 * @param {import("./rows.js").Rows} rows
 * @param {any} column
 * @param {Map<string, any>} data
 */
function append(rows, column, data) {
  if (!column) return;
  const head = document.createElement("th");
  head.scope = "col";
  head.dataset.field = column.path;
  head.className = column.numeric ? "dd-num" : "";
  head.title = column.description ?? "";
  head.append(column.title);
  if (column.unit) head.append(" ", element("span", "dd-unit", column.unit));
  rows.headRow.append(head);
  for (const row of rows.all) {
    const cell = row.insertCell();
    const record = data.get(row.dataset.id ?? "");
    const { text, note, missing } = spelled(valueAt(record, column.path), column.names);
    cell.textContent = text;
    cell.dataset.label = head.textContent;
    if (column.numeric) cell.className = "dd-num";
    if (missing) cell.classList.add("dd-unknown");
    if (note) cell.title = note;
    const number = numberAt(record, column.path);
    if (number !== null) cell.dataset.sort = String(number);
  }
}

/**
 * What the page does not hold goes altogether: hidden, it would still be searched and sorted by, which no address tells.
 * @param {import("./rows.js").Rows} rows
 * @param {HTMLTableCellElement} head
 */
function remove(rows, head) {
  const place = head.cellIndex;
  head.remove();
  for (const row of rows.all) row.deleteCell(place);
}
