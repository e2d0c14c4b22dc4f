// @ts-check
/** What a reader chose, kept in the page's address so that it can be sent to somebody. */

export class State {
  /** @param {number} number the table's place on the page; the first needs no prefix */
  constructor(number) {
    this.prefix = number ? `t${number + 1}.` : "";
  }

  /** @param {string} name */
  get(name) {
    return new URLSearchParams(location.search).get(this.prefix + name) ?? "";
  }

  /** Names with this beginning, without it. @param {string} beginning @returns {[string, string][]} */
  all(beginning) {
    const found = /** @type {[string, string][]} */ ([]);
    for (const [name, value] of new URLSearchParams(location.search)) {
      if (name.startsWith(this.prefix + beginning)) found.push([name.slice(this.prefix.length + beginning.length), value]);
    }
    return found;
  }

  /**
   * Write one choice; an empty one leaves the address.
   * @param {string} name
   * @param {string} value
   */
  set(name, value) {
    const url = new URL(location.href);
    if (value) url.searchParams.set(this.prefix + name, value);
    else url.searchParams.delete(this.prefix + name);
    if (url.href !== location.href) history.replaceState(history.state, "", url);
  }
}
