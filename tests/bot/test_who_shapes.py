from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.errors import NotUnderstood
from bot.grammar.commands import parse
from bot.requests import Ask, Command, Who


def typed(text: str) -> Command:
    return parse(text, now=datetime(2026, 11, 17, 14, 30, tzinfo=UTC), zone=ZoneInfo("Europe/London"), outlets=["The Mill"])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("who is Ada Moor", "Ada Moor"),
        ("Who is Ada Moor?", "Ada Moor"),
        ("who's Moor?", "Moor"),
        ("who’s Moor", "Moor"),
        ("who is #12", "#12"),
        ("who is the harbour master?", "the harbour master"),
        ("who is the minister for ferries", "the minister for ferries"),
        ("who is Lord Wood of Anfield", "Lord Wood of Anfield"),
        ("who was King Olaf", "King Olaf"),
        ("who are the Friends of the Oar", "the Friends of the Oar"),
        ("who exactly is Ada Moor", "Ada Moor"),
        ("who Ada Moor is", "Ada Moor"),
        ("tell me who Ada Moor is", "Ada Moor"),
        ("can you tell me who Moor is please", "Moor"),
        ("do you know who Ada Moor is?", "Ada Moor"),
        ("speaker Ada Moor", "Ada Moor"),
        ("speaker called Ada Moor", "Ada Moor"),
        ("Speaker #12", "#12"),
    ],
)
def test_who_somebody_is_can_be_asked_in_many_ways(text: str, name: str) -> None:
    command = typed(text)
    assert isinstance(command, Who)
    assert command.name == name
    assert not command.surely


@pytest.mark.parametrize("text", ["tell me about Ada Moor", "what do you know about Ada Moor?", "what do we know about Ada Moor"])
def test_what_may_be_a_topic_as_well_is_a_name_only_where_it_is_surely_one(text: str) -> None:
    command = typed(text)
    assert isinstance(command, Who)
    assert command.name == "Ada Moor"
    assert command.surely
    assert command.otherwise is not None


@pytest.mark.parametrize(
    "text",
    [
        *("who is talking about ferries", "who is against the bypass", "who is in favour of the bypass", "who is worried about tax"),
        *("who is saying what", "who is quoted", "who is quoted about ferries in The Mill", "who was speaking to the Mill about tax"),
        *("who said what about ferries", "who is Ada Moor since Monday", "who's said “no deal”", "who is saying “no deal”"),
        *("tell me what Ada Moor said", "tell me about ferries since Monday", "what do we know about ferries in The Mill"),
        *("people who are late", "speakers on tax"),
    ],
)
def test_who_said_something_is_a_question(text: str) -> None:
    assert isinstance(typed(text), Ask)


def test_the_keyword_by_itself_says_how_it_works() -> None:
    with pytest.raises(NotUnderstood, match="speaker Ann Bell"):
        typed("speaker")


def test_the_keyword_with_a_typing_error_is_seen() -> None:
    with pytest.raises(NotUnderstood) as raised:
        typed("speakr Ada Moor")
    assert raised.value.suggestions == ("speaker Ada Moor",)


def test_what_is_longer_than_any_name_is_a_question() -> None:
    assert isinstance(typed("who is the person that wrote a very long letter to all of us"), Ask)
    assert isinstance(typed("speaker of that house that we all went to by that old ferry"), Ask)
