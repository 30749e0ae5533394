"""WARC files (ISO 28500; 1.0 and 1.1): the pages of the web that a crawler kept.

Read here and not by `warcio`, whose header lines and chunks may be of any size, and which takes a file that is cut off for whole.
"""

import io
import re
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
_BEFORE_MARKUP = b"\xef\xbb\xbf \t\r\n"
_IN_PART = ("WARC-Truncated", "WARC-Segment-Number")
"""Fields of a record that holds the beginning of a page."""
_STATUS = re.compile(rb"HTTP/[\d.]+[ \t]+(\d{3})\b", re.IGNORECASE)
_HEAD_ENDS = re.compile(rb"\r?\n\r?\n")
_FIELD = re.compile(
    rb"^(Content-Type|Content-Encoding|Content-Length|Transfer-Encoding)[ \t]*(:[^\n]*(?:\n[ \t]+[^\s][^\n]*)*)\n",
    re.IGNORECASE | re.MULTILINE,
)
"""What the head of an answer says of its body."""
_CHUNK = re.compile(rb"[0-9A-Fa-f]+[ \t]*(;.*)?\r?\n")


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
            if page is not None and _is_page(page):
                try:
                    if len(block) < length:
                        raise too_large(MAX_ARTICLE_BYTES + 1)
                    yield Kept(number, address, page.media_type, page.unpacked(whole=not any(name in head for name in _IN_PART)))
                except NotAnArticle as error:
                    yield Lost(number, error)


@dataclass(frozen=True, slots=True)
class _Page:
    media_type: str
    codings: str
    body: bytes
    whole: bool = True

    def unpacked(self, *, whole: bool) -> bytes:
        """Its bytes. Raises NotAnArticle where they are too many, not to be unpacked, or not all there: a quote might end in its middle."""
        if not (self.whole and whole):
            raise NotAnArticle("The page was kept in part only: it was cut off.", "Get that page itself.")
        if len(self.body) > MAX_ARTICLE_BYTES:
            raise too_large(MAX_ARTICLE_BYTES + 1)
        try:
            unpacker = Unpacker(self.codings.split(","), MAX_ARTICLE_BYTES)
            unpacker.add(self.body)
            return unpacker.body()
        except TooLongError as error:
            raise too_large(MAX_ARTICLE_BYTES + 1) from error
        except (UnknownCodingError, BrokenCodingError) as error:
            if self.body.lstrip(_BEFORE_MARKUP).startswith(b"<"):  # its crawler unpacked it, and left the head as it was
                return self.body
            raise NotAnArticle("The page is packed in a way that cannot be read.", "Look at that record: it may be broken.") from error


def _is_page(page: _Page) -> bool:
    """Whether it is HTML, by the first of the types that its server gives, else by how it begins."""
    kind = re.split("[;,]", page.media_type)[0].strip().lower()
    return kind in _PAGES or (not kind and page.body.lstrip(_BEFORE_MARKUP)[:9].lower().startswith((b"<!doctype", b"<html")))


def _answered(block: bytes) -> _Page | None:
    """What a server answered with (RFC 9112), if that was 200; also of crawlers that undid chunks or codings and left the head.

    Of the head only what says something of the body is looked at: in others servers write what they like, and as much as they like.
    """
    head, body = _parted(block)
    while (status := _STATUS.match(head)) and status[1].startswith(b"1"):
        head, body = _parted(body)
    if status is None or status[1] != b"200":
        return None
    fields = b"".join(b"%b%b\n" % found.groups() for found in _FIELD.finditer(head))
    stream = io.BytesIO(b"HTTP/1.1 200 OK\r\n" + fields + b"\r\n" + body)
    answer = HTTPResponse(cast(socket, _Socket(stream)), method="GET")
    whole = True
    try:
        answer.begin()
        said, answer.length = answer.length, None
        if answer.chunked:
            place = stream.tell()
            answer.chunked = _CHUNK.match(stream.readline(_HEAD_BYTES)) is not None
            stream.seek(place)
        try:
            body = answer.read()
        except IncompleteRead as error:
            body, whole = error.partial, False
    except (HTTPException, ValueError):
        return None
    kind, codings = (answer.headers.get(name, "") for name in ("Content-Type", "Content-Encoding"))
    return _Page(kind, codings, body, whole and (said is None or len(body) >= said))


def _parted(block: bytes) -> tuple[bytes, bytes]:
    """The head of an answer, and what follows it."""
    end = _HEAD_ENDS.search(block)
    return (block, b"") if end is None else (block[: end.start()] + b"\n", block[end.end() :])


class _Socket:
    """A connection by which an answer came that is there as a whole."""

    def __init__(self, stream: io.BytesIO) -> None:
        self._stream = stream

    def makefile(self, _mode: str) -> io.BytesIO:
        """What can be read of it."""
        return self._stream


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
