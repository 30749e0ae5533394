"""Lists of feeds in and out: OPML, as feed readers exchange it."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.bounded import Workers
from bot.callers import Caller, Right
from bot.cards import counted
from bot.errors import CannotFetch
from bot.feeds import listing, opml, telling
from bot.feeds.adding import Adding, see_that_it_is_an_address
from bot.feeds.setting_up import for_caller
from bot.replies import Export, Reply
from bot.subscriptions.guarding import allow
from storage import feeds
from storage.database import Database
from storage.records import NewFeed

_AT_ONCE = 500
"""So many feeds are stored in one transaction: others write in between."""
_PAGE = 500
_TITLE = "Feeds that Verbatim reads"


@dataclass(frozen=True, slots=True)
class Exchanging:
    """Takes lists of feeds, and gives its own. A caller of None is the operator in the terminal."""

    database: Database
    adding: Adding
    workers: Workers
    clock: Callable[[], datetime]

    async def take(self, data: bytes, caller: Caller | None) -> Reply:
        """Read the feeds of a list from now on; what is known stays as it is. Raises NotAllowed, and ReadingError where it is no list."""
        await _allow(caller)
        outlines = await self.workers.run(partial(opml.read, data))
        good, refused = await asyncio.to_thread(_parted, outlines)
        place = caller.workspace if caller else None
        platform, workspace = place or (None, None)
        owner = caller.person if caller and place else None
        wanted = [NewFeed(one.url, one.title, one.home, platform=platform, workspace=workspace, owner=owner) for one in good]
        new = 0
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            async with self.database.writing() as session:
                known = await feeds.known(session, [one.address for one in some])
                unknown = [one for one in some if one.address not in known]
                await feeds.add_all(session, unknown, self.clock())
            new += len(unknown)
        return telling.imported(new, len(good) - new, refused)

    async def take_from(self, url: str, caller: Caller | None) -> Reply:
        """The same for a list on the web. Raises also what fetching it does."""
        await _allow(caller)
        return await self.take((await self.adding.fetched(url)).data, caller)

    async def given(self, caller: Caller | None) -> Export:
        """All feeds as a list, but for those whose address the caller is not shown as a whole."""
        outlines: list[opml.Outline] = []
        after = kept_back = 0
        while True:
            async with self.database.reading() as session:
                page = await feeds.every(session, after=after, limit=_PAGE)
            shown = [one for one in page if for_caller(one, caller).address == one.address]
            outlines += [opml.Outline(one.address, listing.called(one), one.home) for one in shown]
            kept_back += len(page) - len(shown)
            if len(page) < _PAGE:
                break
            after = page[-1].id
        held = counted(len(outlines), "feed")
        others = f" Left out: {kept_back:,}, of which the whole address is told only where they were added." if kept_back else ""
        return Export("verbatim-feeds.opml", opml.written(outlines, _TITLE, self.clock()), f"{held} as OPML.{others}", held)


def _parted(outlines: Sequence[opml.Outline]) -> tuple[list[opml.Outline], list[tuple[str, str]]]:
    """Those that have an address of the web, each address once, and the others with the reason."""
    good: dict[str, opml.Outline] = {}
    refused: list[tuple[str, str]] = []
    for one in outlines:
        try:
            see_that_it_is_an_address(one.url)
            good.setdefault(one.url, one)
        except CannotFetch as error:
            refused.append((one.title or one.url, error.what))
    return list(good.values()), refused


async def _allow(caller: Caller | None) -> None:
    if caller is not None:
        await allow(caller, Right.ADD, "add feeds")
