"""Files that a command writes: whole, or as they were before."""

import contextlib
import itertools
import secrets
from collections.abc import Iterator
from pathlib import Path

from bot.errors import CannotWrite


@contextlib.contextmanager
def writing(out: Path) -> Iterator[None]:
    """What goes wrong in it with the file `out` is raised as CannotWrite, with the reason; a broken pipe as it is."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        why = error.strerror or "input/output error"
        raise CannotWrite(f"{out} cannot be written: {why[0].lower()}{why[1:]}.", "Name a file that can be.") from error


def written_at(out: Path) -> tuple[Path, Path]:
    """Where `out` leads, a link of that name followed, and a file beside it to write first; the same for a device or a pipe.

    Raises CannotWrite for links that lead in a circle, which some versions of Python resolve and some do not.
    """
    with writing(out), contextlib.suppress(FileNotFoundError):
        out.stat()
    target = out.resolve()
    if target.exists() and not target.is_file():
        return target, target
    return target, target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")


def write_beside(name: str, content: bytes) -> Path:
    """Write a new file into the folder where we are, with a number in its name where one is there already. Raises CannotWrite."""
    stem, suffix = Path(name).stem, Path(name).suffix
    out = Path(name)
    for number in itertools.count(2):
        if not out.exists() and not out.is_symlink():
            break
        out = Path(f"{stem}-{number}{suffix}")
    write_whole(out, content)
    return out


def write_whole(out: Path, content: bytes) -> None:
    """Write a file, which takes the place of the one that is there. Raises CannotWrite."""
    target, part = written_at(out)
    try:
        with writing(out):
            part.write_bytes(content)
            if part != target:
                part.replace(target)
    finally:
        if part != target:
            part.unlink(missing_ok=True)
