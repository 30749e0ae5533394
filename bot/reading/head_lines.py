"""The lines between a headline and the first prose that say who wrote an article and when: no paragraphs of it. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.reading.dates import is_date_line
from bot.reading.dates import published as moment_of
from bot.reading.whitespace import tidied

_OTHER_LINES_AT_MOST = 2
_WORDS_AT_MOST = 30
_PROSE_END = re.compile(r"""[.!?…:;,।。]["'”’»)\]]*$""")
_BYLINE = re.compile(
    r"(?:written\s+)?by:?\s+(?P<name>[^\W\d_][\w.'’-]*(?:,?\s+(?:and\s+|in\s+|for\s+)?[^\W\d_][\w.'’-]*){1,9}),?", re.IGNORECASE
)
_BYLINE_SMALL_WORDS = frozenset({"and", "in", "for", "de", "van", "von", "al"})
_LABELLED_DATE = re.compile(r"(?:first\s+)?(?:published|posted|date)(?:\s+(?:on|at))?\s*[:–—-]?\s+(?P<when>.{6,60})", re.IGNORECASE)
_LINE_AT_MOST = 160
_READING_TIME = re.compile(r"\d+[ -]min(?:ute)?s?(?: read)?", re.IGNORECASE)
_PARTS = re.compile(r"\s*[|•·]\s*|\s+[–—-]\s+")


@dataclass(frozen=True, slots=True)
class Head:
    """What the first lines say, and the paragraphs that are left without them. None where they say nothing."""

    paragraphs: tuple[str, ...]
    byline: str | None = None
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Line:
    """What one line says: names, a moment; or nothing but a date, of which day and month cannot be told apart."""

    names: tuple[str, ...] = ()
    published: datetime | None = None
    dated: bool = False


def read_head(paragraphs: Sequence[str]) -> Head:
    """Take the bylines and the dates off the first lines. They end at the first prose; the last paragraph stays in any case.

    A date that can be read two ways goes only where it stands right under a byline, and is not believed. Where
    dates stand as headings all through a text, the first of them is such a heading, too, unless a byline is above it.
    """
    left = list(paragraphs)
    names: list[str] = []
    published: datetime | None = None
    place = 0
    under_byline = False
    while place < min(len(left) - 1, _OTHER_LINES_AT_MOST + 1):
        said = _read(tidied(left[place]))
        if said is not None and (said.names or under_byline or (said.published and not _is_timeline(left[place + 1 :], said))):
            names += said.names
            published = published or said.published
            under_byline = bool(said.names) and not said.dated
            del left[place]
        elif _is_prose(left[place]):
            break
        else:
            under_byline = False
            place += 1
    return Head(tuple(left), ", ".join(dict.fromkeys(names)) or None, published)


def read_head_line(line: str) -> Head:
    """What a line says by itself, a page's byline for one; its paragraphs are none."""
    said = _read(tidied(line)) or _Line()
    return Head((), ", ".join(said.names) or None, said.published)


def is_head_line(line: str) -> bool:
    """Whether a line is a byline or a date and nothing else."""
    return _read(tidied(line)) is not None


def _read(line: str) -> _Line | None:
    """What a byline, a date or both in one line say; None where there is anything else in it."""
    if (labelled := _LABELLED_DATE.fullmatch(line)) and (moment := moment_of(labelled["when"])):
        return _Line((), moment)
    if len(line) > _LINE_AT_MOST:
        return None
    for parts in ([line], [part for part in _PARTS.split(line) if not _READING_TIME.fullmatch(part)]):
        said = [_names_and_dates(part) for part in parts]
        names = tuple(name for name, _ in filter(None, said) if name)
        dates = [date for _, date in filter(None, said) if date]
        if all(said) and (names or dates) and len(dates) <= 1:
            return _Line(names, moment_of(dates[0]) if dates else None, dated=bool(dates))
    return None


def _names_and_dates(part: str) -> tuple[str, str] | None:
    """The name and the date in "By Jane Roe, 22 October 2024", of which one may be missing; None where anything else is in it."""
    words = part.split()
    for place in range(len(words) + 1):
        before, date = " ".join(words[:place]), " ".join(words[place:])
        name = _name_in(before) or ""
        if (name or date) and bool(before) == bool(name) and (not date or is_date_line(date)):
            return name, date
    return None


def _name_in(line: str) -> str | None:
    """The name in "By Jane Roe"; None for a sentence. A byline is short, its names are capitalised, and no sentence ends."""
    found = _BYLINE.fullmatch(line)
    if not found or len(line) > 100:
        return None
    name = found["name"]
    return name if all(word[0].isupper() or word in _BYLINE_SMALL_WORDS for word in name.replace(",", " ").split()) else None


def _is_timeline(paragraphs: Sequence[str], said: _Line) -> bool:
    """Whether a bare date is one heading of several."""
    return said.dated and any(is_date_line(tidied(paragraph)) for paragraph in paragraphs)


def _is_prose(paragraph: str) -> bool:
    return bool(_PROSE_END.search(paragraph.rstrip())) or len(paragraph.split()) > _WORDS_AT_MOST
