"""The interface behind which quotes are extracted, so that one engine can take over from another."""

from dataclasses import dataclass
from typing import Protocol

from storage.records import NewQuote, NewSpeaker


@dataclass(frozen=True, slots=True)
class Extraction:
    """What an engine found in one text: quotes in text order, and the speakers their indices point to."""

    quotes: tuple[NewQuote, ...]
    speakers: tuple[NewSpeaker, ...]


class Engine(Protocol):
    """Text to quotes with speakers. Stateless after construction, safe to call from any thread.

    `name` is stored with every version that the engine read; another name means that stored
    articles can be read again with a different result.
    """

    @property
    def name(self) -> str:
        """Name and version of the engine."""
        ...

    def extract(self, text: str) -> Extraction:
        """Extract the quotes of `text`; paragraphs are separated by line breaks. Never raises on any text.

        For every span (start, end) of the result, `text[start:end]` is what the article says there.
        """
        ...
