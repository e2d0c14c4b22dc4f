"""Which files of docs/ count, found without following a link out of it or opening a pipe."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from deepdive.diagnostic import Diagnostic, Location, error

TABLE_SUFFIX = ".yml"
PAGE_SUFFIX = ".md"
# MkDocs makes a page of these too.
OTHER_PAGE_SUFFIXES = (".markdown", ".mdown", ".mkdn", ".mkd")
MAX_NAME = 255


@dataclass(slots=True)
class Files:
    """Paths below ``docs`` (posix, sorted), by what they are."""

    docs: Path
    prefix: str
    tables: list[str] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    drafts: Mapping[str, bytes] = field(default_factory=dict)
    """Files as they would be, by path: read instead of what stands on disk."""

    def shown(self, path: str) -> str:
        """The path as reports print it: relative to the folder of the configuration file."""
        return f"{self.prefix}/{path}" if self.prefix else path


def list_files(docs: Path, root: Path) -> Files:
    """Every regular file below ``docs``. Links that leave it, twins and special files are diagnosed."""
    prefix = Path(os.path.relpath(docs, root)).as_posix()
    files = Files(docs, "" if prefix == "." else prefix)
    for path in sorted(_walk(docs, files)):
        if path.endswith(TABLE_SUFFIX):
            files.tables.append(path)
        elif path.endswith(PAGE_SUFFIX):
            files.pages.append(path)
        elif path.endswith(OTHER_PAGE_SUFFIXES):
            stem = path.rpartition(".")[0]
            _report(files, "page-suffix", path, "pages end in .md.", f"rename it to {stem}.md.")
            files.pages.append(path)
        else:
            if path.endswith(".yaml"):
                _report(files, "yaml-suffix", path, "tables end in .yml, not .yaml.", f"rename it to {path[:-5]}.yml.")
            files.others.append(path)
    _report_twins(files)
    return files


def read_bytes(files: Files, path: str) -> bytes | None:
    """The bytes of a file; None, with a diagnostic, when it cannot be read."""
    if path in files.drafts:
        return files.drafts[path]
    try:
        return (files.docs / path).read_bytes()
    except OSError as problem:
        reason = problem.strerror or type(problem).__name__
        _report(files, "unreadable-file", path, f"the file cannot be read: {reason.lower()}.", None)
        return None


def _walk(docs: Path, files: Files) -> Iterator[str]:
    real_docs = os.path.realpath(docs)
    stack = [""]
    while stack:
        folder = stack.pop()
        try:
            entries = sorted(os.scandir(docs / folder), key=lambda entry: entry.name)
        except OSError as problem:
            _report(
                files,
                "unreadable-file",
                folder or ".",
                f"the folder cannot be read: {(problem.strerror or '').lower()}.",
                None,
            )
            continue
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.name.startswith("."):
                continue
            if entry.is_symlink():
                _judge_link(files, path, real_docs)
                continue
            try:
                mode = entry.stat(follow_symlinks=False).st_mode
            except OSError:
                _report(files, "unreadable-file", path, "the file vanished while it was read.", None)
                continue
            if stat.S_ISDIR(mode):
                stack.append(path)
            elif stat.S_ISREG(mode):
                yield path
            else:
                _report(
                    files, "special-file", path, "neither a file nor a folder (a pipe, socket or device).", "remove it."
                )


def _judge_link(files: Files, path: str, real_docs: str) -> None:
    target = os.path.realpath(files.docs / path)
    inside = target == real_docs or target.startswith(real_docs + os.sep)
    where = "inside" if inside else "outside"
    _report(
        files,
        "symbolic-link",
        path,
        f"a symbolic link that points {where} the docs folder; its content would be published.",
        "replace it by a file.",
    )


def _report_twins(files: Files) -> None:
    seen: dict[str, str] = {}
    for path in sorted([*files.tables, *files.pages, *files.others]):
        folded = unicodedata.normalize("NFC", path).casefold()
        if folded in seen:
            _report(
                files,
                "twin-path",
                path,
                f"differs from '{seen[folded]}' only in case or Unicode form.",
                "rename one of them.",
            )
        seen[folded] = path
        if len(path.rsplit("/", 1)[-1].encode()) > MAX_NAME:
            _report(files, "twin-path", path, f"the name is longer than {MAX_NAME} bytes.", "shorten it.")


def _report(files: Files, code: str, path: str, message: str, fix: str | None) -> None:
    files.diagnostics.append(error(code, message, Location(files.shown(path)), fix))
