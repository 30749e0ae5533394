"""What is said: where the clause behind a cue begins and ends."""

import re
from collections.abc import Sequence

from bot.quoting import lexicon
from bot.quoting.cues import is_adverb, is_cue
from bot.quoting.sentences import Token
from bot.quoting.subjects import source_before


def complement_start(tokens: Sequence[Token], i: int) -> int | None:
    """The token with which what is said begins behind cue `i`, past an addressee, a circumstance, a colon and "that"."""
    k = i + 1
    if k >= len(tokens):
        return None
    if tokens[i].lower in lexicon.ACTS:
        return k
    token = tokens[k]
    if token.text in {",", ":"}:
        return k + 1 if k + 1 < len(tokens) and (tokens[k + 1].quotation is not None or token.text == ":") else _past_aside(tokens, k)
    if token.lower == "that":
        return k + 1
    if token.quotation is not None:
        return k
    if not token.is_word and token.text not in "£$€([":
        return None
    if tokens[i].lower in lexicon.ADDRESSING or token.lower in lexicon.PREPOSITIONS | _WHEN:
        return _past_circumstance(tokens, k)
    for j in range(k + 1, min(k + 5, len(tokens))):
        if tokens[j].lower == "that" and tokens[j - 1].lower in _TIMES:
            return j + 1  # warned two years ago that …
    return k


_TIMES = lexicon.words(
    "ago earlier later week month year day night morning evening afternoon weekend today yesterday again repeatedly publicly"
)
_WHEN = lexicon.words(
    "last this yesterday today earlier later monday tuesday wednesday thursday friday saturday sunday afterwards recently again simply only"
)


def _past_aside(tokens: Sequence[Token], comma: int) -> int | None:
    """`said, on the whole, that …`, `said, "…"`; nothing where another clause follows the comma."""
    for k in range(comma + 1, min(comma + 10, len(tokens))):
        if tokens[k].text == ",":
            following = k + 1 if k + 1 < len(tokens) else None
            if following is not None and tokens[following].lower == "that":
                return following + 1
            return following if following is not None and tokens[following].quotation is not None else None
        if tokens[k].lower in lexicon.CUES:
            return None
    return None


def _past_circumstance(tokens: Sequence[Token], k: int) -> int | None:
    for j in range(k, min(k + 25, len(tokens))):
        token = tokens[j]
        if token.quotation is not None:
            return _that_behind(tokens, j) or j
        if token.lower == "that" and tokens[j - 1].lower not in lexicon.PREPOSITIONS:
            return j + 1
        if token.text in {":", ","} and j + 1 < len(tokens) and tokens[j + 1].quotation is not None:
            return j + 1
        if token.text in {":", ";", "."}:
            return None
        if (
            re.split("['’]", token.lower)[0] in {"he", "she", "they", "it", "there", "we", "i"}
            and j > k
            and tokens[j - 1].lower not in lexicon.PREPOSITIONS
        ):
            return j
        if token.lower in {"how", "why", "whether", "what"} and j > k:
            return j
        if (
            token.lower in lexicon.PHRASE_OPENERS
            and j > k + 1
            and tokens[j - 1].is_word
            and tokens[j - 1].lower not in lexicon.PREPOSITIONS | lexicon.CUES
        ):
            return j
    return None


def _that_behind(tokens: Sequence[Token], k: int) -> int | None:
    """`said on the podcast "The Back Four" that …`: the quotation at `k` is a title, and what is said begins behind "that"."""
    if not tokens[k - 1].is_word or k + 1 >= len(tokens) or tokens[k + 1].lower != "that":
        return None
    return k + 2


def has_a_verb(tokens: Sequence[Token], start: int, end: int) -> bool:
    """A finite verb stands in the clause: something is said, not merely mentioned."""
    if tokens[start].lower in _OPENS_A_CLAUSE:
        return True
    return any(t.lower in lexicon.FINITE_VERBS or t.lower.endswith(_VERBAL) for t in tokens[start : min(end, start + 25)])


_OPENS_A_CLAUSE = lexicon.words("he she they it we i you there how why what whether who when where nobody everyone everybody")
_VERBAL = ("ed", "n't", "n’t", "’s", "'s", "’re", "'re", "’ll", "'ll", "’d", "'d")


def clause_end(tokens: Sequence[Token], start: int, *, cue: int) -> int:
    """Index behind the last token of what `cue` reports from `start` on, before anybody else begins to speak."""
    limit = _end_of_subordinate(tokens, start, cue)
    for k in range(start, limit):
        token = tokens[k]
        following = tokens[k + 1] if k + 1 < len(tokens) else None
        if token.text == ";" or (following is None and token.text in {".", "!", "?"}):
            return k
        if following is None or k == start:
            continue
        if token.text in {",", "–", "—", "-"} and (following.lower in lexicon.PARTICIPLES or following.lower == "according"):
            return k
        if token.text == "," and tokens[k - 1].quotation is not None and following.lower.endswith("ing"):
            return k
        if token.text == "," and (_attributes_what_was_before(tokens, k + 1) or _main_verb_follows(tokens, k + 1)):
            return k
        if token.lower in _JOINS and (_same_speaker_again(tokens, k + 1) or _somebody_else(tokens, k + 1)):
            return k - 1 if tokens[k - 1].text == "," else k
    return limit


_JOINS = frozenset({"and", "but", "while", "as", "whereas", "although", "though", "which", "who", "whom", "before", "after", "when"})
_SUBORDINATES = frozenset({"while", "although", "though", "after", "before", "when", "as", "because", "if", "whereas"})


def _end_of_subordinate(tokens: Sequence[Token], start: int, cue: int) -> int:
    """`While Marr said it was mad, …`, `Poe, who said he was broke, has …`: what is said ends where the main clause goes on."""
    k = cue - 1
    while k > 0 and (tokens[k].lower in lexicon.AUXILIARIES or is_adverb(tokens[k])):
        k -= 1
    relative = tokens[k].lower in lexicon.RELATIVES
    subordinate = tokens[0].lower in _SUBORDINATES and not any(t.text == "," for t in tokens[:cue])
    for j in range(start, len(tokens)):
        if tokens[j].text != "," or j + 1 >= len(tokens):
            continue
        if subordinate or (relative and (tokens[j + 1].lower in lexicon.FINITE_VERBS or is_cue(tokens, j + 1))):
            return j
    return len(tokens)


def _same_speaker_again(tokens: Sequence[Token], k: int) -> bool:
    """`… and added that`, `… but he insisted`."""
    for j in range(k, min(k + 4, len(tokens))):
        if is_cue(tokens, j):
            return tokens[j].lower in lexicon.SPEECH_PAST | lexicon.SPEECH_PRESENT | lexicon.ACTS
        if tokens[j].lower not in lexicon.AUXILIARIES | {"he", "she", "they"} and not is_adverb(tokens[j]):
            return False
    return False


def _somebody_else(tokens: Sequence[Token], k: int) -> bool:
    """`… while Tim Poe insisted`: another name begins at `k`, and a cue follows it."""
    if k >= len(tokens) or not (tokens[k].is_capitalised and tokens[k].bare not in lexicon.NEVER_NAMES):
        return False
    return _cue_of(tokens, k) is not None


def _main_verb_follows(tokens: Sequence[Token], k: int) -> bool:
    """`Barr, whom Lake called "a coward", said he was …`: what Lake called him ends at the comma."""
    return is_cue(tokens, k) and tokens[k].lower not in lexicon.PARTICIPLES


def _attributes_what_was_before(tokens: Sequence[Token], k: int) -> bool:
    """`…, sources said.`: a subject and its cue end the sentence."""
    cue = _cue_of(tokens, k)
    return cue is not None and not any(t.is_word or t.quotation is not None for t in tokens[cue + 1 :])


def _cue_of(tokens: Sequence[Token], k: int) -> int | None:
    """The cue of the subject that begins at token `k`."""
    for j in range(k + 1, min(k + 9, len(tokens))):
        if tokens[j].quotation is not None or tokens[j].text in {",", ";", ":"}:
            return None
        if is_cue(tokens, j):
            source = source_before(tokens, j)
            return j if source is not None and source.first == k else None
    return None
