"""Who said what about X, where nobody uses the asker's words: with the embedder that comes with Verbatim, over a few articles."""

import re

import pytest

from bot.asking.widening import related
from bot.embedding.shipped import Shipped
from bot.replies import Reply, Reports
from storage.database import Database
from tests.newsrooms import Room, article, cards_of, words_of

RETURNS = "The IRS will look at fewer returns from families who earn little."
LATE = "Filing your return late still costs you money."
HIDDEN = "Rich people hide their income from the revenue service."
RATE = "Those who earn most will pay a higher rate on their income."
LOOPHOLES = "to close the loopholes for companies that pay nothing to the treasury"
LEVY = "A levy on profits drives companies abroad."
TAXPAYERS = "Every taxpayer should get a letter about it."
TRAVEL, NURSES = "Patients will have to travel twenty miles to see a doctor.", "Two of our nurses have already left."
BOAT, WAVES = "No boat left the harbour for three days.", "The waves were higher than the sea wall."
TAX = {RETURNS, LATE, HIDDEN, RATE, LOOPHOLES, LEVY, TAXPAYERS}
AUDITS = "The revenue service will audit fewer people next year."
ARTICLES = (
    article(
        AUDITS,
        f'Ann Bell said: "{RETURNS}"',
        f'Ann Bell said: "{LATE}"',
        f'Tom Cook said: "{HIDDEN}"',
        f'Ann Bell said: "{TAXPAYERS}"',
        'Ann Bell said: "We will write to those who filed nothing."',
        headline="Fewer audits",
    ),
    article(
        "The treasury wants to raise the rate on high incomes.",
        f'Ida Moor said: "{RATE}"',
        f'Ida Moor wants: "{LOOPHOLES}"',
        f'Eve Dale said: "{LEVY}"',
        number=2,
        outlet="The Oar",
        published="2026-11-03T12:00:00Z",
        headline="Treasury plan",
    ),
    article(AUDITS, f'Ann Bell said: "{RETURNS}"', number=3, outlet="The Buoy", headline="Fewer audits"),
    article(
        "The ferry to the island was cancelled again after a night of storms.",
        f'Eve Dale said: "{BOAT}"',
        f'Sam Earl said: "{WAVES}"',
        number=4,
        outlet="The Buoy",
        published="2026-11-01T12:00:00Z",
        headline="Islanders cut off",
    ),
    article(
        "The surgery on Mill Lane will shut at Christmas.",
        f'Uma Starling said: "{TRAVEL}"',
        f'Uma Starling said: "{NURSES}"',
        number=5,
        published="2026-11-04T12:00:00Z",
        headline="Surgery to close",
    ),
    article(
        "The team lost for the sixth time in a row.",
        'Ned Fox said: "The goalkeeper was the only one who played well."',
        'Ned Fox said: "We will train on Sundays too."',
        number=6,
        headline="Sixth defeat",
    ),
)
ALONE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
"""The other database is tried with the rest; what is told apart here is what questions mean."""


@pytest.fixture
async def room(database: Database) -> Room:
    room = Room.over(database, embedder=Shipped())
    await room.has_read(*ARTICLES)
    return room


async def test_quotes_about_it_in_other_words_are_found_on_both_databases_in_one_order(room: Room) -> None:
    reply = await room.newsroom.ask("who said what about taxes")
    found = words_of(reply)
    assert {*found} >= TAX
    assert {*found[:6]} <= {*TAX, "We will write to those who filed nothing."}
    assert not {*found} & {BOAT, WAVES, TRAVEL, NURSES}
    by_number = {card.quote_id: card for card in cards_of(reply)}
    assert len(by_number) == len(found)


@ALONE
async def test_a_paraphrase_finds_the_two_quotes_that_are_about_it_first(room: Room) -> None:
    assert {*words_of(await room.newsroom.ask("who said what about hospitals"))[:2]} == {TRAVEL, NURSES}
    assert {*words_of(await room.newsroom.ask("who said what about medical care"))[:2]} == {TRAVEL, NURSES}


@ALONE
async def test_of_what_nobody_mentions_nothing_is_shown(room: Room) -> None:
    for thing in ["Trump", "Ruritania", "nuclear weapons", "wheat exports", "artificial intelligence", "the royal family"]:
        reply = await room.newsroom.ask(f"who said what about {thing}")
        assert words_of(reply) == [], thing
        assert reply.notes[0].startswith("Nothing was found"), thing


@ALONE
async def test_one_wire_copy_stands_for_all(room: Room) -> None:
    (card,) = [card for card in cards_of(await room.newsroom.ask("who said what about taxes")) if card.words == (RETURNS,)]
    assert {card.place.outlet, *(copy.outlet for copy in card.also)} == {"The Mill", "The Buoy"}


@ALONE
async def test_one_speaker_does_not_fill_the_page(room: Room) -> None:
    sections = (await room.newsroom.ask("who said what about taxes")).sections
    assert max(len(section.quotes) for section in sections) == 3
    assert sum(section.title == "Ann Bell" for section in sections) > 1
    assert {section.title for section in sections[:5]} == {"Ann Bell", "Tom Cook", "Ida Moor", "Eve Dale"}


@ALONE
async def test_a_question_is_restricted_to_a_speaker_an_outlet_and_a_time(room: Room) -> None:
    ask = room.newsroom.ask
    assert {*words_of(await ask("what did Ida Moor say about taxes"))} == {RATE, LOOPHOLES}
    assert {*words_of(await ask("who said what about taxes in The Oar"))} == {RATE, LOOPHOLES, LEVY}
    assert {*words_of(await ask("who said what about taxes until 4 November 2026"))} == {RATE, LOOPHOLES, LEVY}
    assert not {*words_of(await ask("who said what about taxes since 4 November 2026"))} & {RATE, LOOPHOLES, LEVY}
    assert words_of(await ask("what did Ned Fox say about taxes")) == []
    assert words_of(await ask("who said what about hospitals in The Oar")) == []


@ALONE
async def test_the_newest_come_first_where_they_are_asked_for(room: Room) -> None:
    reply = await room.newsroom.ask("latest on taxes")
    dates = [str(card.place.published) for card in cards_of(reply)]
    assert {*words_of(reply)} >= TAX
    assert dates == sorted(dates, reverse=True)


@ALONE
async def test_an_attitude_is_marked_as_one_and_can_be_left_out(room: Room) -> None:
    marked = {card.words: card.reports for card in cards_of(await room.newsroom.ask("who said what about taxes"))}
    assert [words for words, reports in marked.items() if reports is Reports.ATTITUDE] == [(LOOPHOLES,)]
    strictly = await room.newsroom.ask("who said what about taxes, without attitudes")
    assert {*words_of(strictly)} >= TAX - {LOOPHOLES}
    assert {card.reports for card in cards_of(strictly)} == {Reports.SPEECH}


def also(reply: Reply) -> list[str]:
    """The related words that the line of an answer names."""
    found = re.search(r"\(also: ([^)]*)\)", reply.understood)
    return found[1].split(", ") if found else []


@ALONE
async def test_related_words_that_are_named_stand_in_what_is_shown(room: Room) -> None:
    named = set()
    for thing in ("taxes", "doctors", "boats", "storms", "income", "companies", "taxes and boats"):
        reply = await room.newsroom.ask(f"who said what about {thing}")
        shown = " ".join(words_of(reply)).lower()
        assert all(re.search(rf"\b{one}\b", shown) for one in also(reply)), thing
        assert {*also(reply)} <= {other for word in thing.split() for other in related(word)}
        named |= {*also(reply)}
    assert named, "none of these questions has related words that stand in an answer"


@ALONE
async def test_what_was_understood_can_be_typed_back_and_finds_the_same(room: Room) -> None:
    for line in (
        "who said what about taxes",
        "who said what about taxes, without attitudes",
        "what did Ida Moor say about taxes since 1 November 2026",
        "latest on taxes in The Oar",
        "who said what about hospitals",
        "who said what about nuclear weapons",
    ):
        first = await room.newsroom.ask(line)
        again = await room.newsroom.ask(first.understood)
        assert (again.understood, words_of(again)) == (first.understood, words_of(first)), line
