"""Which quotes report one and the same utterance: wire copies, and the versions that outlets give of it. Pure."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import timedelta

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from bot.wordings import wording
from storage.records import QuoteKind, StatementQuote

# Outlets report an utterance within days, and word it alike: they drop, add or swap a word or two, or give a part of it.
WITHIN = timedelta(days=3)
ALIKE = 82.0
FEWEST_WORDS = 5  # "no comment" is said every day

# Within a day, two wordings that differ in nothing but a "not", a number or a name are one utterance that an outlet has wrong.
# Later, somebody has changed their mind or counted again.
SOON = timedelta(days=1)
NEARLY_ALIKE = 75.0
MOST_CHANGED = 3  # words

_WORD = re.compile(r"\w+")
_WITHIN_A_SENTENCE = re.compile(r"(?<=[\w,;]\s)[^\W\d_][\w'’-]+")
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
            if other.speaker_id == quote.speaker_id and other.article_id != quote.article_id and _same(quote, other, words, other_words):
                _join(group_of, number, other.id)
    return [sorted(group) for group in {id(group_of[number]): group_of[number] for number in wanted}.values()]


def _join(group_of: dict[int, list[int]], one: int, other: int) -> None:
    group, added = group_of[one], group_of[other]
    if group is added:
        return
    group.extend(added)
    for number in added:
        group_of[number] = group


def _same(one: StatementQuote, other: StatementQuote, words: str, other_words: str) -> bool:
    """Whether two quotes of one speaker report one utterance. `words` and `other_words` are their wordings."""
    if words == other_words:
        return True
    if min(words.count(" "), other_words.count(" ")) + 1 < FEWEST_WORDS:
        return False
    # The order of the words counts: a few common words are found somewhere in any long quote.
    alike = fuzz.partial_ratio(words, other_words, score_cutoff=ALIKE) > 0
    if not alike and fuzz.ratio(words, other_words, score_cutoff=NEARLY_ALIKE) == 0:
        return False
    part, other_part = (compared.split() for compared in _compared(words, other_words))
    if alike and _turning(part) == _turning(other_part):
        return True
    if abs(one.dated - other.dated) >= SOON:
        return False
    place, other_place = _place_of_change(part, other_part)
    turned, other_turned = _turning(place), _turning(other_place)
    if QuoteKind.INDIRECT in (one.kind, other.kind):  # in the outlet's own words: who is counted or named changes by the hour
        return turned["not"] != other_turned["not"]
    named = bool(place and other_place) and (_names(one.words) | _names(other.words)).issuperset([*place, *other_place])
    return turned != other_turned or named


def _place_of_change(one: Sequence[str], other: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """What each of two wordings has in the one place inside where they differ; nothing if that is not all that differs.

    One may begin earlier or go on for longer than the other, if nothing is denied or counted there.
    """
    same = [block for block in Levenshtein.opcodes(one, other).as_matching_blocks() if block.size]
    if len(same) != 2 or sum(block.size for block in same) < FEWEST_WORDS - 1:
        return (), ()
    before, after = same
    ends = [(one[: before.a], other[: before.b]), (one[after.a + after.size :], other[after.b + after.size :])]
    if any((end and other_end) or _turning([*end, *other_end]) for end, other_end in ends):
        return (), ()
    place, other_place = one[before.a + before.size : after.a], other[before.b + before.size : after.b]
    return (place, other_place) if max(len(place), len(other_place)) <= MOST_CHANGED else ((), ())


def _names(words: Iterable[str]) -> set[str]:
    """The words with a capital where no sentence begins."""
    found = (name for piece in words for name in _WITHIN_A_SENTENCE.findall(piece) if name[0].isupper())
    return {word for name in found for word in wording([name]).split()}


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


def _turning(words: Iterable[str]) -> Counter[str]:
    """The words that make another statement of all the others around them: how often it is negated, and its numbers."""
    kept: Counter[str] = Counter()
    for word in words:
        if word in _NEGATIONS:
            kept["not"] += 1
        elif word in _NUMBERS or word in _DIGITS or any(char.isdigit() for char in word):
            kept[_DIGITS.get(word, word)] += 1
    return kept
