// @ts-check
/** Sorting where rows are cards: no heads are drawn there, so the bar has a list of orders. */

import { element } from "./enhance.js";
import { read, written } from "./sorting.js";

/**
 * @param {import("./rows.js").Rows} rows
 * @param {import("./sorting.js").Sorting} sorting
 * @param {MediaQueryList} cards whether rows are cards now
 */
export function addSelect(rows, sorting, cards) {
  const label = element("label", "", "Sort ");
  const select = /** @type {HTMLSelectElement} */ (element("select"));
  label.append(select);
  place(rows.box, label);

  const fill = () => {
    const heads = rows.heads;
    /** @param {import("./sorting.js").Key} key */
    const headOf = ({ field }) => heads.find((head) => head.dataset.field === field);
    const now = sorting.keys().filter(headOf);
    const offered = heads.filter((head) => !head.hidden).flatMap((head) => {
      const first = head.classList.contains("dd-num");
      return [first, !first].map((down) => [{ field: head.dataset.field ?? "", down }]);
    });
    // A link may sort by several columns, or by one that is hidden.
    const others = now.length && !offered.some((one) => written(one) === written(now)) ? [now] : [];
    const options = [...others, ...offered].map((keys) => {
      const told = keys.map((key) => `${headOf(key)?.textContent.trim()}, ${key.down ? "descending" : "ascending"}`);
      return new Option(told.join("; "), written(keys));
    });
    select.replaceChildren(new Option("as on the page", ""), ...options);
    select.value = written(now);
  };
  const suit = () => {
    label.hidden = !cards.matches;
    // Nobody sees the focus on what is not drawn.
    rows.headRow.querySelectorAll("button").forEach((button) => (button.tabIndex = cards.matches ? -1 : 0));
  };
  select.addEventListener("change", () => sorting.use(read(select.value)));
  rows.table.addEventListener("dd-sorted", () => {
    fill();
    suit();
  });
  cards.addEventListener("change", suit);
  fill();
  suit();
}

/**
 * After the filter for words; a short table has no filter, hence no bar yet.
 * @param {HTMLElement} box
 * @param {HTMLElement} label
 */
function place(box, label) {
  const filter = box.querySelector(".dd-bar > label");
  if (filter) {
    filter.after(label);
    return;
  }
  const bar = element("div", "dd-bar");
  bar.append(label);
  box.prepend(bar);
}
