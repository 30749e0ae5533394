"""The news that comes by itself, as the ways in use it: feeds set up, looked at by people, and read."""

import random
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.asking.dates import shortened
from bot.bounded import Workers
from bot.callers import Caller, Right
from bot.delivery.posting import Poster
from bot.errors import Ambiguous, NotFound
from bot.feeds import listing, requests, telling
from bot.feeds.adding import Adding, see_that_it_is_an_address
from bot.feeds.bringing import Bringing, Tell
from bot.feeds.exchanging import Exchanging
from bot.feeds.looking import Looking
from bot.feeds.newcomers import TAKEN_AT_FIRST
from bot.feeds.owners import Owners
from bot.feeds.pacing import Pacer
from bot.feeds.requests import AS_USUAL, FeedWishes, Which
from bot.feeds.setting_up import SettingUp, for_caller, one_feed, wished_for
from bot.intake import Intake
from bot.reading.pages import FeedFetcher
from bot.replies import Export, Reply
from bot.subscriptions.guarding import allow
from storage import feed_entries, feeds, hosts
from storage.database import Database
from storage.records import FeedFigures, NewFeed, StoredFeed

_FORGOTTEN_AFTER = timedelta(days=182)
_FORGOTTEN_AT_ONCE = 5_000
_MOST_LIKE = 25
_LOOKED_THROUGH = 5_000
_LONGEST_TYPED = 200
_LONGEST_NUMBER = 20
_MOST_MEANT = 5
_LISTS = {Which.ALL: feeds.every, Which.FAILING: feeds.every_failing, Which.PAUSED: feeds.every_paused}


class Feeding:
    """Feeds over one store. Every method raises `VerbatimError` for what a person can act on; a caller of None is the operator."""

    def __init__(
        self,
        database: Database,
        intake: Intake,
        fetcher: FeedFetcher,
        workers: Workers,
        clock: Callable[[], datetime],
        zone: ZoneInfo,
        first_entries: int = TAKEN_AT_FIRST,
    ) -> None:
        self._database = database
        self._clock = clock
        self._zone = zone
        pacer, process = Pacer(clock), secrets.token_hex(8)
        adding = Adding(fetcher, workers, pacer)
        self._setting_up = SettingUp(database, adding, clock, zone, first_entries)
        self._exchanging = Exchanging(database, adding, workers, clock)
        self._looking = Looking(database, fetcher, workers, pacer, clock, random.random, process, first_entries)
        self._bringing = Bringing(database, intake, fetcher, workers, pacer, clock, process)
        self._owners = Owners(database)
        self._with_number: dict[type, Callable[[int, Caller | None], Awaitable[Reply]]] = {
            requests.ShowFeed: self.show,
            requests.PauseFeed: self.pause,
            requests.ResumeFeed: self.resume,
            requests.CheckFeed: self.check,
            requests.MoveFeed: self.move,
            requests.RemoveFeed: self.remove,
        }

    async def do(self, command: requests.Feeding, caller: Caller | None) -> Reply:
        """Do what a command of the chat grammar says."""
        match command:
            case requests.ListFeeds(which, after):
                return await self.listed(which, caller, after=after)
            case requests.PreviewFeed(url, wishes):
                return await self.preview(url, caller, wishes)
            case requests.AddFeed(url, wishes):
                return await self.add(url, caller, wishes)
            case requests.ChangeFeed(number, wishes):
                return await self.change(number, wishes, caller)
            case requests.ImportFeeds(url):
                return await self._exchanging.take_from(url, caller)
            case requests.ExportFeeds():
                export = await self.export(caller)
                return Reply(export.title, file=export)
            case _:
                return await self._with_number[type(command)](command.number, caller)

    # --- set up and changed -----------------------------------------------------------------------

    async def preview(self, url: str, caller: Caller | None, wishes: FeedWishes = AS_USUAL) -> Reply:
        """What would come of the feed at an address, or of the page at it; nothing is saved. Raises as `add`."""
        return await self._setting_up.preview(url, wishes, caller)

    async def add(self, url: str, caller: Caller | None, wishes: FeedWishes = AS_USUAL) -> Reply:
        """Have the feed at an address, or of the page at it, read from now on.

        Raises NotAllowed, NotUnderstood for wishes that cannot be, ReadingError where nothing can be had, Ambiguous and NotFound.
        """
        return await self._setting_up.add(url, wishes, caller)

    def understand(self, url: str | None, wishes: FeedWishes = AS_USUAL) -> None:
        """Raise CannotFetch for what is no address, and NotUnderstood for wishes that cannot be: before anything is looked up."""
        if url is not None:
            see_that_it_is_an_address(url)
        wished_for(NewFeed(url or ""), wishes)

    async def allow_to_add(self, caller: Caller) -> None:
        """Raise NotAllowed unless the caller may add feeds: for a form that would be refused once it is filled in."""
        await allow(caller, Right.ADD, "add feeds")

    async def change(self, number: int, wishes: FeedWishes, caller: Caller | None) -> Reply:
        """Have a feed read in another way. Raises NotFound, NotAllowed and NotUnderstood."""
        return await self._setting_up.change(number, wishes, caller)

    async def pause(self, number: int, caller: Caller | None) -> Reply:
        """Leave a feed alone. Raises NotFound and NotAllowed."""
        return await self._setting_up.pause(number, caller)

    async def resume(self, number: int, caller: Caller | None) -> Reply:
        """Have a feed read again that was paused. Raises NotFound and NotAllowed."""
        return await self._setting_up.resume(number, caller)

    async def check(self, number: int, caller: Caller | None) -> Reply:
        """Have a feed looked at as soon as its host may be asked. Raises NotFound, NotAllowed, and NotUnderstood for a paused one."""
        return await self._setting_up.check(number, caller)

    async def move(self, number: int, caller: Caller | None) -> Reply:
        """Read a feed at the address that it says it has now. Raises NotFound, NotAllowed and NotUnderstood."""
        return await self._setting_up.move(number, caller)

    async def remove(self, number: int, caller: Caller | None) -> Reply:
        """Read a feed no more; its articles stay. Raises NotFound and NotAllowed."""
        return await self._setting_up.remove(number, caller)

    async def import_list(self, data: bytes, caller: Caller | None) -> Reply:
        """Read the feeds of a list (OPML) from now on. Raises NotAllowed, and ReadingError where it is none."""
        return await self._exchanging.take(data, caller)

    async def export(self, caller: Caller | None = None) -> Export:
        """All feeds as a list (OPML), but for those whose address the caller is not shown as a whole."""
        return await self._exchanging.given(caller)

    # --- looked at --------------------------------------------------------------------------------

    async def listed(self, which: Which, caller: Caller | None, *, after: int = 0, limit: int = listing.MOST_LISTED) -> Reply:
        """The feeds numbered above `after`, at most `limit`."""
        now = self._clock()
        async with self._database.reading() as session:
            found = await _LISTS[which](session, after=after, limit=limit + 1)
            figures = await feeds.figures(session, now)
        zone = (caller.zone if caller else None) or self._zone
        return listing.listed([for_caller(one, caller) for one in found[:limit]], which, figures, len(found) > limit, now, zone)

    async def all(self, which: Which, limit: int) -> AsyncIterator[Reply]:
        """The feeds however many there are, for the operator: so many in each part. The first says how they do, all name no others."""
        now, figures, found = self._clock(), await self.figures(), list[StoredFeed]()
        while not found or len(found) == limit:
            begins = not found
            async with self._database.reading() as session:
                found = await _LISTS[which](session, after=found[-1].id if found else 0, limit=limit)
            if not found and not begins:
                return
            part = listing.listed(found, which, figures, False, now, self._zone)
            yield part if begins else replace(part, understood="")
            if not found:
                return

    async def show(self, number: int, caller: Caller | None) -> Reply:
        """A feed, how it goes, and what of it could not be read. Raises NotFound."""
        return await self._setting_up.show(number, caller)

    async def like(self, typed: str) -> tuple[tuple[int, str], ...]:
        """At most 25 feeds to complete what is being typed with, each its number and what it goes by, those added last first.

        Their numbers begin so, or each word typed begins one of what they go by; of very many only those added last are looked through.
        """
        if len(typed) > _LONGEST_TYPED:
            return ()
        async with self._database.reading() as session:
            known = await feeds.newest(session, _LOOKED_THROUGH)
        return tuple(listing.like(typed, known)[:_MOST_LIKE])

    async def number_of(self, typed: str) -> int:
        """The number of the feed that somebody means, by that or by words that it alone goes by. Raises NotFound and Ambiguous."""
        if (number := typed.strip().removeprefix("#")).isdecimal():
            return int(number[:_LONGEST_NUMBER])
        found = await self.like(typed) if typed.strip() else ()
        if not found:
            raise NotFound(f"No feed goes by “{shortened(typed)}”.", "'feeds' lists them with their numbers.")
        if len(found) > 1:
            those = tuple(f"feeds show {number}" for number, _ in found[:_MOST_MEANT])
            named = "; ".join(f"{number}: {name}" for number, name in found[:_MOST_MEANT])
            raise Ambiguous("Several feeds go by that.", f"Give the number of one of them, such as {named}.", suggestions=those)
        return found[0][0]

    async def trouble(self, number: int) -> str | None:
        """Why a feed could not be had the last time, in a sentence that names it; None if it could. Raises NotFound."""
        async with self._database.reading() as session:
            feed = await one_feed(session, number)
        return telling.in_trouble(feed) if feed.reason else None

    async def figures(self) -> FeedFigures:
        """How the feeds do."""
        async with self._database.reading() as session:
            return await feeds.figures(session, self._clock())

    # --- read -------------------------------------------------------------------------------------

    async def look(self, limit: int, *, only: Collection[int] | None = None) -> int:
        """Look at feeds that are due (`only` those of these numbers), at most so many at once; returns how many those were.

        Raises the storage errors.
        """
        return await self._looking.look(limit, only=only)

    async def bring(self, limit: int, *, only: Collection[int] | None = None, tell: Tell = lambda _: None) -> int:
        """Read entries that wait (`only` those of the feeds of these numbers), at most so many at once.

        Returns how many came to their end; `tell` is told of these and of those that are tried again later. Raises the storage errors.
        """
        return await self._bringing.bring(limit, only=only, tell=tell)

    async def tell_owners(self, posters: Mapping[str, Poster]) -> int:
        """Tell the owners of feeds that were paused after long failure, each once; returns how many were told."""
        return await self._owners.tell(posters, self._clock())

    async def forget(self) -> int:
        """Forget a part of the entries that left their feeds half a year ago, and the hosts that may be asked; returns how many entries."""
        async with self._database.writing() as session:
            await hosts.forget(session, self._clock())
            return await feed_entries.forget(session, self._clock() - _FORGOTTEN_AFTER, _FORGOTTEN_AT_ONCE)
