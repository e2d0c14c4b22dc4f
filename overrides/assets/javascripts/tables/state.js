// @ts-check
/** What a reader chose, kept in the page's address so that it can be sent to somebody. */

import { address, showAddress } from "../address.js";

/** What the address does not show yet, by its name there. @type {Map<string, string>} */
const coming = new Map();

/** The choices as they stand. */
function standing() {
  const parameters = address().searchParams;
  for (const [name, value] of coming) {
    if (value) parameters.set(name, value);
    else parameters.delete(name);
  }
  return parameters;
}

/** Bring the address up to date. */
export function write() {
  const url = address();
  url.search = standing().toString();
  coming.clear();
  showAddress(url);
}

export class State {
  /** @param {number} number the table's place on the page; the first needs no prefix */
  constructor(number) {
    this.prefix = number ? `t${number + 1}.` : "";
  }

  /** @param {string} name */
  get(name) {
    return standing().get(this.prefix + name) ?? "";
  }

  /** Names with this beginning, without it. @param {string} beginning @returns {[string, string][]} */
  all(beginning) {
    const found = /** @type {[string, string][]} */ ([]);
    for (const [name, value] of standing()) {
      if (name.startsWith(this.prefix + beginning)) found.push([name.slice(this.prefix.length + beginning.length), value]);
    }
    return found;
  }

  /**
   * Note one choice; an empty one leaves the address. The table comes first: a browser takes long over an address.
   * @param {string} name
   * @param {string} value
   */
  set(name, value) {
    if (this.get(name) === value) return;
    if (!coming.size) requestAnimationFrame(() => window.setTimeout(write));
    coming.set(this.prefix + name, value);
  }
}
