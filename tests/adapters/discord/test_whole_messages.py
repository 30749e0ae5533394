"""15. Whole messages at Discord's limits, as discord.py sends them: each is taken, and nothing is split or left out before it has to be."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

import discord
import pytest
from discord.http import handle_message_parameters
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord import modals
from adapters.discord.components import MOST_OPTIONS, Button, Menu
from adapters.discord.custom_ids import LONGEST_ID
from adapters.discord.packing import LONGEST_CONTENT, MOST_EMBEDS, MOST_WORDS, Message
from adapters.discord.rendering import error, messages, passage
from adapters.filled_in import DigestWished
from bot.callers import Channel
from bot.replies import Passage, QuoteCard, Reply, Section, SubscriptionView, Voice
from tests.adapters.hostile import PASSAGES, REPLIES
from tests.fakes.discord_forms import EDITED, IN_ANSWER, NEW, check_message, check_modal, check_not_empty, fields_of, size
from tests.fakes.discord_records import EPHEMERAL
from tests.fakes.newsroom import card

ZONE = ZoneInfo("Europe/London")
SIGNS = ("x", "*", "\U0001f600", "Z\u0301")


def sent(message: Message) -> dict[str, Any]:
    """The message as discord.py sends it; Refused where Discord takes it in none of the ways in which it can be sent."""
    with handle_message_parameters(message.content or None, embeds=message.embeds, view=message.view()) as parameters:
        form: dict[str, Any] = dict(parameters.payload or {})
    check_message(NEW, form, {})
    check_message(EDITED, form, {})
    check_message(IN_ANSWER, form | {"flags": EPHEMERAL}, {})
    check_not_empty(form, {})
    return form


def rendered(reply: Reply, *, private: bool = False) -> list[Message]:
    """The messages of a reply, each of which Discord takes."""
    found = messages(reply, zone=ZONE, private=private)
    for message in found:
        sent(message)
    return found


def words(found: Sequence[Message]) -> list[int]:
    """How many characters there are in the embeds of each message."""
    return [sum(size(dict(embed.to_dict())) for embed in message.embeds) for message in found]


def quotes(number: int, *, text: str = "We will not wait.") -> Reply:
    """An answer that is not kept, so that all its quotes are shown at once."""
    cards: list[QuoteCard] = [replace(card((text,)), quote_id=place) for place in range(1, number + 1)]
    return Reply("Quotes about the ferry.", (Section("Ada Moor", "Quotes", tuple(cards)),))


def buttons(found: Sequence[Message]) -> list[Button]:
    return [part for message in found for row in message.rows for part in row if isinstance(part, Button)]


@given(reply=REPLIES, private=st.booleans())
@settings(max_examples=30)
def test_whatever_a_reply_holds_its_messages_are_taken(reply: Reply, private: bool) -> None:
    assert rendered(reply, private=private)


@given(found=PASSAGES)
@settings(max_examples=30)
def test_whatever_a_passage_holds_it_is_taken(found: Passage) -> None:
    sent(passage(found, zone=ZONE))


@pytest.mark.parametrize("sign", SIGNS)
def test_a_sentence_of_any_length_is_taken(sign: str) -> None:
    for length in (1, 499, 500, 501, 999, 1000, 1001, 1999, 2000, 2001, 9999):
        sent(error(sign * length))
        assert rendered(Reply(sign * length))


def test_content_is_as_long_as_it_may_be_and_no_longer() -> None:
    lengths = [len(error("x" * length).content) for length in range(LONGEST_CONTENT - 2, LONGEST_CONTENT + 3)]
    assert lengths == [LONGEST_CONTENT - 2, LONGEST_CONTENT - 1, LONGEST_CONTENT, LONGEST_CONTENT, LONGEST_CONTENT]


def test_a_message_holds_ten_embeds_and_the_eleventh_comes_in_the_next() -> None:
    for number in range(1, 3 * MOST_EMBEDS):
        shown = [len(message.embeds) for message in rendered(quotes(number))]
        assert shown == [MOST_EMBEDS] * (number // MOST_EMBEDS) + ([number % MOST_EMBEDS] if number % MOST_EMBEDS else [])


@pytest.mark.parametrize("sign", SIGNS)
def test_embeds_are_put_into_another_message_only_where_one_does_not_hold_their_words(sign: str) -> None:
    lengths = range(1650, 2100) if sign == "x" else range(600, 1100, 7)
    found = [words(rendered(quotes(3, text=sign * length))) for length in lengths]
    assert {len(together) for together in found} == {1, 2}
    assert all(sum(together) > MOST_WORDS for together in found if len(together) == 2)
    assert max(together[0] for together in found if len(together) == 1) > MOST_WORDS - 60


def test_however_many_requests_are_suggested_each_can_be_pressed() -> None:
    for number in range(1, 40):
        suggested = [f"quotes by Speaker {place}" for place in range(number)]
        found = rendered(Reply("Nothing was found.", suggestions=tuple(suggested)))
        assert [button.label for button in buttons(found)] == suggested
        assert all(len(message.rows) == 5 for message in found[:-1])


def test_a_request_is_a_button_up_to_the_longest_id_and_then_it_is_written_out() -> None:
    pressable = set()
    for length in range(60, 2 * LONGEST_ID):
        request = f"quotes by {'x' * (length - 10)}"
        found = rendered(Reply("Nothing was found.", suggestions=(request,)))
        pressed = buttons(found)
        assert pressed or request in " ".join(embed.description or "" for embed in found[0].embeds) + found[0].content
        assert all(len(button.label) <= 80 and request.startswith(button.label.rstrip("…")) for button in pressed)
        pressable |= {len(button.custom_id) for button in pressed}
    assert max(pressable) == LONGEST_ID


def test_however_many_digests_are_listed_each_has_its_row() -> None:
    digest = SubscriptionView(3, "about ferries", "daily at 08:00", "Europe/London", Channel("discord", "1", "2"), "9", following=())
    for number in range(1, 14):
        listed = tuple(replace(digest, number=place) for place in range(1, number + 1))
        found = rendered(Reply("Digests here.", subscriptions=listed))
        assert sum(button.label.startswith("Delete") for button in buttons(found)) == number
        assert all(len(message.rows) == 5 for message in found[:-1])


def test_a_menu_has_an_option_for_each_quote_of_its_message() -> None:
    for number in range(2, 3 * MOST_EMBEDS):
        for message in rendered(quotes(number)):
            menus = [part for row in message.rows for part in row if isinstance(part, Menu)]
            assert all(1 <= len(menu.options) == len(message.embeds) <= MOST_OPTIONS for menu in menus)


@pytest.mark.parametrize("number", [1, MOST_OPTIONS - 1, MOST_OPTIONS, MOST_OPTIONS + 1, 60])
def test_the_form_for_a_wrong_speaker_is_taken_however_many_speakers_an_article_has(number: int) -> None:
    voices = [Voice(place, f"Speaker {place} " + "x" * 90, "described " * 20) for place in range(1, number + 1)]
    form = dict(modals.wrong_speaker_modal(card(), voices).to_dict())
    check_modal(form)
    (menu,) = (field for field in fields_of(form) if field["type"] == discord.ComponentType.select.value)
    assert len(menu["options"]) == min(number + 1, MOST_OPTIONS)


@pytest.mark.parametrize("length", [0, 1, 44, 45, 46, 99, 100, 101, 999, 1000, 1001, 4000, 4001])
def test_the_form_for_a_digest_is_taken_however_long_what_it_begins_with_is(length: int) -> None:
    typed = DigestWished("x" * length, "y" * length, "1", "z" * length, "w" * length)
    form = modals.new_digest_modal(typed, channel=1, unset_zone="n" * 79)
    check_modal(dict(form.to_dict()))
