"""Answers of any kind that take several pages: who gave no comment, several speakers side by side, speakers in turns."""

import csv
import io
import json
from typing import Any

import pytest

from bot import keeping
from bot.callers import Caller
from bot.errors import NotFound
from bot.paging import number_of, shown_in
from bot.replies import Cited, ExportFormat, Kept, QuoteKind, Reply
from storage.database import Database
from tests.databases import sqlite_alone
from tests.fakes.engine import FakeEngine
from tests.newsrooms import ED, Room, article, cards_of, lines_of, words_of

engine = sqlite_alone

CALLER = Caller(ED)
REFUSED = "who declined to comment on the tender"
BESIDE = "Bell vs Cook on the ferry"


def kept(reply: Reply) -> Kept:
    assert reply.kept is not None
    return reply.kept


def numbers_of(reply: Reply) -> list[int]:
    return [number_of(one) for section in reply.sections for one in shown_in(section)]


def sentences_of(*replies: Reply) -> list[Cited]:
    return [one for reply in replies for section in reply.sections for one in section.cited]


async def pages_behind(room: Room, page: Reply, size: int) -> list[Reply]:
    """The page and all that follow it, as their buttons give them."""
    pages = [page]
    while kept(pages[-1]).goes_on:
        last = kept(pages[-1])
        pages.append(await room.newsroom.more(last.answer_id, after=last.last, page=size))
    return pages


@pytest.fixture
def few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "AT_FIRST", 4)
    monkeypatch.setattr(keeping, "AT_A_TIME", 3)


# --- who gave no comment ----------------------------------------------------------------------


def declined(number: int, who: str, *, outlet: str = "The Mill", **given: Any) -> dict[str, Any]:  # noqa: ANN401 - as in JSON
    """An article of that day in which somebody gave no comment."""
    words = f'Ada Moor said: "Boat {number} is out."', f"{who} declined to comment on the tender."
    return article(*words, number=number, outlet=outlet, **{"published": f"2026-10-{number:02}T12:00:00Z", **given})


@pytest.fixture
async def silent(database: Database) -> Room:
    """Eight sentences, the newest about Firm 8, and a copy of that about Firm 7."""
    room = Room.over(database)
    copy = declined(7, "Firm 7", outlet="The Oar", published="2026-10-07T09:00:00Z")
    await room.has_read(*(declined(number, f"Firm {number}") for number in range(1, 9)), copy)
    return room


async def test_who_gave_no_comment_is_told_page_by_page(silent: Room) -> None:
    whole = await silent.newsroom.ask(REFUSED)
    first = await silent.newsroom.handle(REFUSED, CALLER, page=3)
    pages = await pages_behind(silent, first, 3)
    assert [(kept(page).before, kept(page).after) for page in pages] == [(0, 5), (3, 2), (6, 0)]
    assert sentences_of(*pages) == sentences_of(whole)
    assert [section.title for section in first.sections] == ["Firm 8", "Firm 7", "Firm 6"]
    assert [place.outlet for place in sentences_of(first)[1].also] == ["The Oar"]
    assert not any(cards_of(page) or kept(page).can_narrow for page in pages)
    assert {page.understood for page in pages} == {"Who gave no comment about tender."}
    assert await silent.newsroom.more(kept(first).answer_id, after=None, page=3) == first


@pytest.mark.usefixtures("few_at_a_time")
async def test_who_gave_no_comment_goes_on_behind_what_is_kept_at_first_and_after_a_restart(silent: Room) -> None:
    whole = await silent.newsroom.ask("who declined to comment")
    first = await silent.newsroom.handle("who declined to comment", CALLER, page=2)
    again = silent.read_by(FakeEngine("fake-2"))
    pages = [first, *[await again.newsroom.handle("more", CALLER, page=2) for _ in range(5)]]
    assert [one.words for one in sentences_of(*pages)] == [one.words for one in sentences_of(whole)]
    assert (pages[-1].sections, pages[-1].notes[0][:20]) == ((), "That was all of it. ")
    assert await pages_behind(again, pages[-2], 2) == [pages[-2]]


@pytest.mark.usefixtures("few_at_a_time")
async def test_what_is_read_taken_down_or_dated_anew_between_pages_shifts_no_sentence(silent: Room) -> None:
    first = await silent.newsroom.handle(REFUSED, CALLER, page=3)
    await silent.read(declined(9, "Firm 9"), declined(3, "Firm 3", headline="Edited", published="2026-10-30T12:00:00Z"))
    await silent.newsroom.remove("https://mill.example.org/4", author=ED)
    titles = [section.title for page in await pages_behind(silent, first, 3) for section in page.sections]
    assert sorted(titles) == sorted(f"Firm {number}" for number in (8, 7, 6, 5, 3, 2, 1))
    assert titles[:3] == ["Firm 8", "Firm 7", "Firm 6"]
    left = await silent.newsroom.more(kept(first).answer_id, after=None, page=3)
    assert [one.place.outlet for one in sentences_of(left)] == ["The Mill"] * 3
    await silent.newsroom.remove("https://mill.example.org/7", author=ED)
    left = await silent.newsroom.more(kept(first).answer_id, after=None, page=8)
    assert [one.place.outlet for one in sentences_of(left) if "Firm 7" in one.words] == ["The Oar"], "its copy stands for it"


@pytest.mark.parametrize("kind", [ExportFormat.CSV, ExportFormat.JSON])
async def test_what_is_exported_is_the_last_answer_whatever_it_holds(silent: Room, kind: ExportFormat) -> None:
    await silent.newsroom.handle("quotes by Ada Moor", CALLER, page=3)
    last = await silent.newsroom.handle(REFUSED, CALLER, page=3)
    typed = (await silent.newsroom.handle(f"export {kind}", CALLER, page=3)).file
    pressed = await silent.newsroom.export(kept(last).answer_id, kind)
    assert typed == pressed
    assert pressed.name == f"who-gave-no-comment-about-tender.{kind}"
    rows = list(csv.DictReader(io.StringIO(pressed.content.decode("utf-8-sig")))) if kind is ExportFormat.CSV else []
    found = rows or json.loads(pressed.content)["quotes"]
    assert {one["kind"] for one in found} == {"no comment"}
    assert len(found) == (9 if rows else 8)
    assert "“" not in pressed.content.decode()


async def test_a_sentence_keeps_whom_it_is_about_when_speakers_are_merged(silent: Room) -> None:
    await silent.read(article('Ann Bell said: "No."', "Ann Bell declined to comment on the tender.", number=20))
    first = await silent.newsroom.handle(REFUSED, CALLER, page=1)
    assert [section.title for section in first.sections] == ["Ann Bell"]
    await silent.newsroom.merge("Ann Bell", "Ada Moor", author=ED)
    again = await silent.newsroom.more(kept(first).answer_id, after=None, page=1)
    assert [section.title for section in again.sections] == ["Ada Moor"]
    assert numbers_of(again) == numbers_of(first)


async def test_of_refusals_asked_with_options_the_next_page_has_them_too(silent: Room) -> None:
    first = await silent.newsroom.ask("who declined to comment", outlet="mill", since="3 October 2026", limit=2, caller=CALLER)
    found = [first]
    while kept(found[-1]).goes_on:
        found.append(await silent.newsroom.next_page(kept(first).answer_id, CALLER, page=4))
    assert [one.words.split(" declined")[0] for one in sentences_of(*found)] == [f"Firm {number}" for number in range(8, 2, -1)]


async def test_since_monday_is_the_monday_of_when_it_was_asked(silent: Room) -> None:
    await silent.read(*(declined(number, f"Firm {number}", published="2026-11-04T12:00:00Z") for number in (11, 12)))
    first = await silent.newsroom.handle("who declined to comment since Monday", CALLER, page=1)
    silent.clock.forward(days=7)
    second = await silent.newsroom.handle("more", CALLER, page=1)
    assert sorted(section.title for page in (first, second) for section in page.sections) == ["Firm 11", "Firm 12"]
    assert second.understood == first.understood == "Who gave no comment, since 2 November 2026."
    assert (await silent.newsroom.export(kept(first).answer_id)).content.count(b"no comment") == 2


# --- the last answer --------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["more", "export"])
@pytest.mark.parametrize("question", ["who declined to comment on zeppelins", "who said what about zeppelins", "quotes by Bell"])
async def test_an_answer_with_nothing_in_it_is_the_last_one_too(silent: Room, line: str, question: str) -> None:
    await silent.read(article('Ann Bell said: "No."', 'Tom Bell said: "Yes."', number=30))
    await silent.newsroom.handle("quotes by Ada Moor", CALLER, page=3)
    asked = await silent.newsroom.handle(question, CALLER, page=3)
    assert (asked.sections, asked.kept) == ((), None)
    with pytest.raises(NotFound, match=r"^Nothing was found for what you asked here last\. Ask a question first"):
        await silent.newsroom.handle(line, CALLER, page=3)


@pytest.fixture
async def asked(database: Database) -> Room:
    """Quotes on ferries by three people: some direct, and some in the articles' own words."""
    room = Room.over(database)
    bell = [f'Ann Bell said: "The ferry is late, {one}."' for one in range(7)]
    cook = [f'Tom Cook said: "The ferry is safe, {one}."' for one in range(4)]
    await room.has_read(article(*bell, *cook, 'Ann Bell wants: "a ferry a day"', 'Ida Moor said: "Bridges hold."'))
    return room


async def test_only_direct_is_what_is_gone_on_with_and_exported_then(asked: Room) -> None:
    whole = await asked.newsroom.handle("quotes and attitudes by Ann Bell", CALLER, page=3)
    direct = await asked.newsroom.narrow(kept(whole).answer_id, CALLER, page=3)
    found = [direct, *[await asked.newsroom.handle("more", CALLER, page=3) for _ in range(2)]]
    cards = [card for page in found for card in cards_of(page)]
    assert (len(cards), {card.kind for card in cards}) == (7, {QuoteKind.DIRECT})
    export = (await asked.newsroom.handle("export json", CALLER, page=3)).file
    assert export is not None
    assert len(json.loads(export.content)["quotes"]) == 7


async def test_words_that_were_looked_for_are_what_is_gone_on_with_and_exported_then(asked: Room) -> None:
    await asked.newsroom.handle("quotes by Tom Cook", CALLER, page=2)
    (first,) = await asked.newsroom.find_words("“The ferry is late”", CALLER, page=4)
    second = await asked.newsroom.handle("more", CALLER, page=4)
    assert {card.speaker for page in (first, second) for card in cards_of(page)} == {"Ann Bell"}
    assert (len(cards_of(first)), len(cards_of(second))) == (4, 3)
    exported = await asked.newsroom.handle("export", CALLER, page=4)
    assert exported.understood == first.understood


# --- several speakers -------------------------------------------------------------------------


@pytest.mark.parametrize("size", [1, 2, 3, 5])
async def test_side_by_side_each_page_takes_of_each_and_no_quote_is_lost(asked: Room, size: int) -> None:
    whole = await asked.newsroom.ask(BESIDE, limit=40)
    pages = await pages_behind(asked, await asked.newsroom.handle(BESIDE, CALLER, page=size), size)
    shown = [number for page in pages for number in numbers_of(page)]
    assert len(shown) == len(set(shown)) == 12
    assert set(shown) == set(numbers_of(whole))
    assert {len(numbers_of(page)) for page in pages[:-1]} == {size}
    for page in pages[: 8 // size]:  # as long as there are quotes of both
        assert abs(sum(1 if card.speaker == "Ann Bell" else -1 for card in cards_of(page))) <= 1


@pytest.mark.usefixtures("few_at_a_time")
async def test_side_by_side_goes_on_to_the_last_quote_of_who_said_most(asked: Room) -> None:
    whole = await asked.newsroom.ask(BESIDE, limit=40)
    pages = await pages_behind(asked, await asked.newsroom.handle(BESIDE, CALLER, page=3), 3)
    shown = [number for page in pages for number in numbers_of(page)]
    assert sorted(shown) == sorted(numbers_of(whole))
    assert all(not section.subtitle for section in pages[0].sections), "nothing is counted that goes on"


async def test_side_by_side_a_correction_between_pages_loses_no_quote(asked: Room) -> None:
    first = await asked.newsroom.handle(BESIDE, CALLER, page=4)
    second = await asked.newsroom.more(kept(first).answer_id, after=kept(first).last, page=4)
    given, rejected = numbers_of(second)[0], numbers_of(second)[1]
    await asked.newsroom.fix(given, "Ida Moor", author=ED)
    await asked.newsroom.reject(rejected, author=ED)
    pages = await pages_behind(asked, first, 4)
    shown = {card.quote_id: card.speaker for page in pages for card in cards_of(page)}
    assert sum(len(cards_of(page)) for page in pages) == len(shown) == 11
    assert shown[given] == "Ida Moor"
    assert [section.title for section in pages[1].sections] == ["Ann Bell", "Tom Cook", "Ida Moor"]


async def test_side_by_side_is_exported_whole(asked: Room) -> None:
    first = await asked.newsroom.handle(BESIDE, CALLER, page=2)
    found = json.loads((await asked.newsroom.export(kept(first).answer_id, ExportFormat.JSON)).content)["quotes"]
    assert [one["speaker"] for one in found] == ["Ann Bell"] * 8 + ["Tom Cook"] * 4


@pytest.mark.usefixtures("few_at_a_time")
async def test_a_copy_that_is_found_later_is_a_copy_of_what_was_shown(room: Room) -> None:
    said = [f'Ann Bell said: "Oars {" ".join(f"{letter}{number}" for letter in "abcde")}."' for number in range(9)]
    wire = article(said[8], number=1, outlet="The Wire", published="2026-10-01T12:00:00Z")
    await room.read(wire, article(*said[:8], number=2), article(said[8], number=3, published="2026-11-06T12:00:00Z"))
    pages = await pages_behind(room, await room.newsroom.handle("quotes by Ann Bell", CALLER, page=3), 3)
    words = [one for page in pages for one in words_of(page)]
    assert len(words) == len(set(words)) == 9


# --- speakers in turns ------------------------------------------------------------------------


@pytest.fixture
async def in_turns(database: Database) -> Room:
    """Seven quotes of one speaker, of which one is worded differently elsewhere, and five of five others."""
    room = Room.over(database)
    bell = [f'Ann Bell said: "The ferry ferry is late, {one}."' for one in range(6)]
    others = [f'{name} Cook said: "The ferry is out, says {name}."' for name in ("Tom", "Ida", "Eve", "Sam", "Leo")]
    last, other = "The ferry was late on every day of that week.", "The ferry was late on each day of that week."
    await room.has_read(
        article(*bell, *others, f'Ann Bell said: "{last}"', number=1),
        article(f'Ann Bell said: "{other}"', number=2, outlet="The Oar"),
    )
    return room


@pytest.mark.parametrize("size", [2, 3, 5])
async def test_speakers_in_turns_stay_in_them_over_pages(in_turns: Room, size: int) -> None:
    whole = await in_turns.newsroom.ask("who said what about the ferry", limit=40)
    pages = await pages_behind(in_turns, await in_turns.newsroom.handle("who said what about the ferry", CALLER, page=size), size)
    assert [number for page in pages for number in numbers_of(page)] == numbers_of(whole)
    for page in pages:
        assert all(section.title == card.speaker for section in page.sections for card in section.quotes)
    headings = [section.title for page in pages for section in page.sections]
    assert headings.count("Ann Bell") >= 2, "a turn that goes on has its heading again"
    about = [(line, numbers_of(page)) for page in pages for line in lines_of(page)]
    assert about
    for line, numbers in about:
        assert any(f"#{number} " in line for number in numbers)


async def test_a_wording_that_was_read_since_is_not_told_of(in_turns: Room) -> None:
    first = await in_turns.newsroom.handle("who said what about the ferry", CALLER, page=20)
    await in_turns.read(article('Ann Bell said: "The ferry was late on all days of that week."', number=5, outlet="The Wire"))
    again = await in_turns.newsroom.more(kept(first).answer_id, after=None, page=20)
    assert (again.sections, again.understood, again.notes) == (first.sections, first.understood, first.notes)


async def test_what_was_understood_stays_when_nobody_goes_by_the_name_any_more(asked: Room) -> None:
    first = await asked.newsroom.handle("what did Cook say", CALLER, page=2)
    for number in numbers_of(first):
        await asked.newsroom.fix(number, "Ida Moor", author=ED)
    await asked.newsroom.merge("Tom Cook", "Ida Moor", author=ED)
    pages = await pages_behind(asked, await asked.newsroom.more(kept(first).answer_id, after=None, page=2), 2)
    assert {page.understood for page in pages} == {"Quotes by Tom Cook."} == {first.understood}
    assert [card.speaker for page in pages for card in cards_of(page)] == ["Ida Moor"] * 4
