"""`according to Ann Bell`, before what she says or behind it."""

from collections.abc import Sequence

from bot.quoting.clauses import clause_end
from bot.quoting.drafts import GOOD, MIN_WORDS, Draft, quotations_in, whole
from bot.quoting.sentences import Sentence, Token
from bot.quoting.subjects import TokenRange


def is_according(tokens: Sequence[Token], i: int) -> bool:
    """Whether `according to` begins at token `i`."""
    return tokens[i].lower == "according" and i + 2 < len(tokens) and tokens[i + 1].lower == "to"


def according(sentence: Sentence, i: int) -> Draft | None:
    """What somebody says according to whom the sentence names behind token `i`."""
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
