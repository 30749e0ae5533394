"""Text cut to a limit, whatever measures it: never through a grapheme, and never so that what is escaped afterwards is too long."""

from bisect import bisect_right
from collections.abc import Callable, Sequence

import regex

ELLIPSIS = "…"
_GRAPHEME = regex.compile(r"\X")
# How long a text is. It is never less than the text's characters, and never less for a text that goes on.
Measure = Callable[[str], int]


def size(text: str) -> int:
    """How long a text is in UTF-16 code units, which is how chat platforms count at their strictest."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def cut(text: str, limit: int, measure: Measure) -> str:
    """The text, or as much of its beginning as fits with an ellipsis behind it."""
    return text if _fits(text, limit, measure) else f"{beginning(text, limit - 1, measure).rstrip()}{ELLIPSIS}"


def beginning(text: str, limit: int, measure: Measure) -> str:
    """The longest beginning of whole graphemes that is no longer than `limit`.

    A grapheme that is longer than that by itself (a letter under a thousand accents) is cut between its characters.
    """
    if _fits(text, limit, measure):
        return text
    seen = text[: max(limit, 0) + 1]  # no character is shorter than 1, so what stands behind these does not matter
    whole = _as_many_as_fit(seen, [found.end() for found in _GRAPHEME.finditer(seen)], limit, measure)
    return whole or _as_many_as_fit(seen, range(1, len(seen) + 1), limit, measure)


def ending(text: str, limit: int, measure: Measure) -> str:
    """The longest ending of whole graphemes that is no longer than `limit`."""
    if _fits(text, limit, measure):
        return text
    starts = [found.start() for found in _GRAPHEME.finditer(text)][::-1]
    fitting = bisect_right(starts, limit, key=lambda start: measure(text[start:]))
    return text[starts[fitting - 1] :] if fitting else ""


def wrapped(text: str, limit: int, measure: Measure) -> list[str]:
    """The text in pieces that fit, broken behind a space where there is one near the end of a piece. Joined they are the text."""
    pieces = []
    while not _fits(text, limit, measure):
        piece = beginning(text, limit, measure)
        space = max(piece.rfind(" "), piece.rfind("\n")) + 1
        piece = piece[:space] if space > len(piece) // 2 else piece
        pieces.append(piece)
        text = text[len(piece) :]
    return [*pieces, text] if text else pieces


def _fits(text: str, limit: int, measure: Measure) -> bool:
    return len(text) <= limit and measure(text) <= limit


def _as_many_as_fit(text: str, ends: Sequence[int], limit: int, measure: Measure) -> str:
    fitting = bisect_right(ends, limit, key=lambda end: measure(text[:end]))
    return text[: ends[fitting - 1]] if fitting else ""
