from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest

from bot.callers import Caller
from bot.errors import NotFound
from bot.quoting.engine import Extraction
from bot.replies import Reply
from storage.database import Database
from storage.records import AliasKind, NewAlias, NewSpeaker
from tests.fakes.engine import FakeEngine
from tests.newsrooms import ED, Room, article, words_of

CALLER = Caller(ED)


@dataclass(frozen=True)
class Describing(FakeEngine):
    """An engine that knows what articles call people besides their names."""

    described: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def extract(self, text: str) -> Extraction:
        found = super().extract(text)
        return replace(found, speakers=tuple(self._described(one) for one in found.speakers))

    def _described(self, speaker: NewSpeaker) -> NewSpeaker:
        called = (NewAlias(one, AliasKind.DESCRIPTION) for one in self.described.get(speaker.name, ()))
        return replace(speaker, aliases=(*speaker.aliases, *called))


ENGINE = Describing(
    described={
        "Ann Starling": ("prime minister",),
        "Tom Cook": ("former prime minister",),
        "Una Moor": ("director of the Tide",),
        "Bo Lindqvist": ("Selwick mayor",),
        "Piet Lund": ("Northam mayor",),
    }
)
SAID = (
    *(f'Ann Starling said: "Volunteers number {one}."' for one in range(2)),
    'Tom Cook said: "Volunteers are gone."',
    'Una Moor said: "Ferries are late."',
    *(f'Ida Moor said: "Ferries number {one}."' for one in range(9)),
    'Bo Lindqvist said: "Meddling, and blatant: foreign interference."',
    'Piet Lund said: "Barton said nothing of ferries."',
    "Bell and Moor said nothing.",
)


@pytest.fixture
async def known(database: Database) -> Room:
    room = Room.over(database, ENGINE)
    await room.read(article(*SAID), article('Una Moor said: "Ferries sail on."', number=2, outlet="north-gazette"))
    return room


async def asked(room: Room, text: str) -> Reply:
    return await room.newsroom.handle(text, CALLER, page=20)


READ = {
    "what has the prime minister said": "Quotes by Ann Starling.",
    "what has the pm said": "Quotes by Ann Starling.",
    "quotes by the former prime minister": "Quotes by Tom Cook.",
    "quotes by prime minister cook": "Quotes by Tom Cook.",
    "what did senator starling say about volunteers": "Quotes about volunteers by Ann Starling.",
    "what did the Tide director say": "Quotes by Una Moor.",
    "quotes by the Tide boss in North Gazette": "Quotes by Una Moor in north-gazette.",
    "what did Satrling say": "Quotes by Ann Starling.",
    "what did ann starlng say about volunteers": "Quotes about volunteers by Ann Starling.",
    "latest from Lindqist": "Newest quotes by Bo Lindqvist.",
    "lindqvist on meddling": "Quotes about meddling by Bo Lindqvist.",
    "satrling": "Quotes by Ann Starling.",
    "Satrling on volunteers": "Quotes about volunteers by Ann Starling.",
    "Satrling vs Lindqvist": "Quotes by Ann Starling and by Bo Lindqvist, side by side.",
    "roe v wade": "Quotes about roe v wade by anyone.",
    "Starling and Lindqvist on volunteers": "Quotes about volunteers by Ann Starling and by Bo Lindqvist, side by side.",
    "war and peace on ferries": "Quotes about war peace ferries by anyone.",
    "what did Fell and Sons say": "Quotes by Fell and Sons.",
    "what did Bartn say": "Quotes by Bartn.",
    "what did Barton say": "Quotes by Barton.",
    "what did the starlings say": "Quotes by the starlings.",
    "who said 'blatant foreign interference'": "Quotes with the words “blatant foreign interference” by anyone.",
}
"""Questions, and how each is read over a store of a few people."""


async def test_whom_a_name_means_is_said(known: Room) -> None:
    assert {text: (await asked(known, text)).understood for text in READ} == READ


async def test_quotes_are_of_whom_the_line_names(known: Room) -> None:
    assert set(words_of(await asked(known, "what did Satrling say"))) == {"Volunteers number 0.", "Volunteers number 1."}
    assert words_of(await asked(known, "who said 'blatant foreign interference'")) == ["Meddling, and blatant: foreign interference."]


async def test_a_name_read_otherwise_than_typed_is_told(known: Room) -> None:
    assert (await asked(known, "what did Satrling say")).notes[0] == "Nobody is called Satrling; these are quotes by Ann Starling."
    told = "These are quotes by Ann Starling, whom no article that was read calls Senator."
    assert (await asked(known, "what did Senator Starling say")).notes[0] == told
    assert (await asked(known, "what did the prime minister say")).notes == ()


async def test_where_two_fit_it_is_asked_which_by_the_question_with_each_name(known: Room) -> None:
    reply = await asked(known, "latest from the mayor about ferries since 2020")
    assert reply.sections == ()
    assert reply.notes == ("the mayor fits Bo Lindqvist (Selwick mayor) and Piet Lund (Northam mayor): which one is meant?",)
    assert reply.suggestions == (
        "newest quotes by Bo Lindqvist about ferries since 1 January 2020",
        "newest quotes by Piet Lund about ferries since 1 January 2020",
    )
    assert words_of(await asked(known, reply.suggestions[1])) == ["Barton said nothing of ferries."]
    reply = await asked(known, "compare the mayor with Starling on ferries")
    assert reply.suggestions == ("Bo Lindqvist vs Starling on ferries", "Piet Lund vs Starling on ferries")


async def test_a_name_by_itself_that_several_fit_is_a_topic_unless_it_is_their_surname(known: Room) -> None:
    await known.read(article('Selwick Dale said: "Boats, and boats again."', 'Ada Selwick said: "No boats in Selwick."', number=3))
    assert (await asked(known, "Selwick")).understood == "Quotes about Selwick by anyone."
    assert len((await asked(known, "Selwick on boats")).suggestions) == 2
    await known.read(article('Tom Lund said: "Boats number three."', number=4))
    assert (await asked(known, "Lund")).suggestions == ("quotes by Piet Lund", "quotes by Tom Lund")


async def test_who_is_quoted_by_far_the_most_is_meant_and_the_other_offered(known: Room) -> None:
    reply = await asked(known, "what did Moor say about ferries")
    assert reply.understood == "Quotes about ferries by Ida Moor."
    assert reply.suggestions == ("quotes by Una Moor about ferries",)


async def test_one_name_of_several_words_is_one_where_somebody_goes_by_all_of_it(known: Room) -> None:
    await known.read(article('Starling And Lindqvist said: "We sell boats."', number=3))
    assert words_of(await asked(known, "Starling and Lindqvist on boats")) == ["We sell boats."]
    assert words_of(await asked(known, "what did starling and lindqvist say about boats")) == ["We sell boats."]


async def test_a_page_of_an_answer_stays_that_of_whom_it_was_asked_for(known: Room) -> None:
    reply = await known.newsroom.handle("quotes by Lindqvist", CALLER, page=20)
    assert reply.kept is not None
    await known.read(article(*(f'Eva Lindqvist said: "Boats number {one}."' for one in range(3)), number=3))
    assert words_of(await asked(known, "quotes by Lindqvist")) == []
    again = await known.newsroom.more(reply.kept.answer_id, after=None, page=20)
    assert words_of(again) == words_of(reply)


async def test_a_son_is_asked_for_by_what_stands_behind_his_name(known: Room) -> None:
    await known.read(article('Conor Quill said: "I built it."', 'Conor Quill Jr said: "Father built it."', number=3))
    for who in ["Conor Quill Jr", "Conor Quill, Jr.", "conor quill junior", "Quill Jr.", "Quill junior"]:
        assert words_of(await asked(known, f"what did {who} say")) == ["Father built it."], who
        assert words_of(await asked(known, "what did Conor Quill say")) == ["I built it."], who
        assert len((await asked(known, "what did Quill say")).suggestions) == 2, who


async def test_a_son_whom_nobody_quotes_is_nobody(known: Room) -> None:
    for text in ("what did Ida Moor Jr say", "what did Ida Moor, Sr. say", 'quotes by "Ida Moor Jr"', "quotes by Moor III"):
        assert words_of(await asked(known, text)) == []
    with pytest.raises(NotFound):
        await known.newsroom.handle("speaker Ida Moor Jr", CALLER)


async def test_a_full_name_that_stands_nowhere_is_told_to_be_nobodys(known: Room) -> None:
    reply = await asked(known, "Olga Prast on volunteers")
    assert reply.understood == "Quotes about volunteers by Olga Prast."
    assert "nobody called Olga Prast is quoted" in " ".join(reply.notes)
    assert (await asked(known, "Foreign Interference on ferries")).understood == "Quotes about Foreign Interference ferries by anyone."


async def test_a_title_is_the_same_short_and_in_full(database: Database) -> None:
    room = Room.over(database, Describing(described={"Dov Quill": ("Sen",), "Ada Holt": ("senator",), "Ivo Reed": ("Gov",)}))
    await room.read(article('Dov Quill said: "Boats rot."', 'Ada Holt said: "Boats float."', 'Ivo Reed said: "Boats sink."'))
    for text in ("Sen. Quill on boats", "Sen Quill on boats", "Senator Quill on boats", "what did Senator Quill say"):
        reply = await asked(room, text)
        assert (words_of(reply), reply.notes) == (["Boats rot."], ())
    assert words_of(await asked(room, "Gov. Reed on boats")) == words_of(await asked(room, "what did the governor say")) == ["Boats sink."]
    assert len((await asked(room, "what did the senator say")).suggestions) == 2
