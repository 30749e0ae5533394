import re

import pytest

from bot.callers import Caller
from bot.errors import Ambiguous, NotFound
from bot.replies import Reply, Unit
from tests.databases import sqlite_alone
from tests.newsrooms import ED, LONDON, Room, article, cards_of

engine = sqlite_alone

CALLER = Caller(ED)
MILL = article('Ann Bell said: "The ferry is late."', 'Tom Cook said: "It never was."', headline="Ferry late again")
TIDE = article('Ann Bell said: "We want it."', 'Ann Bell wants: "a ferry"', number=2, outlet="The Tide", published="2026-10-12T09:00:00Z")
NAMESAKE = article('Eve Bell said: "No bell rings."', number=3)
# Asked at 12:00 on Friday 6 November 2026 (see FakeClock).


@pytest.fixture
async def read(room: Room) -> Room:
    await room.has_read(MILL, TIDE, NAMESAKE)
    return room


def told(reply: Reply) -> list[str]:
    """What a card says of the speaker, line by line."""
    return [line for section in reply.sections for line in section.lines]


async def test_a_card_tells_what_is_stored_of_a_speaker(read: Room) -> None:
    reply = await read.newsroom.who("Ann Bell")
    assert told(reply) == [
        "2 quotes: 2 direct",
        "1 attitude besides",
        "In The Mill (1) and The Tide (1)",
        "About ferry",
        "Ann Bell: twice, from 12 October 2026 to 5 November 2026",
    ]
    assert [(section.title, section.quotes[0].words) for section in reply.sections if section.quotes] == [
        ("First quote", ("We want it.",)),
        ("Last quote", ("The ferry is late.",)),
    ]
    assert reply.chart is not None
    assert reply.chart.bars == (("12 Oct", 1), ("19 Oct", 0), ("26 Oct", 0), ("2 Nov", 1))


async def test_a_speaker_is_known_by_name_and_by_number(read: Room) -> None:
    for name in ("Ann Bell", "ann bell", "Ms Ann Bell", "#1", "1", " Ann  Bell "):
        assert (await read.newsroom.who(name)).sections[0].title == "Ann Bell"


async def test_who_said_one_thing_has_a_chart_of_one_week(read: Room) -> None:
    reply = await read.newsroom.who("Cook")
    assert reply.chart is not None
    assert reply.chart.bars == (("2 Nov", 1),)
    assert [section.title for section in reply.sections if section.quotes] == ["The only quote"]


async def test_a_surname_of_two_asks_which(read: Room) -> None:
    with pytest.raises(Ambiguous) as raised:
        await read.newsroom.who("Bell")
    assert set(raised.value.suggestions) == {"speaker #1", "speaker #3"}
    assert "#1 Ann Bell" in str(raised.value)


async def test_who_said_by_far_the_most_is_meant_by_a_surname_and_the_others_are_offered(read: Room) -> None:
    await read.read(article(*[f'Ann Bell said: "Number {number}."' for number in range(9)], number=9))
    reply = await read.newsroom.who("Bell")
    assert reply.sections[0].title == "Ann Bell"
    assert reply.notes == ("There is also #3 Eve Bell.",)
    assert reply.suggestions[0] == "speaker #3"


async def test_whom_an_article_names_no_further_stands_beside_the_one_who_is_known(read: Room) -> None:
    await read.read(article('Cook said: "It sails."', number=9))
    reply = await read.newsroom.who("Cook")
    assert reply.sections[0].title == "Tom Cook"
    assert reply.notes == ("There is also #4 Cook.",)
    assert (await read.newsroom.handle(reply.suggestions[0], CALLER)).sections[0].title == "Cook"


async def test_a_wrong_letter_is_told(read: Room) -> None:
    reply = await read.newsroom.who("Tom Coook")
    assert reply.sections[0].title == "Tom Cook"
    assert reply.notes == ("Tom Coook was read as Tom Cook.",)


async def test_nobody_of_that_name_is_answered_with_the_nearest(read: Room) -> None:
    with pytest.raises(NotFound) as raised:
        await read.newsroom.who("Tomas Cookes")
    assert raised.value.suggestions == ("speaker Tom Cook",)
    with pytest.raises(NotFound) as raised:
        await read.newsroom.who("Zzyzx")
    assert str(raised.value) == "Nobody called Zzyzx is known. 'people' lists who is quoted."


async def test_no_name_does_harm(read: Room) -> None:
    for name in ("", "   ", "?!", "#", "#99", "\N{ZERO WIDTH SPACE}", "' OR 1=1 --", "*", "x" * 2000, "<!channel>", "\x00"):
        with pytest.raises(NotFound):
            await read.newsroom.who(name)


async def test_what_was_rejected_or_given_to_another_is_not_counted(read: Room) -> None:
    await read.newsroom.reject(1, author=ED)
    assert told(await read.newsroom.who("Ann Bell"))[0] == "1 quote: 1 direct"
    await read.newsroom.fix(3, "Tom Cook", author=ED)
    reply = await read.newsroom.who("Ann Bell")
    assert told(reply)[:2] == ["0 quotes", "1 attitude besides"]
    assert reply.chart is None
    assert cards_of(reply) == []
    assert told(await read.newsroom.who("Tom Cook"))[0] == "2 quotes: 2 direct"


async def test_who_was_merged_is_one_with_all_names(read: Room) -> None:
    await read.newsroom.merge("Eve Bell", "Ann Bell", author=ED)
    reply = await read.newsroom.who("Eve Bell")
    assert reply.sections[0].title == "Ann Bell"
    assert told(reply)[0] == "3 quotes: 3 direct"
    assert {line.partition(":")[0] for line in told(reply)} >= {"Ann Bell", "Eve Bell"}


async def test_undated_articles_are_told(room: Room) -> None:
    await room.read(article('Ann Bell said: "On we row."', published=None))
    reply = await room.newsroom.who("Ann Bell")
    assert reply.notes == ("Undated articles count by the day they were read.",)
    assert told(reply)[-1] == "Ann Bell: once, in what was read on 6 November 2026"


async def test_what_has_no_date_moves_neither_the_chart_nor_the_first_and_the_last_quote(read: Room) -> None:
    await read.read(article('Ann Bell said: "On we row."', number=9, published=None))
    reply = await read.newsroom.who("Ann Bell")
    assert reply.chart is not None
    assert reply.chart.bars == (("12 Oct", 1), ("19 Oct", 0), ("26 Oct", 0), ("2 Nov", 1))
    assert [section.quotes[0].words for section in reply.sections if section.quotes] == [("We want it.",), ("The ferry is late.",)]
    assert told(reply)[0] == "3 quotes: 3 direct"
    assert reply.notes[0] == "1 quote without a date counts above, but is not in the chart, nor first or last."


async def test_copies_of_the_last_quote_are_named_with_it(room: Room) -> None:
    words = 'Ann Bell said: "The harbour wall was never built to hold this much water, and everybody knew."'
    await room.read(article(words), article(words, number=2, outlet="The Tide"))
    (only, *_) = cards_of(await room.newsroom.who("Ann Bell"))
    assert [place.outlet for place in only.also] in (["The Tide"], ["The Mill"])


async def test_where_most_is_older_than_half_a_year_it_is_counted_by_longer_times(room: Room) -> None:
    old = [article(f'Ann Bell said: "Row {year}."', number=year, published=f"{year}-03-02T12:00:00Z") for year in range(2001, 2007)]
    await room.read(*old)
    reply = await room.newsroom.who("Ann Bell")
    assert reply.chart is not None
    assert reply.chart.unit is Unit.MONTH
    assert reply.chart.title == "Quotes by month, without 3 earlier: Ann Bell"
    assert sum(number for _, number in reply.chart.bars) == 3


async def test_weeks_are_those_of_whoever_asks(room: Room) -> None:
    await room.read(article('Ann Bell said: "Late."', published="2026-11-01T23:30:00Z"))
    reply = await room.newsroom.who("Ann Bell", zone=LONDON)
    assert reply.chart is not None
    assert reply.chart.bars == (("26 Oct", 1),)


async def test_the_speaker_of_a_quote_can_be_asked_for(read: Room) -> None:
    assert (await read.newsroom.speaker_of(2)).sections[0].title == "Tom Cook"
    await read.newsroom.fix(2, "Ann Bell", author=ED)
    assert (await read.newsroom.speaker_of(2)).sections[0].title == "Ann Bell"
    with pytest.raises(NotFound):
        await read.newsroom.speaker_of(99)


async def test_in_chat_it_is_asked_who_somebody_is(read: Room) -> None:
    asked = (
        "who is Ann Bell",
        "Who's Ann Bell?",
        "who Ann Bell is",
        "tell me about Ann Bell",
        "speaker Ann Bell",
        "speaker #1",
        "who is #1",
    )
    replies = [await read.newsroom.handle(line, CALLER) for line in asked]
    assert {reply.understood for reply in replies} == {"Who Ann Bell is, as the articles have it."}
    assert {reply.again for reply in replies} == {"speaker #1"}


async def test_what_names_nobody_is_a_question(read: Room) -> None:
    for line in (
        *("who is talking about ferries", "who is against the ferry", "who is responsible for the ferry", "tell me about the ferry"),
        *("who is late", "tell me about bells", "tell me about Bell", "speaker of the ferry", "who is ferry"),
    ):
        assert re.match("(?:Attitudes and q|Q)uotes ", (await read.newsroom.handle(line, CALLER)).understood), line


async def test_in_chat_two_who_fit_are_asked_which_and_a_wrong_letter_is_seen(read: Room) -> None:
    with pytest.raises(Ambiguous):
        await read.newsroom.handle("who is Bell?", CALLER)
    assert (await read.newsroom.handle("who is Tom Coook?", CALLER)).notes == ("Tom Coook was read as Tom Cook.",)


async def test_to_ask_who_somebody_is_changes_nothing(read: Room) -> None:
    assert await read.newsroom.only_asks("speaker Ann Bell", CALLER)
