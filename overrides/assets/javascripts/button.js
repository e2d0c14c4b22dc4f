// @ts-check
/** A button of the site's look. */

/**
 * @param {string} text what it shows
 * @param {string} name what it is called by those who do not see it
 * @param {() => void} act
 */
export function button(text, name, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "dd-button";
  made.textContent = text;
  made.setAttribute("aria-label", name);
  made.addEventListener("click", act);
  return made;
}
