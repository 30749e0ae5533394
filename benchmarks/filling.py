"""A store as large as wanted in minutes: made-up articles whose quotes the engine of rules finds, many articles in one transaction."""

import asyncio
import multiprocessing
import os
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

from benchmarks.corpus import SampleArticle, articles
from bot import standing
from bot.quoting.engine import Extraction, QuotingEngine
from bot.quoting.rules import RuleTagger
from storage import articles as stored
from storage import quotes, speakers
from storage.database import Database, Session
from storage.records import NewArticle

PEOPLE = 20_000
"""How many there are to be quoted. Speakers are more: those without a name are of their article alone."""
_QUOTES_EACH = 10
"""Fewer than the engine of rules finds in an article."""
_AT_ONCE = 500
_ENGINE = QuotingEngine(RuleTagger())


def sample(count: int) -> list[SampleArticle]:
    """Articles for a store of `count` quotes, and some to spare: the first nine in ten of them are in it."""
    return list(articles(count // _QUOTES_EACH + 2, known=PEOPLE))


def kept(store: Path, count: int, *, say: Callable[[str], None]) -> list[SampleArticle]:
    """The articles in the SQLite file at `store`, which is made with `count` quotes if it is not there. What is being done is said.

    It is made under another name first: one that is there is whole.
    """
    corpus = sample(count)
    if not store.exists():
        say(f"Filling a store with {count:,} quotes…")
        coming = store.with_name(f"{store.name}.part")
        coming.unlink(missing_ok=True)
        asyncio.run(fill(f"sqlite:///{coming}", corpus, count))
        coming.rename(store)
    return corpus[: len(corpus) * 9 // 10]


async def fill(url: str, corpus: Iterable[SampleArticle], count: int) -> int:
    """Store articles in the empty database at `url` until it holds `count` quotes or more. Returns how many it holds."""
    database = Database(url)
    await database.open()
    held = 0
    try:
        with closing(_read(corpus)) as coming:
            while held < count and (some := list(islice(coming, _AT_ONCE))):
                async with database.writing() as session:
                    for article, extraction in some:
                        if held < count:
                            held += await _store(session, article, extraction)
    finally:
        await database.close()
    return held


def _read(corpus: Iterable[SampleArticle]) -> Generator[tuple[SampleArticle, Extraction], None, None]:
    """The articles with their quotes, which other processes find meanwhile."""
    with ProcessPoolExecutor(max(1, (os.cpu_count() or 1) - 1), mp_context=multiprocessing.get_context("spawn")) as readers:
        try:
            yield from ((article, extraction) for article, extraction in readers.map(_extracted, corpus, chunksize=20))
        finally:
            readers.shutdown(cancel_futures=True)


def _extracted(article: SampleArticle) -> tuple[SampleArticle, Extraction]:
    return article, _ENGINE.extract(article.text)


async def _store(session: Session, article: SampleArticle, extraction: Extraction) -> int:
    """Store a new article as ingestion does, but for people of one name, whom the corpus does not have. Returns how many quotes it has."""
    new = NewArticle(
        identity=article.url,
        text=article.text,
        url=article.url,
        outlet=article.outlet,
        headline=article.headline,
        byline=article.byline,
        published=article.published,
    )
    saved = await stored.save(session, new, at=datetime.now(UTC), engine=_ENGINE.name)
    if saved.article_id is None or saved.version_id is None:
        raise ValueError(f"{article.url} was not stored")
    numbers = await speakers.save_all(session, extraction.speakers, article_id=saved.article_id, version_id=saved.version_id, is_new=True)
    added = await quotes.add(session, saved.version_id, extraction.quotes, numbers)
    if article.is_copy:
        await standing.apply(session, quote_ids=added)
    return len(added)
