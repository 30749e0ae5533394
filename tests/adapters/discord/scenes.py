"""A newsroom at work in a Discord on loopback: the real core over SQLite, the real discord.py, and people who use it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from adapters.discord.app import Verbatim, build
from adapters.discord.identifying import Pace
from adapters.discord.syncing import sync
from adapters.settings import Settings
from bot.callers import Caller, Channel
from storage.database import Database
from tests.fakes.discord_people import People
from tests.fakes.discord_reading import visible_text
from tests.fakes.discord_records import ADA, GUILD, NEWS, Message
from tests.fakes.discord_running import connected
from tests.fakes.discord_server import DiscordServer
from tests.newsrooms import Room, article

FERRY = "We will not wait for the ferry any longer"
TIMETABLE = "The ferry timetable is a promise"


@dataclass(frozen=True)
class Scene:
    """People (Ada Moor, Ben Okoro, Cy Day) in the server Harbour Post, and a newsroom behind the app."""

    discord: DiscordServer
    people: People
    room: Room
    client: Verbatim = field(compare=False)

    async def settled(self) -> None:
        await self.discord.settled()

    async def asked(self, request: str, *, user: int = ADA, channel: int | None = NEWS) -> Message:
        """The answer to /ask, which only whoever asks sees, but for direct messages."""
        interaction = self.people.command("ask", request=request, user=user, channel=channel)
        await self.settled()
        assert interaction.message is not None, "nothing was answered"
        return interaction.message

    async def asked_in_a_channel(self, request: str, *, user: int = ADA, channel: int = NEWS) -> Message:
        """The answer to a mention, which everybody sees."""
        self.people.mention(request, user=user, channel=channel)
        await self.settled()
        return self.discord.posts(channel)[-1]

    async def asked_directly(self, request: str, *, user: int = ADA) -> Message:
        """The answer to a direct message."""
        self.people.message(request, user=user)
        await self.settled()
        return self.discord.posts(user)[-1]

    def posted(self, place: int = NEWS) -> str:
        """What the app last posted in a channel, or in the direct messages of a person."""
        return visible_text(self.discord.posts(place)[-1])

    def whispered(self, user: int = ADA) -> str:
        """What the app last showed this person alone in a channel."""
        return visible_text(self.discord.ephemerals(user)[-1])


@asynccontextmanager
async def playing(discord: DiscordServer, database: Database, *, room: Room | None = None, **settings: object) -> AsyncIterator[Scene]:
    """The scene, over a room of its own if it is given none; `settings` are those of the operator beyond the token."""
    room = room or await furnished(database)
    in_force = Settings.model_validate({"discord_token": discord.token, "time_zone": "Europe/London", **settings})
    client = build(room.newsroom, settings=in_force, pace=Pace(sleep=_at_once), guild_ready_timeout=0)
    async with connected(discord, client):
        await sync(client.tree)
        yield Scene(discord, People(discord), room, client)


async def furnished(database: Database) -> Room:
    """A newsroom that has read two articles."""
    room = Room.over(database)
    await room.has_read(
        article(f'Ann Bell said: "{FERRY}." Nobody disagreed.', 'Tom Cook wants: "a boat on Sundays."', number=1, outlet="The Mill"),
        article(f'Tom Cook said: "{TIMETABLE}."', number=2, outlet="The Oar"),
    )
    return room


async def has_digest(
    room: Room, *, schedule: str = "daily at 8", about: str = "the ferry", owner: int = ADA, channel: int = NEWS, server: int | str = GUILD
) -> None:
    """Somebody has set up a digest in a channel."""
    await room.newsroom.scheduled.subscribe(schedule, "", about, _caller(owner, channel, server))


async def why_paused(room: Room, *, channel: int = NEWS, server: int | str = GUILD) -> list[str | None]:
    """Why each digest of a channel is paused; None for one that runs."""
    listed = await room.newsroom.scheduled.subscriptions(_caller(ADA, channel, server))
    return [view.paused for view in listed.subscriptions]


async def many_quotes(room: Room, number: int, *, about: str = "ferry") -> None:
    """An article with many quotes about one thing, each by another speaker."""
    names = [f"Speaker {chr(65 + place // 26)}{chr(97 + place % 26)}" for place in range(number)]
    await room.read(article(*[f'{name} said: "The {about} number {place} is late again."' for place, name in enumerate(names)], number=90))


def _caller(person: int, channel: int, server: int | str) -> Caller:
    return Caller(str(person), str(person), Channel("discord", str(server), str(channel)))


async def _at_once(_seconds: float) -> None:
    """Tests do not wait until the app comes in again."""
