"""The registry: every check over a corpus, one function each."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from deepdive.checks import (
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

Check = Callable[[Corpus], Iterator[Diagnostic]]

CHECKS: tuple[Check, ...] = (
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
    references.references_resolve,
    references.facts_agree,
    references.citations_agree,
    fences.tables_can_be_shown,
    fences.contents_name_pages,
    fences.calculators_exist,
    fences.examples_are_recorded,
    fences.example_facts_agree,
    fences.snippets_compile,
    diagrams.diagrams_parse,
    diagrams.diagrams_are_described,
    diagrams.diagrams_are_harmless,
    diagrams.diagrams_are_small,
    pages.front_matter_is_complete,
    pages.sections_are_there,
    pages.one_h1,
    minutes.minutes_fit_the_words,
    minutes.planned_minutes_agree,
    wording.products_are_spelled,
    wording.link_text_speaks,
    wording.images_are_described,
    wording.sentences_are_short,
    glossary.first_use_is_linked,
    citations.sources_have_one_name,
    citations.works_are_cited_by_row,
    quoted.bare_numbers_agree,
    redirects.redirects_start_where_no_page_is,
    redirects.redirects_take_one_step,
    redirects.redirects_lead_to_pages,
)


def run_checks(corpus: Corpus) -> Iterator[Diagnostic]:
    """All findings of all checks, in no particular order."""
    for check in CHECKS:
        yield from check(corpus)
