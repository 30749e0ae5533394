"""A platform with channels, as far as a delivery can tell: it keeps what is posted, and fails as a test wishes."""

import asyncio
from collections import defaultdict, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from bot.delivery.posting import Post
from bot.replies import Reply
from tests.fakes.held import Held


@dataclass(frozen=True)
class Trouble:
    """What goes wrong with one post: `before` is raised and nothing is posted, `after` once it is posted.

    `held` lets it hang until it is released, `meanwhile` is done while it is being posted.
    """

    before: BaseException | None = None
    after: BaseException | None = None
    held: Held | None = None
    meanwhile: Callable[[], Awaitable[object]] | None = None


@dataclass
class FakePoster:
    """Posts in its channels. `tried` counts what it was asked to post, `looked` what was looked for, in order.

    With a `clock` nothing is found that was posted before the time that a look names, as on a platform.
    `blind` is raised by each look; `lets_tell` says whether people can be told something; `most_at_once` is how many posts were under
    way in one channel at once, and in all.
    """

    clock: Callable[[], datetime] | None = None
    is_ready: bool = True
    blind: BaseException | None = None
    lets_tell: bool = True
    posted: list[Post] = field(default_factory=list)
    tried: list[Post] = field(default_factory=list)
    looked: list[Post] = field(default_factory=list)
    told: list[tuple[str, Reply]] = field(default_factory=list)
    most_at_once: tuple[int, int] = (0, 0)
    _posted_at: list[datetime] = field(default_factory=list)
    _coming: dict[str, deque[Trouble]] = field(default_factory=lambda: defaultdict(deque))
    _under_way: list[str] = field(default_factory=list)

    def fail(self, channel: str, *troubles: Trouble) -> None:
        """Let the next posts in a channel go wrong like this, one each."""
        self._coming[channel].extend(troubles)

    async def post(self, post: Post) -> str:
        """Post it, or do what a test wished for."""
        channel = post.channel.channel
        self.tried.append(post)
        self._under_way.append(channel)
        in_channel, in_all = self.most_at_once
        self.most_at_once = max(in_channel, self._under_way.count(channel)), max(in_all, len(self._under_way))
        try:
            return await self._post(post, self._coming[channel].popleft() if self._coming[channel] else Trouble())
        finally:
            self._under_way.remove(channel)

    async def find(self, post: Post) -> str | None:
        """Where a message with this key stands in its channel."""
        self.looked.append(post)
        if self.blind is not None:
            raise self.blind
        places = [place for place, one in enumerate(self.posted) if (one.key, one.channel) == (post.key, post.channel)]
        seen = [place for place in places if self.clock is None or self._posted_at[place] >= post.since]
        return str(seen[0]) if seen else None

    async def tell(self, workspace: str, person: str, reply: Reply) -> bool:  # noqa: ARG002 - there is one workspace
        """Tell a person something."""
        self.told.append((person, reply))
        return self.lets_tell

    async def _post(self, post: Post, trouble: Trouble) -> str:
        if trouble.held is not None:
            trouble.held.arrived.set()
            await trouble.held.released.wait()
        await asyncio.sleep(0)
        if trouble.before is not None:
            raise trouble.before
        if trouble.meanwhile is not None:
            await trouble.meanwhile()
        self.posted.append(post)
        self._posted_at.append(self.clock() if self.clock else post.since)
        if trouble.after is not None:
            raise trouble.after
        return str(len(self.posted) - 1)
