// @ts-check
/** What becomes of the form: the row as it will stand, and the ways on which it reaches the repository. */

import { fetchTable, repository } from "../data.js";
import { answers, changed, correction, editAddress, issueAddress, LONGEST } from "./github.js";
import { proposeId } from "./ids.js";
import { writeRow } from "./yaml.js";

/**
 * @param {{known: any, style: {order: string[], dates: Set<string>}, tools: Map<string, any>, present: {row: Record<string, any>, table: string} | null}} given
 */
export function outcome({ style, tools, present }) {
  const { address: forge, edit } = repository();
  const element = document.createElement("section");
  element.className = "dd-propose-outcome";
  element.setAttribute("aria-label", "The row and how to send it");
  const code = document.createElement("code");
  const frame = document.createElement("pre");
  frame.className = "dd-propose-row";
  frame.tabIndex = 0;
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", "The row in YAML");
  frame.append(code);
  const copied = text("span", "");
  copied.setAttribute("role", "status");
  copied.className = "dd-quiet";
  const copy = button("Copy the row", async () => (copied.textContent = (await toClipboard(code)) ? "Copied." : "Marked: press Ctrl+C or ⌘C."));
  const state = text("p", "");
  state.className = "dd-propose-state";
  const send = button(present ? "Open the correction form" : "Open the issue form", () => {});
  send.type = "submit";
  send.setAttribute("form", "dd-propose-form");
  send.classList.add("dd-propose-send");
  const how = text("p", "");
  const editor = document.createElement("a");
  editor.target = "_blank";
  editor.rel = "noopener";
  const where = document.createElement("p");
  const again = button("Start again", () => {});
  const actions = document.createElement("p");
  actions.append(copy, " ", again, " ", copied);
  element.append(heading("The row"), frame, actions, heading("Send it"), state);
  const sent = text("p", "");
  sent.setAttribute("role", "status");
  if (forge) element.append(send, sent, how, where);

  let address = "";
  let number = 0;
  /** @type {Record<string, any>} */
  let row = {};

  /** @param {string} table */
  async function placed(table) {
    const mine = ++number;
    where.hidden = !table;
    if (!table) return;
    let before = "";
    try {
      const { rows } = await fetchTable(table);
      const next = rows.find((/** @type {any} */ one) => one.name.toLowerCase() > String(row.name ?? "").toLowerCase());
      before = present ? `in place of the row that begins with “- id: ${present.row.id}”` : next ? `above the line “- id: ${next.id}”` : "at the end";
    } catch {
      before = "at its place in the alphabet";
    }
    if (mine !== number) return;
    editor.href = editAddress(forge, edit, table);
    editor.textContent = `edit docs/${table}.yml on GitHub`;
    where.replaceChildren("Or copy the row, ", editor, ` and paste it ${before}; GitHub then offers the pull request.`);
  }

  return {
    element,
    again,
    /**
     * @param {Record<string, any>} now
     * @param {string} table
     * @param {string[]} wrong the titles of fields with faults
     */
    show(now, table, wrong) {
      row = now;
      code.textContent = writeRow(row, style);
      const same = present && !changed(present.row, row).length;
      const filled = present ? correction(present.row, row, table, style) : answers(row, table, proposeId(String(row.name ?? ""), tools), style);
      const title = present ? `Correction: ${row.id}` : `New tool: ${row.name ?? ""}`;
      address = issueAddress(forge, present ? "correction.yml" : "new-tool.yml", title, filled);
      const long = address.length > LONGEST;
      state.textContent = wrong.length ? `Still to do: ${wrong.join(", ")}.` : same ? "Nothing is changed yet." : "Nothing is wrong with the row, as far as this page can tell.";
      state.classList.toggle("dd-propose-ready", !wrong.length && !same);
      how.textContent = long
        ? `The filled form would need an address of ${address.length.toLocaleString("en")} characters, and GitHub takes about ${LONGEST.toLocaleString("en")}. Copy the row and edit the table instead.`
        : present
          ? "It opens on GitHub with what the row says and what you changed. Somebody opens your sources and changes the row."
          : "It opens on GitHub with your answers in it. Once you create the issue, a workflow makes the row and opens the pull request, or answers what is missing.";
      how.classList.toggle("dd-propose-fault", long);
      placed(table);
    },
    /** Opens the form on GitHub, or says why not. */
    send() {
      const same = present && !changed(present.row, row).length;
      const good = forge && !same && address.length <= LONGEST;
      if (good) window.open(address, "_blank", "noopener");
      sent.textContent = good ? "The form is open in another tab." : same ? "Nothing is changed yet." : "Copy the row instead.";
    },
  };
}

/** @param {HTMLElement} code */
async function toClipboard(code) {
  try {
    await navigator.clipboard.writeText(code.textContent ?? "");
    return true;
  } catch {
    getSelection()?.selectAllChildren(code);
    return false;
  }
}

/** @param {string} words @param {() => void} act */
function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "dd-button";
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

/** @param {string} words */
const heading = (words) => text("h2", words);

/** @param {string} tag @param {string} words */
function text(tag, words) {
  const made = document.createElement(tag);
  made.textContent = words;
  return made;
}
