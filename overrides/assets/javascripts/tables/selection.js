// @ts-check
/** Ticking rows to compare; the choice lasts while the reader moves between pages. */

import { choose, chosen, comparable, onChoice } from "../choice.js";

/** @param {import("./rows.js").Rows} rows */
export function addSelection(rows) {
  if (!comparable(rows.kind) || rows.all.length < 2) return;
  const boxes = rows.all.map((row) => {
    const id = row.dataset.id ?? "";
    const name = row.cells[0].textContent.trim();
    const box = document.createElement("input");
    box.type = "checkbox";
    box.className = "dd-tick";
    box.dataset.kind = rows.kind;
    box.dataset.choice = id;
    box.setAttribute("aria-label", `Compare ${name}`);
    box.addEventListener("change", () => choose(rows.kind, id, name, box.checked));
    row.cells[0].prepend(box);
    return box;
  });
  const follow = () => {
    const ids = new Set(chosen(rows.kind).map((one) => one.id));
    for (const box of boxes) box.checked = ids.has(box.dataset.choice ?? "");
  };
  onChoice(follow);
  follow();
}
