"""Posters to measure with: one that takes everything at once, and one at the limits of a platform on a clock that skips what is waited."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from time import perf_counter

from benchmarks.mornings import PLATFORM
from bot.callers import Channel
from bot.delivery.posting import Post
from bot.errors import NotNow
from bot.replies import Chart, Reply

A_SECOND = 20
"""So many messages are taken in a workspace, and one of them in a channel."""


class PassingClock:
    """A clock that runs as every clock does, and can be moved on instead of being waited for."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._begun = perf_counter()
        self._skipped = 0.0

    def __call__(self) -> datetime:
        """What time it is."""
        return self._start + timedelta(seconds=self.seconds)

    @property
    def seconds(self) -> float:
        """How long it has run, with all that was skipped."""
        return perf_counter() - self._begun + self._skipped

    def skip(self, seconds: float) -> None:
        """Move it on."""
        self._skipped += seconds


class AtOnce:
    """Takes whatever is posted, at once. `taken` are the channels, in order; of the first `keeps` posts it keeps the charts."""

    is_ready = True

    def __init__(self, *, keeps: int = 0) -> None:
        self.taken: list[Channel] = []
        self.charts: list[Chart] = []
        self._keeps = keeps

    @property
    def least_seconds(self) -> float:
        """How long the platform alone takes for what was taken."""
        return 0.0

    async def post(self, post: Post) -> str:
        """Take it."""
        if len(self.taken) < self._keeps and (chart := post.lengths[0].chart):
            self.charts.append(chart)
        self.taken.append(post.channel)
        return f"{PLATFORM} {len(self.taken)}"

    async def find(self, post: Post) -> str | None:  # noqa: ARG002 - as the protocol has it
        """Nothing was posted without being answered."""
        return None

    async def tell(self, workspace: str, person: str, reply: Reply) -> bool:  # noqa: ARG002
        """Tell nobody."""
        return True


class Limited(AtOnce):
    """Takes one message a second in a channel and `A_SECOND` in a workspace; of others it says when to come again, as Slack does."""

    def __init__(self, clock: PassingClock) -> None:
        super().__init__()
        self._clock = clock
        self._until: dict[Channel, float] = {}
        self._in_second: defaultdict[str, Counter[int]] = defaultdict(Counter)

    @property
    def least_seconds(self) -> float:
        """How long these limits take for what was taken, if nobody ever waits in vain."""
        by_workspace, by_channel = Counter(one.workspace for one in self.taken), Counter(self.taken)
        return float(max(max(by_workspace.values()) / A_SECOND - 1, max(by_channel.values()) - 1))

    async def post(self, post: Post) -> str:
        """Take it, or raise NotNow."""
        now = self._clock.seconds
        in_second = self._in_second[post.channel.workspace]
        if now < self._until.get(post.channel, 0.0) or in_second[int(now)] >= A_SECOND:
            raise NotNow("There is a limit.", seconds=1)
        in_second[int(now)] += 1
        self._until[post.channel] = now + 1
        return await super().post(post)
