"""Speech in the passive: `was described as “reckless” by Ann Holt`, `were warned by Ann Holt that it was “reckless”`."""

from collections.abc import Sequence

from bot.quoting import lexicon
from bot.quoting.clauses import clause_end
from bot.quoting.cues import is_passive
from bot.quoting.drafts import FAIR, Draft, cue_span, quotations_in
from bot.quoting.names import Name
from bot.quoting.sentences import Sentence, Token

_FAR = 16  # tokens between the cue and "by"


def passive(sentence: Sentence, i: int, names: Sequence[Name]) -> Draft | None:
    """What somebody named behind "by" says with the passive cue `i`. Only with quotation marks: much else is done to people by people."""
    tokens = sentence.tokens
    if i == 0 or tokens[i].lower not in lexicon.SPEECH_PAST | lexicon.ACT_PAST or not is_passive(tokens, i):
        return None
    starts = {name.first: name for name in names}
    by = next((k for k in range(i + 1, min(i + _FAR, len(tokens) - 1)) if tokens[k].lower == "by" and _agent(tokens, k, starts)), None)
    agent = _agent(tokens, by, starts) if by is not None else None
    if by is None or agent is None:
        return None
    start, end = i + 1, by
    behind = next(k for k in range(by, len(tokens)) if tokens[k].end >= agent.span[1]) + 1
    if by == i + 1:  # were warned by X that …
        if behind >= len(tokens) or tokens[behind].lower != "that":
            return None
        start, end = behind + 1, clause_end(tokens, behind + 1, cue=i)
    quoted = quotations_in(tokens[start:end])
    if not quoted:
        return None
    return Draft([(tokens[start].start, tokens[end - 1].end)], agent.span, cue_span(tokens, i), FAIR, sentence.number, quoted)


def _agent(tokens: Sequence[Token], by: int, starts: dict[int, Name]) -> Name | None:
    """The name right behind "by", with a role before it or not: `by union official Declan Hurley`."""
    for k in range(by + 1, min(by + 5, len(tokens))):
        if k in starts:
            return starts[k]
        if not tokens[k].is_word or tokens[k].lower in lexicon.PREPOSITIONS:
            return None
    return None
