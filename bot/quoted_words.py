"""The words that a message quotes, to be looked up. Pure."""

import re

from bot.asking.words import WORD

FEWEST_WORDS = 3  # "so-called" and the like are no quotes
MOST_WORDS = 60
MOST_PHRASES = 3

_QUOTED = re.compile(r"“([^“”]+)”|„([^„“”]+)[“”]|«([^«»]+)»|\"([^\"]+)\"|(?<!\w)‘((?:[^‘’]|’(?=\w))+)’(?!\w)")


def quoted_words(message: str) -> tuple[str, ...]:
    """What stands in quotation marks in a message, at most three phrases in their order; a short message without any is one itself.

    None where there is nothing to look up: no words, or a long text that quotes nothing.
    """
    lines = " ".join(line.removeprefix(">").strip() for line in message.splitlines())
    quoted = [next(words for words in found.groups() if words) for found in _QUOTED.finditer(lines)]
    phrases = [phrase for phrase in map(_bare, quoted) if len(WORD.findall(phrase)) >= FEWEST_WORDS]
    if not phrases and not quoted:
        phrases = [_bare(lines)]
    wanted = (phrase for phrase in phrases if 0 < len(WORD.findall(phrase)) <= MOST_WORDS)
    return tuple(dict.fromkeys(wanted))[:MOST_PHRASES]


def _bare(words: str) -> str:
    return re.sub(r"[“”„«»\"]", " ", " ".join(words.split())).strip(" ,.;:")
