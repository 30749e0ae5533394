"""Decompressing what a server sent, piece by piece: a small piece may hold gigabytes, and none of them is held here.

gzip, deflate (RFC 1950, and the bare RFC 1951 that some servers mean by it), brotli (RFC 7932) and Zstandard (RFC 8878, with windows
of up to 8 MB: RFC 9659), and two of them one upon the other.
"""

import sys
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, Protocol

import brotli  # type: ignore[import-untyped]

if sys.version_info >= (3, 14):
    from compression.zstd import DecompressionParameter, ZstdDecompressor, ZstdError
else:
    from backports.zstd import DecompressionParameter, ZstdDecompressor, ZstdError

ACCEPTED: Final = "gzip, deflate, br, zstd"
MAX_CODINGS: Final = 2
MAX_MEMBERS: Final = 1000
_PIECE: Final = 65536
_GZIP: Final = zlib.MAX_WBITS | 16
_ZSTD_OPTIONS: Final[Mapping[int, int]] = {DecompressionParameter.window_log_max: 23}


class UnknownCodingError(ValueError):
    """A content coding that is not read, or too many of them."""


class BrokenCodingError(ValueError):
    """Compressed data that is not what it is said to be, or that ends too soon."""


class TooLongError(ValueError):
    """More bytes than the limit."""


class _Stage(Protocol):
    """One content coding being undone."""

    def unpack(self, data: bytes) -> Iterator[bytes]:
        """What `data` adds to the output, in pieces of about 64 kB."""
        ...

    def complete(self) -> bool:
        """Whether all that was begun has come to its end."""
        ...


class Unpacker:
    """Takes a body as it comes and holds it decompressed: never more than `limit` bytes, and a piece for each coding.

    `codings` are the names in Content-Encoding, in its order. The limit holds for what comes in and for what each coding gives: a
    bomb inside another that ends in nothing is one as well. Raises UnknownCodingError.
    """

    def __init__(self, codings: Sequence[str], limit: int) -> None:
        names = [name for coding in codings if (name := coding.strip().lower()) not in ("", "identity")]
        unknown = next((name for name in names if name not in _STAGES), None)
        if unknown is not None or len(names) > MAX_CODINGS:
            raise UnknownCodingError(unknown or ", ".join(names))
        self._stages = [_STAGES[name]() for name in reversed(names)]
        self._left = [limit] * (len(names) + 1)
        self._body = bytearray()

    def add(self, data: bytes) -> None:
        """Take the next bytes. Raises TooLongError, after which `body` is as long as the limit, and BrokenCodingError."""
        self._add(data, 0)

    def body(self, *, whole: bool = True) -> bytes:
        """All that was taken, decompressed. Raises BrokenCodingError where it should be `whole` and ends too soon."""
        if whole and not all(stage.complete() for stage in self._stages):
            raise BrokenCodingError
        return bytes(self._body)

    def _add(self, data: bytes, depth: int) -> None:
        fits = data[: self._left[depth]]
        self._left[depth] -= len(fits)
        if depth == len(self._stages):
            self._body += fits
        else:
            for piece in self._stages[depth].unpack(fits):
                self._add(piece, depth + 1)
        if len(fits) < len(data):
            raise TooLongError


class _Deflate:
    def __init__(self) -> None:
        self._head = b""
        self._unpack: zlib._Decompress | None = None

    def unpack(self, data: bytes) -> Iterator[bytes]:
        if self._unpack is None:
            self._head += data
            if len(self._head) < 2:
                return
            data, self._head = self._head, b""
            wrapped = data[0] & 0x0F == 8 and int.from_bytes(data[:2], "big") % 31 == 0
            self._unpack = zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)
        yield from _inflated(self._unpack, data)

    def complete(self) -> bool:
        return self._unpack is not None and self._unpack.eof


class _Gzip:
    def __init__(self) -> None:
        self._unpack = zlib.decompressobj(_GZIP)
        self._members = 1

    def unpack(self, data: bytes) -> Iterator[bytes]:
        rest = data
        while rest:
            if self._unpack.eof:
                if rest[:1] != b"\x1f" or self._members == MAX_MEMBERS:
                    return  # what follows the last member is padding
                self._unpack, self._members = zlib.decompressobj(_GZIP), self._members + 1
            yield from _inflated(self._unpack, rest)
            rest = self._unpack.unused_data

    def complete(self) -> bool:
        return self._unpack.eof


class _Brotli:
    def __init__(self) -> None:
        self._unpack = brotli.Decompressor()

    def unpack(self, data: bytes) -> Iterator[bytes]:
        while not self._unpack.is_finished():
            try:
                piece: bytes = self._unpack.process(data, output_buffer_limit=_PIECE)
            except brotli.error as error:
                raise BrokenCodingError from error
            if not piece:
                return
            yield piece
            data = b""

    def complete(self) -> bool:
        return bool(self._unpack.is_finished())


class _Zstandard:
    def __init__(self) -> None:
        self._unpack = ZstdDecompressor(options=_ZSTD_OPTIONS)
        self._frames = 1

    def unpack(self, data: bytes) -> Iterator[bytes]:
        rest = data
        while rest or not (self._unpack.eof or self._unpack.needs_input):
            if self._unpack.eof:
                if self._frames == MAX_MEMBERS:
                    raise BrokenCodingError
                self._unpack, self._frames = ZstdDecompressor(options=_ZSTD_OPTIONS), self._frames + 1
            try:
                piece = self._unpack.decompress(rest, _PIECE)
            except ZstdError as error:
                raise BrokenCodingError from error
            rest = self._unpack.unused_data if self._unpack.eof else b""
            if piece:
                yield piece

    def complete(self) -> bool:
        return self._unpack.eof


_STAGES: Final[Mapping[str, Callable[[], _Stage]]] = {
    "gzip": _Gzip,
    "x-gzip": _Gzip,
    "deflate": _Deflate,
    "br": _Brotli,
    "zstd": _Zstandard,
}


def _inflated(unpack: "zlib._Decompress", data: bytes) -> Iterator[bytes]:
    """What zlib gives for `data`. A full piece may be followed by more, although no input is left."""
    piece = b""
    while (data or len(piece) == _PIECE) and not unpack.eof:
        try:
            piece = unpack.decompress(data, _PIECE)
        except zlib.error as error:
            raise BrokenCodingError from error
        data = unpack.unconsumed_tail
        if piece:
            yield piece
