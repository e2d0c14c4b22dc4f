// @ts-check
/** Ticking rows to compare; the choice lasts while the reader moves between pages. */

import { choose, chosen, comparable } from "../choice.js";

/** @param {import("./rows.js").Rows} rows */
export function addSelection(rows) {
  if (!comparable(rows.kind) || rows.all.length < 2) return;
  for (const row of rows.all) {
    const id = row.dataset.id ?? "";
    const name = row.cells[0].textContent.trim();
    const box = document.createElement("input");
    box.type = "checkbox";
    box.className = "dd-tick";
    box.dataset.kind = rows.kind;
    box.dataset.choice = id;
    box.setAttribute("aria-label", `Compare ${name}`);
    box.checked = chosen(rows.kind).some((one) => one.id === id);
    box.addEventListener("change", () => {
      box.checked = choose(rows.kind, id, name, box.checked);
    });
    row.cells[0].prepend(box);
  }
}
