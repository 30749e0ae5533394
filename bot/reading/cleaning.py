"""Clean text: paragraphs joined by a blank line, without the boilerplate of the page around them. Pure.

Words are never changed, only white space and invisible characters are; what is no part of the article goes
as whole paragraphs (see `boilerplate`).
"""

import re
from collections.abc import Iterable

from bot.reading.boilerplate import Removed, sort_out
from bot.reading.whitespace import tidied

PARAGRAPH_BREAK = "\n\n"
_WORD = re.compile(r"[^\W\d_]+")
_SENTENCE_END = re.compile(r"""[.!?…:。।]["'”’»)\]]*$""")


def clean(paragraphs: Iterable[str]) -> str:
    """The article's text: its paragraphs, tidied and without boilerplate, joined by `PARAGRAPH_BREAK`."""
    kept, _ = sort_out([tidy for paragraph in paragraphs if (tidy := tidied(paragraph))])
    return PARAGRAPH_BREAK.join(kept)


def removed(paragraphs: Iterable[str]) -> list[Removed]:
    """What `clean` leaves out, each with the rule that says so: for looking at the rules' work."""
    return sort_out([tidy for paragraph in paragraphs if (tidy := tidied(paragraph))])[1]


def has_prose(text: str) -> bool:
    """Whether a clean text is made of sentences, at least a quarter of it by words, and of letters more than of anything else."""
    solid = "".join(text.split())
    if sum(character.isalpha() for character in solid) < 0.5 * len(solid):
        return False
    words, words_of_sentences = 0, 0
    for paragraph in text.split(PARAGRAPH_BREAK):
        count = len(paragraph.split())
        words += count
        words_of_sentences += count if _is_sentence(paragraph) else 0
    return words_of_sentences > 0 and words_of_sentences >= 0.25 * words


def _is_sentence(paragraph: str) -> bool:
    words = _WORD.findall(paragraph)
    ended = bool(_SENTENCE_END.search(paragraph))
    return len(words) >= (3 if ended else 8) or (ended and sum(map(len, words)) >= 20)
