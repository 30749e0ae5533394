"""People who set feeds up, and the sites that have these."""

from collections.abc import Awaitable, Callable

from bot.callers import Caller, Channel, Right
from storage import feeds
from storage.records import NewFeed, StoredFeed
from tests.newsrooms import Room

SITE = "https://harbour.example.org/"
FEED = "https://feeds.harbour.example.org/news"
PAGE = f'<html><head><title>Harbour</title><link rel="alternate" type="application/rss+xml" href="{FEED}"></head><body>Tea.</body></html>'


def rss(*headlines: str, title: str = "Harbour News") -> str:
    """A feed with these headlines, each of a page of its own."""
    items = "".join(f"<item><title>{one}</title><link>{SITE}{number}</link></item>" for number, one in enumerate(headlines, 1))
    return f"<?xml version='1.0'?><rss version='2.0'><channel><title>{title}</title>{items}</channel></rss>"


def person(name: str, *rights: Right, workspace: str = "T1") -> Caller:
    """Somebody in a channel of a workspace, who may do so much."""

    async def may(right: Right) -> bool:
        return right in rights

    return Caller(name.lower(), person=name, name=name, channel=Channel("slack", workspace, "C1"), may=may)


ANN = person("Ann", Right.ADD)
ADA = person("Ada", Right.ADD)
READER = person("Tom")
STRANGER = person("Max", Right.ADD, workspace="T2")
EDITOR = person("Lucy", Right.ADD, Right.REMOVE, workspace="T2")


async def added(room: Room, *given: NewFeed) -> None:
    """These feeds are read from now on."""
    async with room.database.writing() as session:
        await feeds.add_all(session, given, room.clock())


async def stored(room: Room, number: int = 1) -> StoredFeed:
    """A feed as it is now."""
    async with room.database.reading() as session:
        found = await feeds.get(session, number)
    assert found is not None
    return found


async def written(room: Room, change: Callable[..., Awaitable[object]], *given: object, **named: object) -> None:
    """Change the store as another process would."""
    async with room.database.writing() as session:
        await change(session, *given, **named)
