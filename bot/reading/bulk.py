"""Many articles in one file: telling JSON Lines and JSON arrays from single articles, and cutting lines as they stream. Pure."""

import codecs
from collections.abc import Callable, Iterator
from enum import Enum

from bot.reading.encodings import mark_of, utf16_without_mark
from bot.reading.formats import Format, named_format, refuse_binary
from bot.reading.json_records import is_object, records


class Bulk(Enum):
    """How many articles a file holds, as its beginning tells."""

    ONE = "one document"
    LINES = "JSON Lines"
    ARRAY = "a JSON array"


def how_many(beginning: bytes, *, name: str, whole: bool) -> Bulk:
    """What a file is that begins so; `whole` says that `beginning` is all of it. Raises NotAnArticle for what is no text."""
    text = _readable(beginning).lstrip()
    named = named_format(name)
    first, line_ends, rest = text.partition("\n")
    is_record = first.startswith("{") and is_object(first)
    if not (is_record or (named is Format.JSON_LINES and first.startswith("{"))):
        refuse_binary(beginning)  # a zero byte in one line makes no binary file of the others
    if named is Format.JSON_LINES and first.strip() not in ("[", "{"):
        return Bulk.LINES
    if is_record and (rest.strip() or not (whole or line_ends)):
        return Bulk.LINES
    if text.startswith("[") and (named is Format.JSON or text[1:].lstrip().startswith("{")):
        return Bulk.ARRAY
    if (named is Format.JSON and text.startswith("{")) or (is_record and len(records(first)) > 1):
        return Bulk.ARRAY
    return Bulk.ONE


def cut_lines(beginning: bytes, more: Callable[[], bytes], *, longest: int) -> Iterator[bytes | None]:
    """The lines of a stream as UTF-8, without their ends; None stands for one of more than `longest` bytes.

    `more` gives the next bytes, and none at the end. Never holds more than one line and one piece.
    """
    held = bytearray()
    skipping = False
    for piece in _as_utf8(beginning, more):
        parts = piece.split(b"\n")
        for number, part in enumerate(parts):
            if not skipping:
                held += part
            skipping = skipping or len(held) > longest
            if skipping:
                held.clear()
            if number < len(parts) - 1:
                yield None if skipping else bytes(held)
                held.clear()
                skipping = False
    if held or skipping:
        yield None if skipping else bytes(held)


def _as_utf8(beginning: bytes, more: Callable[[], bytes]) -> Iterator[bytes]:
    """The stream's pieces; UTF-16 is turned into UTF-8, all else is passed on for `decode` to judge line by line."""
    mark, encoding = mark_of(beginning) or (b"", utf16_without_mark(beginning))
    pieces = _pieces(beginning[len(mark) :], more)
    if encoding is None or encoding == "utf-8":
        yield from pieces
        return
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    for piece in pieces:
        yield decoder.decode(piece).encode("utf-8", "replace")
    yield decoder.decode(b"", final=True).encode("utf-8", "replace")


def _pieces(beginning: bytes, more: Callable[[], bytes]) -> Iterator[bytes]:
    piece = beginning
    while piece:
        yield piece
        piece = more()


def _readable(beginning: bytes) -> str:
    mark, encoding = mark_of(beginning) or (b"", utf16_without_mark(beginning))
    return beginning[len(mark) :].decode(encoding or "utf-8", "replace")
