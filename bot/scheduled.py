"""What channels get by themselves, as the ways in use it: digests and alerts, set up, changed, looked at and posted."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from bot import requests
from bot.callers import Caller, Channel
from bot.charts import drawing
from bot.delivery.delivering import Delivering, Tally
from bot.delivery.posting import Poster
from bot.digesting import Digesting
from bot.grammar import forms
from bot.lines import Lines
from bot.replies import Chart, Reply, SubscriptionView, Times
from bot.subscriptions.posted import Posted
from bot.subscriptions.previewing import Previewing
from bot.subscriptions.resting import Resting
from bot.subscriptions.subscribed import Subscribed
from bot.subscriptions.subscribing import Subscribing
from bot.watching import Watching
from storage.database import Database
from storage.records import Figures


class Scheduled:
    """Digests and alerts over one store. Every method raises `VerbatimError` for what a person can act on."""

    def __init__(self, database: Database, clock: Callable[[], datetime], zone: ZoneInfo, lines: Lines, digesting: Digesting) -> None:
        self._lines = lines
        self._zone = zone
        self._clock = clock
        watching = Watching(database)
        self._delivering = Delivering(database, clock, digesting, watching)
        self._subscribing = Subscribing(database, clock, zone)
        self._subscribed = Subscribed(database, clock)
        self._resting = Resting(database, clock)
        self._previewing = Previewing(database, clock, digesting, watching, self._subscribing)
        self._posted = Posted(database, clock, self._delivering, self._previewing)
        self._with_number: dict[type, Callable[[int, Caller], Awaitable[Reply]]] = {
            requests.Pause: self.pause,
            requests.Resume: self.resume,
            requests.Mute: self.mute,
            requests.Unmute: self.unmute,
            requests.Unsubscribe: self.unsubscribe,
            requests.SendNow: self.send_now,
        }

    async def do(self, command: requests.Subscribing, caller: Caller) -> Reply:
        """Do what a command of the chat grammar says."""
        match command:
            case requests.Subscribe() | requests.Watch():
                return await self._subscribing.subscribe(command, caller)
            case requests.Change():
                return await self._subscribing.change(command, caller)
            case requests.Preview():
                return await self._previewing.do(command, caller)
            case requests.Deliveries(which):
                return await self.deliveries(which, caller)
            case requests.Subscriptions():
                return await self.subscriptions(caller)
            case _:
                return await self._with_number[type(command)](command.number, caller)

    # --- set up and changed -----------------------------------------------------------------------

    async def subscribe(self, schedule: str, zone: str, about: str, caller: Caller, wishes: str = "") -> Reply:
        """Set up a digest in the caller's channel: a schedule as people say it, its zone ("" for the caller's), and what it is about.

        `wishes` are those that are not as usual, as typed: "short, quiet 22-7".
        """
        return await self._subscribing.subscribe(await self._lines.of_digest_form(schedule, zone, about, wishes, caller), caller)

    async def watch(self, about: str, zone: str, wishes: str, caller: Caller) -> Reply:
        """Set up an alert in the caller's channel, as `subscribe` does a digest; `zone` is that of its quiet hours and its day."""
        return await self._subscribing.subscribe(await self._lines.of_alert_form(about, zone, wishes, caller), caller)

    async def change(self, number: int, schedule: str, zone: str, about: str, caller: Caller, wishes: str | None = None) -> Reply:
        """Give a subscription another schedule ("" for an alert), zone and restriction ("" for everything).

        With `wishes` what they do not say is as usual from now on; without (None) it stays as it is.
        """
        before = await self.changeable(number, caller)
        return await self._subscribing.change(await self._lines.of_change_form(before, schedule, zone, about, wishes, caller), caller)

    def understand_schedule(self, schedule: str) -> None:
        """Raise NotUnderstood, with what to write instead, for what is no schedule of a digest and nothing else."""
        forms.see_that_it_is_a_schedule(schedule)

    def understand_zone(self, zone: str) -> None:
        """Raise NotUnderstood, with the nearest ones, for what is no time zone."""
        forms.see_that_it_is_a_zone(zone)

    def understand_wishes(self, wishes: str) -> None:
        """Raise NotUnderstood, with what to write instead, for what is no wish of a digest or an alert."""
        forms.see_that_they_are_wishes(wishes)

    def times(self, schedule: str, zone: str, caller: Caller | None, wishes: str = "") -> Times:
        """How a schedule is understood and when a digest would next come by it, in a zone ("" for the caller's), with these wishes.

        Raises NotUnderstood, also for wishes that mean nothing for a digest or leave no time for it.
        """
        return forms.times(schedule, zone, (caller.zone if caller else None) or self._zone, self._clock(), wishes)

    async def pause(self, number: int, caller: Caller) -> Reply:
        """Let a subscription rest."""
        return await self._resting.pause(number, caller)

    async def resume(self, number: int, caller: Caller) -> Reply:
        """Let a subscription that rests go on."""
        return await self._resting.resume(number, caller)

    async def mute(self, number: int, caller: Caller) -> Reply:
        """Have nothing come of a subscription for a day."""
        return await self._resting.mute(number, caller)

    async def unmute(self, number: int, caller: Caller) -> Reply:
        """Let a subscription that is muted go on at once."""
        return await self._resting.unmute(number, caller)

    async def unsubscribe(self, number: int, caller: Caller) -> Reply:
        """End a subscription."""
        return await self._resting.unsubscribe(number, caller)

    async def left(self, platform: str, workspace: str, *, channel: str | None, reason: str, poster: Poster | None = None) -> int:
        """Pause what a channel or a whole workspace gets in which nothing can be posted any more; returns how many ran.

        `reason` is a sentence; each owner is told by the poster, if there is one.
        """
        return await self._resting.left(platform, workspace, channel=channel, reason=reason, poster=poster)

    # --- looked at --------------------------------------------------------------------------------

    async def subscriptions(self, caller: Caller) -> Reply:
        """The digests and alerts of the caller's channel."""
        return await self._subscribed.of_channel(caller)

    async def subscriptions_of(self, caller: Caller) -> Reply:
        """The digests and alerts that the caller set up."""
        return await self._subscribed.of_person(caller)

    async def all(self) -> Reply:
        """All digests and alerts, for the operator."""
        return await self._subscribed.all()

    async def subscription(self, number: int, caller: Caller) -> SubscriptionView:
        """A subscription of the caller's channel or of the caller. Raises NotFound and NotAllowed."""
        return await self._subscribed.one(number, caller)

    async def changeable(self, number: int, caller: Caller) -> SubscriptionView:
        """A subscription that the caller may change, for a form to do so. Raises NotFound and NotAllowed."""
        return await self._subscribed.changeable(number, caller)

    async def channels_of(self, platform: str) -> tuple[Channel, ...]:
        """The channels of a platform in which something runs: for one that does not tell of a channel that is gone while we are away."""
        return await self._resting.channels_of(platform)

    async def preview(self, number: int | None, caller: Caller | None) -> Reply:
        """What a subscription would say now; without a number the only one. The operator (no caller) reaches every one."""
        return await self._previewing.of(number, caller)

    # --- posted -----------------------------------------------------------------------------------

    async def send_now(self, number: int, caller: Caller | None) -> Reply:
        """Have the post of a subscription come within seconds. The operator (no caller) reaches every one."""
        return await self._posted.send_now(number, caller)

    async def deliveries(self, number: int | None, caller: Caller | None) -> Reply:
        """What was posted and what was not, and why: of a subscription, or of the caller's channel, or of all (no caller)."""
        return await self._posted.listed(number, caller)

    async def whole(self, delivery: int, caller: Caller) -> Reply:
        """All of what a delivery holds, which may be more than its message could. Raises NotFound and NotAllowed."""
        return await self._posted.whole(delivery, caller)

    async def managed(self, delivery: int, caller: Caller) -> SubscriptionView:
        """The subscription of a delivery. Raises NotFound where it has ended, and NotAllowed where the caller is elsewhere."""
        return await self._posted.managed(delivery, caller)

    async def tick(self, process: str) -> None:
        """Write down that a process looks for what is due."""
        await self._delivering.tick(process)

    async def deliver(self, posters: Mapping[str, Poster], process: str, got_on: Callable[[], None] = lambda: None) -> Tally:
        """Post all that is due on the platforms with these names, until nothing is; safe in any number of processes.

        `got_on` is called for each that was handled.
        """
        return await self._delivering.deliver(posters, process, got_on)

    async def figures(self, workspace: tuple[str, str] | None = None) -> Figures:
        """How deliveries go, of one workspace (its platform and id) or of all."""
        return await self._delivering.figures(workspace)

    async def picture(self, chart: Chart) -> bytes:
        """The chart of a reply, drawn: a PNG that is readable on light and on dark ground."""
        return await asyncio.to_thread(drawing.png, chart)
