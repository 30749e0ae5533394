"""Questions answered from the store, and answers that are kept: paged, narrowed and exported for as long as their message stands."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot import refused
from bot.asking import question as questions
from bot.asking.finding import Found, looked_up
from bot.asking.question import Question
from bot.asking.restricting import Restrictions, line_of, restricted
from bot.cards import card
from bot.describing import description
from bot.embedding.embeds import Embeds
from bot.errors import NotFound, NotUnderstood
from bot.help import Known, known
from bot.keeping import Asking, Keeping, at_first, composed, exported
from bot.listings import article_listed
from bot.naming import one_article, one_quote
from bot.quoted_words import quoted_words
from bot.replies import Export, ExportFormat, Passage, Reply, Voice
from bot.stories import told_by
from storage import articles, passages, quotes, speakers, stories
from storage.database import Database, Session
from storage.records import StoredSpeaker

SHOWN = 20
_NAMES = 2000
_TEXTS = 200


@dataclass(frozen=True, slots=True)
class Answering:
    """Answers questions. A page of an answer that is kept names it by its number; what it holds stays, whatever is read later."""

    database: Database
    clock: Callable[[], datetime]
    zone: ZoneInfo
    keeping: Keeping
    embedder: Embeds | None = None

    async def ask(self, text: str, given: Restrictions, *, limit: int, asker: str | None) -> Reply:
        """Answer a question, restricted further as given, with at most `limit` quotes. Raises NotUnderstood.

        The answer to an `asker` is kept where it has more, so that it can be gone on with; not where no line of chat says the same.
        """
        now = self.clock()
        async with self.database.reading() as session:
            known = await articles.outlets(session)
            asked = restricted(text, given, now=now, zone=self.zone, outlets=known)
            line = line_of(text, given, asked, now=now, zone=self.zone, outlets=known) if asker else None
            most = limit if line is None else at_first(limit)
            found = None if asked.declined else await looked_up(session, asked, most, self.embedder)
        found = found or await self._declined(asked, most)
        if line is None or (len(found.numbers) <= limit and not found.more):
            return await composed(found)
        return await self.keeping.answered(found, Asking(line, now, self.zone, given.direct_only, asker), page=limit)

    async def export(self, text: str, given: Restrictions, *, kind: ExportFormat, limit: int) -> Export:
        """The answer to a question, restricted further as given, as a file of at most `limit` quotes. Raises NotUnderstood."""
        now = self.clock()
        async with self.database.reading() as session:
            asked = restricted(text, given, now=now, zone=self.zone, outlets=await articles.outlets(session))
            found = None if asked.declined else await looked_up(session, asked, limit, self.embedder)
        return await exported(found or await self._declined(asked, limit), kind, now)

    async def _declined(self, asked: Question, limit: int) -> Found:
        """Who gave no comment: articles that were stored before that was kept are looked through first."""
        await refused.catch_up(self.database, refused.AT_ONCE)
        async with self.database.reading() as session:
            return await looked_up(session, asked, limit, self.embedder)

    async def article(self, reference: str, asking: Asking, *, page: int | None) -> Reply:
        """The quotes of an article, by its number, link or words of its headline. Raises NotFound or Ambiguous."""
        async with self.database.reading() as session:
            article = await one_article(session, reference)
            found = await quotes.of_article(session, article.id)
            told = await stories.tellings(session, [article.id])
        listed = article_listed(article, found)
        reply = replace(listed, notes=(*listed.notes, *told_by(article.id, told)))
        if page is None:
            return reply
        return await self.keeping.first_page(reply, replace(asking, request=f"show {article.id}"), page=page)

    async def known(self) -> Known:
        """What can be asked about."""
        async with self.database.reading() as session:
            names = await speakers.names(session, _NAMES)
            headlines = await articles.headlines(session, _TEXTS)
            said = await quotes.newest_words(session, _TEXTS)
        return known(names, headlines, said)

    async def answered(self, session: Session, asked: Question, *, keeping: bool) -> Found:
        """What the store has for a question: as much as is shown at once, or as an answer keeps at first."""
        return await looked_up(session, asked, at_first() if keeping else SHOWN, self.embedder)

    async def find_words(self, text: str, asker: str, *, zone: ZoneInfo, page: int) -> tuple[Reply, ...]:
        """Who said the words that a message quotes: an answer to `asker` for each phrase. Raises NotUnderstood where there is none."""
        phrases = quoted_words(text)
        if not phrases:
            raise NotUnderstood(
                "There are no quoted words to look for in that message.", "Choose one with three words or more in quotation marks."
            )
        replies = []
        now = self.clock()
        for phrase in phrases:
            request = f"who said “{phrase}”"
            async with self.database.reading() as session:
                asked = questions.parse(request, now=now, zone=zone)
                found = await self.answered(session, asked, keeping=True)
            replies.append(await self.keeping.answered(found, Asking(request, now, zone, asker=asker), page=page))
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
        return tuple(Voice(one.id, one.name, description(one)) for one in ordered)


async def _counting(session: Session, speaker: StoredSpeaker) -> StoredSpeaker:
    """The speaker whom this one counts for after merges."""
    while speaker.merged_into is not None and (into := await speakers.get(session, speaker.merged_into)):
        speaker = into
    return speaker
