"""Cuts a text into sentences in which a whole quotation counts as one token.

What stands inside quotation marks is somebody else's grammar: taking it as one opaque token is what
lets the grammar around it ("…," she said, "…") be read.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.quoting.lexicon import ABBREVIATIONS, ADDRESSING, GESTURES, SPEECH_PAST, SPEECH_PRESENT, SUBJECT_PRONOUNS
from bot.quoting.marks import PARAGRAPH, Quotation
from bot.quoting.places import CITIES
from storage.records import Span

_TOKEN = re.compile(r"[£$€]?\d+(?:[.,:]\d+)*(?:[-’'/]?[^\W_]+)*|[^\W_](?:\w|[-’'.&/](?=[^\W_]))*(?:(?<=s)['’](?=\s))?|\S")
_POSSESSIVE = re.compile(r"[’']s?$")
_INITIALS = re.compile(r"[^\W\d_](?:\.[^\W\d_])*")
_ENDS = ".!?…"
# NEW DELHI: …, LINCOLN, Neb. (AP) — …
_DATELINE = re.compile(
    r"\s*[A-Z][A-Z.'’-]{2,}(?:[ ][A-Z.'’-]+)*(?:,[ ][A-Z][\w.]+)?(?:[ ]\([^()\n]{2,30}\))?\s*(?:—|–|--|-|:)\s+(?=[^\s\"“‘'])"
)
# Bengaluru: …
_TOWN = re.compile(r"\s*(?P<town>[A-Z][\w'’-]+(?:[ ][A-Z][\w'’-]+){0,2}):\s+(?=[A-Z])")
_SAID_HERE = re.compile(r"\bhere (?:on|today|yesterday)\b")
_DATED_PARAGRAPHS = 3
_LONGEST = 200  # tokens; what has no end by then is no prose, and must not cost more than prose does


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a punctuation mark, or a whole quotation (`quotation` is then its index)."""

    start: int
    end: int
    text: str
    lower: str
    quotation: int | None = None

    @property
    def is_word(self) -> bool:
        """A word or number outside quotation marks."""
        return self.quotation is None and (self.text[0].isalnum() or self.text[-1].isalnum())

    @property
    def is_capitalised(self) -> bool:
        """A word that begins with a capital letter."""
        return self.quotation is None and self.text[0].isupper()

    @property
    def is_possessive(self) -> bool:
        """A word in the genitive: Patel's, the workers'."""
        return self.quotation is None and len(self.text) > 2 and (self.lower.endswith(("'s", "’s", "s'", "s’")))

    @property
    def bare(self) -> str:
        """The word in lower case, without a genitive ending or an abbreviation's full stop."""
        return _POSSESSIVE.sub("", self.lower).rstrip(".")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens of one sentence; `paragraph` and `number` count from 0 within the text."""

    tokens: Sequence[Token]
    paragraph: int
    number: int
    paragraph_span: Span

    @property
    def start(self) -> int:
        """Offset of the first token."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Offset behind the last token."""
        return self.tokens[-1].end


def sentences(text: str, quotations: Sequence[Quotation]) -> list[Sentence]:
    """All sentences of `text`. A quotation always lies within one sentence."""
    found: list[Sentence] = []
    outer_starts = [q.outer[0] for q in quotations]
    paragraphs = (m.span() for m in PARAGRAPH.finditer(text) if not m[0].isspace())
    for number, (start, end) in enumerate(paragraphs):
        dateline = _dateline(text, start, end) if number < _DATED_PARAGRAPHS else None
        tokens = list(_tokens(text, dateline.end() if dateline else start, end, quotations, outer_starts))
        for part in _split(tokens, text, quotations):
            found.append(Sentence(part, number, len(found), (start, end)))
    return found


def undated(text: str, of_text: Sequence[Sentence]) -> str:
    """The text with blanks for `Bengaluru:` before its report, which reads like the label of somebody who speaks."""
    for start, end in {s.paragraph_span for s in of_text if s.paragraph < _DATED_PARAGRAPHS}:
        town = _town(text, start, end)
        if town is not None:
            text = text[:start] + " " * (town.end() - start) + text[town.end() :]
    return text


def _dateline(text: str, start: int, end: int) -> re.Match[str] | None:
    """Where an agency's report comes from."""
    return _town(text, start, end) or _DATELINE.match(text, start, end)


def _town(text: str, start: int, end: int) -> re.Match[str] | None:
    """A town before a colon: one that is known, or that the paragraph calls `here`."""
    town = _TOWN.match(text, start, end)
    return town if town is not None and (town["town"].lower() in CITIES or _SAID_HERE.search(text, start, end)) else None


def _tokens(text: str, start: int, end: int, quotations: Sequence[Quotation], outer_starts: Sequence[int]) -> Iterator[Token]:
    position = start
    for index in range(bisect_left(outer_starts, start), bisect_left(outer_starts, end)):
        q_start, q_end = quotations[index].outer
        yield from _plain(text, position, q_start)
        yield Token(q_start, q_end, text[q_start:q_end], "", index)
        position = q_end
    yield from _plain(text, position, end)


def _plain(text: str, start: int, end: int) -> Iterator[Token]:
    for m in _TOKEN.finditer(text, start, end):
        yield Token(m.start(), m.end(), m[0], m[0].lower())


def _split(tokens: Sequence[Token], text: str, quotations: Sequence[Quotation]) -> Iterator[Sequence[Token]]:
    first = 0
    for i, token in enumerate(tokens[:-1]):
        if i - first >= _LONGEST or _ends_sentence(tokens, i, text, quotations):
            yield tokens[first : i + 1]
            first = i + 1
        elif token.text in "•|":
            if i > first:
                yield tokens[first:i]
            first = i
    if tokens[first:]:
        yield tokens[first:]


def _ends_sentence(tokens: Sequence[Token], i: int, text: str, quotations: Sequence[Quotation]) -> bool:
    token, following = tokens[i], tokens[i + 1]
    begins = following.quotation is not None or following.text[0].isupper() or following.text[0].isdigit() or following.text in "([-–—"
    if token.quotation is not None:
        inner = quotations[token.quotation].inner
        ends = text[inner[1] - 1 : inner[1]] in _ENDS and inner[1] > inner[0]
        return ends and begins and following.text not in {"–", "—", "―", "-"} and not _attributes(tokens, i + 1)
    if token.text in "!?…":
        return begins and following.text not in "!?…"
    if token.text != ".":
        return False
    if i and _is_abbreviation(tokens[i - 1].lower, following):
        return False
    return begins or (following.start - token.end > 0 and following.text in "‘“'\"")


def _is_abbreviation(word: str, following: Token) -> bool:
    if following.quotation is not None:
        return False
    if _INITIALS.fullmatch(word):
        return True
    if word in {"jr", "sr", "inc", "ltd", "corp", "co", "etc", "a.m", "p.m", "u.s", "u.k", "u.n", "d.c"}:
        return not following.text[0].isupper() or (word in {"u.s", "u.k", "u.n"} and following.lower not in SUBJECT_PRONOUNS)
    return word in ABBREVIATIONS


def _attributes(tokens: Sequence[Token], i: int) -> bool:
    """A source and its cue begin at token `i` and belong to the quotation before: `"Why?" Ms Reed, a nurse, asked the board`."""
    cue = _cue_behind(tokens, i)
    if cue is None:
        return False
    if tokens[cue].lower in GESTURES and tokens[i - 1].text[-2:-1] == ".":
        return False
    introduced = i > 1 and tokens[i - 2].text in {",", ":"}  # Barr said, "I'm here." Lake said, "So am I."
    if cue == i:
        return not introduced and (not tokens[i].is_capitalised or (i + 1 < len(tokens) and tokens[i + 1].is_capitalised))
    for j in range(cue + 1, min(cue + 1 + _LONGEST_ADDRESSEE, len(tokens))):
        token = tokens[j]
        if token.quotation is not None or token.text == ":" or token.lower in _BEGINS_A_CLAUSE:
            return False
        goes_on = introduced and j + 1 < len(tokens) and tokens[j + 1].quotation is not None
        if token.text in ".;!?" or (token.text == "," and not goes_on):
            return True
        if j == cue + 1 and tokens[cue].lower not in ADDRESSING and token.lower not in _BEHIND_A_CUE:
            return False
    return True


_LONGEST_ADDRESSEE = 14
_BEGINS_A_CLAUSE = frozenset({"that", "he", "she", "they", "it", "there", "we", "i", "how", "why", "whether", "what"})
_BEHIND_A_CUE = frozenset({"in", "on", "to", "at", "during", "of", "as", "when", "back", "later", "afterwards", "again", "yesterday"})


def _cue_behind(tokens: Sequence[Token], i: int) -> int | None:
    """The cue of the subject that begins at token `i`: a name, a pronoun or a noun, and at most one apposition between commas."""
    commas = 0
    for j in range(i, min(i + 16, len(tokens))):
        token = tokens[j]
        if token.quotation is not None:
            return None
        if token.lower in SPEECH_PAST or token.lower in SPEECH_PRESENT:
            return j if commas in {0, 2} else None
        if token.text == ",":
            commas += 1
        elif (
            (not token.is_word and token.text not in ".’'-")
            or (j == i and not (token.is_capitalised or token.lower in SUBJECT_PRONOUNS or token.lower in {"the", "a"}))
            or (not commas and j - i > _LONGEST_NAME)
        ):
            return None
    return None


_LONGEST_NAME = 6
