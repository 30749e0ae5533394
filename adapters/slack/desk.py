"""The newsroom as Slack's listeners use it: who asks, and answers where it was asked."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.attending import Attending
from adapters.slack import faults, rendering
from adapters.slack.client import FAILED, response_client
from adapters.slack.people import People
from adapters.slack.rendering import Message
from adapters.slack.surfaces import DirectMessages, Surface
from bot.callers import Caller
from bot.errors import CannotPost
from bot.replies import Chart, Export, Reply

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

    async def ask(self, text: str, caller: Caller, surface: Surface, client: AsyncWebClient) -> None:
        """Answer what somebody typed; nothing at all asks for help."""
        reply = await self.newsroom.handle(text.strip() or "help", caller, page=PAGE)
        if reply.file is not None:
            await self.hand_over(reply.file, client, caller.person, surface)
            return
        await self.show(reply, caller, surface)

    async def show(self, reply: Reply, caller: Caller, surface: Surface) -> None:
        """Show the last answer to somebody, who goes on behind what of it could be shown."""
        shown = rendering.fitting(reply, zone=self.zone_of(caller))
        if shown.kept and shown.kept != reply.kept:
            await self.newsroom.reached(shown.kept.answer_id, shown.kept.last)
        await surface.answer(shown, self.zone_of(caller))

    async def hand_over(self, file: Export, client: AsyncWebClient, user: str, surface: Surface) -> None:
        """Give a file to one person alone: one in a channel is everybody's. Raises CannotPost."""
        try:
            channel = (await client.conversations_open(users=[user]))["channel"]["id"]
            await client.files_upload_v2(channel=channel, filename=file.name, title=file.title, file=file.content)
        except FAILED as error:
            faults.logged(error, f"posting a file for {user}")
            raise CannotPost(
                "Slack did not say that it took the file.", "Look in your direct messages with Verbatim, or try again."
            ) from error
        if not isinstance(surface, DirectMessages):
            await surface.tell(self.rendered(Reply("The file is in your direct messages with Verbatim.")))

    def whisper(self, response_url: str) -> AsyncWebhookClient:
        """A client of the address that came with a command or a click."""
        return response_client(self.settings, response_url)
