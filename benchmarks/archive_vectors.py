"""Vectors of the made-up archive: those of some of its articles as they are embedded, and of the others near those of their topic."""

from collections import defaultdict
from collections.abc import Iterable

import numpy as np

from benchmarks.archive import ArchiveArticle
from bot.embedding.embedder import Embedder, packed, unpacked
from bot.embedding.network import Floats
from bot.embedding.paragraphs import paragraphs_of
from storage.records.embeddings import QuoteVector, TextVectors

_APART = 0.04
"""How far, in each dimension, a vector lies from the one that it is made of: its cosine with it is about 0.9."""


class Vectors:
    """Gives the vectors of articles, always the same, where embedding each would take hours."""

    def __init__(self, embedder: Embedder, some: Iterable[ArchiveArticle]) -> None:
        """Embed `some` articles; those of a topic that none of them has lie near any."""
        self._embedder = embedder
        quotes: dict[int, list[Floats]] = defaultdict(list)
        paragraphs: dict[int, list[Floats]] = defaultdict(list)
        for article in some:
            embedded = embedder.of_text(article.text, [[quote.content] for quote in article.quotes])
            dimensions = len(embedded.quotes[0].vector)
            quotes[article.topic].append(unpacked(b"".join(one.vector for one in embedded.quotes), dimensions))
            paragraphs[article.topic].append(unpacked(embedded.paragraphs, dimensions))
        self._topics = sorted(quotes)
        self._quotes = {topic: np.concatenate(some) for topic, some in quotes.items()}
        self._paragraphs = {topic: np.concatenate(some) for topic, some in paragraphs.items()}

    @property
    def model(self) -> str:
        """Whose vectors they are."""
        return self._embedder.name

    def of(self, article: ArchiveArticle) -> TextVectors:
        """The vectors of an article and of its quotes."""
        numbers = np.random.default_rng(article.number)
        topic = article.topic if article.topic in self._quotes else self._topics[article.topic % len(self._topics)]
        stands = paragraphs_of(article.text)
        begins = [start for start, _ in stands]
        within = np.searchsorted(begins, [quote.content[0] for quote in article.quotes], side="right") - 1
        quotes = _near(self._quotes[topic], len(article.quotes), numbers)
        return TextVectors(
            packed(_near(self._paragraphs[topic], len(stands), numbers)),
            tuple(
                QuoteVector(self._embedder.cells_near(vector, 1)[0], int(paragraph), packed(vector))
                for vector, paragraph in zip(quotes, within, strict=True)
            ),
        )


def _near(vectors: Floats, count: int, numbers: np.random.Generator) -> Floats:
    """As many vectors of length one, each near one of these."""
    moved = vectors[numbers.integers(len(vectors), size=count)] + _APART * numbers.standard_normal((count, vectors.shape[1]))
    found: Floats = (moved / np.linalg.norm(moved, axis=1, keepdims=True)).astype(np.float32)
    return found
