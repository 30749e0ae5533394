import pytest

from bot.callers import Caller, Channel
from bot.errors import NotUnderstood
from storage.database import Database
from tests.newsrooms import ED, Room, article, cards_of, lines_of

CALLER = Caller(ED)
IN_A_CHANNEL = Caller("Ada Quill", person="U1", channel=Channel("slack", "T1", "C1"))
BELL = [f'Ann Bell said: "The ferry is late, {one}."' for one in range(7)]
COOK = [f'Tom Cook said: "The ferry is safe, {one}."' for one in range(4)]


@pytest.fixture
async def asked(database: Database) -> Room:
    room = Room.over(database)
    await room.has_read(article(*BELL, *COOK, 'Ida Moor said: "Bridges hold."'))
    return room


async def test_each_speaker_has_a_section_in_the_order_asked(asked: Room) -> None:
    for text in ("Cook vs Bell on the ferry", "Cook and Bell on the ferry", "compare what Cook and Bell said about the ferry"):
        reply = await asked.newsroom.handle(text, CALLER, page=20)
        assert reply.understood == "Quotes about ferry by Tom Cook and by Ann Bell, side by side."
        assert [(section.title, len(section.quotes)) for section in reply.sections] == [("Tom Cook", 4), ("Ann Bell", 7)]
        assert await asked.newsroom.handle(reply.understood, CALLER, page=20) != reply  # an answer of its own, which is kept too
        again = await asked.newsroom.handle(reply.understood, CALLER, page=20)
        assert again.sections == reply.sections


async def test_a_page_shows_as_many_quotes_of_each(asked: Room) -> None:
    page = await asked.newsroom.handle("Bell vs Cook on the ferry", CALLER, page=6)
    assert [(section.title, len(section.quotes)) for section in page.sections] == [("Ann Bell", 3), ("Tom Cook", 3)]
    shown = cards_of(page)
    while page.kept and page.kept.after:
        page = await asked.newsroom.more(page.kept.answer_id, after=page.kept.last, page=6)
        shown += cards_of(page)
    assert len({card.quote_id for card in shown}) == len(shown) == 11


async def test_at_once_there_are_as_many_of_each(asked: Room) -> None:
    reply = await asked.newsroom.ask("Bell vs Cook on the ferry", limit=4)
    assert [len(section.quotes) for section in reply.sections] == [2, 2]
    assert reply.notes == ("There are more than the 4 best: name an outlet or a date to see fewer.",)


async def test_who_said_nothing_about_it_says_so_in_a_section(asked: Room) -> None:
    for page in (6, 20):
        reply = await asked.newsroom.handle("Moor vs Cook on the ferry", CALLER, page=page)
        assert [section.title for section in reply.sections] == ["Ida Moor", "Tom Cook"]
        assert lines_of(reply) == ["No quote about ferry was found."]
    reply = await asked.newsroom.handle("compare Nobody with Cook on the ferry", CALLER, page=6)
    assert lines_of(reply) == ["Nobody called Nobody is quoted in what has been read."]


async def test_an_alert_is_about_one(asked: Room) -> None:
    with pytest.raises(NotUnderstood, match="about one speaker"):
        await asked.newsroom.handle("watch Bell vs Cook on the ferry", IN_A_CHANNEL, page=6)
