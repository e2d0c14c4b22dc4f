"""Everything wrong with a project, in one run: data and pages, then what each page becomes.

What judges is imported when there is something to judge: that alone takes a second.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from deepdive.diagnostic import Diagnostic, in_order
from deepdive.store import Store
from deepdive.unchanged import Unchanged

if TYPE_CHECKING:
    from deepdive.links.rendered import Project
    from deepdive.load.corpus import Corpus
    from deepdive.pipeline import Site

# Elsewhere authors may have their reasons for an invisible character, and their front matter may be any YAML.
HOUSE_RULES = frozenset(
    {
        "invisible-character",
        "control-character",
        "ambiguous-scalar",
        "value-too-long",
        "yaml-alias",
        "yaml-depth",
        "yaml-key",
        "yaml-tag",
    }
)


class UsageProblem(Exception):
    """The arguments or the configuration cannot be used."""


@dataclass(frozen=True)
class Judge:
    """How a project is judged.

    ``docs``: another docs folder to judge under this configuration, so that a proposed change cannot
    bring the rules it is judged by. ``links`` False leaves out what needs rendered pages. ``store``
    keeps what took long, ``progress`` hears what is being done.
    """

    config_file: Path
    docs: Path | None = None
    links: bool = True
    store: Store = field(default_factory=lambda: Store(None))
    progress: Callable[[str], None] = lambda _: None

    @property
    def root(self) -> Path:
        """The folder that paths in findings are relative to."""
        return self.docs.resolve().parent if self.docs else self.config_file.resolve().parent

    def findings(self) -> list[Diagnostic]:
        """All findings in report order; in a project that is not a knowledge base, those about links.

        Raises UsageProblem for a configuration MkDocs cannot use, or one without pages.
        """
        unchanged = Unchanged(Store(None) if self.docs else self.store, self.config_file, self.links)
        found = unchanged.findings()
        if found is None:
            found = in_order(self._judged(unchanged.begin, unchanged.first)[1])
            unchanged.keep(found)
        return found

    def warm(self) -> Path | None:
        """Load into memory what judging needs, and tell the docs folder. A verdict that was kept may have needed nothing."""
        with contextlib.suppress(UsageProblem):
            return self._judged()[0].files.docs.resolve()
        return None

    def findings_since(self, revision: str) -> list[Diagnostic]:
        """The findings in what the change since a git revision touches.

        Raises UsageProblem also when the revision is none.
        """
        from deepdive.changes import DANGLING, changed_files, touched
        from deepdive.load.files import TABLE_SUFFIX

        try:
            changed = changed_files(self.root, revision)
        except ValueError as problem:
            raise UsageProblem(str(problem)) from problem
        corpus, found = self._judged()
        if self.config_file.resolve() in {self.root / path for path in changed}:
            return in_order(found)  # it may change any page
        paths = touched(corpus, changed, self.root)
        dangling = DANGLING if any(path.endswith(TABLE_SUFFIX) for path in changed) else frozenset()
        return in_order(one for one in found if one.location.path in paths or one.code in dangling)

    def _judged(
        self, begin: Callable[[Path], None] = lambda docs: None, first: bool = False
    ) -> tuple[Corpus, list[Diagnostic]]:
        from deepdive.checks.silence import silenced
        from deepdive.load.corpus import read_further
        from deepdive.parallel import spread

        corpus, site, project = self._opened(begin, first)
        if site is None and project:
            read_further(corpus, [page.path for page in project.pages if not page.generated])
        if not corpus.files.pages and not corpus.files.tables:
            docs = corpus.files.docs
            raise UsageProblem(f"there is no page below {docs}; name the right configuration file with --config-file.")
        if site is None:
            found = [one for one in corpus.diagnostics if one.code not in HOUSE_RULES]
            return corpus, found + self._of_pages(corpus, project, own=False)
        # Neither asks the other anything, so two processors take one each.
        parts: list[Callable[[], list[Diagnostic]]] = [
            lambda: list(site.diagnostics),
            lambda: self._of_pages(corpus, project, own=True),
        ]
        found = [one for part in spread(lambda judge: judge(), parts, least=2) for one in part]
        if corpus.diagrams_ahead:
            corpus.diagrams_ahead.end()
        return corpus, silenced(corpus, found, whole=self.links)

    def _opened(self, begin: Callable[[Path], None], first: bool) -> tuple[Corpus, Site | None, Project | None]:
        from deepdive.checks.diagrams import asked_ahead
        from deepdive.load.corpus import load_corpus
        from deepdive.parallel import Ahead
        from deepdive.pipeline import assemble
        from deepdive.plugin import project as projects

        self.progress("reading")
        try:
            config = projects.open_config(self.config_file, self.docs)
            own = projects.is_knowledge_base(config)
            docs = Path(config.docs_dir)
            ahead = None
            if own:
                begin(docs)
                # A second processor has nothing else to do until all is read.
                ahead = Ahead(partial(asked_ahead, docs, self.root, self.store)) if first else None
            project, site = projects.open_project(config, self.store) if self.links else (None, None)
        except projects.CONFIGURATION_PROBLEMS as problem:
            raise UsageProblem(f"{self.config_file} cannot be used: {problem}") from problem
        if own:
            site = site or assemble(docs, self.root, self.store)
            site.corpus.diagrams_ahead = ahead
        return site.corpus if site else load_corpus(docs, self.root, tables=False), site, project

    def _of_pages(self, corpus: Corpus, project: Project | None, own: bool) -> list[Diagnostic]:
        """What is wrong with the pages that readers get."""
        from deepdive.links.harvests import Harvests, fingerprints
        from deepdive.links.redirects import check_redirects
        from deepdive.links.resolve import check_html, check_links, check_navigation
        from deepdive.pipeline import fence_languages

        if project is None:
            return []
        settings = self.config_file.read_bytes()
        keys = fingerprints(corpus, project, settings, fence_languages()) if own else None
        harvests = Harvests(project, self.store, keys, self.progress)
        found = list(check_links(project, harvests, corpus.pages))
        if own:
            found += check_html(project, harvests, corpus.pages)
            found += check_navigation(project, corpus.pages)
            found += check_redirects(project, harvests, corpus.redirects)
        return found
