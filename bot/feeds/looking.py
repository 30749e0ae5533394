"""Looks at the feeds that are due: what is new in one waits to be read, and when it is looked at next is written down with it."""

import asyncio
import json
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from bot.bounded import Workers
from bot.errors import StorageError
from bot.feeds import filters
from bot.feeds.agreeing import Agreement
from bot.feeds.asking import Held, Visits, ask
from bot.feeds.feed import Entry, Feed, Hints
from bot.feeds.given import entry_to_json
from bot.feeds.mishaps import reason_of
from bot.feeds.newcomers import TAKEN_AT_FIRST, Judged, News, dated, first_taken, judged, keys_of
from bot.feeds.pacing import HELD, LEASE, Pacer
from bot.feeds.parsing import parse
from bot.feeds.retry_after import retry_after
from bot.feeds.rhythm import Answer as Looked
from bot.feeds.rhythm import Health, Seen, answer_of, next_check, standing
from bot.reading.pages import Answer, FeedFetcher, Refused, Unchanged, Validators
from storage import feed_entries, feeds
from storage.database import Database, Session
from storage.records import EntryKeys, EntryState, KnownEntry, Look, NewEntry, StoredFeed

MOST_BEGUN: Final = 6
_MOMENTS = 50
"""So many of the newest entries tell a feed's rhythm."""
_NEVER = timedelta(days=365)
_UNSEEN = timedelta(days=7)
"""A feed that had nothing new for so long is asked for as a whole: some sites say for ever that it has not changed (FreshRSS#1020)."""
_FILTERED = "A filter of the feed leaves it out."
_EARLIER = "It was there before the feed was added."
_EMPTY = "It has neither a page nor a text."
_UNFINISHED = f"It was begun {MOST_BEGUN} times, and each time Verbatim was ended before it had been read."
_LET_GO = "The feed is paused. Let it go on when you know what ended Verbatim; its log may say."

_Found = Sequence[Judged[KnownEntry]]


@dataclass(frozen=True, slots=True)
class Looking:
    """Looks at feeds, each by one process at a time. `chance` gives numbers from 0 to 1; `process` is a name of this one alone.

    Of the entries that a feed has at the first look the last `first_entries` are to be read.
    """

    database: Database
    fetcher: FeedFetcher
    workers: Workers
    pacer: Pacer
    clock: Callable[[], datetime]
    chance: Callable[[], float]
    process: str
    first_entries: int = TAKEN_AT_FIRST

    async def look(self, limit: int, *, only: Collection[int] | None = None) -> int:
        """Look at feeds that are due (`only` those of these numbers), at most so many at once; returns how many those were.

        Raises the storage errors.
        """
        now, busy = self.clock(), self.pacer.held()
        async with self.database.writing() as session:
            claimed = await feeds.claim(session, self.process, now=now, lease_until=now + LEASE, limit=limit, busy_hosts=busy, only=only)
        try:
            async with asyncio.TaskGroup() as looks:
                for feed in claimed:
                    looks.create_task(self._look_at(feed))
        except ExceptionGroup as several:
            await self._give_back(claimed)
            raise several.exceptions[0] from several
        except asyncio.CancelledError:
            await self._give_back(claimed)
            raise
        return len(claimed)

    @property
    def _agreement(self) -> Agreement:
        return Agreement(self.database, self.pacer, self.process)

    async def _give_back(self, claimed: Sequence[StoredFeed]) -> None:
        """What the store kept from being looked at, or whoever stops the process, was not begun and waits for no lease to end."""
        with suppress(StorageError):
            async with self._agreement.writing() as session:
                await feeds.give_back(session, claimed)

    async def _look_at(self, feed: StoredFeed) -> None:
        """Look at a feed. One that ends the process each time is paused, as what is begun is counted."""
        if feed.begun > MOST_BEGUN:
            await self._failed(feed, Looked.FAILED, _UNFINISHED, None)
            return
        try:
            await self._asked(feed)
        except Exception as error:  # noqa: BLE001 - one feed's, unless it is the store's
            await self._failed(feed, Looked.FAILED, reason_of(error, f"Feed {feed.id}"), None)

    async def _asked(self, feed: StoredFeed) -> None:
        is_fresh = feed.seen_at is not None and self.clock() < feed.seen_at + _UNSEEN
        validators = Validators(feed.etag, feed.last_modified) if is_fresh else Validators()
        fetch = partial(self.fetcher.fetch_feed, validators=validators)
        answer = await ask(self.pacer, feed.address, fetch, Visits(self._agreement, self.clock, feed.host))
        if isinstance(answer, Held) and answer.busy:
            async with self._agreement.writing() as session:
                await feeds.give_back(session, [feed], until=answer.until)
        elif isinstance(answer, Held):
            await self._failed(feed, Looked.LIMITED, HELD, answer.until)
        elif isinstance(answer, Refused):
            until = retry_after(answer.retry_after, self.clock())
            looked = answer_of(answer.status)
            is_turned_away = looked in (Looked.LIMITED, Looked.GONE)  # a 202, or a 304 that was not asked for, is a failure
            await self._failed(feed, looked if is_turned_away else Looked.FAILED, str(answer.error), until)
        elif isinstance(answer, Unchanged):
            await self._unchanged(feed, answer)
        else:
            await self._fetched(feed, answer)

    async def _fetched(self, feed: StoredFeed, answer: Answer) -> None:
        zone = ZoneInfo(feed.time_zone) if feed.time_zone else UTC
        read = await self.workers.run(partial(parse, answer.data, media_type=answer.media_type, address=answer.url, zone=zone))
        now = self.clock()
        async with self._agreement.writing() as session:
            found = await self._found(session, feed, read, now)
            new, known, changed = _to_store(feed, found, now)
            moments = [*(one.published or now for one in new), *await feed_entries.moments(session, feed.id, _MOMENTS)]
            holds = len(new) + len(known)
            seen = self._seen(Looked.FETCHED, answer, read.hints, moments[:_MOMENTS], holds)
            check = next_check(seen, now=now, jitter=self.chance())
            look = Look(
                now,
                check.at or now + _NEVER,
                new=sum(one.state is EntryState.WAITING for one in new),
                etag=answer.validators.etag,
                last_modified=answer.validators.last_modified,
                moved_to=_moved(feed, answer),
                title=read.title,
                home=read.home,
                hints=_hints_to_json(read.hints, holds),
            )
            if await feeds.checked(session, feed, look):
                await feed_entries.see(session, feed.id, new=new, known=known, changed=changed, at=now)

    async def _found(self, session: Session, feed: StoredFeed, read: Feed, now: datetime) -> _Found:
        keys = [keys_of(entry) for entry in read.entries]
        wanted = EntryKeys(
            urls=frozenset(one.url_key for one in keys if one.url_key),
            guids=frozenset(one.guid_key for one in keys if one.guid_key),
            contents=frozenset(one.content_key for one in keys if one.content_key),
        )
        found = await asyncio.to_thread(judged, read.entries, await feed_entries.known_entries(session, feed.id, wanted))
        if feed.seen_at is None:
            return first_taken(found, now, self.first_entries)
        if any(one.of for one in found) or await feed_entries.moments(session, feed.id, 1):
            return found
        return first_taken(found, now, max(self.first_entries, TAKEN_AT_FIRST))  # it was empty until now, as sites that are mended are

    async def _unchanged(self, feed: StoredFeed, answer: Unchanged) -> None:
        now = self.clock()
        async with self._agreement.writing() as session:
            moments = await feed_entries.moments(session, feed.id, _MOMENTS)
            seen = self._seen(Looked.NOT_MODIFIED, answer, _hints_of_json(feed.hints), moments, _holds_of_json(feed.hints))
            check = next_check(seen, now=now, jitter=self.chance())
            look = Look(
                now,
                check.at or now + _NEVER,
                etag=answer.validators.etag,
                last_modified=answer.validators.last_modified,
                moved_to=_moved(feed, answer),
            )
            await feeds.checked(session, feed, look)

    async def _failed(self, feed: StoredFeed, looked: Looked, reason: str, until: datetime | None) -> None:
        """Write down why a feed could not be had; one that has failed for long is paused, and its owner finds the reason."""
        now, failures = self.clock(), feed.failures + 1
        async with self._agreement.writing() as session:
            moments = await feed_entries.moments(session, feed.id, _MOMENTS)
            seen = Seen(looked, retry_after=until, hints=_hints_of_json(feed.hints), entries_at=moments, failures=failures)
            check = next_check(seen, now=now, jitter=self.chance())
            stands = await feeds.checked(session, feed, Look(now, check.at or now + _NEVER, failed=reason))
            health = standing(failures, feed.first_failed_at or now, now, gone=looked is Looked.GONE)
            if stands and feed.begun > MOST_BEGUN:
                await feeds.pause(session, feed.id, now, f"{_UNFINISHED} {_LET_GO}")
            elif stands and health.health is Health.PAUSED:
                await feeds.pause(session, feed.id, now, f"{health.what} {health.remedy}")

    def _seen(self, looked: Looked, answer: Answer | Unchanged, hints: Hints, moments: Sequence[datetime], holds: int | None) -> Seen:
        return Seen(
            looked,
            max_age=answer.freshness.max_age,
            expires=answer.freshness.expires,
            retry_after=retry_after(answer.retry_after, self.clock()),
            hints=hints,
            entries_at=moments,
            holds=holds,
        )


def _to_store(feed: StoredFeed, found: _Found, now: datetime) -> tuple[list[NewEntry], list[int], dict[int, NewEntry]]:
    """What is new of what a feed has, the numbers of what was known, and of those what it says otherwise now."""
    wanted = [filters.parse(one) for one in feed.filters]
    new: list[NewEntry] = []
    known: list[int] = []
    changed: dict[int, NewEntry] = {}
    for one in found:
        entry = _entry(feed, one, wanted, now)
        if one.of is None:
            new += [] if one.news is News.KNOWN else [entry]
            continue
        known.append(one.of.id)
        if one.news is News.EDITED and one.of.state is not EntryState.PASSED_OVER:
            changed[one.of.id] = entry
        elif one.has_other_keys:
            changed[one.of.id] = replace(entry, state=EntryState.READ)  # which renews its keys, and has nothing read again
    return new, known, changed


def _entry(feed: StoredFeed, one: Judged[KnownEntry], wanted: Sequence[filters.Filter], now: datetime) -> NewEntry:
    page = one.entry.url if feed.full_text else None
    reason = _why_not(one, wanted)
    return NewEntry(
        **asdict(one.keys),
        published=dated(one.entry, one.of.first_seen if one.of else now),
        page=page,
        given=None if reason else entry_to_json(one.entry),
        state=EntryState.PASSED_OVER if reason else EntryState.WAITING,
        reason=reason,
    )


def _why_not(one: Judged[KnownEntry], wanted: Sequence[filters.Filter]) -> str | None:
    if one.news is News.PASSED_OVER:
        return _EARLIER
    if not filters.allows(wanted, one.entry):
        return _FILTERED
    return None if _says_something(one.entry) else _EMPTY


def _says_something(entry: Entry) -> bool:
    return bool(entry.url or entry.content or entry.summary)


def _moved(feed: StoredFeed, answer: Answer | Unchanged) -> str | None:
    return answer.url if answer.moved and answer.url != feed.address else None


def _hints_to_json(hints: Hints, holds: int) -> str:
    waits = {"ttl": hints.ttl, "update_every": hints.update_every}
    seconds = {name: wait.total_seconds() for name, wait in waits.items() if wait is not None}
    return json.dumps({**seconds, "skip_hours": sorted(hints.skip_hours), "skip_days": sorted(hints.skip_days), "holds": holds})


def _holds_of_json(text: str | None) -> int | None:
    """How many entries the feed had when it was read last; None where that was before this was kept."""
    holds = json.loads(text or "{}").get("holds")
    return holds if isinstance(holds, int) else None


def _hints_of_json(text: str | None) -> Hints:
    kept: Mapping[str, object] = json.loads(text or "{}")
    waits = {name: timedelta(seconds=wait) for name in ("ttl", "update_every") if isinstance(wait := kept.get(name), int | float)}
    skipped = {name: frozenset(numbers) for name in ("skip_hours", "skip_days") if isinstance(numbers := kept.get(name), list)}
    return Hints(ttl=waits.get("ttl"), update_every=waits.get("update_every"), **skipped)
