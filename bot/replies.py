"""What Verbatim answers, as plain data that every adapter renders in its platform's way.

A reply never holds markup. Quoted words only ever arrive in `QuoteCard.words`, which are slices of a
stored article; everything else is Verbatim's own speech.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.callers import Channel, Home
from storage.records import Counts, DeliveryState, FeedFigures, Figures, QuoteKind, Reports, SaveOutcome, Span, SubscriptionKind

__all__ = [
    "ArticleView",
    "Channel",
    "Chart",
    "Cited",
    "Counts",
    "DeliveryState",
    "DeliveryView",
    "Export",
    "ExportFormat",
    "FeedFigures",
    "FeedStanding",
    "FeedView",
    "Figures",
    "Ingested",
    "Kept",
    "MarkedQuote",
    "Passage",
    "Place",
    "QuoteCard",
    "QuoteKind",
    "Reply",
    "Reports",
    "SaveOutcome",
    "Section",
    "Span",
    "SubscriptionKind",
    "SubscriptionView",
    "Sureness",
    "Times",
    "Unit",
    "Voice",
]


class Sureness(StrEnum):
    """How sure the extraction is of a quote, in words for a person."""

    SURE = "sure"
    LIKELY = "likely"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Place:
    """Where words stand: an outlet's article, with a link that jumps to them where there is a URL.

    `content` are their [start, end) character offsets in the article's text.
    """

    article_id: int
    outlet: str | None
    headline: str | None
    published: datetime | None
    link: str | None
    content: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class QuoteCard:
    """One quote to show.

    `words` are the exact pieces of the article; a direct quote's are shown inside quotation marks, any
    other's without, behind the article's own `cue`: what somebody denied they did not say. `reports` tells speech
    from attitude, which is marked as such. `also` are the places that carry the very same words (wire copies).
    `corrected` says that a person set the speaker.
    """

    quote_id: int
    speaker: str | None
    words: tuple[str, ...]
    kind: QuoteKind
    reports: Reports
    place: Place
    confidence: float
    sureness: Sureness
    cue: str = ""
    corrected: bool = False
    also: tuple[Place, ...] = ()


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence of an article to show as it stands there, without quotation marks of ours: it is no quote.

    `begins` and `ends` say that `words` do so with the sentence. `also` are the places that carry the very same sentence. `number` is
    that of the refusal.
    """

    words: str
    begins: bool
    ends: bool
    place: Place
    also: tuple[Place, ...] = ()
    number: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a reply under its own heading: a speaker, a story, a statement that outlets word differently."""

    title: str
    subtitle: str = ""
    quotes: tuple[QuoteCard, ...] = ()
    lines: tuple[str, ...] = ()
    cited: tuple[Cited, ...] = ()


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a page of an answer stands that is kept, so that its buttons work for as long as its message is there.

    `before` and `after` count the quotes (or sentences that are none) of the answer on other pages; `more` says that there are others
    behind those, of unknown number. This page begins behind the quote `since` (None: it is the first) and ends with the quote `last`;
    `order` are the numbers of what it shows, in the order of the answer. `can_narrow` says that there are direct quotes, and others to
    leave out.
    """

    answer_id: int
    before: int
    after: int
    last: int
    can_narrow: bool
    since: int | None = None
    more: bool = False
    order: tuple[int, ...] = ()

    @property
    def goes_on(self) -> bool:
        """Whether there is a page behind this one."""
        return self.more or self.after > 0


class Unit(StrEnum):
    """A length of time by which is counted. Weeks begin on Monday."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Chart:
    """Numbers to draw: how many quotes by speaker, or in a time. `title` and `alt` are in words; `alt` says all that the picture shows.

    `bars` are labels with their numbers, in the order in which they are drawn; where they have a `unit` they are such times in a row.
    """

    title: str
    bars: tuple[tuple[str, int], ...]
    alt: str
    unit: Unit | None = None


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """Something that a channel was to get by itself, and what became of it; `reason` says in words why it is not simply sent.

    `kind` is that of its subscription.
    """

    number: int
    subscription: int
    what: str
    channel: Channel
    due_at: datetime
    state: DeliveryState
    sent_at: datetime | None = None
    reason: str = ""
    kind: SubscriptionKind = SubscriptionKind.DIGEST


@dataclass(frozen=True, slots=True)
class Times:
    """When something would be due, told before it is saved: the schedule as it was understood, its zone, and the next moments (UTC)."""

    schedule: str
    time_zone: str
    following: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class SubscriptionView:
    """A digest or an alert that a channel gets. `what`, `schedule` and `wishes` are in words; `paused` says why, None while it runs.

    `owner` is the platform's id of the person, `following` the next moments at which a digest is due (UTC), none while it is
    paused and none of an alert. `wishes` says how it is to be: "short, silent if nothing is new, quiet from 22:00 to 07:00".
    `muted_until` is set while nothing comes though it is not paused. `changeable` is False where it is shown to somebody alone who
    may not change it.
    """

    number: int
    what: str
    schedule: str
    time_zone: str
    channel: Channel
    owner: str
    paused: str | None = None
    following: tuple[datetime, ...] = ()
    kind: SubscriptionKind = SubscriptionKind.DIGEST
    wishes: str = ""
    muted_until: datetime | None = None
    changeable: bool = True


class FeedStanding(StrEnum):
    """How a feed does: it is read, it could not be had the last time, or it is left alone."""

    READ = "read"
    FAILING = "failing"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class FeedView:
    """A feed by its figures. `reason` is of its last failure or its pause; times are None for what never was, or will not be.

    It failed `failures` times in a row. `outlet`, `language` (a BCP 47 tag), `time_zone` (an IANA name), `full_text` and `filters` are
    what is set for it, None for what it says itself.
    """

    number: int
    name: str
    address: str
    standing: FeedStanding
    reason: str | None
    failures: int
    failing_since: datetime | None
    last_checked: datetime | None
    last_new: datetime | None
    next_check: datetime | None
    moved_to: str | None
    outlet: str | None
    language: str | None
    time_zone: str | None
    full_text: bool
    filters: tuple[str, ...]


class ExportFormat(StrEnum):
    """What a file of quotes is: a table for spreadsheets, a document, or a line for each quote."""

    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"


@dataclass(frozen=True, slots=True)
class Export:
    """A file made of an answer: its name, its bytes, a line that says what is in it, and how much: "2 quotes", or "" for nothing."""

    name: str
    content: bytes
    title: str
    held: str


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. `understood` is one line saying how the request was read, so that a misreading is seen.

    `suggestions` are requests that would work, as the person would type them. `kept` is set where the quotes are a page of
    an answer that is kept; `undo` is the number of the correction that the reply reports; `subscriptions` are those it
    lists, or the one that it made or changed; `again` is the request that gives this reply again, where asking changes nothing;
    `zoneless` is the home that has no time zone, where a digest was set up that would have taken it. `chart` is drawn under
    the reply; `deliveries` are those it lists. `beside` says that its sections are compared: a page takes of each in turn. `file` is
    for whoever asked, and for nobody else. `feeds` are those whose sections it has, by their figures. `refused` is how much of what
    was asked for could not be done, where the rest was: the notes say why.
    """

    understood: str
    sections: tuple[Section, ...] = ()
    notes: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    kept: Kept | None = None
    undo: int | None = None
    subscriptions: tuple[SubscriptionView, ...] = ()
    again: str | None = None
    zoneless: Home | None = None
    chart: Chart | None = None
    deliveries: tuple[DeliveryView, ...] = ()
    file: Export | None = None
    beside: bool = False
    feeds: tuple[FeedView, ...] = ()
    refused: int = 0


@dataclass(frozen=True, slots=True)
class Passage:
    """The words around a quote: the piece of the article's text in which it stands, with the quote's spans in that piece.

    `begins` and `ends` say that the piece begins and ends with the article.
    """

    card: QuoteCard
    text: str
    content: tuple[Span, ...]
    begins: bool
    ends: bool


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who speaks or is named in an article, to choose from: a number, a name, and what tells two of one name apart."""

    speaker_id: int
    name: str
    description: str = ""


@dataclass(frozen=True, slots=True)
class MarkedQuote:
    """A quote by its places in a text: for an article printed with its quotes marked, and for `--json`.

    `quote_id` is None for a text that is not stored. Spans are (start, end) character offsets.
    """

    quote_id: int | None
    content: tuple[Span, ...]
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    speaker: str | None
    kind: QuoteKind
    reports: Reports
    confidence: float
    sureness: Sureness
    corrected: bool = False


@dataclass(frozen=True, slots=True)
class ArticleView:
    """An article with its quotes marked. `article_id` and `version` are None for one that is not stored.

    `notes` are sentences on what is shown, such as why an older version has no quotes.
    """

    text: str
    quotes: tuple[MarkedQuote, ...]
    headline: str | None = None
    outlet: str | None = None
    byline: str | None = None
    published: datetime | None = None
    url: str | None = None
    article_id: int | None = None
    version: int | None = None
    versions: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ingested:
    """What became of one article or of one thing that was no article (`reason` says why, `outcome` is None).

    `language` is its BCP 47 tag, None where nobody knows it.
    `done` and `total` count the sources read so far and those known to come (None: not known); of the bytes in them that `share` is read.
    """

    name: str
    outcome: SaveOutcome | None
    article_id: int | None = None
    headline: str | None = None
    quotes: int = 0
    reason: str | None = None
    done: int = 0
    total: int | None = None
    language: str | None = None
    share: float | None = None
