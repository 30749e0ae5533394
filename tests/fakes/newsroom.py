"""A newsroom that holds a few articles in memory and behaves like the real one, as far as an adapter can tell."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Coroutine, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import BinaryIO
from zoneinfo import ZoneInfo

from adapters.settings import Settings
from bot.bookmarking import Resumed
from bot.callers import Caller
from bot.delivery.delivering import Tally
from bot.delivery.posting import Post, Poster
from bot.errors import NotFound, NotUnderstood, VerbatimError
from bot.feeds.requests import FeedWishes, Which
from bot.previews import Preview
from bot.reading.documents import Hints
from bot.replies import (
    ArticleView,
    Chart,
    Counts,
    Export,
    ExportFormat,
    FeedFigures,
    Figures,
    Ingested,
    MarkedQuote,
    Place,
    QuoteCard,
    QuoteKind,
    Reply,
    Reports,
    SaveOutcome,
    Section,
    Sureness,
)

TEXT = "The ferry was late.\n“We will not wait,” Ada Moor said. “Nobody should.”\nShe hoped for better."
PUBLISHED = datetime(2024, 10, 14, 9, 30, tzinfo=UTC)


def span(words: str) -> tuple[int, int]:
    """Where the words stand in TEXT."""
    start = TEXT.index(words)
    return start, start + len(words)


QUOTE = MarkedQuote(
    7,
    (span("We will not wait,"), span("Nobody should.")),
    (span("Ada Moor"),),
    (span("said"),),
    "Ada Moor",
    QuoteKind.DIRECT,
    Reports.SPEECH,
    0.95,
    Sureness.SURE,
)
INDIRECT = MarkedQuote(
    8,
    (span("for better"),),
    (span("She"),),
    (span("hoped"),),
    "Ada Moor",
    QuoteKind.INDIRECT,
    Reports.ATTITUDE,
    0.6,
    Sureness.LIKELY,
)
ARTICLE = ArticleView(
    TEXT,
    (QUOTE, INDIRECT),
    headline="Ferry late",
    outlet="Harbour Post",
    published=PUBLISHED,
    url="https://harbour.example.org/ferry",
    article_id=1,
    version=2,
    versions=2,
)
PLACE = Place(1, "Harbour Post", "Ferry late", PUBLISHED, "https://harbour.example.org/ferry#:~:text=We%20will%20not%20wait")


def card(words: Sequence[str] = ("We will not wait,", "Nobody should."), speaker: str | None = "Ada Moor") -> QuoteCard:
    """A direct quote to show."""
    return QuoteCard(7, speaker, tuple(words), QuoteKind.DIRECT, Reports.SPEECH, PLACE, 0.95, Sureness.SURE)


class FakeScheduled:
    """What a newsroom posts by itself: each of `due`, once `may_deliver` is set. What is being posted when it is stopped is finished.

    `ticks` are those who looked, `rounds` counts deliveries, `mistakes` are met by each. `mishaps` are raised one by one, by what they
    are for.
    """

    def __init__(self, newsroom: "FakeNewsroom") -> None:
        self._newsroom = newsroom
        self.due: list[Post] = []
        self.may_deliver = asyncio.Event()
        self.may_deliver.set()
        self.ticks: list[str] = []
        self.rounds = 0
        self.mistakes = 0
        self.mishaps: dict[str, list[Exception]] = {"tick": [], "deliver": [], "figures": []}
        self.known = Figures(last_tick=None, due=0, sent=4, skipped=3, failed=2, uncertain=1, running=5, paused=6)
        self.happened = asyncio.Event()

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait until that is so; looked at whenever something happens here."""
        while not holds():
            self.happened.clear()
            await self.happened.wait()

    async def tick(self, process: str) -> None:
        """Write down who looked."""
        self._happens("tick")
        self.ticks.append(process)

    async def deliver(self, posters: Mapping[str, Poster], process: str, got_on: Callable[[], None]) -> Tally:
        """Post all that is due, once the test lets it."""
        assert process
        self.rounds += 1
        self._happens("deliver")
        sent = 0
        while self.due:
            await self.may_deliver.wait()
            post = self.due.pop(0)
            await _finished(posters[post.channel.platform].post(post))
            sent += 1
            got_on()
            self.happened.set()
        return Tally(sent=sent, mistakes=self.mistakes)

    async def figures(self, workspace: tuple[str, str] | None = None) -> Figures:  # noqa: ARG002 - the real one's
        """What is known."""
        self._happens("figures")
        return self.known

    async def preview(self, number: int | None, caller: Caller | None) -> Reply:
        """What would be posted."""
        return self._newsroom.answer("preview", number, caller)

    async def send_now(self, number: int, caller: Caller | None) -> Reply:
        """Done."""
        return self._newsroom.answer("send_now", number, caller)

    async def deliveries(self, number: int | None, caller: Caller | None) -> Reply:
        """What was posted."""
        return self._newsroom.answer("deliveries", number, caller)

    async def all(self) -> Reply:
        """All of them."""
        return self._newsroom.answer("all")

    async def picture(self, chart: Chart) -> bytes:
        """The title, for a picture."""
        return chart.title.encode()

    def _happens(self, what: str) -> None:
        self.happened.set()
        if self.mishaps[what]:
            raise self.mishaps[what].pop(0)


class FakeFeeds:
    """Feeds that are set up and listed by word of mouth: every call is kept by the newsroom, which answers.

    `known` are their figures. What stands in `refused` is refused. `due` are looked at, after which each has one entry to bring.
    """

    def __init__(self, newsroom: "FakeNewsroom") -> None:
        self._newsroom = newsroom
        self.known = FeedFigures(feeds=0, paused=0, failing=0, waiting=0, new=0, last_checked=None)
        self.refused: dict[object, VerbatimError] = {}
        self.parts: list[Reply] = []
        self.due = 0
        self.waiting: list[Ingested] = []
        self.opml = b"<opml/>"

    async def figures(self) -> FeedFigures:
        """What is known."""
        return self.known

    async def all(self, which: Which, limit: int) -> AsyncIterator[Reply]:
        """The parts that the test gives, or the reply."""
        assert limit
        self._newsroom.asked.append(("all", which))
        for part in self.parts or [self._newsroom.reply]:
            yield part

    async def show(self, number: int, caller: None) -> Reply:
        """A feed."""
        return self._answer("show", number, caller)

    async def preview(self, url: str, caller: None, wishes: FeedWishes) -> Reply:
        """What would come."""
        return self._answer("preview", url, caller, wishes)

    async def add(self, url: str, caller: None, wishes: FeedWishes) -> Reply:
        """Done."""
        return self._answer("add", url, caller, wishes)

    async def change(self, number: int, wishes: FeedWishes, caller: None) -> Reply:
        """Done."""
        return self._answer("change", number, caller, wishes)

    async def pause(self, number: int, caller: None) -> Reply:
        """Done."""
        return self._answer("pause", number, caller)

    async def resume(self, number: int, caller: None) -> Reply:
        """Done."""
        return self._answer("resume", number, caller)

    async def check(self, number: int, caller: None) -> Reply:
        """Done."""
        return self._answer("check", number, caller)

    async def move(self, number: int, caller: None) -> Reply:
        """Done."""
        return self._answer("move", number, caller)

    async def remove(self, number: int, caller: None) -> Reply:
        """Done."""
        return self._answer("remove", number, caller)

    async def do(self, command: object, caller: None) -> Reply:
        """Done."""
        return self._answer("do", command, caller)

    async def import_list(self, data: bytes, caller: None) -> Reply:
        """Done."""
        return self._answer("import_list", data, caller)

    async def export(self) -> Export:
        """The list."""
        return Export("feeds.opml", self.opml, "3 feeds as OPML.", "3 feeds")

    async def trouble(self, number: int) -> str | None:
        """The reason for which it is refused."""
        return str(self.refused[f"look {number}"]) if f"look {number}" in self.refused else None

    async def look(self, limit: int, *, only: Collection[int] | None = None) -> int:
        """Look at what is due."""
        self._newsroom.asked.append(("look", only))
        looked, self.due = min(limit, self.due), max(0, self.due - limit)
        return looked

    async def bring(self, limit: int, *, only: Collection[int] | None = None, tell: Callable[[Ingested], object]) -> int:
        """Bring what waits."""
        self._newsroom.asked.append(("bring", only))
        taken, self.waiting = self.waiting[:limit], self.waiting[limit:]
        for one in taken:
            tell(one)
        return 0

    def _answer(self, name: str, what: object, *given: object) -> Reply:
        if what in self.refused:
            raise self.refused[what]
        return self._newsroom.answer(name, what, *given)


async def _finished(work: Coroutine[object, object, object]) -> None:
    task = asyncio.ensure_future(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        await task
        raise


class FakeNewsroom:
    """Answers for the one article that it holds. `asked` keeps every call; `mishap` is raised by the next answer."""

    def __init__(self) -> None:
        self.article: ArticleView | None = ARTICLE
        unstored = tuple(replace(quote, quote_id=None) for quote in ARTICLE.quotes)
        self.preview = replace(ARTICLE, quotes=unstored, article_id=None, version=None, versions=None)
        self.asked: list[tuple[object, ...]] = []
        self.mishap: BaseException | None = None
        self.reply = Reply("Quotes about the ferry", (Section("Ada Moor", "1 quote", (card(),)),))
        self.opened = 0
        self.stored: list[bool] = []
        self.processes: int | None = None
        self.left_off: tuple[str, int] | None = None
        self.scheduled = FakeScheduled(self)
        self.feeds = FakeFeeds(self)

    def opener(self) -> Callable[..., AbstractAsyncContextManager["FakeNewsroom"]]:
        """What stands in for `adapters.composition.open_newsroom`."""

        @asynccontextmanager
        async def open_newsroom(settings: Settings, *, stored: bool = True, processes: int | None = None) -> AsyncIterator[FakeNewsroom]:
            assert settings.author
            self.processes = processes
            self.opened += 1
            self.stored.append(stored)
            try:
                yield self
            finally:
                self.opened -= 1

        return open_newsroom

    async def ingest(
        self,
        arguments: Sequence[str],
        *,
        hints: Hints,
        restore: bool = False,
        stdin: BinaryIO | None = None,
        resumed: Resumed | None = None,
    ) -> AsyncIterator[Ingested]:
        """Every argument is an article, but for those that end in .jpg."""
        self.asked.append(("ingest", *arguments, hints, restore, stdin is not None))
        if self.left_off and resumed:
            resumed(*self.left_off)
        for done, name in enumerate(arguments, 1):
            await asyncio.sleep(0)
            if self.mishap:
                raise self.mishap
            if name.endswith(".jpg"):
                yield Ingested(name, None, reason="It is a picture.", done=done, total=len(arguments))
            else:
                yield Ingested(name, SaveOutcome.ADDED, done, f"Headline of {name}", 2, done=done, total=len(arguments))

    async def read_for_meaning(self) -> int:
        """Nothing waits."""
        return 0

    async def reread(self) -> AsyncIterator[Ingested]:
        """The one article, read again."""
        self.asked.append(("reread",))
        await asyncio.sleep(0)
        yield Ingested("Ferry late", SaveOutcome.UNCHANGED, 1, "Ferry late", 2, done=1, total=1)

    async def read(
        self, arguments: Sequence[str], *, raw: bool = False, processes: int | None = None, stdin: BinaryIO | None = None
    ) -> AsyncIterator[Preview]:
        """The article, as if it stood in every file but for those that end in .jpg."""
        self.asked.append(("read", *arguments, raw, processes, stdin is not None))
        for done, name in enumerate(arguments, 1):
            await asyncio.sleep(0)
            if self.mishap:
                raise self.mishap
            if name.endswith(".jpg"):
                yield Preview(name, reason="It is a picture.", done=done, total=len(arguments))
            else:
                yield Preview(name, (self.preview,), done=done, total=len(arguments))

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
        """The quotes, or nothing."""
        return self.answer("ask", text, direct_only, attitudes, outlet, since, until, limit, caller and caller.author)

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
        """The quotes as a file."""
        return self._file(kind, "ask_for_file", text, kind, direct_only, attitudes, outlet, since, until, limit)

    async def next_page(self, answer_id: int | None, caller: Caller, *, page: int) -> Reply:
        """The quotes, or nothing."""
        return self.answer("next_page", answer_id, caller.author, page)

    async def export(self, answer_id: int, kind: ExportFormat = ExportFormat.CSV) -> Export:
        """The quotes as a file."""
        return self._file(kind, "export", answer_id, kind)

    async def show(self, reference: str, *, version: int | None = None) -> ArticleView:
        """The article by its number."""
        self.answer("show", reference, version)
        return self._held(reference)

    async def fix(self, quote_id: int, speaker: str, *, author: str) -> Reply:
        """Done."""
        return self.answer("fix", quote_id, speaker, author)

    async def reject(self, quote_id: int, *, author: str) -> Reply:
        """Done."""
        return self.answer("reject", quote_id, author)

    async def people(self, name: str | None) -> Reply:
        """Who speaks."""
        return self.answer("people", name)

    async def who(self, name: str, *, zone: ZoneInfo | None = None) -> Reply:  # noqa: ARG002 - the real one's
        """Who that is."""
        return self.answer("who", name)

    async def merge(self, name: str, into: str, *, author: str) -> Reply:
        """Done."""
        return self.answer("merge", name, into, author)

    async def split(self, name: str, article_ids: Sequence[int], new_name: str | None, *, author: str) -> Reply:
        """Done."""
        return self.answer("split", name, tuple(article_ids), new_name, author)

    async def corrections(self) -> Reply:
        """Those made."""
        return self.answer("corrections")

    async def undo(self, correction_id: int | None, *, author: str) -> Reply:
        """Done."""
        return self.answer("undo", correction_id, author)

    async def remove(self, reference: str, *, author: str) -> Reply:
        """Take the article down."""
        self._held(reference)
        self.article = None
        return self.answer("remove", reference, author)

    async def digest(self, *, since: str | None = None, until: str | None = None, about: str = "") -> Reply:
        """A digest."""
        return self.answer("digest", since, until, about)

    async def status(self, *, to_operator: bool = False, caller: Caller | None = None) -> Reply:  # noqa: ARG002 - the real one's
        """What is held."""
        return self.answer("status")

    async def handle(self, text: str, caller: Caller, *, page: int | None = None) -> Reply:  # noqa: ARG002 - the real one's
        """Everything by text; 'nonsense' is not understood."""
        if text == "nonsense":
            raise NotUnderstood("That is nonsense.", "Ask who said what.", suggestions=("who said what about ferries",))
        return self.answer("handle", text, caller.author)

    async def explained(self, error: VerbatimError) -> Reply:
        """The error with what it suggests."""
        return Reply(str(error), suggestions=error.suggestions)

    async def counts(self) -> Counts:
        """One article with two quotes, one of them an attitude."""
        return Counts(articles=1, quotes=1, speakers=1, outlets=1, last_read=PUBLISHED, attitudes=1)

    def answer(self, *call: object) -> Reply:
        """Keep the call, and give the reply or the mishap."""
        self.asked.append(call)
        if self.mishap:
            mishap, self.mishap = self.mishap, None
            raise mishap
        return self.reply

    def _file(self, kind: ExportFormat, *call: object) -> Export:
        return Export(f"ferry.{kind}", b"We will not wait,", self.answer(*call).understood, "1 quote")

    def _held(self, reference: str) -> ArticleView:
        if self.article is None or reference != "1":
            raise NotFound(f"There is no article {reference}.", "See 'verbatim status'.")
        return self.article
