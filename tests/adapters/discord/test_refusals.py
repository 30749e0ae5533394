import aiohttp
import discord
import pytest

from adapters.discord.refusals import FAILED, refused
from bot.errors import SettingsError, Unreachable, VerbatimError


class _Response:
    """As much of a response as discord.py's errors read."""

    reason = ""

    def __init__(self, status: int) -> None:
        self.status = status


def _answered(status: int) -> discord.HTTPException:
    return discord.HTTPException(_Response(status), None)


@pytest.mark.parametrize(
    ("error", "kind", "told"),
    [
        (discord.LoginFailure(), SettingsError, "is not one that Discord knows. Copy it from the page Bot"),
        (_answered(401), SettingsError, "any more: it was reset. Copy it from the page Bot"),
        (_answered(500), Unreachable, "Discord answered with an error (500). Try again"),
        (discord.PrivilegedIntentsRequired(None), SettingsError, "what it asks for (an intent). Switch it on under Bot"),
        (discord.RateLimited(3600), Unreachable, "more requests from the bot than it takes"),
        (discord.GatewayNotFound(), Unreachable, "did not say where to connect to"),  # type: ignore[no-untyped-call]
        (TimeoutError(), Unreachable, "Discord did not answer in time. Check this machine's connection and its proxy"),
        (aiohttp.ServerTimeoutError(), Unreachable, "Discord did not answer in time."),
        (aiohttp.ClientConnectionError(), Unreachable, "Discord cannot be reached."),
        (OSError(), Unreachable, "Discord cannot be reached."),
    ],
)
def test_what_keeps_the_bot_out_is_told_with_what_to_do(error: Exception, kind: type[VerbatimError], told: str) -> None:
    assert isinstance(error, FAILED)
    refusal = refused(error)
    assert type(refusal) is kind
    assert told in str(refusal)


def test_the_intents_that_were_not_granted_are_named_as_the_portal_calls_them() -> None:
    wanted = discord.Intents(guilds=True, members=True, message_content=True)
    assert "(Server Members Intent, Message Content Intent)" in str(refused(discord.PrivilegedIntentsRequired(None), wanted))
