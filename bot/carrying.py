"""Which quote of an article's new reading is which of the old one, so that it keeps its number and what people corrected. Pure.

A number that lands on another quote would take a person's correction there, so what is doubtful is a new quote.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import accumulate, product

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from bot.wordings import wording
from storage.records import NewQuote, Span, StoredQuote, words_at

# An edit changes some letters, a word or two, or gives more or less of what was said.
SAME_LETTERS = 80.0
SAME_WORDS = 70.0  # "I agree" and "I disagree" have 82 % of their letters in common, but half of their words
SAME_PART = 90.0
FEWEST_WORDS_OF_A_PART = 5
SAME_PLACE = 0.5  # of the shorter one


def carried(old: Sequence[StoredQuote], new: Sequence[NewQuote], text: str, *, version_id: int) -> dict[int, int]:
    """By the index of each new quote, the number of the old quote that it is.

    `old` are all quotes that the article ever had, in text order and those that are gone last; `new` are those of `text`,
    the version `version_id`. Old quotes of that very version are found again by their place. Others are the same if they
    have the same words in the same order of quotes, then the same words anywhere, then the words most alike.
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
    left = {number: words for number, words in before.items() if number not in taken}
    pair(_most_alike(left, {index: words for index, words in enumerate(wordings) if index not in found}))
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


def _alike(one: str, other: str) -> float:
    """How much alike two wordings are, in per cent; 0 where they are not the same quote."""
    words, others = one.split(), other.split()
    letters = fuzz.ratio(one, other)
    if letters >= SAME_LETTERS and fuzz.ratio(words, others) >= SAME_WORDS:
        return letters
    if min(len(words), len(others)) >= FEWEST_WORDS_OF_A_PART and fuzz.partial_ratio(one, other) >= SAME_PART:
        return max(letters, 1.0)
    return 0.0
