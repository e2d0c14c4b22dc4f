"""assemble(): load, check, render, export, all in memory. Validation and build both start here."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from deepdive.checks import run_checks
from deepdive.checks.pages import kind_of
from deepdive.diagnostic import Diagnostic, in_order
from deepdive.load.corpus import Corpus, load_corpus
from deepdive.load.fences import fences
from deepdive.load.pages import parse_page
from deepdive.load.views import home_view, read_view
from deepdive.model.catalog import Catalog
from deepdive.model.day import today
from deepdive.model.places import SHARED_PAGES, table_page, tool_page
from deepdive.model.tool import Tool
from deepdive.model.vocabulary import LAYERS
from deepdive.render.calculator import render_calculator
from deepdive.render.contents import render_contents
from deepdive.render.diagram import render_diagram
from deepdive.render.environment import render
from deepdive.render.example import render_example
from deepdive.render.failure import render_failure
from deepdive.render.freshness import render_freshness
from deepdive.render.glossary import render_glossary
from deepdive.render.roofline import render_roofline
from deepdive.render.stack import render_stack
from deepdive.render.stack_map import render_stack_map
from deepdive.render.table import render_table
from deepdive.render.timeline import render_timeline
from deepdive.render.tool import Mention, render_tool
from deepdive.store import Store
from deepdive.yaml_source import read


@dataclass
class Site:
    """One docs folder, assembled: its data, what is wrong with it, and what it becomes.

    Each ``fence_<language>`` returns the HTML of one fence; a fence that cannot be shown becomes
    a visible box, and the reason is among the diagnostics already.
    """

    corpus: Corpus
    coloured: bool = True
    """Whether code is coloured; a check, which nobody sees, is spared it."""

    @cached_property
    def diagnostics(self) -> list[Diagnostic]:
        """What is wrong with the folder, in report order; judged when somebody asks."""
        return in_order([*self.corpus.diagnostics, *run_checks(self.corpus)])

    @property
    def catalog(self) -> Catalog:
        """The rows."""
        return self.corpus.catalog

    @cached_property
    def generated_pages(self) -> dict[str, str]:
        """Pages made from data, as Markdown, by path: every tool, and every table without a page of its own."""
        pages = {tool_page(tool.id): _tool_source(tool) for tool in self.catalog.tools.values()}
        for table in self.catalog.tables:
            path = table_page(table)
            if path not in self.corpus.pages and path not in pages and table.kind not in SHARED_PAGES:
                head = f"---\ntitle: {_quoted(table.title)}\ndescription: {_quoted(table.summary)}\nkind: table\nlayer: {table.layer}\n---\n"
                pages[path] = f"{head}\n# {table.title}\n\n{table.summary}\n\n``` table\nsource: {table.id}\n```\n"
        return pages

    @cached_property
    def texts(self) -> dict[str, tuple[str, str, str]]:
        """Title, description and Markdown (without front matter) of every page, by path; those from data come last."""
        found = {}
        for path, page in self.corpus.pages.items():
            found[path] = (str(page.meta.get("title") or path), str(page.meta.get("description") or ""), page.body)
        for path, text in self.generated_pages.items():
            page, _ = parse_page(text, path, path)
            found[path] = (str(page.meta["title"]), str(page.meta["description"]), page.body)
        return found

    def example(self, page: str, name: str) -> tuple[str | None, str | None]:
        """Code and recorded output of an example that a page shows; None for what is missing."""
        folder = page.rpartition("/")[0]
        path = f"{folder}/{name}" if folder else name
        return self._text(path), self._text(f"{path.removesuffix('.py')}.out")

    def fence_table(self, source: str, page: str) -> str:
        """A view of a table."""
        view, found = read_view(source, self.catalog, page, 0)
        if view is None:
            return render_failure("table", [problem.message for problem in found])
        whole = len(view.tables) == 1 and page == table_page(view.tables[0]) and not view.where
        return render_table(
            home_view(view.tables[0]) if whole and source.count("\n") == 0 else view, self.catalog, page
        )

    def fence_example(self, source: str, page: str) -> str:
        """An example's code and recorded output."""
        name = read(source, page).data
        path = str(name.get("file", "")) if isinstance(name, dict) else ""
        code, output = self.example(page, path)
        if code is None or output is None:
            return render_failure("example", [f"{path} or its recorded output is missing."])
        return render_example(path.rpartition("/")[2], code, output, self.coloured)

    def fence_tool_page(self, source: str, page: str) -> str:
        """The body of a generated tool page."""
        tool = self.catalog.tools[source.strip()]
        mentions = tuple(Mention(path, self.texts[path][0]) for path in self.corpus.mentions.get(tool.id, ()))
        return render_tool(tool, self.catalog, mentions)

    def fence_roofline(self, source: str, page: str) -> str:
        """A roofline plot."""
        data = read(source, page).data
        try:
            workloads = [(str(one["name"]), float(one["intensity"])) for one in data.get("workloads") or []]
            return render_roofline(list(data["devices"]), str(data.get("precision", "bf16")), workloads, self.catalog)
        except (KeyError, TypeError, ValueError, AttributeError) as problem:
            return render_failure("plot", [f"{type(problem).__name__}: {problem}"])

    def fence_stack(self, source: str, page: str) -> str:
        """The six layers as cards."""
        counts = Counter(path.partition("/")[0] for path in self.corpus.pages)
        started: dict[str, int] = {layer: counts[layer] for layer in LAYERS if f"{layer}/index.md" in self.corpus.pages}
        return render_stack(self.catalog, started)

    def fence_stack_map(self, source: str, page: str) -> str:
        """Every tool in its category in its layer."""
        return render_stack_map(self.catalog)

    def fence_calculator(self, source: str, page: str) -> str:
        """The place of a calculator."""
        data = read(source, page).data
        try:
            return render_calculator(str(data["name"]), page, self.corpus.redirects.moved, self.corpus.page_paths)
        except (KeyError, TypeError) as problem:
            return render_failure("calculator", [f"{type(problem).__name__}: {problem}"])

    def fence_glossary(self, source: str, page: str) -> str:
        """All terms."""
        return render_glossary(self.catalog)

    def fence_timeline(self, source: str, page: str) -> str:
        """All events."""
        return render_timeline(self.catalog)

    def fence_freshness(self, source: str, page: str) -> str:
        """Coverage, age and evidence of all rows."""
        return render_freshness(self.catalog, today())

    def fence_contents(self, source: str, page: str) -> str:
        """The pages and tables of the layer that the page stands in."""
        data = read(source, page).data
        order = data.get("pages") if isinstance(data, dict) else None
        names = [str(one) for one in order] if isinstance(order, list) else []
        topics = {path: one.meta for path, one in self.corpus.pages.items() if kind_of(one) == "topic"}
        return render_contents(page.partition("/")[0], names, topics, self.catalog)

    def fence_compare(self, source: str, page: str) -> str:
        """The place where rows stand side by side; filled in the browser from the API."""
        return render("compare.html")

    def fence_explorer(self, source: str, page: str) -> str:
        """The place of a plot of any two figures of a kind; drawn in the browser from the API."""
        data = read(source, page).data
        wanted = data if isinstance(data, dict) else {}
        return render("explorer.html", **{name: str(wanted.get(name, "")) for name in ("kind", "x", "y")})

    def fence_propose(self, source: str, page: str) -> str:
        """The place of the form for a new tool or a changed one; filled in the browser from the schema."""
        return render("propose.html")

    def fence_mermaid(self, source: str, page: str) -> str:
        """A diagram, drawn in the browser by the library the site carries."""
        return render_diagram(source)

    def _text(self, path: str) -> str | None:
        if path not in self.corpus.files.others:
            return None
        try:
            return (self.corpus.files.docs / path).read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            return None


def fence_languages() -> frozenset[str]:
    """The languages of the fences a Site renders."""
    return frozenset(name.removeprefix("fence_").replace("_", "-") for name in dir(Site) if name.startswith("fence_"))


def assemble(docs: Path, root: Path, store: Store | None = None) -> Site:
    """Read ``docs``; ``root`` is the folder reports are relative to, ``store`` keeps slow verdicts."""
    return Site(load_corpus(docs, root, store=store))


_ASSEMBLED: dict[tuple[Path, int], Site] = {}


def site_of(docs_dir: str) -> Site:
    """The site of a folder for renderers that run the Markdown extension without the plugin.

    Kept until a file of the folder changes.
    """
    docs = Path(docs_dir).resolve()
    stamp = max((path.stat().st_mtime_ns for path in docs.rglob("*") if path.is_file()), default=0)
    if (docs, stamp) not in _ASSEMBLED:
        _ASSEMBLED.clear()
        _ASSEMBLED[docs, stamp] = assemble(docs, docs.parent)
    return _ASSEMBLED[docs, stamp]


def _tool_source(tool: Tool) -> str:
    return (
        f"---\ntitle: {_quoted(tool.name)}\ndescription: {_quoted(tool.summary)}\nkind: tool\n"
        f"tool: {tool.id}\nhide: [navigation, toc]\n---\n\n# {tool.name}\n\n``` tool-page\n{tool.id}\n```\n"
    )


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def example_paths(corpus: Corpus) -> list[str]:
    """Every example file that a page shows, by path below docs."""
    found = []
    for path, page in corpus.pages.items():
        folder = path.rpartition("/")[0]
        for block in fences(page.body):
            if block.language == "example":
                data = read(block.content, path).data
                if isinstance(data, dict) and data.get("file"):
                    found.append(f"{folder}/{data['file']}" if folder else str(data["file"]))
    return sorted(set(found))
