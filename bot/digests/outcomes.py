"""What becomes of a delivery, by what was found and when. Pure."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Pace:
    """How long things may take. A claim that is older than `lease` is taken over by whoever comes; a send takes at most `send`.

    A channel is not looked at sooner than `settling` after a send began. Where it cannot be looked at for as long as `looking`, the
    delivery is given up as uncertain. What is being sent when the process is told to end has `ending` to finish.
    """

    lease: timedelta = timedelta(minutes=2)
    send: timedelta = timedelta(seconds=45)
    settling: timedelta = timedelta(seconds=10)
    looking: timedelta = timedelta(minutes=10)
    ending: timedelta = timedelta(seconds=5)
