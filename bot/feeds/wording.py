"""The short texts of a feed as a person reads them: headlines, names, sections, links. Pure."""

import re
from collections.abc import Iterable
from html import escape
from urllib.parse import urljoin

from bot.reading.identity import canonical_url
from bot.reading.references import written_out
from bot.reading.whitespace import tidied

MAX_LINE = 1_000
MAX_NAME = 200
MAX_GUID = 2_000
MAX_SECTIONS = 50
MAX_HTML = 1_000_000
_INLINE = (
    "a|abbr|acronym|b|big|bdi|bdo|cite|code|del|dfn|em|font|i|ins|kbd|mark|q|s|samp|small|span|strike|strong|sub|sup|time|tt|u|var|wbr"
)
_BLOCKS = "blockquote|br|dd|div|dl|dt|figure|h[1-6]|hr|img|li|ol|p|pre|table|tbody|td|th|tr|ul"
_INLINE_TAG = re.compile(rf"</?(?:{_INLINE})(?:\s[^<>=]*=[^<>]*|\s*)/?>", re.IGNORECASE)
_BLOCK_TAG = re.compile(rf"</?(?:{_BLOCKS})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_MAIL = r"[^\s@()<>,;]+@[^\s@()<>,;]+"
_MAIL_THEN_NAME = re.compile(rf"{_MAIL}\s*\((?P<name>[^()]+)\)")
_BESIDE_NAME = re.compile(rf"\s*[<(]?{_MAIL}[>)]?")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
_ESCAPED_AGAIN = re.compile("&(?:amp;)+")


def line(text: str | None, *, longest: int = MAX_LINE) -> str | None:
    """Plain text on one line, cut to `longest` characters; None where there is none."""
    return tidied((text or "")[: 10 * longest])[:longest].strip() or None


def line_of_html(html: str | None, *, longest: int = MAX_LINE) -> str | None:
    """HTML as plain text on one line: its tags are gone, its references are read once. What only looks like a tag stays."""
    without_tags = _INLINE_TAG.sub("", _BLOCK_TAG.sub(" ", (html or "")[: 10 * longest]))
    return line(written_out(without_tags), longest=longest)


def name(text: str | None) -> str | None:
    """The names in "ann@example.org (Ann Bell)", "Ann Bell <ann@example.org>" or "By Ann Bell"; an address alone is none."""
    words = _BESIDE_NAME.sub("", _MAIL_THEN_NAME.sub(r"\g<name>", line_of_html(text, longest=MAX_NAME) or "")).strip(' ",;')
    if "://" in words or ("@" in words and " " not in words):
        return None
    return re.sub(r"^by:?\s+", "", words, flags=re.IGNORECASE) or None


def names(texts: Iterable[str | None]) -> str | None:
    """Several names as a byline, each once."""
    return line(", ".join(dict.fromkeys(found for text in texts if (found := name(text)))))


def sections(texts: Iterable[str | None]) -> tuple[str, ...]:
    """The sections that an entry stands in, each once, in its own order."""
    found = (line_of_html(text, longest=MAX_NAME) for text in texts)
    return tuple(dict.fromkeys(section for section in found if section))[:MAX_SECTIONS]


def markup(html: str | None) -> str | None:
    """HTML as it is; None where it is blank, and where it is too long to be an article: half of one would be read as a whole."""
    return html.strip() if html and html.strip() and len(html) <= MAX_HTML else None


def paragraphs(text: str) -> str:
    """Plain text as HTML: a paragraph for each of its blocks between blank lines."""
    blocks = [block.strip() for block in text.replace("\r\n", "\n").split("\n\n")]
    return "".join(f"<p>{escape(block, quote=False)}</p>" for block in blocks if block)


def absolute(link: str | None, base: str | None) -> str | None:
    """A link as an absolute http(s) address; None where it is none. "www.example.org" is read as the host that it names.

    One that was escaped twice, or escaped and put into a CDATA section, is read as it is meant: no address has "&amp;" in it.
    """
    written = _ESCAPED_AGAIN.sub("&", _CONTROLS.sub("", link or "").strip().replace(" ", "%20"))
    if not written:
        return None
    if written.lower().startswith("www."):
        written = "//" + written
    try:
        address = urljoin(base or "", written)
    except ValueError:
        return None
    return address if canonical_url(address) else None
