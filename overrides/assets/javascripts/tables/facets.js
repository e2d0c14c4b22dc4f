// @ts-check
/** Facets: the values that occur in the data, each with how many rows it would leave. */

import { element } from "./enhance.js";
import { numberAt, spelled, valueAt } from "../data.js";

/** Per kind: field and heading. A licence is offered by family, a release by year. */
const FACETS = /** @type {Record<string, [string, string][]>} */ ({
  tools: [
    ["status", "Status"],
    ["layer", "Layer"],
    ["category", "Category"],
    ["type", "Type"],
    ["openness", "Openness"],
    ["license", "Licence"],
    ["languages", "Language"],
    ["platforms", "Platform"],
    ["accelerators", "Accelerator"],
    ["interfaces", "Interface"],
    ["formats", "Format"],
    ["governance", "Governance"],
  ],
  accelerators: [
    ["vendor", "Vendor"],
    ["availability", "Availability"],
    ["form_factor", "Form factor"],
    ["memory_gb", "Memory in GB"],
    ["memory_type", "Memory type"],
    ["architecture", "Architecture"],
    ["released", "Released"],
  ],
  models: [
    ["owner", "Owner"],
    ["license", "Licence"],
    ["attention", "Attention"],
    ["released", "Released"],
  ],
});

/**
 * @param {HTMLElement} menu
 * @param {import("./rows.js").Rows} rows
 * @param {import("./state.js").State} state
 * @returns {import("./enhance.js").Fill}
 */
export function facets(menu, rows, state) {
  const known = FACETS[rows.kind];
  /** @type {Map<string, Set<string>>} */
  const chosen = new Map();
  for (const [field, values] of state.all("f.")) {
    const wanted = values.split("|").filter(Boolean);
    if (wanted.length && known.some(([one]) => one === field)) chosen.set(field, new Set(wanted));
  }
  const summary = /** @type {HTMLElement} */ (menu.querySelector("summary"));

  /** @param {Map<string, any>} data */
  const use = (data) => {
    for (const [field] of known) {
      const wanted = chosen.get(field);
      const test = (/** @type {HTMLTableRowElement} */ row) => values(data.get(row.dataset.id ?? ""), field).some((value) => wanted?.has(value));
      rows.filter(`f.${field}`, wanted?.size ? test : null);
      state.set(`f.${field}`, wanted ? [...wanted].join("|") : "");
    }
    const count = [...chosen.values()].reduce((sum, set) => sum + set.size, 0);
    summary.textContent = count ? `Filters (${count})` : "Filters";
    rows.apply();
  };

  /**
   * @param {HTMLElement} panel
   * @param {Map<string, any>} data
   * @param {any[]} columns
   */
  const fill = (panel, data, columns) => {
    panel.classList.add("dd-facets");
    /** @type {(() => void)[]} */
    const recount = [];
    for (const [field, title] of known) {
      const present = count(rows.all, data, field);
      // An address may ask for what no row has; it can be taken back all the same.
      for (const value of chosen.get(field) ?? []) if (!present.has(value)) present.set(value, 0);
      if (present.size < 2) continue;
      /** @type {((left: Map<string, number>) => void)[]} */
      const labels = [];
      const names = columns.find((one) => one.path === field)?.names;
      const group = element("fieldset");
      group.append(element("legend", "", title));
      for (const [value] of inOrder([...present])) {
        const label = element("label");
        const box = /** @type {HTMLInputElement} */ (element("input"));
        box.type = "checkbox";
        box.checked = chosen.get(field)?.has(value) ?? false;
        const number = element("span", "dd-facet-count");
        label.append(box, ` ${spelled(value, names).text} `, number);
        group.append(label);
        box.addEventListener("change", () => {
          const set = chosen.get(field) ?? new Set();
          if (box.checked) set.add(value);
          else set.delete(value);
          chosen.set(field, set);
          use(data);
        });
        labels.push((left) => {
          number.textContent = String(left.get(value) ?? 0);
          label.classList.toggle("dd-none-left", !left.get(value) && !box.checked);
        });
      }
      recount.push(() => {
        // How many rows each value has among those that pass every other facet; who asks for a status gets the ended ones too.
        const own = field === "status" ? [`f.${field}`, "ended"] : [`f.${field}`];
        const others = [...rows.tests].filter(([name]) => !own.includes(name)).map(([, test]) => test);
        const left = count(rows.all.filter((row) => others.every((test) => test(row))), data, field);
        labels.forEach((tell) => tell(left));
      });
      panel.append(group);
    }
    const clear = /** @type {HTMLButtonElement} */ (element("button", "dd-button", "Clear filters"));
    clear.type = "button";
    clear.addEventListener("click", () => {
      chosen.clear();
      panel.querySelectorAll("input").forEach((box) => (box.checked = false));
      use(data);
    });
    panel.append(clear);
    const tell = () => {
      if (menu.hasAttribute("open")) recount.forEach((run) => run());
    };
    rows.listeners.push(tell);
    menu.addEventListener("toggle", tell);
    tell();
  };

  if (chosen.size) {
    const show = (/** @type {Map<string, any>} */ data) => {
      use(data);
      // Who follows a link to a filtered table came for the table.
      if (!location.hash && !window.scrollY) rows.box.scrollIntoView();
    };
    rows.data().then((data) => show(data.rows), () => {});
  }
  return async (panel) => {
    const { rows: data, columns } = await rows.data();
    fill(panel, data, columns);
  };
}

/**
 * @param {HTMLTableRowElement[]} rows
 * @param {Map<string, any>} data
 * @param {string} field
 */
function count(rows, data, field) {
  /** @type {Map<string, number>} */
  const found = new Map();
  for (const row of rows) for (const value of new Set(values(data.get(row.dataset.id ?? ""), field))) found.set(value, (found.get(value) ?? 0) + 1);
  return found;
}

/**
 * The words of a row under a field; a row without any stands under "not recorded".
 * @param {any} row
 * @param {string} field
 * @returns {string[]}
 */
export function values(row, field) {
  const value = row ? valueAt(row, field) : undefined;
  if (value === undefined || value === null || (Array.isArray(value) && !value.length)) return ["not recorded"];
  if (field === "license") return [family(String(value))];
  if (field === "released") return [String(value).slice(0, 4)];
  if (typeof value === "object" && "value" in value) return [String(numberAt(row, field) ?? "not recorded")];
  return (Array.isArray(value) ? value : [value]).map(String);
}

/**
 * Sizes by size, words by how often they occur.
 * @param {[string, number][]} present
 */
function inOrder(present) {
  const sizes = present.filter(([value]) => !Number.isNaN(Number(value)));
  if (sizes.length > present.length / 2) return [...sizes.sort((a, b) => Number(a[0]) - Number(b[0])), ...present.filter((one) => !sizes.includes(one))];
  return present.sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
}

/** Families of licences, from the freest. */
const FAMILIES = ["permissive", "copyleft", "network copyleft or source-available", "vendor's own terms", "proprietary"];

/** @param {string} expression SPDX, without parentheses @returns {string} the family readers ask about: of all that bind together the strictest, of a choice the freest */
function family(expression) {
  const choices = expression.split(" OR ").map((choice) => Math.max(...choice.split(" AND ").map((one) => FAMILIES.indexOf(familyOf(one)))));
  return FAMILIES[Math.min(...choices)];
}

/** @param {string} licence */
function familyOf(licence) {
  if (/proprietary/i.test(licence)) return "proprietary";
  if (/AGPL|SSPL|BUSL|Elastic/i.test(licence)) return "network copyleft or source-available";
  if (/GPL|MPL|EPL|CDDL|CC-BY-SA/i.test(licence)) return "copyleft";
  return /^LicenseRef-|-N[CD]-/.test(licence) ? "vendor's own terms" : "permissive";
}
