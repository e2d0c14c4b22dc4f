// @ts-check
/** Tables: sort by a column, filter by text. The HTML is complete without this. */

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** @param {HTMLElement} box the element around one table */
export function enhance(box) {
  const table = /** @type {HTMLTableElement} */ (box.querySelector("table"));
  const rows = /** @type {HTMLTableRowElement[]} */ ([...table.tBodies[0].rows]);
  addSorting(table, rows);
  if (box.hasAttribute("data-filterable")) addFilter(box, table, rows);
}

/**
 * @param {HTMLTableElement} table
 * @param {HTMLTableRowElement[]} rows in the order of the page
 */
function addSorting(table, rows) {
  const heads = /** @type {HTMLTableCellElement[]} */ ([...table.tHead.rows[0].cells]);
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "dd-sort";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const numeric = head.classList.contains("dd-num");
      const now = head.getAttribute("aria-sort");
      // Numbers are mostly wanted largest first, words from A on; the third click restores the page's order.
      const [first, second] = numeric ? ["descending", "ascending"] : ["ascending", "descending"];
      const next = now === first ? second : now === second ? null : first;
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      if (next) head.setAttribute("aria-sort", next);
      const ordered = next ? sorted(rows, column, numeric, next === "ascending" ? 1 : -1) : rows;
      table.tBodies[0].append(...ordered);
    });
  });
}

/**
 * @param {HTMLTableRowElement[]} rows
 * @param {number} column
 * @param {boolean} numeric
 * @param {number} sign
 */
function sorted(rows, column, numeric, sign) {
  const keyed = rows.map((row) => {
    const cell = row.cells[column];
    const text = cell.dataset.sort ?? cell.textContent.trim();
    const missing = numeric ? cell.dataset.sort === undefined : text === "" || text === "·" || text === "?" || text === "—";
    return { row, text, number: Number(text), missing };
  });
  keyed.sort((a, b) => {
    if (a.missing !== b.missing) return a.missing ? 1 : -1; // what is not known comes last either way
    return sign * (numeric ? a.number - b.number : collator.compare(a.text, b.text));
  });
  return keyed.map(({ row }) => row);
}

/**
 * @param {HTMLElement} box
 * @param {HTMLTableElement} table
 * @param {HTMLTableRowElement[]} rows
 */
function addFilter(box, table, rows) {
  const texts = rows.map((row) => fold(row.textContent));
  const bar = document.createElement("div");
  bar.className = "dd-bar";
  const label = document.createElement("label");
  label.textContent = "Filter ";
  const input = document.createElement("input");
  input.type = "search";
  input.placeholder = "words in any column";
  label.append(input);
  const count = document.createElement("span");
  count.className = "dd-shown";
  count.setAttribute("role", "status");
  bar.append(label, count);
  box.prepend(bar);
  input.addEventListener("input", () => {
    const words = fold(input.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, index) => {
      const match = words.every((word) => texts[index].includes(word));
      row.hidden = !match;
      if (match) shown += 1;
    });
    count.textContent = words.length ? `${shown} of ${rows.length} rows` : "";
  });
}

/** @param {string} text */
function fold(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
