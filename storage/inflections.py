"""Forms of a word that Porter's algorithm tears apart, so that asking about interference finds interfering."""

import re

# Porter takes -ence from "interference" and leaves "interfer", but takes -ed and then -er from "interfered" and leaves
# "interf" (M. F. Porter, An algorithm for suffix stripping, 1980, steps 1b and 4); so do "perseverance" and its like.
_ENDING = re.compile(r"(?P<base>[a-z]{3,}er)(?:e|es|ed|ing|ence|ences|ance|ances)")


def forms(term: str) -> tuple[str, ...]:
    """The folded term, and what must be asked as well to find all its inflections with a Porter stemmer."""
    found = _ENDING.fullmatch(term)
    if found is None:
        return (term,)
    return tuple(dict.fromkeys((term, found["base"], f"{found['base']}e")))
