"""What it means for something due that Discord did not take it, in words for whoever set it up. Pure."""

from collections.abc import Mapping

import aiohttp
import discord

from adapters.discord.faults import is_nobodys_fault, named
from adapters.discord.permissions import NEEDED
from bot.errors import CannotPost, NotNow, Uncertain, VerbatimError

_AWAY_SECONDS = 30.0
_GO_ON = "then let it go on."
_ELSEWHERE = "Set it up anew in another one."
_DELETED = ("The channel was deleted.", _ELSEWHERE)
_UNSEEN = ("Verbatim does not see the channel any more.", f"Allow it to view the channel, {_GO_ON}")
_FORBIDDEN = ("Verbatim may not post in the channel any more.", f"Allow it in the settings of the channel, under Permissions, {_GO_ON}")
_CLOSED = ("Discord does not let Verbatim write to you.", f"Allow direct messages from a server in which it is, {_GO_ON}")
_LOCKED = ("The thread is locked.", f"Unlock it, {_GO_ON}")
_NO_TEXT = ("Discord lets nobody write in that channel.", _ELSEWHERE)
_FILTERED = ("A filter of the server, such as AutoMod, does not let it through.", f"Let Verbatim through, {_GO_ON}")
_WHY: Mapping[int, tuple[str, str]] = {
    10003: _DELETED,
    50001: _UNSEEN,
    50013: _FORBIDDEN,
    **dict.fromkeys((50007, 50278), _CLOSED),
    **dict.fromkeys((50083, 160005), _LOCKED),
    **dict.fromkeys((40058, 50008, 50024), _NO_TEXT),
    **dict.fromkeys((200000, 240000), _FILTERED),
}
"""What it is called and what to do about it, by Discord's code."""


def meaning(error: Exception, *, was_removed: bool, lacks: str | None) -> VerbatimError | None:
    """What an error of a request about a channel means: NotNow, Uncertain or CannotPost; None for one that is a mistake of ours.

    `was_removed` says that the app is in the server no more, `lacks` names a permission that it does not have in the channel.
    """
    match error:
        case discord.RateLimited():
            return NotNow("Discord takes no more there at the moment.", seconds=error.retry_after)
        case aiohttp.ClientConnectorError():
            return NotNow("Discord cannot be reached.", seconds=_AWAY_SECONDS)
        case aiohttp.ClientError():
            return Uncertain("The connection to Discord was lost.")
        case discord.HTTPException(status=401):
            return NotNow("Discord does not take the token any more.", seconds=_AWAY_SECONDS)
        case discord.HTTPException() if is_nobodys_fault(error):
            return _refused(error, was_removed=was_removed, lacks=lacks)
    return None


def _refused(error: discord.HTTPException, *, was_removed: bool, lacks: str | None) -> CannotPost:
    """Why nothing can be posted in a channel, and what to do about it."""
    if was_removed:
        return CannotPost("Verbatim was removed from the server.", f"Invite it again, {_GO_ON}")
    if error.code == 50013 and lacks:
        return CannotPost(f"The permission {NEEDED[lacks].name} is missing in the channel.", _FORBIDDEN[1])
    return CannotPost(*_WHY.get(error.code, (f"Discord does not let Verbatim post there ({named(error)}).", _ELSEWHERE)))
