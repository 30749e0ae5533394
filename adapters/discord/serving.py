"""Discord's part of `verbatim serve`: who is there, the way in, and what was begun finished before it ends."""

import asyncio
from dataclasses import dataclass, field

from pydantic import SecretStr

from adapters.discord.app import Verbatim, build
from adapters.discord.client import logged_in, options
from adapters.discord.delivering import DiscordPoster, Present
from adapters.discord.gaps import Gap
from adapters.discord.refusals import FAILED, refused
from adapters.discord.syncing import sync
from adapters.plain import safe_line
from adapters.serving import FINISHING_SECONDS, Say
from adapters.settings import Settings
from bot.newsroom import Newsroom


@dataclass(frozen=True, slots=True)
class DiscordService:
    """Serves the newsroom as the bot that the token belongs to."""

    newsroom: Newsroom
    settings: Settings
    token: SecretStr
    _gap: Gap = field(default_factory=Gap, init=False, repr=False, compare=False)
    _present: Present = field(default_factory=Present, init=False, repr=False, compare=False)

    @property
    def name(self) -> str:
        """What a line about it begins with."""
        return "Discord"

    @property
    def poster(self) -> DiscordPoster:
        """Posts what channels get by themselves, as whichever client is served."""
        return DiscordPoster(self._present)

    async def run(self, say: Say) -> None:
        """Serve until cancelled; then take nothing more, and give what was begun some seconds to end.

        Raises SettingsError for a token that Discord refuses, at the start or later, and Unreachable without Discord, after which
        it may be run again: what was asked meanwhile is answered then.
        """
        client = build(self.newsroom, settings=self.settings, gap=self._gap, **options(self.settings))
        async with logged_in(client, self.token):
            await sync(client.tree)
            greeting = asyncio.create_task(_greet(client, say))
            self._present.client = client
            try:
                await client.connect()
            except FAILED as error:
                raise refused(error, client.intents) from None
            finally:
                self._present.client = None
                self._gap.begin()
                greeting.cancel()
                await client.desk.finish(FINISHING_SECONDS)


async def _greet(client: Verbatim, say: Say) -> None:
    """Say where the bot answers, once it knows."""
    await client.wait_until_ready()
    say(whereabouts(str(client.user and client.user.display_name), [guild.name for guild in client.guilds]))


def whereabouts(bot: str, servers: list[str]) -> str:
    """As whom and where the bot answers. A server that Discord does not tell of at the moment has no name."""
    named, others = sorted(safe_line(server) for server in servers if server), len(servers) - 1
    if not servers:
        where = "is in no server yet: 'verbatim discord invite' prints the link that invites it"
    elif not named:
        where = f"answers in {_servers(len(servers))}"
    elif others:
        where = f"answers in {named[0]} and {_servers(others, 'other ')}"
    else:
        where = f"answers in {named[0]}"
    return f"@{safe_line(bot)} {where}."


def _servers(number: int, which: str = "") -> str:
    return f"{number} {which}server{'' if number == 1 else 's'}"
