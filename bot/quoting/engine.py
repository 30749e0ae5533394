"""Text to quotes with speakers: a tagger finds the attributions, a resolver names the speakers.

`Engine` is the interface behind which another engine can take over; `QuotingEngine` is ours.
"""

from dataclasses import dataclass
from functools import cache, cached_property
from threading import Lock
from typing import Protocol, Self

from bot.quoting.attributions import Analysis, Tagger, kind_of
from bot.quoting.judging import Judgement
from bot.quoting.reports import reports
from bot.quoting.speakers import resolve
from storage.records import NewQuote, NewSpeaker, QuoteKind, words_at

_LOADING = Lock()


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


class QuotingEngine:
    """A tagger and the speaker resolver, one after the other."""

    def __init__(self, tagger: Tagger | None = None) -> None:
        """Without a tagger it is the learned one, loaded when the first text comes: most commands read none."""
        self._tagger = tagger

    def __reduce__(self) -> tuple[type[Self], tuple[Tagger | None]]:
        return type(self), (self._tagger,)

    @cached_property
    def name(self) -> str:
        """Name and version: the tagger's and the resolver's."""
        return f"{(self._tagger or Judgement.read()).name}+speakers-3"

    def extract(self, text: str) -> Extraction:
        """Extract the quotes of `text`."""
        analysis = Analysis(text)
        attributions = (self._tagger or _learned()).attributions(analysis)
        resolution = resolve(analysis, attributions)
        quotes = tuple(
            NewQuote(
                content=a.content,
                source=a.source,
                cue=a.cue,
                kind=(kind := kind_of(a.content, analysis)),
                reports=reports(" ".join(words_at(text, a.cue)), in_quotation_marks=kind is QuoteKind.DIRECT),
                confidence=round(max(0.05, a.confidence * certainty), 2),
                speaker=speaker,
                context=analysis.paragraphs(a.content[0][0], a.content[-1][1]),
            )
            for a, speaker, certainty in zip(attributions, resolution.speaker_of, resolution.certainty, strict=True)
        )
        return Extraction(quotes, resolution.speakers)


def _learned() -> Tagger:
    """The learned tagger: all engines of a process share one."""
    with _LOADING:  # one thread loads, and the others wait for it
        return _loaded()


@cache
def _loaded() -> Tagger:
    from bot.quoting.learned import LearnedTagger

    return LearnedTagger()
