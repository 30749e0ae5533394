"""Discord's markdown as HTML, as far as our messages use it: for the pictures of the README, not for use."""

import re
from collections.abc import Iterator, Mapping
from html import escape
from itertools import groupby

_BAR = "> "
_LARGE = "### "
_SMALL = "-# "
_INLINE = re.compile(
    r"\\(?P<escaped>[^0-9A-Za-z\s])"
    r"|\*\*(?P<bold>(?:\\.|[^\\])+?)\*\*"
    r"|\[(?P<words>(?:\\.|[^\]\\])+)\]\((?P<to>[^\s)]+)\)"
    r"|<(?P<mention>[@#])!?(?P<whom>[0-9]+)>"
)


def html(markdown: str, names: Mapping[int, str]) -> str:
    """The markdown as HTML; `names` are those of the people and channels that are mentioned in it, by their ids."""
    shown = []
    for is_quote, lines in groupby(markdown.split("\n"), lambda line: line.startswith(_BAR)):
        if is_quote:
            quoted = "".join(f"<div>{_inline(line.removeprefix(_BAR), names)}</div>" for line in lines)
            shown.append(f"<blockquote>{quoted}</blockquote>")
        else:
            shown += [_line(line, names) for line in lines]
    return "".join(shown)


def _line(line: str, names: Mapping[int, str]) -> str:
    for mark, name in ((_LARGE, "large"), (_SMALL, "small")):
        if line.startswith(mark):
            return f'<div class="{name}">{_inline(line.removeprefix(mark), names)}</div>'
    return f"<div>{_inline(line, names) or '&nbsp;'}</div>"


def _inline(line: str, names: Mapping[int, str]) -> str:
    return "".join(_pieces(line, names))


def _pieces(line: str, names: Mapping[int, str]) -> Iterator[str]:
    at = 0
    for found in _INLINE.finditer(line):
        yield escape(line[at : found.start()])
        yield _marked(found, names)
        at = found.end()
    yield escape(line[at:])


def _marked(found: re.Match[str], names: Mapping[int, str]) -> str:
    if found["escaped"]:
        return escape(found["escaped"])
    if found["bold"]:
        return f"<b>{_inline(found['bold'], names)}</b>"
    if found["words"]:
        return f'<a href="{escape(found["to"])}">{_inline(found["words"], names)}</a>'
    return f'<span class="mention">{found["mention"]}{escape(names[int(found["whom"])])}</span>'
