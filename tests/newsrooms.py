"""Newsrooms over a real store for tests, with short ways to have them read articles and to look at what is stored."""

import html
import io
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import text

from bot.embedding.embeds import Embeds
from bot.newsroom import Newsroom
from bot.quoting.engine import Engine, Extraction, QuotingEngine
from bot.reading.documents import Hints
from bot.replies import Ingested, QuoteCard, Reply
from storage import quotes, search, speakers
from storage.database import Database
from storage.records import QuoteFilter, StoredQuote
from storage.schema import Base
from tests.fakes.clock import FakeClock
from tests.fakes.engine import FakeEngine
from tests.fakes.fetcher import FakeFetcher
from tests.fakes.workers import HereWorkers
from tests.snapshots import Restore, taken

LONDON = ZoneInfo("Europe/London")
ED = "Ed"
_Item = TypeVar("_Item")
_READ: dict[str, Restore | None] = {}
"""What an empty store held after it had read certain articles: taken the second time, as most are read in one test alone."""


@dataclass(frozen=True)
class Room:
    """A newsroom with all that it was built from."""

    database: Database
    clock: FakeClock
    fetcher: FakeFetcher
    engine: Engine
    newsroom: Newsroom
    embedder: Embeds | None = None

    @classmethod
    def over(cls, database: Database, engine: Engine | None = None, embedder: Embeds | None = None) -> "Room":
        return cls.of(database, FakeClock(), FakeFetcher(), engine or FakeEngine(), embedder)

    @classmethod
    def of(cls, database: Database, clock: FakeClock, fetcher: FakeFetcher, engine: Engine, embedder: Embeds | None) -> "Room":
        workers = HereWorkers()
        newsroom = Newsroom(database, engine=engine, fetcher=fetcher, workers=workers, zone=LONDON, clock=clock, embedder=embedder)
        return cls(database, clock, fetcher, engine, newsroom, embedder)

    def read_by(self, engine: Engine) -> "Room":
        """The same store, clock and web with another engine."""
        return Room.of(self.database, self.clock, self.fetcher, engine, self.embedder)

    def embedded_by(self, embedder: Embeds | None) -> "Room":
        """The same store, clock, web and engine with another embedder, or with none."""
        return Room.of(self.database, self.clock, self.fetcher, self.engine, embedder)

    async def ingest(self, *arguments: str, restore: bool = False, stdin: io.BytesIO | None = None) -> list[Ingested]:
        return await everything(self.newsroom.ingest(arguments, hints=Hints(), restore=restore, stdin=stdin))

    async def read(self, *given: dict[str, Any], restore: bool = False) -> list[Ingested]:
        """Read articles as JSON Lines; see `article`."""
        lines = "\n".join(json.dumps(one) for one in given)
        return await self.ingest("-", restore=restore, stdin=io.BytesIO(lines.encode()))

    async def has_read(self, *given: dict[str, Any]) -> None:
        """See that these articles are read. A store without articles gets what is in one that has read them, if several tests need it."""
        url = self.database.engine.url
        key = json.dumps([url.get_backend_name(), self.engine.name, str(self.clock.now), self.embedder and self.embedder.name, *given])
        async with self.database.reading() as session:
            is_new = not await session.scalar(text("SELECT EXISTS (SELECT * FROM articles)"))
        alike = self.engine in (FakeEngine(), REAL_ENGINE) and is_new
        if alike and (restore := _READ.get(key)):
            restore(url)
            return
        await self.read(*given)
        if alike:
            _READ[key] = taken(url) if key in _READ else None

    async def quotes(self, article_id: int = 1, *, include_gone: bool = False) -> list[StoredQuote]:
        async with self.database.reading() as session:
            return await quotes.of_article(session, article_id, include_gone=include_gone)

    async def quote(self, quote_id: int) -> StoredQuote:
        async with self.database.reading() as session:
            found = await quotes.get(session, quote_id)
        assert found is not None
        return found

    async def said(self, article_id: int = 1) -> list[tuple[int, str | None, str]]:
        """Number, speaker and words of an article's quotes that are shown."""
        return [(one.id, one.speaker_name, " ".join(one.words)) for one in await self.quotes(article_id) if not one.rejected]

    async def by(self, quote_id: int) -> str | None:
        """Who is held to have said a quote."""
        return (await self.quote(quote_id)).speaker_name

    async def speaker_id(self, name: str) -> int:
        async with self.database.reading() as session:
            (one,) = [one for one in await speakers.find(session, name.split()) if one.name == name]
        return one.id

    async def statements(self) -> set[frozenset[int]]:
        """The quotes that are held to report one utterance, by number."""
        groups: dict[int, set[int]] = {}
        async with self.database.reading() as session:
            for row in await session.execute(text("SELECT id, statement_id FROM quotes WHERE statement_id IS NOT NULL")):
                groups.setdefault(row.statement_id, set()).add(row.id)
        return {frozenset(group) for group in groups.values()}

    async def found(self) -> list[tuple[int, str | None]]:
        """Number and speaker of all quotes that a search can find."""
        async with self.database.reading() as session:
            return sorted((one.id, one.speaker_name) for one in await search.quotes(session, QuoteFilter(limit=1000)))

    async def merged(self) -> dict[int, int]:
        """The speakers that count for another one, with that one."""
        async with self.database.reading() as session:
            rows = await session.execute(text("SELECT id, merged_into FROM speakers WHERE merged_into IS NOT NULL"))
            return {row.id: row.merged_into for row in rows}

    async def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table."""
        async with self.database.reading() as session:
            tables = [*sorted(Base.metadata.tables), "quote_index"]
            return {
                name: sorted((tuple(row) for row in await session.execute(text(f"SELECT * FROM {name}"))), key=repr)  # noqa: S608
                for name in tables
            }


def article(*paragraphs: str, number: int = 1, outlet: str = "The Mill", **given: Any) -> dict[str, Any]:  # noqa: ANN401 - as in JSON
    """An article of an outlet on example.org, as JSON Lines give it."""
    url = f"https://{outlet.split()[-1].lower()}.example.org/{number}"
    fields = {"url": url, "headline": f"Headline {number}", "outlet": outlet, "published": "2026-11-05T12:00:00Z"}
    return {**fields, "text": html.escape("\n\n".join(paragraphs), quote=False), **given}


def page(headline: str, *paragraphs: str) -> str:
    """A page of the web with an article on it."""
    body = "".join(f"<p>{html.escape(one, quote=False)}</p>" for one in paragraphs)
    return f"<html><head><title>{html.escape(headline)}</title></head><body><article>{body}</article></body></html>"


class _RealEngine(QuotingEngine):
    """The engine that Verbatim has. It reads a text once in a test process: dozens of tests need the quotes of the same few articles."""

    @cache  # noqa: B019 - there is one, for as long as the process
    def extract(self, text: str) -> Extraction:
        """The quotes of `text` and who says them."""
        return super().extract(text)


REAL_ENGINE = _RealEngine()


async def everything(items: AsyncIterator[_Item]) -> list[_Item]:
    return [item async for item in items]


def cards_of(reply: Reply) -> list[QuoteCard]:
    return [card for section in reply.sections for card in section.quotes]


def words_of(reply: Reply) -> list[str]:
    return [" ".join(card.words) for card in cards_of(reply)]


def lines_of(reply: Reply) -> Sequence[str]:
    return [line for section in reply.sections for line in section.lines]
