"""The robots.txt of the sites that were asked for it: none is asked for each of its pages."""

from datetime import datetime
from typing import Final

from bot.feeds.robots import KEPT_FOR, Robots

MOST_SITES: Final = 1000
MOST_BYTES: Final = 4_000_000
"""Most files have one or two thousand: a few hosts of one site, each with the longest that there may be, would fill the memory."""


class Sites:
    """The rules of sites by the address of their robots.txt, each kept for a day.

    At most MOST_SITES are, and those of MOST_BYTES in all; the oldest give way.
    """

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Robots, datetime]] = {}
        self._size = 0

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, address: str, now: datetime) -> Robots | None:
        """The rules that were kept less than a day ago."""
        robots, until = self._kept.get(address, (None, now))
        return robots if until > now else None

    def keep(self, address: str, robots: Robots, now: datetime) -> None:
        """Keep the rules that a site has `now`."""
        self._drop(address)
        while self._kept and (len(self._kept) >= MOST_SITES or self._size + robots.size > MOST_BYTES):
            self._drop(next(iter(self._kept)))
        self._kept[address] = robots, now + KEPT_FOR
        self._size += robots.size

    def _drop(self, address: str) -> None:
        if (dropped := self._kept.pop(address, None)) is not None:
            self._size -= dropped[0].size
