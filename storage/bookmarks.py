"""Bookmarks: how far a long file or folder has been read, so that whoever is stopped goes on from there."""

from sqlalchemy import delete as delete_from
from sqlalchemy import select, text
from sqlalchemy.ext.asyncio import AsyncSession

from storage.records.bookmarks import Bookmark
from storage.schema import Bookmark as BookmarkRow
from storage.terms import digest

_KEEP = text(
    "INSERT INTO bookmarks (path_sha256, content_sha256, done, last_sha256) VALUES (:path, :content, :done, :last)"
    " ON CONFLICT (path_sha256) DO UPDATE SET"
    " content_sha256 = excluded.content_sha256, done = excluded.done, last_sha256 = excluded.last_sha256"
)


async def keep(session: AsyncSession, mark: Bookmark) -> None:
    """Keep how far a file or folder was read, in the place of what was kept before."""
    given = {"path": digest(mark.path), "content": digest(mark.content), "done": mark.done, "last": digest(mark.last)}
    await session.execute(_KEEP, given)


async def done(session: AsyncSession, path: str, content: str) -> int:
    """How many articles of a file or folder are done; 0 where none are known to be, or its content was another one."""
    rows = select(BookmarkRow.done).where(BookmarkRow.path_sha256 == digest(path), BookmarkRow.content_sha256 == digest(content))
    return await session.scalar(rows) or 0


async def is_last(session: AsyncSession, path: str, name: str) -> bool:
    """Whether what is called so is the last that is done of a file or folder."""
    rows = select(BookmarkRow.path_sha256).where(BookmarkRow.path_sha256 == digest(path), BookmarkRow.last_sha256 == digest(name))
    return await session.scalar(rows) is not None


async def forget(session: AsyncSession, path: str) -> None:
    """Forget how far a file or folder was read: it came to its end."""
    await session.execute(delete_from(BookmarkRow).where(BookmarkRow.path_sha256 == digest(path)))
