"""What can be asked of Verbatim: one plain value for each command of the chat grammar."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.asking.question import Question
from bot.digests.schedule import Schedule


@dataclass(frozen=True, slots=True)
class Ask:
    """A question about quotes."""

    question: Question


@dataclass(frozen=True, slots=True)
class Show:
    """An article with its quotes marked; `reference` is its number, URL or words of its headline."""

    reference: str


@dataclass(frozen=True, slots=True)
class People:
    """The speakers, or those who go by `name`."""

    name: str = ""


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
class Subscribe:
    """A digest on a schedule; `zone` is the one that was typed, `asked` what it is restricted to."""

    schedule: Schedule
    zone: ZoneInfo | None
    asked: Question


@dataclass(frozen=True, slots=True)
class Change:
    """A subscription gets another schedule or another restriction; what is None stays."""

    number: int
    schedule: Schedule | None
    zone: ZoneInfo | None
    asked: Question | None


@dataclass(frozen=True, slots=True)
class Pause:
    """A subscription rests."""

    number: int


@dataclass(frozen=True, slots=True)
class Resume:
    """A subscription that rests goes on."""

    number: int


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    """A subscription ends."""

    number: int


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """The digests that this channel gets."""


Correction = Fix | Reject | Merge | Split | Undo | Corrections | Remove
Subscribing = Subscribe | Change | Pause | Resume | Unsubscribe | Subscriptions
Telling = People | Digest | Status | TimeZone | Help | Thanks | Add
Command = Ask | Show | Telling | Correction | Subscribing


def only_asks(command: Command) -> bool:
    """Whether a command changes nothing."""
    match command:
        case Ask() | Show() | People() | Digest() | Status() | Help() | Thanks() | Corrections() | Subscriptions() | TimeZone(None):
            return True
        case _:
            return False
