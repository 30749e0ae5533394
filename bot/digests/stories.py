"""Articles that belong together, found from their quotes: they share a statement, speakers, or what their headlines say."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz import fuzz

from bot.cards import outlets_of
from bot.wordings import by_wording, wording
from storage.records import StoredQuote

HEADLINES_ALIKE = 70.0
FEWEST_SHARED_WORDS = 4  # "no comment" in two articles makes them no story
FEWEST_SHARED_SPEAKERS = 2
_SMALL_WORDS = frozenset({"a", "an", "and", "as", "at", "by", "for", "from", "in", "into", "of", "on", "or", "over", "the", "to", "with"})


@dataclass(frozen=True, slots=True)
class Story:
    """Articles on one event, given by all their quotes, with the headline of the article that has most of them."""

    headline: str
    outlets: tuple[str, ...]
    articles: tuple[int, ...]
    quotes: tuple[StoredQuote, ...]


def stories(quotes: Sequence[StoredQuote]) -> list[Story]:
    """The stories of the quotes: that of most outlets first, then of most articles and quotes."""
    groups = _joined([quote.article_id for quote in quotes], _links(quotes))
    found = [_story([quote for quote in quotes if quote.article_id in group], group) for group in groups]
    return sorted(found, key=lambda story: (len(story.outlets), len(story.articles), len(story.quotes)), reverse=True)


def _story(quotes: Sequence[StoredQuote], articles: Iterable[int]) -> Story:
    most_quoted = Counter(quote.article_id for quote in quotes if quote.headline).most_common(1)
    headline = next((quote.headline for quote in quotes if quote.headline and quote.article_id == most_quoted[0][0]), None)
    return Story(headline or "Without a headline", outlets_of(quotes), tuple(articles), tuple(quotes))


def _links(quotes: Sequence[StoredQuote]) -> Iterable[tuple[int, int]]:
    """Pairs of articles that belong to one story."""
    statements: dict[int, int] = {}
    for quote in quotes:
        if quote.statement_id is not None:
            yield quote.article_id, statements.setdefault(quote.statement_id, quote.article_id)
    for first, *copies in by_wording(quotes):
        if len(wording(first.words).split()) >= FEWEST_SHARED_WORDS:
            yield from ((first.article_id, copy.article_id) for copy in copies)
    speakers: dict[int, set[int | None]] = defaultdict(set)
    for quote in quotes:
        speakers[quote.article_id].add(quote.speaker_id)
    headlines = {quote.article_id: _telling(quote.headline) for quote in quotes if quote.headline}
    for one, other in _sharing_a_word(headlines):
        shared = (speakers[one] & speakers[other]) - {None}
        alike = fuzz.token_set_ratio(" ".join(headlines[one]), " ".join(headlines[other])) >= HEADLINES_ALIKE
        if alike or len(shared) >= FEWEST_SHARED_SPEAKERS:
            yield one, other


def _telling(headline: str) -> tuple[str, ...]:
    return tuple(word for word in wording([headline]).split() if word not in _SMALL_WORDS)


def _sharing_a_word(headlines: Mapping[int, Sequence[str]]) -> set[tuple[int, int]]:
    """The pairs of articles worth comparing; all pairs would be too many on a busy day."""
    articles: dict[str, list[int]] = defaultdict(list)
    for article, words in headlines.items():
        for word in dict.fromkeys(words):
            articles[word].append(article)
    return {pair for sharing in articles.values() for pair in combinations(sharing, 2)}


def _joined(members: Iterable[int], links: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The members in groups that the links hold together (union-find), in the order in which they came."""
    root = {member: member for member in members}

    def find(member: int) -> int:
        while root[member] != member:
            root[member] = member = root[root[member]]
        return member

    for one, other in links:
        root[find(one)] = find(other)
    groups: dict[int, list[int]] = {}
    for member in root:
        groups.setdefault(find(member), []).append(member)
    return list(groups.values())
