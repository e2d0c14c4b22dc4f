"""A row into its table file: at its place in the alphabet, every other byte as it was."""

from __future__ import annotations

from deepdive.yaml_source import read


def insert_row(text: str, row: str, name: str) -> str:
    """The file's text with ``row`` before the first row whose name comes after ``name``.

    Raises ValueError when the file's rows cannot be told apart.
    """
    document = read(text, "table")
    rows = document.data.get("rows") if isinstance(document.data, dict) else None
    if document.diagnostics or not isinstance(rows, list):
        raise ValueError("the table has faults of its own; mend them first.")
    lines = text.splitlines(keepends=True)
    for index, other in enumerate(rows):
        if isinstance(other, dict) and str(other.get("name", "")).casefold() > name.casefold():
            line = document.values[("rows", index)][0]
            return "".join([*lines[:line], row, *lines[line:]])
    end = text if text.endswith("\n") else text + "\n"
    return end + row
