"""Finds the sentences of an article that say that somebody gave no comment, by their grammar. Pure: what is found are spans of the text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.quoting.lexicon import AUXILIARIES, PRONOUNS, SPEECH_PAST, SPEECH_PRESENT
from bot.quoting.marks import quotations
from bot.quoting.sentences import Sentence, Token, sentences
from bot.quoting.subjects import TokenRange, source_before
from storage.records import RefusalKind, Span

LONGEST = 300
"""How many characters of a sentence are shown at most."""
_LONGEST_PARAGRAPH = 10_000
_MOST = 20  # of one text: more is a list of those who were asked, and no article

_ADJECTIVES = (
    r"an?|any|our|several|repeated|multiple|numerous|various|two|three|recent|further|immediate|written|press|media|phone|telephone|voice|"
    r"text|follow-up|e-?mailed|interview|comment|initial"
)
_WHOSE = r"(?:a (?:reporter|journalist)|(?:the )?[A-Z][\w.]*(?: [A-Z][\w.]*){0,3})[’']s?"
_ASKED = rf"(?:(?:{_ADJECTIVES}|{_WHOSE}) )"
_OBJECT = (
    r"(?:requests?|calls?|e-?mails?|messages?|voicemails?|questions|inquiry|inquiries|enquiry|enquiries)\b"
    r"(?! for (?!further comment|comment|an? interview|interviews|(?:more |further )?information|a response))"
)
_TO_REACH = r"(?:attempts|efforts) to (?:reach|contact)\b"
_NOT = r"(?:did not|didn[’']t|has not|hasn[’']t|have not|haven[’']t|had not|hadn[’']t|does not|doesn[’']t|do not|don[’']t|failed to|never)"
_NOT_YET = rf"(?:{_NOT}|(?:has|have|had) yet to)"
_ADVERB = r"(?:(?:immediately|yet|so far|directly|[a-z]+ly) )?"
_WHEN = r"(?:(?:on )?(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|today|yesterday) )?"
_OFTEN = r"(?:repeated|multiple|several|numerous)"
_COMMENT = (
    r"(?:comment|be interviewed|be quoted|answer (?:any |the |further |our |more )?questions|give (?:an |any )?interviews?|elaborate"
    rf"|(?:directly )?respond to {_ASKED}*{_OBJECT})"
)
_DRAWN_ELSEWHERE = r"(?! (?:in|into|up|out|from|by|to|towards?)\b)"
_DECLINED = (
    rf"(?:declin(?:ed|es|ing)|refus(?:ed|es|ing)|(?:would|will) not|wouldn[’']t|won[’']t)"
    rf"(?: {_OFTEN} requests)? (?:to |for )?(?:publicly |further )?{_COMMENT}\b"
    rf"|(?:declin|refus)(?:ed|es|ing) to be drawn\b{_DRAWN_ELSEWHERE}"
    rf"|(?:(?:would|will) not|wouldn[’']t|won[’']t) be drawn (?:any )?(?:on|about|over|further|beyond|as to|when asked)\b(?! by\b)"
    rf"|(?:declin|refus)(?:ed|es|ing) (?:(?:an?|any|further|our|all|{_OFTEN}) )*(?:requests? for (?:an )?)?(?:comment|interviews?)\b"
    r"|(?:had|has|have|offered|gave|made|issued) no (?:immediate |further |public |official )*comment\b"
)
_NO_RESPONSE = (
    rf"{_NOT_YET} {_ADVERB}(?:respond(?:ed)?|repl(?:y|ied)|answer(?:ed)?|return(?:ed)?|acknowledged?) {_ADVERB}{_WHEN}"
    rf"(?:to )?{_ASKED}*(?:{_OBJECT}|{_TO_REACH})"
    rf"|{_NOT_YET} {_ADVERB}(?:respond(?:ed)?|repl(?:y|ied)) {_ADVERB}{_WHEN}"
    r"to (?:the |his |her |their |its )*requests? (?:for|to) comment\b"
    rf"|{_NOT} {_ADVERB}respond(?:ed)? {_ADVERB}when (?:asked|contacted)\b"
    rf"|ignor(?:ed|es|ing) {_ASKED}*requests? for (?:comment|an interview|interviews)\b"
)
_NOT_REACHED = (
    r"(?:could not|couldn[’']t|cannot|can not) (?:immediately )?be (?:reached|contacted)\b"
    r"(?! by (?!(?:tele)?phone|e-?mail|text|reporters|the|[A-Z]))"
    r"|(?:was|were|is|are) (?:not (?:immediately )?available|(?:immediately )?unavailable|unreachable) for (?:further )?comment\b"
)
_CUE = re.compile(rf"\b(?:(?P<declined>{_DECLINED})|(?P<no_response>{_NO_RESPONSE})|(?P<not_reached>{_NOT_REACHED}))")
_UNREAL = frozenset({"not", "never", "if", "would", "could", "might", "may", "should", "n't", "rarely", "seldom", "cannot"})
_OF_NOBODY = frozenset(
    {"his", "her", "its", "their", "our", "my", "your", "this", "that", "these", "those", "both", "neither", "none", "one", "others"}
)
_REACHED_BY_TALKING = frozenset({"agreement", "deal", "settlement", "consensus", "compromise", "verdict", "decision", "accord", "truce"})
_ARTICLES = frozenset({"the", "a", "an"})


@dataclass(frozen=True, slots=True)
class Declining:
    """Where a text says it: the sentence, or what is shown of a long one, in it the subject, who gave no comment, and its paragraph."""

    kind: RefusalKind
    shown: Span
    who: Span
    begins: bool
    ends: bool
    paragraph: Span


def declining(text: str) -> list[Declining]:
    """The sentences of `text`, in order and at most 20, that say in the article's own words who gave no comment.

    What stands in quotation marks is somebody else's, and whom only a pronoun names is nobody: both are left out.
    """
    found: list[Declining] = []
    end = 0
    for cue in _CUE.finditer(text):
        if cue.start() >= end and len(found) < _MOST and (one := _sentence(text, cue.span(), _kind(cue))) is not None:
            found.append(one)
            end = one.shown[1]
    return found


def _kind(cue: re.Match[str]) -> RefusalKind:
    return RefusalKind.DECLINED if cue["declined"] else RefusalKind.NO_RESPONSE if cue["no_response"] else RefusalKind.NOT_REACHED


def _sentence(text: str, cue: Span, kind: RefusalKind) -> Declining | None:
    start, end = _paragraph(text, cue)
    paragraph = text[start:end]
    for sentence in sentences(paragraph, quotations(paragraph)):
        for i, token in enumerate(sentence.tokens):
            if token.start == cue[0] - start:
                who = None if token.quotation is not None else _who(sentence.tokens, i)
                return None if who is None else _shown(kind, paragraph, start, sentence, who.span(sentence.tokens), cue)
    return None


def _paragraph(text: str, cue: Span) -> Span:
    """The paragraph of the cue; of one without end the sentences around it."""
    first = max(text.rfind("\n", 0, cue[0]) + 1, cue[0] - _LONGEST_PARAGRAPH)
    last = text.find("\n", cue[1])
    return first, min(len(text) if last < 0 else last, cue[1] + _LONGEST_PARAGRAPH)


def _who(tokens: Sequence[Token], i: int) -> TokenRange | None:
    """The subject of the cue at token `i`, if it names somebody and is held to have done so."""
    who = source_before(tokens, i) or _shared_subject(tokens, i)
    if who is None:
        return None
    inside = tokens[who.first : who.last + 1]
    if not (inside[0].lower in _ARTICLES or who.names_a_speaker(tokens)):
        return None
    if any(token.quotation is not None for token in inside) or inside[0].lower in PRONOUNS | _OF_NOBODY:
        return None
    if tokens[who.last].bare in _REACHED_BY_TALKING:
        return None
    between = {token.bare for token in tokens[who.last + 1 : i]}
    before = {token.bare for token in tokens[max(who.first - 2, 0) : who.first]}
    return None if between & _UNREAL or "if" in before or "whether" in before else who


def _shared_subject(tokens: Sequence[Token], i: int) -> TokenRange | None:
    """The subject of the verb with which a cue behind "and" or "but" shares it: Ann Bell confirmed the leak but declined to comment."""
    k = i - 1
    while k >= 0 and tokens[k].is_word and tokens[k].lower in AUXILIARIES:
        k -= 1
    if k < 1 or tokens[k].lower not in {"and", "but"}:
        return None
    for j in range(k):
        verb = tokens[j]
        if j and verb.is_word and (verb.lower in SPEECH_PAST | SPEECH_PRESENT or verb.lower.endswith("ed")):
            return source_before(tokens, j)
    return None


def _shown(kind: RefusalKind, paragraph: str, offset: int, sentence: Sentence, who: Span, cue: Span) -> Declining:
    start, end = sentence.start, sentence.end
    if paragraph[end - 1] == ")" and "(" not in paragraph[start:end]:
        end -= 1  # of a sentence before this one
    if end - start > LONGEST:
        start = who[0]
    if end - start > LONGEST:
        end = max(paragraph.rfind(" ", start, start + LONGEST), cue[1] - offset)
    shown = (offset + start, offset + end)
    begins, ends = start == sentence.start, end >= sentence.end - 1
    return Declining(kind, shown, (offset + who[0], offset + who[1]), begins, ends, (offset, offset + len(paragraph)))
