"""The face of the core: everything that a way in can ask of Verbatim, as platform-neutral data."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import BinaryIO
from zoneinfo import ZoneInfo

from bot import refused, requests, stories
from bot.answering import SHOWN, Answering
from bot.asking.restricting import Restrictions
from bot.bookmarking import Resumed
from bot.bounded import Workers
from bot.callers import Caller, Home, Right
from bot.correcting import Correcting
from bot.digesting import Digesting
from bot.embedding import storing
from bot.embedding.embeds import Embeds
from bot.errors import VerbatimError
from bot.feeding import Feeding
from bot.feeds.newcomers import TAKEN_AT_FIRST
from bot.helping import Helping
from bot.homes import Homes
from bot.intake import Intake
from bot.introducing import Introducing
from bot.keeping import MOST_EXPORTED, Asking, Keeping, asker_of, composed
from bot.lines import Lines
from bot.options import Keyword, Options
from bot.previews import Preview, Previews
from bot.quoting.engine import Engine
from bot.reading.documents import Hints
from bot.reading.pages import Web
from bot.replies import ArticleView, Counts, Export, ExportFormat, Ingested, Passage, Reply, Voice
from bot.scheduled import Scheduled
from bot.shelf import Shelf
from bot.subscriptions.guarding import allow
from bot.suggesting import Suggesting
from storage import events
from storage.database import Database

_AT_ONCE = 4
"""So many questions are looked up together: of many at once the first are answered soon then, instead of all of them late."""


class Newsroom:
    """The newsroom over one store. Every method raises `VerbatimError` for what a person can act on.

    What channels get by themselves, digests and alerts, is `scheduled`; the news that comes by itself is `feeds`.
    """

    def __init__(
        self,
        database: Database,
        *,
        engine: Engine,
        fetcher: Web,
        workers: Workers,
        zone: ZoneInfo,
        clock: Callable[[], datetime],
        embedder: Embeds | None = None,
        first_entries: int = TAKEN_AT_FIRST,
    ) -> None:
        self._database = database
        self._zone = zone
        self._embedder = embedder
        self._clock = clock
        self._intake = Intake(database, engine, fetcher, clock, zone, embedder, workers)
        self._previews = Previews(engine, fetcher, clock)
        self._keeping = Keeping(database, embedder)
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._answering = Answering(database, clock, zone, self._keeping, embedder)
        self._helping = Helping(self._answering)
        self._correcting = Correcting(database, clock, zone)
        self._digesting = Digesting(database, clock, zone)
        self._homes = Homes(database, zone)
        self._introducing = Introducing(database)
        self._shelf = Shelf(database, self._homes, zone, engine)
        self._lines = Lines(database, clock, zone, self._turns)
        self.scheduled = Scheduled(database, clock, zone, self._lines, self._digesting)
        self.feeds = Feeding(database, self._intake, fetcher, workers, clock, zone, first_entries)
        self._suggesting = Suggesting(database, self._answering, zone)

    # --- articles ---------------------------------------------------------------------------------

    def ingest(
        self,
        arguments: Sequence[str],
        *,
        hints: Hints,
        restore: bool = False,
        stdin: BinaryIO | None = None,
        resumed: Resumed | None = None,
    ) -> AsyncIterator[Ingested]:
        """Read and store what paths, folders, addresses and `-` give; one item for each article, or for what was none.

        `resumed` is told of each file or folder in which somebody was stopped before, and how many articles of it are done.
        """
        return self._intake.ingest(arguments, hints=hints, restore=restore, stdin=stdin, resumed=resumed)

    async def read_for_meaning(self) -> int:
        """Read for their meaning the articles that were stored before that was done; returns how many."""
        return await self._intake.read_for_meaning()

    def reread(self) -> AsyncIterator[Ingested]:
        """Take the quotes out of the stored articles again that another engine read."""
        return self._intake.reread()

    async def catch_up(self) -> int:
        """Look through a part of what was stored before all was kept that is now; returns how many texts wait still."""
        waiting = await refused.catch_up(self._database, refused.AT_ONCE) or await stories.catch_up(self._database, stories.AT_ONCE)
        if waiting or self._embedder is None:
            return waiting
        return await storing.catch_up(self._database, self._embedder, storing.AT_ONCE)

    def read(
        self, arguments: Sequence[str], *, raw: bool = False, processes: int | None = None, stdin: BinaryIO | None = None
    ) -> AsyncIterator[Preview]:
        """The articles that paths, folders, addresses and `-` give, with their quotes; nothing is stored. See `Previews.of`."""
        return self._previews.of(arguments, raw=raw, processes=processes, stdin=stdin)

    async def show(self, reference: str, *, version: int | None = None) -> ArticleView:
        """A stored article with its quotes marked. An older version has no quotes of its own: they follow the newest."""
        return await self._shelf.article(reference, version=version)

    async def remove(self, reference: str, *, author: str) -> Reply:
        """Take an article down with all that came from it."""
        return await self._correcting.take_down(reference, author=author)

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
        caller: Caller | None = None,
    ) -> Reply:
        """Answer a question. The options restrict it further, but for `attitudes`; dates are given as people write them.

        A `caller` can go on with the answer: it is kept where it has more than `limit` quotes.
        """
        given = Restrictions(direct_only, attitudes, outlet, since, until)
        return await self._answering.ask(text, given, limit=limit or SHOWN, asker=asker_of(caller) if caller else None)

    async def ask_for_file(
        self,
        text: str,
        kind: ExportFormat,
        *,
        direct_only: bool = False,
        attitudes: bool = False,
        outlet: str | None = None,
        since: str | None = None,
        until: str | None = None,
        limit: int | None = None,
    ) -> Export:
        """Every quote that answers a question, or at most `limit`, as a file; see `ask`."""
        given = Restrictions(direct_only, attitudes, outlet, since, until)
        return await self._answering.export(text, given, kind=kind, limit=limit or MOST_EXPORTED)

    # --- people and corrections -------------------------------------------------------------------

    async def people(self, name: str | None) -> Reply:
        """The speakers most quoted, or those who go by a name, with what the articles call them."""
        return await self._shelf.people(name or "")

    async def who(self, name: str, *, zone: ZoneInfo | None = None) -> Reply:
        """Who a speaker is, by a name, a role or a number (#12), told in `zone`. Raises NotFound and Ambiguous."""
        return await self._introducing.who(name, zone or self._zone)

    async def speaker_of(self, quote_id: int, *, zone: ZoneInfo | None = None) -> Reply:
        """Who the speaker of a quote is. Raises NotFound."""
        return await self._introducing.speaker_of(quote_id, zone or self._zone)

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
        return await self._digesting.digest(since=since, until=until, about=about)

    async def status(self, *, to_operator: bool = False, caller: Caller | None = None) -> Reply:
        """What is stored; for a caller what is posted in that workspace (of one outside any: in all), with the zone that is set there.

        `to_operator` says also what is posted in all, where it is stored, by which engine it is read, and what waits for that.
        """
        figures = await self.scheduled.figures(caller.workspace if caller else None) if caller or to_operator else None
        home = caller.home if caller else None
        return await self._shelf.status(to_operator=to_operator, home=home, figures=figures, now=self._clock())

    async def counts(self) -> Counts:
        """How much is stored."""
        return await self._shelf.counts()

    # --- chat -------------------------------------------------------------------------------------

    async def handle(self, text: str, caller: Caller, *, page: int | None = None) -> Reply:
        """Answer a line of chat: a question, or one of the commands. With `page` an answer is kept, and so many quotes are shown."""
        async with self._turns:
            async with self._database.reading() as session:
                command, asked = await self._lines.read(session, text, caller)
                if isinstance(command, requests.Who):
                    command = await self._introducing.decided(session, command)
                if isinstance(command, requests.Ask):
                    found = await self._answering.answered(session, command.question, keeping=page is not None)
            if isinstance(command, requests.Ask):
                if page is None:
                    return await composed(found)
                return await self._keeping.answered(found, Asking(text, asked.now, asked.zone, asker=asker_of(caller)), page=page)
        if isinstance(command, requests.Correction | requests.Subscribing | requests.FeedRequest):
            return await self._do(command, caller)
        if isinstance(command, requests.Show):
            asking = Asking(text, asked.now, asked.zone, asker=asker_of(caller))
            return await self._answering.article(command.reference, asking, page=page)
        if isinstance(command, requests.More):
            return await self.next_page(None, caller, page=page or SHOWN)
        if isinstance(command, requests.ExportAnswer):
            export = await self._keeping.export_newest(asker_of(caller), command.format)
            return Reply(export.title, file=export)
        told = await self._tell(command, caller)
        return replace(told, again=text) if isinstance(command, requests.Digest | requests.People | requests.Status) else told

    async def _do(self, command: requests.Correction | requests.Subscribing | requests.FeedRequest, caller: Caller) -> Reply:
        if isinstance(command, requests.Correction):
            return await self.correct(command, caller)
        if isinstance(command, requests.Subscribing):
            return await self.scheduled.do(command, caller)
        return await self.feeds.do(command, caller)

    async def _tell(self, command: requests.Telling, caller: Caller) -> Reply:
        match command:
            case requests.Digest(asked):
                return await self._digesting.of(asked, caller.zone)
            case requests.People(name):
                return await self.people(name or None)
            case requests.Who(name):
                return await self.who(name, zone=caller.zone)
            case requests.Status():
                return await self.status(caller=caller)
            case requests.TimeZone(zone):
                return await self._homes.told(caller) if zone is None else await self._homes.set_zone(zone, caller)
            case requests.Help(keyword):
                return await self._helping.help(keyword, caller)
            case requests.Thanks():
                return Reply("You are welcome.")
            case requests.Add(url):
                return await self.add(url, caller)

    async def explained(self, error: VerbatimError) -> Reply:
        """An error as a reply, with the requests that it suggests; what is no question is answered with some that the store can answer."""
        return await self._helping.explained(error)

    async def examples(self) -> tuple[str, ...]:
        """Requests that what is stored can answer; none while nothing is."""
        return await self._helping.examples()

    async def first_time(self, event: str) -> bool:
        """Whether this event of a platform is told for the first time: what is told twice is answered once, after a restart too."""
        async with self._turns, self._database.writing() as session:
            return await events.first_time(session, event, self._clock())

    async def only_asks(self, text: str, caller: Caller) -> bool:
        """Whether a line of chat changes nothing, so that it may be done again when its message is edited."""
        return await self._lines.only_asks(text, caller)

    async def remember_answer(self, event: str, posted: str) -> None:
        """Remember where the answer to an event was posted, in the platform's ids; nothing for an event that is not known."""
        async with self._turns, self._database.writing() as session:
            await events.remember_answer(session, event, posted)

    async def answer_to(self, event: str) -> str | None:
        """Where the answer to an event was posted; None where none was, and some days after the event."""
        async with self._turns, self._database.reading() as session:
            return await events.answer_to(session, event)

    async def more(self, answer_id: int, *, after: int | None, page: int) -> Reply:
        """A page of a kept answer as it is now: the quotes behind `after` (None: the first ones). Raises NotFound."""
        return await self._keeping.page(answer_id, since=after, size=page)

    async def narrow(self, answer_id: int, caller: Caller, *, page: int) -> Reply:
        """The question of a kept answer again, for direct quotes only: the last answer to the caller. Raises NotFound."""
        return await self._keeping.narrow(answer_id, asker_of(caller), page=page)

    async def next_page(self, answer_id: int | None, caller: Caller, *, page: int) -> Reply:
        """The page behind what was shown of a kept answer, or of the newest one to the caller, where none is named. Raises NotFound."""
        return await self._keeping.next_page(answer_id, asker_of(caller), size=page)

    async def reached(self, answer_id: int, last: int) -> None:
        """Remember that of a page fewer quotes were shown to its asker than it has: those up to the quote `last`."""
        await self._keeping.reached(answer_id, last)

    async def export(self, answer_id: int, kind: ExportFormat = ExportFormat.CSV) -> Export:
        """Every quote that answers the question of a kept answer, as a file. Raises NotFound."""
        return await self._keeping.export(answer_id, kind)

    async def find_words(self, text: str, caller: Caller, *, page: int) -> tuple[Reply, ...]:
        """Who said the words that a message quotes: one answer for each phrase. Raises NotUnderstood where there is none."""
        return await self._answering.find_words(text, asker_of(caller), zone=caller.zone or self._zone, page=page)

    async def passage(self, quote_id: int) -> Passage:
        """The words around a quote. Raises NotFound."""
        return await self._answering.passage(quote_id)

    async def voices(self, quote_id: int) -> tuple[Voice, ...]:
        """Whom the article of a quote quotes or names, its own speaker first. Raises NotFound."""
        return await self._answering.voices(quote_id)

    async def add(self, url: str, caller: Caller) -> Reply:
        """Read and store an article of the web. Raises NotAllowed, and CannotFetch with the reason where there is none."""
        await allow(caller, Right.ADD)
        return await self._intake.add(url)

    # --- what is typed, and where -----------------------------------------------------------------

    async def speakers_like(self, typed: str) -> tuple[str, ...]:
        """At most 25 speakers to complete what is being typed with, most quoted first: each word typed begins one of the name."""
        return await self._suggesting.speakers(typed)

    async def outlets_like(self, typed: str) -> tuple[str, ...]:
        """At most 25 outlets to complete what is being typed with, those with the most articles first."""
        return await self._suggesting.outlets(typed)

    async def topics_like(self, typed: str) -> tuple[str, ...]:
        """At most 25 topics to complete what is being typed with, those written about most of late first."""
        return await self._suggesting.topics(typed)

    def zones_like(self, typed: str) -> tuple[str, ...]:
        """At most 25 time zones (IANA names) to complete what is being typed with: by their names, or those of cities in them."""
        return self._suggesting.zones(typed)

    async def zone_of(self, home: Home) -> ZoneInfo | None:
        """The time zone that was set for a server, or for a person in direct messages; None where none was."""
        return await self._homes.zone_of(home)

    async def request_line(self, keyword: Keyword, given: Options, caller: Caller) -> str:
        """The line of chat that says the same as the options of a command, such as "who said what about ferries since Monday".

        Raises NotUnderstood where nothing was given, for a date that is none or an outlet of which nothing was read, and for
        what no line would say.
        """
        return await self._lines.of_options(keyword, given, caller)

    async def allow(self, caller: Caller, right: Right) -> None:
        """Raise NotAllowed unless the caller may: for a form that would be refused once it is filled in."""
        await allow(caller, right)

    async def correct(self, command: requests.Correction, caller: Caller) -> Reply:
        """Do what corrects something, if the caller may. Raises NotAllowed, and what the correction raises."""
        if not isinstance(command, requests.Corrections):
            await allow(caller, Right.REMOVE if isinstance(command, requests.Remove) else Right.CORRECT)
        return await self._correcting.do(command, caller.author)
