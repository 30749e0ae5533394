"""Digests out of the store: what was said in a time, or since a channel was last told."""

import asyncio
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot import refused
from bot.asking import question as questions
from bot.asking.finding import wanted_by, whom, within
from bot.asking.question import Question
from bot.describing import descriptions
from bot.digests.compiled import Compiled
from bot.digests.digest import MOST_DESCRIBED, Found, Times, compile_digest, new_in, whole_digest
from bot.replies import Reply
from bot.subscriptions.restrictions import asked_of, see_that_it_is_of_quotes
from bot.titling import titled
from storage import articles, refusals, search, speakers, statements, texts, voices
from storage.database import Database, Session
from storage.records import (
    QuoteFilter,
    RefusalFilter,
    Reports,
    StoredDelivery,
    StoredQuote,
    StoredRefusal,
    StoredSpeaker,
    StoredSubscription,
    SubscriptionKind,
)

MOST_QUOTES = 2000
MOST_REFUSALS = 1000
MOST_AROUND = 4000
_SHORTEST_ROLE = 3
_ANYBODY = frozenset({"woman", "man", "person", "voter", "resident", "the woman", "the man", "a woman", "a man"})
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Covered:
    """What a digest covers: the quotes numbered above `after_id` and up to `up_to_id`, or what was read or published in a time.

    `since` and `until` say it in words (`until` None: until now). Of what is `announced`, unannounced articles are no part.
    """

    times: Times
    since: datetime | None
    until: datetime | None = None
    after_id: int | None = None
    up_to_id: int | None = None
    announced: bool = False

    def new(self, wanted: QuoteFilter) -> QuoteFilter:
        """What is wanted of what is covered: one quote more than a digest is made of, to know that there are more."""
        wanted = replace(wanted, since=None, until=None, reports=Reports.SPEECH, announced=self.announced)
        wanted = replace(wanted, newest=True, limit=MOST_QUOTES + 1)
        match self.times:
            case Times.NEW:
                return replace(wanted, after_id=self.after_id, up_to_id=self.up_to_id)
            case Times.READ:
                return replace(wanted, read_since=self.since, read_until=self.until)
            case Times.PUBLISHED:
                return replace(wanted, since=self.since, until=self.until)

    def before(self, wanted: QuoteFilter) -> QuoteFilter | None:
        """What is wanted of what came before; None where nothing did, as all that was ever said is covered."""
        wanted = replace(wanted, since=None, until=None, reports=Reports.SPEECH)
        if self.times is Times.NEW:
            return replace(wanted, up_to_id=self.after_id)
        if self.since is None:
            return None
        return replace(wanted, read_until=self.since) if self.times is Times.READ else replace(wanted, until=self.since)

    async def refusals(self, session: Session) -> RefusalFilter:
        """Which refusals are covered."""
        if self.times is Times.NEW:
            after, up_to = [await texts.newest_with(session, number or 0) for number in (self.after_id, self.up_to_id)]
            return RefusalFilter(after_version=after, up_to_version=up_to)
        return RefusalFilter(read_since=self.since) if self.times is Times.READ else RefusalFilter(since=self.since, until=self.until)


@dataclass(frozen=True, slots=True)
class Digesting:
    """Compiles digests."""

    database: Database
    clock: Callable[[], datetime]
    zone: ZoneInfo

    async def digest(self, *, since: str | None = None, until: str | None = None, about: str = "") -> Reply:
        """The digest of what was published in a time, given as people write dates; of what was read in the last day without one.

        Raises NotUnderstood.
        """
        async with self.database.reading() as session:
            known = await articles.outlets(session)
        restriction = f"quotes about {about}"
        asked = questions.parse(restriction, now=self.clock(), zone=self.zone, outlets=known) if about.strip() else Question()
        return await self.of(within(asked, since, until, now=self.clock(), zone=self.zone))

    async def of(self, asked: Question, zone: ZoneInfo | None = None) -> Reply:
        """The digest of what a question asks for, told in `zone`: published in the time that it names, or read in the last day.

        Raises NotUnderstood.
        """
        see_that_it_is_of_quotes(asked)
        now = self.clock()
        names_a_time = asked.since or asked.until
        covered = _Covered(Times.PUBLISHED, asked.since, asked.until) if names_a_time else _Covered(Times.READ, now - _DAY)
        compiled = await asyncio.to_thread(compile_digest, await self._found(asked, covered), now=now, zone=zone or self.zone)
        return compiled.lengths[0]

    async def of_delivery(
        self, delivery: StoredDelivery, subscription: StoredSubscription, kept: dict[Hashable, Compiled] | None = None
    ) -> Compiled:
        """What a delivery of a digest says; what is the same for several is compiled once where they are given one `kept`."""
        asked, covered = asked_of(subscription), _covered_by(delivery, subscription)
        key = (asked, covered, subscription.density, subscription.time_zone)
        if kept is not None and key in kept:
            return kept[key]
        found, zone = await self._found(asked, covered), ZoneInfo(subscription.time_zone)
        compiled = await asyncio.to_thread(compile_digest, found, now=delivery.until_at, zone=zone, density=subscription.density)
        if kept is not None:
            kept[key] = compiled
        return compiled

    async def whole(self, delivery: StoredDelivery, subscription: StoredSubscription) -> Reply:
        """All that a delivery of a digest holds, however much that is."""
        found = await self._found(asked_of(subscription), _covered_by(delivery, subscription))
        return await asyncio.to_thread(whole_digest, found, now=delivery.until_at, zone=ZoneInfo(subscription.time_zone))

    async def _found(self, asked: Question, covered: _Covered) -> Found:
        await refused.catch_up(self.database, refused.AT_ONCE)
        async with self.database.reading() as session:
            asked, known = await whom(session, asked)
            about = questions.restricted(asked, [speaker.name for speaker in known])
            wanted = wanted_by(asked, known)
            quotes = await search.quotes(session, covered.new(wanted)) if wanted is not None else []
            more, quotes = len(quotes) > MOST_QUOTES, await titled(session, quotes[:MOST_QUOTES])
            found = Found(quotes, about, covered.since, covered.until, covered.times, more=more)
            if wanted is None or not quotes:
                return found
            return await _completed(session, found, covered, wanted, asked, known)


async def _completed(
    session: Session, found: Found, covered: _Covered, wanted: QuoteFilter, asked: Question, known: Sequence[StoredSpeaker]
) -> Found:
    """With what else there is to say of the quotes found. How others word something is left out of a digest of one outlet."""
    uttered = {quote.statement_id for quote in found.quotes if quote.statement_id is not None and not wanted.outlets}
    speaker_ids = {quote.speaker_id for quote in found.quotes if quote.speaker_id is not None}
    before = covered.before(wanted)
    found = replace(
        found,
        around=await _around(session, found, wanted),
        aside=await _aside(session, found, covered.new(wanted)),
        newcomers=frozenset(await voices.newcomers(session, speaker_ids, before) if before else ()),
        told=await statements.quotes_of(session, uttered),
        declined=await _declined(session, found, covered, wanted, asked, known),
    )
    described = await speakers.many(session, new_in(found)[:MOST_DESCRIBED])
    return replace(found, described=[(speaker.id, called(speaker)) for speaker in described])


async def _around(session: Session, found: Found, wanted: QuoteFilter) -> list[StoredQuote]:
    """What else the articles quote, of which not all is wanted; of a great many the newest."""
    if not (wanted.words or wanted.phrase or wanted.speaker_ids or wanted.kinds):
        return []
    article_ids = tuple({quote.article_id for quote in found.quotes})
    return await search.quotes(session, QuoteFilter(article_ids=article_ids, reports=Reports.SPEECH, newest=True, limit=MOST_AROUND))


async def _aside(session: Session, found: Found, wanted: QuoteFilter) -> set[int]:
    """The quotes that hold the words of a topic neither themselves nor in their paragraph, but under their headline."""
    return {quote.id for quote in found.quotes} - await search.numbers(session, replace(wanted, near=True)) if wanted.words else set()


def called(speaker: StoredSpeaker) -> str:
    """What articles call somebody, if it tells who that is: rather "environment secretary" than "Sen" or "woman"."""
    telling = [text for text in descriptions(speaker) if len(text) > _SHORTEST_ROLE and text not in _ANYBODY]
    return min(telling, key=lambda text: " " not in text, default="")


async def _declined(
    session: Session, found: Found, covered: _Covered, wanted: QuoteFilter, asked: Question, known: Sequence[StoredSpeaker]
) -> list[StoredRefusal]:
    """Who gave no comment, by all articles that are covered, whether they quote anybody or not.

    Of a digest of somebody only they; of one on a topic, or of what was published in a time, by the articles of the quotes found.
    A sentence that its article had before is not told again.
    """
    of_them = await covered.refusals(session)
    if known:
        of_them = replace(of_them, called=asked.speaker_words, speaker_ids=tuple(speaker.id for speaker in known))
    elif wanted.words or wanted.phrase or wanted.kinds or covered.times is Times.PUBLISHED:
        of_them = replace(of_them, version_ids=tuple({quote.version_id for quote in found.quotes}), up_to_version=None)
    return await titled(session, await refusals.find(session, replace(of_them, outlets=wanted.outlets, limit=MOST_REFUSALS)))


def _covered_by(delivery: StoredDelivery, subscription: StoredSubscription) -> _Covered:
    """What is new; of an alert, of which this tells the rest of a day, only what it would have told."""
    is_rest = subscription.kind is SubscriptionKind.ALERT
    return _Covered(Times.NEW, delivery.since_at, after_id=delivery.since_quote, up_to_id=delivery.until_quote, announced=is_rest)
