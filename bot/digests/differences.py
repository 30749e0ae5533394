"""Statements that outlets word differently, with all their wordings side by side. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from bot.cards import UNKNOWN_SPEAKER, cards, outlets_of
from bot.digests.voices import some_of
from bot.replies import Section
from bot.wordings import wording
from storage.records import StoredQuote

_HYPHENS = re.compile(r"(?<=\w)[-\u2010\u2011](?=\w)")


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
    """The section of a statement: at most so many wordings, copies of each together, parts of others last."""
    outlets = outlets_of(statement)
    speaker = next((quote.speaker_name for quote in statement if quote.speaker_name), UNKNOWN_SPEAKER)
    whole = _whole(_readings(quote.words) for quote in statement)
    wordings = sorted(cards(statement), key=lambda card: _readings(card.words) not in whole)
    return Section(f"{speaker}, in different words", ", ".join(some_of(outlets)), tuple(wordings[:most]))


def _differ(statement: Sequence[StoredQuote]) -> bool:
    """Whether two outlets have words of which neither are those of the other, nor a part of what any outlet has."""
    outlets: dict[tuple[str, ...], set[str | None]] = defaultdict(set)
    for quote in statement:
        outlets[_readings(quote.words)].add(quote.outlet)
    return any(outlets[one] != outlets[other] for one, other in combinations(_whole(outlets), 2))


def _whole(wordings: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Those that are no run of whole words of another: an outlet that quotes less does not word it differently."""
    found: list[tuple[str, ...]] = []
    for one in sorted(set(wordings), key=lambda readings: (-len(readings[0]), readings)):
        if not any(f" {words} " in f" {others} " for other in found for words in one for others in other):
            found.append(one)
    return found


def _readings(words: Sequence[str]) -> tuple[str, ...]:
    """The wording, and that with its hyphens closed up: outlets write "co-operate" and "cooperate"."""
    return wording(words), wording([_HYPHENS.sub("", piece) for piece in words])
