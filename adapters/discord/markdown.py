"""Discord's markdown: words written so that exactly they are shown, and the few marks that are ours.

A backslash shows the mark behind it as it is. So every character that could begin a mark gets one, wherever it stands; `#`, `-`, `+`
and the dot behind a number get one where a line begins. A colon gets one as it makes emoji and, in an address, a link.
"""

import re
from datetime import datetime
from itertools import groupby

from adapters.cutting import size

# Brackets and the parenthesis behind one make a link: with that one unescaped, a link of ours could be read on to an address of theirs.
_MARKS = re.compile(r"[\\`*_~|<>@\[\]]|:(?!\s)|(?<=\])\(")
_LINE_MARKS = re.compile(r"^([^\S\n]*[0-9]*)(?=[#+\-.)])", re.MULTILINE)
_ESCAPES = re.compile(r"\\([^0-9A-Za-z\s])")
_BOLD = re.compile(r"(?<!\\)\*\*(.+?)(?<!\\)\*\*")
_BAR = "> "
_UNFIT_FOR_A_LINK = re.compile(r"[\[\]]|://")


def escaped(words: str) -> str:
    """The words as markdown that shows exactly them: nobody is mentioned, no link and no emoji is made of them."""
    return _LINE_MARKS.sub(r"\1\\", _MARKS.sub(r"\\\g<0>", words))


def unescaped(markdown: str) -> str:
    """The words that were escaped."""
    return _ESCAPES.sub(r"\1", markdown)


def escaped_size(words: str) -> int:
    """How long the words are once they are escaped."""
    return size(escaped(words))


def quoted_size(words: str) -> int:
    """How long the words are once they are escaped, with a bar before each line but the first."""
    return escaped_size(words) + len(_BAR) * words.count("\n")


def quoted(markdown: str) -> str:
    """Markdown beside a bar, each of its lines."""
    return _BAR + markdown.replace("\n", f"\n{_BAR}")


def unquoted(markdown: str) -> list[str]:
    """What stands beside each of the bars, without it."""
    bars = groupby(markdown.split("\n"), key=lambda line: line.startswith(_BAR))
    return ["\n".join(line.removeprefix(_BAR) for line in lines) for is_beside, lines in bars if is_beside]


def bold(markdown: str) -> str:
    """Markdown in bold, line by line; what shows nothing stays as it is."""
    return "\n".join(f"**{line}**" if line.strip() else line for line in markdown.split("\n"))


def in_bold(markdown: str) -> list[str]:
    """What stands in bold."""
    return _BOLD.findall(markdown)


def large(markdown: str) -> str:
    """A line in large letters, which Discord parts from what stands above it; titles and the lines beside a bar do not know it."""
    return f"### {markdown}"


def small(markdown: str) -> str:
    """A small grey line, for the text of a message; embeds do not know it."""
    return f"-# {markdown}"


def moment(when: datetime) -> str:
    """A moment, which everybody reads by their own clock."""
    return f"<t:{int(when.timestamp())}:f>"


def target(url: str) -> str:
    """An address as a link can lead to it: nothing in it ends the link."""
    return url.replace("(", "%28").replace(")", "%29")


def link(words: str, to: str) -> str | None:
    """Words that lead to a `target`, or None for words of which Discord makes no link: with brackets or an address in them."""
    return None if _UNFIT_FOR_A_LINK.search(words) else f"[{escaped(words)}]({to})"
