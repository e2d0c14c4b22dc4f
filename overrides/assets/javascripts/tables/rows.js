// @ts-check
/** The rows of one table: which are shown, in which order, and the data behind them. */

import { columnsOf, fetchTable } from "../data.js";
import { fold } from "./enhance.js";

/** @typedef {(row: HTMLTableRowElement) => boolean} Test */

/** So many rows answer at once, more than a window shows; the others follow when the reader pauses, since a long table takes longer than a keystroke may. */
const AT_ONCE = 40;
const PAUSE = 300;

export class Rows {
  /** @param {HTMLElement} box */
  constructor(box) {
    this.box = box;
    this.table = /** @type {HTMLTableElement} */ (box.querySelector("table"));
    this.body = this.table.tBodies[0];
    /** In the order of the page. */
    this.all = /** @type {HTMLTableRowElement[]} */ ([...this.body.rows]);
    /** As the reader wants them; the document follows when the reader pauses. */
    this.order = this.all;
    this.moved = false;
    this.kind = box.dataset.kind ?? "";
    /** @type {string[]} */
    this.tables = JSON.parse(box.dataset.ddTable ?? "[]");
    this.status = document.createElement("span");
    this.status.className = "dd-shown";
    this.status.setAttribute("role", "status");
    /** @type {Map<string, Test>} */
    this.tests = new Map();
    /** @type {Map<HTMLTableRowElement, string>} */
    this.texts = new Map();
    this.timer = 0;
    /** @type {(() => void)[]} */
    this.listeners = [];
    /** @type {Promise<{rows: Map<string, any>, columns: any[]}> | null} */
    this.loading = null;
  }

  /** The row of column names, which every table of ours has. */
  get headRow() {
    return /** @type {HTMLTableSectionElement} */ (this.table.tHead).rows[0];
  }

  /** The head cells as they stand now. */
  get heads() {
    return [...this.headRow.cells];
  }

  /** The rows a reader sees, in order. */
  get shown() {
    return this.order.filter((row) => !row.hidden);
  }

  /** @param {HTMLTableRowElement} row everything a text filter searches */
  text(row) {
    let text = this.texts.get(row);
    if (text === undefined) this.texts.set(row, (text = fold(row.textContent ?? "")));
    return text;
  }

  /** Read the rows' text while nothing else is to be done, so that the first keystroke finds it ready. */
  warm() {
    const left = this.all.filter((row) => !this.texts.has(row));
    for (const row of left.slice(0, 50)) this.text(row);
    if (left.length > 50) (window.requestIdleCallback ?? window.setTimeout)(() => this.warm());
  }

  /**
   * Set one of the tests a row must pass; null removes it.
   * @param {string} name
   * @param {Test | null} test
   */
  filter(name, test) {
    if (test) this.tests.set(name, test);
    else this.tests.delete(name);
  }

  /** Show what passes every test, and say how many that are. */
  apply() {
    const tests = [...this.tests.values()];
    const passing = new Set(this.all.filter((row) => tests.every((test) => test(row))));
    const changing = this.all.filter((row) => row.hidden === passing.has(row));
    if (changing.length) {
      const far = this.far;
      for (const row of changing) row.hidden = !row.hidden;
      this.postpone(far);
    }
    const shown = passing.size;
    this.status.textContent = shown === this.all.length ? "" : `${shown} of ${this.all.length} rows`;
    this.listeners.forEach((listener) => listener());
  }

  /** @param {HTMLTableRowElement[]} order the rows as they shall stand */
  arrange(order) {
    const far = this.far;
    this.order = order;
    this.moved = true;
    this.postpone(far);
  }

  /** Whether the reader is far down the table. Asked before rows change: afterwards the answer would cost a layout of them all. */
  get far() {
    return this.body.getBoundingClientRect().top < -window.innerHeight;
  }

  /**
   * Let the first rows be drawn before the rest; not for a reader far down the table, where the page must keep its length.
   * @param {boolean} far
   */
  postpone(far) {
    window.clearTimeout(this.timer);
    const shown = this.shown;
    if (far) this.settle();
    else if (this.moved) this.body.prepend(...shown.slice(0, AT_ONCE));
    for (const [place, row] of shown.entries()) row.classList.toggle("dd-later", !far && place >= AT_ONCE);
    this.timer = window.setTimeout(() => this.settle(), PAUSE);
  }

  /** Every row in its place, and drawn. */
  settle() {
    if (this.moved) this.body.append(...this.order);
    this.moved = false;
    this.all.forEach((row) => row.classList.remove("dd-later"));
  }

  /** The data of the rows by id, and the columns of their kind; fetched once. */
  data() {
    this.loading ??= Promise.all(this.tables.map((table) => fetchTable(table))).then((tables) => ({
      rows: new Map(tables.flatMap((table) => table.rows.map((/** @type {any} */ row) => [row.id, row]))),
      columns: columnsOf(tables),
    }));
    this.loading.catch(() => (this.loading = null));
    return this.loading;
  }
}
