"""Stories: articles that are copies of each other."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Telling:
    """An article as one of those that tell a story; `dated` is when it was published, or else first read.

    `credits` is the outlet of which it says that it published it first, where there are articles of that outlet.
    """

    article_id: int
    dated: datetime
    outlet: str | None = None
    headline: str | None = None
    is_first: bool = True
    credits: str | None = None
