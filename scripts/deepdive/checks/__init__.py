"""The registry: every check over a corpus, one function each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, replace

from deepdive.checks import (
    asked,
    assets,
    citations,
    deadlines,
    diagrams,
    fences,
    figures,
    glossary,
    identity,
    minutes,
    number_formats,
    pages,
    quoted,
    redirects,
    references,
    relations,
    rows,
    status,
    wording,
)
from deepdive.diagnostic import Diagnostic
from deepdive.load.corpus import Corpus
from deepdive.store import Store, digest
from deepdive.unchanged import edition

Check = Callable[[Corpus], Iterator[Diagnostic]]

# These look at everything together.
OVERALL: tuple[Check, ...] = (
    asked.asked_is_what_readers_type,
    assets.assets_are_harmless,
    identity.ids_are_unique,
    identity.repositories_are_unique,
    identity.aliases_are_unique,
    identity.layer_is_the_folder,
    identity.rows_are_in_order,
    status.status_has_evidence,
    status.review_is_recent,
    status.dates_are_past,
    relations.categories_exist,
    relations.referred_rows_exist,
    relations.no_row_names_itself,
    relations.architectures_are_listed,
    relations.alternatives_are_written_once,
    relations.parents_have_no_cycle,
    rows.one_of_several_is_there,
    rows.open_source_is_approved,
    rows.summary_is_a_sentence,
    rows.papers_are_unique,
    figures.figure_sources_exist,
    figures.sparse_is_not_below_dense,
    figures.rates_fit_each_other,
    figures.model_dimensions_fit,
    figures.products_fit,
    number_formats.format_bits_add_up,
    number_formats.format_range_fits,
    deadlines.prices_are_recent,
    deadlines.forecasts_are_settled,
    fences.fences_are_closed,
    fences.contents_name_pages,
    fences.calculators_exist,
    fences.examples_are_recorded,
    fences.example_facts_agree,
    diagrams.diagrams_parse,
    minutes.planned_minutes_agree,
    citations.sources_have_one_name,
    citations.works_are_cited_by_row,
    redirects.redirects_start_where_no_page_is,
    redirects.redirects_take_one_step,
    redirects.redirects_lead_to_pages,
)

# These look at one page at a time, and beside it only at rows.
OF_PAGES: tuple[Check, ...] = (
    references.references_resolve,
    references.facts_agree,
    references.citations_agree,
    fences.tables_can_be_shown,
    fences.snippets_compile,
    diagrams.diagrams_are_described,
    diagrams.diagrams_are_harmless,
    diagrams.diagrams_are_small,
    pages.front_matter_is_complete,
    pages.sections_are_there,
    pages.one_h1,
    minutes.minutes_fit_the_words,
    wording.products_are_spelled,
    wording.link_text_speaks,
    wording.images_are_described,
    wording.sentences_are_short,
    glossary.first_use_is_linked,
    quoted.bare_numbers_agree,
)
CHECKS = (*OVERALL, *OF_PAGES)


def run_checks(corpus: Corpus) -> Iterator[Diagnostic]:
    """All findings of all checks, in no particular order."""
    for check in OVERALL:
        yield from check(corpus)
    yield from _of_pages(corpus)


def _of_pages(corpus: Corpus) -> Iterator[Diagnostic]:
    """The findings in each page, kept while neither its text nor a table changes."""
    data = digest(
        edition(), *(part for name in sorted(corpus.documents) for part in (name, corpus.documents[name].text))
    )
    keys = {path: digest("page", data, path, page.shown, page.text) for path, page in corpus.pages.items()}
    fresh = {}
    for path, page in corpus.pages.items():
        kept = _kept(corpus.store, keys[path])
        if kept is None:
            fresh[path] = page
        else:
            yield from kept
    found: dict[str, list[Diagnostic]] = {page.shown: [] for page in fresh.values()}
    part = replace(corpus, pages=fresh)
    for check in OF_PAGES:
        for one in check(part):
            found[one.location.path].append(one)
    for path, page in fresh.items():
        corpus.store.put(keys[path], [asdict(one) for one in found[page.shown]])
        yield from found[page.shown]


def _kept(store: Store, key: str) -> list[Diagnostic] | None:
    found = store.get(key)
    try:
        return [Diagnostic.kept(one) for one in found] if isinstance(found, list) else None
    except (KeyError, TypeError, ValueError):
        return None
