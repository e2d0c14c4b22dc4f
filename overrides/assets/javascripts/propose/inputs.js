// @ts-check
/** Fields to type into, and what was typed. */

/** @param {string} list */
export function textInput(list) {
  const input = document.createElement("input");
  input.type = "text";
  if (list) input.setAttribute("list", list);
  plainTyping(input);
  return input;
}

export function textArea() {
  const input = document.createElement("textarea");
  input.rows = 2;
  plainTyping(input);
  return input;
}

/** @param {HTMLInputElement | HTMLTextAreaElement} input */
export function plainTyping(input) {
  input.autocomplete = "off";
  input.spellcheck = input instanceof HTMLTextAreaElement;
  input.setAttribute("autocapitalize", "off");
}

/** @param {string} text on one line, without stray spaces */
export const tidy = (text) => text.trim().replace(/\s+/g, " ");
