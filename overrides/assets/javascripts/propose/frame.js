// @ts-check
/** What stands around a control: its title, hint and faults. */

/** @typedef {import("./controls.js").Asked} Asked */

/**
 * The frame of a control: its title, hint and faults.
 * @param {"div" | "fieldset"} tag
 * @param {Asked} field
 * @param {HTMLElement} inner
 */
export function framed(tag, field, inner) {
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
