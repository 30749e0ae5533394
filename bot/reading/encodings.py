"""Bytes to characters: which encoding a document is in, decided in a fixed order.

A byte order mark wins; then UTF-8, since other encodings hardly ever happen to be valid UTF-8, whatever
the document says of itself; then UTF-16 without a mark; then what the document declares; then Windows-1252.
"""

import codecs
import re

from bot.errors import NotAnArticle

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
WRONG = "\ufffd"
"""Stands where bytes are no character."""
_SAMPLE = 4096
# The WHATWG Encoding Standard reads these labels as Windows-1252, and so do browsers.
_READ_AS_WINDOWS_1252 = frozenset({"ascii", "us-ascii", "iso-8859-1", "iso8859-1", "latin1", "latin-1", "l1", "cp1252", "windows-1252"})
# Codecs of Python that are no character encodings of documents, or that let ASCII bytes mean something else.
_NEVER = frozenset({"utf-7", "idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined", "mbcs", "oem", "utf-16", "utf-32"})
_PLAUSIBLE_1252 = frozenset("€‚„…‘’“”•–—™£©®°«»·§¡¿½¼¾ºª²³¢¥\xa0\xadŠšŽžŒœŸƒ‹›") | {
    chr(code) for code in range(0xC0, 0x100) if code not in (0xD7, 0xF7)
}
# Lead and continuation bytes of UTF-8 as Windows-1252 shows them: 'â€œ', 'Ã©'.
_MOJIBAKE = re.compile("â€[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|[ÂÃ][\x80-\xbf]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def mark_of(data: bytes) -> tuple[bytes, str] | None:
    """The byte order mark that `data` begins with, and its encoding."""
    return next(((mark, encoding) for mark, encoding in _MARKS if data.startswith(mark)), None)


def utf16_without_mark(data: bytes) -> str | None:
    """The byte order of UTF-16 that has no mark, seen by its zero bytes; None where it is not UTF-16.

    Text in a Latin script has a zero for nearly every second byte, always on the same side.
    """
    sample = data[: _SAMPLE - _SAMPLE % 2]
    pairs = len(sample) // 2
    if pairs < 2:
        return None
    first, second = sample[0::2].count(0), sample[1::2].count(0)
    if second > 0.6 * pairs and first < 0.05 * pairs:
        return "utf-16-le"
    if first > 0.6 * pairs and second < 0.05 * pairs:
        return "utf-16-be"
    return None


def decode(data: bytes, *, declared: str | None = None) -> str:
    """The characters of `data`, without the byte order mark.

    `declared` is the encoding that the document or its server names; it is believed only where the bytes
    are not valid UTF-8. Raises NotAnArticle where no reading makes sense.
    """
    if marked := mark_of(data):
        mark, encoding = marked
        return _strictly(data[len(mark) :], encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        wrong_at = error.start
    else:
        encoding_16 = utf16_without_mark(data)
        return _strictly(data, encoding_16) if encoding_16 else text
    if encoding_16 := utf16_without_mark(data):
        return _strictly(data, encoding_16)
    if (codec := _codec(declared)) and codec not in ("utf-8", "cp1252"):
        return _strictly(data, codec)
    sensible = _sensible_windows_1252(data)
    if sensible is None:
        raise NotAnArticle(
            f"It is not valid UTF-8 (the byte at position {wrong_at} does not fit) and reads as no other encoding.",
            "Save it again as UTF-8.",
        )
    return sensible


def nearly_utf8(data: bytes) -> str | None:
    """The characters of what is UTF-8 but for a few bytes, each with U+FFFD in its place; None for what is not."""
    text = data.decode("utf-8", "replace")
    return text if text.count(WRONG) <= 1 + len(text) // 1000 else None


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError) as error:
        raise NotAnArticle(f"It says that it is {encoding.upper()}, but its bytes are not.", "Save it again as UTF-8.") from error


def _codec(declared: str | None) -> str | None:
    """Python's name of a declared text encoding; None where there is none that we read."""
    label = (declared or "").strip().strip("\"'").lower()
    if not label or label in _READ_AS_WINDOWS_1252:
        return "cp1252" if label else None
    try:
        info = codecs.lookup(label)
        b"text".decode(info.name)
    except (LookupError, ValueError, TypeError):
        return None
    return None if info.name in _NEVER else info.name


def _sensible_windows_1252(data: bytes) -> str | None:
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    foreign = [character for character in text if character >= "\x80"]
    odd = sum(character not in _PLAUSIBLE_1252 for character in foreign)
    if _MOJIBAKE.search(text) or _CONTROLS.search(text) or len(foreign) > 0.3 * len(text) or odd > 0.1 * len(foreign):
        return None
    return text
