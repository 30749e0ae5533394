"""Which outlet published a repost first, as the repost itself says in a line above or below its text. Pure."""

import re
from collections.abc import Sequence
from typing import Final

from bot.reading.page_words import PIECE
from bot.reading.whitespace import tidied

_ABOVE: Final = 3
_BELOW: Final = 8
"""Such a line is one of the first or last paragraphs; what stands between them is what the article tells."""
_LONGEST: Final = 240
_OUTLET = (
    r"(?-i:(?P<outlet>(?:[Tt]he )?(?:[a-z0-9-]+(?:\.[a-z0-9-]+)+|[A-Z0-9][\w&'’-]*(?:\.[a-z]{2,4}\b)?"
    r"(?: (?:(?:of|for|&|of the|for the|and) )?(?!The )[A-Z0-9][\w&'’-]*){0,5})))"
)
_FIRST: Final = rf"(?:(?:was|has been|is) )?(?:first|originally) (?:published|posted|printed|appeared|ran) (?:by|in|on|at) {_OUTLET}"
_PATTERNS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\W*(?:an? (?:\w+ )?version of )?this (?:\w+ )?{PIECE} {_FIRST}\b",
        rf"\W*(?:first|originally) (?:published|posted|printed|appeared) (?:by|in|on|at) {_OUTLET}\b",
        r"\W*(?:re-?published|re-?posted|reprinted|reproduced|syndicated) (?:(?:here )?with (?:kind |the )?permission )?"
        rf"(?:from|of|courtesy of) {_OUTLET}\b",
        rf"the post .{{1,200}} (?:appeared first|first appeared) on {_OUTLET}\b",
        rf"\W*(?:read|see) the original {PIECE} (?:in|on|at) {_OUTLET}\b",
        rf"\W*(?:source|via)\s*:\s*{_OUTLET}\W*$",
        rf"\W*via {_OUTLET}\W*$",
    )
)
_REPOST: Final = re.compile(
    rf"\breposting this {PIECE}\b|\bcopyright of this {PIECE} belongs to the original (?:author|source|publisher)\b"
    rf"|^this {PIECE} (?:is a repost|(?:is|was|has been) reposted)\b",
    re.IGNORECASE,
)
_NO_OUTLET: Final = re.compile(
    r"(?:The )?(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday|Wednesday|Thursday"
    r"|Friday|Saturday|Sunday|\d+)\b"
)


def first_outlet(paragraphs: Sequence[str], *, own: str | None) -> str | None:
    """The outlet that a text names as the one that published it first; None where it names none, or its `own`.

    Of a text that says that it is a repost and not whose, it is "".
    """
    lines = [tidied(paragraph) for paragraph in (*paragraphs[-_BELOW:][::-1], *paragraphs[:_ABOVE])]
    named = [found for line in lines if len(line) <= _LONGEST and (found := _named(line))]
    others = [found for found in named if found.casefold() != (own or "").casefold()]
    if others or named:
        return others[0] if others else None
    return "" if any(_REPOST.search(line) for line in lines) else None


def _named(line: str) -> str | None:
    found = next((match["outlet"] for pattern in _PATTERNS if (match := pattern.match(line))), None)
    return None if found is None or _NO_OUTLET.match(found) else found
