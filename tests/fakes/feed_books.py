"""The books of a played week: what was published against what is stored, and who was asked how often."""

from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import text

from bot.feeds.newcomers import TAKEN_AT_FIRST
from storage.database import Database
from tests.fakes.feed_sites import FakeFeed, FakeSite, Request, Sites, Story
from tests.fakes.feed_week import Week

_Place = tuple[str, str]
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Books:
    """Stories by host and path. `wanted` were shown to Verbatim and are neither filtered, forbidden nor of before the feed was added.

    `unseen` left their feed before it could be had, `in_trouble` are those of them whose looks failed meanwhile.
    `reasons` says what became of those that are wanted and not stored. `doubles` are articles and entries that are there twice.
    """

    published: int
    wanted: frozenset[_Place]
    stored: frozenset[_Place]
    unseen: frozenset[_Place]
    in_trouble: frozenset[_Place]
    doubles: int
    reasons: Counter[str]
    delays: tuple[float, ...]
    most: dict[str, int]

    @property
    def missing(self) -> frozenset[_Place]:
        """What is wanted and not stored."""
        return self.wanted - self.stored

    @property
    def uninvited(self) -> frozenset[_Place]:
        """What is stored and not wanted."""
        return self.stored - self.wanted


async def books(week: Week, database: Database) -> Books:
    """The books of a week, at its end."""
    async with database.reading() as session:
        articles = [row.url for row in await session.execute(text("SELECT url FROM articles"))]
        twice = "SELECT count(*) - count(DISTINCT feed_id || ' ' || url_key) FROM feed_entries"
        doubles = await session.scalar(text(twice)) or 0
        rows = await session.execute(text("SELECT page, state, reason FROM feed_entries WHERE state IN ('waiting', 'failed')"))
        became = {_place(row.page): f"{row.state}: {row.reason}" for row in rows if row.page}
    sites, stored = week.sites, Counter(map(_place, articles))
    shown = [(feed, story) for feed in sites.feeds for story in feed.stories if story.number in feed.shown]
    wanted = frozenset((feed.host, story.path) for feed, story in shown if _is_wanted(feed, story, sites.sites[feed.host]))
    unseen = {(feed.host, story.path): (feed, place) for feed in sites.feeds for place, story in enumerate(feed.stories)
              if story.number not in feed.shown and feed.left_at(place) is not None}  # fmt: skip
    trouble = _trouble(sites)
    begin = sites.began
    published = [(feed, story) for feed in sites.feeds for story in feed.stories if story.published >= begin]
    return Books(
        published=len(published),
        wanted=wanted,
        stored=frozenset(stored),
        unseen=frozenset(unseen),
        in_trouble=frozenset(
            key for key, (feed, place) in unseen.items() if _was_in_trouble(feed, place, trouble.get((feed.host, feed.path), []))
        ),
        doubles=doubles + sum(stored.values()) - len(stored) + sum(len(moments) - 1 for moments in week.added.values()),
        reasons=Counter(became.get(key, "not there") for key in wanted - set(stored)),
        delays=tuple(
            (week.added[feed.host, story.path][0] - story.published).total_seconds()
            for feed, story in published
            if (feed.host, story.path) in week.added
        ),
        most=most_in_a_minute(sites.requests),
    )


def most_in_a_minute(requests: list[Request]) -> dict[str, int]:
    """The most requests that each host had in any sixty seconds; one that was sent on to another page is one more."""
    by_host: defaultdict[str, list[datetime]] = defaultdict(list)
    for request in requests:
        by_host[request.host] += [request.begun] * request.hops
    return {host: _most(sorted(moments)) for host, moments in by_host.items()}


def _most(moments: list[datetime]) -> int:
    window: deque[datetime] = deque()
    most = 0
    for moment in moments:
        window.append(moment)
        while window[0] <= moment - _MINUTE:
            window.popleft()
        most = max(most, len(window))
    return most


def _is_wanted(feed: FakeFeed, story: Story, site: FakeSite) -> bool:
    if story.section == feed.blocked or story.number in (feed.shown_first or ())[TAKEN_AT_FIRST:]:
        return False
    return not (feed.full_text and site.robots is not None and f"Disallow: /{story.section}/" in site.robots)


def _trouble(sites: Sites) -> dict[_Place, list[tuple[datetime, datetime]]]:
    """When each feed could not be had: from its first look that failed to the next one that did not."""
    looks: defaultdict[_Place, list[Request]] = defaultdict(list)
    for request in sites.requests:
        if request.kind == "feed":
            looks[request.host, request.path].append(request)
    trouble: dict[_Place, list[tuple[datetime, datetime]]] = {}
    for feed, asked in looks.items():
        trouble[feed], began = [], None
        for request in asked:
            if request.status not in (200, 304):
                began = began or request.begun
            elif began is not None:
                trouble[feed].append((began, request.ended))
                began = None
        trouble[feed] += [(began, sites.time())] if began is not None else []
    return trouble


def _was_in_trouble(feed: FakeFeed, place: int, trouble: list[tuple[datetime, datetime]]) -> bool:
    left = feed.left_at(place)
    return left is not None and any(begins < left and feed.stories[place].published < ends for begins, ends in trouble)


def _place(url: str) -> _Place:
    host, _, path = url.partition("://")[2].partition("/")
    return host, f"/{path}"
