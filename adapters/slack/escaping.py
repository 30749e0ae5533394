"""Texts for the fields that read Slack's marks, and how long Slack finds a text."""

import html

from adapters import cutting


def size(text: str) -> int:
    """How long Slack finds a text at its strictest: UTF-16 code units, with & < > counted as the entities that stand for them."""
    return cutting.size(text) + 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))


def escaped(text: str) -> str:
    """A text for a field that reads Slack's marks: no mention and no link is made of it. It is as long as `size` said."""
    return html.escape(text, quote=False)
