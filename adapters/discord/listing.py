"""What is no quote, as lines of markdown: sentences, headings, lists; and lines that others wrote, as far as they show anything."""

from collections.abc import Iterable, Iterator

import regex

from adapters.cutting import cut, size, wrapped
from adapters.discord.markdown import bold, escaped, escaped_size, large
from adapters.plain import safe_line

LONGEST_LINE = 1800
LONGEST_HEADING = 200
UNTITLED = "Untitled"
BULLET = "• "
_VISIBLE = regex.compile(r"[^\p{Z}\p{C}]")


def shown_line(text: str) -> str:
    """The text on one line, "" where nobody would see anything of it: Discord refuses names and texts like that."""
    line = safe_line(text).strip()
    return line if _VISIBLE.search(line) else ""


def sentence_lines(sentence: str) -> list[str]:
    """A sentence, in as many lines as it takes."""
    return [escaped(piece) for piece in wrapped(shown_line(sentence), LONGEST_LINE, escaped_size)]


def section_heading(title: str, subtitle: str = "") -> str:
    """The heading of quotes: large, so that it does not seem to belong to the quote above it."""
    return "\n".join(filter(None, [large(_heading(title) or UNTITLED), _heading(subtitle)]))


def list_lines(title: str, subtitle: str, lines: Iterable[str]) -> Iterator[str]:
    """Lines with a bullet each under their heading."""
    if title.strip() or subtitle.strip():
        yield "  ".join(filter(None, [bold(_heading(title) or UNTITLED), _heading(subtitle)]))
    for line in lines:
        for number, piece in enumerate(wrapped(shown_line(line), LONGEST_LINE, escaped_size)):
            yield escaped(piece) if number else f"{BULLET}{escaped(piece)}"


def runs(lines: Iterable[str], limit: int) -> Iterator[str]:
    """The lines in runs that are no longer than `limit`."""
    run = ""
    for line in lines:
        longer = f"{run}\n{line}" if run else line
        if run and size(longer) > limit:
            yield run
            longer = line
        run = longer
    if run:
        yield run


def _heading(words: str) -> str:
    return escaped(cut(shown_line(words), LONGEST_HEADING, escaped_size))
