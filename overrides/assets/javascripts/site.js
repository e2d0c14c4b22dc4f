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
plots.forEach((plot) => whenNear(plot, () => import("./explorer.js").then(({ explore }) => explore(plot))));

/** @type {NodeListOf<HTMLElement>} */
const calculators = document.querySelectorAll("[data-dd-calculator]");
calculators.forEach((place) => whenNear(place, () => import("./calculators/calculator.js").then(({ show }) => show(place))));

/** @type {NodeListOf<HTMLElement>} */
const pictures = document.querySelectorAll(".dd-diagram, figure.dd-plot:not(.dd-scatter)");
pictures.forEach((frame) => whenNear(frame, () => import("./enlarge.js").then(({ addEnlarging }) => addEnlarging(frame))));

const proposal = /** @type {HTMLElement | null} */ (document.querySelector("[data-dd-propose]"));
if (proposal) import("./propose/propose.js").then(({ propose }) => propose(proposal));

const map = /** @type {HTMLElement | null} */ (document.querySelector("[data-dd-map]"));
if (map) import("./stack-map.js").then(({ explain }) => explain(map));

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

/**
 * What lies far down the page is fetched when the reader comes near.
 * @param {HTMLElement} place
 * @param {() => void} load
 */
function whenNear(place, load) {
  const observer = new IntersectionObserver(
    (seen) => {
      if (!seen.some((one) => one.isIntersecting)) return;
      observer.disconnect();
      load();
    },
    { rootMargin: "600px" },
  );
  observer.observe(place);
}
