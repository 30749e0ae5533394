"""`verbatim discord invite`: the link with which somebody who may manage a server takes the bot in."""

import discord
from pydantic import SecretStr

from adapters.discord.client import logged_in, options
from adapters.discord.permissions import NEEDED, permissions
from adapters.settings import Settings

SCOPES = ("bot", "applications.commands")


async def invitation(settings: Settings, token: SecretStr) -> str:
    """The link that invites the bot of the token, with just the permissions that it uses.

    Raises SettingsError for a token that Discord refuses, and Unreachable without Discord.
    """
    async with logged_in(discord.Client(intents=discord.Intents(guilds=True), **options(settings)), token) as client:
        return discord.utils.oauth_url(client.application_id or 0, permissions=permissions(), scopes=SCOPES)


def explanation() -> str:
    """What the link asks for, and what the bot does without."""
    names = ", ".join(permission.name for permission in NEEDED.values())
    return f"The link asks for: {names}. The bot needs no privileged intent: leave all three switched off on its page Bot."
