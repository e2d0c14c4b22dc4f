// @ts-check
/** The data behind the pages: the site's own API, fetched once each. */

/** Where the site stands: the search dialog of every page knows. */
export function base() {
  const dialog = /** @type {HTMLElement | null} */ (document.querySelector("dialog[data-base]"));
  return new URL(dialog?.dataset.base ?? "./", location.href);
}

/** The project's repository and the path to its editor, as its configuration gives them; empty when it has none. */
export function repository() {
  const dialog = /** @type {HTMLElement | null} */ (document.querySelector("dialog[data-base]"));
  return { address: dialog?.dataset.repository ?? "", edit: dialog?.dataset.edit ?? "" };
}

/** @type {Map<string, Promise<any>>} */
const fetched = new Map();

/** @param {string} path below api/v1/ */
export const fetchData = (path) => fetchFile(`api/v1/${path}`);

/** @param {string} path below the site */
export function fetchFile(path) {
  let data = fetched.get(path);
  if (!data) {
    data = fetch(new URL(path, base())).then((response) => {
      if (!response.ok) throw new Error(`${response.status} for ${path}`);
      return response.json();
    });
    data.catch(() => fetched.delete(path));
    fetched.set(path, data);
  }
  return data;
}

/** @param {string} id of a table */
export const fetchTable = (id) => fetchData(`tables/${id}.json`);

/**
 * Every row of a kind, with its table: for pages over the whole catalog.
 * @param {string} kind
 */
export async function fetchKind(kind) {
  const index = await fetchData("index.json");
  const tables = await Promise.all(
    index.tables.filter((/** @type {any} */ table) => table.kind === kind).map((/** @type {any} */ table) => fetchTable(table.id)),
  );
  return {
    columns: columnsOf(tables),
    rows: tables.flatMap((table) => table.rows.map((/** @type {any} */ row) => ({ ...row, table: table.id, layer: row.layer ?? table.layer, page: table.page }))),
  };
}

/**
 * The columns of tables of one kind; `names` of each are what the ids in it are called.
 * @param {any[]} tables
 */
export const columnsOf = (tables) =>
  (tables[0]?.columns ?? []).map((/** @type {any} */ column, /** @type {number} */ place) => ({ ...column, names: Object.assign({}, ...tables.map((table) => table.columns[place].names)) }));

/**
 * The value at a dotted path of a row; undefined when it is not recorded.
 * @param {any} row
 * @param {string} path
 */
export function valueAt(row, path) {
  return path.split(".").reduce((here, name) => (here == null ? undefined : here[name]), row);
}

/**
 * The number at a path, null when there is none to compare.
 * @param {any} row
 * @param {string} path
 * @returns {number | null}
 */
export function numberAt(row, path) {
  const value = valueAt(row, path);
  const number = value !== null && typeof value === "object" && "value" in value ? value.value : value;
  return typeof number === "number" ? number : null;
}

/**
 * How a value reads: its text, and why there is none.
 * @param {any} value
 * @param {Record<string, string>} [names] of what the value may be an id of
 * @returns {{text: string, note: string, missing: boolean}}
 */
export function spelled(value, names = {}) {
  if (value === undefined || value === null || (Array.isArray(value) && !value.length)) return { text: "·", note: "not recorded yet", missing: true };
  if (typeof value === "object" && !Array.isArray(value) && "value" in value) {
    if (value.applicable === false) return { text: "—", note: "not applicable", missing: true };
    if (value.value === null) return { text: "?", note: value.note ?? "nobody publishes this figure", missing: true };
    return { text: figure(value.value), note: [value.kind && `${value.kind} figure`, value.meaning, value.note].filter(Boolean).join("; "), missing: false };
  }
  if (Array.isArray(value)) return { text: value.map((one) => spelled(one, names).text).join(", "), note: "", missing: false };
  if (typeof value === "boolean") return { text: value ? "yes" : "no", note: "", missing: false };
  if (typeof value === "number") return { text: figure(value), note: "", missing: false };
  return { text: Object.hasOwn(names, value) ? names[value] : String(value), note: "", missing: false };
}

/** @param {number} value as tables print it: thousands apart, no digit made up */
export function figure(value) {
  if (Math.abs(value) >= 1e15 || (value !== 0 && Math.abs(value) < 1e-4)) return value.toExponential(3).replace(/\.?0+e/, "e");
  const [whole, fraction] = String(value).split(".");
  const grouped = Math.abs(value) >= 10_000 ? whole.replace(/\B(?=(\d{3})+(?!\d))/g, ",") : whole;
  return fraction ? `${grouped}.${fraction}` : grouped;
}
