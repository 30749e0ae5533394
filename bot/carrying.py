"""Which quote of an article's new reading is which of the old one, so that it keeps its number and what people corrected. Pure.

A number that lands on another quote would take a person's correction there, so what is doubtful is a new quote.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate, product

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from bot.wordings import wording
from storage.records import NewQuote, QuoteKind, Reports, Span, StoredQuote, words_at

# An edit changes some letters, a word or two, or gives more or less of what was said.
SAME_LETTERS = 80.0
SAME_WORDS = 70.0  # "I agree" and "I disagree" have 82 % of their letters in common, but half of their words
SAME_PART = 90.0
FEWEST_WORDS_OF_A_PART = 5
SAME_PLACE = 0.5  # of the shorter one
SAME_WORDS_IN_PLACE = 50.0  # for one speaker's words between the same other quotes

_Sort = tuple[QuoteKind, Reports]
_Gap = tuple[int | None, int | None, int, _Sort]


def carried(
    old: Sequence[StoredQuote],
    new: Sequence[NewQuote],
    text: str,
    *,
    version_id: int,
    read_by: Mapping[int, int | None] | None = None,
    now_by: Sequence[int | None] = (),
) -> dict[int, int]:
    """By the index of each new quote, the number of the old quote that it is.

    `old` are all quotes that the article ever had, in text order and those that are gone last; `new` are those of `text`,
    the version `version_id`. Old quotes of that very version are found again by their place. Others are the same if they
    have the same words in the same order of quotes, then the same words anywhere, then, of those that report the same, the
    words most alike. Where it is known whose words each old quote (`read_by`, by number) and each new one (`now_by`, by
    index) was read as, before any correction, a speaker's only words between two quotes that are carried are the same if
    half of them are.
    """
    wordings = [wording(words_at(text, quote.content)) for quote in new]
    here = [quote for quote in old if quote.version_id == version_id]
    before = {quote.id: wording(quote.words) for quote in old if quote.version_id != version_id}
    found: dict[int, int] = {}
    taken: set[int] = set()

    def pair(pairs: Iterable[tuple[int, int]]) -> None:
        for index, number in pairs:
            if index not in found and number not in taken:
                found[index] = number
                taken.add(number)

    pair(_in_one_place(here, new))
    pair(_in_order([quote.id for quote in old if quote.id in before and not quote.gone], before, wordings))
    pair(_of_same_words(before, wordings))
    reported = {quote.id: quote.reports for quote in old}
    for reports in Reports:
        left = {number: words for number, words in before.items() if number not in taken and reported[number] is reports}
        pair(_most_alike(left, {n: words for n, words in enumerate(wordings) if n not in found and new[n].reports is reports}))
    if read_by and now_by:
        standing = [quote for quote in old if not quote.gone]
        pair(_between_the_same(standing, new, before, wordings, found, read_by, now_by))
    return found


def _in_one_place(old: Iterable[StoredQuote], new: Sequence[NewQuote]) -> list[tuple[int, int]]:
    by_start = sorted(range(len(new)), key=lambda index: new[index].content[0][0])
    starts = [new[index].content[0][0] for index in by_start]
    reached = list(accumulate((new[index].content[-1][1] for index in by_start), max))
    ranked = []
    for quote in old:
        near = slice(bisect_right(reached, quote.content[0][0]), bisect_left(starts, quote.content[-1][1]))
        for index in by_start[near]:
            shared, shorter, longer = _overlap(quote.content, new[index].content)
            if shared > SAME_PLACE * shorter:
                ranked.append((-shared / longer, index, quote.id))
    return [(index, number) for _, index, number in sorted(ranked)]


def _overlap(one: Sequence[Span], other: Sequence[Span]) -> tuple[int, int, int]:
    """How many characters two contents share, and how many the shorter and the longer one has."""
    shared = sum(max(0, min(end, end2) - max(start, start2)) for (start, end), (start2, end2) in product(one, other))
    shorter, longer = sorted(sum(end - start for start, end in content) for content in (one, other))
    return shared, shorter, longer


def _in_order(numbers: Sequence[int], words: dict[int, str], new: Sequence[str]) -> Iterable[tuple[int, int]]:
    """Those of the same words that keep their order, so that of two quotes alike the one that was taken out is gone."""
    for step in LCSseq.opcodes([words[number] for number in numbers], new):
        if step.tag == "equal":
            yield from zip(range(step.dest_start, step.dest_end), numbers[step.src_start : step.src_end], strict=True)


def _of_same_words(old: dict[int, str], new: Sequence[str]) -> Iterable[tuple[int, int]]:
    numbers: dict[str, list[int]] = defaultdict(list)
    for number, words in old.items():
        numbers[words].append(number)
    return ((index, number) for index, words in enumerate(new) for number in numbers.get(words, ()))


def _most_alike(old: dict[int, str], new: dict[int, str]) -> list[tuple[int, int]]:
    ranked = []
    for (number, words), (index, others) in product(old.items(), new.items()):
        if score := _alike(words, others):
            ranked.append((-score, index, number))
    return [(index, number) for _, index, number in sorted(ranked)]


def _between_the_same(
    standing: Sequence[StoredQuote],
    new: Sequence[NewQuote],
    before: Mapping[int, str],
    wordings: Sequence[str],
    found: Mapping[int, int],
    read_by: Mapping[int, int | None],
    now_by: Sequence[int | None],
) -> list[tuple[int, int]]:
    """What is left of one speaker and sort between the same carried quotes (or ends of the article), if it is one before and now."""
    taken = set(found.values())
    was = _gaps([(quote.id, quote.id if quote.id in taken else None, read_by.get(quote.id), _sort(quote)) for quote in standing])
    now = _gaps([(index, found.get(index), now_by[index], _sort(quote)) for index, quote in enumerate(new)])
    pairs = []
    for gap, numbers in was.items():
        indices = now.get(gap, [])
        if len(numbers) == len(indices) == 1 and numbers[0] in before:
            words, others = before[numbers[0]].split(), wordings[indices[0]].split()
            if fuzz.ratio(words, others) >= SAME_WORDS_IN_PLACE:
                pairs.append((indices[0], numbers[0]))
    return pairs


def _sort(quote: StoredQuote | NewQuote) -> _Sort:
    return quote.kind, quote.reports


def _gaps(quotes: Sequence[tuple[int, int | None, int | None, _Sort]]) -> dict[_Gap, list[int]]:
    """The quotes that are not carried, by the carried numbers before and after them, and their speaker and sort.

    Given are, in text order, what a quote is called, the number that is carried (None: none), its speaker and its sort.
    """
    numbers = [number for _, number, _, _ in quotes]
    last_before = [None, *accumulate(numbers, _latest)]
    first_after = [*list(accumulate(reversed(numbers), _latest))[::-1][1:], None]
    gaps: dict[_Gap, list[int]] = defaultdict(list)
    for place, (name, number, speaker, sort) in enumerate(quotes):
        if number is None and speaker is not None:
            gaps[last_before[place], first_after[place], speaker, sort].append(name)
    return gaps


def _latest(one: int | None, other: int | None) -> int | None:
    return one if other is None else other


def _alike(one: str, other: str) -> float:
    """How much alike two wordings are, in per cent; 0 where they are not the same quote."""
    words, others = one.split(), other.split()
    letters = fuzz.ratio(one, other)
    if letters >= SAME_LETTERS and fuzz.ratio(words, others) >= SAME_WORDS:
        return letters
    if min(len(words), len(others)) >= FEWEST_WORDS_OF_A_PART and fuzz.partial_ratio(one, other) >= SAME_PART:
        return max(letters, 1.0)
    return 0.0
