"""The made-up archive straight into a database, which takes minutes where ingestion takes days."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from sqlalchemy import func, select, text

from benchmarks.archive import (
    QUOTES_EACH,
    SPEAKERS,
    ArchiveArticle,
    ArchiveSpeaker,
    outlets,
    speakers,
)
from benchmarks.archive_articles import archive
from benchmarks.archive_rows import ENGINE, ORDER, Rows, Stored, insert_rows, insert_vectors
from benchmarks.archive_vectors import Vectors
from benchmarks.databases import opened
from bot.embedding.embedder import Embedder
from bot.embedding.shipped import WEIGHTS
from storage.database import Session
from storage.schema import (
    Article,
    Base,
    Outlet,
    Version,
)
from storage.terms import fold

_AT_ONCE = 1_000
_EMBEDDED = 500
"""So many articles are embedded: some five thousand quotes. Of a small archive it is one in"""
_EMBEDDED_OF = 10

Say = Callable[[str], None]


class NotFilled(Exception):
    """A database holds something else than the archive that is wanted; the message says what to do."""


def articles_for(quotes: int) -> int:
    """How many articles an archive of about so many quotes has."""
    return max(1, round(quotes / QUOTES_EACH))


def archive_of(quotes: int, *, most: int | None = None) -> Iterator[ArchiveArticle]:
    """The articles of an archive of about so many quotes, in order, or the first of them."""
    return archive(min(articles_for(quotes), most or articles_for(quotes)), known=_known_for(quotes))


def speakers_of(quotes: int) -> tuple[ArchiveSpeaker, ...]:
    """Whom they can quote."""
    return speakers(_known_for(quotes))


def kept(store: Path, quotes: int, *, say: Say) -> str:
    """The URL of the SQLite file at `store`, which is made and filled if it is not there. Raises NotFilled.

    It is made under another name first: one that is there is whole.
    """
    if not store.exists():
        coming = store.with_name(f"{store.name}.part")
        for name in (coming, coming.with_name(f"{coming.name}-wal"), coming.with_name(f"{coming.name}-shm")):
            name.unlink(missing_ok=True)
        asyncio.run(fill(f"sqlite:///{coming}", quotes, say=say))
        coming.rename(store)
    url = f"sqlite:///{store}"
    asyncio.run(fill(url, quotes, say=say))
    return url


async def fill(url: str, quotes: int, *, say: Say) -> None:
    """Fill the empty database at `url` with an archive of about so many quotes, or see that it holds that one.

    Raises NotFilled for one that holds anything else, as does one whose filling was broken off.
    """
    count = articles_for(quotes)
    async with opened(url) as database:
        async with database.reading() as session:
            held = (await session.scalars(select(func.count()).select_from(Article))).one()
            ours = (await session.scalars(select(func.count()).select_from(Version).where(Version.engine == ENGINE))).one()
        if held:
            if not held == ours == count:
                raise NotFilled(f"{database.name} does not hold the archive of {count:,} articles: name another database, or delete it.")
            return
        async with database.writing() as session:
            left_out = await _without_indices(session)
            await insert_rows(session, Outlet, [{"id": k, "name": name, "folded": fold(name)} for k, name in enumerate(outlets(), 1)])
        rows, vectors = Rows(count, speakers_of(quotes)), vectors_for(quotes)
        for group in _with_copies(archive_of(quotes)):
            rows.add(group)
            if len(rows) >= _AT_ONCE or group[-1].number == count:
                async with database.writing() as session:
                    await insert_vectors(session, await rows.write(session), vectors)
                say(f"{group[-1].number:,} of {count:,} articles…")
        async with database.writing() as session:
            await _with_indices(session, left_out)


def vectors_for(quotes: int) -> Vectors:
    """The vectors of an archive of about so many quotes."""
    return Vectors(Embedder(WEIGHTS), archive_of(quotes, most=min(_EMBEDDED, -(-articles_for(quotes) // _EMBEDDED_OF))))


async def add_vectors(url: str, quotes: int, *, say: Say) -> None:
    """Store the vectors of an archive of about so many quotes that was filled before there were any."""
    vectors = vectors_for(quotes)
    async with opened(url) as database:
        last, waiting = 0, list[Stored]()
        for article in archive_of(quotes):
            waiting.append(Stored(article, tuple(range(last + 1, last + 1 + len(article.quotes)))))
            last += len(article.quotes)
            if len(waiting) == _AT_ONCE or article.number == articles_for(quotes):
                async with database.writing() as session:
                    await insert_vectors(session, waiting, vectors)
                waiting.clear()
                say(f"The vectors of {article.number:,} of {articles_for(quotes):,} articles…")


def _known_for(quotes: int) -> int:
    return max(50, min(SPEAKERS, round(quotes * 0.06)))


def _with_copies(articles: Iterable[ArchiveArticle]) -> Iterator[list[ArchiveArticle]]:
    """Each article with its copies, which follow it."""
    group: list[ArchiveArticle] = []
    for article in articles:
        if article.copy_of is None and group:
            yield group
            group = []
        group.append(article)
    yield group


async def _without_indices(session: Session) -> list[str]:
    """Drop PostgreSQL's indices of words: made when all is there, they take a tenth of the time. Returns what makes them again."""
    if session.get_bind().dialect.name != "postgresql":
        return []
    found = await session.execute(
        text("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexdef LIKE '%USING gin%'")
    )
    indices = list(found)
    for name, _ in indices:
        await session.execute(text(f"DROP INDEX {name}"))
    return [made_by for _, made_by in indices]


async def _with_indices(session: Session, left_out: Iterable[str]) -> None:
    """Make them again, have the numbers go on where those given end, and have PostgreSQL look at what it holds, as it does by itself."""
    if session.get_bind().dialect.name != "postgresql":
        return
    await session.execute(text("SET LOCAL maintenance_work_mem = '1GB'"))
    for made_by in left_out:
        await session.execute(text(made_by))
    for name in (Outlet.__tablename__, *(table.__tablename__ for table in ORDER)):
        if "id" in Base.metadata.tables[name].c:
            await session.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))"))  # noqa: S608
    await session.execute(text("ANALYZE"))
