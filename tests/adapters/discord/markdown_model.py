"""A small model of how Discord reads markdown: what is shown of a text, and which marks it finds in it.

Written from Discord's help pages (Markdown Text 101, message formatting) and what its parser is known to read; where they leave room it
finds a mark rather than none.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Mark:
    """Something that is not just text: `kind` of it, the text that is shown for it, and where it leads if it is a link."""

    kind: str
    shown: str
    target: str = ""


@dataclass(frozen=True)
class Seen:
    """What a reader sees of a text."""

    text: str
    marks: tuple[Mark, ...]

    def of(self, kind: str) -> list[str]:
        return [mark.shown for mark in self.marks if mark.kind == kind]


_LABEL = r"(?:\[[^\]]*\]|[^\[\]]|\](?=[^\[]*\]))*"
_BAR = re.compile(r" *>>> (?P<rest>[\s\S]*)| *> [^\n]*(?:\n *> [^\n]*)*\n?")
# Each is tried where a line begins; what it finds is a mark with the rest of the line in it.
_LINES = {
    "subtext": re.compile(r"[^\S\n]*-#[^\S\n]+(?P<in>[^\n]+)"),
    "heading": re.compile(r"[^\S\n]*#{1,6}[^\S\n]+(?P<in>[^\n]+)"),
    "list": re.compile(r"[^\S\n]*(?:[-*+]|[0-9]+[.)])[^\S\n]+(?P<in>[^\n]*)"),
}
_INSIDE = {
    "spoiler": re.compile(r"\|\|(?P<in>[\s\S]+?)\|\|"),
    "bold": re.compile(r"\*\*(?P<in>(?:\\[\s\S]|[^\\])+?)\*\*(?!\*)"),
    "underline": re.compile(r"__(?P<in>(?:\\[\s\S]|[^\\])+?)__(?!_)"),
    "italic": re.compile(r"\*(?=\S)(?P<in>(?:\*\*|\\[\s\S]|[^*\\])+?)\*(?!\*)|_(?P<in_>(?:__|\\[\s\S]|[^_\\])+?)_"),
    "struck": re.compile(r"~~(?P<in>[\s\S]+?)~~"),
    "link": re.compile(rf"\[(?P<in>{_LABEL})\]\(\s*<?(?P<to>(?:\([^)]*\)|[^\s\\]|\\.)*?)>?(?:\s+['\"][\s\S]*?['\"])?\s*\)"),
}
_WHOLE = {
    "code": re.compile(r"```[\s\S]+?```|(`+)[\s\S]*?[^`]\1(?!`)"),
    "link": re.compile(r"<(?:https?|mailto|tel|steam|discord):[^ >]+>|(?:https?|steam|discord)://[^\s<]+", re.IGNORECASE),
    "mention": re.compile(r"@everyone|@here|<@[!&]?[0-9]+>|<#[0-9]+>|<id:\w+>|</[^:\n]+:[0-9]+>"),
    "timestamp": re.compile(r"<t:-?[0-9]+(?::\w)?>"),
    "emoji": re.compile(r"<a?:\w+:[0-9]+>|:[^\s:]+:"),
    "shrug": re.compile(r"¯\\_\(ツ\)_/¯"),
}
_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")


def seen(markdown: str, *, lines: bool = True) -> Seen:
    """What is seen of a text; without `lines` as in an embed's title, which knows no marks that begin a line."""
    return _Reader(lines).read(markdown)


def shown(markdown: str) -> str:
    """The characters that are seen."""
    return seen(markdown).text


class _Reader:
    def __init__(self, lines: bool, *, quoted: bool = False) -> None:
        self.lines = lines
        self.quoted = quoted

    def read(self, source: str, *, begins: bool = True) -> Seen:
        text, marks, at = "", [], 0
        while at < len(source):
            line_begins = (begins and not source[:at].strip(" ")) or bool(re.search(r"\n *$", source[:at][-80:]))
            found = self._mark(source, at, line_begins=self.lines and line_begins)
            if found:
                end, inner, mark = found
                text += inner.text
                marks += [mark, *inner.marks]
            else:
                escape = _ESCAPE.match(source, at)
                end = escape.end() if escape else at + 1
                text += escape[1] if escape else source[at]
            at = end
        return Seen(text, tuple(marks))

    def _mark(self, source: str, at: int, *, line_begins: bool) -> tuple[int, Seen, Mark] | None:
        if line_begins and not self.quoted and (bar := _BAR.match(source, at)):
            rest = bar["rest"] if bar["rest"] is not None else re.sub(r"^ *> ?", "", bar[0], flags=re.MULTILINE)
            inner = _Reader(self.lines, quoted=True).read(rest)
            return bar.end(), inner, Mark("quote", inner.text.removesuffix("\n"))
        for kind, pattern in _LINES.items() if line_begins else ():
            if found := pattern.match(source, at):
                inner = self.read(found["in"], begins=False)
                return found.end(), inner, Mark(kind, inner.text)
        if source[at] == "\\" and not _WHOLE["shrug"].match(source, at):
            return None
        for kind, pattern in _WHOLE.items():
            if found := pattern.match(source, at):
                return found.end(), Seen(found[0], ()), Mark(kind, found[0], found[0] if kind == "link" else "")
        for kind, pattern in _INSIDE.items():
            if found := pattern.match(source, at):
                groups = found.groupdict()
                inner = self.read(groups["in"] or groups.get("in_") or "", begins=False)
                return found.end(), inner, Mark(kind, inner.text, _ESCAPE.sub(r"\1", groups.get("to") or ""))
        return None
