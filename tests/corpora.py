"""Corpora of a few rows, without files: for checks that are asked many times."""

from __future__ import annotations

from pathlib import Path

from deepdive.load.corpus import Corpus
from deepdive.load.files import Files
from deepdive.model.catalog import KINDS, Catalog, Table
from deepdive.yaml_source import Document, read

COMMON = "id: row-{number}, name: Row {number}, reviewed: 2026-11-01, sources: [https://example.com/], "


def corpus_of(**rows: list[str]) -> Corpus:
    """One table a kind, each row written as the inside of a YAML flow mapping (ids row-1, row-2, …)."""
    tables: list[Table] = []
    documents: dict[str, Document] = {}
    for kind, written in rows.items():
        lines = [f"  - {{{COMMON.format(number=number)}{one}}}" for number, one in enumerate(written, 1)]
        document = read("\n".join([f"kind: {kind}", "rows:", *lines]), f"{kind}.yml")
        assert not document.diagnostics
        models = tuple(KINDS[kind].model_validate(one) for one in document.data["rows"] or ())
        tables.append(
            Table(
                f"hardware/{kind}",
                f"hardware/{kind}.yml",
                kind,
                "T",
                "S",
                "hardware",
                "name",
                models,
                tuple(range(len(models))),
            )
        )
        documents[f"hardware/{kind}"] = document
    return Corpus(Path("."), Files(Path("."), ""), Catalog(tuple(tables)), documents, {})
