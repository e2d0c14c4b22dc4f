// @ts-check
/** Elements of an SVG. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @param {string} tag
 * @param {Record<string, string | number>} attributes
 */
export function node(tag, attributes) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  return made;
}

/**
 * @param {number} x
 * @param {number} y
 * @param {string} content
 * @param {string} anchor
 * @param {string} [css]
 */
export function text(x, y, content, anchor, css) {
  const made = node("text", { x, y, "text-anchor": anchor, ...(css ? { class: css } : {}) });
  made.textContent = content;
  return made;
}
