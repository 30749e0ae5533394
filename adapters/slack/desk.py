"""The newsroom as Slack's listeners use it: who asks, and answers where it was asked."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.attending import Attending
from adapters.slack import faults, rendering
from adapters.slack.client import response_client
from adapters.slack.people import People
from adapters.slack.rendering import Message
from adapters.slack.surfaces import Surface
from bot.callers import Caller
from bot.replies import Chart, Reply

PAGE = 6


@dataclass(frozen=True, slots=True)
class Desk(Attending[Message]):
    """The newsroom as Slack's listeners use it."""

    people: People

    async def draw(self, chart: Chart) -> bytes:
        """The picture of a chart."""
        return await self.newsroom.scheduled.picture(chart)

    def rendered(self, reply: Reply) -> list[Message]:
        """A reply that is told to one person, who cannot share it."""
        return rendering.messages(reply, zone=self.settings.zone, private=False)

    def logged(self, error: Exception, doing: str) -> str | None:
        """Log what was not done: None where that is nobody's fault, else the mark of a mistake of ours."""
        return faults.logged(error, doing)

    async def caller(self, client: AsyncWebClient, *, team: str, user: str, channel: str | None, overheard: bool = False) -> Caller:
        """Who asks, as the core knows a person; `overheard` where others read the answer."""
        return await self.people.caller(client, team=team, user=user, channel=channel, overheard=overheard)

    def zone_of(self, caller: Caller) -> ZoneInfo:
        """The zone in which dates are told to somebody."""
        return caller.zone or self.settings.zone

    async def ask(self, text: str, caller: Caller, surface: Surface) -> None:
        """Answer what somebody typed; nothing at all asks for help."""
        reply = await self.newsroom.handle(text.strip() or "help", caller, page=PAGE)
        await surface.answer(reply, self.zone_of(caller))

    def whisper(self, response_url: str) -> AsyncWebhookClient:
        """A client of the address that came with a command or a click."""
        return response_client(self.settings, response_url)
