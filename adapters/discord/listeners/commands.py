"""The commands that Discord offers while somebody types: options make a line of chat, which is answered to that person alone."""

from collections.abc import Awaitable, Callable, Iterator
from functools import partial
from typing import Any

import discord
from discord import app_commands

from adapters.discord import rendering
from adapters.discord.desk import Desk
from adapters.discord.listeners import watching
from adapters.discord.listeners.finding import words_of
from adapters.discord.listeners.helping import helped, topics_of_help
from adapters.discord.listeners.pressed import Interaction, Pressed
from adapters.discord.listeners.suggesting import Suggestions
from adapters.discord.modals import CHANNELS
from adapters.discord.people import Chosen, Told
from adapters.discord.rendering import PAGE
from adapters.discord.surfaces import ToInteraction
from adapters.filled_in import DigestWished
from adapters.setting_types import AllowedOnDiscord
from bot.asking.question import LONGEST_QUESTION
from bot.callers import Caller
from bot.commands import LONGEST_COMMAND
from bot.options import Keyword, Options

FIND_WORDS = "Find these words"
_OF_AN_OLDER_ONE = "This command is of an older Verbatim, and cannot be used any more. Start Discord anew, and it shows those of today."
_SINCE = "From which day on, such as Monday, last week or 1 October"
_UNTIL = "Up to which day, such as yesterday or 14 October"
_OUTLET = "In which newspaper or on which site"
_WHICH = "The number of the digest or alert; all of this channel, if you leave it out"
_DENSITIES = [app_commands.Choice(name="The best of it", value="short"), app_commands.Choice(name="All of it", value="full")]
_EMPTY = [
    app_commands.Choice(name="One line that nothing is new", value="a line if nothing is new"),
    app_commands.Choice(name="Nothing at all", value="silent if nothing is new"),
]
_IN_SERVERS = app_commands.AppInstallationType(guild=True, user=False)
_THERE_AND_IN_DIRECT_MESSAGES = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False)

# As much as the core takes, so that Discord lets nobody type more.
Line = app_commands.Range[str, 1, LONGEST_QUESTION]
Address = app_commands.Range[str, 1, LONGEST_COMMAND]
Number = app_commands.Range[int, 1]
Command = app_commands.Command[Any, ..., None] | app_commands.ContextMenu


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


def register(tree: app_commands.CommandTree[Any], desk: Desk) -> None:
    """Give a tree the commands; what they are called, and take, changes with the settings only."""
    suggestions = Suggestions(desk)
    of_newsroom = (*_of_questions(desk, suggestions), *_of_digests(desk, suggestions), *_of_the_store(desk))
    for command in (*of_newsroom, *_of_help(desk, suggestions, tree)):
        command.allowed_installs = _IN_SERVERS
        command.allowed_contexts = _THERE_AND_IN_DIRECT_MESSAGES
        tree.add_command(command)


async def failed(desk: Desk, interaction: Interaction, error: app_commands.AppCommandError) -> None:
    """Say so where Discord still shows a command that is no more, or takes other options now; anything else is logged."""
    if not isinstance(error, app_commands.CommandNotFound | app_commands.CommandSignatureMismatch):
        desk.logged(error, f"command {interaction.command.qualified_name if interaction.command else ''}")
    elif interaction.type is discord.InteractionType.application_command:  # while somebody types, there is no place to say it
        surface = ToInteraction(interaction)
        await desk.attend(Pressed(desk, interaction).event, surface, lambda: surface.tell([rendering.error(_OF_AN_OLDER_ONE)]))


async def _answer(desk: Desk, interaction: Interaction, request: Callable[[Caller], Awaitable[str]]) -> None:
    """Answer a request, which may depend on who asks."""
    pressed, surface = Pressed(desk, interaction), ToInteraction(interaction)

    async def work() -> None:
        caller = await pressed.caller()
        await desk.ask(await request(caller), caller, surface)

    await desk.attend(pressed.event, surface, work)


async def _ask(desk: Desk, interaction: Interaction, line: str) -> None:
    """Answer a line of chat."""

    async def request(_: Caller) -> str:
        return line

    await _answer(desk, interaction, request)


async def _ask_by_options(desk: Desk, interaction: Interaction, keyword: Keyword, given: Options) -> None:
    """Answer the line of chat that the options make."""
    await _answer(desk, interaction, partial(desk.newsroom.request_line, keyword, given))


def _of_questions(desk: Desk, suggestions: Suggestions) -> Iterator[Command]:
    newsroom = desk.newsroom
    speakers, topics, outlets = (suggestions.like(like) for like in (newsroom.speakers_like, newsroom.topics_like, newsroom.outlets_like))

    @app_commands.command(description="Ask in your own words who said what, or anything else that Verbatim can do")
    @app_commands.describe(request="Such as: who said what about ferries since Monday")
    async def ask(interaction: Interaction, request: Line) -> None:
        await _ask(desk, interaction, request)

    yield ask

    @app_commands.command(description="Who said what about something, in their exact words")
    @app_commands.describe(about="Words that are spoken of, such as ferries", since=_SINCE, until=_UNTIL, outlet=_OUTLET)
    @app_commands.autocomplete(about=topics, outlet=outlets)
    async def who(interaction: Interaction, about: Line, since: Line = "", until: Line = "", outlet: Line = "") -> None:
        await _ask_by_options(desk, interaction, "who", Options(about=about, since=since, until=until, outlet=outlet))

    yield who

    @app_commands.command(description="What somebody said, in their exact words")
    @app_commands.describe(
        speaker="Who said it",
        about="Words that are spoken of, such as ferries",
        since=_SINCE,
        until=_UNTIL,
        outlet=_OUTLET,
        direct="Only what stands in quotation marks",
    )
    @app_commands.autocomplete(speaker=speakers, about=topics, outlet=outlets)
    async def quotes(
        interaction: Interaction,
        speaker: Line = "",
        about: Line = "",
        since: Line = "",
        until: Line = "",
        outlet: Line = "",
        direct: bool = False,
    ) -> None:
        given = Options(speaker=speaker, about=about, since=since, until=until, outlet=outlet, direct=direct)
        await _ask_by_options(desk, interaction, "quotes", given)

    yield quotes

    @app_commands.context_menu(name=FIND_WORDS)
    async def find_words(interaction: Interaction, message: discord.Message) -> None:
        pressed, surface = Pressed(desk, interaction), ToInteraction(interaction)

        async def work() -> None:
            caller = await pressed.caller()
            zone, ours = desk.zone_of(caller), message.author == interaction.client.user
            for reply in await newsroom.find_words(words_of(message, is_ours=ours, zone=zone), caller, page=PAGE):
                await surface.answer(reply, zone)

        await desk.attend(pressed.event, surface, work)

    yield find_words


def _of_digests(desk: Desk, suggestions: Suggestions) -> Iterator[Command]:
    newsroom = desk.newsroom
    topics, speakers = suggestions.like(newsroom.topics_like), suggestions.like(newsroom.speakers_like)

    async def zones_like(typed: str) -> tuple[str, ...]:
        return newsroom.zones_like(typed)

    @app_commands.command(description="What was said, by story: a digest of the last day, or of the days that you give")
    @app_commands.describe(about="Words that are spoken of, such as ferries", since=_SINCE, until=_UNTIL)
    @app_commands.autocomplete(about=topics)
    async def digest(interaction: Interaction, about: Line = "", since: Line = "", until: Line = "") -> None:
        await _ask_by_options(desk, interaction, "digest", Options(about=about, since=since, until=until))

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
        about: Line = "",
        speaker: Line = "",
        schedule: Line = "",
        zone: Line = "",
        channel: app_commands.Transform[Chosen, Place] | None = None,
        density: str = "",
        empty: str = "",
        quiet: Line = "",
    ) -> None:
        wishes = ", ".join(filter(None, (density, empty, _quiet(quiet))))
        wished = DigestWished(_restriction(speaker, about), schedule, str(channel.id) if channel else "", zone, wishes)
        pressed = Pressed(desk, interaction)
        await (watching.open_new(pressed) if wished == DigestWished() else watching.set_up(pressed, wished, channel))

    if desk.settings.discord_may_subscribe == AllowedOnDiscord(manage_server=True):
        watch.default_permissions = discord.Permissions(manage_guild=True)
    yield watch

    @app_commands.command(description="The digests and alerts of this channel, with buttons to change, pause, preview, send and end them")
    async def subscriptions(interaction: Interaction) -> None:
        await _ask(desk, interaction, "subscriptions")

    yield subscriptions

    @app_commands.command(description="What a digest or an alert of this channel would say now; nothing is posted")
    @app_commands.describe(number=_WHICH)
    async def preview(interaction: Interaction, number: Number | None = None) -> None:
        await _ask(desk, interaction, f"digest preview {number or ''}")

    yield preview

    @app_commands.command(description="What was posted in this channel by itself and what was not, and why")
    @app_commands.describe(number=_WHICH)
    async def log(interaction: Interaction, number: Number | None = None) -> None:
        await _ask(desk, interaction, f"digest log {number or ''}")

    yield log


def _restriction(speaker: str, about: str) -> str:
    """What a digest or an alert is about, as it is typed."""
    if not speaker:
        return about
    return f"by {speaker}" + (f" about {about}" if about else "")


def _quiet(hours: str) -> str:
    """Quiet hours as they are typed among the wishes."""
    return hours if not hours or "quiet" in hours.casefold() else f"quiet {hours}"


def _of_the_store(desk: Desk) -> Iterator[Command]:
    @app_commands.command(description="Read an article of the web, so that what it quotes is found")
    @app_commands.describe(address="Such as https://example.org/news/ferry.html")
    async def add(interaction: Interaction, address: Address) -> None:
        pressed, surface = Pressed(desk, interaction), ToInteraction(interaction)

        async def work() -> None:
            caller = await pressed.caller()
            await surface.answer(await desk.newsroom.add(address.strip(), caller), desk.zone_of(caller))

        await desk.attend(pressed.event, surface, work)

    yield add

    @app_commands.command(description="How many articles and quotes are stored, and which came last")
    async def status(interaction: Interaction) -> None:
        await _ask(desk, interaction, "status")

    yield status


def _of_help(desk: Desk, suggestions: Suggestions, tree: app_commands.CommandTree[Any]) -> Iterator[Command]:
    async def topics_like(typed: str) -> list[str]:
        return [topic for topic in topics_of_help(tree) if topic.startswith(typed.strip().removeprefix("/").casefold())]

    @app_commands.command(name="help", description="What can be asked and where, or how one of the requests and commands works")
    @app_commands.describe(keyword="The word that a request begins with, or the name of a command, such as digest")
    @app_commands.autocomplete(keyword=suggestions.like(topics_like))
    async def help_(interaction: Interaction, keyword: Line = "") -> None:
        pressed, surface = Pressed(desk, interaction), ToInteraction(interaction)

        async def work() -> None:
            caller = await pressed.caller()
            await surface.answer(await helped(desk.newsroom, tree, keyword, caller), desk.zone_of(caller))

        await desk.attend(pressed.event, surface, work)

    yield help_
