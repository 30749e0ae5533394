"""What rests because it cannot be posted, and its owners, who are told so once."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.delivery import notices
from bot.delivery.posting import Poster
from bot.mistakes import noted
from bot.replies import Reply
from storage import deliveries, subscriptions
from storage.database import Session
from storage.records import DeliveryState, StoredSubscription

_FAILURES = 3
"""What failed so many times in a row would only fail again."""
_TELLING_SECONDS = 10.0
_LOGGER = logging.getLogger("verbatim.delivering")


@dataclass(frozen=True, slots=True)
class Paused:
    """Subscriptions of one workspace that rest from now on, and why; `remedy` says what to do about that."""

    those: Sequence[StoredSubscription] = ()
    reason: str = ""
    remedy: str = ""

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.those)


async def pause(session: Session, one: StoredSubscription, at: datetime, reason: str, remedy: str = "") -> Paused:
    """Let a subscription rest: nothing if it does already."""
    if not await subscriptions.pause(session, one.id, at, reason):
        return Paused()
    return Paused((replace(one, paused_at=at, paused_reason=reason),), reason, remedy)


async def pause_place(
    session: Session, platform: str, workspace: str, *, channel: str | None, at: datetime, reason: str, remedy: str = ""
) -> Paused:
    """Let all rest that runs in a channel, or in a whole workspace, in which nothing can be posted."""
    return Paused(await subscriptions.pause_all(session, platform, workspace, channel=channel, at=at, reason=reason), reason, remedy)


async def pause_if_it_keeps_failing(session: Session, one: StoredSubscription, at: datetime, reason: str) -> Paused:
    """Let a subscription rest of which the last posts have all failed, the last one for this reason."""
    ended = await deliveries.last_ended(session, one.id, _FAILURES)
    if ended != [DeliveryState.FAILED] * _FAILURES:
        return Paused()
    remedy = "Show that to whoever runs Verbatim here, and let it go on when it is mended."
    return await pause(session, one, at, f"It failed {_FAILURES} times in a row. {reason}", remedy)


async def tell_owners(paused: Paused, poster: Poster | None, now: datetime) -> None:
    """Tell each owner of what rests now, where a way to do so is given, and the log."""
    if not paused:
        return
    _LOGGER.warning("On %s: %s", paused.those[0].platform, notices.paused_in_words(paused.those, paused.reason))
    for owner in dict.fromkeys(one.owner for one in paused.those):
        theirs = [one for one in paused.those if one.owner == owner]
        if poster is not None:
            await tell(poster, theirs[0].workspace, owner, notices.paused(theirs, paused.reason, paused.remedy, now))


async def tell(poster: Poster, workspace: str, person: str, reply: Reply) -> None:
    """Tell a person something that is recorded already; where that cannot be done in time, the log has it."""
    try:
        async with asyncio.timeout(_TELLING_SECONDS):
            if await poster.tell(workspace, person, reply):
                return
    except TimeoutError:
        pass
    except Exception as error:  # noqa: BLE001 - what was to be told is recorded already
        noted(error, "telling somebody what became of a digest or an alert")
    _LOGGER.warning("Somebody could not be told: %s", reply.understood)
