"""The command /feeds: what Verbatim reads by itself is listed, tried, added, changed, left alone and exchanged, each by a part of it."""

from collections.abc import Awaitable, Callable
from typing import Any

import discord
from discord import app_commands

from adapters.discord.desk import Desk
from adapters.discord.faults import named
from adapters.discord.listeners.asked import Line
from adapters.discord.listeners.pressed import Interaction, Pressed
from adapters.discord.listeners.suggesting import Suggestions
from adapters.discord.refusals import FAILED
from adapters.discord.surfaces import ToInteraction
from adapters.filled_in import FeedWished
from bot.callers import Caller
from bot.errors import CannotFetch, NotUnderstood, TooMuch
from bot.feeds import requests
from bot.feeds.adding import LONGEST_ADDRESS
from bot.feeds.requests import Which
from bot.replies import Reply

LARGEST_LIST = 5_000_000
"""Bytes of a list of feeds that is handed over as a file."""
_MEGABYTE = 1_000_000
_LONGEST_FILTERS = 2000
_WHICH = [app_commands.Choice(name=f"Those that are {one}", value=one.value) for one in (Which.FAILING, Which.PAUSED)]
_FEED = "Its number, or words of its name"
_URL = "The address of a feed, or of a page or a site that has one"
_NONE = "; none: as each says itself"
_WISHES = {
    "outlet": "Whose articles they are, such as Harbour Post",
    "language": "In which language they are, such as en or fr",
    "zone": "By whose clocks its times are, such as Europe/London",
    "filters": "Such as: keep headline: ferry, bridge; block section: sport",
    "feed_text": "Read what the feed gives, and not the pages",
}
_CHANGES = _WISHES | {name: f"{_WISHES[name]}{_NONE}" for name in ("outlet", "language", "zone")}
_CHANGES |= {"filters": f"{_WISHES['filters']}; none: no filters"}
_OF_A_NUMBER: tuple[tuple[str, str, Callable[[int], requests.Feeding]], ...] = (
    ("show", "How a feed is set, how it goes, and what of it could not be read", requests.ShowFeed),
    ("pause", "Leave a feed alone until you say otherwise", requests.PauseFeed),
    ("resume", "Read a feed again that is paused", requests.ResumeFeed),
    ("check", "Look at a feed as soon as its site may be asked", requests.CheckFeed),
    ("move", "Read a feed at the address that it says it has now", requests.MoveFeed),
    ("remove", "Read a feed no more; what was read of it stays", requests.RemoveFeed),
)

Url = app_commands.Range[str, 1, LONGEST_ADDRESS]
Number = app_commands.Range[int, 1]
Filters = app_commands.Range[str, 1, _LONGEST_FILTERS]
Asked = Callable[[Caller], Awaitable[Reply]]


def feeds_command(desk: Desk, suggestions: Suggestions) -> app_commands.Group:
    """The command with its parts."""
    group = app_commands.Group(name="feeds", description="The feeds that Verbatim reads by itself")
    _looking(group, desk)
    _setting_up(group, desk, suggestions)
    for name, description, request in _OF_A_NUMBER:
        group.add_command(_of_a_number(desk, suggestions, name, description, request))
    _exchanging(group, desk)
    return group


async def _answer(desk: Desk, interaction: Interaction, asked: Asked) -> None:
    """Answer to whoever used it alone."""
    pressed, surface = Pressed(desk, interaction), ToInteraction(interaction)

    async def work() -> None:
        caller = await pressed.caller()
        await desk.give(await asked(caller), caller, surface)

    await desk.attend(pressed.event, surface, work)


async def _do(desk: Desk, interaction: Interaction, command: requests.Feeding) -> None:
    await _answer(desk, interaction, lambda caller: desk.newsroom.feeds.do(command, caller))


async def _do_with(desk: Desk, interaction: Interaction, typed: str, request: Callable[[int], requests.Feeding]) -> None:
    """Do what is asked of the feed that was typed."""

    async def asked(caller: Caller) -> Reply:
        return await desk.newsroom.feeds.do(request(await desk.newsroom.feeds.number_of(typed)), caller)

    await _answer(desk, interaction, asked)


def _looking(group: app_commands.Group, desk: Desk) -> None:
    @group.command(name="list", description="The feeds that are read, and how they go")
    @app_commands.describe(which="Which of them; all, if you leave it out", after="Those numbered above this")
    @app_commands.choices(which=_WHICH)
    async def list_(interaction: Interaction, which: str = Which.ALL, after: Number | None = None) -> None:
        await _do(desk, interaction, requests.ListFeeds(Which(which), after or 0))


def _setting_up(group: app_commands.Group, desk: Desk, suggestions: Suggestions) -> None:
    async def zones_like(typed: str) -> tuple[str, ...]:
        return desk.newsroom.zones_like(typed)

    zones = suggestions.like(zones_like)

    @group.command(description="Have a feed read from now on: its last entries first, then what is new")
    @app_commands.describe(url=_URL, **_WISHES)
    @app_commands.autocomplete(zone=zones)
    async def add(
        interaction: Interaction,
        url: Url,
        outlet: Line = "",
        language: Line = "",
        zone: Line = "",
        filters: Filters = "",
        feed_text: bool | None = None,
    ) -> None:
        wished = FeedWished(outlet, language, zone, filters, feed_text)
        await _do(desk, interaction, requests.AddFeed(url.strip(), wished.wishes))

    @group.command(description="What would come of a feed; nothing is saved")
    @app_commands.describe(url=_URL, **_WISHES)
    @app_commands.autocomplete(zone=zones)
    async def preview(
        interaction: Interaction,
        url: Url,
        outlet: Line = "",
        language: Line = "",
        zone: Line = "",
        filters: Filters = "",
        feed_text: bool | None = None,
    ) -> None:
        wished = FeedWished(outlet, language, zone, filters, feed_text)
        await _do(desk, interaction, requests.PreviewFeed(url.strip(), wished.wishes))

    @group.command(name="set", description="Have a feed read in another way; what you leave out stays")
    @app_commands.describe(feed=_FEED, **_CHANGES)
    @app_commands.autocomplete(feed=suggestions.feeds(), zone=zones)
    async def set_(
        interaction: Interaction,
        feed: Line,
        outlet: Line = "",
        language: Line = "",
        zone: Line = "",
        filters: Filters = "",
        feed_text: bool | None = None,
    ) -> None:
        wished = FeedWished(outlet, language, zone, filters, feed_text)
        await _do_with(desk, interaction, feed, lambda number: requests.ChangeFeed(number, wished.wishes))


def _of_a_number(
    desk: Desk, suggestions: Suggestions, name: str, description: str, request: Callable[[int], requests.Feeding]
) -> app_commands.Command[Any, ..., None]:
    @app_commands.command(name=name, description=description)
    @app_commands.describe(feed=_FEED)
    @app_commands.autocomplete(feed=suggestions.feeds())
    async def done(interaction: Interaction, feed: Line) -> None:
        await _do_with(desk, interaction, feed, request)

    return done


def _exchanging(group: app_commands.Group, desk: Desk) -> None:
    @group.command(name="import", description="Read the feeds of a list (OPML), as feed readers export it")
    @app_commands.describe(file="The list as a file", address="Or where it is on the web")
    async def import_(interaction: Interaction, file: discord.Attachment | None = None, address: Url = "") -> None:
        async def asked(caller: Caller) -> Reply:
            if file is not None:
                return await desk.newsroom.feeds.import_list(await _content(file), caller)
            if not address.strip():
                raise NotUnderstood("There is neither a file nor an address.", "Give one of them.")
            return await desk.newsroom.feeds.do(requests.ImportFeeds(address.strip()), caller)

        await _answer(desk, interaction, asked)

    @group.command(description="All feeds as a list (OPML), which feed readers import")
    async def export(interaction: Interaction) -> None:
        await _do(desk, interaction, requests.ExportFeeds())


async def _content(file: discord.Attachment) -> bytes:
    """What stands in a file. Raises TooMuch for one that is too large, and CannotFetch where Discord does not give it."""
    if file.size > LARGEST_LIST:
        raise TooMuch(
            f"The file has {file.size / _MEGABYTE:,.1f} MB, and a list of feeds may have {LARGEST_LIST // _MEGABYTE}.", "Give it in parts."
        )
    try:
        return await file.read()
    except FAILED as error:
        raise CannotFetch(f"Discord did not give the file ({named(error)}).", "Try again.") from error
