"""The commands that Discord offers while somebody types: options make a line of chat, which is answered to that person alone."""

from collections.abc import Iterator
from typing import Any

import discord
from discord import app_commands

from adapters.discord import rendering
from adapters.discord.desk import Desk
from adapters.discord.listeners.asked import SINCE, UNTIL, Command, Line, ask_by_options, ask_line
from adapters.discord.listeners.digest_commands import digest_commands
from adapters.discord.listeners.feed_commands import feeds_command
from adapters.discord.listeners.finding import words_of
from adapters.discord.listeners.helping import helped, topics_of_help
from adapters.discord.listeners.pressed import Interaction, Pressed
from adapters.discord.listeners.suggesting import Suggestions
from adapters.discord.rendering import PAGE
from adapters.discord.surfaces import ToInteraction
from bot.grammar.commands import LONGEST_COMMAND
from bot.options import Options

FIND_WORDS = "Find these words"
_OF_AN_OLDER_ONE = "This command is of an older Verbatim, and cannot be used any more. Start Discord anew, and it shows those of today."
_OUTLET = "In which newspaper or on which site"
_IN_SERVERS = app_commands.AppInstallationType(guild=True, user=False)
_THERE_AND_IN_DIRECT_MESSAGES = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=False)

Address = app_commands.Range[str, 1, LONGEST_COMMAND]


def register(tree: app_commands.CommandTree[Any], desk: Desk) -> None:
    """Give a tree the commands; what they are called, and take, changes with the settings only."""
    suggestions = Suggestions(desk)
    of_newsroom = (*_of_questions(desk, suggestions), *digest_commands(desk, suggestions), *_of_the_store(desk))
    for command in (*of_newsroom, feeds_command(desk, suggestions), *_of_help(desk, suggestions, tree)):
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


def _of_questions(desk: Desk, suggestions: Suggestions) -> Iterator[Command]:
    newsroom = desk.newsroom
    speakers, topics, outlets = (suggestions.like(like) for like in (newsroom.speakers_like, newsroom.topics_like, newsroom.outlets_like))

    @app_commands.command(description="Ask in your own words who said what, or anything else that Verbatim can do")
    @app_commands.describe(request="Such as: who said what about ferries since Monday")
    async def ask(interaction: Interaction, request: Line) -> None:
        await ask_line(desk, interaction, request)

    yield ask

    @app_commands.command(description="Who said what about something, in their exact words")
    @app_commands.describe(about="Words that are spoken of, such as ferries", since=SINCE, until=UNTIL, outlet=_OUTLET)
    @app_commands.autocomplete(about=topics, outlet=outlets)
    async def who(interaction: Interaction, about: Line, since: Line = "", until: Line = "", outlet: Line = "") -> None:
        await ask_by_options(desk, interaction, "who", Options(about=about, since=since, until=until, outlet=outlet))

    yield who

    @app_commands.command(description="What somebody said, in their exact words")
    @app_commands.describe(
        speaker="Who said it",
        about="Words that are spoken of, such as ferries",
        since=SINCE,
        until=UNTIL,
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
        await ask_by_options(desk, interaction, "quotes", given)

    yield quotes

    @app_commands.command(description="Who somebody is: roles, names, outlets, topics, the first and the last quote, and a chart by week")
    @app_commands.describe(name="A name, a role, or a number such as #12")
    @app_commands.autocomplete(name=speakers)
    async def speaker(interaction: Interaction, name: Line) -> None:
        pressed, surface = Pressed(desk, interaction), ToInteraction(interaction)

        async def work() -> None:
            caller = await pressed.caller()
            zone = desk.zone_of(caller)
            reply = await newsroom.who(name, zone=zone)
            await surface.answer(reply, zone, await desk.picture(reply))

        await desk.attend(pressed.event, surface, work)

    yield speaker

    @app_commands.context_menu(name=FIND_WORDS)
    async def find_words(interaction: Interaction, message: discord.Message) -> None:
        pressed, surface = Pressed(desk, interaction), ToInteraction(interaction)

        async def work() -> None:
            caller = await pressed.caller()
            words = words_of(message, is_ours=message.author == interaction.client.user, zone=desk.zone_of(caller))
            for reply in await newsroom.find_words(words, caller, page=PAGE):
                await desk.show(reply, caller, surface)

        await desk.attend(pressed.event, surface, work)

    yield find_words


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
        await ask_line(desk, interaction, "status")

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
