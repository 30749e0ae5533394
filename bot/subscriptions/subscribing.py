"""Digests and alerts that channels asked for: set up and changed by those who may."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.asking.finding import whom
from bot.asking.question import Question
from bot.callers import Caller, Right
from bot.digests.due import first_due, timing_of
from bot.errors import CannotPost, NotUnderstood
from bot.grammar.digest_wishes import otherwise_wished, said, see_that_they_fit, wished
from bot.naming import people_called
from bot.replies import Reply
from bot.requests import Change, Subscribe, Watch, Wishes
from bot.subscriptions.guarding import allow, allow_to_change, here, reached, tell_others
from bot.subscriptions.restrictions import asked_of, of_what, restriction, see_that_it_is_short, stored_as, what
from bot.subscriptions.somebody import name_like, see_who_is_meant
from bot.subscriptions.words import a_kind, named, told, view_of
from storage import deliveries, quotes, subscriptions
from storage.database import Database, Session
from storage.records import NewSubscription, StoredSubscription, SubscriptionKind

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Subscribing:
    """Sets subscriptions up. Whoever set one up, and who may in its channel, may change it."""

    database: Database
    clock: Callable[[], datetime]
    zone: ZoneInfo

    async def subscribe(self, wanted: Subscribe | Watch, caller: Caller) -> Reply:
        """Set up a digest or an alert in the channel where it was asked for, and tell the channel; none twice.

        Raises NotAllowed, CannotPost, and NotUnderstood for wishes that mean nothing for it, or that leave no time for it.
        """
        here(caller)
        await allow(caller, Right.SUBSCRIBE, "set up alerts" if isinstance(wanted, Watch) else "")
        async with self.database.writing() as session:
            new, notes = await self.planned(session, wanted, caller)
            known = await _same(session, new)
            if known is not None:
                return self._known(known, wanted.wishes)
            number = await subscriptions.add(session, new, self.clock())
            made = await reached(session, number, caller)
        try:
            when = f", {made.schedule}, {made.time_zone}" if made.schedule else ""
            about = of_what(asked_of(made)).removeprefix("of ")
            certain = await caller.announce(f"{caller.called} set up {a_kind(made.kind)} here: {about}{when}.")
        except CannotPost as error:
            async with self.database.writing() as session:
                await subscriptions.delete(session, number)
            raise CannotPost(f"{error.what} So no {made.kind} was set up there.", error.remedy) from error
        if not certain:
            notes = (*notes, "It is not certain that the channel was told of it.")
        is_alert = made.kind == SubscriptionKind.ALERT
        return Reply(
            f"Set up: {a_kind(made.kind)} {told(made)}.",
            notes=(*notes, _how_it_works(made)) if is_alert else notes,
            suggestions=_instead(wanted.asked, made) if is_alert else (),
            subscriptions=(view_of(made, self.clock()),),
            zoneless=None if is_alert or wanted.zone or caller.zone else caller.home,
        )

    async def planned(self, session: Session, wanted: Subscribe | Watch, caller: Caller | None) -> tuple[NewSubscription, tuple[str, ...]]:
        """The subscription that would be set up, and what to note of it. Raises NotUnderstood as `subscribe`.

        The first digest holds the day before it was set up, so that it neither floods nor shows nothing; an alert begins now.
        """
        now, place = self.clock(), caller.channel if caller else None
        see_that_it_is_short(wanted.asked)
        is_alert = isinstance(wanted, Watch)
        if is_alert:
            await see_who_is_meant(session, wanted.asked)
        asked, _ = await whom(session, wanted.asked)
        zone = wanted.zone or (caller.zone if caller else None) or self.zone
        usual = NewSubscription(
            platform=place.platform if place else "",
            workspace=place.workspace if place else "",
            channel=place.channel if place else "",
            kind=SubscriptionKind.ALERT if is_alert else SubscriptionKind.DIGEST,
            schedule="" if isinstance(wanted, Watch) else str(wanted.schedule),
            time_zone=zone.key,
            owner=caller.person if caller else "",
            seen_quote=await (deliveries.newest_quote(session) if is_alert else quotes.newest_before(session, now - _DAY)),
            seen_at=now if is_alert else now - _DAY,
            **stored_as(asked),
        )
        see_that_they_fit(wanted.wishes, usual.kind)
        new = wished(usual, wanted.wishes)
        return replace(new, next_due=next_due(new, now)), await _unheard(session, asked, wanted.asked)

    async def change(self, wanted: Change, caller: Caller) -> Reply:
        """Give a subscription another schedule, zone, restriction or other wishes; what is not given stays.

        Raises NotFound, NotAllowed, and NotUnderstood for what means nothing for it, or leaves no time for it.
        """
        async with self.database.reading() as session:
            await allow_to_change(caller, await reached(session, wanted.number, caller), "change")
        if wanted.asked:
            see_that_it_is_short(wanted.asked)
        async with self.database.writing() as session:
            before = await reached(session, wanted.number, caller)
            asked = (await whom(session, wanted.asked))[0] if wanted.asked else asked_of(before)
            after = _changed(before, wanted, asked)
            if _timing(after) != _timing(before) or (after.schedule and after.next_due is None):
                after = replace(after, next_due=next_due(after, self.clock()))
            await subscriptions.change(session, wanted.number, after)
            notes = await _unheard(session, asked, wanted.asked) if wanted.asked else ()
        await tell_others(caller, before, f"changed {before.kind} {before.id}: it is one {told(after)}")
        return Reply(f"Changed: {after.kind} {after.id} is one {told(after)}.", notes=notes, subscriptions=(view_of(after, self.clock()),))

    def _known(self, one: StoredSubscription, wishes: Wishes) -> Reply:
        line = f"{named(one)} does that already."
        suggestions: tuple[str, ...] = ()
        if one.paused_at is not None:
            line, suggestions = f"{named(one)} does that already, but is paused.", (f"resume {one.id}",)
        elif differs := otherwise_wished(one, wishes):
            change = f"change {one.id} to {said(wishes)}"
            line, suggestions = f"{named(one)} is the same but is set to: {differs}. To have it as you wish: {change}.", (change,)
        return Reply(line, suggestions=suggestions, subscriptions=(view_of(one, self.clock()),))


def next_due(one: NewSubscription, now: datetime) -> datetime | None:
    """When a subscription is due next that begins, changes or goes on now: a digest by its schedule, an alert when something is new.

    Raises NotUnderstood where the quiet hours leave no time for it.
    """
    if not one.schedule:
        return None
    muted = one.muted_until if isinstance(one, StoredSubscription) else None
    return first_due(*timing_of(one), max(now, muted or now))


def _changed(before: StoredSubscription, wanted: Change, asked: Question) -> StoredSubscription:
    see_that_they_fit(wanted.wishes, before.kind)
    if wanted.schedule and before.kind == SubscriptionKind.ALERT:
        meant = f"digest {wanted.schedule} {restriction(asked)}".strip()
        raise NotUnderstood(
            f"{named(before)} comes when something is new, and has no schedule.", f"Did you mean: {meant}?", suggestions=(meant,)
        )
    after = replace(
        before,
        schedule=str(wanted.schedule) if wanted.schedule else before.schedule,
        time_zone=wanted.zone.key if wanted.zone else before.time_zone,
        **stored_as(asked),
    )
    return wished(after, wanted.wishes)


async def _same(session: Session, new: NewSubscription) -> StoredSubscription | None:
    """What does the same in the same channel already, whoever set it up."""
    present = await subscriptions.in_channel(session, new.platform, new.workspace, new.channel)
    return next((one for one in present if _facts(one) == _facts(new)), None)


def _facts(one: NewSubscription) -> tuple[str | None, ...]:
    return one.kind, one.schedule, one.time_zone if one.schedule else "", one.topic, one.speaker, one.outlet


def _timing(one: NewSubscription) -> tuple[object, ...]:
    return one.schedule, one.time_zone, one.quiet_from, one.quiet_until, one.gap_minutes, one.daily_cap


def _how_it_works(one: StoredSubscription) -> str:
    gap = "a minute" if one.gap_minutes == 1 else f"{one.gap_minutes} minutes"
    return (
        f"It comes at most once in {gap} and {one.daily_cap} times a day; the rest of a day is one digest at 8 the next morning."
        f" To rest for a day: mute {one.id}. To end it: unsubscribe {one.id}."
    )


async def _unheard(session: Session, asked: Question, typed: Question) -> tuple[str, ...]:
    """A name that nobody goes by may be a typing error, or somebody not quoted yet: said, as nothing may come of it."""
    name = asked.speaker or name_like(typed)
    if not name or await people_called(session, " ".join(replace(typed, speaker=name).speaker_words)):
        return ()
    known = f"Nobody called {name} is quoted in what has been read so far"
    return (f"{known}.",) if asked.speaker else (f"{known}, so this looks for the words: {what(asked)}.",)


def _instead(typed: Question, made: StoredSubscription) -> tuple[str, ...]:
    """What to type where words were taken for a topic that look like a name."""
    return (f"watch {restriction(replace(typed, otherwise=None))}",) if not made.speaker and name_like(typed) else ()
