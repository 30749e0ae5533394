from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from adapters.wording import (
    day_in_words,
    delivery_facts,
    delivery_name,
    doubt_in_words,
    moment_in_words,
    place_facts,
    subscription_name,
    subscription_times,
)
from bot.callers import Channel
from bot.replies import DeliveryState, DeliveryView, Place, SubscriptionKind, SubscriptionView, Sureness
from tests.fakes.newsroom import PLACE

LONDON = ZoneInfo("Europe/London")
DUE = datetime(2024, 10, 14, 7, tzinfo=UTC)
CHANNEL = Channel("slack", "T1", "C1")
SENT = DeliveryView(12, 3, "about ferries", CHANNEL, DUE, DeliveryState.SENT, sent_at=DUE + timedelta(seconds=9))


def test_a_day_keeps_its_name_where_only_the_day_is_known() -> None:
    west = ZoneInfo("America/New_York")
    assert day_in_words(datetime(2024, 10, 14, tzinfo=UTC), west) == "14 October 2024"
    assert day_in_words(datetime(2024, 10, 14, 2, 5, tzinfo=UTC), west) == "13 October 2024"


def test_a_moment_is_told_by_the_clocks_of_its_zone() -> None:
    assert moment_in_words(datetime(2024, 10, 14, 22, 30, tzinfo=UTC), ZoneInfo("Europe/London")) == "Monday 14 October 2024, 23:30"


def test_a_place_is_told_as_far_as_it_is_known() -> None:
    assert place_facts(PLACE, ZoneInfo("UTC")) == ["Harbour Post", "14 October 2024", "Ferry late"]
    assert place_facts(Place(3, None, None, None, None), ZoneInfo("UTC")) == ["article 3"]


def test_only_a_doubt_is_put_into_a_sentence() -> None:
    assert doubt_in_words(Sureness.SURE, corrected=False) == ""
    assert doubt_in_words(Sureness.LIKELY, corrected=False) == "Likely, but not certain: check it in the article."
    assert doubt_in_words(Sureness.UNSURE, corrected=False) == "Unsure: read it in the article before you use it."
    assert doubt_in_words(Sureness.UNSURE, corrected=True) == "Corrected: a person set the speaker."


def test_a_subscription_says_what_it_is_how_it_comes_and_until_when_it_is_muted() -> None:
    alert = SubscriptionView(4, "quotes by Ada\nMoor", "", "Europe/London", CHANNEL, "U1", kind=SubscriptionKind.ALERT)
    assert subscription_name(alert) == "Alert 4: quotes by Ada Moor"
    assert subscription_times(alert) == ["Europe/London"]
    muted = replace(alert, wishes="at most every 10 minutes", muted_until=DUE)
    assert subscription_times(muted)[1:] == ["at most every 10 minutes", "muted until Monday 14 October 2024, 08:00"]


def test_a_delivery_says_when_it_was_due_and_what_became_of_it() -> None:
    assert delivery_name(SENT, LONDON) == "Monday 14 October 2024, 08:00: about ferries"
    assert delivery_facts(SENT, LONDON) == ["sent", "digest 3"]
    late = replace(SENT, sent_at=DUE + timedelta(hours=2))
    assert delivery_facts(late, LONDON)[0] == "sent Monday 14 October 2024, 10:00"
    skipped = replace(SENT, state=DeliveryState.SKIPPED, sent_at=None, reason="nothing\nnew")
    assert delivery_facts(skipped, LONDON) == ["skipped", "nothing new", "digest 3"]
    assert delivery_facts(replace(skipped, state=DeliveryState.CLAIMED, reason=""), LONDON)[0] == "being sent"
