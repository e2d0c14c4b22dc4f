// @ts-check
/** The controls of a form: one field each, with its hint, its value, and what is wrong with it. */

/**
 * @typedef {{name: string, element: HTMLElement, read: () => any, write: (value: any) => void,
 *   show: (faults: {said: string, mild?: boolean, tool?: string}[]) => void, hint: (text: string) => void, focus: () => void}} Control
 */
/** @typedef {import("./fields.js").Field & {hint: string, list: string, groups?: [string, [string, string][]][]}} Asked */

/** @param {Asked} field @returns {Control} */
export function control(field) {
  if (field.kind === "choices") return ofWords(field);
  if (field.kind === "lines") return ofEntries(field, lineEntry);
  if (field.kind === "sources") return ofEntries(field, sourceEntry);
  return single(field);
}

/** @param {Asked} field @returns {Control} */
function single(field) {
  const input = field.kind === "choice" ? select(field) : field.long ? document.createElement("textarea") : document.createElement("input");
  if (input instanceof HTMLInputElement) {
    input.type = field.kind === "day" ? "date" : "text";
    if (field.list) input.setAttribute("list", field.list);
  }
  if (input instanceof HTMLTextAreaElement) input.rows = 3;
  if (!(input instanceof HTMLSelectElement)) plainTyping(input);
  input.id = `dd-propose-${field.name}`;
  const frame = framed("div", field, input);
  const count = document.createElement("span");
  count.className = "dd-propose-count";
  count.setAttribute("aria-hidden", "true");
  if (field.longest < Infinity) frame.label.append(count);
  const measure = () => (count.textContent = `${[...tidy(input.value)].length} of ${field.longest}`);
  input.addEventListener("input", measure);
  measure();
  return {
    ...frame.control,
    read: () => tidy(input.value),
    write: (value) => ((input.value = value === undefined ? "" : String(value)), measure()),
    focus: () => input.focus(),
  };
}

/** @param {Asked} field */
function select(field) {
  const box = document.createElement("select");
  box.append(new Option(field.needed ? "choose" : "not recorded", ""));
  for (const [title, options] of field.groups ?? []) {
    const group = document.createElement("optgroup");
    group.label = title;
    group.append(...options.map(([value, text]) => new Option(text, value)));
    box.append(group);
  }
  if (!field.groups) box.append(...field.options.map((word) => new Option(word, word)));
  return box;
}

/** @param {Asked} field @returns {Control} */
function ofWords(field) {
  const boxes = field.options.map((word) => {
    const box = document.createElement("input");
    box.type = "checkbox";
    box.value = word;
    const label = document.createElement("label");
    label.append(box, ` ${word}`);
    return { box, label };
  });
  const group = document.createElement("div");
  group.className = "dd-propose-words";
  group.append(...boxes.map(({ label }) => label));
  /** The order in which a row held its words stays. @type {string[]} */
  let order = [];
  /** @param {string} word */
  const rank = (word) => (order.includes(word) ? order.indexOf(word) : order.length);
  return {
    ...framed("fieldset", field, group).control,
    read: () => boxes.filter(({ box }) => box.checked).map(({ box }) => box.value).sort((a, b) => rank(a) - rank(b)),
    write: (value) => {
      order = Array.isArray(value) ? value : [];
      boxes.forEach(({ box }) => (box.checked = order.includes(box.value)));
    },
    focus: () => boxes[0]?.box.focus(),
  };
}

/** @typedef {{element: HTMLElement, inputs: (HTMLInputElement | HTMLTextAreaElement)[], read: () => any, write: (value: any) => void, name: (number: number) => void}} Entry */

/**
 * A list of entries, one more at the press of Enter.
 * @param {Asked} field
 * @param {(field: Asked) => Entry} make
 * @returns {Control}
 */
function ofEntries(field, make) {
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
function lineEntry(field) {
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
function sourceEntry(field) {
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

/**
 * The frame of a control: its title, hint and faults.
 * @param {"div" | "fieldset"} tag
 * @param {Asked} field
 * @param {HTMLElement} inner
 */
function framed(tag, field, inner) {
  const element = document.createElement(tag);
  element.className = "dd-propose-field";
  element.dataset.field = field.name;
  const label = document.createElement(tag === "div" ? "label" : "legend");
  label.append(field.title);
  if (field.needed) label.append(Object.assign(document.createElement("span"), { className: "dd-propose-needed", textContent: " needed" }));
  if (label instanceof HTMLLabelElement) label.htmlFor = inner.id;
  const hint = document.createElement("p");
  hint.className = "dd-propose-hint";
  hint.id = `dd-propose-${field.name}-hint`;
  hint.textContent = field.hint;
  const fault = document.createElement("p");
  fault.className = "dd-propose-fault";
  fault.id = `dd-propose-${field.name}-fault`;
  fault.hidden = true;
  element.append(label, hint, inner, fault);
  /** @param {Element} input */
  const describe = (input) => input.setAttribute("aria-describedby", `${hint.id} ${fault.id}`);
  if (tag === "div") describe(inner);
  else describe(element);
  return {
    label,
    describe,
    control: {
      name: field.name,
      element,
      /** @param {string} text */
      hint: (text) => (hint.textContent = text),
      /** @param {{said: string, mild?: boolean, tool?: string}[]} faults */
      show: (faults) => {
        const shown = faults.find((one) => !one.mild) ?? faults[0];
        fault.hidden = !shown;
        fault.classList.toggle("dd-propose-mild", Boolean(shown?.mild));
        fault.replaceChildren(...(shown ? [shown.said, ...(shown.tool ? [" ", changeLink(shown.tool)] : [])] : []));
        element.querySelectorAll("input:not([type=checkbox]), select, textarea").forEach((input) => {
          if (shown && !shown.mild) input.setAttribute("aria-invalid", "true");
          else input.removeAttribute("aria-invalid");
        });
      },
    },
  };
}

/** @param {string} tool */
function changeLink(tool) {
  const link = document.createElement("a");
  link.href = `?${new URLSearchParams({ tool })}`;
  link.textContent = "Change that row";
  return link;
}

/** @param {string} list */
function textInput(list) {
  const input = document.createElement("input");
  input.type = "text";
  if (list) input.setAttribute("list", list);
  plainTyping(input);
  return input;
}

function textArea() {
  const input = document.createElement("textarea");
  input.rows = 2;
  plainTyping(input);
  return input;
}

/** @param {HTMLInputElement | HTMLTextAreaElement} input */
function plainTyping(input) {
  input.autocomplete = "off";
  input.spellcheck = input instanceof HTMLTextAreaElement;
  input.setAttribute("autocapitalize", "off");
}

/** @param {string} text on one line, without stray spaces */
export const tidy = (text) => text.trim().replace(/\s+/g, " ");
