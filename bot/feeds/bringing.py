"""What waits of the feeds' entries becomes articles: read from its page, or from what the feed itself gave of it."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final

from bot.bounded import WorkerBug, Workers
from bot.errors import NotAnArticle, ReadingError
from bot.feeds.aftermath import Aftermath, afterwards, asked_to_wait
from bot.feeds.feed import Entry
from bot.feeds.given import entry_of_json
from bot.feeds.pacing import Pacer
from bot.feeds.robots import KEPT_FOR, Robots, read_robots, robots_address
from bot.intake import Intake
from bot.parsed import parsed
from bot.reading.documents import Hints
from bot.reading.pages import Answer, FeedFetcher, Refused
from storage import feed_entries, feeds
from storage.database import Database
from storage.records import EntryState, NewArticle, StoredEntry, StoredFeed
from storage.terms import digest

LEASE: Final = timedelta(minutes=10)
MOST_SITES: Final = 1000
"""So many robots.txt are kept."""
_LONG_PAUSE = timedelta(minutes=1)
"""Nobody waits longer than this for a turn, which would outlast a claim."""
_LOG = logging.getLogger(__name__)
_HTML = "text/html; charset=utf-8"
_FORBIDDEN = "The site's robots.txt does not allow it to be read."
_HELD = "The site asks to be left alone for a while."
_BUG = "Verbatim has a fault that keeps it from reading this; the log says more."


@dataclass(frozen=True, slots=True)
class _Site:
    """The rules of a site for its pages, kept until a moment."""

    host: str
    robots: Robots
    until: datetime


@dataclass(frozen=True, slots=True)
class Bringing:
    """Reads entries, each by one process at a time and of one host one after the other. `process` is a name of this one alone."""

    database: Database
    intake: Intake
    fetcher: FeedFetcher
    workers: Workers
    pacer: Pacer
    clock: Callable[[], datetime]
    process: str
    _sites: dict[str, _Site] = field(default_factory=dict)

    async def bring(self, limit: int) -> int:
        """Read entries that are to be read, at most so many at once; returns how many came to their end. Raises the storage errors."""
        now = self.clock()
        busy = [site.host for site in self._sites.values() if self.pacer.held_until(site.host)]
        async with self.database.writing() as session:
            claimed = await feed_entries.claim_entries(
                session, self.process, now=now, lease_until=now + LEASE, limit=limit, busy_hosts=busy
            )
            of = {number: await feeds.get(session, number) for number in {one.feed_id for one in claimed}}
        try:
            async with asyncio.TaskGroup() as group:
                readings = [group.create_task(self._bring(one, feed)) for one in claimed if (feed := of[one.feed_id]) is not None]
        except ExceptionGroup as several:
            raise several.exceptions[0] from several
        return sum(reading.result() for reading in readings)

    async def _bring(self, claimed: StoredEntry, feed: StoredFeed) -> bool:
        """Read an entry; whether it came to its end."""
        try:
            found = await self._read(claimed, feed)
        except ReadingError as error:
            found = Aftermath(EntryState.FAILED, str(error))
        except WorkerBug:
            _LOG.exception("Entry %s could not be read.", claimed.id)
            found = Aftermath(EntryState.FAILED, _BUG)
        if claimed.lease_until is None or self.clock() >= claimed.lease_until:
            return False  # it is another's by now
        if isinstance(found, Aftermath):
            return await self._leave(claimed, found)
        taken = await self.intake.take(claimed.page or feed.title or feed.address, found)
        async with self.database.writing() as session:
            return await feed_entries.entry_read(session, claimed, taken.article_id)

    async def _leave(self, claimed: StoredEntry, found: Aftermath) -> bool:
        async with self.database.writing() as session:
            if found.state is EntryState.PASSED_OVER:
                return await feed_entries.entry_passed_over(session, claimed, found.reason)
            stands = await feed_entries.entry_failed(session, claimed, found.reason, found.again)
            return stands and found.again is None

    async def _read(self, claimed: StoredEntry, feed: StoredFeed) -> NewArticle | Aftermath:
        entry = entry_of_json(claimed.given or "{}")
        if claimed.page is None:
            article = await self._of_given(claimed, entry, feed)
        else:
            answer = await self._page(claimed, claimed.page)
            if isinstance(answer, Aftermath):
                return answer
            article = await self._parsed(answer.data, answer.url, answer.media_type, Hints(outlet=feed.outlet), answer.url)
        return replace(
            article,
            outlet=article.outlet or feed.title,
            headline=article.headline or entry.headline,
            byline=article.byline or entry.author,
            published=article.published or claimed.published,
            language=feed.language or article.language or entry.language,
        )

    async def _of_given(self, claimed: StoredEntry, entry: Entry, feed: StoredFeed) -> NewArticle:
        content = entry.content or entry.summary
        if not content:
            raise NotAnArticle("The feed gives no text of it.", "Have its page read.")
        page = f"<html><body><article><p>{content}</p></article></body></html>".encode(errors="replace")
        url = entry.url if claimed.url_key else None  # one that entries share is the address of none
        hints = Hints(feed.outlet, url, claimed.published, entry.headline)
        article = await self._parsed(page, "entry.html", _HTML, hints, None)
        if url:
            return article
        # What markup in a text says of its address is no more than a claim to another's article.
        key = claimed.guid_key or claimed.content_key or article.text
        return replace(article, identity=f"feed:{digest(f'{feed.address} {key}')}", url=None, outlet=feed.outlet)

    async def _parsed(self, data: bytes, name: str, media_type: str | None, hints: Hints, address: str | None) -> NewArticle:
        read = await parsed(self.workers, data, name=name, media_type=media_type, hints=hints, address=address, now=self.clock())
        if len(read) != 1:
            raise NotAnArticle(f"It holds {len(read)} articles, where an entry is one.", "Ingest that file by itself.")
        return read[0]

    async def _page(self, claimed: StoredEntry, page: str) -> Answer | Aftermath:
        robots = await self._robots(claimed, page)
        if isinstance(robots, Aftermath):
            return robots
        if not robots.allows(page):
            return Aftermath(EntryState.PASSED_OVER, _FORBIDDEN)
        host, delay = claimed.host or "", robots.delay or timedelta()
        async with self.pacer.turn(host, delay=min(delay, _LONG_PAUSE)) as held:
            if held is not None:
                return Aftermath(EntryState.WAITING, _HELD, held)
            answer = await self.fetcher.fetch_page(page)
        if delay > _LONG_PAUSE:
            self.pacer.hold(host, self.clock() + delay)
        return self._refused(claimed, answer) if isinstance(answer, Refused) else answer

    async def _robots(self, claimed: StoredEntry, page: str) -> Robots | Aftermath:
        """The rules for a page, which are asked for if they are not known; or what becomes of the entry where they cannot be had now."""
        host, address = claimed.host or "", robots_address(page)
        kept = self._sites.get(address)
        if kept is not None and kept.until > self.clock():
            return kept.robots
        async with self.pacer.turn(host) as held:
            if held is not None:
                return Aftermath(EntryState.WAITING, _HELD, held)
            answer = await self.fetcher.fetch_robots(address)
        robots = await asyncio.to_thread(read_robots, answer)
        if robots.answered:
            self._keep(address, _Site(host, robots, self.clock() + KEPT_FOR))
        return self._refused(claimed, answer) if isinstance(answer, Refused) and not robots.answered else robots

    def _keep(self, address: str, site: _Site) -> None:
        self._sites.pop(address, None)
        while len(self._sites) >= MOST_SITES:
            del self._sites[next(iter(self._sites))]
        self._sites[address] = site

    def _refused(self, claimed: StoredEntry, refused: Refused) -> Aftermath:
        now = self.clock()
        if (until := asked_to_wait(refused, now)) is not None:
            self.pacer.hold(claimed.host or "", until)
        return afterwards(refused, claimed.tries, now)
