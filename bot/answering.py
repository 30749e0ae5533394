"""Questions answered from the store, and answers that are kept: paged, narrowed and exported for as long as their message stands."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.asking import question as questions
from bot.asking.finding import Found, found_again, looked_up, within
from bot.asking.forms import THOUGHT_AND_SAID
from bot.asking.outlets import outlet_named
from bot.asking.question import Question
from bot.cards import card, counted_cards
from bot.errors import NotFound, NotUnderstood
from bot.exports import csv_of
from bot.listings import askable
from bot.naming import described, one_article, one_quote
from bot.paging import order_of, page_of
from bot.quoted_words import quoted_words
from bot.replies import Export, Passage, QuoteKind, Reply, Section, Voice
from storage import answers, articles, passages, quotes, speakers
from storage.database import Database, Session
from storage.records import KeptAnswer, StoredSpeaker

SHOWN = 20
MOST_KEPT = 100
_MOST_EXPORTED = 10_000
_EXAMPLES = 2
_TEXTS = 200


@dataclass(frozen=True, slots=True)
class Answering:
    """Answers questions. A page of an answer that is kept names it by its number; what it holds stays, whatever is read later."""

    database: Database
    clock: Callable[[], datetime]
    zone: ZoneInfo

    async def ask(
        self, text: str, *, direct_only: bool, attitudes: bool, outlet: str | None, since: str | None, until: str | None, limit: int
    ) -> Reply:
        """Answer a question, restricted further by the options, but for `attitudes`. Raises NotUnderstood."""
        async with self.database.reading() as session:
            known = await articles.outlets(session)
            asked = questions.parse(text, now=self.clock(), zone=self.zone, outlets=known)
            if direct_only:
                asked = asked.only(kinds=(QuoteKind.DIRECT,))
            if attitudes:
                asked = asked.only(reports=THOUGHT_AND_SAID)
            if outlet is not None:
                asked = asked.only(outlet=outlet_named(outlet, known))
            if since is not None or until is not None:
                asked = within(asked, since, until, now=self.clock(), zone=self.zone)
            found = await looked_up(session, asked, limit)
        return await composed(found)

    async def article(self, reference: str) -> Reply:
        """The quotes of an article, by its number, link or words of its headline. Raises NotFound or Ambiguous."""
        async with self.database.reading() as session:
            article = await one_article(session, reference)
            found = await quotes.of_article(session, article.id)
        shown = tuple(card(quote) for quote in found if not quote.rejected)
        facts = [fact for fact in (article.outlet, counted_cards(shown)) if fact]
        return Reply(f"Article {article.id}.", (Section(article.headline or article.identity, ", ".join(facts), shown),))

    async def examples(self) -> tuple[str, ...]:
        """Requests that what is stored can answer; none while nothing is."""
        async with self.database.reading() as session:
            names = await speakers.names(session, _EXAMPLES)
            headlines = await articles.headlines(session, _TEXTS)
            said = await quotes.newest_words(session, _TEXTS)
        return askable(names, headlines, said)

    async def answered(self, session: Session, asked: Question, *, keeping: bool) -> Found:
        """What the store has for a question: as much as is shown at once, or as an answer keeps."""
        return await looked_up(session, asked, MOST_KEPT if keeping else SHOWN)

    async def first_page(self, found: Found, request: str, *, zone: ZoneInfo, direct_only: bool = False, page: int) -> Reply:
        """The first page of an answer to `request`, as typed in `zone`, which is kept if there is anything in it."""
        reply = await composed(found)
        if not found.hits:
            return reply
        order = order_of(reply, [quote.id for quote in found.hits])
        async with self.database.writing() as session:
            number = await answers.add(
                session,
                request=request,
                asked_at=self.clock(),
                time_zone=zone.key,
                direct_only=direct_only,
                found=order,
            )
        return page_of(reply, number, order, since=None, size=page)

    async def page(self, answer_id: int, *, since: int | None, size: int) -> Reply:
        """A page of a kept answer as it is now: the quotes behind `since`, without those corrected away. Raises NotFound."""
        async with self.database.reading() as session:
            kept = await _kept(session, answer_id)
            found = await found_again(session, await self._asked(session, kept), kept.found, more=len(kept.found) >= MOST_KEPT)
        return page_of(await composed(found), answer_id, kept.found, since=since, size=size)

    async def narrow(self, answer_id: int, *, page: int) -> Reply:
        """The question of a kept answer again, for direct quotes only: read as when it was asked. Raises NotFound."""
        async with self.database.reading() as session:
            kept = await _kept(session, answer_id)
            asked = (await self._asked(session, kept)).only(kinds=(QuoteKind.DIRECT,))
            found = await self.answered(session, asked, keeping=True)
        return await self.first_page(found, kept.request, zone=ZoneInfo(kept.time_zone), direct_only=True, page=page)

    async def export(self, answer_id: int) -> Export:
        """Every quote that answers the question of a kept answer, as CSV. Raises NotFound."""
        async with self.database.reading() as session:
            kept = await _kept(session, answer_id)
            found = await looked_up(session, await self._asked(session, kept), _MOST_EXPORTED)
        return await asyncio.to_thread(lambda: csv_of(found.reply()))

    async def find_words(self, text: str, *, zone: ZoneInfo, page: int) -> tuple[Reply, ...]:
        """Who said the words that a message quotes: one answer for each phrase. Raises NotUnderstood where there is none."""
        phrases = quoted_words(text)
        if not phrases:
            raise NotUnderstood(
                "There are no quoted words to look for in that message.", "Choose one with three words or more in quotation marks."
            )
        replies = []
        for phrase in phrases:
            request = f"who said “{phrase}”"
            async with self.database.reading() as session:
                asked = questions.parse(request, now=self.clock(), zone=zone)
                found = await self.answered(session, asked, keeping=True)
            replies.append(await self.first_page(found, request, zone=zone, page=page))
        return tuple(replies)

    async def passage(self, quote_id: int) -> Passage:
        """The words around a quote. Raises NotFound."""
        async with self.database.reading() as session:
            quote = await one_quote(session, quote_id)
            around = await passages.around(session, quote_id)
        if around is None:
            raise NotFound(f"There is no quote {quote_id}.", "Its article may have been taken down.")
        content = tuple((start - around.start, end - around.start) for start, end in quote.content)
        return Passage(card(quote), around.text, content, begins=around.begins, ends=around.ends)

    async def voices(self, quote_id: int) -> tuple[Voice, ...]:
        """Whom the article of a quote quotes or names, the most quoted first; its own speaker first of all. Raises NotFound."""
        async with self.database.reading() as session:
            quote = await one_quote(session, quote_id)
            named = await speakers.of_article(session, quote.article_id)
            counting = {one.id: one for one in [await _counting(session, one) for one in named]}
        ordered = sorted(counting.values(), key=lambda one: one.id != quote.speaker_id)
        return tuple(Voice(one.id, one.name, described(one).removeprefix(one.name).strip(" ()")) for one in ordered)

    async def _asked(self, session: Session, kept: KeptAnswer) -> Question:
        known = await articles.outlets(session)
        asked = questions.parse(kept.request, now=kept.asked_at, zone=ZoneInfo(kept.time_zone), outlets=known)
        return asked.only(kinds=(QuoteKind.DIRECT,)) if kept.direct_only else asked


async def composed(found: Found) -> Reply:
    """The answer; the event loop does not wait while a long one is put together, or while it is looked for what could be asked instead."""
    return found.reply() if 0 < len(found.hits) <= SHOWN else await asyncio.to_thread(found.reply)


async def _kept(session: Session, answer_id: int) -> KeptAnswer:
    kept = await answers.get(session, answer_id)
    if kept is None:
        raise NotFound("This answer is no longer kept.", "Ask the question again.")
    return kept


async def _counting(session: Session, speaker: StoredSpeaker) -> StoredSpeaker:
    """The speaker whom this one counts for after merges."""
    while speaker.merged_into is not None and (into := await speakers.get(session, speaker.merged_into)):
        speaker = into
    return speaker
