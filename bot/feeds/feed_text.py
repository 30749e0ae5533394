"""The bytes of a feed to its characters: one wrong byte must not cost all its entries, as it costs an article."""

import codecs
import re
import zlib

from bot.errors import NotAFeed, NotAnArticle
from bot.reading.encodings import decode, mark_of, utf16_without_mark
from bot.reading.formats import declared_charset, refuse_binary
from bot.reading.web_page import declared_encoding

MAX_FEED_BYTES = 10_000_000
_SAMPLE = 8192
_GZIP = b"\x1f\x8b"
_BEYOND_ASCII = re.compile("[^\x00-\x7f\ufffd]")
# What servers say of everything that they send: believed only after what the document itself says.
_SAID_OF_ANYTHING = frozenset({"utf-8", "iso8859-1", "ascii", "cp1252"})


def characters(data: bytes, *, media_type: str | None) -> str:
    """The text of a feed, without its byte order mark. Bytes that fit nowhere become U+FFFD.

    A byte order mark wins, then UTF-8, and UTF-8 with a few wrong bytes; then the encoding that HTTP names (RFC 7303, 3.2),
    then the document's own, then Windows-1252. A gzip file, as sitemaps are kept in, is unpacked. Raises NotAFeed for
    what is too large, or no text.
    """
    unpacked = _inflated(data) if data.startswith(_GZIP) else data
    if len(unpacked) > MAX_FEED_BYTES:
        raise _too_large()
    try:
        # A stray zero byte makes no binary file of a feed.
        refuse_binary(unpacked[:_SAMPLE].replace(b"\x00", b""))
    except NotAnArticle as refusal:
        raise NotAFeed(refusal.what, "Give the address of a feed, or of a page that names one.") from refusal
    return _decoded(unpacked, [declared_charset(media_type), declared_encoding(unpacked)])


def _decoded(data: bytes, declared: list[str | None]) -> str:
    if marked := mark_of(data):
        mark, encoding = marked
        return data[len(mark) :].decode(encoding, "replace")
    if encoding_16 := utf16_without_mark(data):
        return data.decode(encoding_16, "replace")
    text = data.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    if not wrong or _is_mostly_utf8(text, wrong):
        return text
    for encoding in sorted(filter(None, declared), key=_is_said_of_anything):
        try:
            return decode(data, declared=encoding)
        except NotAnArticle:
            continue
    try:
        return decode(data)
    except NotAnArticle:
        return text


def _is_mostly_utf8(text: str, wrong: int) -> bool:
    """Whether most of what is not ASCII was valid UTF-8, which hardly any text in another encoding is."""
    return len(_BEYOND_ASCII.findall(text)) >= 4 * wrong


def _is_said_of_anything(encoding: str) -> bool:
    try:
        return codecs.lookup(encoding).name in _SAID_OF_ANYTHING
    except (LookupError, ValueError):
        return True


def _inflated(data: bytes) -> bytes:
    """The bytes in a gzip file, of which the end may be missing."""
    try:
        inflated = zlib.decompressobj(wbits=31).decompress(data, MAX_FEED_BYTES + 1)
    except zlib.error as error:
        raise NotAFeed("It is a broken gzip archive.", "Give the address of a feed, or of a page that names one.") from error
    if len(inflated) > MAX_FEED_BYTES:
        raise _too_large()
    return inflated


def _too_large() -> NotAFeed:
    return NotAFeed(f"It is larger than {MAX_FEED_BYTES:,} bytes.", "Ask its publisher for a shorter feed, or add a feed of one section.")
