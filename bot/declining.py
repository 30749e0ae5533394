"""Finds the sentences of an article that say that somebody gave no comment, by their grammar. Pure: what is found are spans of the text."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

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
_ANSWERED = r"(?:(?:an?|any|the|further|our|more|specific|detailed|follow-up|repeated|several|written|reporters[’']) )*questions?"
_PRESS = r"(?:reporters|journalists|the (?:press|media))"
_COMMENT = (
    rf"(?:comment|be interviewed|be quoted|answer {_ANSWERED}|answer(?=[.,;]| when asked)|give (?:an |any )?interviews?|elaborate"
    rf"|(?:directly )?respond to {_ASKED}*{_OBJECT}|(?:speak|talk) (?:publicly )?(?:to|with) {_PRESS}"
    r"|(?:provide|give|offer) (?:any |(?:further|more|additional|specific) )*(?:details|specifics)"
    r"|discuss\b(?![^.;\n]{0,120}? with (?!reporters|journalists|the (?:press|media|public)))"
    r"|say(?: (?:exactly|precisely|publicly|for certain))?(?= (?:why|whether|if|how|what|when|where|who|which|anything|more)\b|[.;]))"
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
    """Where a text says it: the sentence, or what is shown of a long one, in it the subject, who gave no comment, and its paragraph.

    `cue` are the words that say it ("declined to comment"). `by_pronoun` says that the subject is told from other sentences only.
    """

    kind: RefusalKind
    shown: Span
    who: Span
    begins: bool
    ends: bool
    paragraph: Span
    cue: Span
    by_pronoun: bool = False


def declining(text: str, sources: Iterable[tuple[Span, Span]] = ()) -> list[Declining]:
    """The sentences of `text`, in order and at most 20, that say in the article's own words who gave no comment.

    What stands in quotation marks is somebody else's, and whom only a pronoun names is nobody: both are left out. `sources` are cues
    with their subjects, as somebody else found them: by those a subject is known that is a pronoun or stands elsewhere.
    """
    known = list(sources)
    found: list[Declining] = []
    end = 0
    for cue in _CUE.finditer(text):
        source = next((source for other, source in known if overlap(cue.span(), other)), None)
        if cue.start() >= end and len(found) < _MOST and (one := _sentence(text, cue.span(), _kind(cue), source)) is not None:
            found.append(one)
            end = one.shown[1]
    return found


def may_decline(text: str) -> bool:
    """Whether any words of `text` could say that somebody gave no comment: soon told."""
    return _CUE.search(text) is not None


def overlap(one: Span, other: Span) -> bool:
    """Whether two spans of a text have a character in common."""
    return one[0] < other[1] and other[0] < one[1]


def _kind(cue: re.Match[str]) -> RefusalKind:
    return RefusalKind.DECLINED if cue["declined"] else RefusalKind.NO_RESPONSE if cue["no_response"] else RefusalKind.NOT_REACHED


def _sentence(text: str, cue: Span, kind: RefusalKind, source: Span | None) -> Declining | None:
    start, end = _paragraph(text, cue)
    paragraph = text[start:end]
    for sentence in sentences(paragraph, quotations(paragraph)):
        for i, token in enumerate(sentence.tokens):
            if token.start == cue[0] - start:
                return None if token.quotation is not None else _found(kind, paragraph, start, sentence, i, cue, source)
    return None


def _found(kind: RefusalKind, paragraph: str, offset: int, sentence: Sentence, i: int, cue: Span, source: Span | None) -> Declining | None:
    tokens = sentence.tokens
    if (named := _who(tokens, i)) is not None:
        return _shown(kind, paragraph, offset, sentence, named.span(tokens), cue)
    if source is None:
        return None
    who = (source[0] - offset, source[1] - offset)
    inside = [k for k, token in enumerate(tokens[:i]) if overlap(who, (token.start, token.end))]
    if not inside or tokens[inside[0]].quotation is not None or not _is_real(tokens, inside[0], inside[-1], i):
        return None
    return replace(_shown(kind, paragraph, offset, sentence, who, cue), by_pronoun=_is_by_pronoun(tokens[inside[0]]))


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
    if any(token.quotation is not None for token in inside) or _is_by_pronoun(inside[0]):
        return None
    return who if _is_real(tokens, who.first, who.last, i) else None


def _is_by_pronoun(first: Token) -> bool:
    return first.lower in PRONOUNS | _OF_NOBODY


def _is_real(tokens: Sequence[Token], first: int, last: int, i: int) -> bool:
    """Whether the subject, of the tokens `first` to `last`, is one that talks, and is held to have done what stands at token `i`."""
    if tokens[last].bare in _REACHED_BY_TALKING:
        return False
    between = {token.bare for token in tokens[last + 1 : i]}
    before = {token.bare for token in tokens[max(first - 2, 0) : first]}
    return not between & _UNREAL and "if" not in before and "whether" not in before


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
    return Declining(kind, shown, (offset + who[0], offset + who[1]), begins, ends, (offset, offset + len(paragraph)), cue)
