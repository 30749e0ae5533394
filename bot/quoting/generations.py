"""Jr., Sr., III behind a name of an article. Pure."""

from collections.abc import Sequence

from bot import generations
from bot.quoting import lexicon


def generation_of(words: Sequence[str]) -> str:
    """What stands behind the name of which these are the words; "" of `Ann Senior`, which is a surname."""
    is_surname = len(words) == 2 and words[1].lower() in generations.IN_FULL and words[0].lower() in lexicon.GIVEN_NAMES
    return "" if is_surname else generations.generation_of(words)


def without_generation(words: Sequence[str]) -> tuple[str, ...]:
    """The words of a name without that: of "Bell Jr." the surname."""
    return tuple(words[:-1] if generation_of(words) else words)


def surname_of(words: Sequence[str]) -> str:
    """The last word of a name, with what stands behind it: `Bell`, `Bell Jr.`; "" where there is no name."""
    return " ".join([*without_generation(words)[-1:], *(words[-1:] if generation_of(words) else ())])


def is_set_off(word: str) -> bool:
    """Whether a word behind a name and a comma belongs to the name: `Ann Bell, Sr.`, but not `Ann Bell, senior adviser`."""
    return word.lower().strip(".") in generations.WRITTEN and word[:1].isupper()
