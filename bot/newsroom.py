"""The face of the core: everything that a way in can ask of Verbatim, as platform-neutral data."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import BinaryIO
from zoneinfo import ZoneInfo

from bot import commands
from bot.asking import question as questions
from bot.asking.dates import the_date
from bot.asking.finding import Found, looked_up, wanted_by, whom
from bot.asking.forms import THOUGHT_AND_SAID
from bot.asking.outlets import outlet_named
from bot.asking.question import Question
from bot.cards import card, counted_cards
from bot.correcting import Correcting, take_down
from bot.digests.digest import compile_digest
from bot.errors import NotFound
from bot.intake import Intake
from bot.listings import held, people_listed, typed
from bot.naming import one_article, people_called
from bot.previews import Preview, Previews
from bot.quoting.engine import Engine
from bot.reading.documents import Hints
from bot.reading.pages import Fetcher
from bot.replies import ArticleView, Ingested, QuoteKind, Reply, Reports, Section
from bot.views import stored_view
from storage import articles, quotes, search, speakers
from storage.database import Database
from storage.records import StoredQuote

SHOWN = 20
_DIGEST_QUOTES = 2000
_DAY = timedelta(days=1)
_PEOPLE = 30


class Newsroom:
    """The newsroom over one store. Every method raises `VerbatimError` for what a person can act on."""

    def __init__(self, database: Database, *, engine: Engine, fetcher: Fetcher, zone: ZoneInfo, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._engine = engine
        self._zone = zone
        self._clock = clock
        self._intake = Intake(database, engine, fetcher, clock, zone)
        self._previews = Previews(engine, fetcher, clock)
        self._correcting = Correcting(database, clock, zone)

    # --- articles ---------------------------------------------------------------------------------

    def ingest(
        self, arguments: Sequence[str], *, hints: Hints, restore: bool = False, stdin: BinaryIO | None = None
    ) -> AsyncIterator[Ingested]:
        """Read and store what paths, folders, addresses and `-` give; one item for each article, or for what was none."""
        return self._intake.ingest(arguments, hints=hints, restore=restore, stdin=stdin)

    def reread(self) -> AsyncIterator[Ingested]:
        """Take the quotes out of the stored articles again that another engine read."""
        return self._intake.reread()

    def read(
        self, arguments: Sequence[str], *, raw: bool = False, processes: int | None = None, stdin: BinaryIO | None = None
    ) -> AsyncIterator[Preview]:
        """The articles that paths, folders, addresses and `-` give, with their quotes; nothing is stored. See `Previews.of`."""
        return self._previews.of(arguments, raw=raw, processes=processes, stdin=stdin)

    async def show(self, reference: str, *, version: int | None = None) -> ArticleView:
        """A stored article with its quotes marked. An older version has no quotes of its own: they follow the newest."""
        async with self._database.reading() as session:
            newest = await one_article(session, reference)
            article = newest if version is None else await articles.get(session, newest.id, version)
            if article is None:
                raise NotFound(f"Article {newest.id} has no version {version}.", f"Its versions are 1 to {newest.version}.")
            found = await quotes.of_article(session, article.id)
        return stored_view(article, found, versions=newest.version)

    async def remove(self, reference: str, *, author: str) -> Reply:
        """Take an article down with all that came from it."""
        async with self._database.writing() as session:
            return await take_down(session, reference, author=author, at=self._clock())

    # --- asking -----------------------------------------------------------------------------------

    async def ask(
        self,
        text: str,
        *,
        direct_only: bool = False,
        attitudes: bool = False,
        outlet: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int | None = None,
    ) -> Reply:
        """Answer a question. The options restrict it further, but for `attitudes`; dates are given as people write them."""
        async with self._database.reading() as session:
            known = await articles.outlets(session)
            asked = questions.parse(text, now=self._clock(), zone=self._zone, outlets=known)
            if direct_only:
                asked = asked.only(kinds=(QuoteKind.DIRECT,))
            if attitudes:
                asked = asked.only(reports=THOUGHT_AND_SAID)
            if outlet is not None:
                asked = asked.only(outlet=outlet_named(outlet, known))
            if since is not None or until is not None:
                asked = self._within(asked, since, until)
            found = await looked_up(session, asked, limit or SHOWN)
        return await _answer(found)

    def _within(self, asked: Question, since: str | None, until: str | None) -> Question:
        first = the_date(since, now=self._clock(), zone=self._zone).since if since else asked.since
        last = the_date(until, now=self._clock(), zone=self._zone).until if until else asked.until
        return asked.only(since=first, until=last, zone=self._zone)

    # --- people and corrections -------------------------------------------------------------------

    async def people(self, name: str | None) -> Reply:
        """The speakers most quoted, or those who go by a name, with what the articles call them."""
        async with self._database.reading() as session:
            found = await people_called(session, name) if name else await speakers.most_quoted(session, _PEOPLE)
        return people_listed(found[:_PEOPLE], name)

    async def fix(self, quote_id: int, speaker: str, *, author: str) -> Reply:
        """Give a quote to another speaker."""
        return await self._correcting.fix(quote_id, speaker, author=author)

    async def reject(self, quote_id: int, *, author: str) -> Reply:
        """Say that a quote is none."""
        return await self._correcting.reject(quote_id, author=author)

    async def merge(self, name: str, into: str, *, author: str) -> Reply:
        """Make one speaker count as another."""
        return await self._correcting.merge(name, into, author=author)

    async def split(self, name: str, article_ids: Sequence[int], new_name: str | None, *, author: str) -> Reply:
        """Give what some articles quote of a speaker to another one of its own."""
        return await self._correcting.split(name, article_ids, new_name, author=author)

    async def corrections(self) -> Reply:
        """The corrections made."""
        return await self._correcting.listed()

    async def undo(self, correction_id: int | None, *, author: str) -> Reply:
        """Take a correction back."""
        return await self._correcting.undo(correction_id, author=author)

    # --- digests and status -----------------------------------------------------------------------

    async def digest(self, *, since: str | None = None, until: str | None = None, about: str = "") -> Reply:
        """The digest of what was said in what was read in a period, by default in the last day."""
        async with self._database.reading() as session:
            known = await articles.outlets(session)
        restriction = f"quotes about {about}"
        asked = questions.parse(restriction, now=self._clock(), zone=self._zone, outlets=known) if about.strip() else Question()
        return await self._digest(self._within(asked, since, until))

    async def _digest(self, asked: Question) -> Reply:
        since = asked.since or (asked.until or self._clock()) - _DAY
        async with self._database.reading() as session:
            asked, heard = await whom(session, asked)
            wanted = wanted_by(replace(asked, since=None, until=None), heard)
            found: list[StoredQuote] = []
            if wanted is not None:
                wanted = replace(wanted, reports=Reports.SPEECH, read_since=since, read_until=asked.until, limit=_DIGEST_QUOTES)
                found = await search.quotes(session, wanted)
        restricted = questions.restricted(asked, [speaker.name for speaker in heard])
        return compile_digest(found, zone=self._zone, since=since, until=asked.until, restricted=restricted)

    async def status(self) -> Reply:
        """What is stored, and by which engine it is read."""
        async with self._database.reading() as session:
            counts = await articles.counts(session)
            newest = await articles.newest(session, 1)
            behind = len(await articles.read_by_other_engine(session, self._engine.name))
        return held(counts, newest, behind, database=self._database.name, engine=self._engine.name, zone=self._zone)

    # --- chat -------------------------------------------------------------------------------------

    async def handle(self, text: str, *, author: str) -> Reply:
        """Answer a line of chat: a question, or one of the commands."""
        async with self._database.reading() as session:
            known = await articles.outlets(session)
            command = commands.parse(text, now=self._clock(), zone=self._zone, outlets=known)
            if isinstance(command, commands.Ask):
                return await _answer(await looked_up(session, command.question, SHOWN))
        match command:
            case commands.Digest(asked):
                return await self._digest(asked)
            case commands.Show(reference):
                return await self._shown(reference)
            case commands.People(name):
                return await self.people(name or None)
            case commands.Status():
                return await self.status()
            case commands.Help():
                return typed()
            case _:
                return await self._correct(command, author)

    async def _correct(self, command: commands.Correction, author: str) -> Reply:
        match command:
            case commands.Fix(quote_id, speaker):
                return await self.fix(quote_id, speaker, author=author)
            case commands.Reject(quote_id):
                return await self.reject(quote_id, author=author)
            case commands.Merge(name, into):
                return await self.merge(name, into, author=author)
            case commands.Split(name, numbers, new_name):
                return await self.split(name, numbers, new_name or None, author=author)
            case commands.Undo(correction_id):
                return await self.undo(correction_id, author=author)
            case commands.Corrections():
                return await self.corrections()
            case commands.Remove(reference):
                return await self.remove(reference, author=author)

    async def _shown(self, reference: str) -> Reply:
        async with self._database.reading() as session:
            article = await one_article(session, reference)
            found = await quotes.of_article(session, article.id)
        shown = tuple(card(quote) for quote in found if not quote.rejected)
        facts = [fact for fact in (article.outlet, counted_cards(shown)) if fact]
        return Reply(f"Article {article.id}.", (Section(article.headline or article.identity, ", ".join(facts), shown),))


async def _answer(found: Found) -> Reply:
    """The answer; the event loop does not wait while it is looked for what could be asked instead."""
    return found.reply() if found.hits else await asyncio.to_thread(found.reply)
