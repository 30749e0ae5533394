"""What those who corrected something are called to others: by name, and by more only where that is another's name too. Pure."""

import re
from collections import defaultdict
from collections.abc import Collection

from storage.terms import fold

_NAMED = re.compile(r"(?P<name>[^()]+) \([^()\s]+\)")


def shown_names(authors: Collection[str]) -> dict[str, str]:
    """How each author is named: "Ada Moor" for "Ada Moor (17)", as it is kept, unless there is another Ada Moor among them."""
    of_name: dict[str, set[str]] = defaultdict(set)
    for author in authors:
        of_name[fold(_name(author))].add(author)
    return {author: _name(author) if len(of_name[fold(_name(author))]) == 1 else author for author in authors}


def _name(author: str) -> str:
    named = _NAMED.fullmatch(author)
    return named["name"] if named else author
