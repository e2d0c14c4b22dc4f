// @ts-check
/**
 * Only in the copy for reading without a network: hands the modules to the browser as text, since it
 * loads none from files, and answers requests for data from scripts that lie beside the data.
 */
(() => {
  const own = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  const site = new URL("../../", own);
  /** @type {Map<string, (text: string) => void>} */
  const waiting = new Map();

  /** @type {any} */ (window).ddOffline = (/** @type {string} */ name, /** @type {string} */ text) => {
    waiting.get(name)?.(text);
    waiting.delete(name);
  };

  window.fetch = (input) =>
    new Promise((resolve, reject) => {
      const url = new URL(input instanceof Request ? input.url : String(input), site);
      const name = decodeURIComponent(url.href.slice(site.href.length));
      const script = document.createElement("script");
      script.src = `${url.href}.js`;
      script.onerror = () => reject(new TypeError(`${name} is not in this copy`));
      waiting.set(name, (text) => resolve(new Response(text, { headers: { "Content-Type": "application/json" } })));
      document.head.append(script);
    });

  // A page on disk may not change its own address: views are kept while it is open, and not in the address.
  const replace = history.replaceState.bind(history);
  history.replaceState = (...given) => {
    try {
      replace(...given);
    } catch {
      // The view stands all the same.
    }
  };

  // Links that scripts make lead to folders; a file system shows their list of files instead of a page.
  document.addEventListener("click", (event) => {
    const link = /** @type {HTMLElement} */ (event.target).closest?.("a");
    if (!link || !link.href.startsWith(site.href) || !new URL(link.href).pathname.endsWith("/")) return;
    const url = new URL(link.href);
    url.pathname += "index.html";
    link.href = url.href;
  }, true);

  const map = document.createElement("script");
  map.type = "importmap";
  const texts = /** @type {Record<string, string>} */ (/** @type {any} */ (window).ddModules);
  map.textContent = JSON.stringify({
    imports: Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, `data:text/javascript;charset=utf-8,${encodeURIComponent(text)}`])),
  });
  document.head.append(map);
  // @ts-expect-error: the map above names it.
  import("dd/site.js");
})();
