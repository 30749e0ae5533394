"""Statements that outlets word differently, with all their wordings side by side. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from rapidfuzz import fuzz

from bot.cards import UNKNOWN_SPEAKER, cards, outlets_of
from bot.digests.voices import some_of
from bot.replies import Section
from bot.wordings import wording
from storage.records import StoredQuote

_THE_SAME = 97.0
"""From here on one wording is as good as a part of the other: an outlet that quotes less of it does not word it differently."""


def statements(quotes: Iterable[StoredQuote], told: Mapping[int, Sequence[StoredQuote]]) -> list[list[StoredQuote]]:
    """The statements among the quotes that differ from outlet to outlet, those of most outlets first.

    `told` has all quotes of a statement, by its number: what an outlet said before may be said differently by another now.
    """
    found: dict[int, list[StoredQuote]] = defaultdict(list)
    for quote in quotes:
        if quote.statement_id is not None:
            found[quote.statement_id].append(quote)
    for statement_id in found:
        known = {quote.id for quote in found[statement_id]}
        earlier = told.get(statement_id, ())
        found[statement_id] += [quote for quote in earlier if quote.id not in known and not (quote.gone or quote.rejected)]
    differing = [statement for statement in found.values() if len(outlets_of(statement)) > 1 and _differ(statement)]
    return sorted(differing, key=lambda statement: len(outlets_of(statement)), reverse=True)


def difference(statement: Sequence[StoredQuote], most: int) -> Section:
    """The section of a statement: at most so many wordings, copies of each together."""
    outlets = outlets_of(statement)
    speaker = next((quote.speaker_name for quote in statement if quote.speaker_name), UNKNOWN_SPEAKER)
    return Section(f"{speaker}, in different words", ", ".join(some_of(outlets)), cards(statement)[:most])


def _differ(statement: Sequence[StoredQuote]) -> bool:
    """Whether two outlets have words that are not each other's, nor one a part of the other."""
    wordings: dict[str, set[str | None]] = defaultdict(set)
    for quote in statement:
        wordings[wording(quote.words)].add(quote.outlet)
    return any(
        wordings[one] != wordings[other] and one not in other and other not in one and fuzz.token_set_ratio(one, other) < _THE_SAME
        for one, other in combinations(wordings, 2)
    )
