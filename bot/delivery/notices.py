"""What the owner of a digest or an alert is told when something went wrong with it. Pure."""

from collections.abc import Sequence
from datetime import datetime

from bot.replies import Reply
from bot.subscriptions.words import named, told, view_of
from storage.records import StoredDelivery, StoredSubscription


def paused(those: Sequence[StoredSubscription], reason: str, remedy: str, now: datetime) -> Reply:
    """Nothing of `those` can be posted, so they rest, and are paused already; `remedy` says what to do about that ("": nothing)."""
    onwards = "What is new meanwhile comes once " + ("it goes on." if len(those) == 1 else "they go on.")
    return Reply(
        paused_in_words(those, reason),
        notes=(*((remedy,) if remedy else ()), onwards),
        subscriptions=tuple(view_of(one, now) for one in those),
    )


def uncertain(one: StoredSubscription, delivery: StoredDelivery, now: datetime) -> Reply:
    """Nobody knows whether a delivery was posted, and it is not posted again."""
    return Reply(
        f"{named(one)} {told(one)} may or may not have been posted. {delivery.reason}",
        notes=("Look whether it is in its channel. It is not sent again, as it could then stand there twice.",),
        suggestions=(f"digest log {one.id}",),
        subscriptions=(view_of(one, now),),
    )


def paused_in_words(those: Sequence[StoredSubscription], reason: str) -> str:
    """Which of them are paused, and why; `reason` is a sentence."""
    which = f"{named(those[0])} is" if len(those) == 1 else f"{len(those)} digests and alerts are"
    return f"{which} paused: {reason}"
