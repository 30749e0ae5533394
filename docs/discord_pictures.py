"""Draws docs/discord-*.png: an answer, a modal, a digest as it is set up and as it is posted, from the real app in a Discord of our own.

Run by `make picture`.
"""

import asyncio

from adapters.discord.app import build
from adapters.discord.delivering import DiscordPoster, Present
from adapters.settings import Settings
from bot.newsroom import Newsroom
from docs.discord_messages import Json, message, modal, page
from docs.photographs import HALF_PAST_SEVEN, ZONE, Page, data_url, newsroom, photograph
from tests.fakes.clock import FakeClock
from tests.fakes.discord_payloads import message_json
from tests.fakes.discord_people import People
from tests.fakes.discord_records import ADA, APP, NEWS, Message
from tests.fakes.discord_running import connected
from tests.fakes.discord_server import DiscordServer, discord_server

_QUESTION = 'who said "I did not interfere"'
_WIDE, _WATCH, _NARROW = 640, 540, 500
_TIME = "08:02"


async def drawn() -> dict[str, Page]:
    """The pictures as pages, by their names."""
    clock = FakeClock(HALF_PAST_SEVEN)
    async with newsroom(clock) as asked, discord_server() as discord:
        return await _seen(discord, asked, clock)


async def _seen(discord: DiscordServer, asked: Newsroom, clock: FakeClock) -> dict[str, Page]:
    settings = Settings.model_validate({"discord_token": discord.token, "time_zone": ZONE.key})
    app = build(asked, settings=settings, guild_ready_timeout=0.01)
    names = {number: each.name for number, each in (discord.people | discord.channels).items()}

    def told(shown: Message) -> Json:
        told = message_json(discord, shown)
        files = {f"attachment://{name}": data_url(content) for name, content in shown.files.items()}
        for embed in told["embeds"]:
            if "image" in embed:
                embed["image"] = {"url": files[embed["image"]["url"]]}
        return told

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
        people.command("watch", schedule="weekdays at 8", density="short")
        await discord.settled()
        watch = discord.ephemerals(ADA)[-1]
        clock.forward(minutes=30)
        await asked.scheduled.deliver({"discord": DiscordPoster(Present(app))}, "pictures")
        digest = discord.posts(NEWS)[-1]
        shown = [message(told(question), time=_TIME, names=names), message(told(answer), time=_TIME, names=names)]
        return {
            "discord-answer": Page(page(*shown), _WIDE),
            "discord-modal": Page(page(modal(form.content, app=names[APP], names=names)), _NARROW),
            "discord-watch": Page(page(message(told(watch), time=_TIME, names=names, command="watch")), _WATCH),
            "discord-digest": Page(page(message(told(digest), time="08:00", names=names)), _WIDE),
        }


if __name__ == "__main__":
    photograph(asyncio.run(drawn()))
