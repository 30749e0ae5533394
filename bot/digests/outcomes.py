"""What becomes of a delivery, by what was found and when. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.digests.due import after_quiet, is_quiet, quiet_of
from bot.errors import CannotPost, NotNow, VerbatimError
from storage.records import Claim, DeliveryState, Outcome, StoredDelivery, StoredSubscription

NOTHING_NEW = "nothing new"
_LONGEST_WAIT = timedelta(minutes=5)
_LONGEST_REST = timedelta(hours=1)
_MANY_TRIES, _LONG = 12, timedelta(hours=1)
"""What is lost as often as that, and for so long, is given up."""
_ON_TIME = timedelta(minutes=10)
"""What is not later than this comes though quiet hours have just begun."""


@dataclass(frozen=True, slots=True)
class Pace:
    """How long things may take. A claim that is older than `lease` is taken over by whoever comes; a send takes at most `send`.

    A channel is not looked at sooner than `settling` after a send began. Where it cannot be looked at for as long as `looking`, the
    delivery is given up as uncertain. What cannot be recorded is tried again every `again`. What is being sent when the process is
    told to end has `ending` to finish.
    """

    lease: timedelta = timedelta(minutes=2)
    send: timedelta = timedelta(seconds=45)
    settling: timedelta = timedelta(seconds=10)
    looking: timedelta = timedelta(minutes=10)
    again: timedelta = timedelta(seconds=2)
    ending: timedelta = timedelta(seconds=3)


def hindrance(claim: Claim, subscription: StoredSubscription, now: datetime) -> Outcome | None:
    """What becomes of a claim that is certain not to be posted, as its subscription is now; None where nothing hinders it."""
    if subscription.paused_at is not None:
        return _closed(claim.delivery, DeliveryState.SKIPPED, now, reason=f"paused: {subscription.paused_reason}")
    if subscription.muted_until is not None and subscription.muted_until > now:
        return _closed(claim.delivery, DeliveryState.SKIPPED, now, reason="muted")
    if _wish(subscription) != _wish(claim.subscription):
        return put_back(claim.delivery, now, reason="changed meanwhile")
    zone, quiet = ZoneInfo(subscription.time_zone), quiet_of(subscription)
    asked_for = is_quiet(claim.delivery.due_at, zone, quiet)  # no schedule has it come then, but a person may
    if now > claim.delivery.due_at + _ON_TIME and is_quiet(now, zone, quiet) and not asked_for:
        return put_back(claim.delivery, after_quiet(now, zone, quiet), reason="late, and held back in quiet hours")
    return None


def nothing_new(delivery: StoredDelivery, now: datetime) -> Outcome:
    """Nothing is to be said, and silence is wanted then."""
    return _closed(delivery, DeliveryState.SKIPPED, now, reason=NOTHING_NEW, covered=True)


def put_back(delivery: StoredDelivery, try_at: datetime, *, reason: str | None = None) -> Outcome:
    """It is certain that it was not posted, and it is tried again from `try_at` on."""
    return given_back(not_posted(delivery), try_at, reason=reason)


def not_posted(delivery: StoredDelivery) -> StoredDelivery:
    """A delivery of which it is certain that it stands nowhere."""
    return replace(delivery, begun_at=None, blind_since=None, mark=None)


def given_back(delivery: StoredDelivery, try_at: datetime, *, reason: str | None = None) -> Outcome:
    """Nothing was done with it, and it is as it was."""
    return Outcome(replace(delivery, state=DeliveryState.DUE, lease_until=None, try_at=try_at, reason=reason or delivery.reason))


def sent(delivery: StoredDelivery, place: str, now: datetime) -> Outcome:
    """It stands in its channel, sent when that was last begun."""
    there = replace(delivery, sent_at=delivery.begun_at or now, message_ref=place)
    return _closed(there, DeliveryState.SENT, now, covered=True)


def failed(delivery: StoredDelivery, now: datetime, *, mark: str) -> Outcome:
    """A mistake of ours, which would only be made again; what it was to tell comes with the next one."""
    reason = f"There was a mistake in Verbatim itself; the log has it under {mark}."
    return _closed(replace(delivery, mark=mark), DeliveryState.FAILED, now, reason=reason)


def refused(delivery: StoredDelivery, error: VerbatimError, now: datetime) -> Outcome:
    """It cannot be posted, or not even be put together, unless somebody changes something."""
    return _closed(delivery, DeliveryState.FAILED, now, reason=str(error))


def not_sent(delivery: StoredDelivery, error: VerbatimError, now: datetime, pace: Pace) -> Outcome:
    """What becomes of a delivery that was begun, by what the platform said."""
    match error:
        case CannotPost():
            return refused(delivery, error, now)
        case NotNow():
            return put_back(delivery, now + _rest(error), reason=error.what)
        case _:
            return in_doubt(delivery, pace, reason=error.what)


def in_doubt(delivery: StoredDelivery, pace: Pace, *, reason: str, mark: str | None = None) -> Outcome:
    """It may have been posted: its channel is looked at once what was sent must have come; later each time."""
    begun = delivery.begun_at or delivery.try_at
    settled = begun + min(pace.settling * 2 ** min(delivery.tries - 1, 10), _LONGEST_WAIT)
    return given_back(replace(delivery, mark=mark), settled, reason=reason)


def unsettled(delivery: StoredDelivery, now: datetime, pace: Pace) -> Outcome | None:
    """What was sent may still be on its way: it is looked for later."""
    if delivery.begun_at is None or now >= delivery.begun_at + pace.settling:
        return None
    return given_back(delivery, delivery.begun_at + pace.settling)


def absent(delivery: StoredDelivery, now: datetime) -> Outcome | None:
    """It is certain that it was not posted: None where it is to be sent again.

    It is not after a mistake of ours, nor where it was lost again and again for a long time.
    """
    if delivery.mark:
        return failed(delivery, now, mark=delivery.mark)
    if delivery.tries < _MANY_TRIES or now < delivery.until_at + _LONG:
        return None
    return _closed(delivery, DeliveryState.FAILED, now, reason=f"It was tried {delivery.tries} times. {delivery.reason or ''}".rstrip())


def unseen(delivery: StoredDelivery, error: VerbatimError, now: datetime, pace: Pace) -> Outcome:
    """Its channel cannot be looked at: that is tried again, later each time, and given up at last."""
    blind_since = delivery.blind_since or now
    blind = replace(delivery, blind_since=blind_since)
    if isinstance(error, CannotPost) or now - blind_since >= pace.looking:
        return _closed(blind, DeliveryState.UNCERTAIN, now, reason=error.what, covered=True)
    wait = _rest(error) if isinstance(error, NotNow) else max(pace.settling, (now - blind_since) / 2)
    return given_back(blind, now + wait, reason=error.what)


def may_send(delivery: StoredDelivery, now: datetime, pace: Pace) -> bool:
    """Whether enough is left of the lease for one send, so that it has ended for certain before anybody else takes over."""
    return delivery.lease_until is not None and now + pace.send <= delivery.lease_until


def _rest(error: NotNow) -> timedelta:
    """How long to wait, which no platform says in a way that could harm."""
    longest = _LONGEST_REST.total_seconds()
    return timedelta(seconds=max(1, min(longest, error.seconds)))  # what is no number is not less


def _closed(delivery: StoredDelivery, state: DeliveryState, now: datetime, *, reason: str | None = None, covered: bool = False) -> Outcome:
    return Outcome(replace(delivery, state=state, lease_until=None, closed_at=now, reason=reason), covered)


def _wish(one: StoredSubscription) -> StoredSubscription:
    """What a post depends on of a subscription."""
    return replace(one, next_due=None, seen_quote=0, seen_at=None, muted_until=None, schedule="")
