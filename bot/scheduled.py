"""What channels get by themselves, as the ways in use it: digests and alerts, set up, changed, looked at and posted."""

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from bot import forms, requests
from bot.callers import Caller, Channel
from bot.digesting import Digesting
from bot.lines import Lines
from bot.replies import Reply, SubscriptionView
from bot.subscribing import Subscribing
from storage.database import Database


class Scheduled:
    """Digests and alerts over one store. Every method raises `VerbatimError` for what a person can act on."""

    def __init__(self, database: Database, clock: Callable[[], datetime], zone: ZoneInfo, lines: Lines, digesting: Digesting) -> None:
        self._lines = lines
        self._digesting = digesting
        self._subscribing = Subscribing(database, clock, zone)

    async def do(self, command: requests.Subscribing, caller: Caller) -> Reply:
        """Do what a command of the chat grammar says."""
        return await self._subscribing.do(command, caller)

    # --- set up and changed -----------------------------------------------------------------------

    async def subscribe(self, schedule: str, zone: str, about: str, caller: Caller) -> Reply:
        """Set up a digest in the caller's channel: a schedule as people say it, its zone ("" for the caller's), and what it is about."""
        return await self._subscribing.do(await self._lines.of_form("digest", schedule, zone, about, caller), caller)

    async def change(self, number: int, schedule: str, zone: str, about: str, caller: Caller) -> Reply:
        """Give a digest another schedule, zone and restriction ("" for everything)."""
        wanted = await self._lines.of_form(f"change {number} to", schedule, zone, about or "everything", caller)
        return await self._subscribing.do(wanted, caller)

    def understand_schedule(self, schedule: str) -> None:
        """Raise NotUnderstood, with what to write instead, for what is no schedule of a digest and nothing else."""
        forms.see_that_it_is_a_schedule(schedule)

    def understand_zone(self, zone: str) -> None:
        """Raise NotUnderstood, with the nearest ones, for what is no time zone."""
        forms.see_that_it_is_a_zone(zone)

    async def pause(self, number: int, caller: Caller) -> Reply:
        """Let a digest rest."""
        return await self._subscribing.pause(number, caller)

    async def resume(self, number: int, caller: Caller) -> Reply:
        """Let a digest that rests go on."""
        return await self._subscribing.resume(number, caller)

    async def unsubscribe(self, number: int, caller: Caller) -> Reply:
        """End a digest."""
        return await self._subscribing.unsubscribe(number, caller)

    async def subscriptions(self, caller: Caller) -> Reply:
        """The digests of the caller's channel."""
        return await self._subscribing.of_channel(caller)

    async def subscriptions_of(self, caller: Caller) -> Reply:
        """The digests that the caller set up."""
        return await self._subscribing.of_person(caller)

    async def subscription(self, number: int, caller: Caller) -> SubscriptionView:
        """A digest of the caller's channel or of the caller. Raises NotFound."""
        return await self._subscribing.one(number, caller)

    async def changeable(self, number: int, caller: Caller) -> SubscriptionView:
        """A digest that the caller may change, for a form to do so. Raises NotFound and NotAllowed."""
        return await self._subscribing.changeable(number, caller)

    async def channels_of(self, platform: str) -> tuple[Channel, ...]:
        """The channels of a platform in which digests run: for one that does not tell of a channel that is gone while we are away."""
        return await self._subscribing.channels_of(platform)

    async def left(self, platform: str, workspace: str, *, channel: str | None, reason: str) -> int:
        """Pause the digests of a channel or of a whole workspace in which nothing can be posted any more; returns how many ran."""
        return await self._subscribing.left(platform, workspace, channel=channel, reason=reason)
