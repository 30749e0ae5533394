"""Jr., Sr., III: what tells apart people of one name in one family. Pure."""

from collections.abc import Sequence

from bot.quoting import lexicon

_WRITTEN = {"jr": "jr", "jnr": "jr", "sr": "sr", "snr": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
_IN_FULL = {"junior": "jr", "senior": "sr"}  # surnames too: Ann Senior


def generation_of(words: Sequence[str]) -> str:
    """What stands behind the name of which these are the words, as one spelling has it: "jr" of "Ann Bell Junior"; "" for nothing."""
    if len(words) < 2:
        return ""
    last = words[-1].lower().strip(".,")
    if last in _WRITTEN:
        return _WRITTEN[last]
    is_surname = len(words) == 2 and words[0].lower() in lexicon.GIVEN_NAMES
    return "" if is_surname else _IN_FULL.get(last, "")


def without_generation(words: Sequence[str]) -> tuple[str, ...]:
    """The words of a name without that: of "Bell Jr." the surname."""
    return tuple(words[:-1] if generation_of(words) else words)


def surname_of(words: Sequence[str]) -> str:
    """The last word of a name, with what stands behind it: `Bell`, `Bell Jr.`; "" where there is no name."""
    return " ".join([*without_generation(words)[-1:], *(words[-1:] if generation_of(words) else ())])


def is_set_off(word: str) -> bool:
    """Whether a word behind a name and a comma belongs to the name: `Ann Bell, Sr.`, but not `Ann Bell, senior adviser`."""
    return word.lower().strip(".") in _WRITTEN and word[:1].isupper()
