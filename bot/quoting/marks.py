"""Finds what stands between quotation marks: curly, straight, double, single, over several paragraphs.

Conventions of English typesetting (Chicago Manual of Style 13.30, New Hart's Rules 9.2): a quotation
inside another takes the other kind of mark, and one that runs over several paragraphs opens each of
them but closes only the last.
"""

import re
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from storage.records import Span

PARAGRAPH = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c\x1c-\x1e\x85]+")
_OPENERS = {"“": "”", "„": "“”", "«": "»", "‟": "”"}
_SENTENCE_ENDS = ".!?…"
_SINGLE = frozenset("‘'‛`")
_MARK = re.compile(r"``|''|[“”„‟«»\"‘’'‛`]")
_DECADE = re.compile(r"['’‘]\d0s\b")
_ELISION = re.compile(r"['’‘](?:tis|twas|em|til|till|cause|bout|n)\b", re.IGNORECASE)
_CARRIES_ON_OUTSIDE = re.compile(
    r"[,.?!]\s+(?:(?:he|she|they|(?:(?:Mr|Mrs|Ms|Dr|Sir)\.?\s)?[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?)\s(?:said|says|added|told|wrote|asked)\b"
    r"|(?:said|says|added)\s(?:[A-Z]|the\s))"
)


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between one pair of marks within a paragraph.

    `inner` is without the marks, `outer` with them. An unclosed one ends with its paragraph (or where
    its sentence visibly carries on outside); `continued` says that the next quotation, at the
    beginning of the next paragraph, carries it on.
    """

    inner: Span
    outer: Span
    closed: bool
    single: bool
    continued: bool = False


def quotations(text: str) -> list[Quotation]:
    """All outermost quotations of `text`, in order. Linear in the length of the text."""
    found: list[Quotation] = []
    is_open = False  # whether the quotation found last was open when the last paragraph ended
    paragraphs = [span for span in (_without_indent(text, *m.span()) for m in PARAGRAPH.finditer(text)) if span[0] < span[1]]
    for (start, end), (following, _) in pairwise([*paragraphs, (len(text), len(text))]):
        # A single mark is far more often an apostrophe: it stays open only between paragraphs that begin with one.
        goes_on = text[following : following + 1] in _SINGLE or (is_open and found[-1].single)
        here = _in_paragraph(text, start, end, goes_on)
        if is_open and here and here[0].outer[0] == start and here[0].single == found[-1].single:
            found[-1] = replace(found[-1], continued=True)
        found.extend(here)
        is_open = bool(here) and not here[-1].closed
    carries_on = [False, *(q.continued for q in found)]
    return [_settled(text, q) for q, carried in zip(found, carries_on, strict=False) if q.closed or q.continued or carried or not q.single]


def _without_indent(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _settled(text: str, q: Quotation) -> Quotation:
    """End an unclosed quotation that nothing carries on where its sentence visibly goes on outside it."""
    if q.closed or q.continued:
        return q
    outside = _CARRIES_ON_OUTSIDE.search(text, q.inner[0], q.inner[1])
    if outside is None:
        return q
    end = outside.start() + 1
    return replace(q, inner=(q.inner[0], end), outer=(q.outer[0], end))


def _in_paragraph(text: str, start: int, end: int, singles_stay_open: bool) -> list[Quotation]:
    marks = [m for m in _MARK.finditer(text, start, end) if not (len(m[0]) == 1 and _is_apostrophe(text, m.start(), start, end))]
    found: list[Quotation] = []
    behind = _marks_behind(marks)
    i = 0
    while i < len(marks):
        mark = marks[i]
        anew = _opened_anew(text, marks, i, behind)
        if anew is not None:
            until = mark.end() + len(text[mark.end() : marks[anew].start()].rstrip())
            outside = _CARRIES_ON_OUTSIDE.search(text, mark.end(), until)
            carried = outside is None and text[until - 1] in _SENTENCE_ENDS
            found.append(Quotation((mark.end(), until), (mark.start(), until), closed=False, single=False, continued=carried))
            i = anew
            continue
        closing = _closing(text, marks, i, behind, start, end, singles_stay_open)
        if closing is None:
            i += 1
            continue
        single = mark[0] in _SINGLE
        if closing == len(marks):
            if singles_stay_open or not single:
                found.append(Quotation((mark.end(), end), (mark.start(), end), closed=False, single=single))
                break
            i += 1
            continue
        close = marks[closing]
        if close.start() > mark.end():
            found.append(Quotation((mark.end(), close.start()), (mark.start(), close.end()), closed=True, single=single))
        i = closing + 1
    return found


def _marks_behind(marks: list[re.Match[str]]) -> dict[str, list[int]]:
    """For each kind of double mark, and for each set of those that close one, how many of them stand at mark i and behind it."""
    kinds = {m[0] for m in marks if m[0] in _OPENERS}
    return {
        wanted: list(accumulate((m[0] in wanted for m in reversed(marks)), initial=0))[::-1]
        for wanted in {'"', *kinds, *(_OPENERS[kind] for kind in kinds)}
    }


def _opened_anew(text: str, marks: list[re.Match[str]], i: int, behind: dict[str, list[int]]) -> int | None:
    """Index of a mark that opens another quotation before the one that mark `i` opens was closed, as only a nested one should.

    Either a closing mark was forgotten, or the text has lost its line breaks: “We lost the yarn. “And the looms.”
    """
    kind, j = marks[i][0], i + 1
    if kind in _OPENERS:
        closes = behind[kind][i] <= behind[_OPENERS[kind]][i]
    else:
        closes = kind != '"' or behind[kind][i] % 2 == 0 or j == len(marks) or text[marks[j].end() : marks[j].end() + 1].isspace()
    if closes or j == len(marks) or marks[j][0] != kind:
        return None
    before = text[marks[i].end() : marks[j].start()]
    return j if before[-1:].isspace() and before.rstrip()[-1:] in {*_SENTENCE_ENDS, ":"} else None


def _closing(
    text: str, marks: list[re.Match[str]], i: int, behind: dict[str, list[int]], start: int, end: int, singles_stay_open: bool
) -> int | None:
    """Index of the mark that closes mark `i`; len(marks) if it stays open; None if it opens nothing."""
    mark = marks[i][0]
    if mark in _OPENERS:
        return _closing_curly(text, marks, i, behind, start, end)
    if not _can_open(text, marks[i], start, end):
        return None
    if mark in {'"', "''", "``"}:
        return _closing_straight(text, marks, i, start, end)
    return _closing_single(text, marks, i, start, end, singles_stay_open) if mark in _SINGLE else None


def _closing_curly(text: str, marks: list[re.Match[str]], i: int, behind: dict[str, list[int]], start: int, end: int) -> int:
    mark, wanted = marks[i][0], _OPENERS[marks[i][0]]
    closers = behind[wanted][i + 1]
    depth = 0
    for j in range(i + 1, len(marks)):
        if marks[j][0] == mark and closers > depth + 1:
            depth += 1
        elif marks[j][0] in wanted:
            if depth == 0:
                return j
            depth -= 1
            closers -= 1
    straight = (j for j in range(i + 1, len(marks)) if marks[j][0] == '"' and not _can_open(text, marks[j], start, end))
    return next(straight, len(marks))


def _closing_straight(text: str, marks: list[re.Match[str]], i: int, start: int, end: int) -> int:
    family = {'"', "”"} if marks[i][0] == '"' else {"''", "``"}
    for j in range(i + 1, len(marks)):
        if marks[j][0] in family and _can_close(text, marks[j], start, end):
            return j
    return len(marks)


def _closing_single(text: str, marks: list[re.Match[str]], i: int, start: int, end: int, stays_open: bool) -> int:
    """A plural possessive (workers’ rights) looks like a closing mark: prefer one that ends a clause, or none where none need come."""
    wanted = "’" if marks[i][0] == "‘" else "'’`"
    doubtful: int | None = None
    for j in range(i + 1, len(marks)):
        mark = marks[j]
        if mark[0] == "‘" or (mark[0] == "'" and not _can_close(text, mark, start, end)):
            break
        if mark[0] not in wanted or not _can_close(text, mark, start, end):
            continue
        before = text[mark.start() - 1]
        possessive = before in "sS" and mark.end() < end and text[mark.end()] == " " and text[mark.end() + 1 : mark.end() + 2].islower()
        if not possessive:
            return j
        doubtful = j if doubtful is None else doubtful
    return len(marks) if doubtful is None or stays_open else doubtful


def _is_apostrophe(text: str, i: int, start: int, end: int) -> bool:
    if text[i] not in "'’‘`‛":
        return False
    before = text[i - 1] if i > start else " "
    after = text[i + 1] if i + 1 < end else " "
    if before.isalnum() and after.isalnum():
        return True
    return bool(_DECADE.match(text, i) or (_ELISION.match(text, i) and not before.isalnum()))


def _can_open(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    return not after.isspace() and not (before.isalnum() or before in ".,!?%") and after not in ",;"


def _can_close(text: str, mark: re.Match[str], start: int, end: int) -> bool:
    before = text[mark.start() - 1] if mark.start() > start else " "
    after = text[mark.end()] if mark.end() < end else " "
    if before.isspace():
        return not after.isalnum()
    if before.isdigit() and mark[0] == '"' and after == " " and text[mark.end() + 1 : mark.end() + 2].islower():
        return text.find('"', mark.end(), end) < 0  # an inch mark, unless nothing else closes
    return not after.isalnum()
