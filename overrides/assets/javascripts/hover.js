// @ts-check
/** Cards for references to data: on hover, on keyboard focus, and on a first tap, whose second follows the link. */

const DELAY = 120;
const HOVERS = window.matchMedia("(hover: hover)");

/**
 * @param {HTMLElement} root
 * @param {HTMLElement | null} early a reference that was tapped before this was here
 * @param {boolean} touch whether the last press was a finger's: not every browser says so of the click that follows
 */
export function watch(root, early, touch) {
  const card = document.createElement("div");
  card.className = "dd-card-hover";
  card.id = "dd-card-hover";
  card.setAttribute("role", "tooltip");
  card.hidden = true;
  document.body.append(card);
  /** @type {HTMLElement | null} */
  let current = null;
  /** When a finger put the card up, it stays until the next tap. */
  let tapped = false;
  let timer = 0;

  root.querySelectorAll("[data-dd]").forEach((link) => {
    // The browser's own tooltip would cover the card; the text stays in the page for readers without script.
    const element = /** @type {HTMLElement} */ (link);
    element.dataset.ddTitle = element.title;
    element.removeAttribute("title");
  });

  /**
   * @param {HTMLElement} link
   * @param {...HTMLElement} more lines below its text
   */
  function show(link, ...more) {
    if (current !== link) current?.removeAttribute("aria-describedby");
    current = link;
    const [scheme] = (link.dataset.dd ?? "").split(":");
    card.replaceChildren(line("dd-card-kind", scheme), line("dd-card-text", link.dataset.ddTitle ?? ""), ...more);
    card.hidden = false;
    card.style.left = "0"; // the old place may leave it less room than the new one
    link.setAttribute("aria-describedby", card.id);
    const box = link.getBoundingClientRect();
    const left = Math.min(Math.max(8, box.left), window.innerWidth - card.offsetWidth - 8);
    const below = box.bottom + 8;
    const fits = below + card.offsetHeight < window.innerHeight;
    card.style.left = `${left + window.scrollX}px`;
    card.style.top = `${(fits ? below : box.top - card.offsetHeight - 8) + window.scrollY}px`;
  }

  function hide() {
    window.clearTimeout(timer);
    tapped = false;
    current?.removeAttribute("aria-describedby");
    current = null;
    card.hidden = true;
  }

  /** @param {HTMLElement} link */
  function tap(link) {
    tapped = true;
    show(link, line("dd-card-more", "Tap again to open"));
  }

  /** @param {Event} event */
  const reference = (event) => /** @type {HTMLElement | null} */ (/** @type {HTMLElement} */ (event.target).closest?.("[data-dd]"));

  root.addEventListener("pointerover", (event) => {
    const link = reference(event);
    if (!link || event.pointerType === "touch") return;
    window.clearTimeout(timer);
    timer = window.setTimeout(() => show(link), DELAY);
  });
  root.addEventListener("pointerout", (event) => {
    if (!tapped && reference(event)) hide();
  });
  root.addEventListener("pointerdown", (event) => (touch = event.pointerType === "touch"), true);
  root.addEventListener("click", (event) => {
    const link = reference(event);
    if (!link) {
      if (tapped) hide();
      return;
    }
    // A click without a press is the keyboard's.
    if (!touch || !event.detail || (tapped && link === current)) {
      hide(); // the link is followed, perhaps to another place of this page
      return;
    }
    event.preventDefault();
    tap(link);
  });
  root.addEventListener("focusin", (event) => {
    const link = reference(event);
    // A finger's focus comes before its click, which decides.
    if (link && link.matches(":focus-visible")) show(link);
  });
  root.addEventListener("focusout", () => {
    if (!tapped) hide();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });

  // What fetched this came before it could listen.
  if (early) tap(early);
  const pointed = /** @type {HTMLElement | null} */ (HOVERS.matches ? root.querySelector("[data-dd]:hover") : null);
  if (pointed) timer = window.setTimeout(() => show(pointed), DELAY);
  const focused = /** @type {HTMLElement | null} */ (root.querySelector("[data-dd]:focus-visible"));
  if (focused) show(focused);
}

/**
 * @param {string} css
 * @param {string} text
 */
function line(css, text) {
  const element = document.createElement("div");
  element.className = css;
  element.textContent = text;
  return element;
}
