"""Answers that are kept: paged, narrowed and exported for as long as their message stands (docs/decisions/0010)."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.asking.finding import Found, found_again, looked_up
from bot.asking.words import plain
from bot.errors import NotFound, NotUnderstood
from bot.exports import csv_of
from bot.grammar import commands
from bot.listings import article_listed
from bot.naming import one_article
from bot.paging import order_of, page_of
from bot.replies import Export, QuoteKind, Reply
from bot.requests import Ask, Show
from storage import answers, articles, quotes
from storage.database import Database, Session
from storage.records import KeptAnswer

MOST_KEPT = 100
_AT_ONCE = 20
_MOST_EXPORTED = 10_000
_NOTHING_LEFT = "Nothing is left here: what stood on this page was corrected or taken down."


@dataclass(frozen=True, slots=True)
class Keeping:
    """Keeps answers, and gives their pages. What a page holds stays, whatever is read later."""

    database: Database

    async def first_page(
        self,
        reply: Reply,
        request: str,
        hits: Sequence[int] = (),
        *,
        asked_at: datetime,
        zone: ZoneInfo,
        direct_only: bool = False,
        page: int,
    ) -> Reply:
        """The first page of the whole answer to `request`, as typed at that time in `zone`; it is kept if there are quotes in it."""
        order = order_of(reply, hits)
        if not order:
            return reply
        async with self.database.writing() as session:
            number = await answers.add(
                session, request=plain(request), asked_at=asked_at, time_zone=zone.key, direct_only=direct_only, found=order
            )
        return page_of(reply, number, order, since=None, size=page)

    async def page(self, answer_id: int, *, since: int | None, size: int) -> Reply:
        """A page of a kept answer as it is now: the quotes behind `since`, without those corrected away. Raises NotFound."""
        kept = await self._one(answer_id)
        reply, _ = await self._whole(kept, None)
        page = page_of(reply, answer_id, kept.found, since=since, size=size)
        return page if page.sections else replace(page, notes=(_NOTHING_LEFT,), suggestions=())

    async def narrow(self, answer_id: int, *, page: int) -> Reply:
        """What a kept answer answers, with direct quotes only: read as when it was asked. Raises NotFound."""
        kept = replace(await self._one(answer_id), direct_only=True)
        reply, hits = await self._whole(kept, MOST_KEPT)
        zone = ZoneInfo(kept.time_zone)
        return await self.first_page(reply, kept.request, hits, asked_at=kept.asked_at, zone=zone, direct_only=True, page=page)

    async def export(self, answer_id: int) -> Export:
        """Every quote of what a kept answer answers, as CSV. Raises NotFound."""
        reply, _ = await self._whole(await self._one(answer_id), _MOST_EXPORTED)
        return await asyncio.to_thread(csv_of, reply)

    async def _one(self, answer_id: int) -> KeptAnswer:
        async with self.database.reading() as session:
            kept = await answers.get(session, answer_id)
        if kept is None:
            raise NotFound("This answer is no longer kept.", "Ask the question again.")
        return kept

    async def _whole(self, kept: KeptAnswer, most: int | None) -> tuple[Reply, Sequence[int]]:
        """All that is answered to the request, with the quotes found then or, with `most`, as many as are found now; and their numbers."""
        async with self.database.reading() as session:
            known = await articles.outlets(session)
            request = commands.parse(kept.request, now=kept.asked_at, zone=ZoneInfo(kept.time_zone), outlets=known)
            match request:
                case Show(reference):
                    return await self._article(session, reference, direct_only=kept.direct_only), ()
                case Ask(asked):
                    asked = asked.only(kinds=(QuoteKind.DIRECT,)) if kept.direct_only else asked
                case _:
                    raise NotUnderstood("This answer is not one that can be paged.", "Ask the question again.")
            if most is None:
                found = await found_again(session, asked, kept.found, more=len(kept.found) >= MOST_KEPT)
            else:
                found = await looked_up(session, asked, most)
        return await composed(found), [quote.id for quote in found.hits]

    async def _article(self, session: Session, reference: str, *, direct_only: bool) -> Reply:
        article = await one_article(session, reference)
        found = await quotes.of_article(session, article.id)
        return article_listed(article, [quote for quote in found if not direct_only or quote.kind is QuoteKind.DIRECT])


async def composed(found: Found) -> Reply:
    """The answer; the event loop does not wait while a long one is put together, or while it is looked for what could be asked instead."""
    return found.reply() if 0 < len(found.hits) <= _AT_ONCE else await asyncio.to_thread(found.reply)
