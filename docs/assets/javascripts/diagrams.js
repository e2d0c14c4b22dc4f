// @ts-check
/**
 * Stands in for Mermaid until a diagram nears the viewport, then loads the library the site carries
 * and draws every diagram in the colours of the page, again when light and dark change places.
 * The mermaid2 plugin adds this script to pages with a diagram and calls mermaid.initialize().
 */
(() => {
  const library = new URL("../mermaid/mermaid.min.js", /** @type {HTMLScriptElement} */ (document.currentScript).src);
  /** @type {Record<string, unknown>} */
  let options = {};
  /** @type {Promise<any> | null} */
  let loading = null;
  const diagrams = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("div.mermaid")]);
  const sources = new Map(diagrams.map((diagram) => [diagram, diagram.textContent ?? ""]));
  let drawn = 0;

  function load() {
    loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = library.href;
      script.onload = () => resolve(/** @type {any} */ (window).mermaid);
      script.onerror = () => reject(new Error("the diagram library could not be loaded"));
      document.head.append(script);
    });
    return loading;
  }

  /** The colours of the page as Mermaid wants them. */
  function theme() {
    const style = getComputedStyle(document.body);
    const probe = document.createElement("span");
    probe.style.forcedColorAdjust = "none"; // else every colour would be that of text
    document.body.append(probe);
    /** @param {string} name */
    const colour = (name) => {
      probe.style.color = `var(${name})`;
      return getComputedStyle(probe).color;
    };
    const variables = {
      darkMode: document.body.dataset.mdColorScheme === "slate",
      fontFamily: style.fontFamily,
      fontSize: "15px",
      background: colour("--dd-paper"),
      primaryColor: colour("--dd-node"),
      primaryTextColor: colour("--dd-ink"),
      primaryBorderColor: colour("--dd-node-edge"),
      secondaryColor: colour("--dd-node"),
      tertiaryColor: colour("--dd-cluster"),
      tertiaryTextColor: colour("--dd-ink"),
      clusterBkg: colour("--dd-cluster"),
      clusterBorder: colour("--dd-line"),
      lineColor: colour("--dd-edge"),
      textColor: colour("--dd-ink"),
      titleColor: colour("--dd-ink"),
      edgeLabelBackground: colour("--dd-paper"),
      noteBkgColor: colour("--dd-cluster"),
      noteTextColor: colour("--dd-ink"),
      noteBorderColor: colour("--dd-line"),
      actorBkg: colour("--dd-node"),
      actorBorder: colour("--dd-node-edge"),
      actorTextColor: colour("--dd-ink"),
      signalColor: colour("--dd-edge"),
      signalTextColor: colour("--dd-ink"),
      labelTextColor: colour("--dd-ink"),
      loopTextColor: colour("--dd-ink"),
    };
    probe.remove();
    return variables;
  }

  async function draw() {
    const mermaid = await load();
    mermaid.initialize({ ...options, theme: "base", themeVariables: theme(), flowchart: { useMaxWidth: true, htmlLabels: false } });
    for (const diagram of diagrams) {
      drawn += 1;
      const { svg } = await mermaid.render(`dd-diagram-${drawn}`, sources.get(diagram));
      diagram.innerHTML = svg;
      diagram.dataset.drawn = "";
    }
  }

  /** @type {any} */ (window).mermaid = {
    /** @param {Record<string, unknown>} given */
    initialize(given) {
      options = given;
      const seen = new IntersectionObserver(
        (entries) => {
          if (!entries.some((entry) => entry.isIntersecting)) return;
          seen.disconnect();
          draw().catch((problem) => diagrams.forEach((diagram) => (diagram.dataset.failed = String(problem.message))));
        },
        { rootMargin: "250px" },
      );
      diagrams.forEach((diagram) => seen.observe(diagram));
      new MutationObserver(() => loading && draw()).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
      window.matchMedia("(forced-colors: active)").addEventListener("change", () => loading && draw());
    },
  };
  window.addEventListener("beforeprint", () => draw());
})();
