from collections.abc import Sequence
from dataclasses import asdict, replace

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord import modals
from adapters.discord.components import Button, Menu, Row, page_row, quote_rows, suggestion_rows, view
from adapters.discord.modals import LONGEST_ABOUT, change_modal, new_digest_modal, wrong_speaker_modal
from adapters.filled_in import DigestWished, SpeakerChosen
from adapters.pages import Page
from bot.callers import Channel
from bot.replies import Kept, QuoteCard, SubscriptionKind, SubscriptionView, Voice
from tests.adapters.discord.limits import modal_problems
from tests.adapters.discord.markdown_model import seen
from tests.adapters.hostile import CARDS, SUBSCRIPTIONS, TEXTS
from tests.fakes.newsroom import card

KEPT = Kept(answer_id=5, before=6, after=9, last=7, can_narrow=True, since=4)
DIGEST = SubscriptionView(3, "about ferries", "daily at 08:00", "Europe/London", Channel("discord", "1", "2"), "9")
VOICES = st.lists(st.builds(Voice, st.integers(1, 2**63 - 1), TEXTS, TEXTS), max_size=40, unique_by=lambda voice: voice.speaker_id)
EXPENSIVE = settings(max_examples=40, deadline=None)


def _ids(rows: Sequence[Row]) -> list[list[str]]:
    return [[component.custom_id for component in row] for row in rows]


def test_one_quote_has_two_buttons() -> None:
    assert _ids(quote_rows([card()], Page(5, 4))) == [["context:7:5:4", "speaker:7:5:4"]]
    assert _ids(quote_rows([card()], None)) == [["context:7", "speaker:7"]]


def test_several_quotes_have_two_menus_in_which_each_stands_once() -> None:
    rows = quote_rows([card(), replace(card(speaker=None), quote_id=8), card()], Page(5))
    assert _ids(rows) == [["quotes:context:5:"], ["quotes:speaker:5:"]]
    for [menu] in rows:
        assert isinstance(menu, Menu)
        assert [(option.value, option.label) for option in menu.options] == [
            ("7", "#7 Ada Moor: We will not wait, … Nobody should."),
            ("8", "#8 Speaker unknown: We will not wait, … Nobody should."),
        ]


def test_no_quote_has_nothing_to_press() -> None:
    assert quote_rows([], Page(5)) == []


def test_a_page_has_only_the_buttons_that_lead_somewhere() -> None:
    assert _ids([page_row(KEPT, private=True)]) == [["more:5:7", "direct:5:4", "export:5:4", "export-json:5:4", "share:5:4"]]
    assert _ids([page_row(replace(KEPT, after=0, can_narrow=False, since=None), private=False)]) == [["export:5:", "export-json:5:"]]


def test_requests_stand_on_buttons_and_those_too_long_for_one_are_handed_back() -> None:
    requests = [f"{number}{'a' * 90}" for number in range(6)]
    rows, long = suggestion_rows([*requests, "a" * 95, " "])
    assert [len(row) for row in rows] == [5, 1]
    assert next(component.label for component in rows[0] if isinstance(component, Button)) == f"0{'a' * 78}…"
    assert rows[0][0].custom_id == f"ask:0:{requests[0]}"
    assert long == ["a" * 95]


async def test_discord_is_sent_the_rows_and_nothing_of_the_view_is_kept() -> None:
    made = view([*quote_rows([card(), replace(card(), quote_id=8)], Page(5)), page_row(KEPT, private=False)])
    sent = made.to_components()
    assert [[component["type"] for component in row["components"]] for row in sent] == [[3], [3], [2, 2, 2, 2]]
    assert [component["label"] for component in sent[2]["components"]] == ["More (9)", "Only direct", "Export CSV", "Export JSON"]
    assert made.is_finished()


def _submitted(modal: discord.ui.Modal, **values: str) -> dict[str, object]:
    """What Discord hands back of a modal in which that was filled in."""
    filled = []
    for component in modal.to_dict()["components"]:
        field = component.get("component")
        if field is None:
            filled.append({"type": component["type"], "id": 1})
            continue
        name = field["custom_id"]
        value = values.get(name.replace("-", "_"))
        inner = {"value": value or ""} if field["type"] == discord.ComponentType.text_input.value else {"values": [value] if value else []}
        filled.append({"type": component["type"], "id": 1, "component": {"type": field["type"], "custom_id": name, **inner}})
    return {"custom_id": modal.custom_id, "components": filled}


@pytest.mark.parametrize(
    ("filled", "chosen"),
    [
        ({}, SpeakerChosen()),
        ({"voice": "12"}, SpeakerChosen(12)),
        ({"voice": "nobody"}, SpeakerChosen(nobody=True)),
        ({"somebody_else": "Ben Reed"}, SpeakerChosen(name="Ben Reed")),
    ],
)
def test_the_speaker_is_read_from_their_modal(filled: dict[str, str], chosen: SpeakerChosen) -> None:
    modal = wrong_speaker_modal(card(), [Voice(12, "Ada Moor", "ferry manager")], Page(5, 4))
    assert modal.custom_id == "speaker-modal:7:5:4"
    assert modals.speaker_chosen(_submitted(modal, **filled)) == chosen


def _offered(quote: QuoteCard, voices: Sequence[Voice]) -> list[str]:
    modal = wrong_speaker_modal(quote, voices)
    assert modal_problems(modal) == []
    return [option["label"] for option in modal.to_dict()["components"][1]["component"]["options"]]


def test_the_modal_for_a_wrong_speaker_marks_who_is_the_speaker_already() -> None:
    assert _offered(card(), (Voice(1, "Ada Moor", "the harbour master"), Voice(2, "Ben Reed"))) == [
        "Ada Moor, as it is now",
        "Ben Reed",
        "Nobody said this: it is not a quote",
    ]


@pytest.mark.parametrize(("length", "name"), [(86, "a" * 86), (87, "a" * 85 + "…")])
def test_who_is_the_speaker_already_is_marked_whatever_the_length(length: int, name: str) -> None:
    assert _offered(card(speaker="a" * length), [Voice(1, "a" * length)])[0] == f"{name}, as it is now"


@pytest.mark.parametrize("speaker", [None, "Cara Lund"])
def test_nobody_is_marked_where_the_speaker_is_not_known(speaker: str | None) -> None:
    assert _offered(card(speaker=speaker), (Voice(1, "Ada Moor"), Voice(2, "Ben Reed")))[:-1] == ["Ada Moor", "Ben Reed"]


@pytest.mark.parametrize(("people", "offered"), [(0, 1), (24, 25), (25, 25)])
def test_as_many_people_are_offered_as_a_menu_takes(people: int, offered: int) -> None:
    assert len(_offered(card(), [Voice(number, f"Person {number}") for number in range(people)])) == offered


@pytest.mark.parametrize(("length", "shown"), [(LONGEST_ABOUT, "a" * LONGEST_ABOUT), (LONGEST_ABOUT + 1, "a" * (LONGEST_ABOUT - 1) + "…")])
def test_what_stands_in_a_field_at_first_is_whole_at_its_limit_and_cut_one_over(length: int, shown: str) -> None:
    modal = change_modal(replace(DIGEST, what="a" * length))
    assert modal_problems(modal) == []
    assert modal.to_dict()["components"][0]["component"]["value"] == shown


def test_a_digest_is_read_from_its_modal() -> None:
    typed = DigestWished("ferries", "daily at 9", "2", "Europe/London", "short, quiet 22-7")
    modal = new_digest_modal(typed, channel=2)
    assert modals.digest_wished(_submitted(modal, **asdict(typed))) == typed


def test_a_digest_that_changes_keeps_its_channel_and_begins_with_what_it_is() -> None:
    modal = change_modal(replace(DIGEST, wishes="short"))
    assert [component["component"].get("value") for component in modal.to_dict()["components"]] == [
        "about ferries",
        "daily at 08:00",
        "Europe/London",
        "short",
    ]
    assert (modal.title, modal.custom_id) == ("Digest 3", "digest-modal:3")


def test_of_an_alert_that_changes_it_is_not_asked_when_it_comes() -> None:
    modal = change_modal(replace(DIGEST, kind=SubscriptionKind.ALERT, schedule=""))
    assert [component["label"] for component in modal.to_dict()["components"]] == ["About", "Time zone", "How"]
    assert modal.title == "Alert 3"


async def test_nothing_of_a_modal_is_kept() -> None:
    assert all(modal.is_finished() for modal in (change_modal(DIGEST), wrong_speaker_modal(card(), [])))


@pytest.mark.parametrize("data", [{}, {"components": None}, {"components": [{"type": 18}]}])
def test_a_submission_in_which_nothing_stands_is_nothing(data: dict[str, object]) -> None:
    assert modals.speaker_chosen(data) == SpeakerChosen()


@EXPENSIVE
@given(CARDS, VOICES)
def test_discord_takes_the_modal_of_any_quote_and_shows_its_words(quote: QuoteCard, voices: list[Voice]) -> None:
    modal = wrong_speaker_modal(quote, voices, Page(10**18, 10**18))
    assert modal_problems(modal) == []
    assert {mark.kind for mark in seen(modal.to_dict()["components"][0]["content"]).marks} <= {"bold", "quote"}


@EXPENSIVE
@given(SUBSCRIPTIONS, TEXTS)
def test_discord_takes_the_modal_of_any_digest(digest: SubscriptionView, text: str) -> None:
    wished = DigestWished(text, text, "", text, text)
    for modal in (change_modal(digest), change_modal(digest, wished), new_digest_modal(wished, channel=2**63)):
        assert modal_problems(modal) == []
