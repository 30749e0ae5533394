"""What is said behind its cue: `said: “…”`, `said that …`, `called it “…”`."""

from collections.abc import Sequence

from bot.quoting import lexicon
from bot.quoting.clauses import clause_end, complement_start, has_a_verb
from bot.quoting.drafts import FAIR, GOOD, MIN_WORDS, SURE, WEAK, Draft, cue_span, quotations_in, whole
from bot.quoting.sentences import Sentence, Token
from bot.quoting.subjects import TokenRange


def complement(sentence: Sentence, i: int, source: TokenRange | None) -> Draft | None:
    """What `source` says with the cue at token `i`, behind it."""
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
