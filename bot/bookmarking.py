"""What is to be read of files and folders that may have been begun before: whoever was stopped in one goes on where that was."""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import BinaryIO

from bot.reading import sources as reading
from bot.reading.pages import Fetcher
from bot.reading.sources import Source, Unreadable
from storage import bookmarks
from storage.database import Database, Session
from storage.records.bookmarks import Bookmark

_Source = Source | Unreadable
Resumed = Callable[[str, int], None]
"""Is told that an argument is gone on with, and how many articles of it are done."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A source whose turn it is; None at the end of a file or folder.

    So many are `done` with it; `share` of all bytes that are to be read are read then (None: not known). `mark` is how far that is
    in a file or folder that holds several.
    """

    source: _Source | None
    done: int
    share: float | None = None
    mark: Bookmark | None = None


@dataclass(frozen=True, slots=True)
class Bookmarking:
    """Gives what is to be read, and keeps how far that was. `how` it is read is part of what a bookmark stands for."""

    database: Database
    fetcher: Fetcher
    how: str
    resumed: Resumed | None = None

    async def turns(self, arguments: Sequence[str], size: int, *, stdin: BinaryIO | None) -> AsyncGenerator[Turn, None]:
        """The sources of all arguments, of `size` bytes in all (0: not known)."""
        done = before = 0
        for argument in arguments:
            number = reached = 0
            async with aclosing(self._of(argument, stdin)) as found:
                async for number, source, mark in found:
                    reached = source.reached if source else reached
                    share = min(1.0, (before + reached) / size) if size else None
                    yield Turn(source, done + number, share, mark)
            done, before = done + number, before + reached

    async def _of(self, argument: str, stdin: BinaryIO | None) -> AsyncGenerator[tuple[int, _Source | None, Bookmark | None], None]:
        """The sources of an argument that are not done, by number, each with its bookmark; at the end of what holds several, none."""
        path, content = await reading.identified(argument) or ("", "")
        content = f"{content} {self.how}"
        number, found = await self._opened(argument, path, content, stdin)
        async with aclosing(found):
            async for source in found:
                number += 1
                several = path and number > 1
                yield number, source, Bookmark(path, content, number, _within(argument, source)) if several else None
        if path and number > 1:
            yield number, None, Bookmark(path, content, number, "")

    async def _opened(self, argument: str, path: str, content: str, stdin: BinaryIO | None) -> tuple[int, AsyncGenerator[_Source, None]]:
        """The sources of an argument behind those that are done, and how many those are.

        The last of them has to be in its place still, which in a folder it need not be.
        """
        async with self.database.reading() as session:
            done = await bookmarks.done(session, path, content) if path else 0
        if done:
            found = reading.sources_of(argument, after=done - 1)
            last = await anext(found, None)
            async with self.database.reading() as session:
                is_in_place = last is not None and await bookmarks.is_last(session, path, _within(argument, last))
            if is_in_place:
                if self.resumed:
                    self.resumed(argument, done)
                return done, found
            await found.aclose()
        return 0, reading.sources_of(argument, stdin=stdin, fetcher=self.fetcher)


async def keep(session: Session, turns: Sequence[Turn]) -> None:
    """Keep how far files and folders are read when these turns are done, which come one after the other."""
    marks = {turn.mark.path: turn for turn in turns if turn.mark is not None}
    for turn in marks.values():
        if turn.mark is not None and turn.source is None:
            await bookmarks.forget(session, turn.mark.path)
        elif turn.mark is not None:
            await bookmarks.keep(session, turn.mark)


def _within(argument: str, source: _Source) -> str:
    """What a source is called among those of an argument, however that was given."""
    return source.name.removeprefix(argument)
