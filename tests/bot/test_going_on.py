"""Answers that go on: pages behind the quotes that are kept at first, and where somebody was in an answer."""

import random
from contextlib import suppress
from typing import Any

import pytest

from bot import keeping
from bot.callers import Caller, Channel
from bot.errors import DatabaseBusy, DatabaseReadOnly, DiskFull, NotFound, VerbatimError
from bot.keeping import asker_of
from bot.replies import ExportFormat, Kept, Reply
from storage import answers
from tests.fakes.engine import FakeEngine
from tests.newsrooms import ED, Room, article, cards_of

CALLER = Caller(ED)
ANNS = "quotes by Ann Bell"
THE_END = ("That was all of it. Ask again for what was read since.",)
NO_ANSWER = r"^You have had no answer with quotes here yet\. Ask a question first"


@pytest.fixture(autouse=True)
def few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Quotes are found four at a time."""
    monkeypatch.setattr(keeping, "AT_FIRST", 4)
    monkeypatch.setattr(keeping, "AT_A_TIME", 4)


def anns(number: int, *, day: int = 1, quotes: int = 1) -> dict[str, Any]:
    """An article of that day with quotes by Ann Bell of which no two are one statement."""
    said = (f'Ann Bell said: "{words_on(number, one)}"' for one in range(quotes))
    return article(*said, number=number, published=f"2026-10-{day:02}T12:00:00Z")


def words_on(number: int, one: int) -> str:
    """Words with oars in them, and else with none that stand in others."""
    return f"Oars {' '.join(f'{letter}{number}x{one}' for letter in 'abcde')}."


def kept(reply: Reply) -> Kept:
    assert reply.kept is not None
    return reply.kept


def numbers_of(reply: Reply) -> list[int]:
    return [card.quote_id for card in cards_of(reply)]


async def page_behind(room: Room, page: Reply, size: int = 3) -> Reply:
    return await room.newsroom.more(kept(page).answer_id, after=kept(page).last, page=size)


async def pages(room: Room, first: Reply, size: int = 3) -> list[Reply]:
    """The page and all that follow it, as their buttons give them."""
    found = [first]
    while kept(found[-1]).goes_on:
        found.append(await page_behind(room, found[-1], size))
    return found


@pytest.fixture
async def listed(room: Room) -> Room:
    """Ten quotes by Ann Bell, the first one the oldest."""
    await room.has_read(*(anns(number, day=number) for number in range(1, 11)))
    return room


async def test_a_listing_goes_on_behind_what_is_kept_at_first_to_its_end(listed: Room) -> None:
    found = await pages(listed, await listed.newsroom.handle(ANNS, CALLER, page=3))
    assert [numbers_of(page) for page in found] == [[10, 9, 8], [7], [6, 5, 4], [3], [2, 1]]
    assert [kept(page).before for page in found] == [0, 3, 4, 7, 8]
    assert [(kept(page).after, kept(page).more) for page in found] == [(1, True), (0, True), (1, True), (0, True), (0, False)]
    assert all(not page.notes for page in found)


async def test_a_page_that_was_seen_is_the_same_again(listed: Room) -> None:
    found = await pages(listed, await listed.newsroom.handle(ANNS, CALLER, page=3))
    again = [await listed.newsroom.more(kept(page).answer_id, after=kept(page).since, page=3) for page in found]
    assert [numbers_of(page) for page in again] == [numbers_of(page) for page in found]
    assert [(kept(page).before, kept(page).since) for page in again] == [(kept(page).before, kept(page).since) for page in found]
    assert kept(again[0]).after == 7, "all of it has been found by now"


async def test_an_answer_goes_on_after_a_restart(listed: Room) -> None:
    first = await listed.newsroom.handle(ANNS, CALLER, page=4)
    restarted = listed.read_by(FakeEngine("fake-2"))
    assert numbers_of(await page_behind(restarted, first, 4)) == [6, 5, 4, 3]


async def test_what_is_said_about_something_goes_on_to_its_end_too(listed: Room) -> None:
    whole = numbers_of(await listed.newsroom.ask("who said what about oars"))
    first = await listed.newsroom.handle("who said what about oars", CALLER, page=3)
    assert (kept(first).more, first.notes) == (True, ())
    assert await listed.newsroom.more(kept(first).answer_id, after=None, page=3) == first
    assert [number for page in await pages(listed, first) for number in numbers_of(page)] == whole


async def test_what_is_read_or_dated_anew_between_pages_shifts_none(listed: Room) -> None:
    first = await listed.newsroom.handle(ANNS, CALLER, page=4)
    await listed.read(anns(11, day=11))
    # The fourth article is published anew: what stands in it is the newest of all by now, and was not shown yet.
    edited = anns(4, day=12)
    await listed.read({**edited, "text": f"{edited['text']}\n\nMore follows."})
    rest = [number for page in (await pages(listed, first, 4))[1:] for number in numbers_of(page)]
    assert rest == [4, 6, 5, 3, 2, 1]


async def test_attitudes_and_quotes_go_on_one_behind_the_other(room: Room) -> None:
    said = [f'Ann Bell {verb}: "Boat {number} is out."' for number, verb in enumerate(["wants", "said"] * 5)]
    await room.read(article(*said))
    whole = numbers_of(await room.newsroom.ask("quotes and attitudes by Ann Bell"))
    found = await pages(room, await room.newsroom.handle("quotes and attitudes by Ann Bell", CALLER, page=3))
    shown = [number for page in found for number in numbers_of(page)]
    assert len(whole) == 10
    assert sorted(shown[:4]) == sorted(whole[:4])
    assert sorted(shown) == sorted(whole)


@pytest.mark.parametrize("seed", range(3))
async def test_whatever_happens_between_pages_no_quote_comes_twice_and_none_is_lost(room: Room, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    await room.has_read(*(anns(number, day=1 + number % 5, quotes=1 + number % 3) for number in range(1, 9)))
    standing = {number for number, _ in await room.found()}
    page = await room.newsroom.handle(ANNS, CALLER, page=3)
    shown, last, read = numbers_of(page), kept(page), 20
    stood = set(standing)
    while last.goes_on:
        for _ in range(chance.randint(0, 2)):
            await happen(room, chance, read := read + 1)
            stood &= {number for number, speaker in await room.found() if speaker == "Ann Bell"}
        page = await room.newsroom.more(last.answer_id, after=last.last, page=3)
        if not (found := numbers_of(page)):
            break
        shown, last = [*shown, *found], kept(page)
    assert len(shown) == len(set(shown))
    assert stood <= set(shown) <= standing


async def happen(room: Room, chance: random.Random, number: int) -> None:
    """Something that changes what an answer would be now."""
    edited = anns(chance.randint(1, 8), day=chance.randint(1, 20), quotes=chance.randint(1, 3))
    quote_id = chance.randint(1, 15)
    with suppress(VerbatimError):
        match chance.randint(0, 6):
            case 0:
                await room.read(anns(number, day=chance.randint(1, 20)))
            case 1 | 2:
                await room.read({**edited, "text": f"{edited['text']}\n\nNote {number}."})
            case 3:
                await room.newsroom.fix(quote_id, chance.choice(["Tom Cook", "Ann Bell"]), author=ED)
            case 4:
                await room.newsroom.reject(quote_id, author=ED)
            case 5:
                await room.newsroom.undo(None, author=ED)
            case 6:
                await room.newsroom.remove(str(chance.randint(1, 8)), author=ED)


# --- typed -------------------------------------------------------------------------------------


async def test_more_is_the_next_page_of_the_last_answer_until_its_end(listed: Room) -> None:
    await listed.newsroom.handle("who said what about oars", CALLER, page=3)
    await listed.newsroom.handle(ANNS, CALLER, page=3)
    found = [await listed.newsroom.handle("more", CALLER, page=3) for _ in range(5)]
    assert [numbers_of(page) for page in found] == [[7], [6, 5, 4], [3], [2, 1], []]
    assert (found[-1].notes, found[-1].kept) == (THE_END, None)
    assert found[-1].understood == found[0].understood


async def test_more_goes_on_behind_what_could_be_shown(listed: Room) -> None:
    first = await listed.newsroom.handle(ANNS, CALLER, page=4)
    await listed.newsroom.reached(kept(first).answer_id, 9)
    assert numbers_of(await listed.newsroom.handle("more", CALLER, page=4)) == [8, 7]


async def test_a_button_moves_nobody(listed: Room) -> None:
    first = await listed.newsroom.handle(ANNS, CALLER, page=2)
    await page_behind(listed, first, 2)
    assert numbers_of(await listed.newsroom.handle("more", CALLER, page=2)) == [8, 7]


async def test_an_answer_that_is_named_is_gone_on_with_whoever_asked(listed: Room) -> None:
    first = await listed.newsroom.ask(ANNS, limit=3, caller=CALLER)
    await listed.newsroom.ask("who said what about oars", limit=3, caller=CALLER)
    again = await listed.newsroom.next_page(kept(first).answer_id, Caller("Flo"), page=2)
    assert numbers_of(again) == [7]


async def test_an_article_that_is_shown_is_gone_on_with(room: Room) -> None:
    await room.read(anns(1, quotes=3))
    await room.newsroom.handle("show 1", CALLER, page=2)
    assert numbers_of(await room.newsroom.handle("more", CALLER, page=2)) == [3]


@pytest.mark.parametrize("line", ["more", "export", "export json"])
async def test_who_had_no_answer_there_is_told_so(listed: Room, line: str) -> None:
    here, elsewhere = (Caller(ED, "U1", Channel("chat", "T1", channel)) for channel in ("C1", "C2"))
    await listed.newsroom.handle(ANNS, elsewhere, page=3)
    await listed.newsroom.handle(ANNS, Caller("Flo", "U2", here.channel), page=3)
    with pytest.raises(NotFound, match=NO_ANSWER):
        await listed.newsroom.handle(line, here, page=3)


def test_askers_are_told_apart_by_place_and_person() -> None:
    places = [None, Channel("chat", "T1", "C1"), Channel("chat", "T1", "C2"), Channel("chat", "T2", "C1")]
    callers = [Caller(name, name, place) for place in places for name in ("U1", "U2", "\ud800")]
    assert len({asker_of(caller) for caller in callers}) == len(callers)
    assert {len(asker_of(caller)) for caller in callers} == {64}


@pytest.mark.parametrize(
    ("line", "ending"), [("export", ".csv"), ("export csv", ".csv"), ("Export as JSON", ".json"), ("export jsonl", ".jsonl")]
)
async def test_all_of_the_last_answer_is_exported(listed: Room, line: str, ending: str) -> None:
    await listed.newsroom.handle(ANNS, CALLER, page=3)
    reply = await listed.newsroom.handle(line, CALLER, page=3)
    assert reply.file is not None
    assert reply.understood == reply.file.title == "Quotes by Ann Bell."
    assert reply.file.name == f"quotes-by-ann-bell{ending}"
    assert reply.file.content.count(b"Oars ") == 10


# --- asked with options ------------------------------------------------------------------------


async def test_options_hold_on_every_page(listed: Room) -> None:
    tried: list[dict[str, Any]] = [
        {"direct_only": True},
        {"attitudes": True},
        {"outlet": "mill"},
        {"since": "2 October 2026"},
        {"since": "1 October", "until": "9 October 2026"},
        {"direct_only": True, "attitudes": True, "outlet": "The Mill", "since": "2026-10-02", "until": "9 October 2026"},
    ]
    for given in tried:
        for question in (ANNS, "Ann Bell on oars", "who said what about oars"):
            whole = await listed.newsroom.ask(question, **given)
            first = await listed.newsroom.ask(question, **given, limit=2, caller=CALLER)
            found = [first]
            while kept(found[-1]).goes_on:
                found.append(await listed.newsroom.next_page(kept(first).answer_id, CALLER, page=5))
            shown = [number for page in found for number in numbers_of(page)]
            assert sorted(shown) == sorted(numbers_of(whole)), given
            assert len(shown) > 4, given


async def test_an_answer_that_is_shown_whole_is_not_kept(listed: Room) -> None:
    assert (await listed.newsroom.ask(ANNS, caller=CALLER)).kept is None
    assert (await listed.newsroom.ask(ANNS, limit=3)).kept is None


@pytest.mark.parametrize(
    "error",
    [DatabaseReadOnly("The database is read-only."), DatabaseBusy("Somebody writes."), DiskFull("The disk is full.", "Make room.")],
    ids=["read-only", "busy", "full"],
)
async def test_where_nothing_can_be_kept_the_first_page_is_shown_all_the_same(
    listed: Room, monkeypatch: pytest.MonkeyPatch, error: VerbatimError
) -> None:
    async def fail(*_: object, **__: object) -> int:
        raise error

    monkeypatch.setattr(answers, "add", fail)
    first = await listed.newsroom.ask(ANNS, limit=3, caller=CALLER)
    assert (numbers_of(first), first.kept) == ([10, 9, 8], None)
    assert first.notes == (f"{error.what} This answer could not be kept, so that there are no pages behind this one.",)
    assert (await listed.newsroom.handle("show 1", CALLER, page=3)).notes == ()


async def test_an_answer_is_had_as_a_file_at_once(listed: Room) -> None:
    file = await listed.newsroom.ask_for_file(ANNS, ExportFormat.JSONL, since="3 October", limit=5)
    assert file.content.count(b"\n") == 5
    assert file.name == "quotes-by-ann-bell-since-3-october-2026.jsonl"
