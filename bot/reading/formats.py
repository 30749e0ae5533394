"""Which format a document is in: by what it holds first, then by its media type and name. Pure."""

import re
from enum import StrEnum
from pathlib import PurePath

from bot.errors import NotAnArticle
from bot.reading.encodings import mark_of, utf16_without_mark

_SIGNATURES = (
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF-", "a PDF"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "a rich text (RTF) document"),
    (b"SQLite format 3", "an SQLite database"),
    (b"OggS", "an Ogg recording"),
    (b"ID3", "an MP3 recording"),
    (b"fLaC", "a FLAC recording"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)
_PACKED = (
    (0, b"PK\x03\x04", "a ZIP archive or an office document"),
    (0, b"\x1f\x8b", "a gzip archive"),
    (0, b"BZh", "a bzip2 archive"),
    (0, b"\xfd7zXZ", "an xz archive"),
    (0, b"7z\xbc\xaf", "a 7-Zip archive"),
    (0, b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (257, b"ustar", "a tar archive"),
    (0, b"filedesc://", "an ARC file"),
)
"""What others are packed in, by the bytes at a place of it."""
_SAMPLE = 8192
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--(?:(?!-->).)*-->\s*)*<(?:!doctype\s+html|html|head|body|article|main|section|div|p|h1|meta|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_XML = re.compile(r"\s*<(?:\?xml|rss|feed|rdf:RDF|urlset|nitf|newsML)\b", re.IGNORECASE)
_TABLES = (".csv", ".tsv")
_TAG = re.compile(r"<(?:p|div|html|body|article|br|h[1-6])\b[^>]*>", re.IGNORECASE)
_MARKUP = re.compile(r"</(?:p|div|h[1-6]|a|em|strong|i|b|u|span|li|blockquote)\s*>|<br\s*/?>", re.IGNORECASE)
_WHOLE_PAGE = re.compile(r"<(?:!doctype|html|head|body|meta|title)\b", re.IGNORECASE)
_FRONT_MATTER = re.compile(r"\s*---[^\S\n]*\n(?:[^\S\n]*(?:#.*)?\n)*[A-Za-z_][\w -]*:[ \n]")
_JSON_OBJECT = re.compile(r"""\s*\{\s*"[^"\n]{1,60}"\s*:""")


class Format(StrEnum):
    """The formats in which articles come."""

    PLAIN_TEXT = "plain text"
    MARKDOWN = "Markdown"
    HTML = "HTML"
    JSON = "JSON"
    JSON_LINES = "JSON Lines"


_BY_SUFFIX = {
    ".md": Format.MARKDOWN,
    ".markdown": Format.MARKDOWN,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".json": Format.JSON,
    ".jsonl": Format.JSON_LINES,
    ".ndjson": Format.JSON_LINES,
}
_BY_MEDIA_TYPE = {
    "text/markdown": Format.MARKDOWN,
    "text/html": Format.HTML,
    "application/xhtml+xml": Format.HTML,
    "application/json": Format.JSON,
    "application/x-ndjson": Format.JSON_LINES,
    "application/jsonl": Format.JSON_LINES,
}


def refuse_binary(data: bytes) -> None:
    """Raise NotAnArticle, saying what it is, where the first bytes are those of no text."""
    for signature, what in _SIGNATURES:
        if data.startswith(signature):
            raise NotAnArticle(f"It is {what}, not text.", "Give the article's text, or the page it stands on.")
    for place, signature, what in _PACKED:
        if data.startswith(signature, place):
            raise NotAnArticle(f"It is {what}, not text.", "Unpack it, and give what it holds.")
    if data[:4] == b"RIFF" or data[4:8] == b"ftyp":
        raise NotAnArticle("It is an image, a recording or a film, not text.", "Give the article's text, or the page it stands on.")
    sample = data[:_SAMPLE]
    if mark_of(sample) or utf16_without_mark(sample):
        return
    if b"\x00" in sample or len(_CONTROLS.findall(sample)) > 0.02 * len(sample):
        raise NotAnArticle("It is a binary file, not text.", "Give the article's text, or the page it stands on.")


def named_format(name: str, media_type: str | None = None) -> Format | None:
    """The format that a media type or a file's name stands for."""
    essence = (media_type or "").partition(";")[0].strip().lower()
    return _BY_MEDIA_TYPE.get(essence) or _BY_SUFFIX.get(PurePath(name.partition("?")[0]).suffix.lower())


def recognise(text: str, *, name: str, media_type: str | None = None) -> Format:
    """The format of a document's text. What it plainly is counts for more than what it is called.

    Raises NotAnArticle for tables and for XML that is no page: taken for plain text, all of their articles would be one.
    """
    named = named_format(name, media_type)
    if named in (Format.JSON, Format.JSON_LINES):
        return named
    if _HTML_START.match(text) or (named is Format.HTML and _TAG.search(text)):
        return Format.HTML
    if _XML.match(text):
        raise NotAnArticle(
            "It is XML, and no page of the web.", "Give the articles as JSON Lines; of a feed, 'feeds add' takes the address."
        )
    if PurePath(name.partition("?")[0]).suffix.lower() in _TABLES:
        raise NotAnArticle("It is a table, not an article.", "Give one article a file, or many articles as JSON Lines.")
    if named is Format.MARKDOWN or _FRONT_MATTER.match(text):
        return Format.MARKDOWN
    if _JSON_OBJECT.match(text):
        return Format.JSON_LINES
    return Format.PLAIN_TEXT


def is_markup(text: str) -> bool:
    """Whether what is given as the text of an article is HTML: an element ends in it, or a line is broken."""
    return _MARKUP.search(text) is not None


def page_of(fragment: str) -> str:
    """A page of the web that holds nothing but this HTML; where that is without paragraphs, blank lines part them."""
    if _WHOLE_PAGE.search(fragment):
        return fragment
    paragraphs = [fragment] if re.search(r"<p\b", fragment, re.IGNORECASE) else re.split(r"\n\s*\n", fragment)
    return f"<html><body><article>{''.join(f'<p>{paragraph}</p>' for paragraph in paragraphs)}</article></body></html>"


def declared_charset(media_type: str | None) -> str | None:
    """The charset parameter of a media type such as `text/html; charset=utf-8`."""
    found = re.search(r"""charset\s*=\s*["']?([\w.:-]{2,40})""", media_type or "", re.IGNORECASE)
    return found[1] if found else None
