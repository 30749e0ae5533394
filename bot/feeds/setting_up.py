"""Feeds set up, changed, let rest and removed by people."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.asking.dates import shortened
from bot.callers import Caller, Right
from bot.digests.zones import unknown_zone, zone_called
from bot.errors import Ambiguous, NotFound, NotUnderstood
from bot.feeds import listing, telling
from bot.feeds.adding import Adding, Offered, see_that_it_is_an_address
from bot.feeds.filters import parse
from bot.feeds.newcomers import TAKEN_AT_FIRST
from bot.feeds.requests import AS_USUAL, FeedWishes
from bot.feeds.wording import MAX_NAME, line
from bot.reading.identity import canonical_url
from bot.reading.page_metadata import language_tag
from bot.replies import Reply
from bot.subscriptions.guarding import allow
from storage import events, feed_entries, feeds
from storage.database import Database, Session
from storage.records import NewFeed, StoredFeed

_MOST_FAILED = 10


def told_once(feed_id: int, paused_at: datetime) -> str:
    """The key by which one pause of a feed is told to its owner once, or not at all where a person did it."""
    return f"feed {feed_id} paused {paused_at.astimezone(UTC).isoformat()}"


@dataclass(frozen=True, slots=True)
class SettingUp:
    """Does with feeds what people ask for. A caller of None is the operator in the terminal, who may do everything.

    `first_entries` of a feed are read when it is looked at first.
    """

    database: Database
    adding: Adding
    clock: Callable[[], datetime]
    zone: ZoneInfo
    first_entries: int = TAKEN_AT_FIRST

    async def preview(self, url: str, wishes: FeedWishes, caller: Caller | None) -> Reply:
        """What would come of a feed; nothing is saved. Raises as `add`."""
        await _allow_to_add(caller)
        wished = wished_for(NewFeed(url), wishes)
        offered = await self._offered(url, "preview", wishes)
        return telling.previewed(offered, wished, url, wishes, self.first_entries, self.clock(), self._zone(caller))

    async def add(self, url: str, wishes: FeedWishes, caller: Caller | None) -> Reply:
        """Have the feed at an address, or of the page at it, read from now on.

        Raises NotAllowed, NotUnderstood for wishes that cannot be, and what `Adding.offered` raises.
        """
        await _allow_to_add(caller)
        wished = wished_for(NewFeed(url), wishes)
        offered = await self._offered(url, "add", wishes)
        place = caller.workspace if caller else None
        feed = replace(
            wished,
            address=offered.address,
            title=offered.feed.title,
            home=offered.feed.home,
            platform=place[0] if place else None,
            workspace=place[1] if place else None,
            owner=caller.person if caller and place else None,
        )
        async with self.database.writing() as session:
            if (known := await feeds.find(session, feed.address)) is not None:
                return telling.known(known)
            number = await feeds.add(session, feed, self.clock())
            return telling.added(await one_feed(session, number), self.first_entries)

    async def change(self, number: int, wishes: FeedWishes, caller: Caller | None) -> Reply:
        """Have a feed read in another way; what it gave already stays as it is. Raises NotFound, NotAllowed and NotUnderstood."""
        await self._allowed(number, caller)
        if wishes == AS_USUAL:
            raise NotUnderstood(
                "It is not said what to change.", f"Type, such as: feeds set {number}; outlet: Harbour Post; block section: sport."
            )
        async with self.database.writing() as session:
            await feeds.change(session, number, wished_for(await one_feed(session, number), wishes))
            after = await one_feed(session, number)
        return Reply(f"{listing.numbered(after)} is read like this from now on.", notes=listing.settings_in_words(after) or ("As usual.",))

    async def pause(self, number: int, caller: Caller | None) -> Reply:
        """Leave a feed alone until somebody says otherwise. Raises NotFound and NotAllowed."""
        await self._allowed(number, caller)
        now = self.clock()
        async with self.database.writing() as session:
            paused = await feeds.pause(session, number, now, listing.paused_by(caller.called if caller else "the operator"))
            if paused:
                await events.first_time(session, told_once(number, now), now)
            feed = for_caller(await one_feed(session, number), caller)
        return telling.paused(feed, now=paused)

    async def resume(self, number: int, caller: Caller | None) -> Reply:
        """Have a feed read again that was paused. Raises NotFound and NotAllowed."""
        await self._allowed(number, caller)
        async with self.database.writing() as session:
            resumed = await feeds.resume(session, number, next_check=self.clock())
            feed = await one_feed(session, number)
        return telling.resumed(feed, now=resumed)

    async def check(self, number: int, caller: Caller | None) -> Reply:
        """Have a feed looked at as soon as its host may be asked. Raises NotFound and NotAllowed."""
        feed = await self._allowed(number, caller)
        if feed.paused_at is not None:
            raise NotUnderstood(
                f"{listing.numbered(feed)} is paused.",
                f"Let it go on first: feeds resume {number}.",
                suggestions=(f"feeds resume {number}",),
            )
        async with self.database.writing() as session:
            await feeds.check_at(session, number, self.clock())
        return Reply(f"{listing.numbered(feed)} is looked at next, where 'verbatim serve' runs.", suggestions=(f"feeds show {number}",))

    async def move(self, number: int, caller: Caller | None) -> Reply:
        """Read a feed at the address that it says it has now. Raises NotFound, NotAllowed, and NotUnderstood where it says nothing."""
        await self._allowed(number, caller)
        async with self.database.writing() as session:
            feed = await one_feed(session, number)
            if feed.moved_to is None:
                raise NotUnderstood(f"{listing.numbered(feed)} has not said that it moved.", f"Its address is {feed.address}.")
            see_that_it_is_an_address(feed.moved_to)
            address = canonical_url(feed.moved_to, keep_tracking=True) or feed.moved_to
            if not await feeds.move(session, number, address):
                other = await feeds.find(session, address)
                named = f"feed {other.id}" if other else "another feed"
                raise NotUnderstood(
                    f"Its new address, {address}, is that of {named} already.",
                    f"Remove this one: feeds remove {number}.",
                    suggestions=(f"feeds remove {number}",),
                )
            await feeds.check_at(session, number, self.clock())
        return telling.moved(feed, address)

    async def remove(self, number: int, caller: Caller | None) -> Reply:
        """Read a feed no more; its articles stay. Raises NotFound and NotAllowed."""
        feed = await self._allowed(number, caller)
        async with self.database.writing() as session:
            await feeds.delete(session, number)
        return Reply(
            f"{listing.numbered(feed)} is read no more. What was read of it stays.",
            suggestions=(f"feeds add {feed.address}{telling.wishes_typed(_wishes_of(feed))}",),
        )

    async def show(self, number: int, caller: Caller | None) -> Reply:
        """A feed, how it goes, and what of it could not be read. Raises NotFound."""
        async with self.database.reading() as session:
            feed = for_caller(await one_feed(session, number), caller)
            tally = await feed_entries.tally(session, number)
            failed = await feed_entries.failed(session, number, _MOST_FAILED)
        return listing.shown(feed, tally, failed, self.clock(), self._zone(caller))

    async def _offered(self, url: str, doing: str, wishes: FeedWishes) -> Offered:
        try:
            return await self.adding.offered(url)
        except Ambiguous as error:
            those = tuple(f"feeds {doing} {one}{telling.wishes_typed(wishes)}" for one in error.suggestions)
            raise Ambiguous(error.what, error.remedy, suggestions=those) from error

    async def _allowed(self, number: int, caller: Caller | None) -> StoredFeed:
        """The feed, if the caller may change it: as one who may add feeds, in the workspace where it was added; elsewhere few may."""
        async with self.database.reading() as session:
            feed = await one_feed(session, number)
        if caller is not None:
            await allow(caller, Right.ADD if _is_ours(feed, caller) else Right.REMOVE, f"change feed {number}")
        return feed

    def _zone(self, caller: Caller | None) -> ZoneInfo:
        return (caller.zone if caller else None) or self.zone


def for_caller(feed: StoredFeed, caller: Caller | None) -> StoredFeed:
    """A feed as the caller may see it: who let it rest and its whole address are told where it was added, and to the operator."""
    return feed if caller is None or _is_ours(feed, caller) else listing.seen_elsewhere(feed)


def _is_ours(feed: StoredFeed, caller: Caller) -> bool:
    return caller.workspace is not None and (feed.platform, feed.workspace) == caller.workspace


async def one_feed(session: Session, number: int) -> StoredFeed:
    """The feed with this number. Raises NotFound."""
    if (feed := await feeds.get(session, number)) is None:
        raise NotFound(f"There is no feed {number}.", "'feeds' lists them.")
    return feed


def wished_for(feed: NewFeed, wishes: FeedWishes) -> NewFeed:
    """A feed as it is wished for, with nothing set but what a feed can have. Raises NotUnderstood."""
    changed: dict[str, object] = {}
    if wishes.outlet is not None:
        changed["outlet"] = _outlet(wishes.outlet)
    if wishes.language is not None:
        changed["language"] = _language(wishes.language)
    if wishes.time_zone is not None:
        changed["time_zone"] = _zone_named(wishes.time_zone)
    if wishes.full_text is not None:
        changed["full_text"] = wishes.full_text
    if wishes.filters is not None:
        changed["filters"] = tuple(dict.fromkeys(str(parse(one)) for one in wishes.filters))
    return replace(feed, **changed)  # type: ignore[arg-type] # each of these is its field's own


def _outlet(typed: str) -> str | None:
    if ";" in typed:
        raise NotUnderstood(f"“{shortened(typed)}” has a semicolon in it, which ends a wish.", "Leave it out of the outlet's name.")
    return None if typed.strip().lower() == "none" else line(typed, longest=MAX_NAME)


def _language(typed: str) -> str | None:
    if not typed:
        return None
    if (tag := language_tag(typed)) is None:
        raise NotUnderstood(f"“{shortened(typed)}” is no language.", "Languages are given as tags: en, en-GB, fr.")
    return tag


def _zone_named(typed: str) -> str | None:
    if not typed:
        return None
    if (zone := zone_called(typed)) is None:
        raise unknown_zone(typed)
    return zone.key


def _wishes_of(feed: StoredFeed) -> FeedWishes:
    return FeedWishes(feed.outlet, feed.language, feed.time_zone, None if feed.full_text else False, feed.filters or None)


async def _allow_to_add(caller: Caller | None) -> None:
    if caller is not None:
        await allow(caller, Right.ADD, "add feeds")
