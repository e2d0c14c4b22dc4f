"""Rules between the fields of a row, and between rows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from deepdive.diagnostic import Diagnostic, error, warning
from deepdive.load.corpus import Corpus
from deepdive.load.faults import did_you_mean
from deepdive.model.accelerator import PRECISIONS, Accelerator
from deepdive.model.catalog import Table
from deepdive.model.columns import number_at, value_at
from deepdive.model.licence import is_osi_approved
from deepdive.model.open_model import OpenModel
from deepdive.model.paper import Paper
from deepdive.model.row import PAPER_SOURCE, Figure, Row, Source
from deepdive.model.term import Term
from deepdive.model.tool import Tool

_SUPERLATIVE = re.compile(
    r"\b(best|fastest|easiest|simplest|leading|most popular|state-of-the-art|cutting-edge|blazing|lightning|"
    r"powerful|seamless|seamlessly|effortless|effortlessly|revolutionary|world-class|unparalleled|robust|ultimate)\b",
    re.I,
)
# Ratios of dense peak rates that a sane row has; outside them it must say why in a note.
_RATIOS = {("fp16", "bf16"): (0.98, 1.02), ("fp8", "bf16"): (1.95, 2.05), ("int8", "fp8"): (0.95, 1.05), ("fp4", "fp8"): (1.9, 2.1), ("bf16", "tf32"): (1.9, 2.1)}


def _rows(corpus: Corpus, kind: type[Row]) -> Iterator[tuple[Table, int, Row]]:
    for table in corpus.catalog.tables:
        for position, row in enumerate(table.rows):
            if isinstance(row, kind):
                yield table, position, row


def categories_exist(corpus: Corpus) -> Iterator[Diagnostic]:
    """A tool's categories stand in the taxonomy, its own in the layer of its table."""
    categories = corpus.catalog.categories
    for table, position, row in _rows(corpus, Tool):
        assert isinstance(row, Tool)
        if row.category in categories and categories[row.category].layer != table.layer:
            layer = categories[row.category].layer
            place = corpus.locate(table, position, "category")
            yield error("wrong-layer", f"{row.id}: the category '{row.category}' belongs to the layer {layer}.", place, f"move the row to a table of docs/{layer}/, or choose a category of {table.layer}.")
        for path, name in [(("category",), row.category), *((("also_in", index), one) for index, one in enumerate(row.also_in))]:
            if name not in categories:
                fix = did_you_mean(name, categories) or "choose an id of docs/reference/taxonomy.yml."
                yield error("unknown-category", f"{row.id}: there is no category '{name}'.", corpus.locate(table, position, *path), fix)


def tools_referred_to_exist(corpus: Corpus) -> Iterator[Diagnostic]:
    """Every id that names a tool names one."""
    tools = corpus.catalog.tools
    for table, position, row in _rows(corpus, Row):
        for path, name in _tool_ids(row):
            if name not in tools:
                fix = did_you_mean(name, tools) or "add the tool, or remove the id."
                yield error("unknown-id", f"{row.id}: there is no tool '{name}'.", corpus.locate(table, position, *path), fix)


def _tool_ids(row: Row) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(row, Accelerator) and row.software:
        yield ("software",), row.software
    if isinstance(row, Tool):
        for field in ("successor", "part_of"):
            if name := getattr(row, field):
                yield (field,), name
        for field in ("alternatives", "works_with", "built_on"):
            for index, name in enumerate(getattr(row, field)):
                yield (field, index), name


def alternatives_are_others(corpus: Corpus) -> Iterator[Diagnostic]:
    """A tool is not its own alternative, and a pair is written once."""
    written: set[tuple[str, str]] = set()
    for table, position, row in _rows(corpus, Tool):
        assert isinstance(row, Tool)
        for index, other in enumerate(row.alternatives):
            place = corpus.locate(table, position, "alternatives", index)
            if other == row.id:
                yield error("self-reference", f"{row.id} names itself as an alternative.", place, "remove it.")
            pair = (min(row.id, other), max(row.id, other))
            if pair in written:
                yield warning("alternative-twice", f"{row.id}: the pair with '{other}' is written already.", place, "remove one: alternatives hold in both directions.")
            written.add(pair)


def parents_have_no_cycle(corpus: Corpus) -> Iterator[Diagnostic]:
    """``part_of``, ``built_on`` and ``successor`` lead somewhere, never back."""
    tools = corpus.catalog.tools
    for table, position, row in _rows(corpus, Tool):
        assert isinstance(row, Tool)
        for field in ("part_of", "built_on", "successor"):
            way = _way_back(row.id, field, tools)
            if way:
                message = f"{row.id}: {field} runs in a circle: {' → '.join(way)}."
                yield error("circular-reference", message, corpus.locate(table, position, field), "remove one step.")


def _way_back(start: str, field: str, tools: dict[str, Tool]) -> list[str]:
    ways = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        value = getattr(tools[way[-1]], field) if way[-1] in tools else ()
        for step in value if isinstance(value, tuple) else (value,) if value else ():
            if step == start:
                return [*way, start]
            if step not in seen:
                seen.add(step)
                ways.append([*way, step])
    return []


def tool_has_an_address(corpus: Corpus) -> Iterator[Diagnostic]:
    """A reader can get to the tool."""
    for table, position, row in _rows(corpus, Tool):
        assert isinstance(row, Tool)
        if not (row.homepage or row.repo or row.docs):
            yield error("missing-field", f"{row.id}: a homepage, repo or docs address is missing.", corpus.locate(table, position), "add one of them.")


def open_source_is_approved(corpus: Corpus) -> Iterator[Diagnostic]:
    """Only an OSI-approved licence is called open source."""
    for table, position, row in _rows(corpus, Tool):
        assert isinstance(row, Tool)
        if row.openness == "open-source" and not is_osi_approved(row.license):
            place = corpus.locate(table, position, "license")
            yield error("licence-not-open", f"{row.id}: '{row.license}' is not an OSI-approved licence.", place, "write openness: source-available (or open-core, open-weights, proprietary).")


def summary_is_a_sentence(corpus: Corpus) -> Iterator[Diagnostic]:
    """One neutral sentence that ends with a full stop."""
    for table, position, row in _rows(corpus, Tool):
        assert isinstance(row, Tool)
        place = corpus.locate(table, position, "summary")
        if not row.summary.endswith("."):
            yield error("summary-style", f"{row.id}: the summary does not end with a full stop.", place, "add it.")
        if found := _SUPERLATIVE.search(row.summary):
            yield warning("superlative", f"{row.id}: '{found.group()}' praises; the summary says what it is.", place, "say what it does instead.")


def papers_have_an_address(corpus: Corpus) -> Iterator[Diagnostic]:
    """A work can be found: by arXiv number, DOI or address."""
    seen: dict[str, str] = {}
    for table, position, row in _rows(corpus, Paper):
        assert isinstance(row, Paper)
        if not (row.arxiv or row.doi or row.url):
            yield error("missing-field", f"{row.id}: arxiv, doi or url is missing.", corpus.locate(table, position), "add one of them.")
        for name in (row.arxiv, row.doi and row.doi.casefold()):
            if name and name in seen:
                yield error("duplicate-source", f"{row.id} is the same work as '{seen[name]}' ({name}).", corpus.locate(table, position, "id"), "keep one row.")
            if name:
                seen[name] = row.id


def terms_referred_to_exist(corpus: Corpus) -> Iterator[Diagnostic]:
    """``see_also`` leads to other terms."""
    terms = corpus.catalog.terms
    for table, position, row in _rows(corpus, Term):
        assert isinstance(row, Term)
        for index, name in enumerate(row.see_also):
            place = corpus.locate(table, position, "see_also", index)
            if name == row.id:
                yield error("self-reference", f"{row.id} sends readers to itself.", place, "remove it.")
            elif name not in terms:
                yield error("unknown-id", f"{row.id}: there is no term '{name}'.", place, did_you_mean(name, terms) or "add the term, or remove the id.")


def cited_papers_exist(corpus: Corpus) -> Iterator[Diagnostic]:
    """``paper:<id>`` in sources, and a tool's ``paper``, name a row of a papers table."""
    papers = corpus.catalog.papers
    for table, position, row in _rows(corpus, Row):
        names: list[tuple[tuple[str | int, ...], str]] = []
        for index, source in enumerate(row.sources):
            if isinstance(source, str) and (match := PAPER_SOURCE.fullmatch(source)):
                names.append((("sources", index), match[1]))
        if isinstance(row, Tool) and row.paper:
            names.append((("paper",), row.paper))
        for path, name in names:
            if name not in papers:
                fix = did_you_mean(name, papers) or "add the paper, or cite its address."
                yield error("unknown-id", f"{row.id}: there is no paper '{name}'.", corpus.locate(table, position, *path), fix)


def _figures(row: Row) -> Iterable[tuple[str, Figure]]:
    for name in type(row).model_fields:
        value = getattr(row, name)
        if isinstance(value, Figure):
            yield name, value
        elif name in ("peak_dense", "peak_sparse"):
            for inner in type(value).model_fields:
                if isinstance(figure := getattr(value, inner), Figure):
                    yield f"{name}.{inner}", figure


def figure_sources_exist(corpus: Corpus) -> Iterator[Diagnostic]:
    """A figure names a source of its own row."""
    for table, position, row in _rows(corpus, Row):
        known = {source.id for source in row.sources if isinstance(source, Source) and source.id}
        for path, figure in _figures(row):
            if figure.source and figure.source not in known:
                place = corpus.locate(table, position, *path.split("."), "source")
                yield error("unknown-id", f"{row.id}: {path} names the source '{figure.source}', which the row does not have.", place, did_you_mean(figure.source, known) or "give the source that id.")


def sparse_is_not_below_dense(corpus: Corpus) -> Iterator[Diagnostic]:
    """A rate with structured sparsity is at least the dense one."""
    for table, position, row in _rows(corpus, Accelerator):
        for precision in PRECISIONS:
            dense, sparse = (number_at(row, f"peak_{word}.{precision}") for word in ("dense", "sparse"))
            if dense is not None and sparse is not None and sparse < dense:
                place = corpus.locate(table, position, "peak_sparse", precision)
                yield error("implausible-figure", f"{row.id}: sparse {precision} ({sparse:g}) is below dense ({dense:g}).", place, "check which of the two the data sheet prints.")


def rates_fit_each_other(corpus: Corpus) -> Iterator[Diagnostic]:
    """Rates of neighbouring precisions stand in their usual ratio, or the row says why not."""
    for table, position, row in _rows(corpus, Accelerator):
        assert isinstance(row, Accelerator)
        for (upper, lower), (low, high) in _RATIOS.items():
            one, two = number_at(row, f"peak_dense.{upper}"), number_at(row, f"peak_dense.{lower}")
            noted = row.note or any(isinstance(figure := value_at(row, f"peak_dense.{name}"), Figure) and figure.note for name in (upper, lower))
            if one and two and not low <= one / two <= high and not noted:
                place = corpus.locate(table, position, "peak_dense", upper)
                yield warning("implausible-figure", f"{row.id}: {upper} is {one / two:.2f} × {lower}; the usual ratio is {low:g} to {high:g}.", place, "check for a sparse figure among the dense; if it is right, say why in a note.")


def model_dimensions_fit(corpus: Corpus) -> Iterator[Diagnostic]:
    """Query heads are a multiple of key-value heads; active parameters are not more than all."""
    for table, position, row in _rows(corpus, OpenModel):
        heads, kv_heads = number_at(row, "heads"), number_at(row, "kv_heads")
        if heads and kv_heads and heads % kv_heads:
            yield error("implausible-figure", f"{row.id}: {heads:g} query heads are not a multiple of {kv_heads:g} key-value heads.", corpus.locate(table, position, "kv_heads"), "read them from the model's configuration file.")
        total, active = number_at(row, "parameters_bn"), number_at(row, "active_parameters_bn")
        if total and active and active > total:
            yield error("implausible-figure", f"{row.id}: more active parameters than parameters.", corpus.locate(table, position, "active_parameters_bn"), None)
