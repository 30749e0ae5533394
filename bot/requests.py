"""What can be asked of Verbatim: one plain value for each command of the chat grammar."""

from dataclasses import dataclass
from datetime import time
from zoneinfo import ZoneInfo

from bot.asking.question import Question
from bot.digests.schedule import Schedule
from bot.feeds.requests import ONLY_ASKING as _ONLY_ASKING_OF_FEEDS
from bot.feeds.requests import Feeding
from bot.replies import ExportFormat
from storage.records import Density, WhenEmpty


@dataclass(frozen=True, slots=True)
class Ask:
    """A question about quotes."""

    question: Question


@dataclass(frozen=True, slots=True)
class More:
    """The next page of the newest answer that the asker got there."""


@dataclass(frozen=True, slots=True)
class ExportAnswer:
    """All of the newest answer that the asker got there, as a file."""

    format: ExportFormat = ExportFormat.CSV


@dataclass(frozen=True, slots=True)
class Show:
    """An article with its quotes marked; `reference` is its number, URL or words of its headline."""

    reference: str


@dataclass(frozen=True, slots=True)
class People:
    """The speakers, or those who go by `name`."""

    name: str = ""


@dataclass(frozen=True, slots=True)
class Who:
    """Who somebody is, by a name, a role or a number (#12).

    Where nobody is known so it is the question `otherwise`, if there is one. `surely`: where more people than one may be meant, and
    where it is no name but a description, it is that question too.
    """

    name: str
    otherwise: Question | None = None
    surely: bool = False


@dataclass(frozen=True, slots=True)
class Merge:
    """Two speakers are one: `name` goes into `into`."""

    name: str
    into: str


@dataclass(frozen=True, slots=True)
class Split:
    """What these articles quote of `name` is another's; `new_name` is "" where the name stays the same."""

    name: str
    articles: tuple[int, ...]
    new_name: str = ""


@dataclass(frozen=True, slots=True)
class Fix:
    """A quote has another speaker."""

    quote_id: int
    speaker: str


@dataclass(frozen=True, slots=True)
class Reject:
    """A quote is none."""

    quote_id: int


@dataclass(frozen=True, slots=True)
class Undo:
    """A correction is taken back: the one with this number, or the newest."""

    correction_id: int | None = None


@dataclass(frozen=True, slots=True)
class Corrections:
    """The corrections made."""


@dataclass(frozen=True, slots=True)
class Remove:
    """An article is taken down with all that came from it; `reference` is its number, URL or identity."""

    reference: str


@dataclass(frozen=True, slots=True)
class Digest:
    """A digest. `asked` holds its period, and what it is restricted to, as a question has them."""

    asked: Question


@dataclass(frozen=True, slots=True)
class Status:
    """What the store holds."""


@dataclass(frozen=True, slots=True)
class TimeZone:
    """The time zone that holds here: asked for, or set to `zone`."""

    zone: ZoneInfo | None = None


@dataclass(frozen=True, slots=True)
class Help:
    """What can be typed: all of it, or with one keyword."""

    keyword: str = ""


@dataclass(frozen=True, slots=True)
class Thanks:
    """Nothing is asked for."""


@dataclass(frozen=True, slots=True)
class Add:
    """An article of the web is read and stored."""

    url: str


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a digest or an alert is to be; what is None stays as it is, or is as usual.

    `quiet` are the local hours in which nothing comes, from the first until before the second; an empty tuple takes them away.
    `gap_minutes` is the least time between two alerts, `daily_cap` how many come in a day before the rest is a digest.
    """

    density: Density | None = None
    when_empty: WhenEmpty | None = None
    quiet: tuple[time, time] | tuple[()] | None = None
    gap_minutes: int | None = None
    daily_cap: int | None = None


@dataclass(frozen=True, slots=True)
class Subscribe:
    """A digest on a schedule; `zone` is the one that was typed, `asked` what it is restricted to."""

    schedule: Schedule
    zone: ZoneInfo | None
    asked: Question
    wishes: Wishes = Wishes()


@dataclass(frozen=True, slots=True)
class Watch:
    """An alert: each new quote that fits `asked`, soon after it is stored; read by the clocks of `zone`, if one was typed."""

    asked: Question
    zone: ZoneInfo | None = None
    wishes: Wishes = Wishes()


@dataclass(frozen=True, slots=True)
class Change:
    """A subscription gets another schedule, restriction or other wishes; what is None stays."""

    number: int
    schedule: Schedule | None
    zone: ZoneInfo | None
    asked: Question | None
    wishes: Wishes = Wishes()


@dataclass(frozen=True, slots=True)
class Pause:
    """A subscription rests."""

    number: int


@dataclass(frozen=True, slots=True)
class Resume:
    """A subscription that rests goes on."""

    number: int


@dataclass(frozen=True, slots=True)
class Mute:
    """Nothing comes of a subscription for a day; what is new meanwhile comes after it."""

    number: int


@dataclass(frozen=True, slots=True)
class Unmute:
    """A subscription that is muted goes on at once."""

    number: int


@dataclass(frozen=True, slots=True)
class SendNow:
    """A subscription's post comes now; its schedule goes on."""

    number: int


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be posted now, and of a digest that is not set up yet (`wanted`) when; nothing is saved.

    Without either it is that of the channel's only subscription.
    """

    number: int | None = None
    wanted: Subscribe | Watch | None = None


@dataclass(frozen=True, slots=True)
class Deliveries:
    """What was posted by itself, or was not, and why: of one subscription, or all of the channel."""

    number: int | None = None


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    """A subscription ends."""

    number: int


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """The digests that this channel gets."""


Correction = Fix | Reject | Merge | Split | Undo | Corrections | Remove
Subscribing = Subscribe | Watch | Change | Pause | Resume | Mute | Unmute | SendNow | Preview | Deliveries | Unsubscribe | Subscriptions
Telling = People | Who | Digest | Status | TimeZone | Help | Thanks | Add
GoingOn = More | ExportAnswer
FeedRequest = Feeding
Command = Ask | Show | GoingOn | Telling | Correction | Subscribing | FeedRequest


_ONLY_ASKING = (Ask, Show, More, ExportAnswer, People, Who, Digest, Status, Help, Thanks, Corrections, Subscriptions, Preview, Deliveries)


def only_asks(command: Command) -> bool:
    """Whether a command changes nothing."""
    return isinstance(command, _ONLY_ASKING + _ONLY_ASKING_OF_FEEDS) or command == TimeZone(None)
