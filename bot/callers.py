"""Who asks, and where: what a way in knows of a person, without its platform's types."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo


class Right(StrEnum):
    """What an operator may keep for some people; everything else is everybody's."""

    ADD = "add articles"
    REMOVE = "take articles down"
    CORRECT = "correct quotes and people"
    SUBSCRIBE = "set up digests"
    CONFIGURE = "change the settings of this server"


async def everything_allowed(_: Right) -> bool:
    """May do everything: who has the command line has the database."""
    return True


def kept_for_others(_: Right) -> str:
    """What to say of those who may, where nothing more is known of them."""
    return "Whoever runs Verbatim here keeps that for others: ask one of them."


async def unannounced(_: str) -> bool:
    """Tell nobody else."""
    return True


@dataclass(frozen=True, slots=True)
class Channel:
    """A place in which things can be posted, by its platform's ids. `workspace` is what a platform calls its workspace or server."""

    platform: str
    workspace: str
    channel: str


async def everywhere(_: Channel) -> bool:
    """Sees whatever channel."""
    return True


@dataclass(frozen=True, slots=True)
class Home:
    """Whose settings hold: those of a workspace or server, or of a `person` where nobody else is (in direct messages)."""

    platform: str
    workspace: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who asks.

    `author` is the name kept with corrections, which tells two people of one name apart; `name` what is shown of the person
    ("": the author). `person` is the platform's id, by which subscriptions are somebody's own;
    `may` says whether the person may do something, `who_may` in a sentence who may do it instead; `sees` whether the person sees another
    channel than the one where it was asked.
    `away` says that it was asked in direct messages, where whatever the person set up on the platform is reached that the person sees.
    `channel` where it was asked, None where nothing can be posted; `zone` the person's time zone, None for the newsroom's.
    `announce` says a line in the channel: False where it is not known whether it stands there; it raises CannotPost where
    it does not. `overheard` says that others read the answer. `home` is where settings are kept for the caller: None where the
    platform knows people's time zones itself, or nothing is kept.
    """

    author: str
    person: str = ""
    channel: Channel | None = None
    zone: ZoneInfo | None = None
    may: Callable[[Right], Awaitable[bool]] = everything_allowed
    who_may: Callable[[Right], str] = kept_for_others
    sees: Callable[[Channel], Awaitable[bool]] = everywhere
    announce: Callable[[str], Awaitable[bool]] = unannounced
    overheard: bool = False
    away: bool = False
    name: str = ""
    home: Home | None = None

    @property
    def called(self) -> str:
        """What others are told that the person is called."""
        return self.name or self.author

    @property
    def workspace(self) -> tuple[str, str] | None:
        """The platform, and its workspace or server, in which it was asked; None where there is none."""
        place = self.channel or self.home
        return (place.platform, place.workspace) if place else None
