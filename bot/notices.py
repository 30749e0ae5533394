"""What the owner of a digest or an alert is told when something went wrong with it. Pure."""

from collections.abc import Sequence
from datetime import datetime

from bot.errors import VerbatimError
from bot.replies import Reply
from bot.subscription_words import named, told, view_of
from storage.records import StoredDelivery, StoredSubscription


def paused(those: Sequence[StoredSubscription], error: VerbatimError, now: datetime) -> Reply:
    """Nothing can be posted in a channel, so what comes there rests; `those` are paused already."""
    what = f"{named(those[0])} is paused" if len(those) == 1 else f"{len(those)} digests and alerts are paused"
    return Reply(
        f"{what}: {error.what}",
        notes=(*((error.remedy,) if error.remedy else ()), "What is new meanwhile comes once they go on."),
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
