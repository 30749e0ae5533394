"""A large archive made up for measuring what is asked of it: always the same one, as uneven as news in words, topics, people and outlets.

Its words are those that the engine's tokenizer knows whole, which are in the order of how often English has them, and made-up ones
behind them. Nothing is to be taken out of its texts: each quote comes with its spans.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from random import Random

import numpy as np

from benchmarks.vocabulary import GIVEN_NAMES, made_words, place_names, surnames
from bot.quoting.identity import speaker_key
from bot.quoting.judging import WEIGHTS
from storage.records import QuoteKind, Reports, Span, SpeakerKind

SPEAKERS = 60_000
"""How many can be quoted: of a million quotes some 37,000 of them are heard, and as many unnamed as make up 50,000."""
QUOTES_EACH = 10
"""Quotes of an article in the mean."""
FIRST_DAY = datetime(2023, 1, 2, tzinfo=UTC)
DAYS = 730
ASKED_AT = FIRST_DAY + timedelta(days=DAYS)
"""When all is read."""
_WORDS = 60_000
SHIFT = 2.7
TOPICS = 1_500
TOPIC_WORDS = 40
OUTLETS = 150
_SURNAMES = 9_000
_GIVEN_NAMES = 260
_SHORT_WORDS = "of to in is it we he by on at as an be do if or so my me up us"
_OFFICES = ("mayor", "sheriff", "bishop", "treasurer", "coroner", "provost", "registrar", "governor", "surveyor", "auditor", "chancellor")


@dataclass(frozen=True, slots=True)
class ArchiveSpeaker:
    """Somebody who is quoted. `called` is the short form of a later mention; `key` None is of one article alone."""

    name: str
    called: str
    role: str
    kind: SpeakerKind
    key: str | None


@dataclass(frozen=True, slots=True)
class ArchiveQuote:
    """A quote with its spans in its article's text; `speaker` is its place among the article's speakers."""

    content: Span
    source: Span
    cue: Span
    context: Span
    kind: QuoteKind
    reports: Reports
    confidence: float
    speaker: int


@dataclass(frozen=True, slots=True)
class ArchiveRefusal:
    """A sentence that says who gave no comment; `speaker` is a place among the article's speakers."""

    shown: Span
    who: Span
    context: Span
    speaker: int


@dataclass(frozen=True, slots=True)
class ArchiveArticle:
    """An article. `speakers` are places in `speakers()`, -1 for somebody unnamed; `topic` is a place in `topics()`.

    `copy_of` is the number of the article that it repeats word for word, at another outlet.
    """

    number: int
    outlet: str
    headline: str
    minutes: int
    text: str
    topic: int
    speakers: tuple[int, ...]
    quotes: tuple[ArchiveQuote, ...]
    refusal: ArchiveRefusal | None = None
    copy_of: int | None = None


@cache
def words() -> tuple[str, ...]:
    """All words, the most frequent first."""
    known = json.loads((WEIGHTS / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    whole = [word for word in sorted(known, key=known.__getitem__) if word.isascii() and word.isalpha() and len(word) > 2]
    first, *others = whole
    return tuple(made_words(_WORDS, [first, *_SHORT_WORDS.split(), *others]))


@cache
def topics() -> tuple[tuple[str, ...], ...]:
    """The words of each topic, the most frequent first; the topic most written about first."""
    random = Random(21)
    ordered = words()
    # As many of each order of magnitude: a topic has words that many share, and words of its own.
    low, high = np.log(150), np.log(20_000)
    return tuple(tuple(dict.fromkeys(ordered[int(np.exp(random.uniform(low, high)))] for _ in range(TOPIC_WORDS))) for _ in range(TOPICS))


@cache
def outlets() -> tuple[str, ...]:
    """The outlets, those with the most articles first."""
    kinds = ("Post", "Ledger", "Courier", "Beacon", "Echo")
    return tuple(f"The {place} {kinds[k % len(kinds)]}" for k, place in enumerate(place_names(OUTLETS)))


@cache
def speakers(count: int = SPEAKERS) -> tuple[ArchiveSpeaker, ...]:
    """Those whom every article knows by name, the most quoted first: nine in ten are people, the others organisations."""
    random = Random(22)
    made = surnames(_SURNAMES + _GIVEN_NAMES).words
    given = [*GIVEN_NAMES["he"], *GIVEN_NAMES["she"], *made[_SURNAMES:]]
    places = place_names(4_000)
    found: dict[str, ArchiveSpeaker] = {}
    while len(found) < count:
        # A few surnames are many people's, most are a few people's.
        surname = made[int(_SURNAMES * random.random() ** 2)]
        role = f"the {random.choice(_OFFICES)} of {random.choice(places)}"
        if len(found) % 10 == 9:
            name, kind = f"{surname} {random.choice(('Institute', 'Union', 'Trust', 'Bank', 'Council'))}", SpeakerKind.ORGANISATION
            one = ArchiveSpeaker(f"the {name}", name, f"the {random.choice(places)} charity", kind, speaker_key(name.split(), kind, name))
        else:
            name, kind = f"{random.choice(given)} {surname}", SpeakerKind.PERSON
            one = ArchiveSpeaker(name, surname, role, kind, speaker_key(name.split(), kind, name))
        found.setdefault(one.name, one)
    return tuple(found.values())


def unnamed(article: ArchiveArticle) -> ArchiveSpeaker:
    """The one source of an article that has no name."""
    outlet = article.outlet.split()[1]
    return ArchiveSpeaker(f"a spokeswoman for the {outlet} council", "the spokeswoman", "", SpeakerKind.UNNAMED, None)


def published(article: ArchiveArticle, count: int) -> datetime:
    """When an article of an archive of `count` articles appeared: they are spread over all its days, in order."""
    return FIRST_DAY + timedelta(minutes=int(article.number / count * (DAYS - 2) * 24 * 60) + article.minutes)
