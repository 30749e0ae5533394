"""What is set for a server, or for a person in direct messages: the time zone in which dates are read and digests are due."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.callers import Caller, Home, Right
from bot.errors import NotAllowed
from bot.replies import Reply
from bot.subscriptions.guarding import allow
from storage import homes
from storage.database import Database


@dataclass(frozen=True, slots=True)
class Homes:
    """Keeps what is set. `zone` is the newsroom's, which holds where none is."""

    database: Database
    zone: ZoneInfo

    async def zone_of(self, home: Home) -> ZoneInfo | None:
        """The time zone that was set there, None where none was."""
        async with self.database.reading() as session:
            key = await homes.time_zone(session, home.platform, home.workspace, home.person)
        return ZoneInfo(key) if key else None

    async def told(self, caller: Caller) -> Reply:
        """Which time zone holds for the caller, and who says so."""
        if caller.home is None:
            return Reply(self._of_elsewhere(caller))
        if zone := await self.zone_of(caller.home):
            return Reply(f"{_whose(caller.home)} time zone is {zone.key}.")
        unset = f"{_whose(caller.home)} time zone is {self.zone.key}, that of whoever runs Verbatim: no other was set."
        return Reply(unset, notes=("Set another by its name or a city: time zone New York.",))

    async def set_zone(self, zone: ZoneInfo, caller: Caller) -> Reply:
        """Set the time zone of the caller's server, or the caller's own in direct messages. Raises NotAllowed."""
        if caller.home is None:
            change = "Ask them." if caller.zone is None else "Change it in your profile."
            raise NotAllowed(f"A time zone cannot be set here. {self._of_elsewhere(caller)}", change)
        if not caller.home.person:
            await allow(caller, Right.CONFIGURE)
        home = caller.home
        async with self.database.writing() as session:
            await homes.set_time_zone(session, home.platform, home.workspace, home.person, time_zone=zone.key)
        note = "Dates are read in it, and digests that are set up from now on are due by it; those there are keep theirs."
        return Reply(f"Set. {_whose(home)} time zone is {zone.key}.", notes=(note,))

    def _of_elsewhere(self, caller: Caller) -> str:
        if caller.zone is None:
            return f"The time zone is {self.zone.key}, as whoever runs Verbatim has set it."
        return f"Your time zone is {caller.zone.key}, as your profile says."


def _whose(home: Home) -> str:
    return "Your" if home.person else "This server's"
