"""Small pieces of English grammar around a cue: is it one, who is its subject, where does what is said begin and end."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.quoting import lexicon
from bot.quoting.names import Name
from bot.quoting.sentences import Token
from storage.records import Span

_LONGEST_SUBJECT = 16
_LOOK_BACK = 60  # tokens from a cue to the one that gave its subject
_FINITE = lexicon.words(
    "is was were are has had have will would can could did does do been be became becomes went came made took got gave says said"
)
_DETERMINERS = lexicon.words("the a an his her their its our one another some several many both two three four five this that these those")
_NOT_YET = frozenset({"until", "unless", "if", "whether"})  # nobody has said it
_BREAKS_SUBJECT = (lexicon.CLAUSE_BREAKS - {"and"}) | _FINITE | lexicon.CUES


@dataclass(frozen=True, slots=True)
class TokenRange:
    """Tokens first to last (inclusive) of a sentence. `shared`: the subject is another cue's, not this one's own."""

    first: int
    last: int
    shared: bool = False

    def span(self, tokens: Sequence[Token]) -> Span:
        """Offsets of the range."""
        return tokens[self.first].start, tokens[self.last].end

    def names_a_speaker(self, tokens: Sequence[Token]) -> bool:
        """A name, a pronoun, or a noun for somebody or something that speaks."""
        inside = tokens[self.first : self.last + 1]
        nouns = lexicon.PERSON_NOUNS | lexicon.ORGANISATION_NOUNS | lexicon.DOCUMENT_NOUNS | lexicon.PRONOUNS
        return any((t.is_capitalised and t.bare not in lexicon.NEVER_NAMES) or t.bare in nouns for t in inside)


def is_cue(tokens: Sequence[Token], i: int) -> bool:
    """Token `i` reports that somebody speaks: no noun, no passive, no negation, no infinitive."""
    token = tokens[i]
    if token.lower not in lexicon.CUES or (token.is_capitalised and i > 0 and token.lower not in {"said", "says"}):
        return False
    before = tokens[i - 1] if i else None
    if before is None:
        return token.lower in {"said", "says"}
    if token.lower in lexicon.NOUN_LIKE and _is_noun(tokens, i):
        return False
    if before.lower in {"when", "as", "if", "once"}:
        return token.lower not in lexicon.ADDRESSING  # "when asked"
    if before.lower in {"to", "of", "without", "for", "-", "the", "a", "an"}:
        return token.lower in {"say", "add", "tell"} and i > 2 and tokens[i - 2].lower == "on" and tokens[i - 3].lower in {"went", "goes"}
    if any(t.lower in lexicon.NEGATIONS or t.lower.endswith(("n't", "n’t")) for t in tokens[max(0, i - 3) : i]):
        return False
    if token.lower not in lexicon.PARTICIPLES and _is_passive(tokens, i):
        return False
    return token.lower not in lexicon.SPEECH_BASE or _has_plural_subject(before)


def _is_noun(tokens: Sequence[Token], i: int) -> bool:
    """`news reports`, `her claims of`: a verb in this form has a name, a pronoun or a speaking noun right before it."""
    before, following = tokens[i - 1], tokens[i + 1] if i + 1 < len(tokens) else None
    if following is not None and following.lower in lexicon.PARTICIPLES | {"of", "from", "about", "by"}:
        return True
    if before.is_possessive or before.lower in lexicon.DETERMINERS - {"this", "that", "these", "those", "some", "many", "several"}:
        return True
    nouns = lexicon.PERSON_NOUNS | lexicon.ORGANISATION_NOUNS | lexicon.DOCUMENT_NOUNS | lexicon.PRONOUNS | lexicon.AUXILIARIES
    named = before.is_capitalised and before.bare not in lexicon.NEVER_NAMES
    return not (named or before.bare in nouns or before.text in {",", ")"} or before.quotation is not None or _is_adverb(before))


def _is_passive(tokens: Sequence[Token], i: int) -> bool:
    k = i - 1
    while k > 0 and tokens[k].lower.endswith("ly"):
        k -= 1
    return tokens[k].lower in lexicon.PASSIVE_BE


def _has_plural_subject(before: Token) -> bool:
    people = {"they", "who", "we", "staff", "people", "police", "i", "you", "others", "some", "many", "also", "now"}
    return before.lower in people or (before.is_word and before.lower.endswith("s") and not before.is_possessive and len(before.lower) > 3)


# --- the subject --------------------------------------------------------------------------------------


def source_before(tokens: Sequence[Token], i: int) -> TokenRange | None:
    """The subject that stands before cue `i`, with an apposition or relative clause between commas."""
    k = i - 1
    while k >= 0 and tokens[k].is_word and (tokens[k].lower in lexicon.AUXILIARIES or _is_adverb(tokens[k])):
        k -= 1
    if k < 0 or tokens[k].quotation is not None:
        return None
    if tokens[k].text == ",":
        return None if tokens[i].lower in lexicon.PARTICIPLES else _before_insertion(tokens, k)
    if tokens[k].lower == "to" and k > 1:
        return source_before(tokens, k - 2)  # went on to say
    if tokens[k].text == ")":
        opening = next((j for j in range(k, -1, -1) if tokens[j].text == "("), None)
        return _noun_phrase(tokens, opening - 1) if opening else None
    if tokens[k].lower in lexicon.RELATIVES:
        antecedent = k - 2 if k > 1 and tokens[k - 1].text == "," else k - 1
        phrase = _noun_phrase(tokens, antecedent) if antecedent >= 0 else None
        return TokenRange(_nearest_noun_phrase(tokens, phrase), phrase.last) if phrase is not None else None
    if not tokens[k].is_word or tokens[k].lower in {"and", "but", "or", "as", "by", "like"}:
        return None
    phrase = _noun_phrase(tokens, k)
    if phrase is not None and k == i - 1 and tokens[i].lower in lexicon.PARTICIPLES:
        return TokenRange(_nearest_noun_phrase(tokens, phrase), phrase.last)
    return phrase


def _is_adverb(token: Token) -> bool:
    return (
        token.lower.endswith("ly")
        and not token.is_capitalised
        and len(token.lower) > 4
        and token.lower not in {"family", "ally", "assembly"}
    )


def _before_insertion(tokens: Sequence[Token], comma: int) -> TokenRange | None:
    """`Ann Cook, who no longer works there, said`: the comma at `comma` closes an insertion."""
    commas = []
    for j in range(comma - 1, max(comma - 30, 0), -1):
        if tokens[j].quotation is not None or tokens[j].text in {";", ":"}:
            break
        if tokens[j].text == ",":
            commas.append(j)
    if not commas:
        return None
    opening = next((j for j in commas if tokens[j + 1].lower in lexicon.RELATIVES), None)
    if opening is None:
        ages = [k for k, j in enumerate(commas) if k + 1 < len(commas) and j - commas[k + 1] == 2 and tokens[j - 1].lower in _AGES]
        opening = commas[ages[0] + 1] if ages else commas[0]
    inserted = tokens[opening + 1]
    if not _may_be_inserted(tokens, opening, inserted):
        return None
    head = _noun_phrase(tokens, opening - 1)
    return TokenRange(head.first, comma - 1) if head is not None else None


_AGES = lexicon.words("one two three four five six seven eight nine ten eleven twelve") | {str(n) for n in range(1, 120)}
_INSERTIONS = (
    lexicon.PREPOSITIONS | lexicon.RELATIVES | {"speaking", "writing", "meanwhile", "however", "too", "though", "whose", "now", "then"}
)


def _may_be_inserted(tokens: Sequence[Token], opening: int, inserted: Token) -> bool:
    """What follows the comma at `opening` describes the noun before it, or is an aside; it begins no clause of its own."""
    if inserted.lower in {"and", "but", "or", "so"} or not inserted.is_word:
        return False
    named = tokens[opening - 1].is_capitalised and tokens[opening - 1].bare not in lexicon.NEVER_NAMES
    return (
        named
        or inserted.is_capitalised
        or inserted.text.isdigit()
        or inserted.lower in _DETERMINERS | _INSERTIONS
        or inserted.lower.endswith("ed")
        or any(t.bare in lexicon.PERSON_NOUNS for t in tokens[opening + 1 : opening + 6])
    )


def _noun_phrase(tokens: Sequence[Token], last: int) -> TokenRange | None:
    """The noun phrase that ends at token `last`."""
    if last < 0 or not tokens[last].is_word:
        return None
    if tokens[last].lower in lexicon.SUBJECT_PRONOUNS:
        return TokenRange(last, last)
    first = last
    while first > 0 and last - first < _LONGEST_SUBJECT and _joins(tokens, first - 1, first):
        first -= 1
    if first > 1 and tokens[first - 1].lower in lexicon.RELATIVES and tokens[first - 2].is_word:
        before = _noun_phrase(tokens, first - 2)  # [The authority] that runs the bridge
        return TokenRange(before.first, last) if before is not None else None
    if first > 0 and tokens[first - 1].lower in _NOT_YET:
        return None
    return _without_circumstance(tokens, first, last)


def _joins(tokens: Sequence[Token], k: int, following: int) -> bool:
    token = tokens[k]
    if token.quotation is not None:
        return False
    if not token.is_word:
        return (token.text == "." and k > 0 and tokens[k - 1].bare in lexicon.ABBREVIATIONS | lexicon.TITLES) or token.text in {
            "’",
            "'",
            "&",
            "/",
        }
    if token.lower == "and":
        return k > 0 and tokens[k - 1].is_word and (tokens[following].is_capitalised and tokens[k - 1].is_capitalised)
    return token.lower not in _BREAKS_SUBJECT and not _is_adverb(token)


def _without_circumstance(tokens: Sequence[Token], first: int, last: int) -> TokenRange | None:
    """Leave out `On Tuesday`, `In a statement`, `Last week` before the subject proper."""
    opening = tokens[first].lower
    if opening not in lexicon.PREPOSITIONS | {"last", "earlier", "later", "meanwhile", "this", "next"} or (
        tokens[first].bare == "this" and last == first
    ):
        return TokenRange(first, last)
    for k in range(first + 1, last + 1):
        before = tokens[k - 1]
        starts = tokens[k].lower in _DETERMINERS | lexicon.SUBJECT_PRONOUNS or (
            tokens[k].is_capitalised
            and tokens[k].bare not in lexicon.NEVER_NAMES
            and (not before.is_capitalised or before.bare in lexicon.NEVER_NAMES)
        )
        if starts and before.lower not in lexicon.PREPOSITIONS | _DETERMINERS:
            return TokenRange(k, last)
    return None


def source_after(tokens: Sequence[Token], i: int) -> TokenRange | None:
    """The subject behind an inverted cue: `said Ann Cook, a spokeswoman for the port,`."""
    first = i + 1
    if (
        first >= len(tokens)
        or not tokens[first].is_word
        or tokens[first].lower in lexicon.PREPOSITIONS | {"that", "as", "when", "last", "and", "he'd"}
    ):
        return None
    last = first
    while last + 1 < len(tokens) and _extends(tokens, last + 1):
        last += 1
    if last + 2 < len(tokens) and tokens[last + 1].text == "," and _is_apposition(tokens, last + 2):
        end = last + 2
        while end + 1 < len(tokens) and tokens[end + 1].text not in {",", ".", ";", ":", "–", "—"} and tokens[end + 1].quotation is None:
            end += 1
        last = end
    return TokenRange(first, last)


_ENDS_INVERTED = lexicon.words(
    "in on at during to after before as when while about last this yesterday today earlier later who whose which "
    "that because but since following"
)


def _extends(tokens: Sequence[Token], k: int) -> bool:
    token = tokens[k]
    if token.quotation is not None:
        return False
    if not token.is_word:
        return (
            token.text == "." and tokens[k - 1].bare in lexicon.ABBREVIATIONS | lexicon.TITLES and k + 1 < len(tokens)
        ) or token.text in {"’", "&"}
    return token.lower not in _ENDS_INVERTED and not is_cue(tokens, k)


def _is_apposition(tokens: Sequence[Token], k: int) -> bool:
    token = tokens[k]
    if token.lower in {"who", "whose"}:
        return not any(is_cue(tokens, j) for j in range(k + 1, min(k + 4, len(tokens))))
    if token.text.isdigit():
        return True
    return (
        token.lower in {"a", "an", "the", "his", "her", "one", "former"}
        or token.bare in lexicon.PERSON_NOUNS
        or (token.is_word and not token.is_capitalised and any(t.bare in lexicon.PERSON_NOUNS for t in tokens[k : k + 5]))
    )


def subject_of(tokens: Sequence[Token], i: int, names: Sequence[Name]) -> TokenRange | None:
    """The subject for a cue without one of its own: `…, adding that`, `… and warned that`."""
    for k in range(i - 1, max(i - _LOOK_BACK, -1), -1):
        if is_cue(tokens, k):
            source = source_before(tokens, k) or (source_after(tokens, k) if k and tokens[k - 1].quotation is not None else None)
            if source is not None:
                return TokenRange(source.first, source.last, shared=True)
    return _first_noun_phrase(tokens, i, names)


def _nearest_noun_phrase(tokens: Sequence[Token], phrase: TokenRange) -> int:
    """Where the noun before a participle begins: `mentions [a Telegraph report] suggesting`, `figures like [Ann Bell of X] accusing`."""
    for k in range(phrase.last, phrase.first, -1):
        if tokens[k].lower in {"like", "with", "by"}:
            return k + 1
        if tokens[k].bare in lexicon.DOCUMENT_NOUNS:
            first = k
            while first > phrase.first and (tokens[first - 1].is_capitalised or tokens[first - 1].lower in _DETERMINERS):
                first -= 1
            return first
    first = phrase.last
    while first > phrase.first and _belongs(tokens, first - 1, phrase.first):
        if tokens[first].lower in _DETERMINERS and tokens[first - 1].lower not in lexicon.PREPOSITIONS:
            break
        first -= 1
    return first


def _belongs(tokens: Sequence[Token], k: int, first: int) -> bool:
    """The word at `k` belongs to the noun behind it; a preposition does behind a speaker: `the mayor of`, `Ann Bell from`."""
    if tokens[k].lower not in lexicon.PREPOSITIONS:
        return True
    nouns = lexicon.PERSON_NOUNS | lexicon.ORGANISATION_NOUNS | lexicon.DOCUMENT_NOUNS
    return k > first and (tokens[k - 1].is_capitalised or tokens[k - 1].bare in nouns)


def _first_noun_phrase(tokens: Sequence[Token], i: int, names: Sequence[Name]) -> TokenRange | None:
    """The sentence's own subject: its first name or pronoun that no preposition governs."""
    starts = {name.first: name for name in names if name.first < i and not name.possessive}
    for k in range(i):
        if tokens[k].lower in {"he", "she", "they"} and not _is_governed(tokens, k):
            return TokenRange(k, k, shared=True)
        if k in starts and not _is_governed(tokens, k):
            first = k
            while first > 0 and tokens[first - 1].lower in _DETERMINERS:
                first -= 1
            return TokenRange(first, _last_of_subject(tokens, _last_word(tokens, starts[k]), i), shared=True)
    return None


def _last_word(tokens: Sequence[Token], name: Name) -> int:
    return next(k for k in range(name.first, len(tokens)) if tokens[k].end >= name.span[1])


def _is_governed(tokens: Sequence[Token], k: int) -> bool:
    """A preposition stands before token `k`'s noun phrase: `In a recent LinkedIn post, …`."""
    while k > 0 and tokens[k - 1].is_word and (tokens[k - 1].is_capitalised or tokens[k - 1].lower in _DETERMINERS | {"recent", "new"}):
        k -= 1
        if tokens[k].lower in lexicon.PREPOSITIONS:
            return True
    return k > 0 and tokens[k - 1].lower in lexicon.PREPOSITIONS


def _last_of_subject(tokens: Sequence[Token], k: int, limit: int) -> int:
    nouns = lexicon.ORGANISATION_NOUNS | lexicon.PERSON_NOUNS | lexicon.DOCUMENT_NOUNS
    last = k
    while last + 1 < limit:
        following = tokens[last + 1]
        if following.is_capitalised or (following.bare in nouns and following.is_word):
            last += 1
        elif (
            following.lower in {"of", "from", "for"}
            and last + 2 < limit
            and tokens[last + 2].is_word
            and tokens[last + 2].lower not in lexicon.CUES
        ):
            last += 2
        else:
            break
    return last


# --- what is said -------------------------------------------------------------------------------------


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
            return j
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
            token.lower in _DETERMINERS
            and j > k + 1
            and tokens[j - 1].is_word
            and tokens[j - 1].lower not in lexicon.PREPOSITIONS | lexicon.CUES
        ):
            return j
    return None


def has_a_verb(tokens: Sequence[Token], start: int, end: int) -> bool:
    """A finite verb stands in the clause: something is said, not merely mentioned."""
    if tokens[start].lower in _OPENS_A_CLAUSE:
        return True
    return any(t.lower in _FINITE or t.lower.endswith(_VERBAL) for t in tokens[start : min(end, start + 25)])


_OPENS_A_CLAUSE = lexicon.words("he she they it we i you there how why what whether who when where nobody everyone everybody")
_VERBAL = ("ed", "n't", "n’t", "’s", "'s", "’re", "'re", "’ll", "'ll", "’d", "'d")


def clause_end(tokens: Sequence[Token], start: int) -> int:
    """Index behind the last token of the clause that begins at `start`."""
    k = start
    while k < len(tokens):
        token = tokens[k]
        following = tokens[k + 1] if k + 1 < len(tokens) else None
        if token.text in {".", "!", "?"} and following is None:
            return k
        if token.text == ";":
            return k
        if following is not None and k > start:
            if token.text in {",", "–", "—", "-"} and (following.lower in lexicon.PARTICIPLES or following.lower == "according"):
                return k
            if token.text == "," and tokens[k - 1].quotation is not None and following.lower.endswith("ing"):
                return k
            if token.lower in {"and", "but"} and _another_cue(tokens, k + 1):
                return k - 1 if tokens[k - 1].text == "," else k
        k += 1
    return k


def _another_cue(tokens: Sequence[Token], k: int) -> bool:
    """`… and added that`, `… but he insisted`: the same speaker begins again."""
    for j in range(k, min(k + 4, len(tokens))):
        if is_cue(tokens, j):
            return tokens[j].lower in lexicon.SPEECH_PAST | lexicon.SPEECH_PRESENT | lexicon.ACTS
        if tokens[j].lower not in lexicon.AUXILIARIES | {"he", "she", "they"} and not _is_adverb(tokens[j]):
            return False
    return False
