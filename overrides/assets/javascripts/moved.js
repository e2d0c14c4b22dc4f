// @ts-check
/**
 * The page at an old address sends its reader on. What followed the old address follows the new one:
 * the reader's own #section goes before the one that the redirect names.
 */
const script = /** @type {HTMLScriptElement} */ (document.currentScript);
const to = new URL(script.dataset.to ?? "", location.href);
to.search = location.search;
if (location.hash) to.hash = location.hash;
location.replace(to);
