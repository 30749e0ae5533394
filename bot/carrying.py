"""Which quote of an article's new reading is which of the old one, so that it keeps its number and what people corrected. Pure."""

from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from bot.wordings import wording
from storage.records import StoredQuote

# An edit changes a word or two of a quote; two quotes of one article are hardly ever this much alike.
SAME_QUOTE = 80.0


def carried(old: Sequence[StoredQuote], new: Sequence[Sequence[str]]) -> dict[int, int]:
    """By the index of each new quote, the number of the old quote that it is.

    `old` are all quotes that the article ever had, `new` the words of those that it has now, in order. The same words
    come first, in the order of the text and rather to a quote that still stands than to one that is gone; then the words
    that are most alike.
    """
    found: dict[int, int] = {}
    waiting: dict[str, list[int]] = defaultdict(list)
    for quote in sorted(old, key=lambda quote: quote.gone):
        waiting[wording(quote.words)].append(quote.id)
    wordings = [wording(words) for words in new]
    for index, words in enumerate(wordings):
        if waiting.get(words):
            found[index] = waiting[words].pop(0)
    left = {number: words for words, numbers in waiting.items() for number in numbers}
    for index, words in enumerate(wordings):
        if index in found or not left:
            continue
        nearest = process.extractOne(words, left, scorer=fuzz.ratio, score_cutoff=SAME_QUOTE)
        if nearest is not None:
            found[index] = nearest[2]
            del left[nearest[2]]
    return found
