"""What channels get by themselves, posted in Slack: one message each, known again by its metadata."""

import asyncio
import logging

from pydantic import SecretStr
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from adapters.settings import Settings
from adapters.slack import posts, rendering
from adapters.slack.client import FAILED, error_code, posting_client
from adapters.slack.faults import logged
from adapters.slack.installing import Installations
from adapters.slack.posting import Draw, Sleep, posted
from adapters.slack.unposted import unposted
from bot.delivery.posting import Post
from bot.errors import CannotPost, NotNow, Uncertain, VerbatimError
from bot.replies import Reply

_PAGE = 200  # of a channel's history; Slack gives fewer to apps that are sold outside its Marketplace
_UNREADABLE = ("Verbatim may not read in the channel whether it was posted.", "'verbatim slack check' names what is missing.")
_LOGGER = logging.getLogger("verbatim.slack")


class SlackPoster:
    """Posts in the workspaces of an app. `is_ready` is set while the app is served.

    It asks Slack once for each thing and never waits for a limit: what is due is tried again by whoever keeps it.
    """

    def __init__(self, app: AsyncApp, settings: Settings, draw: Draw, *, sleep: Sleep = asyncio.sleep) -> None:
        self._app = app
        self._settings = settings
        self._draw = draw
        self._sleep = sleep
        self.is_ready = False

    async def post(self, post: Post) -> str:
        """Post one message, and return its time stamp, which is its number in the channel.

        Raises CannotPost, NotNow and Uncertain, and what slack_sdk raises for a message that Slack refuses as it is.
        """
        client = await self._client(post.channel.workspace)
        channel, metadata = post.channel.channel, posts.metadata(post)
        try:
            answer = await posted(client, posts.composed(post), draw=self._draw, sleep=self._sleep, channel=channel, metadata=metadata)
        except FAILED as error:
            if means := unposted(error):
                raise means from error
            raise
        return str(answer["ts"])

    async def find(self, post: Post) -> str | None:
        """The time stamp of the message in its channel; None if it is certain that it is not there.

        Raises Uncertain, CannotPost and NotNow.
        """
        client = await self._client(post.channel.workspace)
        try:
            return await _found(client, post)
        except FAILED as error:
            if isinstance(error, SlackApiError) and error_code(error) == "missing_scope":
                raise Uncertain(*_UNREADABLE) from error
            if means := unposted(error):
                raise means from error
            raise

    async def tell(self, workspace: str, person: str, reply: Reply) -> bool:
        """Tell a person something in their direct messages; False where Slack does not take it, or does not say so. Never raises."""
        try:
            client = await self._client(workspace)
            for message in rendering.messages(reply, zone=self._settings.zone, private=False):
                await posted(client, message, draw=self._draw, sleep=self._sleep, channel=person)
        except VerbatimError as error:
            _LOGGER.warning("slack person %s was not told: %s", person, error)
            return False
        except Exception as error:  # noqa: BLE001 - whoever tells somebody has something else to do
            logged(error, f"telling slack person {person}")
            return False
        return True

    async def _client(self, workspace: str) -> AsyncWebClient:
        """A client with the token of a workspace. Raises CannotPost where there is none."""
        store = self._app.installation_store
        if not isinstance(store, Installations):
            return posting_client(self._settings, SecretStr(self._app.client.token or ""))
        try:
            bot = await store.of_workspace(workspace)
        except Exception as error:  # what is kept beside the store says in its own words that it is busy
            raise NotNow("It could not be read which workspaces installed Verbatim.") from error
        if bot is None:
            raise CannotPost("Verbatim is not installed in the workspace any more.", "Install it there again, then resume it.")
        return posting_client(self._settings, SecretStr(bot.bot_token))


async def _found(client: AsyncWebClient, post: Post) -> str | None:
    """Look through all of the channel's history in which the post can be."""
    us = (await client.auth_test())["bot_id"]
    oldest, cursor = f"{post.since.timestamp():.6f}", None
    while True:
        page = await client.conversations_history(
            channel=post.channel.channel, oldest=oldest, limit=_PAGE, cursor=cursor, include_all_metadata=True
        )
        for message in page["messages"]:
            if message.get("bot_id") == us and posts.carries(message, post):
                return str(message["ts"])
        cursor = (page.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return None
