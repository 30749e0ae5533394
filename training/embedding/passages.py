"""Articles as the network reads them: windows of pieces, and which of these make up each quote and each paragraph."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from tokenizers import Tokenizer

from bot.embedding.embedder import pieces_in
from bot.embedding.network import CLS, SEP, Ints, windows
from bot.embedding.paragraphs import paragraphs_of
from storage.records import Span
from training.corpus import Annotated
from training.embedding.questions import Quote, key_of


@dataclass(frozen=True, slots=True)
class Passages:
    """Articles. A quote or a paragraph is the numbers of its pieces [K, 2]: in which window, and where in it.

    `paragraph_of` has the place of each quote's paragraph, `places` those of quotes by article and number.
    """

    windows: Sequence[Sequence[int]]
    quotes: Sequence[Ints]
    paragraphs: Sequence[Ints]
    paragraph_of: Sequence[int]
    places: Mapping[Quote, int]


def passages(articles: Sequence[Annotated], tokenizer: Tokenizer) -> Passages:
    """Articles, cut and pooled as `bot/embedding` does it."""
    read: list[Sequence[int]] = []
    quotes: list[Ints] = []
    paragraphs: list[Ints] = []
    paragraph_of: list[int] = []
    places: dict[Quote, int] = {}
    for article in articles:
        encoding = tokenizer.encode(article.text, add_special_tokens=False)
        starts, ends = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2).T
        lines = paragraphs_of(article.text)
        begins = [start for start, _ in lines]
        homes = np.zeros((len(starts), 2), dtype=np.int64)
        for first, last in windows(len(starts), [*np.searchsorted(starts, begins[1:]).tolist(), len(starts)]):
            homes[first:last, 0] = len(read)
            homes[first:last, 1] = np.arange(1, last - first + 1)
            read.append([CLS, *encoding.ids[first:last], SEP])

        def standing_in(spans: Sequence[Span], starts: Ints = starts, ends: Ints = ends, homes: Ints = homes) -> Ints:
            return np.concatenate([homes[first:last] for first, last in pieces_in(starts, ends, spans)])

        for number, quote in enumerate(article.readings[0]):
            places[key_of(article.name), number] = len(quotes)
            paragraph_of.append(len(paragraphs) + max(0, int(np.searchsorted(begins, quote.content[0][0], side="right")) - 1))
            quotes.append(standing_in(quote.content))
        paragraphs += [standing_in([line]) for line in lines]
    return Passages(read, quotes, paragraphs, paragraph_of, places)
