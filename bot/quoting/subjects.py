"""Who speaks: the subject before a cue, the name behind an inverted one, the subject shared with an earlier one."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.quoting import lexicon
from bot.quoting.cues import is_adverb, is_cue
from bot.quoting.sentences import Token
from storage.records import Span

_LONGEST_SUBJECT = 16
_NOT_YET = frozenset({"until", "unless", "if", "whether"})  # nobody has said it
_BREAKS_SUBJECT = (lexicon.CLAUSE_BREAKS - {"and"}) | lexicon.FINITE_VERBS | lexicon.CUES


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
        nouns = lexicon.PERSON_NOUNS | lexicon.ORGANISATION_NOUNS | lexicon.DOCUMENT_NOUNS | lexicon.SIGNS | lexicon.PRONOUNS
        return any((t.is_capitalised and t.bare not in lexicon.NEVER_NAMES) or t.bare in nouns for t in inside)


def source_before(tokens: Sequence[Token], i: int) -> TokenRange | None:
    """The subject that stands before cue `i`, with an apposition or relative clause between commas."""
    k = i - 1
    while k >= 0 and tokens[k].is_word and (tokens[k].lower in lexicon.AUXILIARIES or is_adverb(tokens[k])):
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


def _before_insertion(tokens: Sequence[Token], comma: int) -> TokenRange | None:
    """`Ann Cook, who no longer works there, said`: the comma at `comma` closes an insertion."""
    commas = []
    for j in range(comma - 1, max(comma - 30, 0), -1):
        if tokens[j].text in {";", ":"} or (tokens[j].quotation is not None and not _within_a_relative_clause(tokens, j)):
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


def _within_a_relative_clause(tokens: Sequence[Token], k: int) -> bool:
    """`Barr, whom Lake called "a coward", said`: a quotation inside the insertion."""
    comma = next((j for j in range(k - 1, max(k - 12, -1), -1) if tokens[j].text == ","), None)
    return comma is not None and tokens[comma + 1].lower in lexicon.RELATIVES


_AGES = lexicon.words("one two three four five six seven eight nine ten eleven twelve") | {str(n) for n in range(1, 120)}
_PARTICIPLES = lexicon.words("seen shown sent given written made known held led put set born found told leaked")
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
        or inserted.lower in lexicon.PHRASE_OPENERS | _INSERTIONS
        or inserted.lower.endswith("ed")
        or inserted.lower in _PARTICIPLES
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
    if first > 1 and _opens_a_relative_clause(tokens, first - 1):
        before = _noun_phrase(tokens, first - 2)  # [The authority] that runs the bridge
        if before is not None and (tokens[before.first].lower in lexicon.PHRASE_OPENERS or tokens[before.first].is_capitalised):
            return TokenRange(before.first, last)
    if first > 0 and tokens[first - 1].lower in _NOT_YET:
        return None
    return _without_circumstance(tokens, first, last)


def _is_abbreviated(token: Token) -> bool:
    return len(token.text) == 1 or "." in token.text or token.bare in lexicon.ABBREVIATIONS | lexicon.TITLES


def _opens_a_relative_clause(tokens: Sequence[Token], k: int) -> bool:
    """`the authority that runs it`, `a man who`; in `records that the board` the word opens what is recorded."""
    nouns = lexicon.PERSON_NOUNS | lexicon.ORGANISATION_NOUNS | lexicon.DOCUMENT_NOUNS
    before = tokens[k - 1]
    return tokens[k].lower in lexicon.RELATIVES and before.is_word and (tokens[k].lower != "that" or before.bare in nouns)


def _joins(tokens: Sequence[Token], k: int, following: int) -> bool:
    token = tokens[k]
    if token.quotation is not None:
        return False
    if not token.is_word:
        return (token.text == "." and k > 0 and _is_abbreviated(tokens[k - 1])) or token.text in {
            "’",
            "'",
            "&",
            "/",
        }
    if token.lower == "and":
        return k > 0 and tokens[k - 1].is_word and (tokens[following].is_capitalised and tokens[k - 1].is_capitalised)
    return token.lower not in _BREAKS_SUBJECT and not is_adverb(token)


def _without_circumstance(tokens: Sequence[Token], first: int, last: int) -> TokenRange | None:
    """Leave out `On Tuesday`, `In a statement`, `Last week` before the subject proper."""
    opening = tokens[first].lower
    if opening not in lexicon.PREPOSITIONS | {"last", "earlier", "later", "meanwhile", "this", "next"} or (
        tokens[first].bare == "this" and last == first
    ):
        return TokenRange(first, last)
    for k in range(first + 1, last + 1):
        before = tokens[k - 1]
        starts = tokens[k].lower in lexicon.PHRASE_OPENERS | lexicon.SUBJECT_PRONOUNS or (
            tokens[k].is_capitalised
            and tokens[k].bare not in lexicon.NEVER_NAMES
            and (not before.is_capitalised or before.bare in lexicon.NEVER_NAMES)
        )
        if starts and before.lower not in lexicon.PREPOSITIONS | lexicon.PHRASE_OPENERS:
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
        return (token.text == "." and _is_abbreviated(tokens[k - 1]) and k + 1 < len(tokens)) or token.text in {"’", "&"}
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


def _nearest_noun_phrase(tokens: Sequence[Token], phrase: TokenRange) -> int:
    """Where the noun before a participle begins: `mentions [a Telegraph report] suggesting`, `figures like [Ann Bell of X] accusing`."""
    for k in range(phrase.last, phrase.first, -1):
        if tokens[k].lower in {"like", "with", "by"}:
            return k + 1
        if tokens[k].bare in lexicon.DOCUMENT_NOUNS:
            first = k
            while first > phrase.first and (tokens[first - 1].is_capitalised or tokens[first - 1].lower in lexicon.PHRASE_OPENERS):
                first -= 1
            return first
    first = phrase.last
    while first > phrase.first and _belongs(tokens, first - 1, phrase.first):
        if tokens[first].lower in lexicon.PHRASE_OPENERS and tokens[first - 1].lower not in lexicon.PREPOSITIONS:
            break
        first -= 1
    return first


def _belongs(tokens: Sequence[Token], k: int, first: int) -> bool:
    """The word at `k` belongs to the noun behind it; a preposition does behind a speaker: `the mayor of`, `Ann Bell from`."""
    if tokens[k].lower not in lexicon.PREPOSITIONS:
        return True
    nouns = lexicon.PERSON_NOUNS | lexicon.ORGANISATION_NOUNS | lexicon.DOCUMENT_NOUNS
    return k > first and (tokens[k - 1].is_capitalised or tokens[k - 1].bare in nouns)
