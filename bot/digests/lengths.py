"""How much of each a digest shows: at falling lengths, since a message holds only so much."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storage.records import Density

MOST_SHOWN = 300
"""So many quotes of stories even the whole of a digest or an alert shows: nobody reads more messages than these make."""
_ALL = sys.maxsize


@dataclass(frozen=True, slots=True)
class Length:
    """How many are shown: stories, of which the first `leads` have `quotes` each and the others one.

    Then speakers of a section, statements worded differently and wordings of each, sentences on no comment. Of a `brief` digest
    the new voices stand in one line.
    """

    stories: int
    leads: int
    quotes: int
    speakers: int
    statements: int
    sentences: int
    wordings: int = 3
    brief: bool = False

    def of_story(self, place: int) -> int:
        """How many quotes the story at that place shows, counted from 0."""
        return self.quotes if place < self.leads else 1


WHOLE = Length(_ALL, _ALL, _ALL, _ALL, _ALL, _ALL, _ALL)
_SHORT = (
    Length(3, 1, 2, 3, 0, 1, brief=True),
    Length(3, 0, 1, 3, 0, 1, brief=True),
    Length(2, 0, 1, 3, 0, 1, brief=True),
    Length(1, 0, 1, 3, 0, 0, brief=True),
)
_FULL = (
    Length(6, 2, 3, 5, 2, 3),
    Length(6, 1, 3, 4, 1, 3),
    Length(5, 1, 2, 3, 1, 2),
    Length(4, 1, 2, 3, 1, 1, wordings=2),
)
LENGTHS: Mapping[Density, Sequence[Length]] = {Density.FULL: _FULL + _SHORT, Density.SHORT: _SHORT}
