// @ts-check
/** What every page needs at once; the rest is fetched when it is needed. */

import { choosePalette } from "./palette.js";

const palette = /** @type {HTMLFormElement | null} */ (document.querySelector("[data-dd-palette]"));
if (palette) choosePalette(palette);

/** By these a reader shows that the page is in use. */
const SIGNS = ["pointerover", "touchstart", "focusin", "scroll"];

/** @type {NodeListOf<HTMLElement>} */
const tables = document.querySelectorAll(".dd-table");
tables.forEach((table, number) => {
  const load = () => import("./tables/enhance.js").then(({ enhance }) => enhance(table, number));
  // An address that leads into the page, or to a view of a table, wants the tables as they will be.
  if (location.hash || location.search) load();
  else whenNear(table, load);
});

if (kept("dd-choice")) import("./choice.js").then(({ restore }) => restore());

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
// As near as a diagram is drawn.
pictures.forEach((frame) => whenNear(frame, () => import("./enlarge.js").then(({ addEnlarging }) => addEnlarging(frame)), 250));

const proposal = /** @type {HTMLElement | null} */ (document.querySelector("[data-dd-propose]"));
if (proposal) import("./propose/propose.js").then(({ propose }) => propose(proposal));

const map = /** @type {HTMLElement | null} */ (document.querySelector("[data-dd-map]"));
if (map) import("./stack-map.js").then(({ explain }) => explain(map));

if (document.querySelector("[data-dd]")) {
  SIGNS.forEach((sign) => document.addEventListener(sign, explainReferences, { passive: true }));
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
  const typing = !closed && (target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=button])"));
  const slash = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
  const commandK = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
  if (slash || commandK) {
    event.preventDefault();
    openSearch();
  }
});

/**
 * Cards for references; a tap that comes before their module shows its card all the same.
 * @param {Event} sign
 */
function explainReferences(sign) {
  SIGNS.forEach((sign) => document.removeEventListener(sign, explainReferences));
  /** @type {HTMLElement | null} */
  let tapped = null;
  let touch = sign.type === "touchstart" || /** @type {PointerEvent} */ (sign).pointerType === "touch";
  /** @param {PointerEvent} event */
  const press = (event) => (touch = event.pointerType === "touch");
  /** @param {MouseEvent} event */
  const hold = (event) => {
    const link = /** @type {HTMLElement} */ (event.target).closest("[data-dd]");
    if (!link || !touch || !event.detail) return;
    event.preventDefault();
    tapped = /** @type {HTMLElement} */ (link);
  };
  document.addEventListener("pointerdown", press, true);
  document.addEventListener("click", hold, true);
  import("./hover.js").then(({ watch }) => watch(document.body, tapped, touch)).finally(() => {
    document.removeEventListener("pointerdown", press, true);
    document.removeEventListener("click", hold, true);
  });
}

/** @param {string} name whether an earlier page of this visit left something under it */
function kept(name) {
  try {
    return sessionStorage.getItem(name) !== null;
  } catch {
    return false; // storage that is switched off
  }
}

/**
 * What lies far down the page is fetched when the reader comes near.
 * @param {HTMLElement} place
 * @param {() => void} load
 * @param {number} [distance] from the window, in pixels
 */
function whenNear(place, load, distance = 600) {
  const observer = new IntersectionObserver(
    (seen) => {
      if (!seen.some((one) => one.isIntersecting)) return;
      observer.disconnect();
      load();
    },
    { rootMargin: `${distance}px` },
  );
  observer.observe(place);
}
