"""What is set for a server, or for a person in direct messages: the time zone in which dates are read and digests are due."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.callers import Caller, Home, Right
from bot.errors import NotAllowed
from bot.replies import Reply
from bot.subscribing import allow
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
        """Which time zone holds for the caller, and why."""
        if caller.home is None:
            return Reply(self._of_profile(caller))
        zone = await self.zone_of(caller.home)
        if zone is None:
            return Reply(
                f"The time zone is {self.zone.key}: none is set {_where(caller.home)}.", notes=("To set one: time zone New York.",)
            )
        return Reply(f"The time zone {_where(caller.home)} is {zone.key}.")

    async def set_zone(self, zone: ZoneInfo, caller: Caller) -> Reply:
        """Set the time zone of the caller's server, or of the caller in direct messages. Raises NotAllowed."""
        if caller.home is None:
            raise NotAllowed(f"{self._of_profile(caller)} It cannot be set here.", "Change it there.")
        if not caller.home.person:
            await allow(caller, Right.CONFIGURE)
        home = caller.home
        async with self.database.writing() as session:
            await homes.set_time_zone(session, home.platform, home.workspace, home.person, time_zone=zone.key)
        note = "Dates are read in it, and digests that are set up from now on are due by it."
        return Reply(f"Set: the time zone {_where(home)} is {zone.key}.", notes=(note,))

    def _of_profile(self, caller: Caller) -> str:
        if caller.zone is None:
            return f"The time zone is {self.zone.key}, as whoever runs Verbatim set it."
        return f"Your time zone is {caller.zone.key}, as your profile says."


def _where(home: Home) -> str:
    return "of yours" if home.person else "of this server"
