// @ts-check
/** What may be chosen: categories and tables by layer, and names to complete while typing. */

/** @param {any} known @returns {[string, [string, string][]][]} */
export const groupedCategories = (known) => byLayer(known.categories);

/** @param {any} known @returns {[string, [string, string][]][]} */
export const tablesOf = (known) => byLayer(known.tables);

/** @param {{id: string, layer: string, title: string}[]} rows @returns {[string, [string, string][]][]} */
function byLayer(rows) {
  const layers = [...new Set(rows.map((row) => row.layer))];
  return layers.map((layer) => [layer, rows.filter((row) => row.layer === layer).map((row) => [row.id, row.title])]);
}

/**
 * The lists that inputs complete from, and the id of the one for a field.
 * @param {any} known
 * @param {Map<string, {name: string}>} tools
 */
export function datalists(known, tools) {
  /** @type {[string, Iterable<[string, string]>][]} */
  const wanted = [
    ["tools", [...tools].map(([id, tool]) => [id, tool.name])],
    ["papers", known.papers],
    ["categories", known.categories.map((/** @type {any} */ one) => [one.id, one.title])],
    ["licences", known.licences.map((/** @type {string} */ one) => [one, ""])],
  ];
  const elements = wanted.map(([name, rows]) => {
    const list = document.createElement("datalist");
    list.id = `dd-propose-list-${name}`;
    list.append(...[...rows].map(([value, text]) => new Option(text, value)));
    return list;
  });
  /** @type {Record<string, string>} */
  const own = { also_in: "categories", license: "licences" };
  return {
    elements,
    /** @param {string} field @param {string} points the kind of row its ids belong to */
    of: (field, points) => (own[field] || points ? `dd-propose-list-${own[field] ?? points}` : ""),
  };
}
