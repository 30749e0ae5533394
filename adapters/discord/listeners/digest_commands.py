"""The commands for what a channel gets by itself: set up, listed, tried and looked up; and for a digest at once."""

from collections.abc import Iterator
from typing import Any

import discord
from discord import app_commands

from adapters.discord.desk import Desk
from adapters.discord.listeners import watching
from adapters.discord.listeners.asked import SINCE, UNTIL, Command, Line, ask_by_options, ask_line
from adapters.discord.listeners.planned import quiet_hours
from adapters.discord.listeners.pressed import Interaction, Pressed
from adapters.discord.listeners.suggesting import Suggestions
from adapters.discord.modals import CHANNELS, LONGEST_ABOUT
from adapters.discord.people import Chosen, Told
from adapters.filled_in import DigestWished
from adapters.setting_types import AllowedOnDiscord
from bot.options import Options

_WHICH = "The number of the digest or alert; leave it out where this channel has only one"
_WHICH_OR_ALL = "The number of the digest or alert; all of this channel, if you leave it out"
_DENSITIES = [app_commands.Choice(name="The best of it", value="short"), app_commands.Choice(name="All of it", value="full")]
_EMPTY = [
    app_commands.Choice(name="One line that nothing is new", value="a line if nothing is new"),
    app_commands.Choice(name="Nothing at all", value="silent if nothing is new"),
]

About = app_commands.Range[str, 1, LONGEST_ABOUT]
Number = app_commands.Range[int, 1]


class Place(app_commands.Transformer[Any]):
    """A channel or a thread in which can be posted."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """What Discord asks for."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """Which channels Discord offers."""
        return [*CHANNELS]

    async def transform(self, _: Interaction, value: Told, /) -> Chosen:
        """The channel as Discord tells of it, with what the person may do there."""
        return Chosen.told(value)


def digest_commands(desk: Desk, suggestions: Suggestions) -> Iterator[Command]:
    """The commands, whose names and options change with the settings only."""
    newsroom = desk.newsroom
    topics, speakers = suggestions.like(newsroom.topics_like), suggestions.like(newsroom.speakers_like)

    async def zones_like(typed: str) -> tuple[str, ...]:
        return newsroom.zones_like(typed)

    @app_commands.command(description="What was said, by story: a digest of the last day, or of the days that you give")
    @app_commands.describe(about="Words that are spoken of, such as ferries", since=SINCE, until=UNTIL)
    @app_commands.autocomplete(about=topics)
    async def digest(interaction: Interaction, about: Line = "", since: Line = "", until: Line = "") -> None:
        await ask_by_options(desk, interaction, "digest", Options(about=about, since=since, until=until))

    yield digest

    @app_commands.command(description="Have a digest posted on a schedule, or each new quote soon; without options a form asks for it")
    @app_commands.describe(
        about="Words that are spoken of, such as ferries; everything, if you leave it out",
        speaker="Who speaks; everybody, if you leave it out",
        schedule="When, such as weekdays at 07:30; an alert at each new quote, if you leave it out",
        zone="By whose clocks, such as Europe/London; those of this server, if you leave it out",
        channel="Where; here, if you leave it out",
        density="How much a digest tells; all of it, if you leave it out",
        empty="What a digest says of which nothing is new; one line, if you leave it out",
        quiet="Hours in which nothing comes, such as 22-7",
    )
    @app_commands.choices(density=_DENSITIES, empty=_EMPTY)
    @app_commands.autocomplete(about=topics, speaker=speakers, schedule=suggestions.schedules(), zone=suggestions.like(zones_like))
    async def watch(
        interaction: Interaction,
        about: About = "",
        speaker: About = "",
        schedule: Line = "",
        zone: Line = "",
        channel: app_commands.Transform[Chosen, Place] | None = None,
        density: str = "",
        empty: str = "",
        quiet: Line = "",
    ) -> None:
        wishes = ", ".join(filter(None, (density, empty, quiet_hours(quiet))))
        wished = DigestWished(_restriction(speaker, about), schedule, str(channel.id) if channel else "", zone, wishes)
        pressed = Pressed(desk, interaction)
        await (watching.open_new(pressed) if wished == DigestWished() else watching.set_up(pressed, wished, channel))

    if desk.settings.discord_may_subscribe == AllowedOnDiscord(manage_server=True):
        watch.default_permissions = discord.Permissions(manage_guild=True)
    yield watch

    @app_commands.command(description="The digests and alerts of this channel, with buttons to change, pause, preview, send and end them")
    async def subscriptions(interaction: Interaction) -> None:
        await ask_line(desk, interaction, "subscriptions")

    yield subscriptions

    @app_commands.command(description="What a digest or an alert of this channel would say now; nothing is posted")
    @app_commands.describe(number=_WHICH)
    async def preview(interaction: Interaction, number: Number | None = None) -> None:
        await ask_line(desk, interaction, f"digest preview {number or ''}")

    yield preview

    @app_commands.command(description="What was posted in this channel by itself and what was not, and why")
    @app_commands.describe(number=_WHICH_OR_ALL)
    async def log(interaction: Interaction, number: Number | None = None) -> None:
        await ask_line(desk, interaction, f"digest log {number or ''}")

    yield log


def _restriction(speaker: str, about: str) -> str:
    """What a digest or an alert is about, as it is typed."""
    if not speaker:
        return about
    return f"by {speaker}" + (f" about {about}" if about else "")
