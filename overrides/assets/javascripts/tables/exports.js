// @ts-check
/** Exactly what is shown, as CSV, JSON or Markdown; and the address that shows it again. */

import { element, fold } from "./enhance.js";
import { write } from "./state.js";

/**
 * @param {HTMLElement} _ the menu
 * @param {import("./rows.js").Rows} rows
 * @returns {import("./enhance.js").Fill}
 */
export function exports(_, rows) {
  return (panel) => {
    panel.classList.add("dd-exports");
    const caption = rows.table.querySelector(".dd-caption")?.textContent ?? "";
    const name = fold(caption).match(/[\p{L}\p{N}]+/gu)?.join("-") ?? "table";
    panel.append(
      action("CSV", () => download(`${name}.csv`, "text/csv", asCsv(grid(rows)))),
      action("JSON", () => download(`${name}.json`, "application/json", asJson(rows))),
      action("Markdown", () => download(`${name}.md`, "text/markdown", asMarkdown(grid(rows)))),
      action("Copy link to this view", async (button) => {
        write();
        await navigator.clipboard.writeText(location.href);
        button.textContent = "Copied";
      }),
    );
  };
}

/**
 * @param {string} text
 * @param {(button: HTMLButtonElement) => void | Promise<void>} run
 */
function action(text, run) {
  const button = /** @type {HTMLButtonElement} */ (element("button", "dd-button", text));
  button.type = "button";
  button.addEventListener("click", () => run(button));
  return button;
}

/**
 * Heads and texts of what is shown.
 * @param {import("./rows.js").Rows} rows
 */
export function grid(rows) {
  const columns = rows.heads.map((head, index) => ({ head, index })).filter(({ head }) => !head.hidden);
  return [
    columns.map(({ head }) => words(head)),
    ...rows.shown.map((row) => columns.map(({ index }) => words(row.cells[index]))),
  ];
}

/** @param {HTMLElement} cell list entries apart, marks for missing values gone, addresses where a link shows only a number or a host */
function words(cell) {
  const links = [...cell.querySelectorAll("a")];
  if (links.some((link, index) => [String(index + 1), link.hostname.replace(/^www\./, "")].includes(link.textContent))) return links.map((link) => link.href).join("; ");
  const items = [...cell.querySelectorAll("li")].map((item) => item.textContent.trim());
  const text = items.length ? items.join("; ") : cell.textContent.replace(/\s+/g, " ").trim();
  return ["·", "?", "—"].includes(text) ? "" : text;
}

/** @param {string[][]} grid */
export function asCsv(grid) {
  return grid.map((row) => row.map(csvCell).join(",")).join("\r\n") + "\r\n";
}

/** @param {string} text a spreadsheet takes what begins with one of these for a formula */
function csvCell(text) {
  const safe = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}

/** @param {string[][]} grid */
export function asMarkdown(grid) {
  const lines = grid.map((row) => `| ${row.map((text) => text.replace(/([\\|<])/g, "\\$1")).join(" | ")} |`);
  lines.splice(1, 0, `|${grid[0].map(() => "---|").join("")}`);
  return lines.join("\n") + "\n";
}

/** @param {import("./rows.js").Rows} rows numbers as numbers, by the names of the fields */
export function asJson(rows) {
  const columns = rows.heads.map((head, index) => ({ head, index })).filter(({ head }) => !head.hidden);
  const list = rows.shown.map((row) => {
    const record = /** @type {Record<string, unknown>} */ ({ id: row.dataset.id });
    for (const { head, index } of columns) {
      const cell = row.cells[index];
      const numeric = head.classList.contains("dd-num") && cell.dataset.sort !== undefined;
      record[head.dataset.field ?? ""] = numeric ? Number(cell.dataset.sort) : words(cell) || null;
    }
    return record;
  });
  return JSON.stringify(list, null, 1) + "\n";
}

/**
 * @param {string} name
 * @param {string} type
 * @param {string} text
 */
function download(name, type, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
