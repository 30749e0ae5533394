"""A newsroom that holds a few articles in memory and behaves like the real one, as far as an adapter can tell."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import BinaryIO

from adapters.settings import Settings
from bot.callers import Caller, Home
from bot.errors import NotFound, NotUnderstood, VerbatimError
from bot.previews import Preview
from bot.reading.documents import Hints
from bot.replies import ArticleView, Ingested, MarkedQuote, Place, QuoteCard, QuoteKind, Reply, Reports, SaveOutcome, Section, Sureness

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

    def opener(self) -> Callable[..., AbstractAsyncContextManager["FakeNewsroom"]]:
        """What stands in for `adapters.composition.open_newsroom`."""

        @asynccontextmanager
        async def open_newsroom(settings: Settings, *, stored: bool = True) -> AsyncIterator[FakeNewsroom]:
            assert settings.author
            self.opened += 1
            self.stored.append(stored)
            try:
                yield self
            finally:
                self.opened -= 1

        return open_newsroom

    async def ingest(
        self, arguments: Sequence[str], *, hints: Hints, restore: bool = False, stdin: BinaryIO | None = None
    ) -> AsyncIterator[Ingested]:
        """Every argument is an article, but for those that end in .jpg."""
        self.asked.append(("ingest", *arguments, hints, restore, stdin is not None))
        for done, name in enumerate(arguments, 1):
            await asyncio.sleep(0)
            if self.mishap:
                raise self.mishap
            if name.endswith(".jpg"):
                yield Ingested(name, None, reason="It is a picture.", done=done, total=len(arguments))
            else:
                yield Ingested(name, SaveOutcome.ADDED, done, f"Headline of {name}", 2, done=done, total=len(arguments))

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
    ) -> Reply:
        """The quotes, or nothing."""
        return self._answer("ask", text, direct_only, attitudes, outlet, since, until, limit)

    async def show(self, reference: str, *, version: int | None = None) -> ArticleView:
        """The article by its number."""
        self._answer("show", reference, version)
        return self._held(reference)

    async def fix(self, quote_id: int, speaker: str, *, author: str) -> Reply:
        """Done."""
        return self._answer("fix", quote_id, speaker, author)

    async def reject(self, quote_id: int, *, author: str) -> Reply:
        """Done."""
        return self._answer("reject", quote_id, author)

    async def people(self, name: str | None) -> Reply:
        """Who speaks."""
        return self._answer("people", name)

    async def merge(self, name: str, into: str, *, author: str) -> Reply:
        """Done."""
        return self._answer("merge", name, into, author)

    async def split(self, name: str, article_ids: Sequence[int], new_name: str | None, *, author: str) -> Reply:
        """Done."""
        return self._answer("split", name, tuple(article_ids), new_name, author)

    async def corrections(self) -> Reply:
        """Those made."""
        return self._answer("corrections")

    async def undo(self, correction_id: int | None, *, author: str) -> Reply:
        """Done."""
        return self._answer("undo", correction_id, author)

    async def remove(self, reference: str, *, author: str) -> Reply:
        """Take the article down."""
        self._held(reference)
        self.article = None
        return self._answer("remove", reference, author)

    async def digest(self, *, since: str | None = None, until: str | None = None, about: str = "") -> Reply:
        """A digest."""
        return self._answer("digest", since, until, about)

    async def status(self, *, to_operator: bool = False, home: Home | None = None) -> Reply:  # noqa: ARG002 - the real one's
        """What is held."""
        return self._answer("status")

    async def handle(self, text: str, caller: Caller, *, page: int | None = None) -> Reply:  # noqa: ARG002 - the real one's
        """Everything by text; 'nonsense' is not understood."""
        if text == "nonsense":
            raise NotUnderstood("That is nonsense.", "Ask who said what.", suggestions=("who said what about ferries",))
        return self._answer("handle", text, caller.author)

    async def explained(self, error: VerbatimError) -> Reply:
        """The error with what it suggests."""
        return Reply(str(error), suggestions=error.suggestions)

    def _answer(self, *call: object) -> Reply:
        self.asked.append(call)
        if self.mishap:
            mishap, self.mishap = self.mishap, None
            raise mishap
        return self.reply

    def _held(self, reference: str) -> ArticleView:
        if self.article is None or reference != "1":
            raise NotFound(f"There is no article {reference}.", "See 'verbatim status'.")
        return self.article
