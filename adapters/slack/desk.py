"""What every listener does alike: work once for each event, answer where it was asked, and tell what went wrong to the asker alone."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.settings import Settings
from adapters.slack import rendering
from adapters.slack.client import FAILED, response_client
from adapters.slack.faults import NotPosted, logged, named
from adapters.slack.people import People
from adapters.slack.surfaces import Surface
from bot.callers import Caller
from bot.errors import VerbatimError
from bot.newsroom import Newsroom
from bot.replies import Reply

PAGE = 6
_LOGGER = logging.getLogger("verbatim.slack")
_APOLOGY = "Sorry, this is a mistake in Verbatim itself, and nothing that you did. Whoever runs it finds it in the log under {}."


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
            await self._do(event, surface, work)
        except Exception as error:  # noqa: BLE001 - the one place that every error of a listener reaches
            mark = logged(error, event)
            if mark:
                await self._apologise(mark, surface)

    async def quietly(self, doing: str, work: Callable[[], Awaitable[None]]) -> None:
        """Do what nobody waits for, and never raise: what goes wrong is logged, and told to nobody."""
        try:
            await work()
        except VerbatimError as error:
            _LOGGER.warning("not done: %s: %s", doing, error)
        except Exception as error:  # noqa: BLE001 - as above
            logged(error, doing)

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

    async def _do(self, event: str, surface: Surface, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await surface.begin()
            if await self.newsroom.first_time(event):
                await work()
        except VerbatimError as error:
            await surface.tell(rendering.messages(await self._explained(error), zone=self.settings.zone, private=False))

    async def _explained(self, error: VerbatimError) -> Reply:
        try:
            return await self.newsroom.explained(error)
        except VerbatimError:  # the store cannot even be asked for examples
            return Reply(str(error))

    async def _apologise(self, mark: str, surface: Surface) -> None:
        try:
            await surface.tell([rendering.error(_APOLOGY.format(mark))])
        except (*FAILED, NotPosted) as error:
            _LOGGER.warning("the apology for mistake %s could not be told (%s)", mark, named(error))
