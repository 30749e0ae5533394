"""Which words are cues: those that say that somebody speaks."""

from collections.abc import Sequence

from bot.quoting import lexicon
from bot.quoting.sentences import Token


def is_cue(tokens: Sequence[Token], i: int) -> bool:
    """Token `i` reports that somebody speaks: no noun, no passive, no negation, no infinitive."""
    token = tokens[i]
    if token.lower not in lexicon.CUES or (token.is_capitalised and i > 0 and token.lower not in {"said", "says"}):
        return False
    if i == 0:
        return token.lower in {"said", "says"}
    if token.lower in lexicon.READINGS:
        return _is_reading(tokens, i)
    if (
        (token.lower in lexicon.NOUN_LIKE and _is_noun(tokens, i))
        or _is_aside(tokens, i)
        or _is_naming(tokens, i)
        or _is_negated(tokens, i)
    ):
        return False
    before = tokens[i - 1]
    if before.lower in _GOVERNS_A_VERB:
        return token.lower in {"say", "add", "tell"} and i > 2 and tokens[i - 2].lower == "on" and tokens[i - 3].lower in {"went", "goes"}
    if token.lower not in lexicon.PARTICIPLES and is_passive(tokens, i):
        return False
    return token.lower not in lexicon.SPEECH_BASE or _has_plural_subject(before)


_GOVERNS_A_VERB = frozenset({"to", "of", "without", "for", "-", "the", "a", "an", "having", "being"})


def _is_negated(tokens: Sequence[Token], i: int) -> bool:
    return any(t.lower in lexicon.NEGATIONS or t.lower.endswith(("n't", "n’t")) for t in tokens[max(0, i - 3) : i])


def _is_aside(tokens: Sequence[Token], i: int) -> bool:
    """`Ann Bell, asked about the strike,`, `when asked`, `Justice Rao, writing for the majority,`: no cue of what follows."""
    cue, before = tokens[i].lower, tokens[i - 1]
    following = tokens[i + 1].lower if i + 1 < len(tokens) else ""
    if cue == "writing":
        return before.text == "," and following in lexicon.PREPOSITIONS
    if before.lower in {"when", "as", "if", "once"}:
        return cue in lexicon.ADDRESSING
    if cue != "asked":
        return False
    return following in {"not", "to", "for"} or (before.text == "," and following in {"about", "by", "if", "whether", "how", "what", "why"})


def _is_naming(tokens: Sequence[Token], i: int) -> bool:
    """`a café called "The Shuttle"`: a name and no words of anybody; unlike `what Lake called "a disgrace"`."""
    named = i + 1 < len(tokens) and tokens[i + 1].quotation is not None
    return tokens[i].lower == "called" and named and not any(t.lower in lexicon.RELATIVES | {"what"} for t in tokens[max(0, i - 8) : i])


def _is_reading(tokens: Sequence[Token], i: int) -> bool:
    """`A sign on the door read: "…"`: something written stands before it, and its words right behind it."""
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if following is None or (following.quotation is None and following.text not in {":", ","}):
        return False
    written = lexicon.DOCUMENT_NOUNS | lexicon.SIGNS
    return any(t.bare in written or t.lower == "it" for t in tokens[max(0, i - 8) : i])


def _is_noun(tokens: Sequence[Token], i: int) -> bool:
    """`news reports`, `her claims of`: a verb in this form has a name, a pronoun or a speaking noun right before it."""
    before, following = tokens[i - 1], tokens[i + 1] if i + 1 < len(tokens) else None
    if following is not None and following.lower in lexicon.PARTICIPLES | {"of", "from", "about", "by"}:
        return True
    if before.is_possessive or before.lower in lexicon.DETERMINERS - {"this", "that", "these", "those", "some", "many", "several"}:
        return True
    nouns = lexicon.PERSON_NOUNS | lexicon.ORGANISATION_NOUNS | lexicon.DOCUMENT_NOUNS | lexicon.PRONOUNS | lexicon.AUXILIARIES
    named = before.is_capitalised and before.bare not in lexicon.NEVER_NAMES
    return not (named or before.bare in nouns or before.text in {",", ")"} or before.quotation is not None or is_adverb(before))


def is_passive(tokens: Sequence[Token], i: int) -> bool:
    """A form of "be" or "get" stands before the verb at token `i`."""
    k = i - 1
    while k > 0 and tokens[k].lower.endswith("ly"):
        k -= 1
    return tokens[k].lower in lexicon.PASSIVE_BE


def _has_plural_subject(before: Token) -> bool:
    people = {"they", "who", "we", "staff", "people", "police", "i", "you", "others", "some", "many", "also", "now"}
    return before.lower in people or (before.is_word and before.lower.endswith("s") and not before.is_possessive and len(before.lower) > 3)


def is_adverb(token: Token) -> bool:
    """A word such as `quickly` between a subject and its verb."""
    return (
        token.lower.endswith("ly")
        and not token.is_capitalised
        and len(token.lower) > 4
        and token.lower not in {"family", "ally", "assembly"}
    )
