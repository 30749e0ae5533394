"""WARC files (ISO 28500; 1.0 and 1.1): the pages of the web that a crawler kept.

Read here and not by `warcio`, whose header lines and chunks may be of any size, and which takes a file that is cut off for whole.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import Parser
from http.client import HTTPException, HTTPResponse, IncompleteRead
from socket import socket
from typing import BinaryIO, cast

from bot.errors import NotAnArticle
from bot.reading.documents import MAX_ARTICLE_BYTES, too_large
from bot.reading.gzipped import Again, Reads, cut_off
from bot.reading.unpacking import BrokenCodingError, TooLongError, UnknownCodingError, Unpacker

BEGINS = b"WARC/"
_HEAD_BYTES = 65536
"""Bytes that the head of a record, or of the answer in it, may have."""
_PIECE = 65536
_PAGES = ("text/html", "application/xhtml+xml")


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it was kept, by the number of its record in the file (the first is 1)."""

    number: int
    address: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Lost:
    """A page that cannot be had, and why."""

    number: int
    error: NotAnArticle


def pages(beginning: bytes, stream: Reads) -> Iterator[Kept | Lost]:
    """The pages in a WARC file that is unpacked: what was answered with 200 and HTML, and HTML that was kept without an answer.

    The `beginning` of the stream has been read. Holds one record of at most 20 MB.
    Raises NotAnArticle where the file ends too soon, or what follows is no record.
    """
    lines = io.BufferedReader(_Raw(Again(beginning, stream)), _PIECE)
    number = 0
    while (head := _head(lines, number + 1)) is not None:
        number += 1
        length = _length(head, number)
        address = (head["WARC-Target-URI"] or "").strip("<> ")
        kind = (head["WARC-Type"] or "").lower()
        wanted = kind in ("response", "resource") and address.lower().startswith(("http:", "https:"))
        block = lines.read(min(length, MAX_ARTICLE_BYTES + _HEAD_BYTES)) if wanted else b""
        _pass_over(lines, length - len(block))
        if wanted:
            page = _answered(block) if kind == "response" else _Page(head.get("Content-Type", ""), "", block)
            if page is not None and page.media_type.partition(";")[0].strip().lower() in _PAGES:
                try:
                    yield Kept(number, address, page.media_type, page.unpacked(whole=len(block) == length))
                except NotAnArticle as error:
                    yield Lost(number, error)


@dataclass(frozen=True, slots=True)
class _Page:
    media_type: str
    codings: str
    body: bytes

    def unpacked(self, *, whole: bool) -> bytes:
        """Its bytes. Raises NotAnArticle where they are too many, or not to be unpacked."""
        if not whole or len(self.body) > MAX_ARTICLE_BYTES:
            raise too_large(MAX_ARTICLE_BYTES + 1)
        try:
            unpacker = Unpacker(self.codings.split(","), MAX_ARTICLE_BYTES)
            unpacker.add(self.body)
            return unpacker.body(whole=False)
        except TooLongError as error:
            raise too_large(MAX_ARTICLE_BYTES + 1) from error
        except (UnknownCodingError, BrokenCodingError) as error:
            raise NotAnArticle("The page is packed in a way that cannot be read.", "Look at that record: it may be broken.") from error


def _answered(block: bytes) -> _Page | None:
    """What a server answered with (RFC 9112), if that was a page."""
    if block[:6] in (b"HTTP/2", b"HTTP/3"):  # crawlers write these answers down as if they were of 1.1
        block = b"HTTP/1.1 " + block.partition(b" ")[2]
    answer = HTTPResponse(cast(socket, _Socket(block)), method="GET")
    try:
        answer.begin()
        if answer.status != 200:
            return None
        try:
            body = answer.read()
        except IncompleteRead as error:
            body = error.partial
    except (HTTPException, ValueError):
        return None
    return _Page(answer.headers.get("Content-Type", ""), answer.headers.get("Content-Encoding", ""), body)


class _Socket:
    """A connection by which an answer came that is there as a whole."""

    def __init__(self, block: bytes) -> None:
        self._block = block

    def makefile(self, _mode: str) -> io.BytesIO:
        """What can be read of it."""
        return io.BytesIO(self._block)


class _Raw(io.RawIOBase):
    def __init__(self, stream: Reads) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        piece = self._stream.read(len(buffer))
        buffer[: len(piece)] = piece
        return len(piece)


def _head(lines: BinaryIO, number: int) -> Message | None:
    """The head of the next record; None at the end of the file."""
    line = b"\r\n"
    while line in (b"\r\n", b"\n"):
        line = lines.readline(_HEAD_BYTES)
    if not line:
        return None
    if not line.startswith(BEGINS):
        raise _broken(number)
    head = bytearray()
    while (line := lines.readline(_HEAD_BYTES)) not in (b"\r\n", b"\n"):
        if not line:
            raise cut_off()
        head += line
        if len(head) > _HEAD_BYTES:
            raise _broken(number)
    return Parser().parsestr(head.decode("utf-8", "replace"), headersonly=True)


def _length(head: Message, number: int) -> int:
    given = (head["Content-Length"] or "").strip()
    if not (given.isascii() and given.isdigit() and len(given) < 19):
        raise _broken(number)
    return int(given)


def _pass_over(lines: BinaryIO, length: int) -> None:
    while length:
        piece = lines.read(min(length, _PIECE))
        if not piece:
            raise cut_off()
        length -= len(piece)


def _broken(number: int) -> NotAnArticle:
    return NotAnArticle(
        f"What stands in the place of its record {number:,} is no WARC record.", "What stands before is read. Get the file anew."
    )
