"""What outlives a client of Discord, so that the next one finds what was asked between the two."""

from dataclasses import dataclass, field
from datetime import datetime

from discord.utils import utcnow

_MOST_DIRECT = 50


@dataclass(slots=True)
class Gap:
    """`since` when Discord could tell us nothing; None while it can, and before it did for the first time.

    `direct` are the channels of those who wrote directly, the latest last: Discord tells of such a channel only by its messages.
    """

    since: datetime | None = None
    direct: dict[int, None] = field(default_factory=dict)

    def begin(self) -> None:
        """The connection is lost. It may be tried again and again before it is there."""
        self.since = self.since or utcnow()

    def end(self) -> datetime | None:
        """Discord tells us what happens again. Returns since when it did not."""
        since, self.since = self.since, None
        return since

    def keep_direct(self, channel: int) -> None:
        """Somebody wrote directly."""
        self.direct.pop(channel, None)
        self.direct[channel] = None
        if len(self.direct) > _MOST_DIRECT:
            del self.direct[next(iter(self.direct))]
