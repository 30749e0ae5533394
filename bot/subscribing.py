"""Digests that channels asked for: set up, listed, changed, paused and ended by those who may."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from bot.asking.question import Question
from bot.callers import Caller, Channel, Right
from bot.digests import schedule_words
from bot.errors import CannotPost, NotAllowed, NotFound
from bot.naming import people_called
from bot.replies import Reply, SubscriptionView
from bot.requests import Change, Pause, Resume, Subscribe, Subscriptions, Unsubscribe
from bot.requests import Subscribing as Command
from bot.restrictions import asked_of, of_what, stored_as, what
from storage import subscriptions
from storage.database import Database, Session
from storage.records import NewSubscription, StoredSubscription, SubscriptionKind

FOLLOWING = 3


@dataclass(frozen=True, slots=True)
class Subscribing:
    """Keeps the subscriptions of channels. Whoever set one up, and who may in its channel, may change it; others do not see it."""

    database: Database
    clock: Callable[[], datetime]
    zone: ZoneInfo

    async def do(self, command: Command, caller: Caller) -> Reply:
        """Do what a command of the chat grammar says. Raises what the methods below raise."""
        match command:
            case Subscribe():
                return await self.subscribe(command, caller)
            case Change():
                return await self.change(command, caller)
            case Pause(number):
                return await self.pause(number, caller)
            case Resume(number):
                return await self.resume(number, caller)
            case Unsubscribe(number):
                return await self.unsubscribe(number, caller)
            case Subscriptions():
                return await self.of_channel(caller)
            case _:
                raise NotAllowed("That cannot be done yet.")

    async def subscribe(self, wanted: Subscribe, caller: Caller) -> Reply:
        """Set up a digest in the channel where it was asked for, and tell the channel; none twice. Raises NotAllowed and CannotPost."""
        channel = _channel(caller)
        await allow(caller, Right.SUBSCRIBE)
        zone = wanted.zone or caller.zone or self.zone
        async with self.database.writing() as session:
            new = NewSubscription(
                platform=channel.platform,
                workspace=channel.workspace,
                channel=channel.channel,
                kind=SubscriptionKind.DIGEST,
                schedule=str(wanted.schedule),
                time_zone=zone.key,
                owner=caller.person,
                **stored_as(wanted.asked),
            )
            known = await _same(session, new)
            if known is not None:
                return self._known(known)
            number = await subscriptions.add(session, new, self.clock())
            made = await _one(session, number, caller)
            notes = await _unheard(session, wanted.asked)
        try:
            about = of_what(wanted.asked).removeprefix("of ")
            told = await caller.announce(f"{caller.called} set up a digest here: {about}, {wanted.schedule}, {zone.key}.")
        except CannotPost as error:
            async with self.database.writing() as session:
                await subscriptions.delete(session, number)
            raise CannotPost(f"{error.what} So no digest was set up there.", error.remedy) from error
        if not told:
            notes = (*notes, "It is not certain that the channel was told of it.")
        zoneless = None if wanted.zone or caller.zone else caller.home
        said = f"Set up: a digest {of_what(asked_of(made))} {_when(made)}."
        return Reply(said, notes=notes, subscriptions=(self._view(made),), zoneless=zoneless)

    async def change(self, wanted: Change, caller: Caller) -> Reply:
        """Give a digest another schedule, zone or restriction; what is not given stays. Raises NotFound and NotAllowed."""
        await self.changeable(wanted.number, caller)
        async with self.database.writing() as session:
            before = await _one(session, wanted.number, caller)
            await subscriptions.change(
                session,
                wanted.number,
                schedule=str(wanted.schedule) if wanted.schedule else before.schedule,
                time_zone=wanted.zone.key if wanted.zone else before.time_zone,
                **(stored_as(wanted.asked) if wanted.asked else stored_as(asked_of(before))),
            )
            after = await _one(session, wanted.number, caller)
            notes = await _unheard(session, wanted.asked) if wanted.asked else ()
        return Reply(
            f"Changed: digest {wanted.number} is one {of_what(asked_of(after))} {_when(after)}.",
            notes=notes,
            subscriptions=(self._view(after),),
        )

    async def pause(self, number: int, caller: Caller) -> Reply:
        """Let a digest rest. Raises NotFound and NotAllowed."""
        await self.changeable(number, caller, "pause")
        async with self.database.writing() as session:
            paused = await subscriptions.pause(session, number, self.clock(), f"by {caller.called}")
            view = self._view(await _one(session, number, caller))
        said = f"Digest {number} is paused." if paused else f"Digest {number} is paused already ({view.paused})."
        return Reply(said, subscriptions=(view,))

    async def resume(self, number: int, caller: Caller) -> Reply:
        """Let a digest that rests go on. Raises NotFound and NotAllowed."""
        await self.changeable(number, caller, "resume")
        async with self.database.writing() as session:
            resumed = await subscriptions.resume(session, number)
            view = self._view(await _one(session, number, caller))
        return Reply(f"Digest {number} goes on." if resumed else f"Digest {number} is not paused.", subscriptions=(view,))

    async def unsubscribe(self, number: int, caller: Caller) -> Reply:
        """End a digest. Raises NotFound and NotAllowed."""
        await self.changeable(number, caller, "end")
        async with self.database.writing() as session:
            ended = await _one(session, number, caller)
            await subscriptions.delete(session, number)
        return Reply(f"Ended: the digest {of_what(asked_of(ended))} {_when(ended)}.")

    async def of_channel(self, caller: Caller) -> Reply:
        """The digests of the channel where it was asked. Raises NotAllowed where there is none."""
        channel = _channel(caller)
        async with self.database.reading() as session:
            found = await subscriptions.in_channel(session, channel.platform, channel.workspace, channel.channel)
        return self._listed("Digests here.", found, "None is set up here.")

    async def of_person(self, caller: Caller) -> Reply:
        """The digests that somebody set up, in whatever channel of the workspace is in sight. Raises NotAllowed."""
        channel = _channel(caller)
        async with self.database.reading() as session:
            owned = await subscriptions.of_owner(session, channel.platform, channel.workspace, caller.person)
        found = [one for one in owned if await caller.sees(_place(one))]
        return self._listed("Digests that you set up.", found, "You have set up none.")

    async def one(self, number: int, caller: Caller) -> SubscriptionView:
        """A digest of this channel or of this person. Raises NotFound."""
        async with self.database.reading() as session:
            return self._view(await _one(session, number, caller))

    async def changeable(self, number: int, caller: Caller, doing: str = "change") -> SubscriptionView:
        """A digest that the caller may do this to. Raises NotFound and NotAllowed."""
        view = await self.one(number, caller)
        if view.owner != caller.person:
            await allow(caller, Right.SUBSCRIBE, f"{doing} a digest that somebody else set up")
        return view

    async def channels_of(self, platform: str) -> tuple[Channel, ...]:
        """The channels of a platform in which digests run."""
        async with self.database.reading() as session:
            return tuple(Channel(platform, *place) for place in await subscriptions.places(session, platform))

    async def left(self, platform: str, workspace: str, *, channel: str | None, reason: str) -> int:
        """Pause the digests of a channel, or of a whole workspace, that cannot be posted in any more; returns how many ran."""
        async with self.database.writing() as session:
            return await subscriptions.pause_all(session, platform, workspace, channel=channel, at=self.clock(), reason=reason)

    def _listed(self, line: str, found: list[StoredSubscription], none: str) -> Reply:
        if found:
            return Reply(line, subscriptions=tuple(self._view(one) for one in found))
        return Reply(line, notes=(none, "Set one up where it shall be posted: digest daily at 8 about ferries."))

    def _known(self, one: StoredSubscription) -> Reply:
        if one.paused_at is None:
            return Reply(f"Digest {one.id} does that already.", subscriptions=(self._view(one),))
        return Reply(
            f"Digest {one.id} does that already, but is paused.", suggestions=(f"resume {one.id}",), subscriptions=(self._view(one),)
        )

    def _view(self, one: StoredSubscription) -> SubscriptionView:
        moments = schedule_words.parse(one.schedule).following(self.clock(), ZoneInfo(one.time_zone))
        return SubscriptionView(
            number=one.id,
            what=what(asked_of(one)),
            schedule=one.schedule,
            time_zone=one.time_zone,
            channel=_place(one),
            owner=one.owner,
            paused=one.paused_reason,
            following=() if one.paused_at else tuple(islice(moments, FOLLOWING)),
        )


async def allow(caller: Caller, right: Right, doing: str = "") -> None:
    """Raise NotAllowed unless the caller may; `doing` says what, where the right is one to more than it says."""
    if not await caller.may(right):
        raise NotAllowed(f"You may not {doing or right}.", caller.who_may(right))


def _channel(caller: Caller) -> Channel:
    if caller.channel is None:
        raise NotAllowed("A digest on a schedule is posted in a channel, and there is none here.", "Ask for it where it shall be posted.")
    return caller.channel


def _place(one: StoredSubscription) -> Channel:
    return Channel(one.platform, one.workspace, one.channel)


async def _one(session: Session, number: int, caller: Caller) -> StoredSubscription:
    """The subscription, if it is of the caller's channel, or the caller's own, in a channel in sight, and nobody else reads the answer."""
    found = await subscriptions.get(session, number)
    here = _channel(caller)
    if found is None or (found.platform, found.workspace) != (here.platform, here.workspace):
        raise _not_found(number)
    if found.channel == here.channel:
        return found
    if found.owner != caller.person or not await caller.sees(_place(found)):
        raise _not_found(number)
    if caller.overheard:
        raise NotAllowed(f"Digest {number} is one of another channel.", "Change it there, or where nobody else reads along.")
    return found


async def _same(session: Session, new: NewSubscription) -> StoredSubscription | None:
    """The digest of the same channel that is the same already, whoever set it up."""
    here = await subscriptions.in_channel(session, new.platform, new.workspace, new.channel)
    return next((one for one in here if _facts(one) == _facts(new)), None)


def _facts(one: NewSubscription) -> tuple[str | None, ...]:
    return one.kind, one.schedule, one.time_zone, one.topic, one.speaker, one.outlet


def _not_found(number: int) -> NotFound:
    return NotFound(f"There is no digest {number} here.", "'subscriptions' lists those set up here.")


async def _unheard(session: Session, asked: Question) -> tuple[str, ...]:
    """A name that nobody goes by may be a typing error: said, as the digest would stay empty."""
    if not asked.speaker or await people_called(session, " ".join(asked.speaker_words)):
        return ()
    return (f"Nobody called {asked.speaker} is quoted in what has been read so far.",)


def _when(one: StoredSubscription) -> str:
    return f"{one.schedule}, {one.time_zone}"
