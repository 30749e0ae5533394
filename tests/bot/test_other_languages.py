"""Articles in other languages are stored and found, no quotes are taken from them, and everybody is told so."""

import json
from pathlib import Path

import pytest
import pytest_asyncio

from bot.callers import Caller
from bot.replies import SaveOutcome
from storage.database import Database
from tests.fakes.engine import FakeEngine
from tests.newsrooms import ED, Room, article, everything

SAID = 'Ann Bell said: "Le pont reste fermé."'
FRENCH = article(
    f"La maire a parlé lundi aux habitants de l'île, qui attendent un autre bateau depuis trois mois. {SAID} La grève continue.",
    number=1,
    outlet="Le Moulin",
    headline="Le pont fermé",
    language="en",
)
GERMAN = article(
    "Die Bürgermeisterin sagte am Montag, die Brücke bleibe den ganzen Winter gesperrt, und wegen „La grève“ fahre auch kein Schiff mehr.",
    number=2,
    headline="Brücke zu",
)
ENGLISH = article('Tom Cook said: "The bridge is shut, and the people of the island have to wait for the boat to come back."', number=3)
NOTE = "In French: stored and searchable, quotes are taken from English only."


@pytest_asyncio.fixture
async def room(database: Database) -> Room:
    room = Room.over(database)
    await room.has_read(FRENCH, GERMAN, ENGLISH)
    return room


async def ask(room: Room, line: str) -> tuple[tuple[str, ...], tuple[str, ...], int]:
    reply = await room.newsroom.handle(line, Caller(ED))
    return reply.notes, reply.suggestions, sum(len(section.quotes) for section in reply.sections)


async def test_no_quotes_are_taken_from_it_and_it_says_so_wherever_it_is_shown(room: Room) -> None:
    assert await room.said(1) == []
    assert [name for _, name in await room.found()] == ["Tom Cook"]
    view = await room.newsroom.show("1")
    assert (view.notes, SAID in view.text) == ((NOTE,), True)
    assert (await room.newsroom.show("3")).notes == ()
    assert (await ask(room, "show 1"))[0] == (NOTE,)


async def test_what_was_read_says_in_which_language_it_is(database: Database) -> None:
    room = Room.over(database)
    items = await room.read(FRENCH, ENGLISH)
    assert [(item.outcome, item.quotes, item.language) for item in items] == [(SaveOutcome.ADDED, 0, "fr"), (SaveOutcome.ADDED, 1, "en")]
    again = await room.read(FRENCH)
    assert (again[0].outcome, again[0].language) == (SaveOutcome.UNCHANGED, "fr")


async def test_an_answer_without_quotes_names_the_articles_in_other_languages_that_hold_the_words(room: Room) -> None:
    notes, suggestions, shown = await ask(room, "who said what about grève")
    assert shown == 0
    assert notes[-1] == "2 articles in French and German hold this word; quotes are taken from English articles only."
    assert suggestions[:2] == ("show 2", "show 1")
    notes, suggestions, _ = await ask(room, "who said what about the pont in Le Moulin")
    assert notes[-1] == "1 article in French holds this word; quotes are taken from English articles only."
    assert suggestions[0] == "show 1"


@pytest.mark.parametrize("line", ["who said what about the bridge", "who said what about the tender", "quotes by Ann Bell about tenders"])
async def test_an_answer_with_quotes_or_to_words_that_none_holds_says_nothing_of_them(room: Room, line: str) -> None:
    assert not [note for note in (await ask(room, line))[0] if "English" in note]


async def test_the_state_counts_them(room: Room) -> None:
    reply = await room.newsroom.handle("status", Caller(ED))
    assert "2 of them in other languages, searchable and not quoted: 1 in French, 1 in German" in reply.sections[0].lines


async def test_another_engine_leaves_them_alone(room: Room) -> None:
    items = await everything(room.read_by(FakeEngine("fake-2")).newsroom.reread())
    assert [item.article_id for item in items] == [3]


async def test_an_article_that_is_translated_loses_its_quotes_and_gets_them_again(room: Room) -> None:
    await room.read({**ENGLISH, "text": FRENCH["text"]})
    assert await room.said(3) == []
    await room.read(ENGLISH)
    assert [name for _, name, _ in await room.said(3)] == ["Tom Cook"]


async def test_what_is_only_read_gives_no_quotes_either_and_says_so(room: Room, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(FRENCH), encoding="utf-8")
    (preview,) = await everything(room.newsroom.read([str(tmp_path / "a.json")], raw=False, processes=1, stdin=None))
    assert [(view.quotes, view.notes) for view in preview.articles] == [((), (NOTE,))]


async def test_what_is_added_from_a_chat_says_so(database: Database) -> None:
    room = Room.over(database)
    room.fetcher.pages["https://mill.example.org/9"] = f"<article><h1>Le pont</h1><p>{FRENCH['text']}</p></article>"
    reply = await room.newsroom.add("https://mill.example.org/9", Caller(ED))
    assert reply.understood.endswith(", in French: stored and searchable, quotes are taken from English only.")
