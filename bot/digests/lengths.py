"""How much of each a digest shows: at falling lengths, since a message holds only so much."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from storage.records import Density


@dataclass(frozen=True, slots=True)
class Length:
    """How many are shown: stories, quotes of each, speakers of a section, statements worded differently, sentences on no comment.

    Of a `brief` digest the speakers stand in one line.
    """

    stories: int
    quotes: int
    speakers: int
    statements: int
    sentences: int
    brief: bool = False


WHOLE = Length(stories=50, quotes=3, speakers=25, statements=25, sentences=25)
_SHORT = (
    Length(3, 2, 3, 0, 2, brief=True),
    Length(3, 1, 3, 0, 2, brief=True),
    Length(2, 1, 3, 0, 1, brief=True),
    Length(1, 1, 3, 0, 1, brief=True),
)
_FULL = (
    Length(8, 3, 5, 5, 5),
    Length(8, 2, 5, 3, 5),
    Length(5, 3, 5, 2, 5),
    Length(5, 2, 5, 1, 3),
    Length(3, 3, 5, 1, 3),
    Length(3, 2, 5, 1, 2),
)
LENGTHS: Mapping[Density, Sequence[Length]] = {Density.FULL: _FULL + _SHORT, Density.SHORT: _SHORT}
