"""What a tagger finds: who says (source), by which words we know it (cue), and what is said (content)."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Protocol

from bot.quoting.marks import Quotation, quotations
from bot.quoting.names import Name, names
from bot.quoting.sentences import Sentence, sentences
from storage.records import QuoteKind, Span


class Analysis:
    """A text with its quotations, sentences and names found once, for everything that reads it."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.quotations: Sequence[Quotation] = quotations(text)
        self.sentences: Sequence[Sentence] = sentences(text, self.quotations)
        self.names: Sequence[Name] = names(self.sentences)

    @cached_property
    def _quotation_ends(self) -> list[int]:
        return [q.outer[1] for q in self.quotations]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence in which `offset` lies (the one before, where it lies between two)."""
        return self.sentences[max(0, bisect_right(self._sentence_starts, offset) - 1)]

    @cached_property
    def _names_of(self) -> dict[int, list[Name]]:
        found: dict[int, list[Name]] = {}
        for name in self.names:
            found.setdefault(name.sentence, []).append(name)
        return found

    def names_of(self, sentence: Sentence) -> Sequence[Name]:
        """The names in a sentence, in order."""
        return self._names_of.get(sentence.number, ())

    def quotations_in(self, start: int, end: int) -> Sequence[Quotation]:
        """The quotations that touch the text from `start` to `end`."""
        first = last = bisect_right(self._quotation_ends, start)
        while last < len(self.quotations) and self.quotations[last].outer[0] < end:
            last += 1
        return self.quotations[first:last]

    def takes_turns(self, number: int) -> bool:
        """Whether nothing but space parts a quotation from the one before or behind it in its line: two people are talking."""
        around = self.quotations[max(0, number - 1) : number + 2]
        gaps = (self.text[one.outer[1] : other.outer[0]] for one, other in pairwise(around) if one.closed)
        return any(not gap.strip(" \t\u00a0") for gap in gaps)

    def paragraphs(self, start: int, end: int) -> Span:
        """From the beginning of the paragraph at `start` to the end of the one at `end`."""
        if not self.sentences:
            return start, end
        return self.sentence_at(start).paragraph_span[0], self.sentence_at(max(start, end - 1)).paragraph_span[1]


@dataclass(frozen=True, slots=True)
class Attribution:
    """Spans of one quote before anybody is named. `source` is empty where the text gives none (a run of one person's quotes)."""

    content: tuple[Span, ...]
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    confidence: float


class Tagger(Protocol):
    """Text to attributions, in text order, no two contents overlapping. A learned tagger takes the place of the rules here."""

    @property
    def name(self) -> str:
        """Name and version."""
        ...

    def attributions(self, analysis: Analysis) -> list[Attribution]:
        """Tag one text."""
        ...


def kind_of(content: Sequence[Span], analysis: Analysis) -> QuoteKind:
    """Direct if every word stands inside quotation marks, mixed if some do, else indirect.

    Strict on purpose: a direct quote is shown inside quotation marks, and no word may be that the
    article does not give inside them.
    """
    direct = True
    any_quoted = False
    for start, end in content:
        inside = analysis.quotations_in(start, end)
        direct = direct and any(q.inner[0] <= start and end <= q.inner[1] for q in inside)
        any_quoted = any_quoted or bool(inside)
    if direct:
        return QuoteKind.DIRECT
    return QuoteKind.MIXED if any_quoted else QuoteKind.INDIRECT
