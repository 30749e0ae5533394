"""White space and invisible characters: the only things that reading ever changes in an article's words. Pure."""

import re

_LINE_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028]")
_PARAGRAPH_BREAK = "\u2029"
# Soft hyphens, zero-width spaces, byte order marks, marks of writing direction. Joiners stay: emoji and Indic scripts need them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_SPACE = re.compile(r"\s+")
_SURROGATE = re.compile("[\ud800-\udfff]")


def unified_lines(text: str) -> str:
    """The text with every kind of line break as a line feed, and a Unicode paragraph break as a blank line."""
    return _LINE_BREAK.sub("\n", text.replace(_PARAGRAPH_BREAK, "\n\n"))


def tidied(text: str) -> str:
    """One paragraph on one line: runs of white space as one space, invisible characters gone, words untouched."""
    visible = _INVISIBLE.sub("", unified_lines(text).replace("\n", " "))
    return _SPACE.sub(" ", _SURROGATE.sub("\ufffd", visible)).strip()
