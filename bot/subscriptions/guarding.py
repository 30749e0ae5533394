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


async def may_change(caller: Caller | None, one: StoredSubscription) -> bool:
    """Whether whoever is shown the subscription may change it: not known, so not ruled out, where others than the caller read along.

    The operator in the terminal (None) may.
    """
    return caller is None or caller.overheard or one.owner == caller.person or await caller.may(Right.SUBSCRIBE)


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

    In direct messages it may be one of any workspace. The operator in the terminal (None) reaches every one. Raises NotFound and
    NotAllowed.
    """
    found = await subscriptions.get(session, number)
    if caller is None:
        if found is None:
            raise NotFound(f"There is no digest or alert {number}.", "'verbatim digest list' lists all.")
        return found
    place = here(caller)
    if found is None or found.platform != place.platform:
        return _not_found(number)
    if place_of(found) == place:
        return found
    if not await _is_own(found, caller):
        return _not_found(number)
    if caller.overheard:
        raise NotAllowed(
            f"{found.kind.capitalize()} {number} is one of another channel.", "Ask for it there, or where nobody else reads along."
        )
    return found


async def in_channel(session: Session, caller: Caller) -> list[StoredSubscription]:
    """Those of the channel where it was asked; in direct messages all of the caller's own. Raises NotAllowed where there is no channel."""
    if caller.away:
        return await own(session, caller)
    place = here(caller)
    return await subscriptions.in_channel(session, place.platform, place.workspace, place.channel)


async def own(session: Session, caller: Caller) -> list[StoredSubscription]:
    """What the caller set up, where the caller sees it: in the workspace, or in direct messages in all. Raises NotAllowed."""
    place = here(caller)
    owned = await subscriptions.of_owner(session, place.platform, None if caller.away else place.workspace, caller.person)
    return [one for one in owned if place_of(one) == place or await caller.sees(place_of(one))]


async def _is_own(one: StoredSubscription, caller: Caller) -> bool:
    if one.owner != caller.person or not (caller.away or one.workspace == here(caller).workspace):
        return False
    return await caller.sees(place_of(one))


def _not_found(number: int) -> StoredSubscription:
    raise NotFound(f"There is no digest {number} here.", "'subscriptions' lists the digests and alerts set up here.")
