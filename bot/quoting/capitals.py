"""Runs of capitals, of which names are made, and headlines and labels, in which capitals make none."""

from collections.abc import Sequence

from bot.quoting import lexicon
from bot.quoting.roles import OFFICES
from bot.quoting.sentences import Sentence, Token

_MAX_WORDS = 8
_LONGEST_LABEL, _SHORTEST_HEADLINE, _MOSTLY = 2, 4, 0.6
# Capitalised in headlines only.
_IN_HEADLINES = lexicon.words(
    "says said to is are was in on for with and but from just after that he she they his her because over how why what as at by the "
    "against about into than when if who gets has have will could would should may be before amid"
) - {"may", "will"}
# A genitive that an organisation's name holds: the Swiss People's Party.
OF_A_GROUP = lexicon.words("people women men children workers farmers teachers veterans officers players writers citizens america")


def is_label(sentence: Sentence) -> bool:
    """`ABSTRACT.`: a paragraph of one or two words in capitals."""
    words = [t.text for t in sentence.tokens if t.is_word]
    return _is_paragraph(sentence) and len(words) <= _LONGEST_LABEL and all(word.isupper() for word in words)


def _is_paragraph(sentence: Sentence) -> bool:
    return sentence.paragraph_span[0] >= sentence.start - 1 and sentence.paragraph_span[1] <= sentence.end + 1


def is_headline(sentence: Sentence) -> bool:
    """A paragraph of its own in which most words are capitalised."""
    words = [t for t in sentence.tokens if t.is_word]
    return _is_paragraph(sentence) and len(words) > _SHORTEST_HEADLINE and sum(t.is_capitalised for t in words) > _MOSTLY * len(words)


def last_of_run(tokens: Sequence[Token], i: int, *, in_headline: bool) -> int:
    """The last token of the run of capitals, and of what holds them together, that begins at token `i`."""
    last = i
    while last + 1 < len(tokens) and last - i < 2 * _MAX_WORDS:
        token, following = tokens[last], tokens[last + 1]
        if in_headline and last - i == 1 and tokens[i].bare in lexicon.GIVEN_NAMES and len(token.text) > 1:
            break  # Ann Bell Slams Jo Reed
        if token.is_possessive and not (token.bare in OF_A_GROUP and following.is_capitalised):
            break
        if following.is_capitalised and following.bare not in _IN_HEADLINES and not following.lower.startswith(("i'", "i’")):
            last += 1
        elif (following.text == "." and _may_be_abbreviated(token) and capital_at(tokens, last + 2)) or (
            following.lower in {"of", "&", "for"} and _of_belongs(tokens, i, last, following.lower) and capital_at(tokens, last + 2)
        ):
            last += 2
        elif following.lower == "v" and capital_at(tokens, last + 3):
            last += 3  # Bell v. Reed
        else:
            behind = last + 1
            while behind < len(tokens) and tokens[behind].lower in lexicon.NAME_PARTICLES and not tokens[behind].is_capitalised:
                behind += 1  # von der Lake
            if behind == last + 1 or not capital_at(tokens, behind):
                break
            last = behind
    return last


def _may_be_abbreviated(token: Token) -> bool:
    """An initial, initials, or an abbreviated title."""
    return len(token.text) == 1 or (token.text.isupper() and "." in token.text) or token.bare in lexicon.ABBREVIATIONS


def capital_at(tokens: Sequence[Token], i: int) -> bool:
    """Whether a token `i` is there and begins with a capital letter."""
    return i < len(tokens) and tokens[i].is_capitalised


def _of_belongs(tokens: Sequence[Token], first: int, last: int, link: str) -> bool:
    """Lord Wood of Anfield, House of Commons, Bank of England, Centre for Rivers: "of" and "for" inside a name."""
    if link == "for":
        return tokens[last].bare in _HOLDS_FOR or _names_a_minister(tokens, first, last)
    if tokens[last].bare in lexicon.TITLES and last + 2 < len(tokens) and tokens[last + 2].bare in OFFICES:
        return True  # Secretary of State Ann Bell
    titled = any(t.bare in _OF_A_PLACE for t in tokens[first : last + 1])
    return titled or tokens[last].bare in lexicon.ORGANISATION_WORDS | _HOLDS_OF


def _names_a_minister(tokens: Sequence[Token], first: int, last: int) -> bool:
    """`Minister for Housing Ann Bell`, but not `the Minister for Housing`."""
    if not any(t.bare in _MINISTERS for t in tokens[first : last + 1]):
        return False
    end = last + 2
    while capital_at(tokens, end + 1):
        end += 1
    return any(t.bare in lexicon.GIVEN_NAMES for t in tokens[last + 3 : end])


_MINISTERS = frozenset({"minister", "secretary", "commissioner", "spokesman", "spokeswoman", "spokesperson"})
_OF_A_PLACE = frozenset({"lord", "lady", "baroness", "baron"})
_HOLDS_FOR = lexicon.words(
    "center centre institute foundation committee council association coalition department ministry fund society alliance office agency "
    "college club union forum network party"
)
_HOLDS_OF = lexicon.words("duke duchess bank school institute archbishop bishop")
