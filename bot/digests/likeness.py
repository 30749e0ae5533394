"""Which articles are about one event, by their headlines, who speaks in them and what is said. Pure."""

import math
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations, pairwise
from typing import TypeVar

from rapidfuzz import fuzz

from bot.wordings import wording
from storage.records import SpeakerKind, StoredQuote

HEADLINES_ALIKE = 70.0
FEWEST_SHARED_SPEAKERS = 2
CONTENT_ALIKE = 0.12
"""From this cosine of the words of two articles on they are about one event: tuned on a year of political news."""
FEWEST_SHARED_WORDS = 5
MOST_COMPARED = 12
"""What more articles have in common says little of each; comparing them all would take too long on a busy day."""
ONE_STORY = timedelta(days=7)
_SHORTEST_WORD = 4
_FEWEST_COUNTED = 40  # how common a word is cannot be told by fewer articles: that all of four have it makes it no small word
_SMALL_WORDS = frozenset(
    {"a", "an", "and", "are", "as", "at", "be", "by", "for", "from", "has", "have", "he", "his", "how", "in", "into", "is", "it", "its"}
    | {"new", "no", "not", "of", "off", "on", "or", "out", "over", "says", "she", "than", "that", "the", "their", "they", "this", "to"}
    | {"up", "was", "what", "when", "who", "why", "will", "with"}
)
Sign = TypeVar("Sign", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Outline:
    """What is compared of an article: the telling words of its headline, those of all its quotes too, and the people who speak in it."""

    headline: tuple[str, ...]
    words: frozenset[str]
    people: frozenset[int]
    dated: datetime

    @classmethod
    def of(cls, quotes: Sequence[StoredQuote], said: Iterable[str]) -> "Outline":
        """The outline of an article with these quotes, whose wordings are `said`."""
        headline = tuple(_telling(wording([quotes[0].headline or ""])))
        words = {word for one in said for word in _telling(one) if len(word) >= _SHORTEST_WORD}
        people = {quote.speaker_id for quote in quotes if quote.speaker_id is not None and quote.speaker_kind is SpeakerKind.PERSON}
        return cls(headline, frozenset({*words, *headline}), frozenset(people), max(quote.published or quote.read_at for quote in quotes))


def alike(outlines: Mapping[int, Outline]) -> Iterator[tuple[int, int]]:
    """Pairs of articles that are alike and of about the same time."""
    for by in (_by_headline, _by_people, _by_content):
        for one, other in by(outlines):
            if abs(outlines[one].dated - outlines[other].dated) <= ONE_STORY:
                yield one, other


def _by_headline(outlines: Mapping[int, Outline]) -> Iterator[tuple[int, int]]:
    """Articles with headlines alike: one word in common is no more than a subject, unless it is all that they say."""
    headlines = {article: outline.headline for article, outline in outlines.items()}
    pairs: set[tuple[int, int]] = set()
    for articles in _sharing(headlines).values():
        many = len(articles) > MOST_COMPARED
        pairs |= set(pairwise(sorted(articles, key=lambda article: sorted(headlines[article]))) if many else combinations(articles, 2))
    for pair in pairs:
        one, other = (headlines[article] for article in pair)
        if one == other or (len({*one} & {*other}) > 1 and fuzz.token_set_ratio(" ".join(one), " ".join(other)) >= HEADLINES_ALIKE):
            yield pair


def _by_people(outlines: Mapping[int, Outline]) -> Iterator[tuple[int, int]]:
    """Articles in which the same people speak under headlines with a word in common. Who speaks everywhere does not count."""
    speaking = Counter(person for outline in outlines.values() for person in outline.people)
    everywhere = {person for person, articles in speaking.items() if articles > MOST_COMPARED}
    for articles in _sharing({article: outline.headline for article, outline in outlines.items()}).values():
        for one, other in combinations(articles, 2) if len(articles) <= MOST_COMPARED else ():
            if len((outlines[one].people & outlines[other].people) - everywhere) >= FEWEST_SHARED_SPEAKERS:
                yield one, other


def _by_content(outlines: Mapping[int, Outline]) -> Iterator[tuple[int, int]]:
    """Articles in which the same is said: by the cosine of their words, each weighed by how few articles have it (idf)."""
    holding = _sharing({article: outline.words for article, outline in outlines.items()})
    total = max(len(outlines), _FEWEST_COUNTED)
    weights = {word: math.log(1 + total / len(articles)) ** 2 for word, articles in holding.items()}
    lengths = {article: math.sqrt(sum(weights[word] for word in outline.words)) for article, outline in outlines.items()}
    shared: dict[tuple[int, int], list[float]] = defaultdict(list)
    for word, articles in holding.items():
        for pair in combinations(articles, 2) if len(articles) <= MOST_COMPARED else ():
            shared[pair].append(weights[word])
    for (one, other), products in shared.items():
        if len(products) >= FEWEST_SHARED_WORDS and sum(products) >= CONTENT_ALIKE * lengths[one] * lengths[other]:
            yield one, other


def _sharing(signs: Mapping[int, Iterable[Sign]]) -> dict[Sign, list[int]]:
    """Which articles have each sign, in their order."""
    articles: dict[Sign, list[int]] = defaultdict(list)
    for article, its in signs.items():
        for sign in dict.fromkeys(its):
            articles[sign].append(article)
    return articles


def _telling(text: str) -> Iterator[str]:
    return (word for word in text.split() if word not in _SMALL_WORDS)
