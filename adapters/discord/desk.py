"""What every listener does alike: work once for each event, answer where it was asked, and tell what went wrong to the asker alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from adapters.attending import Attending
from adapters.cutting import cut, size
from adapters.discord import faults, rendering
from adapters.discord.listing import shown_line
from adapters.discord.packing import Message, Picture
from adapters.discord.people import People
from adapters.discord.rendering import PAGE
from adapters.discord.surfaces import Surface
from bot.callers import Caller
from bot.replies import Reply

_LONGEST_ALT = 1024


@dataclass(frozen=True, slots=True)
class Desk(Attending[Message]):
    """The newsroom as Discord's listeners use it."""

    people: People

    def zone_of(self, caller: Caller) -> ZoneInfo:
        """The zone in which dates are told to somebody."""
        return caller.zone or self.settings.zone

    async def ask(self, text: str, caller: Caller, surface: Surface) -> None:
        """Answer what somebody typed; nothing at all asks for help."""
        await self.give(await self.newsroom.handle(text.strip() or "help", caller, page=PAGE), caller, surface)

    async def give(self, reply: Reply, caller: Caller, surface: Surface) -> None:
        """Show the last answer to somebody, or hand over the file that it is."""
        if reply.file is not None:
            await surface.hand_over(reply.file)
            return
        await self.show(reply, caller, surface)

    async def show(self, reply: Reply, caller: Caller, surface: Surface) -> None:
        """Show the last answer to somebody, who goes on behind what of it could be shown."""
        picture = await self.picture(reply)
        shown = rendering.fitting(reply, zone=self.zone_of(caller), picture=picture)
        if shown.kept and shown.kept != reply.kept:
            await self.newsroom.reached(shown.kept.answer_id, shown.kept.last)
        await surface.answer(shown, self.zone_of(caller), picture)

    async def picture(self, reply: Reply) -> Picture | None:
        """The chart of a reply, drawn; None where it has none. One that cannot be drawn is left out, which is logged."""
        if reply.chart is None:
            return None
        try:
            png = await self.newsroom.scheduled.picture(reply.chart)
        except Exception as error:  # noqa: BLE001 - what is said without a picture is worth more than an apology
            self.logged(error, "drawing a chart")
            return None
        return Picture(png, cut(shown_line(reply.chart.alt), _LONGEST_ALT, size))

    def rendered(self, reply: Reply) -> Sequence[Message]:
        """A reply that is told to one person."""
        return rendering.messages(reply, zone=self.settings.zone, private=False)

    def logged(self, error: Exception, doing: str) -> str | None:
        """Log what was not done: None where that is nobody's fault, else the mark of a mistake of ours."""
        return faults.logged(error, doing)
