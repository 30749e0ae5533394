"""Jr., Sr., III: what tells apart people of one name in one family. Pure."""

from collections.abc import Sequence

WRITTEN = {"jr": "jr", "jnr": "jr", "sr": "sr", "snr": "sr", "ii": "ii", "iii": "iii", "iv": "iv"}
"""What stands for a generation behind a name and is no name, with its one spelling."""
IN_FULL = {"junior": "jr", "senior": "sr"}
"""What is a surname as well: Ann Senior."""


def generation_of(words: Sequence[str]) -> str:
    """What stands behind the name of which these are the words, as one spelling has it: "jr" of "Ann Bell Junior"; "" for nothing.

    "Senior" alone behind one word may be either, and is taken for a generation.
    """
    last = words[-1].casefold().strip(".,") if len(words) > 1 else ""
    return WRITTEN.get(last) or IN_FULL.get(last, "")


def without_generation(words: Sequence[str]) -> tuple[str, ...]:
    """The words of a name without that: of "Bell Jr." the surname."""
    return tuple(words[:-1] if generation_of(words) else words)
