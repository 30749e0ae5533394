"""Several processes on one database."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import text

from storage import articles, quotes, search, speakers
from storage.database import Database
from storage.records import QuoteFilter

ROOT = Path(__file__).parents[2]
COUNT = 15


@contextmanager
def writer(url: str, name: str, count: int = COUNT) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-W", "error", "-m", "tests.storage.writer", url, name, str(count)]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)  # noqa: S603
    with process:
        try:
            yield process
        finally:
            process.kill()


async def every_quote_stands_in_its_article(database: Database) -> None:
    async with database.reading() as session:
        for number in await articles.all_ids(session):
            article = await articles.get(session, number)
            assert article is not None
            found = await quotes.of_article(session, number)
            assert [quote.words for quote in found] == [("We row on",)]
            assert [article.text[start:end] for quote in found for start, end in quote.content] == ["We row on"]
        assert len(await search.quotes(session, QuoteFilter(words=("row",), limit=10_000))) == len(await articles.all_ids(session))


async def test_two_processes_that_make_the_database_and_write_at_once_lose_nothing(empty_url: str) -> None:
    with ExitStack() as stack:
        for process in [stack.enter_context(writer(empty_url, name)) for name in ("one", "two")]:
            _, trouble = process.communicate()
            assert trouble == ""
            assert process.returncode == 0
    database = Database(empty_url)
    await database.open()
    async with database.reading() as session:
        assert await session.scalar(text("SELECT count(DISTINCT identity) FROM articles")) == 3 * COUNT
        assert (await articles.counts(session)).articles == 3 * COUNT
        assert await articles.outlets(session) == ["The Ferry"]
        (ada,) = await speakers.find(session, ["quill"])
        assert ada.quotes == 3 * COUNT
    await every_quote_stands_in_its_article(database)
    await database.close()


async def test_a_process_that_is_killed_while_it_writes_leaves_whole_articles_and_no_lock(database: Database, database_url: str) -> None:
    with writer(database_url, "one", 1_000) as process:
        assert process.stdout is not None
        for _ in range(5):
            last = process.stdout.readline()
        process.kill()
        wrote = [last, *process.stdout.readlines()]
    async with database.writing() as session:
        stored = (await articles.counts(session)).articles
    finished = int(wrote[-1].split()[1]) + 1
    assert stored in (2 * finished, 2 * (finished + 1)), "what was said to be written is there, and no half of anything else"
    await every_quote_stands_in_its_article(database)
