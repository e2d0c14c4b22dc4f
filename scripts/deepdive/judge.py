"""Everything wrong with a project, in one run: data and pages, then what each page becomes."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from deepdive.checks.silence import silenced
from deepdive.diagnostic import Diagnostic, in_order
from deepdive.links.harvests import Harvests, fingerprints
from deepdive.links.resolve import check_html, check_links, check_navigation
from deepdive.load.corpus import Corpus, load_corpus
from deepdive.pipeline import assemble, fence_languages
from deepdive.store import Store

# Elsewhere authors may have their reasons for an invisible character.
HOUSE_RULES = frozenset({"invisible-character", "control-character"})

Progress = Callable[[str], None]


class UsageProblem(Exception):
    """The arguments or the configuration cannot be used."""


def findings(
    config_file: Path, links: bool = True, store: Store | None = None, progress: Progress = lambda _: None
) -> list[Diagnostic]:
    """What is wrong with the project of ``config_file``, in report order; elsewhere than here, links only.

    ``links`` False leaves out what needs rendered pages. Raises UsageProblem for a configuration
    MkDocs cannot use.
    """
    return in_order(_judged(config_file, links, store or Store(None), progress)[1])


def _judged(config_file: Path, links: bool, store: Store, progress: Progress) -> tuple[Corpus, list[Diagnostic]]:
    from deepdive import plugin  # MkDocs takes a third of a second to import

    root = config_file.resolve().parent
    progress("reading")
    try:
        config = plugin.open_config(config_file)
        own = plugin.is_knowledge_base(config)
        docs = Path(config.docs_dir)
        project, site = plugin.open_project(config, store) if links else (None, None)
    except plugin.CONFIGURATION_PROBLEMS as problem:
        raise UsageProblem(f"{config_file} cannot be used: {problem}") from problem
    if own:
        site = site or assemble(docs, root, store)
        corpus, found = site.corpus, list(site.diagnostics)
    else:
        corpus = load_corpus(docs, root, tables=False)
        found = [one for one in corpus.diagnostics if one.code not in HOUSE_RULES]
    if project:
        keys = fingerprints(corpus, project, config_file.read_bytes(), fence_languages()) if own else None
        harvests = Harvests(project, store, keys, progress)
        found += check_links(project, harvests, corpus.pages)
        if own:
            found += check_html(project, harvests, corpus.pages)
            found += check_navigation(project, corpus.pages)
    return corpus, silenced(corpus, found, whole=links) if own else found


def changed_findings(
    config_file: Path, revision: str, store: Store | None = None, progress: Progress = lambda _: None
) -> list[Diagnostic]:
    """The findings in files that changed since a revision, and in pages that show data or link to pages that did.

    Raises UsageProblem when the revision is none.
    """
    root = config_file.resolve().parent
    changed = _changed_files(root, revision)
    corpus, found = _judged(config_file, True, store or Store(None), progress)
    tables = {
        corpus.catalog.table_by_id[name]
        for name, document in corpus.documents.items()
        if document.path in changed and name in corpus.catalog.table_by_id
    }
    gone = {path for path in changed if not (root / path).exists()}
    touched = set(changed)
    for path, page in corpus.pages.items():
        homes = {
            corpus.catalog.home.get((one.scheme, one.target.partition(".")[0] if one.scheme == "fact" else one.target))
            for one in corpus.references[path]
        }
        if (
            homes & tables
            or any(table.id in page.text for table in tables)
            or any(Path(one).name in page.text for one in gone)
        ):
            touched.add(page.shown)
    return in_order(one for one in found if one.location.path in touched)


def _changed_files(root: Path, revision: str) -> set[str]:
    if revision.startswith("-"):
        raise UsageProblem(f"'{revision}' is not a revision.")
    commands = (
        ["git", "diff", "--name-only", "--relative", "-z", revision, "--", "."],
        ["git", "ls-files", "--others", "--exclude-standard", "-z", "--", "."],
    )
    found: set[str] = set()
    for command in commands:
        try:
            done = subprocess.run(command, cwd=root, capture_output=True, check=True)
        except FileNotFoundError as problem:
            raise UsageProblem("--changed-since needs git.") from problem
        except subprocess.CalledProcessError as problem:
            reason = problem.stderr.decode("utf-8", "replace").strip().splitlines()
            raise UsageProblem(
                f"git cannot compare with '{revision}': {reason[0] if reason else 'unknown'}."
            ) from problem
        found |= {name.decode("utf-8", "surrogateescape") for name in done.stdout.split(b"\0") if name}
    return found
