"""Articles that belong together, found from their quotes: they report one statement, carry the same words, or are alike. Pure."""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.cards import copies_together, outlets_of
from bot.digests.likeness import Outline, alike
from bot.digests.titles import title_of
from bot.wordings import wording
from storage.records import StoredQuote

FEWEST_SHARED_WORDS = 5  # "no comment" or a slogan in two articles makes them no story
OLD = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Story:
    """Articles on one event, given by all their quotes, with the headline of the article that has most of them.

    `said` counts the quotes, copies once; `latest` is when the newest of the articles was published, or else read.
    """

    headline: str
    outlets: tuple[str, ...]
    articles: tuple[int, ...]
    quotes: tuple[StoredQuote, ...]
    said: int
    latest: datetime


def stories(
    quotes: Sequence[StoredQuote], since: datetime | None = None, *, around: Iterable[StoredQuote] = (), aside: Collection[int] = ()
) -> list[Story]:
    """The stories of the quotes: that of most outlets first, then of most articles and quotes, then the latest.

    `around` are all quotes of their articles: what belongs together is told by these, whatever the quotes are restricted to.
    What was published some days before `since` and read only now comes behind all that is new, and so do stories of which all
    quotes are numbered in `aside`.
    """
    of_article = _by_article(quotes)
    all_of_article = _by_article({quote.id: quote for quote in (*around, *quotes)}.values())

    dated = [quote.published for quote in quotes if quote.published]
    is_archive = since is not None and bool(dated) and max(dated) < since - OLD  # then what has no date is no newer

    def rank(story: Story) -> tuple[bool, bool, int, int, int, datetime]:
        is_new = since is None or is_archive or story.latest >= since - OLD
        is_aside = all(quote.id in aside for quote in story.quotes)
        return is_new, not is_aside, len(story.outlets), len(story.articles), story.said, story.latest

    joined = _joined(all_of_article, _links(all_of_article))
    found = [[of_article[article] for article in articles if article in of_article] for articles in joined]
    return sorted((_story(articles) for articles in found if articles), key=rank, reverse=True)


def _by_article(quotes: Iterable[StoredQuote]) -> dict[int, list[StoredQuote]]:
    of_article: dict[int, list[StoredQuote]] = defaultdict(list)
    for quote in quotes:
        of_article[quote.article_id].append(quote)
    return of_article


def _story(articles: Sequence[Sequence[StoredQuote]]) -> Story:
    quotes = tuple(quote for its in articles for quote in its)
    most_quoted = max((its for its in articles if its[0].headline), key=len, default=articles[0])
    return Story(
        headline=title_of(most_quoted[0].headline),
        outlets=outlets_of(quotes),
        articles=tuple(its[0].article_id for its in articles),
        quotes=quotes,
        said=len(copies_together(quotes)),
        latest=max(quote.published or quote.read_at for quote in quotes),
    )


def _links(of_article: Mapping[int, Sequence[StoredQuote]]) -> Iterator[tuple[int, int]]:
    """Pairs of articles that belong to one story."""
    firsts: dict[Hashable, int] = {}
    outlines: dict[int, Outline] = {}
    for article, quotes in of_article.items():
        said = [wording(quote.words) for quote in quotes]
        outlines[article] = Outline.of(quotes, said)
        shared = (one for one in said if one.count(" ") + 1 >= FEWEST_SHARED_WORDS)
        statements = (quote.statement_id for quote in quotes if quote.statement_id is not None)
        for sign in (*shared, *statements):
            yield article, firsts.setdefault(sign, article)
    yield from alike(outlines)


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
