"""What waits of the feeds' entries becomes articles: read from its page, or from what the feed itself gave of it."""

import asyncio
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.bounded import Workers
from bot.errors import NotAnArticle, StorageError, VerbatimError
from bot.feeds.aftermath import MOST_TRIES, UNFINISHED, Aftermath, afterwards, in_time
from bot.feeds.agreeing import Agreement
from bot.feeds.asking import Held, Visits, ask, ask_once, without_end
from bot.feeds.feed import Entry
from bot.feeds.given import entry_of_json
from bot.feeds.mishaps import reason_of
from bot.feeds.pacing import HELD, LEASE, Pacer
from bot.feeds.retry_after import asked_to_wait
from bot.feeds.robots import Robots, read_robots, robots_address
from bot.feeds.sites import Sites
from bot.intake import Intake
from bot.parsed import parsed
from bot.reading.documents import Hints
from bot.reading.identity import is_of_site
from bot.reading.pages import MAX_REDIRECTS, Answer, FeedFetcher, Redirected, Refused
from bot.replies import Ingested
from storage import feed_entries, feeds
from storage.database import Database
from storage.hosts import host_of
from storage.records import EntryState, NewArticle, StoredEntry, StoredFeed
from storage.terms import digest

_LONG_PAUSE = timedelta(minutes=1)
"""Nobody waits longer than this for a turn, which would outlast a claim."""
_LONGEST = timedelta(minutes=4)
"""No entry holds up the others for longer, whatever its sites do (each answers in time, and redirects to the next), nor does its text."""
_HTML = "text/html; charset=utf-8"
_TOO_LONG = f"Its sites took longer than {_LONGEST.total_seconds() / 60:.0f} minutes to give it."
_FORBIDDEN = "The site's robots.txt does not allow it to be read."
_LATER = "It is tried again later."
_BUSY = "Another process is asking a site that it leads to."

Tell = Callable[[Ingested], object]
"""Is told what became of an entry: the article, or why there is none."""


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
    sites: Sites = field(default_factory=Sites)

    @property
    def _agreement(self) -> Agreement:
        return Agreement(self.database, self.pacer, self.process)

    async def bring(self, limit: int, *, only: Collection[int] | None = None, tell: Tell = lambda _: None) -> int:
        """Read entries that are to be read (`only` those of the feeds of these numbers), at most so many at once.

        Returns how many came to their end; `tell` is told of these and of those that are tried again later. Raises the storage errors.
        """
        now = self.clock()
        async with self.database.writing() as session:
            claimed = await feed_entries.claim_entries(
                session, self.process, now=now, lease_until=now + LEASE, limit=limit, busy_hosts=self.pacer.held(), only=only
            )
            claimed, unfinished = _with_one_unfinished(claimed)
            await feed_entries.give_back(session, unfinished)
            of = {number: await feeds.get(session, number) for number in {one.feed_id for one in claimed}}
        try:
            async with asyncio.TaskGroup() as group:
                readings = [group.create_task(self._bring(one, feed, tell)) for one in claimed if (feed := of[one.feed_id]) is not None]
        except ExceptionGroup as several:
            await self._give_back(claimed)
            raise several.exceptions[0] from several
        except asyncio.CancelledError:
            await self._give_back(claimed)
            raise
        return sum(reading.result() for reading in readings)

    async def _bring(self, claimed: StoredEntry, feed: StoredFeed, tell: Tell) -> bool:
        """Read an entry; whether it came to its end. One that ends the process each time is given up, as its claims are counted."""
        if claimed.tries > MOST_TRIES:
            return await self._leave(claimed, Aftermath(EntryState.FAILED, UNFINISHED), tell)
        try:
            return await self._take(claimed, feed, tell)
        except Exception as error:  # noqa: BLE001 - one entry's, unless it is the store's
            reason = reason_of(error, f"Entry {claimed.id}")
            known = isinstance(error, VerbatimError)
            found = Aftermath(EntryState.FAILED, reason) if known else in_time(reason, claimed.tries, self.clock())
        return await self._leave(claimed, found, tell)

    async def _take(self, claimed: StoredEntry, feed: StoredFeed, tell: Tell) -> bool:
        try:
            async with asyncio.timeout(_LONGEST.total_seconds()):
                found = await self._read(claimed, feed)
        except TimeoutError:
            found = in_time(_TOO_LONG, claimed.tries, self.clock())
        if claimed.lease_until is None or self.clock() >= claimed.lease_until:
            return False  # it is another's by now
        if isinstance(found, Aftermath):
            return await self._leave(claimed, found, tell)
        found = replace(found, unannounced=_was_there_at_first(claimed, feed))
        taken = await self.intake.take(claimed.page or feed.title or feed.address, found, longest=_LONGEST.total_seconds())
        tell(taken)
        async with self._agreement.writing() as session:
            return await feed_entries.entry_read(session, claimed, taken.article_id)

    async def _leave(self, claimed: StoredEntry, found: Aftermath, tell: Tell) -> bool:
        name = claimed.page or f"Entry {claimed.id} of feed {claimed.feed_id}"
        tell(Ingested(name, None, reason=f"{found.reason} {_LATER}" if found.again else found.reason))
        async with self._agreement.writing() as session:
            if found.state is EntryState.PASSED_OVER:
                return await feed_entries.entry_passed_over(session, claimed, found.reason)
            if found.again is not None and not found.tried:
                await feed_entries.give_back(session, [claimed], until=found.again)
                return False
            stands = await feed_entries.entry_failed(session, claimed, found.reason, found.again)
            return stands and found.again is None

    async def _give_back(self, claimed: Sequence[StoredEntry]) -> None:
        """What the store kept from being read, or whoever stops the process, was not tried."""
        with suppress(StorageError):
            async with self._agreement.writing() as session:
                await feed_entries.give_back(session, claimed)

    async def _read(self, claimed: StoredEntry, feed: StoredFeed) -> NewArticle | Aftermath:
        entry = entry_of_json(claimed.given or "{}")
        if claimed.page is None:
            article = await self._of_given(claimed, entry, feed)
        else:
            answer = await self._page(claimed, claimed.page)
            if isinstance(answer, Aftermath):
                return answer
            said = Hints(outlet=feed.outlet, language=feed.language)
            article = await self._parsed(answer.data, answer.url, answer.media_type, said, answer.url)
        return replace(
            article,
            outlet=article.outlet or feed.title,
            headline=article.headline or entry.headline,
            byline=article.byline or entry.author,
            published=article.published or claimed.published,
            language=article.language or entry.language,
        )

    async def _of_given(self, claimed: StoredEntry, entry: Entry, feed: StoredFeed) -> NewArticle:
        content = entry.content or entry.summary
        if not content:
            raise NotAnArticle("The feed gives no text of it.", "Have its page read.")
        page = f"<html><body><article><p>{content}</p></article></body></html>".encode(errors="replace")
        url = entry.url if claimed.url_key else None  # one that entries share is the address of none
        hints = Hints(feed.outlet, url, claimed.published, entry.headline, feed.language or entry.language)
        article = await self._parsed(page, "entry.html", _HTML, hints, None)
        if url and is_of_site(url, feed.address):
            return article
        # What a feed or the markup in a text says of an address elsewhere is no more than a claim to another's article.
        key = claimed.url_key or claimed.guid_key or claimed.content_key or article.text
        link = article.url if url else None
        return replace(article, identity=f"feed:{digest(f'{feed.address} {key}')}", url=link, outlet=feed.outlet)

    async def _parsed(self, data: bytes, name: str, media_type: str | None, hints: Hints, address: str | None) -> NewArticle:
        read = await parsed(self.workers, data, name=name, media_type=media_type, hints=hints, address=address, now=self.clock())
        if len(read) != 1:
            raise NotAnArticle(f"It holds {len(read)} articles, where an entry is one.", "Ingest that file by itself.")
        return read[0]

    async def _page(self, claimed: StoredEntry, page: str) -> Answer | Aftermath:
        """A page, or what becomes of its entry. Wherever it redirects to, the rules and the turns of that host hold."""
        pauses: dict[str, timedelta] = {}
        visits = Visits(self._agreement, self.clock, claimed.host)
        try:
            for _ in range(MAX_REDIRECTS + 1):
                answer = await self._page_at(claimed, page, pauses, visits)
                if not isinstance(answer, Redirected):
                    return answer
                if host_of(answer.url) != host_of(page):
                    await visits.hear(answer.url)
                page = answer.url
        finally:
            for host, pause in pauses.items():
                self.pacer.hold(host, self.clock() + pause)
        return afterwards(without_end(), claimed.tries, self.clock())

    async def _page_at(
        self, claimed: StoredEntry, page: str, pauses: dict[str, timedelta], visits: Visits
    ) -> Answer | Redirected | Aftermath:
        """What stands at this very address. `pauses` gets how long its host wants to be left alone then, where that is long."""
        robots = await self._robots(page, visits)
        if not isinstance(robots, Robots):
            return self._put_off(claimed, robots)
        if not robots.allows(page):
            return Aftermath(EntryState.PASSED_OVER, _FORBIDDEN)
        delay = robots.delay or timedelta()
        answer = await ask_once(self.pacer, page, self.fetcher.fetch_page, visits, delay=min(delay, _LONG_PAUSE))
        if isinstance(answer, Held):
            return self._put_off(claimed, answer)
        if delay > _LONG_PAUSE:
            pauses[host_of(page)] = delay
        return self._put_off(claimed, answer) if isinstance(answer, Refused) else answer

    async def _robots(self, page: str, visits: Visits) -> Robots | Refused | Held:
        """The rules for a page, which are asked for if they are not known; or why they cannot be had now."""
        address = robots_address(page)
        kept = self.sites.get(address, self.clock())
        if kept is not None:
            return kept
        answer = await ask(self.pacer, address, self.fetcher.fetch_robots, visits)
        if isinstance(answer, Held):
            return answer
        robots, now = await asyncio.to_thread(read_robots, answer), self.clock()
        if not isinstance(answer, Refused) or robots.answered:
            self.sites.keep(address, robots, now)
            return robots
        if asked_to_wait(answer, now) is None:
            self.sites.keep(address, answer, now)
        return answer

    def _put_off(self, claimed: StoredEntry, refused: Refused | Held) -> Aftermath:
        now = self.clock()
        if isinstance(refused, Held) and refused.busy:
            return Aftermath(EntryState.WAITING, _BUSY, refused.until, tried=False)
        return in_time(HELD, claimed.tries, now, refused.until) if isinstance(refused, Held) else afterwards(refused, claimed.tries, now)


def _with_one_unfinished(claimed: Sequence[StoredEntry]) -> tuple[list[StoredEntry], list[StoredEntry]]:
    """What is read now, and what is not: of those that were begun before and came to no end, which may end the process, one at a time."""
    unfinished = [one for one in claimed if one.tries > 1 and one.reason is None]
    return [one for one in claimed if one not in unfinished[1:]], unfinished[1:]


def _was_there_at_first(claimed: StoredEntry, feed: StoredFeed) -> bool:
    """Whether a feed had an entry when it was first looked at: that is no news, and alerts do not tell of it."""
    return feed.first_seen_at is not None and claimed.first_seen <= feed.first_seen_at
