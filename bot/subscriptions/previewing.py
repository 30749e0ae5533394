"""What a digest or an alert would say now, and when it would come; nothing is saved."""

from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.asking.question import Question
from bot.callers import Caller
from bot.cards import listed
from bot.digesting import Digesting
from bot.grammar.digest_wishes import said
from bot.replies import Reply
from bot.requests import Preview, Subscribe, Watch
from bot.subscriptions.guarding import in_channel, may_change, reached
from bot.subscriptions.restrictions import asked_of, restriction
from bot.subscriptions.subscribing import Subscribing
from bot.subscriptions.words import following, named, view_of
from bot.watching import Watching
from storage import deliveries, subscriptions
from storage.database import Database, Session
from storage.records import DeliveryState, NewSubscription, StoredDelivery, StoredSubscription, SubscriptionKind


@dataclass(frozen=True, slots=True)
class Previewing:
    """Shows what would be posted. The operator (no caller) reaches all."""

    database: Database
    clock: Callable[[], datetime]
    digesting: Digesting
    watching: Watching
    subscribing: Subscribing

    async def do(self, command: Preview, caller: Caller | None) -> Reply:
        """Do what a command of the chat grammar says. Raises NotFound, NotAllowed and NotUnderstood."""
        return await (self.wanted(command.wanted, caller) if command.wanted else self.of(command.number, caller))

    async def of(self, number: int | None, caller: Caller | None) -> Reply:
        """What a subscription would say now; without a number the only one there is, and of none the digest of the last day."""
        async with self.database.reading() as session:
            found = [await reached(session, number, caller)] if number is not None else await _present(session, caller)
        if not found:
            return await self.digesting.of(Question())
        now = self.clock()
        if len(found) > 1:
            views = tuple([view_of(one, now, changeable=await may_change(caller, one)) for one in found])
            return Reply("Several are set up: say which.", suggestions=tuple(f"preview {one.id}" for one in found), subscriptions=views)
        (one,) = found
        reply = await self._content(one)
        return replace(reply, notes=(*reply.notes, _when_stored(one, now)))

    async def wanted(self, wanted: Subscribe | Watch, caller: Caller | None) -> Reply:
        """What a digest or an alert would say that is not set up yet, and how to set it up."""
        async with self.database.reading() as session:
            new, notes = await self.subscribing.planned(session, wanted, caller)
        now = self.clock()
        unsaved = StoredSubscription(**asdict(new), id=0, created_at=now, paused_at=None, paused_reason=None, muted_until=None)
        reply = await self._content(unsaved)
        when = f"It would come {_moments(new, now)}." if new.schedule else "It would come soon after something new is read."
        return replace(reply, notes=(*reply.notes, *notes, when, "Nothing is set up yet."), suggestions=(_saving(wanted, new),))

    async def has_news(self, one: StoredSubscription) -> bool:
        """Whether a subscription has anything new to tell."""
        content = self.watching if one.kind == SubscriptionKind.ALERT else self.digesting
        return (await content.of_delivery(await self._delivery(one), one)).count > 0

    async def _content(self, one: StoredSubscription) -> Reply:
        if one.kind == SubscriptionKind.ALERT:
            return await self.watching.preview(one)
        return (await self.digesting.of_delivery(await self._delivery(one), one)).lengths[0]

    async def _delivery(self, one: StoredSubscription) -> StoredDelivery:
        """The delivery that a subscription would have now."""
        now = self.clock()
        async with self.database.reading() as session:
            until = await deliveries.newest_quote(session)
        return StoredDelivery(
            subscription_id=one.id,
            kind=one.kind,
            due_at=now,
            since_quote=one.seen_quote,
            until_quote=until,
            since_at=one.seen_at or one.created_at,
            until_at=now,
            id=0,
            state=DeliveryState.DUE,
            claimed_by=None,
            lease_until=None,
            try_at=now,
            begun_at=None,
            tries=0,
            sent_at=None,
            message_ref=None,
            reason=None,
            blind_since=None,
            mark=None,
            closed_at=None,
        )


async def _present(session: Session, caller: Caller | None) -> list[StoredSubscription]:
    if caller is None:
        return await subscriptions.every(session)
    if caller.channel is None:
        return []
    return await in_channel(session, caller)


def _when_stored(one: StoredSubscription, now: datetime) -> str:
    if one.paused_at is not None:
        return f"{named(one)} is paused ({one.paused_reason}). To let it go on: resume {one.id}."
    if one.schedule:
        return f"{named(one)} comes {_moments(one, max(now, one.muted_until or now))}."
    return f"{named(one)} comes soon after something new is read{', but is muted' if one.muted_until and one.muted_until > now else ''}."


def _moments(one: NewSubscription, after: datetime) -> str:
    zone = ZoneInfo(one.time_zone)
    walls = [moment.astimezone(zone) for moment in following(one, after)]
    return f"next on {listed([f'{wall:%A} {wall.day} {wall:%B, %H:%M}' for wall in walls])}, {one.time_zone}"


def _saving(wanted: Subscribe | Watch, new: NewSubscription) -> str:
    """The request that sets it up."""
    zone = f" {wanted.zone.key}" if wanted.zone else ""
    begun = f"digest {new.schedule}{zone}" if isinstance(wanted, Subscribe) else "watch"
    line = f"{begun} {restriction(asked_of(new)) or ('everything' if isinstance(wanted, Watch) else '')}".strip()
    wishes = said(wanted.wishes)
    return f"{line}, {wishes}" if wishes else line
