// @ts-check
/** Sorting by one column or several: a click sorts, Shift and a click adds a column. */

import { element } from "./enhance.js";

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** @typedef {{field: string, down: boolean}} Key */
/** @typedef {{keys: () => Key[], use: (keys: Key[]) => void}} Sorting */

/** @param {string} text an order as the address has it @returns {Key[]} */
export function read(text) {
  const parts = text.split(",").filter(Boolean);
  return parts.map((part) => ({ field: part.replace(/^-/, ""), down: part.startsWith("-") }));
}

/** @param {Key[]} order */
export const written = (order) => order.map(({ field, down }) => (down ? "-" : "") + field).join(",");

/**
 * Tells by the event "dd-sorted" of the table that its order or its heads are others.
 * @param {import("./rows.js").Rows} rows
 * @param {import("./state.js").State} state
 * @returns {Sorting}
 */
export function addSorting(rows, state) {
  let order = read(state.get("sort"));
  /** @param {Key[]} keys */
  const use = (keys) => {
    order = keys;
    state.set("sort", written(order));
    sort();
  };
  /** @param {HTMLTableCellElement} head */
  const prepare = (head) => {
    if (head.querySelector(".dd-sort")) return;
    const button = /** @type {HTMLButtonElement} */ (element("button", "dd-sort"));
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", (event) => use(next(order, head, event.shiftKey)));
  };
  const sort = () => {
    const heads = rows.heads;
    heads.forEach((head) => {
      const place = order.findIndex(({ field }) => field === head.dataset.field);
      if (place < 0) head.removeAttribute("aria-sort");
      else head.setAttribute("aria-sort", order[place].down ? "descending" : "ascending");
      const button = /** @type {HTMLElement} */ (head.querySelector(".dd-sort"));
      if (place >= 0 && order.length > 1) button.dataset.rank = String(place + 1);
      else delete button.dataset.rank;
    });
    const keys = order
      .map(({ field, down }) => ({ column: heads.findIndex((head) => head.dataset.field === field), down }))
      .filter(({ column }) => column >= 0)
      .map(({ column, down }) => ({ numeric: heads[column].classList.contains("dd-num"), column, sign: down ? -1 : 1 }));
    rows.arrange(keys.length ? sorted(rows.all, keys) : rows.all);
    rows.table.dispatchEvent(new Event("dd-sorted"));
  };
  rows.heads.forEach(prepare);
  rows.table.addEventListener("dd-columns", () => {
    const heads = rows.heads;
    heads.forEach(prepare);
    // A column that is gone sorts nothing.
    use(order.filter(({ field }) => heads.some((head) => head.dataset.field === field)));
  });
  if (order.length) sort();
  return { keys: () => order, use };
}

/**
 * Numbers are mostly wanted largest first, words from A on; the third click restores the page's order.
 * @param {Key[]} order
 * @param {HTMLTableCellElement} head
 * @param {boolean} further
 * @returns {Key[]}
 */
function next(order, head, further) {
  const field = head.dataset.field ?? "";
  const first = head.classList.contains("dd-num");
  const now = order.find((one) => one.field === field);
  const changed = !now ? { field, down: first } : now.down === first ? { field, down: !first } : null;
  if (!further) return changed ? [changed] : [];
  if (!now) return changed ? [...order, changed] : order;
  return order.flatMap((one) => (one.field !== field ? [one] : changed ? [changed] : []));
}

/**
 * @param {HTMLTableRowElement[]} rows
 * @param {{numeric: boolean, column: number, sign: number}[]} keys
 */
function sorted(rows, keys) {
  const keyed = rows.map((row) => ({ row, values: keys.map(({ column, numeric }) => value(row.cells[column], numeric)) }));
  keyed.sort((a, b) => {
    for (const [index, { numeric, sign }] of keys.entries()) {
      const [one, other] = [a.values[index], b.values[index]];
      if (one.missing !== other.missing) return one.missing ? 1 : -1; // what is not known comes last either way
      const difference = numeric ? one.number - other.number : collator.compare(one.text, other.text);
      if (difference) return sign * difference;
    }
    return 0;
  });
  return keyed.map(({ row }) => row);
}

/**
 * @param {HTMLTableCellElement} cell
 * @param {boolean} numeric
 */
function value(cell, numeric) {
  const text = cell.dataset.sort ?? cell.textContent.trim();
  const missing = numeric ? cell.dataset.sort === undefined : ["", "·", "?", "—"].includes(text);
  return { text, number: Number(text), missing };
}
