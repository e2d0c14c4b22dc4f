"""Figures: named sources, and values that do not contradict each other."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from deepdive.diagnostic import Diagnostic, error, warning
from deepdive.load.corpus import Corpus
from deepdive.load.faults import did_you_mean
from deepdive.model.accelerator import PRECISIONS, Accelerator
from deepdive.model.columns import figure_paths, number_at, value_at
from deepdive.model.interconnect import Interconnect
from deepdive.model.memory import Memory
from deepdive.model.network_adapter import NetworkAdapter
from deepdive.model.open_model import OpenModel
from deepdive.model.row import Figure, Row, Source

# Ratios of dense peak rates that a sane row has; outside them it must say why in a note.
_RATIOS = {
    ("fp16", "bf16"): (0.98, 1.02),
    ("fp8", "bf16"): (1.95, 2.05),
    ("int8", "fp8"): (0.95, 1.05),
    ("fp4", "fp8"): (1.9, 2.1),
    ("bf16", "tf32"): (1.9, 2.1),
}


# Figures that are the product of two others, over a divisor, within a share of the product: makers
# round a link's rate to whole GB/s, so a device's may be off by a little more.
_PRODUCTS: Mapping[type[Row], tuple[str, str, str, int, float]] = {
    Memory: ("bandwidth", "data_width", "data_rate", 8, 0.01),
    Interconnect: ("device_bandwidth", "link_bandwidth", "links", 1, 0.02),
    NetworkAdapter: ("bandwidth", "ports", "port_rate", 1, 0.01),
}


def figure_sources_exist(corpus: Corpus) -> Iterator[Diagnostic]:
    """A figure names a source of its own row."""
    for table, position, row in corpus.rows_of(Row):
        known = {source.id for source in row.sources if isinstance(source, Source) and source.id}
        for path in figure_paths(table.kind):
            figure = value_at(row, path)
            if isinstance(figure, Figure) and figure.source and figure.source not in known:
                place = corpus.locate(table, position, *path.split("."), "source")
                yield error(
                    "unknown-id",
                    f"{row.id}: {path} names the source '{figure.source}', which the row does not have.",
                    place,
                    did_you_mean(figure.source, known) or "give the source that id.",
                )


def sparse_is_not_below_dense(corpus: Corpus) -> Iterator[Diagnostic]:
    """A rate with structured sparsity is at least the dense one."""
    for table, position, row in corpus.rows_of(Accelerator):
        for precision in PRECISIONS:
            dense, sparse = (number_at(row, f"peak_{word}.{precision}") for word in ("dense", "sparse"))
            if dense is not None and sparse is not None and sparse < dense:
                place = corpus.locate(table, position, "peak_sparse", precision)
                yield error(
                    "implausible-figure",
                    f"{row.id}: sparse {precision} ({sparse:g}) is below dense ({dense:g}).",
                    place,
                    "check which of the two the data sheet prints.",
                )


def rates_fit_each_other(corpus: Corpus) -> Iterator[Diagnostic]:
    """Rates of neighbouring precisions stand in their usual ratio, or the row says why not."""
    for table, position, row in corpus.rows_of(Accelerator):
        for (upper, lower), (low, high) in _RATIOS.items():
            one, two = number_at(row, f"peak_dense.{upper}"), number_at(row, f"peak_dense.{lower}")
            noted = row.note or any(
                isinstance(figure := value_at(row, f"peak_dense.{name}"), Figure) and figure.note
                for name in (upper, lower)
            )
            if one and two and not low <= one / two <= high and not noted:
                place = corpus.locate(table, position, "peak_dense", upper)
                yield warning(
                    "implausible-figure",
                    f"{row.id}: {upper} is {one / two:.2f} × {lower}; the usual ratio is {low:g} to {high:g}.",
                    place,
                    "check for a sparse figure among the dense; if it is right, say why in a note.",
                )


def model_dimensions_fit(corpus: Corpus) -> Iterator[Diagnostic]:
    """Query heads are a multiple of key-value heads; of parameters and layers, a part is not more than all."""
    for table, position, row in corpus.rows_of(OpenModel):
        heads, kv_heads = number_at(row, "heads"), number_at(row, "kv_heads")
        if heads and kv_heads and heads % kv_heads:
            yield error(
                "implausible-figure",
                f"{row.id}: {heads:g} query heads are not a multiple of {kv_heads:g} key-value heads.",
                corpus.locate(table, position, "kv_heads"),
                "read them from the model's configuration file.",
            )
        for part, whole in (
            ("active_parameters_bn", "parameters_bn"),
            ("windowed_layers", "layers"),
            ("window", "context"),
        ):
            fewer, more = number_at(row, part), number_at(row, whole)
            if fewer and more and fewer > more:
                yield error(
                    "implausible-figure",
                    f"{row.id}: {part} ({fewer:g}) is more than {whole} ({more:g}).",
                    corpus.locate(table, position, part),
                    "read both from the model's configuration file.",
                )
        alone = [name for name in ("windowed_layers", "window") if number_at(row, name) is not None]
        if len(alone) == 1:
            yield error(
                "implausible-figure",
                f"{row.id}: {alone[0]} says nothing without the other of windowed_layers and window.",
                corpus.locate(table, position, alone[0]),
                "give both, or none where every layer sees all of the text.",
            )


def products_fit(corpus: Corpus) -> Iterator[Diagnostic]:
    """A bandwidth is width times rate, links times the bandwidth of one, ports times the rate of one."""
    for shape, (name, one, other, divisor, tolerance) in _PRODUCTS.items():
        for table, position, row in corpus.rows_of(shape):
            said, left, right = number_at(row, name), number_at(row, one), number_at(row, other)
            if not said or not left or not right:
                continue
            product = left * right / divisor
            if not math.isclose(said, product, rel_tol=tolerance):
                formula = f"{one} × {other}" + (f" ÷ {divisor}" if divisor != 1 else "")
                yield error(
                    "implausible-figure",
                    f"{row.id}: {name} is {said:g}; {formula} makes {product:g}.",
                    corpus.locate(table, position, name),
                    "check which of the three counts both directions, or another unit.",
                )
