"""Where articles come from: files, folders, web addresses, standard input. The edge of reading: all its file access.

Nothing here raises for one bad source: what cannot be read is an item of its own, and the rest goes on.
"""

import asyncio
import os
import re
import stat
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from bot.errors import CannotFetch, NotAnArticle, ReadingError
from bot.reading import files, gzipped, warc
from bot.reading.bulk import Bulk, cut_lines, how_many
from bot.reading.documents import MAX_ARTICLE_BYTES, too_large
from bot.reading.encodings import decode
from bot.reading.files import Extent, NoFile, no_access, shown
from bot.reading.gzipped import Reads, Unzipped
from bot.reading.identity import file_identity
from bot.reading.json_records import records
from bot.reading.pages import Fetcher

STANDARD_INPUT = "standard input"
MAX_ARRAY_BYTES = 200_000_000
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_PIECE = 65536
_BEFORE_RECORD = 8
"""Bytes in which the first record of a file has begun, behind a byte order mark."""
_PASSED_AT_ONCE = 1000
_RECORD = "application/json"


@dataclass(frozen=True, slots=True)
class Document:
    """Bytes to be parsed, and what is known of them: the arguments of `documents.parse`."""

    data: bytes
    name: str
    media_type: str | None = None
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Something to read. `name` is how a person knows it; `load` raises ReadingError with the reason.

    `reached` is how many bytes of its argument's files were read when it was found.
    """

    name: str
    load: Callable[[], Awaitable[Document]]
    reached: int = 0


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that was asked for and cannot be read, and why."""

    name: str
    error: ReadingError
    reached: int = 0


_Found = Source | Unreadable


async def sources(
    arguments: Sequence[str], *, stdin: BinaryIO | None = None, fetcher: Fetcher | None = None
) -> AsyncGenerator[Source | Unreadable, None]:
    """What the arguments of `verbatim ingest` stand for: paths of files and folders, web addresses, `-`.

    Folders are walked in the order of their names, without hidden files. Each record of JSON Lines or of a
    JSON array is a source of its own, named with its line or number, and so is each page in a WARC file; all of these may be packed
    with gzip. `fetcher` is used for web addresses.
    """
    for argument in arguments:
        async with aclosing(sources_of(argument, stdin=stdin, fetcher=fetcher)) as found:
            async for item in found:
                yield item


async def sources_of(
    argument: str, *, stdin: BinaryIO | None = None, fetcher: Fetcher | None = None, after: int = 0
) -> AsyncGenerator[Source | Unreadable, None]:
    """What one argument stands for, but for the first so many sources of it, which are passed over at little cost."""
    if argument == "-":
        found = _of_stdin(stdin)
    elif _SCHEME.match(argument):
        found = _of_address(argument, fetcher)
    elif argument:
        found = _of_path(Path(argument))
    else:
        found = _one(Unreadable("", CannotFetch("An empty path leads nowhere.", "Give the path of a file or a folder.")))
    try:
        while after and await asyncio.to_thread(_pass_over, found, min(after, _PASSED_AT_ONCE)):
            after -= min(after, _PASSED_AT_ONCE)
        while (item := await asyncio.to_thread(next, found, None)) is not None:
            yield item
    finally:
        with suppress(ValueError):  # a thread is at it still, and waits for standard input: nobody waits for that
            found.close()


async def count(arguments: Sequence[str]) -> int | None:
    """How many sources the arguments will give; None where only reading them tells (JSON, archives, standard input)."""
    return (await extent(arguments)).count


async def extent(arguments: Sequence[str]) -> Extent:
    """How many sources the arguments will give, as `count` says, and how many bytes of files they are: 0 where that does not tell."""
    if "-" in arguments:
        return Extent(None, 0)
    paths = [Path(argument) for argument in arguments if not _SCHEME.match(argument)]
    found = await asyncio.to_thread(files.extent, paths)
    addresses = len(arguments) - len(paths)
    return Extent(None if found.count is None else found.count + addresses, 0 if addresses else found.size)


async def identified(argument: str) -> tuple[str, str] | None:
    """Which file or folder an argument names, and what tells its content from another's; None where it names none."""
    if argument in ("", "-") or _SCHEME.match(argument):
        return None
    return await asyncio.to_thread(files.identified, Path(argument))


def whole_files(arguments: Sequence[str]) -> list[Source | Unreadable]:
    """Every file that the arguments name or that lies in their folders, as one document whatever it holds."""
    found: list[Source | Unreadable] = []
    for argument in arguments:
        if not argument:
            found += _one(Unreadable("", CannotFetch("An empty path leads nowhere.", "Give the path of a file or a folder.")))
        elif argument == "-" or _SCHEME.match(argument):
            found.append(Unreadable(argument, CannotFetch("It is no file.", "Save it as one, and give its path.")))
        else:
            found += [_unreadable(item) if isinstance(item, NoFile) else _whole(item) for item in files.files(Path(argument))]
    return found


def _whole(path: Path) -> Source:
    def read() -> Document:
        try:
            with path.open("rb") as stream:
                return Document(_rest(stream, 0, MAX_ARTICLE_BYTES), shown(path))
        except OSError as error:
            raise no_access(path, error) from error

    return Source(shown(path), lambda: asyncio.to_thread(read))


def _pass_over(found: Generator[_Found], number: int) -> bool:
    """Leave out so many; whether there were as many."""
    return sum(1 for _ in islice(found, number)) == number


def _one(item: _Found) -> Generator[_Found]:
    yield item


def _of_address(url: str, fetcher: Fetcher | None) -> Generator[_Found]:
    scheme = url.partition(":")[0].lower()
    if scheme not in ("http", "https"):
        yield Unreadable(
            url,
            CannotFetch(
                f"Addresses that begin with {scheme}: cannot be read.", "Only http and https addresses can be; for a file, give its path."
            ),
        )
        return
    if fetcher is None:
        yield Unreadable(url, CannotFetch("Web addresses cannot be read here.", "Save the page and read the file."))
        return

    async def load() -> Document:
        page = await fetcher.fetch(url)
        return Document(page.data, page.url, page.media_type, page.url)

    yield Source(url, load)


def _of_stdin(stdin: BinaryIO | None) -> Generator[_Found]:
    if stdin is None:
        yield Unreadable(STANDARD_INPUT, CannotFetch("There is no standard input here.", "Give a path or a web address."))
        return
    yield from _of_stream(stdin, STANDARD_INPUT, None)


def _of_path(path: Path) -> Generator[_Found]:
    before = 0
    for found in files.files(path):
        if isinstance(found, NoFile):
            yield _unreadable(found)
            continue
        counted = None
        try:
            with found.open("rb") as stream:
                counted = _Counted(stream)
                for item in _of_stream(counted, shown(found), found):
                    yield replace(item, reached=before + counted.taken)
        except OSError as error:
            yield Unreadable(shown(found), no_access(found, error))
        before += counted.taken if counted else 0


def _unreadable(found: NoFile) -> Unreadable:
    return Unreadable(shown(found.path), found.error)


class _Counted:
    """A file, and how many bytes were taken of it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.taken = 0

    def read(self, size: int, /) -> bytes:
        """The next bytes."""
        piece = self._stream.read(size)
        self.taken += len(piece)
        return piece

    def fileno(self) -> int:
        """The number by which the system knows the file."""
        return self._stream.fileno()


def _of_stream(stream: Reads, name: str, path: Path | None) -> Generator[_Found]:
    """The source or sources in an open file; `path` is None for standard input."""
    beginning = stream.read(_PIECE)
    called = name
    try:
        if beginning.startswith(gzipped.MAGIC):
            stream = Unzipped(beginning, stream)
            beginning = stream.read(_PIECE)
            called = name[:-3] if name.lower().endswith(".gz") else name
        if beginning.startswith(warc.BEGINS):
            yield from _of_warc(beginning, stream, name)
            return
        whole = len(beginning) < _PIECE
        begins = beginning.lstrip()
        if not whole and b"{" in begins[:_BEFORE_RECORD] and b"\n" not in begins:  # an article with its whole page, maybe
            beginning += stream.read(MAX_ARTICLE_BYTES + 1 - _PIECE)
            whole = len(beginning) <= MAX_ARTICLE_BYTES
        kind = how_many(beginning, name=called, whole=whole)
        if kind is Bulk.LINES:
            yield from _of_lines(stream, beginning, name)
            return
        data = beginning + _rest(stream, len(beginning), MAX_ARRAY_BYTES if kind is Bulk.ARRAY else MAX_ARTICLE_BYTES)
        entries = records(decode(data)) if kind is Bulk.ARRAY else []
    except NotAnArticle as error:
        yield Unreadable(name, error)
        return
    if kind is Bulk.ONE or (len(entries) == 1 and not entries[0].place):
        yield _ready(Document(data, called, None, file_identity(path) if path else None), name)
        return
    if not entries:
        yield Unreadable(name, NotAnArticle("It holds no articles.", "Give objects with a field 'text' or 'html'."))
    for entry in entries:
        entry_name = f"{name}, {entry.place}"
        yield _ready(Document(entry.json.encode("utf-8", "surrogatepass"), entry_name, _RECORD), entry_name)


def _of_lines(stream: Reads, beginning: bytes, name: str) -> Generator[_Found]:
    """The lines of a file. Raises NotAnArticle where what follows cannot be read."""
    is_empty = True
    for number, line in enumerate(cut_lines(beginning, lambda: stream.read(_PIECE), longest=MAX_ARTICLE_BYTES), 1):
        line_name = f"{name}, line {number}"
        if line is not None and not line.strip():
            continue
        is_empty = False
        if line is None:
            yield Unreadable(line_name, too_large(MAX_ARTICLE_BYTES + 1))
        else:
            yield _ready(Document(line, line_name, _RECORD), line_name)
    if is_empty:
        yield Unreadable(name, NotAnArticle("It is empty.", "Give a file with an article in it."))


def _of_warc(beginning: bytes, stream: Reads, name: str) -> Generator[_Found]:
    """The pages in a WARC file. Raises NotAnArticle where what follows cannot be read."""
    found = False
    for page in warc.pages(beginning, stream):
        found = True
        page_name = f"{name}, record {page.number}"
        if isinstance(page, warc.Lost):
            yield Unreadable(page_name, page.error)
        else:
            yield _ready(Document(page.data, page.address, page.media_type, page.address), page_name)
    if not found:
        yield Unreadable(name, NotAnArticle("It holds no pages of the web.", "Pages are what a server answered with 200 and HTML."))


def _ready(document: Document, name: str) -> Source:
    async def load() -> Document:
        return document

    return Source(name, load)


def _rest(stream: Reads, have: int, limit: int) -> bytes:
    """What is left of a stream. Raises NotAnArticle where all of it is over `limit`, by its size before it is read."""
    size = _size(stream)
    if size > limit:
        raise too_large(size)
    data = stream.read(limit + 1 - have)
    if have + len(data) > limit:
        raise too_large(have + len(data))
    return data


def _size(stream: Reads) -> int:
    """How many bytes a file has; 0 for what is none."""
    try:
        details = os.fstat(stream.fileno())  # type: ignore[attr-defined]
    except (AttributeError, OSError, ValueError):
        return 0
    return details.st_size if stat.S_ISREG(details.st_mode) else 0
