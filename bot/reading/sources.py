"""Where articles come from: files, folders, web addresses, standard input. The edge of reading: all its file access.

Nothing here raises for one bad source: what cannot be read is an item of its own, and the rest goes on.
"""

import asyncio
import difflib
import os
import re
import stat
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from bot.errors import CannotFetch, NotAnArticle, ReadingError
from bot.reading.bulk import Bulk, cut_lines, how_many
from bot.reading.documents import MAX_ARTICLE_BYTES, too_large
from bot.reading.encodings import decode
from bot.reading.identity import file_identity
from bot.reading.json_records import records
from bot.reading.pages import Fetcher

STANDARD_INPUT = "standard input"
MAX_ARRAY_BYTES = 200_000_000
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_PIECE = 65536
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
    """Something to read. `name` is how a person knows it; `load` raises ReadingError with the reason."""

    name: str
    load: Callable[[], Awaitable[Document]]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Something that was asked for and cannot be read, and why."""

    name: str
    error: ReadingError


async def sources(
    arguments: Sequence[str], *, stdin: BinaryIO | None = None, fetcher: Fetcher | None = None
) -> AsyncIterator[Source | Unreadable]:
    """What the arguments of `verbatim ingest` stand for: paths of files and folders, web addresses, `-`.

    Folders are walked in the order of their names, without hidden files. Each record of JSON Lines or of a
    JSON array is a source of its own, named with its line or number. `fetcher` is used for web addresses.
    """
    for argument in arguments:
        if argument == "-":
            found = _of_stdin(stdin)
        elif _SCHEME.match(argument):
            found = _of_address(argument, fetcher)
        elif argument:
            found = _of_path(Path(argument))
        else:
            yield _nowhere()
            continue
        async for item in found:
            yield item


async def count(arguments: Sequence[str]) -> int | None:
    """How many sources the arguments will give; None where only reading them tells (JSON, standard input)."""
    total = 0
    for argument in arguments:
        if argument == "-":
            return None
        if _SCHEME.match(argument):
            total += 1
            continue
        found = await asyncio.to_thread(lambda path: list(_files(path)), Path(argument))
        if any(isinstance(item, Path) and item.suffix.lower() in (".json", ".jsonl", ".ndjson") for item in found):
            return None
        total += len(found)
    return total


def whole_files(arguments: Sequence[str]) -> list[Source | Unreadable]:
    """Every file that the arguments name or that lies in their folders, as one document whatever it holds."""
    found: list[Source | Unreadable] = []
    for argument in arguments:
        if not argument:
            found.append(_nowhere())
        elif argument == "-" or _SCHEME.match(argument):
            found.append(Unreadable(argument, CannotFetch("It is no file.", "Save it as one, and give its path.")))
        else:
            found += [item if isinstance(item, Unreadable) else _whole(item) for item in _files(Path(argument))]
    return found


def _whole(path: Path) -> Source:
    def read() -> Document:
        try:
            with path.open("rb") as stream:
                return Document(_rest(stream, 0, MAX_ARTICLE_BYTES), _shown(path))
        except OSError as error:
            raise _no_access(path, error) from error

    return Source(_shown(path), lambda: asyncio.to_thread(read))


def _nowhere() -> Unreadable:
    return Unreadable("", CannotFetch("An empty path leads nowhere.", "Give the path of a file or a folder."))


async def _of_address(url: str, fetcher: Fetcher | None) -> AsyncIterator[Source | Unreadable]:
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


async def _of_stdin(stdin: BinaryIO | None) -> AsyncIterator[Source | Unreadable]:
    if stdin is None:
        yield Unreadable(STANDARD_INPUT, CannotFetch("There is no standard input here.", "Give a path or a web address."))
        return
    async for item in _of_stream(stdin, STANDARD_INPUT, None):
        yield item


async def _of_path(path: Path) -> AsyncIterator[Source | Unreadable]:
    for found in await asyncio.to_thread(lambda: list(_files(path))):
        if isinstance(found, Unreadable):
            yield found
            continue
        try:
            stream = await asyncio.to_thread(_opened, found)
        except OSError as error:
            yield Unreadable(_shown(found), _no_access(found, error))
            continue
        try:
            async for item in _of_stream(stream, _shown(found), found):
                yield item
        except OSError as error:
            yield Unreadable(_shown(found), _no_access(found, error))
        finally:
            await asyncio.to_thread(stream.close)


async def _of_stream(stream: BinaryIO, name: str, path: Path | None) -> AsyncIterator[Source | Unreadable]:
    """The source or sources in an open file; `path` is None for standard input."""
    beginning = await asyncio.to_thread(stream.read, _PIECE)
    kind = how_many(beginning, name=name, whole=len(beginning) < _PIECE)
    if kind is Bulk.LINES:
        async for item in _of_lines(stream, beginning, name):
            yield item
        return
    try:
        limit = MAX_ARRAY_BYTES if kind is Bulk.ARRAY else MAX_ARTICLE_BYTES
        data = beginning + await asyncio.to_thread(_rest, stream, len(beginning), limit)
        if kind is Bulk.ARRAY:
            entries = await asyncio.to_thread(lambda: records(decode(data)))
    except NotAnArticle as error:
        yield Unreadable(name, error)
        return
    if kind is Bulk.ONE or (len(entries) == 1 and not entries[0].place):
        yield _ready(Document(data, name, None, file_identity(path) if path else None), name)
        return
    if not entries:
        yield Unreadable(name, NotAnArticle("It holds no articles.", "Give objects with a field 'text' or 'html'."))
    for entry in entries:
        entry_name = f"{name}, {entry.place}"
        yield _ready(Document(entry.json.encode("utf-8", "surrogatepass"), entry_name, _RECORD), entry_name)


async def _of_lines(stream: BinaryIO, beginning: bytes, name: str) -> AsyncIterator[Source | Unreadable]:
    lines = cut_lines(beginning, lambda: stream.read(_PIECE), longest=MAX_ARTICLE_BYTES)
    number = 0
    none_left = object()
    while (line := await asyncio.to_thread(next, lines, none_left)) is not none_left:
        number += 1
        line_name = f"{name}, line {number}"
        if not isinstance(line, bytes):
            yield Unreadable(line_name, too_large(MAX_ARTICLE_BYTES + 1))
        elif line.strip():
            yield _ready(Document(line, line_name, _RECORD), line_name)
    if number == 0:
        yield Unreadable(name, NotAnArticle("It is empty.", "Give a file with an article in it."))


def _ready(document: Document, name: str) -> Source:
    async def load() -> Document:
        return document

    return Source(name, load)


def _rest(stream: BinaryIO, have: int, limit: int) -> bytes:
    """What is left of a stream. Raises NotAnArticle where all of it is over `limit`, by its size before it is read."""
    try:
        details = os.fstat(stream.fileno())
        size = details.st_size if stat.S_ISREG(details.st_mode) else 0
    except (OSError, ValueError):
        size = 0
    if size > limit:
        raise too_large(size)
    data = stream.read(limit + 1 - have)
    if have + len(data) > limit:
        raise too_large(have + len(data))
    return data


def _files(path: Path) -> Iterator[Path | Unreadable]:
    """The file at `path`, or the files under it in the order of their names."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        yield Unreadable(_shown(path), _no_access(path, error))
        return
    if stat.S_ISREG(mode):
        yield path
    elif not stat.S_ISDIR(mode):
        yield Unreadable(
            _shown(path), CannotFetch("It is neither a file nor a folder.", "To read what another program writes, pipe it in and give '-'.")
        )
    else:
        found = list(_walk(path))
        yield from found
        if not found:
            yield Unreadable(_shown(path), CannotFetch("The folder holds no files.", "Hidden files are not read."))


def _walk(folder: Path) -> Iterator[Path | Unreadable]:
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield Unreadable(_shown(folder), _no_access(folder, error))
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir():
            # A link to a folder may lead back up; what it holds is read where it really lies.
            if not entry.is_symlink():
                yield from _walk(entry)
        else:
            yield from _files(entry)


def _opened(path: Path) -> BinaryIO:
    return path.open("rb")


def _no_access(path: Path, error: OSError | ValueError) -> CannotFetch:
    if isinstance(error, PermissionError):
        return CannotFetch("It may not be read by this user.", "Give this user the right to read it.")
    if isinstance(error, FileNotFoundError | NotADirectoryError | ValueError):
        return CannotFetch(f"There is no file or folder {_shown(path)}.", _nearest(path))
    return CannotFetch(f"It cannot be read: {error.strerror or 'input/output error'}.", "Check the disk and the path.")


def _nearest(path: Path) -> str:
    """What to do about a path that leads nowhere: the name beside it that is most like it."""
    try:
        beside = [entry.name for entry in path.parent.iterdir()]
    except (OSError, ValueError):
        return "Check the path."
    close = difflib.get_close_matches(path.name, beside, n=1, cutoff=0.7)
    if close:
        return f"Did you mean {_shown(path.parent / close[0])}?"
    if re.match(r"(?:www\.)?[\w-]+\.[\w.-]+/", str(path)):
        return "Check the path; a web address begins with https://."
    return "Check the path."


def _shown(path: Path) -> str:
    """A path that can be printed, whatever bytes its name is made of."""
    return os.fsencode(path).decode("utf-8", "replace")
