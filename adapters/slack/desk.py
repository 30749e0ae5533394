"""What every listener does alike: work once for each event, answer where it was asked, and tell what went wrong to the asker alone."""

import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.settings import Settings
from adapters.slack import rendering
from adapters.slack.client import FAILED, response_client
from adapters.slack.people import People
from adapters.slack.surfaces import NotPosted, Surface
from bot.callers import Caller
from bot.errors import VerbatimError
from bot.newsroom import Newsroom
from bot.replies import Reply

PAGE = 6
_LOGGER = logging.getLogger("verbatim.slack")
_NOT_SAID = (*FAILED, NotPosted)


@dataclass(frozen=True, slots=True)
class Desk:
    """The newsroom as Slack's listeners use it."""

    newsroom: Newsroom
    people: People
    settings: Settings

    async def attend(self, event: str, surface: Surface, work: Callable[[], Awaitable[None]]) -> None:
        """Do the work that an event asks for, once however often Slack tells it, and never raise.

        What a person can act on is told to that person alone; a mistake of ours as an apology with an id that finds the log line.
        """
        try:
            await surface.begin()
            if await self.newsroom.first_time(event):
                await work()
        except VerbatimError as error:
            await self._tell(surface, await self._explained(error))
        except _NOT_SAID as error:
            _LOGGER.warning("an answer could not be posted: %s", error)
        except Exception as error:  # noqa: BLE001 - the one place that every error of a listener reaches
            await self._tell(surface, Reply(_apology(error, event)))

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

    async def _explained(self, error: VerbatimError) -> Reply:
        try:
            return await self.newsroom.explained(error)
        except VerbatimError:  # the store cannot even be asked for examples
            return Reply(str(error))

    async def _tell(self, surface: Surface, reply: Reply) -> None:
        try:
            await surface.tell(rendering.messages(reply, zone=self.settings.zone, private=False))
        except _NOT_SAID as error:
            _LOGGER.warning("what went wrong could not be told: %s", error)


def _apology(error: Exception, doing: str) -> str:
    mark = secrets.token_hex(4)
    _LOGGER.error("mistake %s while doing: %s", mark, doing, exc_info=error)
    return f"Sorry, this is a mistake in Verbatim itself, and nothing that you did. Whoever runs it finds it in the log under {mark}."
