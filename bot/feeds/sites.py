"""The robots.txt of the sites that were asked for it: none is asked for each of its pages."""

from datetime import datetime, timedelta
from typing import Final

from bot.feeds.robots import KEPT_FOR, Robots
from bot.reading.pages import Refused

REFUSED_FOR: Final = timedelta(minutes=5)
"""A site that fails is asked again no sooner, whatever number of its pages wait."""
MOST_SITES: Final = 1000
MOST_BYTES: Final = 4_000_000
"""Most files have one or two thousand: a few hosts of one site, each with the longest that there may be, would fill the memory."""


class Sites:
    """The rules of sites by the address of their robots.txt, each kept for a day; or why they cannot be had, kept for REFUSED_FOR.

    At most MOST_SITES are, and those of MOST_BYTES in all; the oldest give way.
    """

    def __init__(self) -> None:
        self._kept: dict[str, tuple[Robots | Refused, datetime]] = {}
        self._size = 0

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, address: str, now: datetime) -> Robots | Refused | None:
        """What was kept, while it holds."""
        found, until = self._kept.get(address, (None, now))
        return found if until > now else None

    def keep(self, address: str, found: Robots | Refused, now: datetime) -> None:
        """Keep the rules that a site has `now`, or why they cannot be had."""
        self._drop(address)
        while self._kept and (len(self._kept) >= MOST_SITES or self._size + _size(found) > MOST_BYTES):
            self._drop(next(iter(self._kept)))
        self._kept[address] = found, now + (KEPT_FOR if isinstance(found, Robots) else REFUSED_FOR)
        self._size += _size(found)

    def _drop(self, address: str) -> None:
        if (dropped := self._kept.pop(address, None)) is not None:
            self._size -= _size(dropped[0])


def _size(found: Robots | Refused) -> int:
    return found.size if isinstance(found, Robots) else 0
