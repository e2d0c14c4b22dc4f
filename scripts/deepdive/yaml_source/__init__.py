"""Text to data with the location of every key and value; hostile input stops here.

The parser is libyaml's event stream, read one event at a time: nothing recurses, nothing is
constructed but plain dicts, lists, strings, numbers, booleans, dates and None, and reading
ends at the first sign of an attack (an alias, a custom tag, nesting beyond ``MAX_DEPTH``).
YAML 1.1 readings that surprise people (``no``, ``0755``, ``12:30:45``) are refused by name.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import yaml

from deepdive.diagnostic import Diagnostic, Location, error
from deepdive.text_source import is_strange, without_strange
from deepdive.yaml_source.scalar import key_fault, plain_value

MAX_SCALAR = 4 * 1024
MAX_DEPTH = 20

Path = tuple[str | int, ...]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Document:
    """What one YAML text holds: its data, and where each key and value stands."""

    path: str
    text: str = ""
    data: Any = None
    keys: dict[Path, tuple[int, int]] = field(default_factory=dict)
    values: dict[Path, tuple[int, int]] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    line_offset: int = 0
    placed: bool = True
    """False: the data was kept from an earlier run, and places are read when the first is asked for."""

    def locate(self, *path: str | int, key: bool = False) -> Location:
        """The place of the value at ``path`` (or of its key); the nearest known ancestor's otherwise."""
        if not self.placed:
            again = read(self.text, self.path, self.line_offset)
            self.keys, self.values, self.placed = again.keys, again.values, True
        places = (self.keys, self.values) if key else (self.values, self.keys)
        here: Path = path
        while True:
            for known in places:
                if here in known:
                    line, column = known[here]
                    return Location(self.path, line + 1 + self.line_offset, column + 1)
            if not here:
                return Location(self.path, 1 + self.line_offset, 1)
            here = here[:-1]


class _Refused(Exception):
    """Reading cannot go on; the reason is already among the diagnostics."""


def read(text: str, path: str, line_offset: int = 0) -> Document:
    """Parse one YAML text. Never raises on content: problems are in ``diagnostics``.

    ``line_offset`` is the number of lines before the text in its file (front matter, a fence).
    """
    document = Document(path, text, line_offset=line_offset)
    builder = _Builder(document)
    stream = None
    try:
        stream = _LOADER(text)
        while stream.check_event():
            builder.take(stream.get_event())
    except _Refused:
        document.data = None
    except yaml.YAMLError as broken:
        document.data = None
        document.diagnostics.append(_syntax_error(broken, document))
    finally:
        if stream is not None:
            stream.dispose()
    return document


def _syntax_error(broken: yaml.YAMLError, document: Document) -> Diagnostic:
    mark = getattr(broken, "problem_mark", None)
    problem = getattr(broken, "problem", None) or "this is not YAML"
    line, column = (mark.line, mark.column) if mark else (0, 0)
    fix = "indent with spaces." if "\\t" in str(problem) or "tab" in str(problem) else None
    place = Location(document.path, line + 1 + document.line_offset, column + 1)
    return error("yaml-syntax", f"YAML cannot be read here: {problem}.", place, fix)


class _Builder:
    """Builds plain data from events and records the place of each key and value."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.stack: list[tuple[Any, Path]] = []  # open containers and their paths
        self.pending: list[tuple[Any] | None] = []  # per open mapping: the key that waits for its value
        self.documents = 0

    def problem(self, code: str, message: str, mark: Any, fix: str | None = None) -> None:
        place = Location(self.document.path, mark.line + 1 + self.document.line_offset, mark.column + 1)
        self.document.diagnostics.append(error(code, message, place, fix))

    def take(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.DocumentStartEvent):
            self.documents += 1
            if self.documents > 1:
                self.problem(
                    "yaml-documents", "the file holds several documents.", event.start_mark, "remove the line '---'."
                )
                raise _Refused
        elif isinstance(event, yaml.AliasEvent):
            self.problem(
                "yaml-alias", f"alias '*{event.anchor}' is not allowed.", event.start_mark, "write the value out."
            )
            raise _Refused
        elif isinstance(event, yaml.ScalarEvent):
            self.refuse_anchor(event)
            self.place(self.scalar(event), event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self.open(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()
            self.pending.pop()

    def open(self, event: yaml.CollectionStartEvent) -> None:
        self.refuse_anchor(event)
        if len(self.stack) >= MAX_DEPTH:
            self.problem("yaml-depth", f"nested deeper than {MAX_DEPTH} levels.", event.start_mark)
            raise _Refused
        if event.tag not in (None, "!", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq"):
            self.problem("yaml-tag", f"tag '{event.tag}' is not allowed.", event.start_mark, "remove the tag.")
            raise _Refused
        if self.stack and isinstance(self.stack[-1][0], dict) and self.pending[-1] is None:
            self.problem("yaml-key", "a key must be a plain string.", event.start_mark)
            raise _Refused
        container: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        path = self.place(container, event)
        self.stack.append((container, path))
        self.pending.append(None)

    def refuse_anchor(self, event: Any) -> None:
        if event.anchor is not None:
            self.problem(
                "yaml-alias",
                f"anchor '&{event.anchor}' is not allowed.",
                event.start_mark,
                "write the value out where it is needed.",
            )
            raise _Refused

    def place(self, value: Any, event: Any) -> Path:
        """Put ``value`` where it belongs; the path it got."""
        where = (event.start_mark.line, event.start_mark.column)
        if not self.stack:
            self.document.data = value
            self.document.values[()] = where
            return ()
        container, path = self.stack[-1]
        if isinstance(container, list):
            here: Path = (*path, len(container))
            container.append(value)
        elif self.pending[-1] is None:
            self.take_key(value, event, path)
            return path
        else:
            (key,) = self.pending[-1]
            self.pending[-1] = None
            here = (*path, key)
            if key not in container:
                container[key] = value
                self.document.values[here] = where
            return here
        self.document.values[here] = where
        return here

    def take_key(self, key: Any, event: Any, path: Path) -> None:
        if not isinstance(key, str):
            mark = event.start_mark
            written = "".join(self.document.text.splitlines()[mark.line : mark.line + 1])
            fault = key_fault(event.value, key, written[: mark.column])
            self.problem(fault.code, fault.message, mark, fault.fix)
            key = str(event.value)
        if key == "<<":
            self.problem("yaml-alias", "merge key '<<' is not allowed.", event.start_mark, "write the fields out.")
            raise _Refused
        if (*path, key) in self.document.keys:
            first = self.document.keys[(*path, key)]
            line = first[0] + 1 + self.document.line_offset
            self.problem(
                "duplicate-key",
                f"key '{key}' stands twice; the first is on line {line}.",
                event.start_mark,
                "keep one of them.",
            )
            place = Location(self.document.path, line, first[1] + 1)
            again = event.start_mark.line + 1 + self.document.line_offset
            self.document.diagnostics.append(
                error(
                    "duplicate-key",
                    f"key '{key}' stands twice; the second is on line {again}.",
                    place,
                    "keep one of them.",
                )
            )
        else:
            self.document.keys[(*path, key)] = (event.start_mark.line, event.start_mark.column)
        self.pending[-1] = (key,)

    def scalar(self, event: yaml.ScalarEvent) -> Any:
        text: str = event.value
        if len(text) > MAX_SCALAR:
            self.problem(
                "value-too-long", f"a value of {len(text):,} characters; the limit is {MAX_SCALAR:,}.", event.start_mark
            )
            return text[:MAX_SCALAR]
        if is_strange(text):
            # An escape such as "\u202e" or "\0" brings in what decode() refuses in the text itself.
            self.problem(
                "control-character",
                "the value holds an escaped control, invisible or half character.",
                event.start_mark,
                "delete the escape.",
            )
            return without_strange(text)
        if event.tag not in (None, "!"):
            self.problem("yaml-tag", f"tag '{event.tag}' is not allowed.", event.start_mark, "remove the tag.")
            return text
        if not event.implicit[0]:  # quoted, or a block: a string as it stands
            return text
        value, fault = plain_value(text)
        if fault:
            self.problem(fault.code, fault.message, event.start_mark, fault.fix)
        return value
