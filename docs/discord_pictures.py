"""Draws docs/discord-*.png: an answer, a modal and a digest, from the real app in a Discord of our own. Run by `make picture`."""

import asyncio

from adapters.discord.app import build
from adapters.settings import Settings
from bot.newsroom import Newsroom
from docs.discord_messages import Json, message, modal, page
from docs.photographs import Page, newsroom, photograph
from tests.fakes.discord_payloads import message_json
from tests.fakes.discord_people import People
from tests.fakes.discord_records import ADA, APP, NEWS, Message
from tests.fakes.discord_running import connected
from tests.fakes.discord_server import DiscordServer, discord_server

_QUESTION = 'who said "I did not interfere"'
_WIDE, _NARROW = 640, 500
_TIME = "08:02"


async def drawn() -> dict[str, Page]:
    """The pictures as pages, by their names."""
    async with newsroom() as asked, discord_server() as discord:
        return await _seen(discord, asked)


async def _seen(discord: DiscordServer, asked: Newsroom) -> dict[str, Page]:
    settings = Settings.model_validate({"discord_token": discord.token, "time_zone": "Europe/London"})
    app = build(asked, settings=settings, guild_ready_timeout=0.01)
    names = {number: each.name for number, each in (discord.people | discord.channels).items()}

    def told(shown: Message) -> Json:
        return message_json(discord, shown)

    async with connected(discord, app):
        await app.tree.sync()
        people = People(discord)
        question = people.mention(_QUESTION)
        await discord.settled()
        answer = discord.posts(NEWS)[0]
        people.choose(answer, "Wrong speaker of a quote?", answer.components[1]["components"][0]["options"][0]["value"])
        await discord.settled()
        form = discord.modal(ADA)
        if form is None:
            raise RuntimeError("Discord was shown no modal.")
        people.command("ask", request="time zone Europe/London")
        await discord.settled()
        people.command("watch", about="the bridge", schedule="weekdays at 8")
        await discord.settled()
        digest = discord.ephemerals(ADA)[-1]
        shown = [message(told(question), time=_TIME, names=names), message(told(answer), time=_TIME, names=names)]
        return {
            "discord-answer": Page(page(*shown), _WIDE),
            "discord-modal": Page(page(modal(form.content, app=names[APP], names=names)), _NARROW),
            "discord-digest": Page(page(message(told(digest), time=_TIME, names=names, command="watch")), _NARROW),
        }


if __name__ == "__main__":
    photograph(asyncio.run(drawn()))
