"""All that is taken out of one text before it is stored. CPU only, and found by its name in a worker (`bot/bounded.py`)."""

from dataclasses import dataclass

from bot.embedding.embeds import Embeds
from bot.quoting.engine import Engine, Extraction
from bot.reading.shingles import shingles
from bot.unsaid import Unsaid, unsaid, without
from storage.languages import is_quoted
from storage.records import NewQuote
from storage.records.embeddings import TextVectors


@dataclass(frozen=True, slots=True)
class Extracted:
    """Quotes with speakers, who gave no comment, where both lie in the space of meanings, and the text's shingles."""

    extraction: Extraction
    told: Unsaid[NewQuote]
    vectors: TextVectors | None
    shingles: list[int]


def extracted(engine: Engine, embedder: Embeds | None, text: str, language: str | None) -> Extracted:
    """What is taken out of a text. No quotes are of one in another language than the engine's."""
    extraction = engine.extract(text) if is_quoted(language) else Extraction((), ())
    told = unsaid(text, extraction.quotes)
    kept = without(extraction, told)
    vectors = None if embedder is None else embedder.of_text(text, [quote.content for quote in kept.quotes])
    return Extracted(kept, told, vectors, shingles(text))
