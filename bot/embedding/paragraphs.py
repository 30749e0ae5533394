"""The paragraphs of a text: its lines that hold something. Pure."""

import re

from storage.records import Span

_LINE = re.compile(r"[^\r\n\u2028\u2029]+")
MOST = 400
"""So many of a text are told apart; what comes behind them counts for the last."""


def paragraphs_of(text: str) -> list[Span]:
    """Where they stand, from and to, in order; at least one, at most `MOST`."""
    found = [line.span() for line in _LINE.finditer(text) if not line[0].isspace()] or [(0, len(text))]
    return found if len(found) <= MOST else [*found[: MOST - 1], (found[MOST - 1][0], found[-1][1])]
