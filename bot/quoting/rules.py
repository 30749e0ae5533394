"""The second opinion: grammar rules around cues and quotation marks, for English.

It reads one sentence at a time, a quotation being one token. For each cue it looks for the source
(the subject before it, or the name behind an inverted one) and for what is said (the quotation
beside it, the clause behind it, or the clause before it).
"""

from collections.abc import Sequence
from itertools import zip_longest

from bot.quoting import lexicon
from bot.quoting.attributions import Analysis, Attribution
from bot.quoting.clauses import clause_end, complement_start, has_a_verb
from bot.quoting.cues import is_cue
from bot.quoting.drafts import FAIR, GOOD, MIN_WORDS, SURE, WEAK, Draft, apart, cue_span, quotations_in, whole
from bot.quoting.labels import labelled, signed
from bot.quoting.passives import passive
from bot.quoting.runs import with_runs
from bot.quoting.sentences import Sentence, Token
from bot.quoting.subjects import TokenRange, source_after, source_before, subject_of


class RuleTagger:
    """Tags by rules alone: what the network is measured against. Stateless."""

    @property
    def name(self) -> str:
        """Name and version."""
        return "rules-1"

    def attributions(self, analysis: Analysis) -> list[Attribution]:
        """Tag one text: first what each sentence attributes, then the quotations that nobody was found for."""
        return apart([draft.attribution(analysis) for draft in with_runs(ruled(analysis), analysis)])


def ruled(analysis: Analysis) -> list[Draft]:
    """What the sentences of a text attribute, each by itself."""
    found: list[Draft] = []
    for sentence, following in zip_longest(analysis.sentences, analysis.sentences[1:]):
        here = _of_sentence(sentence, analysis)
        if not here and following is not None and (draft := signed(sentence, following, analysis.names_of(following))) is not None:
            here.append(draft)
        found += here
    return found


def _of_sentence(sentence: Sentence, analysis: Analysis) -> list[Draft]:
    tokens = sentence.tokens
    found: list[Draft] = []
    for i in range(len(tokens)):
        if _is_according(tokens, i):
            draft = _according(sentence, i)
        elif is_cue(tokens, i):
            draft = _at_cue(sentence, i, analysis, found)
        else:
            draft = passive(sentence, i, analysis.names_of(sentence))
        if draft is not None:
            _settle(found, draft)
    by_label = labelled(sentence, {q for d in found for q in d.quoted}, analysis.names_of(sentence))
    if by_label is not None:
        found.append(by_label)
    return found


def _settle(found: list[Draft], draft: Draft) -> None:
    """Two cues claim the same words: a quotation goes to the nearer cue, a clause stays with the outer one."""
    for other in found:
        shared = other.quoted & draft.quoted
        if not any(s < e2 and s2 < e for s, e in other.content for s2, e2 in draft.content):
            continue
        inner_starts = min(s for s, _ in draft.content)
        if shared and draft.quoted and draft.confidence > other.confidence and draft.source is not None:
            cut = min(draft.source[0], draft.cue[0] if draft.cue else inner_starts, inner_starts)
            other.content = [(s, min(e, cut)) for s, e in other.content if s < cut]
            other.quoted -= draft.quoted
            if not other.content:
                found.remove(other)
            break
        return
    found.append(draft)


def _at_cue(sentence: Sentence, i: int, analysis: Analysis, found: Sequence[Draft]) -> Draft | None:
    tokens = sentence.tokens
    source = source_before(tokens, i)
    inverted = source is None and i > 0 and tokens[i].lower not in lexicon.PARTICIPLES and _is_inverted(tokens, i)
    behind = source_after(tokens, i) if inverted else None
    if behind is not None and not behind.names_a_speaker(tokens):
        behind = None
    fronted = _fronted(sentence, i, behind or source, analysis, found)
    if fronted is not None or tokens[i].lower in lexicon.GESTURES:
        return fronted
    if behind is not None and tokens[i - 1].quotation is None:
        return None  # "She was, said Marr, …"
    if source is None and tokens[i].lower in lexicon.PARTICIPLES | lexicon.SPEECH_PAST | lexicon.SPEECH_PRESENT | lexicon.ACTS:
        source = subject_of(tokens, i, analysis.names_of(sentence))
    if source is None and i == 0:
        source = source_after(tokens, i)
    return _complement(sentence, i, source)


_ENDS_SPEECH = {",", ".", "?", "!", "…", "—", "–", "-"}


def _is_inverted(tokens: Sequence[Token], i: int) -> bool:
    before = tokens[i - 1]
    if before.quotation is not None:
        inner = before.text.rstrip("\"'”’»")
        named = i + 1 < len(tokens) and tokens[i + 1].is_capitalised
        return named or inner[-1:] in _ENDS_SPEECH  # not: the film "Blue Rain" tells the story
    return before.text in {",", "–", "—", "-"} and i > 1


# --- what is said stands before the cue ---------------------------------------------------------------


def _fronted(sentence: Sentence, i: int, source: TokenRange | None, analysis: Analysis, found: Sequence[Draft]) -> Draft | None:
    tokens = sentence.tokens
    first = min(i, source.first) if source else i
    left = first - 1
    had_comma = left >= 0 and tokens[left].text in {",", "–", "—", "-"}
    if had_comma:
        left -= 1
    if left < 0 or source is None or source.shared:
        return None
    taken_to = max((e for d in found for _, e in d.content), default=sentence.start)
    if tokens[left].quotation is not None and not _ends_open(tokens[left], analysis):
        apart = tokens[i].lower in lexicon.GESTURES and tokens[left].text[-2:-1] == "." and not had_comma
        return None if apart else _quoted_before(sentence, i, source, left, taken_to)
    if not had_comma or tokens[i].lower in lexicon.GESTURES | lexicon.ACTS | lexicon.PARTICIPLES:
        return None
    return _clause_before(sentence, i, source, left, taken_to)


def _ends_open(token: Token, analysis: Analysis) -> bool:
    return token.quotation is not None and analysis.quotations[token.quotation].continued


def _quoted_before(sentence: Sentence, i: int, source: TokenRange, left: int, taken_to: int) -> Draft | None:
    tokens = sentence.tokens
    begin = left
    while begin > 0 and tokens[begin - 1].start >= taken_to and tokens[begin - 1].text not in {":", ";"}:
        begin -= 1
    quotation = tokens[left]
    if begin < left and tokens[begin].lower in _CIRCUMSTANTIAL:
        return None  # Asked "do you regret it", she said: "…"
    if quotation.start < taken_to and quotation.end <= taken_to:
        return None
    alone = not any(t.is_word for t in tokens[begin:left]) or (tokens[begin].lower in {"but", "and", "so", "yet"} and left - begin <= 2)
    content = [whole(quotation)] if alone else [(tokens[begin].start, quotation.end)]
    quoted = quotations_in(tokens[begin : left + 1])
    after = max(i, source.last) + 1
    second = _second_half(tokens, after)
    if second is not None:
        content.append(whole(second))
        quoted |= quotations_in([second])
    confidence = SURE if alone else GOOD
    return Draft(content, source.span(tokens), cue_span(tokens, i), confidence, sentence.number, quoted)


def _second_half(tokens: Sequence[Token], after: int) -> Token | None:
    """The quotation that goes on behind the source and the cue: `"…," she said in May, "…"`."""
    for k in range(after, min(after + 14, len(tokens))):
        if tokens[k].quotation is not None:
            return tokens[k] if k == after or tokens[k - 1].text in {",", ":", ";", "–", "—", "-"} else None
        if is_cue(tokens, k):
            return None
    return None


def _clause_before(sentence: Sentence, i: int, source: TokenRange, left: int, taken_to: int) -> Draft | None:
    tokens = sentence.tokens
    behind = tokens[max(i, source.last) + 1 :]
    if any(t.quotation is not None for t in behind) or (behind and behind[0].lower == "that") or len(behind) > 9:
        return None
    if behind and behind[0].is_word and behind[0].lower not in _CIRCUMSTANCES:
        return None
    begin = 0
    while begin < left and tokens[begin].start < taken_to:
        begin += 1
    if tokens[begin].lower in {"but", "and"}:
        begin += 1
    words = [t for t in tokens[begin : left + 1] if t.is_word or t.quotation is not None]
    if len(words) < MIN_WORDS + 1 or (
        tokens[begin].lower in _OPENINGS and "," not in [t.text for t in tokens[begin : left + 1]] and len(words) < 8
    ):
        return None
    quoted = quotations_in(tokens[begin : left + 1])
    strong = tokens[i].lower not in lexicon.WEAK
    confidence = GOOD if strong else WEAK
    return Draft([(tokens[begin].start, tokens[left].end)], source.span(tokens), cue_span(tokens, i), confidence, sentence.number, quoted)


_CIRCUMSTANCES = lexicon.PREPOSITIONS | frozenset(
    {"last", "this", "yesterday", "today", "earlier", "later", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
)
_CIRCUMSTANTIAL = frozenset({"asked", "when", "while", "as", "speaking", "writing", "if", "since", "although", "though", "after", "before"})
_OPENINGS = lexicon.PREPOSITIONS | frozenset(
    {"when", "while", "as", "after", "before", "asked", "speaking", "writing", "if", "since", "although"}
)


# --- what is said stands behind the cue ---------------------------------------------------------------


def _complement(sentence: Sentence, i: int, source: TokenRange | None) -> Draft | None:
    tokens = sentence.tokens
    start = complement_start(tokens, source.last if source is not None and source.first > i else i)
    if start is None or source is None:
        return None
    end = clause_end(tokens, start, cue=i)
    if end <= start:
        return None
    cue, source_span = cue_span(tokens, i), source.span(tokens)
    quoted = quotations_in(tokens[start:end])
    if tokens[i].lower in lexicon.READINGS:
        end = start + 1  # what is written is the quotation, whatever the sentence goes on to say
    if tokens[start].quotation is not None and _stands_alone(tokens, start, end):
        content = [whole(t) for t in tokens[start:end] if t.quotation is not None]
        return Draft(content, source_span, cue, SURE, sentence.number, quoted)
    words = [t for t in tokens[start:end] if t.is_word]
    content = [(tokens[start].start, tokens[end - 1].end)]
    if not source.names_a_speaker(tokens) and not (quoted and tokens[i].lower in lexicon.SPEECH_PAST - lexicon.WEAK):
        return None
    if quoted:
        near = tokens[start].quotation is not None or any(t.quotation is not None for t in tokens[start : start + 8])
        sure = near and source.names_a_speaker(tokens)
        return Draft(content, source_span, cue, GOOD if sure else FAIR, sentence.number, quoted)
    confidence = _clause_confidence(tokens, i, start, end)
    if len(words) < MIN_WORDS or confidence is None:
        return None
    return Draft(content, source_span, cue, confidence, sentence.number, quoted)


def _stands_alone(tokens: Sequence[Token], start: int, end: int) -> bool:
    return all(t.quotation is not None or t.text in {",", ".", ";"} or t.lower in {"and", "or"} for t in tokens[start:end])


_ACTS_WITHOUT_MARKS = lexicon.words(
    "accused accuses accusing urged urges urging demanded demands demanding blamed blames blaming denounced denounces denouncing "
    "condemned condemns condemning criticised criticized criticises criticizes criticising criticizing"
)


def _clause_confidence(tokens: Sequence[Token], i: int, start: int, end: int) -> float | None:
    """How sure a clause without quotation marks is reported speech; None where it is not taken at all."""
    cue = tokens[i].lower
    if cue in lexicon.ACTS:
        return WEAK if cue in _ACTS_WITHOUT_MARKS else None
    if tokens[start - 1].lower == "that":
        return GOOD if cue not in lexicon.WEAK else FAIR
    if cue in lexicon.WEAK or not has_a_verb(tokens, start, end):
        return None
    return GOOD if cue in {"said", "says", "told"} else FAIR


# --- according to, Name: "…", "…" – Name --------------------------------------------------------------


def _is_according(tokens: Sequence[Token], i: int) -> bool:
    return tokens[i].lower == "according" and i + 2 < len(tokens) and tokens[i + 1].lower == "to"


def _according(sentence: Sentence, i: int) -> Draft | None:
    tokens = sentence.tokens
    end = i + 2
    while end < len(tokens) and tokens[end].text not in {",", ";", ":"} and tokens[end].quotation is None:
        if tokens[end].text in {".", "!", "?"} and end == len(tokens) - 1:
            break
        end += 1
    if end <= i + 2 or not TokenRange(i + 2, end - 1).names_a_speaker(tokens):
        return None
    source, cue = (tokens[i + 2].start, tokens[end - 1].end), (tokens[i].start, tokens[i + 1].end)
    if i == 0:
        start = _past_apposition(tokens, end)
        stop = clause_end(tokens, start, cue=i) if start < len(tokens) else start
    else:
        start, stop = 0, i - 1 if tokens[i - 1].text == "," else i
    inside = tokens[start:stop]
    if len([t for t in inside if t.is_word]) < MIN_WORDS and not any(t.quotation is not None for t in inside):
        return None
    quoted = quotations_in(inside)
    content = [whole(inside[0])] if len(inside) == 1 and quoted else [(inside[0].start, inside[-1].end)]
    return Draft(content, source, cue, GOOD, sentence.number, quoted)


def _past_apposition(tokens: Sequence[Token], comma: int) -> int:
    """`According to Prof Lally, of the Institute, …`: what is said begins behind the second comma."""
    following = tokens[comma + 1] if comma + 1 < len(tokens) else None
    if following is None or following.lower not in {"of", "who", "whose", "a", "an", "director", "head"}:
        return comma + 1
    return next((k + 1 for k in range(comma + 2, min(comma + 14, len(tokens))) if tokens[k].text == ","), comma + 1)
