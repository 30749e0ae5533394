"""Text cut to Slack's limits: never through a grapheme, and never so that what is escaped afterwards is too long."""

import html
from collections.abc import Iterator

import regex

ELLIPSIS = "…"
_GRAPHEME = regex.compile(r"\X")


def size(text: str) -> int:
    """How long Slack finds a text at its strictest: UTF-16 code units, with & < > counted as the entities that stand for them."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2 + 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))


def escaped(text: str) -> str:
    """A text for a field that reads Slack's marks: no mention and no link is made of it. It is as long as `size` said."""
    return html.escape(text, quote=False)


def cut(text: str, limit: int) -> str:
    """The text, or as much of its beginning as fits with an ellipsis behind it."""
    return text if _fits(text, limit) else f"{beginning(text, limit - 1).rstrip()}{ELLIPSIS}"


def beginning(text: str, limit: int) -> str:
    """The longest beginning of whole graphemes that is no longer than `limit`.

    A grapheme that is longer than that by itself (a letter under a thousand accents) is cut between its characters.
    """
    if _fits(text, limit):
        return text
    seen = text[: max(limit, 0) + 1]  # no character is shorter than 1, so what stands behind these does not matter
    return "".join(_as_many_as_fit(_graphemes(seen), limit)) or "".join(_as_many_as_fit(iter(seen), limit))


def ending(text: str, limit: int) -> str:
    """The longest ending of whole graphemes that is no longer than `limit`."""
    if _fits(text, limit):
        return text
    return "".join(reversed(list(_as_many_as_fit(reversed(list(_graphemes(text))), limit))))


def wrapped(text: str, limit: int) -> list[str]:
    """The text in pieces that fit, broken behind a space where there is one near the end of a piece. Joined they are the text."""
    pieces = []
    while not _fits(text, limit):
        piece = beginning(text, limit)
        space = max(piece.rfind(" "), piece.rfind("\n")) + 1
        piece = piece[:space] if space > len(piece) // 2 else piece
        pieces.append(piece)
        text = text[len(piece) :]
    return [*pieces, text] if text else pieces


def _fits(text: str, limit: int) -> bool:
    return len(text) <= limit and size(text) <= limit


def _graphemes(text: str) -> Iterator[str]:
    return (found[0] for found in _GRAPHEME.finditer(text))


def _as_many_as_fit(parts: Iterator[str], limit: int) -> Iterator[str]:
    for part in parts:
        limit -= size(part)
        if limit < 0:
            return
        yield part
