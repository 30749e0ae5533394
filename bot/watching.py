"""Alerts: which have something new to tell, and what they say of it."""

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.asking.finding import wanted_by, whom
from bot.asking.question import Question, restricted
from bot.asking.speakers import name_words
from bot.delivery import pausing
from bot.delivery.pausing import Paused
from bot.digests.alert import all_of, by_whom, compile_alert, digest_at, last_of_day, news
from bot.digests.compiled import Compiled
from bot.digests.due import after_quiet, quiet_of
from bot.errors import StorageError
from bot.mistakes import noted
from bot.replies import Reply
from bot.subscriptions.restrictions import asked_of
from bot.titling import titled
from storage import deliveries, search, statements, watched
from storage.database import Database, Session
from storage.records import (
    NewDelivery,
    NewSubscription,
    QuoteFilter,
    Reports,
    StoredDelivery,
    StoredQuote,
    StoredSubscription,
    SubscriptionKind,
)
from storage.terms import terms

_MOST_QUOTES = 2000
_LONGER_THAN_A_DAY = timedelta(days=2)
"""A local day may have 25 hours, and one that a zone leaves out makes two of them far apart."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a look at the alerts found at `at`, up to the quote `up_to`; each alert is as it was then.

    `new` ones have a delivery, `idle` ones have nothing new, `resting` ones wait until the moment with them. Of `broken` ones it
    cannot be told when they may come; with each is why.
    """

    platforms: Collection[str]
    at: datetime
    up_to: int
    new: Sequence[tuple[StoredSubscription, NewDelivery]] = ()
    idle: Sequence[StoredSubscription] = ()
    resting: Sequence[tuple[StoredSubscription, datetime]] = ()
    broken: Sequence[tuple[StoredSubscription, str]] = ()

    def __bool__(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.new or self.idle or self.resting or self.broken)


@dataclass(frozen=True, slots=True)
class Watching:
    """Looks for what is new for alerts.

    A tick has two steps, as matching takes long and a writing transaction is to be short: `look` reads, and `open` writes what
    it found, unless it changed meanwhile.
    """

    database: Database

    async def look(self, platforms: Collection[str], now: datetime) -> Found:
        """Which alerts of these platforms have something new that may be told now."""
        async with self.database.reading() as session:
            up_to = await deliveries.newest_quote(session)
            waiting = await watched.waiting(session, platforms, now, up_to)
            awake, resting, broken = _awake(waiting, now)
            first = await _first_news(session, awake, up_to, now)
            opened = await watched.alerts_opened(session, first, min(first.values(), default=now) - _LONGER_THAN_A_DAY)
        new = []
        for one in (one for one in awake if one.id in first):
            zone, told = ZoneInfo(one.time_zone), opened.get(one.id, ())
            as_digest = digest_at(first[one.id], told, one.daily_cap, zone, quiet_of(one))
            if as_digest and as_digest > now:
                resting.append((one, as_digest))
            else:
                new.append((one, _delivery(one, SubscriptionKind.DIGEST if as_digest else SubscriptionKind.ALERT, up_to, now)))
        return Found(platforms, now, up_to, new, [one for one in awake if one.id not in first], resting, broken)

    async def open(self, session: Session, found: Found, now: datetime) -> tuple[list[NewDelivery], list[Paused]]:
        """The deliveries to be stored in this writing transaction, whose alerts rest for their gap from now on, and what is paused.

        What was paused, muted, changed or opened elsewhere since the look is left out; what had nothing new has that covered.
        """
        if not found:
            return [], []
        still = {one.id: one for one in await watched.waiting(session, found.platforms, now, found.up_to)}
        new = [(one, delivery) for one, delivery in found.new if still.get(one.id) == one]
        paused = [await pausing.pause(session, one, now, why) for one, why in found.broken]
        await watched.pass_over(session, [one.id for one in found.idle if still.get(one.id) == one], found.up_to, found.at)
        await deliveries.put_forward(
            session,
            {one.id: until for one, until in found.resting if still.get(one.id) == one}
            | {one.id: now + timedelta(minutes=one.gap_minutes) for one, _ in new},
        )
        return [delivery for _, delivery in new], paused

    async def of_delivery(
        self, delivery: StoredDelivery, subscription: StoredSubscription, kept: dict[Hashable, Compiled] | None = None
    ) -> Compiled:
        """What a delivery of an alert says; what is the same for several is compiled once where they are given one `kept`."""
        asked = asked_of(subscription)
        async with self.database.reading() as session:
            last = await _last_of_day(session, delivery, subscription)
            key = (SubscriptionKind.ALERT, asked, delivery.since_quote, delivery.until_quote, last)
            if kept is not None and key in kept:
                return kept[key]
            found, aside = await _news(session, asked, delivery.since_quote, delivery.until_quote)
        compiled = compile_alert(found, restricted=_in_words(asked, found), last_of_day=last, aside=aside)
        if kept is not None:
            kept[key] = compiled
        return compiled

    async def whole(self, delivery: StoredDelivery, subscription: StoredSubscription) -> Reply:
        """All that a delivery of an alert holds, however much that is."""
        asked = asked_of(subscription)
        async with self.database.reading() as session:
            found, _ = await _news(session, asked, delivery.since_quote, delivery.until_quote)
        return all_of(found, restricted=_in_words(asked, found))

    async def preview(self, subscription: NewSubscription) -> Reply:
        """What an alert would say now: of what was stored after the quote numbered `seen_quote`."""
        asked = asked_of(subscription)
        async with self.database.reading() as session:
            found, aside = await _news(session, asked, subscription.seen_quote, await deliveries.newest_quote(session))
        compiled = compile_alert(found, restricted=_in_words(asked, found), aside=aside)
        return compiled.lengths[0] if compiled.count else Reply(f"Nothing new {_in_words(asked, found)}".rstrip() + ".")


def _awake(
    waiting: Sequence[StoredSubscription], now: datetime
) -> tuple[list[StoredSubscription], list[tuple[StoredSubscription, datetime]], list[tuple[StoredSubscription, str]]]:
    """Those that are not in their quiet hours; those that are, with the end of them; and those whose times cannot be read, with why."""
    awake: list[StoredSubscription] = []
    resting: list[tuple[StoredSubscription, datetime]] = []
    broken: list[tuple[StoredSubscription, str]] = []
    for one in waiting:
        try:
            after = after_quiet(now, ZoneInfo(one.time_zone), quiet_of(one))
        except Exception as error:  # noqa: BLE001 - what is wrong with one alert must not cost the others
            mark = noted(error, f"looking whether alert {one.id} is in its quiet hours")
            broken.append((one, f"Its times cannot be followed; the log has it under {mark}."))
        else:
            awake += [one] if after == now else []
            resting += [(one, after)] if after > now else []
    return awake, resting, broken


def _delivery(one: StoredSubscription, kind: SubscriptionKind, up_to: int, now: datetime) -> NewDelivery:
    return NewDelivery(
        subscription_id=one.id,
        kind=kind,
        due_at=now,
        since_quote=one.seen_quote,
        until_quote=up_to,
        since_at=one.seen_at or one.created_at,
        until_at=now,
    )


async def _first_news(session: Session, alerts: Sequence[StoredSubscription], up_to: int, now: datetime) -> dict[int, datetime]:
    """When the first quote was read that is new to an alert, by the alert's number; alerts without one are left out.

    Alerts of the same restriction are matched once. Those for which that is a mistake are taken to have something new now: putting it
    together is the same mistake, which is recorded and told.
    """
    together: dict[Question, list[StoredSubscription]] = {}
    for one in alerts:
        together.setdefault(asked_of(one), []).append(one)
    since = min((one.seen_quote for one in alerts), default=up_to)
    heard = await watched.speakers_heard(session, since, up_to)
    first: dict[int, datetime] = {}
    for asked, group in together.items():
        if not _may_be_heard(asked, heard):
            continue
        seen = {one.seen_quote for one in group}
        try:
            matching = await _matching(session, asked, min(seen), up_to)
            read = {after: min((quote.read_at for quote in news(matching, after)), default=None) for after in seen}
        except StorageError:
            raise
        except Exception as error:  # noqa: BLE001 - what is wrong with one alert must not cost the others
            noted(error, f"looking for what is new for alert {group[0].id}")
            read = dict.fromkeys(seen, now)
        first |= {one.id: moment for one in group if (moment := read[one.seen_quote])}
    return first


def _may_be_heard(asked: Question, heard: Sequence[frozenset[str]]) -> bool:
    """Whether one of those heard, each given by the words of what it is called, may be whom a question names.

    Whom it names exactly takes longer to find out.
    """
    if not asked.speaker or asked.speaker.startswith("#"):
        return True
    named = {term for word in name_words(" ".join(asked.speaker_words)) for term in terms(word)}
    return any(named <= called for called in heard)


async def _news(session: Session, asked: Question, after: int, up_to: int) -> tuple[list[StoredQuote], set[int]]:
    """What is new to an alert; and of somebody's quotes on a topic the numbers of those that have it in nothing but the headline."""
    found = await titled(session, news(await _matching(session, asked, after, up_to), after))
    if not (found and asked.topic and asked.speaker):
        return found, set()
    near = await search.numbers(session, QuoteFilter(words=asked.topic, near=True, after_id=after, up_to_id=up_to))
    return found, {quote.id for quote in found} - near


async def _matching(session: Session, asked: Question, after: int, up_to: int) -> list[StoredQuote]:
    """What answers a question among the quotes numbered above `after` and up to `up_to`, and what reported the same before.

    What a feed had before it was added is none of it.
    Unless it asks for somebody, what has its topic in nothing but the headline is no answer: nobody is to be woken by that.
    """
    asked, heard = await whom(session, asked)
    wanted = wanted_by(asked, heard)
    if wanted is None:
        return []
    wanted = replace(wanted, reports=Reports.SPEECH, newest=True, near=not asked.speaker, limit=_MOST_QUOTES)
    found = await search.quotes(session, replace(wanted, after_id=after, up_to_id=up_to, announced=True))
    reported = await statements.quotes_of(session, {quote.statement_id for quote in found if quote.statement_id is not None})
    articles = tuple({quote.article_id for quotes in reported.values() for quote in quotes if quote.id <= after})
    return [*found, *(await search.quotes(session, replace(wanted, article_ids=articles, up_to_id=after)) if articles else ())]


async def _last_of_day(session: Session, delivery: StoredDelivery, subscription: StoredSubscription) -> str:
    """What is said where this is the last alert of its local day; else ""."""
    zone = ZoneInfo(subscription.time_zone)
    opened = await watched.alerts_opened(session, [subscription.id], delivery.due_at - _LONGER_THAN_A_DAY)
    told = {one for one in (*opened.get(subscription.id, ()), delivery.due_at) if one <= delivery.due_at}
    digest = digest_at(delivery.due_at, told, subscription.daily_cap, zone, quiet_of(subscription))
    today = [one for one in told if one.astimezone(zone).date() == delivery.due_at.astimezone(zone).date()]
    return last_of_day(len(today), delivery.due_at, digest, zone) if digest else ""


def _in_words(asked: Question, found: Sequence[StoredQuote]) -> str:
    """What an alert is about, with the full names of those who speak in it."""
    return restricted(asked, by_whom((quote.speaker_name or "" for quote in found), asked.speaker) if asked.speaker else ())
