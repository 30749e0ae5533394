"""Answers that are kept: paged, narrowed and exported for as long as their message stands (docs/decisions/0010)."""

import asyncio
import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast
from zoneinfo import ZoneInfo

from bot.asking.continuing import further
from bot.asking.finding import Found, found_again, looked_up
from bot.asking.question import Question
from bot.asking.words import plain
from bot.callers import Caller
from bot.embedding.embeds import Embeds
from bot.errors import NotFound, NotUnderstood, StorageError
from bot.exports import export_of
from bot.grammar import commands
from bot.listings import article_listed
from bot.naming import one_article
from bot.paging import Batch, batches_of, earlier, number_of, order_of, page_of, place_of, shown_in
from bot.replies import Export, ExportFormat, Kept, QuoteKind, Reply
from bot.requests import Ask, Show
from storage import answers, articles, deliveries, quotes, refusals
from storage.database import Database, Session
from storage.records import KeptAnswer

AT_FIRST = 60
"""So many quotes of an answer are found when it is asked: the first pages, which are to come at once."""
AT_A_TIME = 100
"""So many are found whenever somebody comes to the last of them."""
MOST_EXPORTED = 10_000
_AT_ONCE = 20
_ASK_FIRST = "Ask a question first, such as: who said what about ferries."
_NOTHING_LEFT = "Nothing is left here: what stood on this page was corrected or taken down."
_THE_END = "That was all of it. Ask again for what was read since."
_NOT_KEPT = "This answer could not be kept, so that there are no pages behind this one."


def asker_of(caller: Caller) -> str:
    """A key of somebody in a place, which tells nothing of either."""
    place = caller.channel or caller.home
    where = (place.platform, place.workspace, caller.channel.channel if caller.channel else "") if place else ()
    return hashlib.sha256("\0".join((*where, caller.person or caller.author)).encode(errors="surrogatepass")).hexdigest()


def at_first(page: int = 0) -> int:
    """How many quotes are found for an answer that is kept, of which so many are shown at once."""
    return max(page, AT_FIRST)


@dataclass(frozen=True, slots=True)
class Asking:
    """A request as it was typed, when, and in which time zone. An `asker` can go on with its answer without naming it."""

    request: str
    at: datetime
    zone: ZoneInfo
    direct_only: bool = False
    asker: str | None = None


@dataclass(frozen=True, slots=True)
class Keeping:
    """Keeps answers, and gives their pages. What a page holds stays, whatever is read later."""

    database: Database
    embedder: Embeds | None = None

    async def answered(self, found: Found, asking: Asking, *, page: int) -> Reply:
        """The first page of what was found. It is kept; what has nothing in it only as the last answer that its asker had."""
        return await self.first_page(await composed(replace(found, more=False)), asking, found, page=page)

    async def first_page(self, reply: Reply, asking: Asking, found: Found | None = None, *, page: int) -> Reply:
        """The first page of a reply to what was `found` for a question, or of one that is whole. It is kept as in `answered`."""
        order = order_of(reply, found.numbers if found else ())
        if not order and asking.asker is None:
            return reply
        more = found is not None and found.more
        first = page_of(reply, 0, Batch(order, more=more), since=None, size=page)
        kept = cast("Kept", first.kept)
        try:
            async with self.database.writing() as session:
                newest = refusals.newest if found and found.refused else deliveries.newest_quote
                number = await answers.add(
                    session,
                    request=plain(asking.request),
                    asked_at=asking.at,
                    time_zone=asking.zone.key,
                    direct_only=asking.direct_only,
                    found=order,
                    shown=len(_numbers_in(reply)),
                    more=more,
                    up_to=await newest(session),
                    asker=asking.asker,
                    reached=kept.last if asking.asker else None,
                    understood=reply.understood,
                )
        except StorageError as error:  # read-only, locked or full: what was found is shown all the same
            number, first = None, replace(first, notes=(*first.notes, f"{error.what} {_NOT_KEPT}") if kept.goes_on else first.notes)
        if not order:
            return reply
        return replace(first, kept=replace(kept, answer_id=number) if number else None)

    async def page(self, answer_id: int, *, since: int | None, size: int) -> Reply:
        """A page of a kept answer as it is now: the quotes behind `since`, without those corrected away. Raises NotFound."""
        return await self._page(await self._one(answer_id), since=since, size=size)

    async def next_page(self, answer_id: int | None, asker: str, *, size: int) -> Reply:
        """The page behind what its asker was shown of an answer, or of the newest one to that asker. Raises NotFound."""
        kept = await self._newest_of(asker) if answer_id is None else await self._one(answer_id)
        reply = await self._page(kept, since=kept.reached, size=size)
        if reply.sections and reply.kept:
            await self.reached(kept.id, reply.kept.last)
            return reply
        return replace(reply, notes=(_NOTHING_LEFT if kept.reached is None else _THE_END,), kept=None)

    async def reached(self, answer_id: int, quote_id: int) -> None:
        """Remember the last quote of an answer that its asker was shown."""
        async with self.database.writing() as session:
            await answers.reach(session, answer_id, quote_id)

    async def narrow(self, answer_id: int, asker: str | None, *, page: int) -> Reply:
        """What a kept answer answers, with direct quotes only: read as when it was asked, and then last by `asker`. Raises NotFound."""
        kept = replace(await self._one(answer_id), direct_only=True)
        asking = Asking(kept.request, kept.asked_at, ZoneInfo(kept.time_zone), direct_only=True, asker=asker)
        async with self.database.reading() as session:
            request = await _read(session, kept)
            if isinstance(request, Show):
                return await self.first_page(await _article(session, kept, request), asking, page=page)
            found = await looked_up(session, request, at_first(page), self.embedder)
        return await self.answered(found, asking, page=page)

    async def export(self, answer_id: int, kind: ExportFormat) -> Export:
        """Every quote of what a kept answer answers, as a file. Raises NotFound."""
        return await self._exported(await self._one(answer_id), kind)

    async def export_newest(self, asker: str, kind: ExportFormat) -> Export:
        """The same of the newest answer to that asker. Raises NotFound."""
        return await self._exported(await self._newest_of(asker), kind)

    async def _exported(self, kept: KeptAnswer, kind: ExportFormat) -> Export:
        async with self.database.reading() as session:
            request = await _read(session, kept)
            if isinstance(request, Show):
                article = await _article(session, kept, request)
                return await asyncio.to_thread(export_of, article, kind, kept.asked_at)
            found = await looked_up(session, request, MOST_EXPORTED, self.embedder)
        return await exported(found, kind, kept.asked_at)

    async def _one(self, answer_id: int) -> KeptAnswer:
        async with self.database.reading() as session:
            kept = await answers.get(session, answer_id)
        if kept is None:
            raise NotFound("This answer is no longer kept.", "Ask the question again.")
        return kept

    async def _newest_of(self, asker: str) -> KeptAnswer:
        async with self.database.reading() as session:
            kept = await answers.newest_of(session, asker)
        if kept is None:
            raise NotFound("You have had no answer with quotes here yet.", _ASK_FIRST)
        if not kept.found:
            raise NotFound("Nothing was found for what you asked here last.", _ASK_FIRST)
        return kept

    async def _page(self, kept: KeptAnswer, *, since: int | None, size: int) -> Reply:
        """The quotes behind `since`, from the first batch on that still has any; another is found where all have been used up."""
        batches = batches_of(kept)
        place = place_of(batches, since)
        while True:
            page = page_of(await self._put_together(kept, batches[place]), kept.id, batches[place], since=since, size=size)
            if page.sections:
                return page
            place += 1
            if place == len(batches):
                if not batches[-1].more:
                    return replace(page, notes=(_NOTHING_LEFT,), suggestions=())
                kept = await self._continued(kept)
                batches = batches_of(kept)

    async def _put_together(self, kept: KeptAnswer, batch: Batch) -> Reply:
        async with self.database.reading() as session:
            request = await _read(session, kept)
            if isinstance(request, Show):
                return await _article(session, kept, request)
            found = await found_again(session, request, (*batch.earlier, *batch.order), up_to=kept.up_to)
        reply = await composed(found)
        return replace(reply, understood=kept.understood or reply.understood)

    async def _continued(self, kept: KeptAnswer) -> KeptAnswer:
        """The answer with another batch, unless somebody else has added one meanwhile."""
        async with self.database.reading() as session:
            request = await _read(session, kept)
            if isinstance(request, Show):
                return replace(kept, more=False)
            numbers, more = await further(session, request, kept.found, up_to=kept.up_to, most=AT_A_TIME, embedder=self.embedder)
            found = await found_again(session, request, (*earlier(kept.found), *numbers), up_to=kept.up_to)
        reply = await composed(found)
        given = {*kept.found}
        order = [number for number in order_of(reply, numbers) if number not in given]
        shown = len(_numbers_in(reply) - given)
        async with self.database.writing() as session:
            now = await answers.get(session, kept.id)
            if now is None or len(now.found) != len(kept.found) or not now.more:
                return now or kept
            return await answers.extend(session, now, order, shown=shown, more=more)


def _numbers_in(reply: Reply) -> set[int]:
    """The numbers of all that a reply shows."""
    return {number_of(one) for section in reply.sections for one in shown_in(section)}


async def _read(session: Session, kept: KeptAnswer) -> Question | Show:
    """What a kept answer answers, read as when it was asked."""
    known = await articles.outlets(session)
    match commands.parse(kept.request, now=kept.asked_at, zone=ZoneInfo(kept.time_zone), outlets=known):
        case Show() as request:
            return request
        case Ask(asked):
            return asked.only(kinds=(QuoteKind.DIRECT,)) if kept.direct_only else asked
        case _:
            raise NotUnderstood("This answer is not one that can be paged.", "Ask the question again.")


async def _article(session: Session, kept: KeptAnswer, request: Show) -> Reply:
    article = await one_article(session, request.reference)
    found = await quotes.of_article(session, article.id)
    return article_listed(article, [quote for quote in found if not kept.direct_only or quote.kind is QuoteKind.DIRECT])


async def composed(found: Found) -> Reply:
    """The answer; the event loop does not wait while a long one is put together, or while it is looked for what could be asked instead."""
    return found.reply() if 0 < len(found.numbers) <= _AT_ONCE else await asyncio.to_thread(found.reply)


async def exported(found: Found, kind: ExportFormat, asked_at: datetime) -> Export:
    """All that was found as a file; the event loop does not wait for it."""
    return await asyncio.to_thread(lambda: export_of(found.reply(), kind, asked_at))
