"""gzip files (RFC 1952), unpacked as they are read: of a file of any size a piece at a time."""

import gzip
import zlib
from typing import BinaryIO, Protocol, cast

from bot.errors import NotAnArticle

MAGIC = b"\x1f\x8b"
_MOST_TIMES = 200
"""Archives of text unpack to three to thirty times their size, and to a thousand times at most: that is a bomb."""
_ALWAYS = 100_000_000
"""Bytes that any file may unpack to."""


class Reads(Protocol):
    """A stream of bytes."""

    def read(self, size: int, /) -> bytes:
        """The next bytes, as many as asked for but at the end."""
        ...


class Unzipped:
    """The bytes in a gzip stream. `beginning` is what has been read of it already."""

    def __init__(self, beginning: bytes, stream: Reads) -> None:
        self._packed = Again(beginning, stream)
        self._unpacked = gzip.GzipFile(fileobj=cast(BinaryIO, self._packed), mode="rb")
        self._given = 0

    def read(self, size: int, /) -> bytes:
        """The next bytes. Raises NotAnArticle where the file is broken, ends too soon, or is a bomb."""
        try:
            piece: bytes = self._unpacked.read(size)
        except EOFError as error:
            raise cut_off() from error
        except (gzip.BadGzipFile, zlib.error) as error:
            raise NotAnArticle("It is a broken gzip file.", "What stands before the break is read. Get the file anew.") from error
        self._given += len(piece)
        if self._given > max(_ALWAYS, _MOST_TIMES * self._packed.taken):
            raise NotAnArticle(
                f"It unpacks to more than {_MOST_TIMES} times its size, as no news does.", "Look at it: it is made to do harm."
            )
        return piece


def cut_off() -> NotAnArticle:
    """The refusal of what lies behind the end of a file that ends too soon."""
    return NotAnArticle(
        "It ends too soon: it was cut off, or is not written to its end.", "What stands before is read. Get the whole file."
    )


class Again:
    """A stream of which the beginning is read a second time; counts what is taken of it."""

    def __init__(self, beginning: bytes, stream: Reads) -> None:
        self._beginning = beginning
        self._stream = stream
        self.taken = 0

    def read(self, size: int, /) -> bytes:
        """The next bytes."""
        piece, self._beginning = self._beginning[:size], self._beginning[size:]
        piece = piece or self._stream.read(size)
        self.taken += len(piece)
        return piece
