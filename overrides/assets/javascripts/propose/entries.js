// @ts-check
/** Controls that hold a list of entries: lines of text, or sources. */
import { framed } from "./frame.js";
import { textArea, textInput, tidy } from "./inputs.js";

/** @typedef {import("./controls.js").Asked} Asked */
/** @typedef {import("./controls.js").Control} Control */
/** @typedef {{element: HTMLElement, inputs: (HTMLInputElement | HTMLTextAreaElement)[], read: () => any, write: (value: any) => void, name: (number: number) => void}} Entry */

/**
 * A list of entries, one more at the press of Enter.
 * @param {Asked} field
 * @param {(field: Asked) => Entry} make
 * @returns {Control}
 */
export function ofEntries(field, make) {
  /** @type {Entry[]} */
  let entries = [];
  const list = document.createElement("div");
  list.className = "dd-propose-lines";
  const more = document.createElement("button");
  more.type = "button";
  more.className = "dd-button";
  more.textContent = field.kind === "sources" ? "Add a source" : "Add a line";
  more.setAttribute("aria-label", `${more.textContent}: ${field.title}`);
  const box = document.createElement("div");
  box.append(list, more);
  const frame = framed("fieldset", field, box);
  const arrange = () => {
    entries.forEach((entry, number) => entry.name(number + 1));
    more.hidden = entries.length >= field.most;
  };
  const changed = () => frame.control.element.dispatchEvent(new Event("input", { bubbles: true }));
  const add = () => {
    const entry = make(field);
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "dd-remove";
    remove.textContent = "×";
    remove.addEventListener("click", () => {
      entries = entries.filter((one) => one !== entry);
      entry.element.remove();
      if (!entries.length) add();
      arrange();
      entries[0].inputs[0].focus();
      changed();
    });
    const naming = entry.name;
    entry.name = (number) => (naming(number), remove.setAttribute("aria-label", `Remove line ${number} of ${field.title}`));
    entry.element.append(remove);
    entry.element.addEventListener("keydown", (event) => {
      const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
      if (event.key !== "Enter" || !typing) return;
      event.preventDefault();
      if (entries.length < field.most && entry === entries[entries.length - 1] && entry.read()) (add(), arrange());
      entries[Math.min(entries.indexOf(entry) + 1, entries.length - 1)].inputs[0].focus();
    });
    for (const input of entry.inputs) frame.describe(input);
    entries.push(entry);
    list.append(entry.element);
    return entry;
  };
  more.addEventListener("click", () => {
    const entry = add();
    arrange();
    entry.inputs[0].focus();
  });
  add();
  arrange();
  return {
    ...frame.control,
    read: () => entries.map((entry) => entry.read()).filter(Boolean),
    write: (value) => {
      list.replaceChildren();
      entries = [];
      for (const one of Array.isArray(value) && value.length ? value.slice(0, 40) : [undefined]) add().write(one);
      arrange();
    },
    focus: () => entries[0].inputs[0].focus(),
  };
}

/** @param {Asked} field @returns {Entry} */
export function lineEntry(field) {
  const input = field.longest > 100 && field.longest < Infinity ? textArea() : textInput(field.list);
  const element = document.createElement("div");
  element.append(input);
  return {
    element,
    inputs: [input],
    read: () => tidy(input.value).replace(/^- /, ""),
    write: (value) => (input.value = value === undefined ? "" : String(value)),
    name: (number) => input.setAttribute("aria-label", `${field.title}, line ${number}`),
  };
}

/** @param {Asked} field @returns {Entry} */
export function sourceEntry(field) {
  const url = textInput(field.list);
  const shows = textArea();
  const accessed = textInput("");
  accessed.type = "date";
  accessed.value = new Date().toISOString().slice(0, 10);
  /** What the form does not ask for stays as it is. @type {Record<string, any>} */
  let rest = {};
  const element = document.createElement("div");
  element.className = "dd-propose-source";
  const titles = ["Address", "What it shows", "Opened on"];
  [url, shows, accessed].forEach((input, place) => {
    const label = document.createElement("label");
    label.append(titles[place], input);
    element.append(label);
  });
  url.placeholder = "https://…";
  return {
    element,
    inputs: [url, shows, accessed],
    read: () => {
      const [address, shown] = [tidy(url.value), tidy(shows.value)];
      if (!address && !shown) return null;
      if (/^paper:/.test(address)) return address;
      const known = { url: address, ...rest, ...(shown && { shows: shown }), ...(accessed.value && { accessed: accessed.value }) };
      return Object.keys(known).length > 1 ? known : address;
    },
    write: (value) => {
      if (value === undefined) return;
      const known = typeof value === "object" && value ? value : { url: value };
      [url.value, shows.value, accessed.value] = ["url", "shows", "accessed"].map((name) => String(known[name] ?? ""));
      rest = Object.fromEntries(Object.entries(known).filter(([name]) => name === "id" || name === "title"));
    },
    name: (number) => [url, shows, accessed].forEach((input, place) => input.setAttribute("aria-label", `${titles[place]}, source ${number}`)),
  };
}
