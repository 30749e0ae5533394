"""What was compiled for a channel, before it becomes a message."""

from dataclasses import dataclass

from bot.replies import Reply


@dataclass(frozen=True, slots=True)
class Compiled:
    """A digest or an alert: the same at falling lengths, and how many quotes are new in it (0: nothing is).

    `complete` says that the first of the lengths is the whole of it.
    """

    lengths: tuple[Reply, ...]
    count: int
    complete: bool = True
