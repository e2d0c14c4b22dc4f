// @ts-check
/** What every page needs at once; the rest is fetched when it is needed. */

const tables = document.querySelectorAll(".dd-table");
if (tables.length) {
  import("./tables/enhance.js").then(({ enhance }) => tables.forEach((table, number) => enhance(/** @type {HTMLElement} */ (table), number)));
}
import("./choice.js").then(({ restore }) => restore());

const comparison = /** @type {HTMLElement | null} */ (document.querySelector("[data-dd-compare]"));
if (comparison) import("./compare.js").then(({ compare }) => compare(comparison));

/** @type {NodeListOf<HTMLElement>} */
const plots = document.querySelectorAll("[data-dd-explorer]");
if (plots.length) import("./explorer.js").then(({ explore }) => plots.forEach((plot) => explore(plot)));

if (document.querySelector("[data-dd]")) {
  import("./hover.js").then(({ watch }) => watch(document.body));
}

/** @type {HTMLDialogElement | null} */
const dialog = document.querySelector("dialog.dd-search");

async function openSearch() {
  if (!dialog) return;
  if (!dialog.open) {
    // At once, so that what is typed while the module loads is not lost.
    dialog.showModal();
    dialog.querySelector("input")?.select();
  }
  const { start } = await import("./search.js");
  start(dialog);
}

document.querySelectorAll("[data-dd-search]").forEach((button) => button.addEventListener("click", () => openSearch()));

document.addEventListener("keydown", (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  // Just after Escape the focus may still be in the box that closed.
  const closed = target.closest("dialog:not([open])");
  const typing = !closed && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
  const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
  const commandK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
  if (slash || commandK) {
    event.preventDefault();
    openSearch();
  }
});
