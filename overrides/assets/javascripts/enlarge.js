// @ts-check
/** Diagrams and plots in a window of their own, where they can be made larger and moved. */

import { button } from "./button.js";

const STEPS = [1, 1.5, 2, 3, 4];

/** @type {HTMLDialogElement | null} */
let dialog = null;
let step = 0;

/** @param {HTMLElement} frame around one picture */
export function addEnlarging(frame) {
  const opener = document.createElement("button");
  opener.type = "button";
  opener.className = "dd-enlarge";
  opener.title = "Enlarge";
  opener.setAttribute("aria-label", `Enlarge: ${frame.getAttribute("aria-label") ?? frame.querySelector("svg")?.getAttribute("aria-label") ?? "figure"}`);
  opener.setAttribute("aria-haspopup", "dialog");
  opener.textContent = "⤢";
  opener.addEventListener("click", () => open(frame));
  frame.append(opener);
}

/** @param {HTMLElement} frame */
function open(frame) {
  const picture = frame.querySelector("svg");
  if (!picture) return; // not drawn yet: its text stands there
  dialog ??= make();
  const stage = /** @type {HTMLElement} */ (dialog.querySelector(".dd-large-stage"));
  const copy = /** @type {SVGElement} */ (picture.cloneNode(true));
  copy.removeAttribute("width");
  copy.removeAttribute("height");
  copy.removeAttribute("style");
  copy.setAttribute("aria-hidden", "true");
  stage.setAttribute("aria-label", frame.getAttribute("aria-label") ?? "Figure");
  stage.className = `dd-large-stage ${frame.className}`;
  stage.replaceChildren(copy);
  step = 0;
  zoom(0);
  dialog.showModal();
}

/** @param {number} by */
function zoom(by) {
  step = Math.min(Math.max(step + by, 0), STEPS.length - 1);
  const stage = /** @type {HTMLElement} */ (dialog?.querySelector(".dd-large-stage"));
  const copy = /** @type {SVGElement | null} */ (stage.querySelector("svg"));
  if (copy) copy.style.width = `${STEPS[step] * 100}%`;
}

function make() {
  const made = document.createElement("dialog");
  made.className = "dd-large";
  made.setAttribute("aria-label", "Figure, enlarged");
  const bar = document.createElement("div");
  bar.className = "dd-large-bar";
  bar.append(button("−", "Smaller", () => zoom(-1)), button("+", "Larger", () => zoom(1)), button("Close", "Close", () => made.close()));
  const stage = document.createElement("div");
  stage.className = "dd-large-stage";
  stage.tabIndex = 0;
  stage.setAttribute("role", "img");
  made.append(bar, stage);
  made.addEventListener("keydown", (event) => {
    if (event.key === "+") zoom(1);
    if (event.key === "-") zoom(-1);
  });
  // The copy carries the ids of the original: it goes when nobody looks at it.
  made.addEventListener("close", () => stage.replaceChildren());
  document.body.append(made);
  return made;
}
