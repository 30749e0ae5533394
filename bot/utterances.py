"""Which quotes report one and the same utterance: wire copies, and the versions that outlets give of it. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import timedelta

from rapidfuzz import fuzz

from bot.wordings import wording
from storage.statements import StatementQuote

# Outlets report an utterance within days, and word it alike: they drop, add or swap a word or two, or give a part of it.
WITHIN = timedelta(days=3)
ALIKE = 82.0
FEWEST_WORDS = 5  # "no comment" is said every day


def utterances(quotes: Iterable[StatementQuote], *, of: Iterable[int]) -> list[list[int]]:
    """The groups of quote numbers that report one utterance, each with a quote of `of`; a quote that stands alone is a group too.

    `quotes` are those that may belong together, oldest first; those not in `of` stay with their statement. Compared are
    quotes of one speaker, in different articles (nobody reports an utterance twice), dated less than `WITHIN` apart; wordings
    that are not the same only where they have `FEWEST_WORDS`.
    """
    candidates = {quote.id: (quote, wording(quote.words)) for quote in quotes}
    wanted = dict.fromkeys(number for number in of if number in candidates)
    group_of: dict[int, list[int]] = {}
    standing: dict[int, list[int]] = {}
    for number, (quote, _) in candidates.items():
        known = quote.statement_id is not None and number not in wanted
        group_of[number] = standing.setdefault(quote.statement_id or 0, []) if known else []
        group_of[number].append(number)
    dates = [quote.dated for quote, _ in candidates.values()]
    in_order = list(candidates.values())
    for number in wanted:
        quote, words = candidates[number]
        first, last = bisect_right(dates, quote.dated - WITHIN), bisect_left(dates, quote.dated + WITHIN)
        for other, other_words in in_order[first:last]:
            if other.speaker_id == quote.speaker_id and other.article_id != quote.article_id and _alike(words, other_words):
                _join(group_of, number, other.id)
    return [sorted(group) for group in {id(group_of[number]): group_of[number] for number in wanted}.values()]


def _join(group_of: dict[int, list[int]], one: int, other: int) -> None:
    group, added = group_of[one], group_of[other]
    if group is added:
        return
    group.extend(added)
    for number in added:
        group_of[number] = group


def _alike(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(one.count(" "), other.count(" ")) + 1 < FEWEST_WORDS:
        return False
    # The order of the words counts: a few common words are found somewhere in any long quote.
    return fuzz.partial_ratio(one, other, score_cutoff=ALIKE) > 0
