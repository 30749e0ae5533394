"""An embedder of very few meanings: what words mean is told to it, and a text means what its words do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from bot.embedding.embedder import packed
from bot.embedding.network import Floats
from bot.embedding.paragraphs import paragraphs_of
from storage.records import Span
from storage.records.embeddings import QuoteVector, TextVectors
from storage.terms import terms

DIMENSIONS = 8
MEANINGS = {"ferry": 0, "ferries": 0, "boat": 0, "row": 0, "bridge": 1, "span": 1, "tax": 2, "taxes": 2, "levy": 2, "school": 3}


@dataclass(frozen=True)
class FakeEmbedder:
    """Every meaning is a direction, and a cell, of its own. A text with none of its words lies at the origin."""

    name: str = "fake-1"
    meanings: Mapping[str, int] = field(default_factory=lambda: MEANINGS)

    def of_question(self, text: str) -> Floats:
        """The direction of the words of a question."""
        found = np.zeros(DIMENSIONS, dtype=np.float32)
        for word in terms(text):
            if word in self.meanings:
                found[self.meanings[word]] += 1
        return found / max(float(np.linalg.norm(found)), 1.0)

    def of_text(self, text: str, contents: Sequence[Sequence[Span]]) -> TextVectors:
        """The directions of the words of each paragraph and of each quote."""
        paragraphs = paragraphs_of(text)
        return TextVectors(
            b"".join(packed(self.of_question(text[start:end])) for start, end in paragraphs),
            tuple(self._of_quote(text, content, paragraphs) for content in contents),
        )

    def cells_near(self, question: Floats, count: int) -> list[int]:
        """The cells, that of the strongest meaning first."""
        return [int(cell) for cell in np.argsort(-question, kind="stable")[:count]]

    def _of_quote(self, text: str, content: Sequence[Span], paragraphs: Sequence[Span]) -> QuoteVector:
        vector = self.of_question(" ".join(text[start:end] for start, end in content))
        within = max(place for place, (start, _) in enumerate(paragraphs) if start <= content[0][0])
        return QuoteVector(int(np.argmax(vector)), within, packed(vector))
