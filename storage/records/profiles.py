"""What the store tells of a speaker at large, counted."""

from dataclasses import dataclass
from datetime import datetime

from storage.records.quotes import QuoteKind, Reports
from storage.records.speakers import AliasKind


@dataclass(frozen=True, slots=True)
class Called:
    """What some articles call a speaker, how many times in all, and when they were published first and last.

    Of these articles so many are `undated`; where all are, `first` and `last` are when they were read.
    """

    text: str
    kind: AliasKind
    times: int
    first: datetime
    last: datetime
    articles: int
    undated: int = 0


@dataclass(frozen=True, slots=True)
class Carried:
    """How many quotes of one kind an outlet carries of a speaker; those of articles of no known outlet have None."""

    outlet: str | None
    kind: QuoteKind
    reports: Reports
    quotes: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which quotes are counted, half-open, UTC. The moment `also` counts though it is before, `but` not though it is in it."""

    since: datetime
    until: datetime
    also: datetime | None = None
    but: datetime | None = None


@dataclass(frozen=True, slots=True)
class SaidIn:
    """What a quote says, and the headline of its article."""

    words: str
    headline: str | None
