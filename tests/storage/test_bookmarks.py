"""Bookmarks in a store."""

from dataclasses import replace

from storage import bookmarks
from storage.database import Database
from storage.records.bookmarks import Bookmark

READ = Bookmark("file:archive", "as it is", 7, "line 7")


async def test_a_bookmark_is_of_a_file_as_it_was_and_moves_until_it_is_forgotten(database: Database) -> None:
    async with database.writing() as session:
        await bookmarks.keep(session, READ)
        await bookmarks.keep(session, replace(READ, done=1_000_000, last="line 9"))
    async with database.writing() as session:
        assert await bookmarks.done(session, READ.path, READ.content) == 1_000_000
        assert await bookmarks.done(session, READ.path, "another file of that name") == 0
        assert [await bookmarks.is_last(session, READ.path, name) for name in ("line 7", "line 9")] == [False, True]
        await bookmarks.forget(session, READ.path)
        assert await bookmarks.done(session, READ.path, READ.content) == 0
