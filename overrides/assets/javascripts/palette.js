// @ts-check
/** Light and dark: the reader's choice, or the system's until there is one, kept for every page under Material's name. */

const FIELDS = ["media", "scheme", "primary", "accent"];

/** The theme's own storage, from the head of every page, where it is kept from throwing (main.html). */
const storage = /** @type {{__md_get: (name: string) => any, __md_set: (name: string, value: unknown) => void}} */ (/** @type {unknown} */ (window));

/** @param {HTMLFormElement} form one radio button a palette, each with the label that leads to the next */
export function choosePalette(form) {
  const inputs = /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll("input")]);

  /** @param {number} index */
  function show(index) {
    inputs[index].checked = true; // a browser may bring back what another tab chose before
    const colours = Object.fromEntries(FIELDS.map((field) => [field, inputs[index].getAttribute(`data-md-color-${field}`) ?? ""]));
    inputs.forEach((input, place) => (/** @type {HTMLElement} */ (input.nextElementSibling).hidden = place !== index));
    const changes = FIELDS.filter((field) => document.body.getAttribute(`data-md-color-${field}`) !== colours[field]);
    if (changes.includes("scheme")) {
      // Nothing fades while everything changes colour.
      document.body.setAttribute("data-md-color-switching", "");
      window.setTimeout(() => document.body.removeAttribute("data-md-color-switching"));
    }
    changes.forEach((field) => document.body.setAttribute(`data-md-color-${field}`, colours[field]));
    // The canvas and the scroll bar of the page; light is what they are without a word.
    document.documentElement.style.colorScheme = colours.scheme === "slate" ? "dark" : "";
    return { index, color: colours };
  }

  const stored = storage.__md_get("__palette")?.index;
  const preferred = inputs.findIndex((input) => window.matchMedia(input.getAttribute("data-md-color-media") ?? "").matches);
  const first = Number.isInteger(stored) && inputs[stored] ? stored : Math.max(0, preferred);
  const now = show(first);
  if (stored !== first) storage.__md_set("__palette", now);

  inputs.forEach((input, index) => input.addEventListener("change", () => storage.__md_set("__palette", show(index))));
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const next = inputs[(inputs.findIndex((input) => !(/** @type {HTMLElement} */ (input.nextElementSibling).hidden)) + 1) % inputs.length];
    next.click();
    next.focus();
  });
}
