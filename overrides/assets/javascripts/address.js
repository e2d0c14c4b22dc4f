// @ts-check
/** The page's address, kept up to what a reader chose. */

/** What the address does not show yet. @type {URL | null} */
let coming = null;
let timer = 0;
const PAUSE = 1000;

/** The address as it stands, with what is still to come. */
export const address = () => new URL(coming ?? location.href);

/**
 * Show another address of this page. A browser may refuse one that is written too often; then it is tried again after a pause.
 * @param {URL} url
 */
export function showAddress(url) {
  window.clearTimeout(timer);
  coming = null;
  if (url.href === location.href) return;
  try {
    history.replaceState(history.state, "", url);
  } catch {
    coming = url;
    timer = window.setTimeout(() => showAddress(url), PAUSE);
  }
}
