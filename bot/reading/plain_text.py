"""Plain text: where its paragraphs are, and what its first lines say about the article. Pure.

A text may begin with header lines, of which each names a field: `Headline:`, `By:`, `Published:`, `Outlet:`
(or `Source:`), `URL:`, `Language:`. They end at a blank line or at the first line that is none.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from bot.reading.dates import published as moment_of
from bot.reading.identity import canonical_url
from bot.reading.whitespace import tidied, unified_lines

_WRAP_AT_MOST = 110
_WRAP_AT_LEAST = 40
_HEADLINE_WORDS = 30
_SENTENCE_END = re.compile(r"""[.!?…:।。]["'”’»)\]]*$""")
_FIELDS = {
    "headline": "headline",
    "title": "headline",
    "by": "byline",
    "byline": "byline",
    "author": "byline",
    "published": "published",
    "date": "published",
    "outlet": "outlet",
    "source": "outlet",
    "url": "url",
    "link": "url",
    "language": "language",
}
_FIELD_LINE = re.compile(rf"(?P<field>{'|'.join(_FIELDS)})\s*:\s*(?P<value>\S.*)", re.IGNORECASE)
_BYLINE = re.compile(
    r"(?:written\s+)?by:?\s+(?P<name>[^\W\d_][\w.'’-]*(?:,?\s+(?:and\s+|in\s+|for\s+)?[^\W\d_][\w.'’-]*){1,9}),?", re.IGNORECASE
)
_DATE_LINE = re.compile(r"(?:first\s+)?(?:published|posted|date)(?:\s+(?:on|at))?\s*[:–—-]?\s+(?P<when>.{6,60})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PlainText:
    """A plain text taken apart. The headline and the lines about the article are no paragraphs of it."""

    paragraphs: tuple[str, ...]
    headline: str | None = None
    byline: str | None = None
    published: datetime | None = None
    outlet: str | None = None
    url: str | None = None
    language: str | None = None


def read_plain_text(text: str) -> PlainText:
    """Take a plain text apart: its header lines, its headline, byline and date, and its paragraphs."""
    fields, body = _header(unified_lines(text))
    paragraphs = split_paragraphs(body)
    headline = fields.get("headline")
    if headline is None and looks_like_headline(paragraphs):
        headline = paragraphs.pop(0)
    elif headline is not None and paragraphs and paragraphs[0] == headline:
        del paragraphs[0]
    byline, published = fields.get("byline"), moment_of(fields.get("published"))
    while len(paragraphs) > 1:
        if byline is None and _is_byline(paragraphs[0]) and (found := _BYLINE.fullmatch(paragraphs[0])):
            byline = found["name"]
        elif published is None and (found := _DATE_LINE.fullmatch(paragraphs[0])) and (moment := moment_of(found["when"])):
            published = moment
        else:
            break
        del paragraphs[0]
    return PlainText(tuple(paragraphs), headline, byline, published, fields.get("outlet"), fields.get("url"), fields.get("language"))


def looks_like_headline(paragraphs: list[str]) -> bool:
    """Whether the first paragraph is a headline: short, no sentence end, and longer prose after it."""
    if len(paragraphs) < 2:
        return False
    first = paragraphs[0]
    return (
        len(first.split()) <= _HEADLINE_WORDS
        and not re.search(r"""[.,;:]["'”’»)\]]*$""", first)
        and not re.match(r"""["“].*["”]$""", first)
        and not _is_byline(first)
        and any(_SENTENCE_END.search(paragraph) and len(paragraph.split()) >= 4 for paragraph in paragraphs[1:])
    )


def split_paragraphs(text: str) -> list[str]:
    """The paragraphs of a text whose lines are either paragraphs or parts of wrapped ones, each on one line."""
    blocks = [[line for line in block.split("\n") if line.strip()] for block in re.split(r"\n[^\S\n]*\n", unified_lines(text))]
    width = _wrap_width(blocks)
    paragraphs: list[str] = []
    for lines in blocks:
        for number, line in enumerate(lines):
            if number and _continues(lines[number - 1], line, width):
                paragraphs[-1] = _joined(paragraphs[-1], tidied(line))
            else:
                paragraphs.append(tidied(line))
    return [paragraph for paragraph in paragraphs if paragraph]


def _header(text: str) -> tuple[dict[str, str], str]:
    lines = text.lstrip("\ufeff \n\t").split("\n")
    fields: dict[str, str] = {}
    for line in lines:
        found = _FIELD_LINE.fullmatch(tidied(line))
        if not found or _FIELDS[found["field"].lower()] in fields:
            break
        fields[_FIELDS[found["field"].lower()]] = found["value"]
    used = len(fields)
    # One such line alone may be the beginning of an article; an address is none.
    if used == 1 and "headline" not in fields and canonical_url(fields.get("url", "")) is None:
        return {}, text
    return fields, "\n".join(lines[used:])


def _is_byline(paragraph: str) -> bool:
    """Whether a line is "By Jane Roe" and not a sentence: short, its names capitalised, no sentence end."""
    found = _BYLINE.fullmatch(paragraph)
    if not found or len(paragraph) > 100:
        return False
    return all(
        word[0].isupper() or word in {"and", "in", "for", "de", "van", "von", "al"} for word in found["name"].replace(",", " ").split()
    )


def _wrap_width(blocks: list[list[str]]) -> int | None:
    """The width at which the lines were wrapped; None where each line is a paragraph.

    In a wrapped text hardly any line had room for the first word of the next one.
    """
    lines = [line for block in blocks for line in block]
    short = [len(line.rstrip()) for line in lines if len(line.rstrip()) <= _WRAP_AT_MOST]
    if len(short) < 0.8 * len(lines) or len(short) < 2 or max(short) < _WRAP_AT_LEAST:
        return None
    width = max(short)
    pairs = [(line, after) for block in blocks for line, after in pairwise(block) if not _is_indented(line, after)]
    full = sum(not _had_room(line, after, width) for line, after in pairs)
    open_ended = sum(not _SENTENCE_END.search(line.rstrip()) for line, _ in pairs)
    return width if pairs and full >= 0.7 * len(pairs) and open_ended >= 0.5 * len(pairs) else None


def _is_indented(line: str, after: str) -> bool:
    """Whether `after` opens a paragraph by an indent."""
    return after[0].isspace() and not line[0].isspace()


def _had_room(line: str, after: str, width: int) -> bool:
    return len(line.rstrip()) + 1 + len(after.split()[0]) <= width


def _continues(line: str, after: str, width: int | None) -> bool:
    """Whether `after` goes on with the paragraph of `line`."""
    ended = bool(_SENTENCE_END.search(line.rstrip()))
    if width is None:
        return not ended and len(line) >= _WRAP_AT_LEAST and after.strip()[0].islower()
    return not _is_indented(line, after) and not (ended and _had_room(line, after, width - width // 8))


def _joined(paragraph: str, line: str) -> str:
    """Two lines of one paragraph. Wrapping breaks a compound after its hyphen, where there was no space."""
    if re.search(r"[^\W\d_][-—]$", paragraph) and re.match(r"[^\W_]", line):
        return paragraph + line
    return f"{paragraph} {line}"
