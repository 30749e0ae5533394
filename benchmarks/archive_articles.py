"""The articles of the made-up archive (`benchmarks/archive.py`), in one endless row that is always the same."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from random import Random

import numpy as np
import numpy.typing as npt

from benchmarks.archive import (
    OUTLETS,
    QUOTES_EACH,
    SHIFT,
    SPEAKERS,
    TOPIC_WORDS,
    TOPICS,
    ArchiveArticle,
    ArchiveQuote,
    ArchiveRefusal,
    ArchiveSpeaker,
    outlets,
    speakers,
    topics,
    unnamed,
    words,
)
from storage.records import QuoteKind, Reports, Span

_TOPIC_SHARE = 0.2  # of the words of an article
_MOST_WORDS = 1_700  # of an article
_COMMONEST = 0.04  # share of sentences that name whom most is said about
_REFUSED = 0.25  # of the articles say that somebody gave no comment
_UNNAMED = 0.14  # of the articles have such a source
_COPIED = 0.055  # of the articles that are no copies, each by two others in the mean: one in ten is a copy
_SAYING = (*("said",) * 9, "told reporters", "added", "argued", "warned", "wrote", "insisted")
_THINKING = ("believes", "wants", "hopes", "fears")


def archive(count: int, *, seed: int = 20, known: int = SPEAKERS) -> Iterator[ArchiveArticle]:
    """The first `count` articles of the one endless row that `seed` gives, in which `known` speakers can be quoted."""
    return islice(_row(seed, known), count)


def _row(seed: int, known: int) -> Iterator[ArchiveArticle]:
    random = Random(seed)
    writer = _Writer(random, np.random.default_rng(seed), known)
    number = 0
    while True:
        number += 1
        article = writer.article(number)
        yield article
        if random.random() < _COPIED:
            for _ in range(random.randint(1, 3)):
                number += 1
                outlet, later = random.choice(outlets()), article.minutes + random.randint(5, 600)
                yield replace(article, number=number, outlet=outlet, minutes=later, copy_of=article.number)


class _Drawn:
    """Places in a row, those in front far more often than those behind, as Zipf's law and Mandelbrot have it."""

    def __init__(self, count: int, numbers: np.random.Generator) -> None:
        self._numbers = numbers
        self._weights = np.cumsum(1 / (np.arange(count) + SHIFT))

    def draw(self, many: int) -> npt.NDArray[np.int64]:
        """So many of them."""
        places: npt.NDArray[np.int64] = np.searchsorted(self._weights, self._numbers.random(many) * self._weights[-1])
        return places


class _Writer:
    """Writes articles."""

    def __init__(self, random: Random, numbers: np.random.Generator, known: int) -> None:
        self._random = random
        self._numbers = numbers
        self._known = speakers(known)
        self._words = np.array(words(), dtype=object)
        self._every = _Drawn(len(self._words), numbers)
        self._of_topic = _Drawn(TOPIC_WORDS, numbers)
        self._topics = _Drawn(TOPICS, numbers)
        self._people = _Drawn(known, numbers)
        self._outlets = _Drawn(OUTLETS, numbers)
        self._coming: list[str] = []

    def article(self, number: int) -> ArchiveArticle:
        """One article about a topic, with a few speakers."""
        random = self._random
        topic = int(self._topics.draw(1)[0])
        self._coming = self._drawn(topics()[topic], _MOST_WORDS)
        cast = tuple(dict.fromkeys([*self._heard_about(topic), *(-1 for _ in range(random.random() < _UNNAMED))]))
        text: list[str] = []
        quotes: list[ArchiveQuote] = []
        position, mentioned = 0, set[int]()
        article = ArchiveArticle(
            number,
            outlets()[int(self._outlets.draw(1)[0])],
            self._sentence(random.randint(6, 11))[:-1],
            random.randint(0, 300),
            "",
            topic,
            cast,
            (),
        )
        for _ in range(random.randint(QUOTES_EACH - 4, QUOTES_EACH + 4)):
            if random.random() < 0.35:
                text.append(self._sentence(random.randint(20, 60)))
                position += len(text[-1]) + 2
            place = random.randrange(len(cast))
            who = self._known[cast[place]] if cast[place] >= 0 else unnamed(article)
            paragraph, quote = self._quoting(who, place, position, first=place not in mentioned)
            mentioned.add(place)
            text.append(paragraph)
            quotes.append(quote)
            position += len(paragraph) + 2
        refusal = None
        if random.random() < _REFUSED and cast[0] >= 0:
            paragraph, refusal = self._refusing(self._known[cast[0]], position)
            text.append(paragraph)
        return replace(article, text="\n\n".join(text), quotes=tuple(quotes), refusal=refusal)

    def _heard_about(self, topic: int) -> Sequence[int]:
        """Three speakers: anybody, and some of the few that are heard on a topic again and again."""
        known = len(self._known)
        everybody = (int(place) for place in self._people.draw(2))
        # The same few of a topic, all over the row of speakers.
        regular = (topic * 37 + int(self._random.random() ** 2 * 12)) % known
        return *everybody, regular

    def _quoting(self, who: ArchiveSpeaker, place: int, position: int, *, first: bool) -> tuple[str, ArchiveQuote]:
        """A paragraph that begins at `position` and the quote in it."""
        random = self._random
        thinks = random.random() < 0.12
        cue = random.choice(_THINKING if thinks else _SAYING)
        source = who.called if not first else f"{who.name}, {who.role}," if who.role else who.name
        said = self._clause(random.randint(8, 42))
        direct = not thinks and random.random() < 0.5
        if direct:
            said = said[0].upper() + said[1:]
            pieces = ("“", said, ",” ", source.rstrip(","), " ", cue, ". ")
            content, named, told = 1, 3, 5
        else:
            pieces = ("", source[0].upper() + source[1:], " ", cue, " that ", said, ". ")
            content, named, told = 5, 1, 3
        paragraph = "".join(pieces) + (self._sentence(random.randint(6, 18)) if random.random() < 0.4 else "")
        paragraph = paragraph.rstrip()

        def span(piece: int) -> Span:
            start = position + sum(map(len, pieces[:piece]))
            return start, start + len(pieces[piece])

        return paragraph, ArchiveQuote(
            span(content),
            span(named),
            span(told),
            (position, position + len(paragraph)),
            QuoteKind.DIRECT if direct else QuoteKind.INDIRECT,
            Reports.ATTITUDE if thinks else Reports.SPEECH,
            round(0.5 + 0.5 * random.random() ** 0.5, 2),
            place,
        )

    def _refusing(self, who: ArchiveSpeaker, position: int) -> tuple[str, ArchiveRefusal]:
        """A paragraph that begins at `position` and says that the first speaker gave no comment."""
        name = who.name[0].upper() + who.name[1:]
        paragraph = f"{name} declined to comment on {self._clause(self._random.randint(4, 12))}."
        whole = position, position + len(paragraph)
        return paragraph, ArchiveRefusal(whole, (position, position + len(name)), whole, 0)

    def _sentence(self, length: int) -> str:
        clause = self._clause(length)
        return f"{clause[0].upper()}{clause[1:]}."

    def _clause(self, length: int) -> str:
        taken, self._coming = self._coming[:length], self._coming[length:]
        if self._random.random() < _COMMONEST:
            taken[self._random.randrange(length)] = self._known[0].called
        return " ".join(taken)

    def _drawn(self, topic: Sequence[str], many: int) -> list[str]:
        """Words of the language, and of the topic."""
        drawn = self._words[self._every.draw(many)]
        about = np.array(topic, dtype=object)[self._of_topic.draw(many) % len(topic)]
        return list(np.where(self._numbers.random(many) < _TOPIC_SHARE, about, drawn))
