"""What is posted without being asked for, and what a platform does for it. No platform's word stands here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from bot.callers import Channel
from bot.replies import Reply


@dataclass(frozen=True, slots=True)
class Post:
    """One message of a delivery, for a channel.

    `delivery` is its number, `key` what tells its message from every other one, the same at each try. `lengths` are the same post,
    the longest first: the first that fits into one message is posted, and of the last what fits; there are none where it is only
    looked for. No message older than `since` can be it, however far the platform's clock is behind ours. Dates are told in `zone`.
    `mutable` says that it is an alert, which can be muted for a day; `complete` that the longest of the lengths is all there is.
    """

    delivery: int
    key: str
    channel: Channel
    lengths: Sequence[Reply]
    since: datetime
    zone: ZoneInfo
    mutable: bool = False
    complete: bool = True


class Poster(Protocol):
    """Posts on one platform."""

    @property
    def is_ready(self) -> bool:
        """Whether it is connected: what is due waits for that."""
        ...

    async def post(self, post: Post) -> str:
        """Post one message, and return where it stands, in the platform's ids.

        Raises CannotPost where that is so until somebody changes something, NotNow where it is certain that nothing was posted,
        and Uncertain where it is not.
        """
        ...

    async def find(self, post: Post) -> str | None:
        """Where the message stands in its channel; None if it is certain that it does not. Raises Uncertain, CannotPost and NotNow."""
        ...

    async def tell(self, workspace: str, person: str, reply: Reply) -> bool:
        """Tell a person something that is theirs alone; False where the platform does not let us. Never raises."""
        ...
