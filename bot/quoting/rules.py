"""The second opinion: grammar rules around cues and quotation marks, for English.

It reads one sentence at a time, a quotation being one token. For each cue it looks for the source
(the subject before it, or the name behind an inverted one) and for what is said (the quotation
beside it, the clause behind it, or the clause before it).
"""

from collections.abc import Sequence
from itertools import zip_longest

from bot.quoting import lexicon
from bot.quoting.according import according, is_according
from bot.quoting.attributions import Analysis, Attribution
from bot.quoting.complements import complement
from bot.quoting.cues import is_cue
from bot.quoting.drafts import GOOD, MIN_WORDS, SURE, WEAK, Draft, apart, cue_span, quotations_in, whole
from bot.quoting.far_subjects import subject_of
from bot.quoting.labels import labelled, signed
from bot.quoting.passives import passive
from bot.quoting.runs import with_runs
from bot.quoting.sentences import Sentence, Token
from bot.quoting.subjects import TokenRange, source_after, source_before


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
        if is_according(tokens, i):
            draft = according(sentence, i)
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
    return complement(sentence, i, source)


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
