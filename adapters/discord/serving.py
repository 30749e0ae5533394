"""Discord's part of `verbatim serve`: who is there, the way in, and what was begun finished before it ends."""

from dataclasses import dataclass

from pydantic import SecretStr

from adapters.serving import Say
from adapters.settings import Settings
from bot.newsroom import Newsroom


@dataclass(frozen=True, slots=True)
class DiscordService:
    """Serves the newsroom as the bot that the token belongs to."""

    newsroom: Newsroom
    settings: Settings
    token: SecretStr

    @property
    def name(self) -> str:
        """What a line about it begins with."""
        return "Discord"

    async def run(self, say: Say) -> None:
        """Serve until cancelled; then take nothing more, and give what was begun some seconds to end.

        Raises SettingsError for a token that Discord refuses, at the start or later, and Unreachable without Discord, after which
        it may be run again.
        """
        raise NotImplementedError
