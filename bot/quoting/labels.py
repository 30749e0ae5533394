"""Quotations that a mark gives to a name: `Cook: "…"`, `From the desk of Ann Cook: "…"`, `"…" – Ann Cook`."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from bot.quoting import lexicon
from bot.quoting.drafts import FAIR, GOOD, Draft, cue_span, quotations_in, whole
from bot.quoting.names import Name
from bot.quoting.sentences import Sentence, Token
from storage.records import SpeakerKind

_DASHES = frozenset({"–", "—", "―", "-", "~"})
_LONGEST_LABEL = 12  # tokens


def labelled(sentence: Sentence, taken: AbstractSet[int], names: Sequence[Name]) -> Draft | None:
    """`Cook: "…"` and `"…" – Ann Cook`: a name and the one quotation not yet `taken`, with a mark between them as the cue."""
    tokens = sentence.tokens
    free = [k for k, t in enumerate(tokens) if t.quotation is not None and t.quotation not in taken]
    if len(free) != 1:
        return None
    k = free[0]
    quotation = quotations_in([tokens[k]])
    if k and tokens[k - 1].text == ":" and not tokens[k + 1 :]:
        first = 4 if [t.lower for t in tokens[:4]] == ["from", "the", "desk", "of"] else 0
        if k - 1 > first and _is_name_run(tokens[first : k - 1]):
            source, confidence = (tokens[first].start, tokens[k - 2].end), GOOD
        else:
            speaker = _who_comes_out_with_it(tokens[: k - 1], names)
            if speaker is None:
                return None
            source, confidence = speaker.span, FAIR
        return Draft([whole(tokens[k])], source, cue_span(tokens, k - 1), confidence, sentence.number, quotation)
    behind = tokens[k + 1 :]
    if not tokens[:k] and 2 <= len(behind) <= 9 and behind[0].text in _DASHES and _is_name_run(behind[1:]):
        return Draft([whole(tokens[k])], (behind[1].start, behind[-1].end), whole(behind[0]), GOOD, sentence.number, quotation)
    return None


def signed(quoted: Sentence, under: Sentence, names: Sequence[Name]) -> Draft | None:
    """A paragraph that is one quotation, and under it a line `– Ann Cook, teacher`. `names` are those in the line."""
    quotation, tokens = quoted.tokens[0], under.tokens
    if quotation.quotation is None or quoted.tokens[1:] or under.paragraph != quoted.paragraph + 1 or tokens[0].text not in _DASHES:
        return None
    if (
        not names
        or names[0].first != 1
        or len(tokens) > _LONGEST_LABEL
        or any(t.lower in lexicon.FINITE_VERBS | lexicon.CUES for t in tokens)
    ):
        return None
    source = tokens[1].start, tokens[-1].end
    return Draft([whole(quotation)], source, whole(tokens[0]), GOOD, quoted.number, quotations_in([quotation]))


def _who_comes_out_with_it(tokens: Sequence[Token], names: Sequence[Name]) -> Name | None:
    """`Tim Poe hit back:`: the name with which the sentence begins, unless somebody else asks."""
    if any(t.lower in {"asked", "told", "questioned"} for t in tokens):
        return None
    people = [name for name in names if not name.possessive and name.kind is not SpeakerKind.ORGANISATION]
    apart = (name for name in people if name.first == 0 or (tokens[name.first - 1].text == "," and name.roles))
    return next(apart, None)


def _is_name_run(tokens: Sequence[Token]) -> bool:
    if len(tokens) > _LONGEST_LABEL or not tokens[0].is_capitalised or any(t.lower in lexicon.FINITE_VERBS | lexicon.CUES for t in tokens):
        return False
    words = [t for t in tokens if t.is_word]
    capitals = sum(t.is_capitalised and t.bare not in lexicon.NEVER_NAMES for t in words)
    return capitals * 2 > len(words) and all(t.is_word or t.text in {".", ",", "(", ")"} for t in tokens)
