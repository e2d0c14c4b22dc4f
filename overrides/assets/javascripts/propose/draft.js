// @ts-check
/** What was typed, kept until the tab is closed. */

/** @param {string} id of the row that is changed, empty for a new one */
const key = (id) => `dd-propose:${id}`;

/** @param {string} id @returns {{row: Record<string, any>, table: string} | null} */
export function recall(id) {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key(id)) ?? "null");
    return kept && typeof kept.row === "object" && kept.row && typeof kept.table === "string" ? kept : null;
  } catch {
    return null;
  }
}

/** @param {string} id @param {Record<string, any>} row @param {string} table */
export function keep(id, row, table) {
  try {
    sessionStorage.setItem(key(id), JSON.stringify({ row, table }));
  } catch {
    // A browser that keeps nothing: the form works without.
  }
}

/** @param {string} id */
export function forget(id) {
  try {
    sessionStorage.removeItem(key(id));
  } catch {
    // Nothing was kept.
  }
}
