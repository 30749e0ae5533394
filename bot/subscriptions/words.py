"""A subscription in words, and as people are shown it. Pure."""

from datetime import datetime
from itertools import islice

from bot.digests.due import moments, timing_of
from bot.grammar.digest_wishes import in_words
from bot.replies import SubscriptionView
from bot.subscriptions.guarding import place_of
from bot.subscriptions.restrictions import asked_of, of_what, what
from storage.records import NewSubscription, StoredSubscription, SubscriptionKind

FOLLOWING = 3


def named(one: StoredSubscription) -> str:
    """A subscription by its number, as a sentence begins: "Digest 3", "Alert 4"."""
    return f"{one.kind.capitalize()} {one.id}"


def a_kind(kind: SubscriptionKind) -> str:
    """A digest, or an alert."""
    return "an alert" if kind == SubscriptionKind.ALERT else "a digest"


def told(one: NewSubscription) -> str:
    """What a digest or an alert is: "about ferries daily at 08:00, Europe/London, short"."""
    when = f" {one.schedule}, {one.time_zone}" if one.schedule else ""
    wishes = in_words(one)
    return f"{of_what(asked_of(one))}{when}{f', {wishes}' if wishes else ''}"


def following(one: NewSubscription, after: datetime) -> tuple[datetime, ...]:
    """The next moments (UTC) at which a digest is due; none of an alert."""
    return tuple(islice(moments(*timing_of(one), after), FOLLOWING)) if one.schedule else ()


def view_of(one: StoredSubscription, now: datetime, *, changeable: bool = True) -> SubscriptionView:
    """A subscription as people are shown it, with the next moments at which it is due."""
    muted = one.muted_until if one.muted_until and one.muted_until > now else None
    return SubscriptionView(
        number=one.id,
        what=what(asked_of(one)),
        schedule=one.schedule,
        time_zone=one.time_zone,
        channel=place_of(one),
        owner=one.owner,
        paused=one.paused_reason,
        following=() if one.paused_at else following(one, muted or now),
        kind=one.kind,
        wishes=in_words(one),
        muted_until=muted,
        changeable=changeable,
    )
