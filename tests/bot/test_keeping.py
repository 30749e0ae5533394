import csv
import io
from zoneinfo import ZoneInfo

import pytest

from bot import keeping
from bot.callers import Caller
from bot.errors import NotFound
from bot.replies import Kept, QuoteKind, Reply
from tests.fakes.engine import FakeEngine
from tests.newsrooms import ED, Room, article, cards_of, words_of

CALLER = Caller(ED)
FERRIES = [f"The ferry was late for the {number}th time." for number in range(4, 12)]
QUESTION = "who said what about ferries"
NOTHING_LEFT = ("Nothing is left here: what stood on this page was corrected or taken down.",)


def ferry_article(*words: str, number: int = 1, **given: str) -> dict[str, str]:
    return article(*(f'Ann Bell said: "{one}"' for one in words), number=number, **given)


@pytest.fixture
async def ferries(room: Room) -> Room:
    """A newsroom that has read eight quotes about ferries: six by Ann Bell, two by Tom Cook."""
    await room.has_read(
        ferry_article(*FERRIES[:6]), article(*(f'Tom Cook said: "{words}"' for words in FERRIES[6:]), outlet="The Oar", headline="A ferry")
    )
    return room


def kept(reply: Reply) -> Kept:
    assert reply.kept is not None
    return reply.kept


def numbers_of(reply: Reply) -> list[int]:
    return [card.quote_id for card in cards_of(reply)]


async def first_page(room: Room, page: int = 3, question: str = QUESTION) -> Reply:
    return await room.newsroom.handle(question, CALLER, page=page)


async def pages_behind(room: Room, page: Reply, size: int = 3) -> list[Reply]:
    """The page and all that follow it, as its buttons would give them."""
    pages = [page]
    while kept(pages[-1]).after:
        last = kept(pages[-1])
        pages.append(await room.newsroom.more(last.answer_id, after=last.last, page=size))
    return pages


async def exported(room: Room, answer_id: int) -> list[dict[str, str]]:
    file = await room.newsroom.export(answer_id)
    return list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"), newline="")))


async def test_the_pages_of_an_answer_joined_are_the_answer(ferries: Room) -> None:
    whole = await ferries.newsroom.ask(QUESTION)
    pages = await pages_behind(ferries, await first_page(ferries))
    assert [len(numbers_of(page)) for page in pages] == [3, 3, 2]
    assert [(kept(page).before, kept(page).after) for page in pages] == [(0, 5), (3, 2), (6, 0)]
    assert [number for page in pages for number in numbers_of(page)] == numbers_of(whole)
    assert {page.understood for page in pages} == {whole.understood}


async def test_a_page_is_kept_by_the_quote_that_it_begins_behind(ferries: Room) -> None:
    first, second, _ = await pages_behind(ferries, await first_page(ferries))
    assert kept(first).since is None
    assert kept(second).since == numbers_of(first)[-1] == kept(first).last
    assert await ferries.newsroom.more(kept(second).answer_id, after=kept(second).since, page=3) == second
    assert await ferries.newsroom.more(kept(first).answer_id, after=None, page=3) == first


async def test_an_answer_in_which_nothing_is_found_is_not_kept(ferries: Room) -> None:
    assert (await first_page(ferries, question="who said what about zeppelins")).kept is None


@pytest.mark.parametrize("unseen", ["\0", "\ud800", "\u202e", "\x07"])
async def test_what_cannot_be_seen_in_a_request_is_not_kept_with_it(ferries: Room, unseen: str) -> None:
    first = await first_page(ferries, question=f"who{unseen} said what about ferries{unseen}")
    assert kept(first).after == 5
    assert len(await pages_behind(ferries, first)) == 3


async def test_an_answer_that_is_not_paged_is_not_kept(ferries: Room) -> None:
    assert (await ferries.newsroom.handle(QUESTION, CALLER)).kept is None


async def test_what_is_read_between_two_pages_changes_neither(ferries: Room) -> None:
    first = await first_page(ferries)
    before = [numbers_of(page) for page in await pages_behind(ferries, first)]
    newer = ferry_article("Ferry, ferry, ferry: the ferry is all we talk of.", FERRIES[0], number=9, published="2026-11-06T10:00:00Z")
    await ferries.read(newer)
    assert numbers_of(await first_page(ferries)) != before[0], "asked again, the new quote comes first"
    assert [numbers_of(page) for page in await pages_behind(ferries, first)] == before


async def test_a_copy_that_was_read_between_two_pages_does_not_take_the_place_of_its_quote(ferries: Room) -> None:
    first = await first_page(ferries)
    words = words_of(first)[-1]
    await ferries.read(ferry_article(words, number=8, outlet="The Wire", published="2026-11-01T10:00:00Z"))
    second = await ferries.newsroom.more(kept(first).answer_id, after=kept(first).last, page=3)
    assert kept(second).before == 3
    assert not set(numbers_of(first)) & set(numbers_of(second))


@pytest.mark.parametrize("correction", ["fix {} not a quote", "fix {} speaker Tom Cook", "fix {} speaker Eve Dale"])
async def test_a_correction_of_the_last_quote_on_a_page_moves_no_other(ferries: Room, correction: str) -> None:
    first, second, third = await pages_behind(ferries, await first_page(ferries))
    await ferries.newsroom.handle(correction.format(kept(first).last), CALLER)
    assert numbers_of(await ferries.newsroom.more(kept(first).answer_id, after=kept(first).last, page=3)) == numbers_of(second)
    assert numbers_of(await ferries.newsroom.more(kept(second).answer_id, after=kept(second).last, page=3)) == numbers_of(third)


async def test_a_page_is_shown_again_as_it_is_after_a_correction(ferries: Room) -> None:
    first = await first_page(ferries)
    numbers = numbers_of(first)
    await ferries.newsroom.fix(numbers[0], "Eve Dale", author=ED)
    await ferries.newsroom.reject(numbers[1], author=ED)
    again = await ferries.newsroom.more(kept(first).answer_id, after=None, page=3)
    assert numbers_of(again)[:2] == [numbers[0], numbers[2]]
    assert (cards_of(again)[0].speaker, cards_of(again)[0].corrected) == ("Eve Dale", True)


async def test_an_answer_of_which_nothing_is_left_says_so(ferries: Room) -> None:
    first = await first_page(ferries)
    await ferries.newsroom.remove("1", author=ED)
    await ferries.newsroom.remove("2", author=ED)
    gone = await ferries.newsroom.more(kept(first).answer_id, after=kept(first).last, page=3)
    assert (gone.understood, gone.sections, gone.suggestions) == (first.understood, (), ())
    assert gone.notes == NOTHING_LEFT


async def test_a_page_of_which_nothing_is_left_says_so(ferries: Room) -> None:
    first = await first_page(ferries, page=7)
    (last,) = numbers_of(await ferries.newsroom.more(kept(first).answer_id, after=kept(first).last, page=7))
    await ferries.newsroom.reject(last, author=ED)
    page = await ferries.newsroom.more(kept(first).answer_id, after=kept(first).last, page=7)
    assert (page.sections, kept(page).before, kept(page).after) == ((), 7, 0)
    assert page.notes == NOTHING_LEFT


# --- read as when it was asked -----------------------------------------------------------------


async def test_a_question_with_a_relative_date_means_the_same_days_later(room: Room) -> None:
    wants = 'Ann Bell wants: "a ferry on each day of the week"'
    await room.read(article(f'Ann Bell said: "{FERRIES[0]}"', wants, f'Ann Bell said: "{FERRIES[1]}"'))
    first = await first_page(room, page=1, question="quotes and attitudes by Ann Bell since yesterday")
    assert first.understood == "Attitudes and quotes by Ann Bell, since 5 November 2026."
    room.clock.forward(days=10)
    pages = await pages_behind(room, first, size=1)
    assert [page.understood for page in pages] == [first.understood] * 3
    narrowed = await room.newsroom.narrow(kept(first).answer_id, CALLER, page=1)
    room.clock.forward(days=10)
    narrowed_pages = await pages_behind(room, narrowed, size=1)
    understood = "Direct attitudes and quotes by Ann Bell, since 5 November 2026."
    assert [page.understood for page in narrowed_pages] == [understood] * 2
    for page, size in ((first, 3), (narrowed, 2)):
        assert len(await exported(room, kept(page).answer_id)) == size


async def test_a_date_is_read_in_the_zone_of_who_asked(room: Room) -> None:
    await room.read(ferry_article(FERRIES[0], published="2026-11-06T02:00:00Z"))
    there = Caller(ED, zone=ZoneInfo("America/New_York"))
    assert not cards_of(await room.newsroom.handle("ferries today", there, page=3))
    answer = await room.newsroom.handle("ferries yesterday", there, page=3)
    again = await room.newsroom.more(kept(answer).answer_id, after=None, page=3)
    assert again == answer
    assert len(await exported(room, kept(answer).answer_id)) == 1


async def test_only_direct_quotes_are_a_kept_answer_of_their_own(room: Room) -> None:
    wants = 'Ann Bell wants: "a ferry on each day of the week"'
    await room.read(article(f'Ann Bell said: "{FERRIES[0]}"', wants, f'Ann Bell said: "{FERRIES[1]}"'))
    first = await first_page(room, page=1, question="quotes and attitudes by Ann Bell")
    assert kept(first).can_narrow
    narrowed = await room.newsroom.narrow(kept(first).answer_id, CALLER, page=1)
    assert kept(narrowed).answer_id != kept(first).answer_id
    assert not kept(narrowed).can_narrow
    cards = [card for page in await pages_behind(room, narrowed, size=1) for card in cards_of(page)]
    assert [card.kind for card in cards] == [QuoteKind.DIRECT] * 2
    assert len(await exported(room, kept(narrowed).answer_id)) == 2
    assert len(await exported(room, kept(first).answer_id)) == 3


async def test_an_article_that_is_shown_is_paged_and_exported_too(ferries: Room) -> None:
    first = await first_page(ferries, question="show A ferry", page=1)
    second = await ferries.newsroom.more(kept(first).answer_id, after=kept(first).last, page=1)
    assert [words_of(first), words_of(second)] == [[FERRIES[6]], [FERRIES[7]]]
    assert [row["words"] for row in await exported(ferries, kept(first).answer_id)] == [f"“{words}”" for words in FERRIES[6:]]


# --- for as long as the message stands ---------------------------------------------------------


async def test_a_kept_answer_is_paged_after_a_restart(ferries: Room) -> None:
    first, second, _ = await pages_behind(ferries, await first_page(ferries))
    restarted = ferries.read_by(FakeEngine("fake-2"))
    assert restarted.newsroom is not ferries.newsroom
    assert await restarted.newsroom.more(kept(first).answer_id, after=kept(first).last, page=3) == second


async def test_an_answer_that_is_not_kept_is_to_be_asked_again(ferries: Room) -> None:
    await first_page(ferries)
    newsroom = ferries.newsroom
    for answer_id in [99, 0, -1, 10**30]:
        for pressed in (newsroom.more(answer_id, after=1, page=3), newsroom.narrow(answer_id, CALLER, page=3), newsroom.export(answer_id)):
            with pytest.raises(NotFound, match=r"^This answer is no longer kept\. Ask the question again\.$"):
                await pressed


async def test_more_than_the_quotes_that_are_kept_are_exported(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "AT_FIRST", 10)
    await room.read(ferry_article(*(f"The ferry was late for the {number}th time." for number in range(13))))
    first = await first_page(room, page=5)
    assert (kept(first).after, kept(first).more, first.notes) == (5, True, ())
    rows = await exported(room, kept(first).answer_id)
    assert len({row["words"] for row in rows}) == len(rows) == 13
