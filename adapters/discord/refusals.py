"""What Discord refuses about the bot itself, in words that say what to do."""

import aiohttp
import discord

from bot.errors import SettingsError, Unreachable, VerbatimError

TOKEN = "VERBATIM_DISCORD_TOKEN"  # noqa: S105 - the name of the setting
PORTAL = "https://discord.com/developers/applications"
PRIVILEGED = {"presences": "Presence Intent", "members": "Server Members Intent", "message_content": "Message Content Intent"}
"""The intents that have to be switched on, by discord.py's names, as Discord's portal calls them."""
LOST = (aiohttp.ClientError, TimeoutError, OSError)
FAILED = (
    discord.ConnectionClosed,
    discord.GatewayNotFound,
    discord.HTTPException,
    discord.LoginFailure,
    discord.PrivilegedIntentsRequired,
    discord.RateLimited,
    *LOST,
)
"""What discord.py raises where Discord does not let the bot in, or is not there."""
_COPY = f"Copy it from the page Bot of your application at {PORTAL}, where 'Reset Token' makes a new one."
_STATUS = "Try again, or see https://discordstatus.com."


def refused(error: Exception, intents: discord.Intents | None = None) -> VerbatimError:
    """What to tell of an error that kept the bot, which wants these intents, from being served."""
    match error:
        case discord.LoginFailure():
            return SettingsError(f"The token in {TOKEN} is not one that Discord knows.", _COPY)
        case discord.ConnectionClosed(code=4004) | discord.HTTPException(status=401):
            return SettingsError(f"Discord does not take the token in {TOKEN} any more: it was reset.", _COPY)
        case discord.PrivilegedIntentsRequired():
            wanted = [name for flag, name in PRIVILEGED.items() if intents and getattr(intents, flag)]
            return SettingsError(
                f"Discord does not let the bot have what it asks for ({', '.join(wanted) or 'an intent'}).",
                f"Switch it on under Bot of your application at {PORTAL}.",
            )
        case discord.ConnectionClosed(code=code):
            return Unreachable(f"Discord ended the connection for good (code {code}).", _STATUS)
        case discord.HTTPException(status=status):
            return Unreachable(f"Discord answered with an error ({status}).", _STATUS)
        case discord.RateLimited():
            return Unreachable("Discord has had more requests from the bot than it takes.", "Try again later.")
        case discord.GatewayNotFound():
            return Unreachable("Discord did not say where to connect to.", _STATUS)
        case TimeoutError():
            return unreachable("did not answer in time")
    return unreachable("cannot be reached")


def unreachable(how: str) -> Unreachable:
    """What to tell when Discord is not there at all."""
    return Unreachable(f"Discord {how}.", "Check this machine's connection and its proxy (HTTPS_PROXY), or see https://discordstatus.com.")


def not_set_up() -> SettingsError:
    """What to tell where there is no token."""
    return SettingsError(
        "Discord is not set up.",
        "It takes three steps:\n"
        f"1. Make an application ('New Application') at {PORTAL}\n"
        "2. On its page Bot, press 'Reset Token', and copy the token, which is shown once.\n"
        f"3. Set {TOKEN} to it, and run 'verbatim discord invite' for the link that invites the bot.",
    )
