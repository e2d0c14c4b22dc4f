"""Fenced blocks: tables that can be shown, examples that were run, snippets that compile, diagrams described."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from deepdive.diagnostic import Diagnostic, Edit, Location, error, warning
from deepdive.load.corpus import Corpus
from deepdive.load.faults import did_you_mean
from deepdive.load.fences import Fence, fences, unclosed
from deepdive.load.files import read_bytes
from deepdive.load.pages import Page
from deepdive.load.views import read_view
from deepdive.model import facts
from deepdive.model.calculators import CALCULATORS
from deepdive.model.measure import agrees, spelled
from deepdive.text_source import decode
from deepdive.yaml_source import read

NOT_EXECUTED = "not executed here"

_FACT_COMMENT = re.compile(r"#.*?fact:(?P<target>[a-z0-9-]+\.[a-z0-9_.]+[a-z0-9_])")
_NUMBER = re.compile(r"(?<![\w.])\d[\d_]*(?:\.\d+)?(?:e[+-]?\d+)?(?![\w.])")


def page_fences(page: Page) -> Iterator[tuple[Fence, int]]:
    """The fences of a page with the line of the page on which each opens."""
    skipped = page.text.count("\n", 0, page.offset)
    for fence in fences(page.body):
        yield fence, fence.line + skipped


def _of(corpus: Corpus, language: str) -> Iterator[tuple[Page, Fence, int]]:
    """Every fence of a language with its page and line."""
    for page in corpus.pages.values():
        for fence, line in page_fences(page):
            if fence.language == language:
                yield page, fence, line


def fences_are_closed(corpus: Corpus) -> Iterator[Diagnostic]:
    """A fence that opens is closed; else readers get its marks and its text."""
    for page in corpus.pages.values():
        for start in unclosed(page.body)[:1]:  # those that follow may be what should have closed it
            yield warning(
                "unclosed-fence",
                "a fence opens here that nothing closes, so readers get it as text.",
                page.locate(page.offset + start),
                "close it with the same marks at the same indentation, and indent all between at least as far.",
            )


def tables_can_be_shown(corpus: Corpus) -> Iterator[Diagnostic]:
    """A table fence names a table, columns and values that exist."""
    for page, fence, line in _of(corpus, "table"):
        yield from read_view(fence.content, corpus.catalog, page.shown, line)[1]


def contents_name_pages(corpus: Corpus) -> Iterator[Diagnostic]:
    """A contents fence orders pages that exist."""
    for page, fence, line in _of(corpus, "contents"):
        document = read(fence.content, page.shown, line)
        yield from document.diagnostics
        names = document.data.get("pages") if isinstance(document.data, dict) else []
        folder = page.path.rpartition("/")[0]
        known = {
            path.removeprefix(f"{folder}/").removesuffix(".md")
            for path in corpus.pages
            if path.startswith(f"{folder}/")
        }
        if names is not None and not isinstance(names, list):
            yield error(
                "bad-fence", "'pages' must be a list.", document.locate("pages"), "write pages: [first, second]."
            )
        for index, name in enumerate(names if isinstance(names, list) else []):
            if not isinstance(name, str) or name not in known:
                place = document.locate("pages", index)
                yield error("missing-file", f"the layer has no page '{name}'.", place, did_you_mean(name, known))


def calculators_exist(corpus: Corpus) -> Iterator[Diagnostic]:
    """A calculator fence names a calculator."""
    for page, fence, line in _of(corpus, "calculator"):
        document = read(fence.content, page.shown, line)
        yield from document.diagnostics
        name = document.data.get("name") if isinstance(document.data, dict) else None
        if not isinstance(name, str) or name not in CALCULATORS:
            said = (
                f"there is no calculator '{name}'." if name else "a calculator fence needs 'name: kv-cache' or another."
            )
            yield error("bad-fence", said, document.locate("name"), did_you_mean(str(name), CALCULATORS))


def examples_are_recorded(corpus: Corpus) -> Iterator[Diagnostic]:
    """An example fence names a file beside the page, with its recorded output."""
    others = set(corpus.files.others)
    for page, fence, line in _of(corpus, "example"):
        document = read(fence.content, page.shown, line)
        yield from document.diagnostics
        name = document.data.get("file") if isinstance(document.data, dict) else None
        place = document.locate("file")
        if not isinstance(name, str) or not name.endswith(".py") or ".." in name or name.startswith("/"):
            yield error(
                "bad-fence",
                "an example fence needs 'file: examples/name.py', a path below the page's folder.",
                place,
            )
            continue
        path = str(PurePosixPath(page.path).parent / name)
        if path not in others:
            yield error("missing-file", f"the example '{name}' does not exist.", place, did_you_mean(path, others))
        elif path.removesuffix(".py") + ".out" not in others:
            yield error("missing-file", f"the output of '{name}' is not recorded.", place, "run `make record`.")


def example_facts_agree(corpus: Corpus) -> Iterator[Diagnostic]:
    """A number of an example with a ``fact:`` comment is the table's."""
    for path in corpus.files.others:
        if "/examples/" not in path or not path.endswith(".py"):
            continue
        text, problems = decode(read_bytes(corpus.files, path) or b"", corpus.files.shown(path), limit=None)
        yield from problems
        offset = 0
        # Places are counted as repairs count them: without a byte order mark, every line ended by one character.
        for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
            if comment := _FACT_COMMENT.search(line):
                yield from _example_fact(corpus, path, line, number, offset, comment)
            offset += len(line) + 1


def _example_fact(
    corpus: Corpus, path: str, line: str, number: int, offset: int, comment: re.Match[str]
) -> Iterator[Diagnostic]:
    shown = corpus.files.shown(path)
    if ("fact", comment["target"].partition(".")[0]) in corpus.catalog.refused:
        return  # the row's own faults are reported where they stand
    place = Location(shown, number, comment.start("target") + 1)
    try:
        figure, unit = facts.fact(comment["target"], corpus.catalog)
    except facts.Unresolved as problem:
        yield error(
            "unknown-reference",
            f"fact:{comment['target']}: {problem}",
            place,
            did_you_mean(comment["target"].partition(".")[0], problem.known),
        )
        return
    value = float(figure.value or 0)
    written = list(_NUMBER.finditer(line, 0, comment.start()))
    if any(_same_digits(one.group(), value) for one in written):
        return
    right = spelled(value, "").replace(",", "_")
    edit = Edit(shown, offset + written[0].start(), offset + written[0].end(), right) if len(written) == 1 else None
    message = f"the example says {', '.join(one.group() for one in written) or 'nothing'}, the table says {spelled(value, unit)} ({comment['target']})."
    yield error(
        "fact-disagrees",
        message,
        Location(shown, number, (written[0].start() if written else 0) + 1),
        f"write {right}.",
        edit,
    )


def _same_digits(text: str, value: float) -> bool:
    """Whether a literal is the value, rounded at most as prose may round; an exponent is its unit's (3.35e12)."""
    mantissa = text.replace("_", "").lower().partition("e")[0]
    return agrees(mantissa, value, "")


def snippets_compile(corpus: Corpus) -> Iterator[Diagnostic]:
    """Python in a page is either an executed example, or says that it was not executed, and compiles."""
    for page in corpus.pages.values():
        if page.path.startswith("contributing/"):
            continue
        for fence, line in page_fences(page):
            if fence.language not in ("python", "py"):
                continue
            place = Location(page.shown, line)
            if NOT_EXECUTED not in fence.info:
                yield error(
                    "snippet-unlabelled",
                    f"a Python snippet must say '{NOT_EXECUTED}' in its title, or become an example.",
                    place,
                    f'write ```python title="… ({NOT_EXECUTED})".',
                )
            try:
                compile(fence.content, page.shown, "exec")
            except (SyntaxError, ValueError, MemoryError, RecursionError) as broken:
                at = line + (getattr(broken, "lineno", None) or 0)
                reason = getattr(broken, "msg", None) or str(broken) or "it is nested too deeply"
                yield error(
                    "snippet-broken", f"the snippet does not compile: {reason}.", Location(page.shown, at), None
                )
