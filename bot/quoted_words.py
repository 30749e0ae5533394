"""The words that a message quotes, to be looked up. Pure."""

import re

from bot.asking.words import WORD

FEWEST_WORDS = 3  # "so-called" and the like are no quotes
MOST_WORDS = 60
MOST_PHRASES = 3
_LONGEST = 800  # characters

_CITED = re.compile(r"\s*>")
_QUOTED = re.compile(
    r"“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|\"([^\"]+)\""
    r"|(?<!\w)‘((?:[^‘’]|’(?=\w))+)’(?!\w)|(?<!\S)'((?:[^']|(?<=\w)'(?=\w))+)'(?!\w)"
)


def quoted_words(message: str) -> tuple[str, ...]:
    """What stands in quotation marks in a message, at most three phrases in their order.

    Without any, a short message is a phrase itself, or the lines in it that are cited (">"). None where there is nothing to look
    up: no words, or a long text that quotes nothing.
    """
    lines = message.splitlines()
    cited = [line for line in lines if _CITED.match(line)]
    whole, whole_of_cited = (" ".join(line.lstrip("> \t") for line in some) for some in (lines, cited))
    quoted = [next(words for words in found.groups() if words) for found in _QUOTED.finditer(whole)]
    phrases = [phrase for phrase in map(_bare, quoted) if len(WORD.findall(phrase)) >= FEWEST_WORDS]
    if not phrases and not quoted:
        phrases = [_bare(whole_of_cited or whole)]
    return tuple(dict.fromkeys(filter(_can_be_asked, phrases)))[:MOST_PHRASES]


def _can_be_asked(phrase: str) -> bool:
    return len(phrase) <= _LONGEST and 0 < len(WORD.findall(phrase)) <= MOST_WORDS


def _bare(words: str) -> str:
    return re.sub(r"[“”„«»\"]", " ", " ".join(words.split())).strip(" ,.;:")
