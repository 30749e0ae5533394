"""What must stay true when a store grows: few statements, no scan of a table, no text read that is not shown."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, text

from storage import articles, quotes, search, speakers, statements
from storage.database import Database
from storage.records import NewArticle, QuoteFilter
from tests.storage.sample import DAY, NOON, Stored, person, said, store
from tests.storage.test_locked import READING, WRITING, filled

# They count, list or rank everything there is, and read an index or a small table for it.
WHOLE_TABLES = {
    "articles.all_ids",
    "articles.counts",
    "articles.outlets",
    "articles.outlets_most_read",
    "corrections.active",
    "corrections.newest",
    "refusals.count_waiting",
    "speakers.most_quoted",
    "speakers.names",
    "completing.speakers_beginning",
    "speakers.quoted",
    "stories.count_waiting",
    "subscriptions.every",
    "unquoted.by_language",
}
PUT_TOGETHER = {"best", "cell0", "cell1", "family", "found", "last", "each_host", "likely", "near", "part0", "CONSTANT"}
"""What statements put together themselves and then read; what has no name of its own stands in brackets."""
READ_THROUGH = {
    ("feeds.figures", "feeds"),
    ("ticks.figures", "subscriptions"),
    ("texts.newest_with", "versions"),
    ("refusals.waiting", "refusals_waiting"),
}
"""Small tables that are counted, and a great one that is read from its newest row on until one fits, which is soon."""
_TEXT_READ = re.compile(r"SELECT\b.*\bversions\.text\b.*\bFROM\b", re.DOTALL)

Statement = tuple[str, Any]


@contextmanager
def statements_of(database: Database) -> Iterator[list[Statement]]:
    """The statements sent to the database from here on, with their values."""
    sent: list[Statement] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, _context: object, many: bool) -> None:
        sent.append((statement, None if many else parameters))

    event.listen(database._engine.sync_engine, "before_cursor_execute", note)
    yield sent
    event.remove(database._engine.sync_engine, "before_cursor_execute", note)


async def stored(database: Database, number: int) -> list[Stored]:
    async with database.writing() as session:
        return [
            await store(session, f"{one}. We row on, said someone.", "We row on", speaker=person(f"Ada Quill {one}"), headline="Ferry")
            for one in range(number)
        ]


async def test_finding_many_takes_as_many_statements_as_finding_few(database: Database) -> None:
    counts: list[int] = []
    for number in (2, 20):
        numbers = await stored(database, number)
        with statements_of(database) as sent:
            async with database.reading() as session:
                assert len(await search.quotes(session, QuoteFilter(words=("row",)))) == number
                assert len(await speakers.find(session, ["quill"])) == number
                assert len(await articles.find(session, "ferry")) == number
                await statements.neighbours(session, [one.speakers[0] for one in numbers], NOON - DAY, NOON + DAY)
                await quotes.base(session, quote_ids=[one.quotes[0] for one in numbers])
        counts.append(len(sent))
    assert counts[0] == counts[1]


async def test_storing_many_quotes_and_speakers_takes_as_many_statements_as_storing_few(database: Database) -> None:
    counts: list[int] = []
    async with database.writing():
        pass  # what a connection is told once
    for number in (2, 20):
        words = [f"word{one}" for one in range(number)]
        content = f"{number} words: {' '.join(words)}."
        with statements_of(database) as sent:
            async with database.writing() as session:
                saved = await articles.save(session, NewArticle(f"file:{number}", content), at=NOON)
                article_id, version_id = saved.article_id or 0, saved.version_id or 0
                given = [person(f"{number} {one}") for one in range(number)]
                numbers = await speakers.save_all(session, given, article_id=article_id, version_id=version_id)
                new = [said(content, f" {word}", speaker=index) for index, word in enumerate(words)]
                added = await quotes.add(session, version_id, new, numbers)
                await quotes.replace(session, version_id, new, numbers, dict(enumerate(added)))
        counts.append(len(sent))
    assert counts[0] == counts[1]


async def test_a_new_article_is_stored_by_inserting_alone_where_nothing_can_be_there_to_delete(database: Database) -> None:
    content = "We row on, said Ada."
    with statements_of(database) as sent:
        async with database.writing() as session:
            saved = await articles.save(session, NewArticle("file:a", content, headline="Ferry"), at=NOON, engine="rules 1")
            article_id, version_id = saved.article_id or 0, saved.version_id or 0
            numbers = await speakers.save_all(session, [person("Ada Quill")], article_id=article_id, version_id=version_id, is_new=True)
            await quotes.add(session, version_id, [said(content, "We row on", speaker=0)], numbers)
    assert not [statement for statement, _ in sent if statement.startswith(("DELETE", "UPDATE"))]
    assert sum(statement.startswith("INSERT") for statement, _ in sent) == len(
        ("article", "version", "headline's words", "speaker", "its words", "alias", "quote", "its entry in the index")
    )


async def test_no_text_of_an_article_is_read_to_show_or_compare_quotes(database: Database) -> None:
    (one, *_) = await stored(database, 3)
    with statements_of(database) as sent:
        async with database.reading() as session:
            await search.quotes(session, QuoteFilter(words=("row",)))
            await quotes.of_article(session, one.article_id)
            await statements.neighbours(session, one.speakers, NOON - DAY, NOON + DAY)
            await articles.headlines(session, 5)
            await articles.counts(session)
    assert not [statement for statement, _ in sent if _TEXT_READ.search(statement)]
    with statements_of(database) as sent:
        async with database.reading() as session:
            await articles.get(session, one.article_id)
    assert [statement for statement, _ in sent if _TEXT_READ.search(statement)], "reading an article is what this test would notice"


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_nothing_is_looked_up_by_reading_a_whole_table(database: Database) -> None:
    numbers = await filled(database)
    for name in sorted(READING.keys() - WHOLE_TABLES):
        with statements_of(database) as sent:
            async with database.reading() as session:
                await READING[name](session, numbers)
        async for plan, scanned in plans(database, sent, "SELECT", "WITH"):
            assert not {table for table in scanned if (name, table) not in READ_THROUGH}, (name, plan)


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("name", [name for name in WRITING if name.startswith(("feed", "hosts"))])
async def test_what_feeds_and_their_entries_become_is_written_without_reading_a_whole_table(database: Database, name: str) -> None:
    numbers = await filled(database)
    with statements_of(database) as sent:
        async with database.writing() as session:
            await WRITING[name](session, numbers)
            await session.rollback()
    async for plan, scanned in plans(database, sent, "SELECT", "WITH", "UPDATE", "DELETE"):
        assert not scanned - {"json_each"}, plan


async def plans(database: Database, sent: list[Statement], *kinds: str) -> AsyncIterator[tuple[list[str], set[str]]]:
    """How SQLite goes about the statements of these kinds, and which tables it reads as a whole for each."""
    async with database.reading() as session:
        connection = await session.connection()
        for statement, parameters in sent:
            if statement.startswith(kinds) and parameters is not None:
                rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                plan = list(rows.scalars("detail"))
                yield plan, {step.split()[1] for step in plan if re.match(r"SCAN [^(]", step) and "INDEX" not in step} - PUT_TOGETHER


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_a_scan_of_a_whole_table_would_be_noticed(database: Database) -> None:
    async with database.reading() as session:
        rows = await session.execute(text("EXPLAIN QUERY PLAN SELECT id FROM quotes WHERE confidence > 0.5"))
        assert list(rows.scalars("detail")) == ["SCAN quotes"]
