"""Plain text: where its paragraphs are, and what its first lines say about the article. Pure.

A text may begin with header lines, of which each names a field: `Headline:`, `By:`, `Published:`, `Outlet:`
(or `Source:`), `URL:`, `Language:`. They end at a blank line or at the first line that is none.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from bot.reading.dates import published as moment_of
from bot.reading.head_lines import is_head_line, read_head
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
_LINE = re.compile(r"([^\r\n]*)(?:\r\n|[\r\n]|\Z)")
_FIELD_LINE = re.compile(rf"(?P<field>{'|'.join(_FIELDS)})\s*:\s*(?P<value>\S.*)", re.IGNORECASE)


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
    first, headline = paragraphs[:1], fields.get("headline")
    if headline is None and looks_like_headline(paragraphs):
        headline = paragraphs.pop(0)
    elif headline is not None and paragraphs and paragraphs[0] == headline:
        del paragraphs[0]
    head = read_head(paragraphs)
    paragraphs = list(head.paragraphs)
    # A headline may stand below the date or the byline.
    if headline is None and paragraphs[:1] != first and looks_like_headline(paragraphs):
        headline = paragraphs.pop(0)
    return PlainText(
        tuple(paragraphs),
        headline,
        fields.get("byline") or head.byline,
        moment_of(fields.get("published")) or head.published,
        fields.get("outlet"),
        fields.get("url"),
        fields.get("language"),
    )


def looks_like_headline(paragraphs: list[str]) -> bool:
    """Whether the first paragraph is a headline: short, no sentence end, and longer prose after it."""
    if len(paragraphs) < 2:
        return False
    first = paragraphs[0]
    return (
        len(first.split()) <= _HEADLINE_WORDS
        and not re.search(r"""[.,;:]["'”’»)\]]*$""", first)
        and not re.match(r"""["“].*["”]$""", first)
        and not is_head_line(first)
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


def unwrapped(text: str) -> str:
    """`text` with spaces for the line breaks that only wrap a paragraph, letter for letter as long."""
    blocks: list[list[re.Match[str]]] = [[]]
    for line in _LINE.finditer(text):
        if line[1].strip():
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    width = _wrap_width([[line[1] for line in block] for block in blocks])
    parts: list[str] = []
    position = 0
    for line, after in (pair for block in blocks for pair in pairwise(block)):
        if _continues(line[1], after[1], width):
            parts += [text[position : line.end(1)], " " * (after.start() - line.end(1))]
            position = after.start()
    return "".join([*parts, text[position:]])


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
    if _had_room(line, after, width) and (is_head_line(line) or is_head_line(after)):
        return False
    return not _is_indented(line, after) and not (ended and _had_room(line, after, width - width // 8))


def _joined(paragraph: str, line: str) -> str:
    """Two lines of one paragraph. Wrapping breaks a compound after its hyphen, where there was no space."""
    if re.search(r"[^\W\d_][-—]$", paragraph) and re.match(r"[^\W_]", line):
        return paragraph + line
    return f"{paragraph} {line}"
