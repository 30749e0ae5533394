"""What grammar knows better than the network: where spans end, who is asked and does not answer, and where somebody else begins."""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from bot.quoting import lexicon
from bot.quoting.attributions import Analysis
from bot.quoting.cues import is_passive
from bot.quoting.drafts import Draft, quotations_in
from bot.quoting.seconding import Seconds
from bot.quoting.sentences import Sentence
from storage.records import Span

_CONJUNCTION = re.compile(r"that\s+(?=\S+\s+\S)")
_BEFORE_A_SOURCE = re.compile(r"(?:(?:of|by|from|to|with|for|while|and|but|as|(?:the\s+)?desk\s+of)\s+)+(?=\S)", re.IGNORECASE)
_BEHIND_A_CONTENT = re.compile(r"[\s,]+by$", re.IGNORECASE)
_NOBODY = re.compile(r"(?:neither|none|nobody|no(?!\.?\s*\d)(?: one)?)\s", re.IGNORECASE)  # but No 10 is somebody
_ASKED = lexicon.words("asked told questioned pressed quizzed")
_NAMED = lexicon.words("called named titled dubbed entitled known")
_HEARING = lexicon.words("heard hears hear")
_ARTICLES = lexicon.words("the a an")
_ADDRESSED = 6  # words, at most, between a cue and the colon before what is said
_WHEN = lexicon.words("when if while as once")
_EMPTY = lexicon.PRONOUNS | lexicon.DETERMINERS | lexicon.words("so not nothing to of on in about")
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")


def mended(draft: Draft, seconds: Seconds, analysis: Analysis) -> Draft | None:
    """The draft as a reader would mark it; None where it says nothing, where nobody said it, or where somebody was only asked.

    `seconds` are the rules' drafts: their source is taken where the network's cannot be one.
    """
    if draft.source is not None and _NOBODY.match(analysis.text, *draft.source):
        return None
    second = seconds.of(draft)
    text = analysis.text
    parts = [part for span in draft.content for part in _of_its_own(span, draft, analysis)]
    content = [_past_addressee(_without(text, _BEHIND_A_CONTENT, _past(text, _CONJUNCTION, part)), analysis) for part in parts]
    if not draft.quoted and all(word.lower() in _EMPTY for span in content for word in _WORD.findall(text, *span)):
        return None
    if draft.cue is not None and text[slice(*draft.cue)].lower() in _HEARING:
        told = next(filter(None, map(seconds.of_quotation, draft.quoted)), None)
        if told is not None and told.cue != draft.cue:
            return told  # the court heard that Doyle told officers: "…"
    if draft.cue is not None and (
        _is_passive(draft.cue, _ASKED, analysis) or (not draft.source and _is_passive(draft.cue, _NAMED, analysis))
    ):
        return None
    source, cue = draft.source, draft.cue
    if source is None or _is_no_source(source, analysis):
        if second is None and source is not None and not draft.quoted:
            return None
        source, cue = (second.source, second.cue) if second is not None else (None, cue)
    elif second is not None and cue is not None and analysis.sentence_at(source[0]).paragraph != analysis.sentence_at(cue[0]).paragraph:
        source, cue = second.source or source, second.cue or cue
    if source is not None and text[slice(*source)].lower() in lexicon.RELATIVES:
        content = content[:1]  # Tim Poe, who said he was "broke", has bought a yacht
    source = _past(text, _BEFORE_A_SOURCE, _in_one_paragraph(source, cue, analysis)) if source else None
    return _until_somebody_else(replace(draft, content=content, source=source, cue=_worded(text, cue) if cue else None), seconds, analysis)


def _of_its_own(span: Span, draft: Draft, analysis: Analysis) -> list[Span]:
    """What of a content that goes over several sentences is said: those with its quotations, and those of the cue's paragraph.

    No headline before it, and beside quotations no sentence of the article's own.
    """
    first, last = analysis.sentence_at(span[0]), analysis.sentence_at(span[1] - 1)
    if first.number == last.number or draft.cue is None:
        return [span]
    home = analysis.sentence_at(draft.cue[0])
    found: list[Span] = []
    before = -1
    for sentence in analysis.sentences[first.number : last.number + 1]:
        start, end = max(span[0], sentence.start), min(span[1], sentence.end)
        said = any(start <= analysis.quotations[k].inner[0] < end for k in draft.quoted)
        beside = sentence.number == home.number if draft.quoted else sentence.paragraph == home.paragraph
        if not (said or beside) or start >= end:
            continue
        if found and before == sentence.number - 1 and sentence.paragraph == analysis.sentences[before].paragraph:
            start = found.pop()[0]
        found.append((start, end))
        before = sentence.number
    return found or [span]


def _past_addressee(span: Span, analysis: Analysis) -> Span:
    """`asked Ann Lake: "Do you regret it?"` without whom it was said to."""
    first = next((q.outer[0] for q in analysis.quotations_in(*span) if q.outer[0] > span[0]), span[0])
    before = analysis.text[span[0] : first].rstrip()
    words = [word.lower() for word in _WORD.findall(before)]
    told = not any(word in lexicon.CUES or word in lexicon.FINITE_VERBS for word in words)
    return (first, span[1]) if before.endswith(":") and len(words) <= _ADDRESSED and told else span


def _in_one_paragraph(source: Span, cue: Span | None, analysis: Analysis) -> Span:
    """A source that goes over a paragraph's end without it: what stands beside the cue."""
    paragraph = analysis.sentence_at(cue[0] if cue else source[0]).paragraph_span
    cut = max(source[0], paragraph[0]), min(source[1], paragraph[1])
    return cut if cut[0] < cut[1] else source


def _is_no_source(source: Span, analysis: Analysis) -> bool:
    """A bare article, what begins inside a quotation and ends outside or the other way round, and the place in a dateline."""
    around = [q.outer for q in analysis.quotations_in(*source)]
    if analysis.text[slice(*source)].lower() in _ARTICLES:
        return True
    cut = any(start < source[0] < end < source[1] or source[0] < start < source[1] < end for start, end in around)
    return cut or source[1] <= analysis.sentence_at(source[0]).start


def _past(text: str, opening: re.Pattern[str], span: Span) -> Span:
    match = opening.match(text, *span)
    return (match.end(), span[1]) if match else span


def _without(text: str, ending: re.Pattern[str], span: Span) -> Span:
    match = ending.search(text, *span)
    return (span[0], match.start()) if match and match.start() > span[0] else span


def _worded(text: str, cue: Span) -> Span:
    """`said:` without its colon; a cue that is but a mark stays."""
    words = [match.span() for match in _WORD.finditer(text, *cue)]
    return (words[0][0], words[-1][1]) if words else cue


def _is_passive(cue: Span, verbs: AbstractSet[str], analysis: Analysis) -> bool:
    """`Asked whether …, Ann Lake laughed`, `was asked: "…"`: the subject is who hears it. `The ferry is called the Swan`: nobody does."""
    tokens = analysis.sentence_at(cue[0]).tokens
    i = next((k for k in range(len(tokens) - 1, -1, -1) if cue[0] <= tokens[k].start < cue[1] and tokens[k].lower in verbs), None)
    if i is None:
        return False
    return i == 0 or is_passive(tokens, i) or tokens[i - 1].lower in _WHEN


def _until_somebody_else(draft: Draft, seconds: Seconds, analysis: Analysis) -> Draft:
    """Without the quotations behind a sentence that neither holds the cue nor speaks, those with a cue of their own, and other turns."""
    if len(draft.content) == 1 or draft.cue is None:
        return draft
    own = {analysis.sentence_at(span[0]).number for span in (draft.cue, *((draft.source,) if draft.source else ()))}
    kept = [draft.content[0]]
    for before, span in zip(draft.content, draft.content[1:], strict=False):
        first, last = analysis.sentence_at(before[1] - 1).number, analysis.sentence_at(span[0]).number
        if any(_is_told(sentence) for sentence in analysis.sentences[first + 1 : last] if sentence.number not in own):
            break
        quoted = [k for k in draft.quoted if span[0] <= analysis.quotations[k].inner[0] < span[1]]
        if not quoted and last not in own and draft.quoted:
            break
        others = [seconds.of_quotation(k) for k in quoted]
        if any(other is not None and _is_cued_apart(span, draft.cue, other.cue, analysis) for other in others):
            break
        if any(analysis.takes_turns(k) for k in quoted):
            break
        kept.append(span)
    return replace(draft, content=kept, quoted={k for k in draft.quoted if _holds(kept, analysis.quotations[k].inner[0])})


def _is_cued_apart(span: Span, cue: Span, other: Span | None, analysis: Analysis) -> bool:
    """A part in another paragraph than its cue, with a cue beside it."""
    paragraph = analysis.sentence_at(span[0]).paragraph
    own = analysis.sentence_at(cue[0]).paragraph
    return other is not None and own != paragraph == analysis.sentence_at(other[0]).paragraph


def _holds(spans: Sequence[Span], offset: int) -> bool:
    return any(start <= offset < end for start, end in spans)


def _is_told(sentence: Sentence) -> bool:
    """A sentence of the article's own, outside any quotation."""
    return not quotations_in(sentence.tokens) and any(token.is_word for token in sentence.tokens)
