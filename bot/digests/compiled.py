"""What was compiled for a channel, before it becomes a message."""

from dataclasses import dataclass

from bot.replies import Reply


@dataclass(frozen=True, slots=True)
class Compiled:
    """A digest or an alert: the same at falling lengths, the whole of it first, and how many quotes are new in it (0: nothing is)."""

    lengths: tuple[Reply, ...]
    count: int
