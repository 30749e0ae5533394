"""Files and folders to be read: which there are, how much that is, and why one cannot be had."""

import difflib
import hashlib
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.errors import CannotFetch, NotAnArticle
from bot.reading.bulk import Bulk, how_many
from bot.reading.identity import file_identity

_MANY = (".json", ".jsonl", ".ndjson", ".gz", ".warc")
"""Names of files end so that may hold many articles."""
_BEGINNING = 65536


@dataclass(frozen=True, slots=True)
class NoFile:
    """A path that gives no file, and why."""

    path: Path
    error: CannotFetch


@dataclass(frozen=True, slots=True)
class Extent:
    """How many files there are, and bytes in them; `count` is None where one of them may hold many articles."""

    count: int | None
    size: int


def files(path: Path) -> Iterator[Path | NoFile]:
    """The file at `path`, or the files under it in the order of their names, without hidden ones."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:
        yield NoFile(path, no_access(path, error))
        return
    if stat.S_ISREG(mode):
        yield path
    elif not stat.S_ISDIR(mode):
        yield NoFile(
            path, CannotFetch("It is neither a file nor a folder.", "To read what another program writes, pipe it in and give '-'.")
        )
    else:
        found = _walk(path)
        first = next(found, None)
        if first is None:
            yield NoFile(path, CannotFetch("The folder holds no files.", "Hidden files are not read."))
            return
        yield first
        yield from found


def extent(paths: Sequence[Path]) -> Extent:
    """How much the files are that lie at these paths."""
    count, size, many = 0, 0, False
    last = None
    for path in paths:
        for found in files(path):
            count += 1
            if isinstance(found, Path):
                many = many or found.suffix.lower() in _MANY
                last = found
                try:
                    size += found.stat().st_size
                except OSError:
                    continue  # gone since
    if count == 1 and last is not None:
        many = many or _holds_many(last)
    return Extent(None if many else count, size)


def identified(path: Path) -> tuple[str, str] | None:
    """Which file or folder lies at `path`, and what tells its content from another's; None where there is none that can be read."""
    try:
        details = path.stat()
        if stat.S_ISDIR(details.st_mode):
            return file_identity(path), f"a folder {_digest(path)}"
        with path.open("rb") as stream:
            beginning = stream.read(_BEGINNING) if stat.S_ISREG(details.st_mode) else None
    except (OSError, ValueError):
        return None
    if beginning is None:
        return None
    return file_identity(path), f"{details.st_size} {details.st_mtime_ns} {hashlib.sha256(beginning).hexdigest()}"


def no_access(path: Path, error: OSError | ValueError) -> CannotFetch:
    """Why a file cannot be read."""
    if isinstance(error, PermissionError):
        return CannotFetch("It may not be read by this user.", "Give this user the right to read it.")
    if isinstance(error, FileNotFoundError) and path.is_symlink():
        return CannotFetch("It is a link to what is not there.", "Give the file or folder itself.")
    if isinstance(error, FileNotFoundError | NotADirectoryError | ValueError):
        return CannotFetch(f"There is no file or folder {shown(path)}.", _nearest(path))
    return CannotFetch(f"It cannot be read: {error.strerror or 'input/output error'}.", "Check the disk and the path.")


def shown(path: Path) -> str:
    """A path that can be printed, whatever bytes its name is made of."""
    return os.fsencode(path).decode("utf-8", "replace")


def _digest(folder: Path) -> str:
    """What tells the files of a folder from those of another: their names, sizes and when they were written."""
    digest = hashlib.sha256()
    for found in files(folder):
        path = found.path if isinstance(found, NoFile) else found
        try:
            details = path.stat()
            told = f"{details.st_size} {details.st_mtime_ns}"
        except (OSError, ValueError):
            told = "none"
        digest.update(b"%b\0%b\0" % (os.fsencode(path.relative_to(folder)), told.encode()))
    return digest.hexdigest()


def _holds_many(path: Path) -> bool:
    """Whether a file whose name does not say so holds many articles, as its beginning tells."""
    try:
        with path.open("rb") as stream:
            beginning = stream.read(_BEGINNING)
        return how_many(beginning, name=path.name, whole=len(beginning) < _BEGINNING) is not Bulk.ONE
    except (OSError, NotAnArticle):
        return False


def _walk(folder: Path) -> Iterator[Path | NoFile]:
    try:
        with os.scandir(folder) as entries:
            names = sorted(entry.name for entry in entries if not entry.name.startswith("."))
    except OSError as error:
        yield NoFile(folder, no_access(folder, error))
        return
    for name in names:
        entry = folder / name
        if entry.is_dir():
            # A link to a folder may lead back up; what it holds is read where it really lies.
            if not entry.is_symlink():
                yield from _walk(entry)
        else:
            yield from files(entry)


def _nearest(path: Path) -> str:
    """What to do about a path that leads nowhere: the name beside it that is most like it."""
    try:
        beside = [entry.name for entry in path.parent.iterdir()]
    except (OSError, ValueError):
        return "Check the path."
    close = difflib.get_close_matches(path.name, beside, n=1, cutoff=0.7)
    if close:
        return f"Did you mean {shown(path.parent / close[0])}?"
    if re.match(r"(?:www\.)?[\w-]+\.[\w.-]+/", str(path)):
        return "Check the path; a web address begins with https://."
    return "Check the path."
