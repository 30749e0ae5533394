"""Which subscriptions somebody reaches, and what the person may do."""

from contextlib import suppress

from bot.callers import Caller, Channel, Right
from bot.errors import CannotPost, NotAllowed, NotFound
from storage import subscriptions
from storage.database import Session
from storage.records import StoredSubscription


async def allow(caller: Caller, right: Right, doing: str = "") -> None:
    """Raise NotAllowed unless the caller may; `doing` says what, where the right is one to more than it says."""
    if not await caller.may(right):
        raise NotAllowed(f"You may not {doing or right}.", caller.who_may(right))


async def allow_to_change(caller: Caller, one: StoredSubscription, doing: str) -> None:
    """Raise NotAllowed unless the subscription is the caller's own, or the caller may change those of others."""
    if one.owner != caller.person:
        await allow(caller, Right.SUBSCRIBE, f"{doing} {'an' if one.kind == 'alert' else 'a'} {one.kind} that somebody else set up")


async def tell_others(caller: Caller, one: StoredSubscription, done: str) -> None:
    """Tell the channel what was done with what somebody else set up: it holds all the same where nothing can be posted."""
    if one.owner != caller.person:
        with suppress(CannotPost):
            await caller.announce(f"{caller.called} {done}.")


def here(caller: Caller) -> Channel:
    """The channel where it was asked. Raises NotAllowed where there is none."""
    if caller.channel is None:
        raise NotAllowed(
            "Digests on a schedule and alerts are posted in a channel, and there is none here.", "Ask for it where it shall be posted."
        )
    return caller.channel


def place_of(one: StoredSubscription) -> Channel:
    """The channel that a subscription is posted in."""
    return Channel(one.platform, one.workspace, one.channel)


async def reached(session: Session, number: int, caller: Caller | None) -> StoredSubscription:
    """The subscription, if it is of the caller's channel, or the caller's own, in a channel in sight, and nobody else reads the answer.

    The operator in the terminal (None) reaches every one. Raises NotFound and NotAllowed.
    """
    found = await subscriptions.get(session, number)
    if caller is None:
        if found is None:
            raise NotFound(f"There is no digest or alert {number}.", "'verbatim digest list' lists all.")
        return found
    place = here(caller)
    if found is None or (found.platform, found.workspace) != (place.platform, place.workspace):
        return _not_found(number)
    if found.channel == place.channel:
        return found
    if found.owner != caller.person or not await caller.sees(place_of(found)):
        return _not_found(number)
    if caller.overheard:
        raise NotAllowed(
            f"{found.kind.capitalize()} {number} is one of another channel.", "Ask for it there, or where nobody else reads along."
        )
    return found


def _not_found(number: int) -> StoredSubscription:
    raise NotFound(f"There is no digest {number} here.", "'subscriptions' lists the digests and alerts set up here.")
