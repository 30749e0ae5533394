"""What every platform says alike: days, quotes and their doubts, places, subscriptions, deliveries. Safe to show, without markup."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from adapters.plain import safe_line
from bot.replies import (
    Cited,
    DeliveryState,
    DeliveryView,
    Kept,
    Place,
    QuoteCard,
    QuoteKind,
    Reports,
    SubscriptionView,
    Sureness,
    Voice,
)

BETWEEN = " · "
BETWEEN_PIECES = " … "
UNKNOWN_SPEAKER = "Speaker unknown"
PRESENT = ", as it is now"
_MARKS = {QuoteKind.DIRECT: ("“", "”")}
_LATE = timedelta(minutes=1)  # a post is sent within seconds of when it is due; what took longer says when it came
_STATES = {state: str(state) for state in DeliveryState} | {DeliveryState.CLAIMED: "being sent"}


def day_in_words(moment: datetime, zone: ZoneInfo) -> str:
    """The day of a moment: 14 October 2024. Midnight UTC is what a date without a time is kept as: it keeps its day."""
    local = moment if moment.astimezone(UTC).time() == time() else moment.astimezone(zone)
    return f"{local.day} {local:%B %Y}"


def moment_in_words(moment: datetime, zone: ZoneInfo) -> str:
    """A moment by the clocks of a zone: Monday 14 October 2024, 08:00."""
    local = moment.astimezone(zone)
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M}"


def sort_in_words(kind: QuoteKind, reports: Reports) -> list[str]:
    """What sort of quote it is: its kind, and that it is an attitude if it is one."""
    return [str(kind)] if reports is Reports.SPEECH else [str(kind), str(reports)]


def doubts(sureness: Sureness, *, corrected: bool) -> list[str]:
    """What a reader must know of how far a quote can be trusted; nothing where it is sure."""
    if corrected:
        return ["corrected"]
    return [] if sureness is Sureness.SURE else [str(sureness)]


def doubt_in_words(sureness: Sureness, *, corrected: bool) -> str:
    """The same as a sentence; "" where the quote is sure."""
    if corrected:
        return "Corrected: a person set the speaker."
    match sureness:
        case Sureness.SURE:
            return ""
        case Sureness.LIKELY:
            return "Likely, but not certain: check it in the article."
        case Sureness.UNSURE:
            return "Unsure: read it in the article before you use it."


def present_voice(card: QuoteCard, voices: Sequence[Voice]) -> Voice | None:
    """Who of those to choose from is the speaker already (the first, if one is): marked as PRESENT, so that nobody confirms a mistake."""
    return voices[0] if voices and voices[0].name == card.speaker else None


def quotation_marks(kind: QuoteKind) -> tuple[str, str]:
    """What stands before and after a piece. Only words that stand inside quotation marks in the article get them here."""
    return _MARKS.get(kind, ("", ""))


def cited_words(cited: Cited) -> str:
    """A sentence of an article as it stands there, with the cut to be seen where it is not whole."""
    return f"{'' if cited.begins else '… '}{safe_line(cited.words)}{'' if cited.ends else ' …'}"


def place_facts(place: Place, zone: ZoneInfo) -> list[str]:
    """Outlet (or the article's number), day and headline, as far as they are known."""
    return [*source_facts(place, zone), *([safe_line(place.headline)] if place.headline else [])]


def source_facts(place: Place, zone: ZoneInfo) -> list[str]:
    """Outlet (or the article's number) and day, as far as they are known."""
    outlet = safe_line(place.outlet) if place.outlet else f"article {place.article_id}"
    return [outlet, day_in_words(place.published, zone)] if place.published else [outlet]


def copies_in_words(places: Iterable[Place], zone: ZoneInfo) -> str:
    """The other places that carry the very same words: also in Island Courier, 15 October 2024; article 3."""
    return f"also in {'; '.join(', '.join(source_facts(place, zone)) for place in places)}"


def subscription_name(view: SubscriptionView) -> str:
    """What a subscription goes by: Digest 3: about ferries."""
    return f"{view.kind.capitalize()} {view.number}: {safe_line(view.what)}"


def subscription_times(view: SubscriptionView) -> list[str]:
    """When a subscription comes and how, why it does not if it is paused or muted, and when it does next."""
    zone = ZoneInfo(view.time_zone)
    facts = [safe_line(", ".join(filter(None, (view.schedule, view.time_zone))))]
    if view.wishes:
        facts.append(safe_line(view.wishes))
    if view.paused is not None:
        facts.append(f"paused: {safe_line(view.paused)}" if view.paused else "paused")
    if view.muted_until is not None:
        facts.append(f"muted until {moment_in_words(view.muted_until, zone)}")
    if view.following:
        facts.append(f"next: {'; '.join(moment_in_words(moment, zone) for moment in view.following)}")
    return facts


def which_quotes(kept: Kept, shown: int, thing: str = "quote") -> str:
    """Which quotes of an answer a page shows: Quotes 7 to 12 of 20, or Quotes 7 to 12 where it is not known how many there are."""
    which = f"{thing.capitalize()}s {kept.before + 1:,} to {kept.before + shown:,}"
    return which if kept.more else f"{which} of {kept.before + shown + kept.after:,}"


def more_in_words(kept: Kept) -> str:
    """What leads to the next page: More (8), or where it is not known how many there are, More."""
    return "More" if kept.more else f"More ({kept.after:,})"


def delivery_name(view: DeliveryView, zone: ZoneInfo) -> str:
    """What something that a channel was to get by itself goes by: Monday 14 October 2024, 08:00: about ferries."""
    return f"{moment_in_words(view.due_at, zone)}: {safe_line(view.what)}"


def delivery_facts(view: DeliveryView, zone: ZoneInfo) -> list[str]:
    """What became of it: its state, when it was sent if that was not at once, why it is not simply sent, and whose it is."""
    facts = [delivery_state(view)]
    if late := sent_late(view):
        facts = [f"sent {moment_in_words(late, zone)}"]
    if view.reason:
        facts.append(safe_line(view.reason))
    return [*facts, f"{view.kind} {view.subscription}"]


def delivery_state(view: DeliveryView) -> str:
    """How far it has come: due, being sent, sent, skipped, failed, uncertain."""
    return _STATES[view.state]


def sent_late(view: DeliveryView) -> datetime | None:
    """When it was sent, if that was not at once."""
    return view.sent_at if view.sent_at is not None and view.sent_at - view.due_at >= _LATE else None
