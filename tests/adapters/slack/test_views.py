from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.filled_in import SpeakerChosen
from adapters.slack import modals
from adapters.slack import subscription_form as forms
from adapters.slack.actions import matching
from adapters.slack.home import MOST_SUBSCRIPTIONS, home
from adapters.slack.rendering import answer, error, in_one, messages
from adapters.slack.subscription_form import SubscriptionForm
from bot.callers import Channel
from bot.grammar.digest_wishes import otherwise_usual, read_wishes
from bot.replies import QuoteCard, Reply, Section, SubscriptionKind, SubscriptionView, Voice
from tests.adapters.hostile import CARDS, REPLIES, SUBSCRIPTIONS, TEXTS
from tests.adapters.slack.seen import lines, pings, pressed
from tests.fakes.newsroom import card
from tests.fakes.slack_blocks import check_view, elements

ZONE = ZoneInfo("Europe/London")
RUNS = SubscriptionView(3, "about ferries", "weekdays at 09:00", "Europe/Paris", Channel("slack", "T1", "C1"), "U1")
STATUS = Reply("What is stored.", (Section("Store", lines=("2 articles of 1 outlet", "9 quotes by 3 speakers")),), ("A feed fails.",))
_FEW = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def _checked(view: dict[str, Any]) -> dict[str, Any]:
    assert check_view(view) == []
    assert pings(view["blocks"]) == []
    return view


def _fields(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}


def _typed(**words: str) -> dict[str, dict[str, dict[str, str]]]:
    return {name.replace("_", "-"): {name.replace("_", "-"): {"type": "plain_text_input", "value": text}} for name, text in words.items()}


def test_the_modal_for_a_question_offers_requests_that_work() -> None:
    view = _checked(modals.ask_modal(("who said what about ferries",)))
    assert (view["title"]["text"], view["submit"]["text"], view["close"]["text"]) == ("Ask Verbatim", "Ask", "Cancel")
    assert view["callback_id"] == modals.ASK_MODAL
    assert lines(view["blocks"]) == ["Or ask one of these:", "[who said what about ferries]"]
    assert modals.question_asked(_typed(question=" who said what ")) == "who said what"


def test_an_answer_in_a_modal_can_only_be_closed() -> None:
    message = answer(STATUS, zone=ZONE, private=True, in_modal=True)
    view = _checked(modals.answer_modal(message))
    assert view["blocks"] == message.blocks
    assert "submit" not in view
    assert lines(_checked(modals.looking_modal())["blocks"]) == ["Looking…"]


def test_all_that_is_told_in_several_messages_stands_in_one_modal() -> None:
    told = [error("There is no quote 7."), error("There is no quote 8.")]
    view = _checked(modals.answer_modal(in_one(told)))
    assert lines(view["blocks"]) == ["There is no quote 7.", "There is no quote 8."]


def test_what_a_modal_does_not_hold_is_said_to_be_left_out() -> None:
    view = _checked(modals.answer_modal(in_one([error("Nobody knows. " * 200)] * 5)))
    assert lines(view["blocks"])[-1] == "(There is more than one message holds.)"
    assert len(view["blocks"]) > 1


def test_the_modal_for_a_wrong_speaker_shows_the_words_and_offers_the_people_of_the_article() -> None:
    voices = (Voice(1, "Ada Moor", "the harbour master"), Voice(2, "Ben Reed"))
    view = _checked(modals.wrong_speaker_modal(card(), voices, metadata="5:4"))
    assert lines(view["blocks"]) == ["Ada Moor", "> “We will not wait,” … “Nobody should.”"]
    options = [(option["text"]["text"], option["value"]) for option in _fields(view)[modals.VOICE]["options"]]
    assert options == [
        ("Ada Moor (the harbour master), as it is now", "1"),
        ("Ben Reed", "2"),
        ("Nobody said this: it is not a quote", "nobody"),
    ]


def test_who_is_the_speaker_already_is_marked_whatever_the_length() -> None:
    [option] = _offered(replace(card(), speaker="Ada " * 25), (Voice(1, "Ada " * 25, "the harbour master"),))[:-1]
    assert option.startswith("Ada Ada")
    assert option.endswith(" Ada…, as it is now")
    assert len(option) <= 75


@pytest.mark.parametrize("speaker", [None, "Cara Lund"])
def test_nobody_is_marked_where_the_speaker_is_not_known(speaker: str | None) -> None:
    assert _offered(replace(card(), speaker=speaker), (Voice(1, "Ada Moor"), Voice(2, "Ben Reed")))[:-1] == ["Ada Moor", "Ben Reed"]


def _offered(quote: QuoteCard, voices: tuple[Voice, ...]) -> list[str]:
    options = _fields(_checked(modals.wrong_speaker_modal(quote, voices)))[modals.VOICE]["options"]
    return [option["text"]["text"] for option in options]


@pytest.mark.parametrize(("people", "offered"), [(0, 1), (99, 100), (100, 100)])
def test_as_many_people_are_offered_as_a_menu_takes(people: int, offered: int) -> None:
    voices = [Voice(number, f"Person {number}") for number in range(people)]
    assert len(_fields(_checked(modals.wrong_speaker_modal(card(), voices)))[modals.VOICE]["options"]) == offered


def _chosen(value: str) -> dict[str, Any]:
    return {modals.VOICE: {modals.VOICE: {"type": "static_select", "selected_option": {"value": value}}}}


@pytest.mark.parametrize(
    ("values", "chosen"),
    [
        (_chosen("12"), SpeakerChosen(speaker_id=12)),
        (_chosen("nobody"), SpeakerChosen(nobody=True)),
        (_typed(somebody_else=" Cara Lund "), SpeakerChosen(name="Cara Lund")),
        (_chosen("12") | _typed(somebody_else="Cara Lund"), SpeakerChosen(12, "Cara Lund")),
        (
            {modals.VOICE: {modals.VOICE: {"selected_option": None}}, modals.SOMEBODY_ELSE: {modals.SOMEBODY_ELSE: {"value": None}}},
            SpeakerChosen(),
        ),
        ({modals.VOICE: {}, modals.SOMEBODY_ELSE: None}, SpeakerChosen()),
        ({}, SpeakerChosen()),
    ],
)
def test_the_speaker_is_read_from_what_was_filled_in(values: dict[str, Any], chosen: SpeakerChosen) -> None:
    assert modals.speaker_chosen(values) == chosen


def test_the_form_for_a_new_digest_asks_for_a_channel_and_shows_when_it_would_come() -> None:
    view = _checked(forms.subscription_modal(SubscriptionForm(zone="Europe/London"), upcoming="It would come tomorrow."))
    fields = _fields(view)
    assert view["title"]["text"] == "Set up a digest"
    assert list(fields) == ["kind", "about", "schedule", "zone", "density", "when-empty", "quiet", "channel"]
    assert fields["channel"]["default_to_current_conversation"] is True
    assert (fields["schedule"]["initial_value"], fields["zone"]["initial_value"]) == ("daily at 8", "Europe/London")
    assert fields["density"]["initial_option"]["value"] == "full"
    assert "(It would come tomorrow.)" in lines(view["blocks"])


def test_the_form_for_an_alert_has_no_schedule_and_asks_how_often_at_most() -> None:
    view = _checked(forms.subscription_modal(SubscriptionForm(SubscriptionKind.ALERT), upcoming="It would come tomorrow."))
    assert view["title"]["text"] == "Set up an alert"
    assert list(_fields(view)) == ["kind", "about", "zone", "limits", "quiet", "channel"]
    assert "(It would come tomorrow.)" not in lines(view["blocks"])


def test_the_form_for_a_digest_that_is_there_holds_what_it_is_and_keeps_its_channel() -> None:
    view = _checked(forms.subscription_modal(forms.of_view(replace(RUNS, wishes="short, quiet from 22:00 to 07:00"))))
    assert view["title"]["text"] == "Digest 3"
    fields = _fields(view)
    values = {name: field["initial_value"] for name, field in fields.items() if "initial_value" in field}
    assert values == {"about": "about ferries", "schedule": "weekdays at 09:00", "zone": "Europe/Paris", "quiet": "22:00 to 07:00"}
    assert [fields[name]["initial_option"]["value"] for name in ("density", "when-empty")] == ["short", "a line if nothing is new"]


@pytest.mark.parametrize("wishes", ["short, silent if nothing is new, quiet from 22:00 to 07:00", "full, a line if nothing is new", ""])
def test_what_is_wished_of_a_digest_is_the_same_when_nothing_is_changed_in_its_form(wishes: str) -> None:
    form = forms.of_view(replace(RUNS, wishes=wishes))
    assert otherwise_usual(read_wishes(form.wishes), form.kind) == otherwise_usual(read_wishes(wishes), form.kind)


def test_what_is_wished_of_an_alert_is_the_same_when_nothing_is_changed_in_its_form() -> None:
    wishes = "at most every 20 minutes, at most 5 a day, quiet from 22:00 to 07:00"
    form = forms.of_view(replace(RUNS, kind=SubscriptionKind.ALERT, schedule="", wishes=wishes))
    assert read_wishes(form.wishes) == read_wishes(wishes)


def test_a_digest_is_read_from_what_was_filled_in() -> None:
    values = _typed(about="ferries", schedule="daily at 8", zone="UTC", quiet="22-7") | {
        "channel": {"channel": {"selected_conversation": "C1"}},
        "density": {"density": {"selected_option": {"value": "short"}}},
        "kind": {"kind": {"selected_option": {"value": "digest"}}},
    }
    form = forms.filled_in(values, SubscriptionForm())
    assert form == SubscriptionForm(about="ferries", schedule="daily at 8", zone="UTC", density="short", quiet="22-7", channel="C1")
    assert form.wishes == "short, a line if nothing is new, quiet 22-7"


def test_an_alert_is_read_from_what_was_filled_in() -> None:
    values = _typed(about="ferries", limits="at most 5 a day", quiet="quiet 22-7")
    form = forms.filled_in(values, SubscriptionForm(SubscriptionKind.ALERT, channel="C1", number=3))
    assert (form.kind, form.number, form.channel) == (SubscriptionKind.ALERT, 3, "C1")
    assert form.wishes == "at most 5 a day, quiet 22-7"


def test_the_home_shows_what_is_stored_what_can_be_asked_and_the_digests_of_a_person() -> None:
    mine = Reply("Digests that you set up.", subscriptions=(RUNS,))
    view = _checked(home(STATUS, mine, None, None, ("who said what about ferries",)))
    assert lines(view["blocks"]) == [
        "# Verbatim: who said what, word for word",
        "[Ask] [Set up a digest or alert]",
        "Try one of these",
        "[who said what about ferries]",
        "---",
        "Store",
        "- 2 articles of 1 outlet",
        "- 9 quotes by 3 speakers",
        "A feed fails.",
        "[Add a feed] [Feeds]",
        "---",
        "Your digests and alerts",
        "Digest 3: about ferries",
        "weekdays at 09:00, Europe/Paris · #C1",
        "[Change] [Pause] [Mute for a day] [Send now] [Preview] [Delete]",
        "---",
        "Digests and alerts of a channel",
        "[Choose a channel]",
    ]


def test_the_home_shows_the_digests_of_the_channel_that_was_chosen() -> None:
    mine = Reply("Digests that you set up.", subscriptions=(RUNS,))
    view = _checked(home(STATUS, mine, Reply("Digests in this channel.", subscriptions=(RUNS, replace(RUNS, number=4))), "C1", ()))
    [menu] = [element for element in elements(view["blocks"]) if element["type"] == "conversations_select"]
    assert menu["initial_conversation"] == "C1"
    pauses = [element for element in elements(view["blocks"]) if matching("subscription-pause").search(element["action_id"])]
    assert [element["value"] for element in pauses] == ["3", "3", "4"]


def test_where_there_is_no_digest_the_home_says_so() -> None:
    none = Reply("Digests that you set up.", notes=("You have set up none.",))
    assert "You have set up none." in lines(_checked(home(STATUS, none, None, None, ()))["blocks"])


def test_the_home_says_how_many_digests_it_leaves_out() -> None:
    many = Reply("Digests.", subscriptions=(RUNS,) * (MOST_SUBSCRIPTIONS + 2))
    view = _checked(home(STATUS, many, many, "C1", ("a",) * 9))
    left_out = "(And 2 subscriptions more: 'subscriptions' lists those of a channel there.)"
    assert lines(view["blocks"]).count(left_out) == 2
    assert list(pressed(view["blocks"])).count("a") == 1


@_FEW
@given(status=REPLIES, mine=REPLIES, channel=st.none() | REPLIES, examples=st.lists(TEXTS, max_size=6))
def test_whatever_is_stored_slack_takes_the_home(status: Reply, mine: Reply, channel: Reply | None, examples: list[str]) -> None:
    _checked(home(status, mine, channel, "C1", examples))


@_FEW
@given(
    quote=CARDS,
    voices=st.lists(st.builds(Voice, st.integers(1, 10**9), TEXTS, TEXTS), max_size=5, unique_by=lambda voice: voice.speaker_id),
    view=st.none() | SUBSCRIPTIONS,
    text=TEXTS,
    reply=REPLIES,
)
def test_whatever_an_article_holds_slack_takes_the_modals(
    quote: QuoteCard, voices: list[Voice], view: SubscriptionView | None, text: str, reply: Reply
) -> None:
    _checked(modals.wrong_speaker_modal(quote, voices))
    _checked(forms.subscription_modal(forms.of_view(view) if view else SubscriptionForm(zone=text), upcoming=text))
    _checked(modals.ask_modal((text, text)))
    _checked(modals.answer_modal(answer(reply, zone=ZONE, private=True, in_modal=True)))
    _checked(modals.answer_modal(in_one(messages(reply, zone=ZONE, private=False))))
