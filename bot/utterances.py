"""Which quotes report one and the same utterance: wire copies, and the versions that outlets give of it. Pure."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta

from rapidfuzz import fuzz

from bot.wordings import wording
from storage.records import StatementQuote

# Outlets report an utterance within days, and word it alike: they drop, add or swap a word or two, or give a part of it.
WITHIN = timedelta(days=3)
ALIKE = 82.0
FEWEST_WORDS = 5  # "no comment" is said every day

_WORD = re.compile(r"\w+")
# As `wording` gives them, without apostrophes. "not", "no one" and "nobody" count alike: one outlet writes "won't", the other "will not".
_NEGATIONS = frozenset(
    _WORD.findall("""aint arent cannot cant couldnt darent didnt doesnt dont hadnt hardly hasnt havent isnt mightnt mustnt neednt neither
    never no nobody none nor not nothing nowhere oughtnt shant shouldnt unlikely wasnt werent without wont wouldnt""")
)
_DIGITS = {word: str(number) for number, word in enumerate(_WORD.findall("two three four five six seven eight nine ten eleven twelve"), 2)}
_NUMBERS = frozenset(
    _WORD.findall("""zero once twice half thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty
    seventy eighty ninety hundred hundreds thousand thousands million millions billion billions trillion trillions""")
)


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
    if fuzz.partial_ratio(one, other, score_cutoff=ALIKE) == 0:
        return False
    one, other = _compared(one, other)
    return _turning(one) == _turning(other)


def _compared(one: str, other: str) -> tuple[str, str]:
    """Of two wordings the shorter one, and of the longer one the part that it is: whole words, and the word before them.

    All of both if neither is a part. The word before may be the "not" of a quote that begins behind it.
    """
    shorter, longer = sorted((one, other), key=len)
    if fuzz.ratio(one, other) >= ALIKE:
        return shorter, longer
    found = fuzz.partial_ratio_alignment(shorter, longer)
    if found is None:
        return shorter, longer
    first = longer.rfind(" ", 0, found.dest_start + 1)
    first = longer.rfind(" ", 0, max(first, 0)) + 1
    last = longer.find(" ", max(found.dest_end - 1, 0))
    return shorter, longer[first:] if last < 0 else longer[first:last]


def _turning(words: str) -> Counter[str]:
    """The words that make another statement of all the others around them: how often it is negated, and its numbers."""
    kept: Counter[str] = Counter()
    for word in words.split():
        if word in _NEGATIONS:
            kept["not"] += 1
        elif word in _NUMBERS or word in _DIGITS or any(char.isdigit() for char in word):
            kept[_DIGITS.get(word, word)] += 1
    return kept
