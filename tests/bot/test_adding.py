from pathlib import Path

import pytest

from bot.callers import Caller, Right
from bot.errors import CannotFetch, NotAllowed, NotUnderstood
from tests.databases import sqlite_alone
from tests.newsrooms import ED, Room, page, words_of

engine = sqlite_alone

CALLER = Caller(ED)
URL = "https://mill.example.org/boat"
PROSE = "The ferry was out for a week, and nobody on the island could say when it would sail."
BOAT = page("The boat is back", PROSE, 'Ann Bell said: "The boat was mended twice."', PROSE)


@pytest.fixture
def web(room: Room) -> Room:
    """A newsroom with an article to be had on the web."""
    room.fetcher.pages[URL] = BOAT
    return room


async def test_an_article_is_added_by_its_address_and_can_be_shown(web: Room) -> None:
    reply = await web.newsroom.handle(f"add {URL}", CALLER)
    assert reply.understood == "Added as article 1: The boat is back, with 1 quote."
    (shown,) = reply.suggestions
    assert words_of(await web.newsroom.handle(shown, CALLER)) == ["The boat was mended twice."]


async def test_an_article_that_is_known_is_not_added_again(web: Room) -> None:
    await web.newsroom.add(URL, CALLER)
    before = await web.rows()
    reply = await web.newsroom.add(URL, CALLER)
    assert reply.understood == "Article 1 is known already: The boat is back, with 1 quote."
    assert await web.rows() == before


async def test_an_article_that_was_edited_has_a_new_version(web: Room) -> None:
    await web.newsroom.add(URL, CALLER)
    web.fetcher.pages[URL] = BOAT.replace("twice", "thrice")
    reply = await web.newsroom.add(URL, CALLER)
    assert reply.understood == "Article 1 was edited since it was read, and has a new version: The boat is back, with 1 quote."


async def test_an_article_that_was_taken_down_stays_down_and_says_so(web: Room) -> None:
    await web.newsroom.add(URL, CALLER)
    await web.newsroom.remove("1", author="Ada Quill")
    reply = await web.newsroom.add(URL, CALLER)
    assert reply.understood.startswith("The boat is back: It was taken down on 6 November 2026 by Ada Quill")
    assert reply.suggestions == ()
    assert await web.found() == []


@pytest.mark.parametrize(("found", "why"), [(None, "answers 404"), ("", "It is empty"), (page("Home"), "holds no article")])
async def test_an_address_without_an_article_is_refused_with_the_reason(room: Room, found: str | None, why: str) -> None:
    if found is not None:
        room.fetcher.pages[URL] = found
    with pytest.raises(CannotFetch, match=why):
        await room.newsroom.add(URL, CALLER)
    assert (await room.rows())["articles"] == []


async def test_whoever_may_not_add_articles_has_nothing_fetched(web: Room) -> None:
    asked: list[Right] = []

    async def may(right: Right) -> bool:
        asked.append(right)
        return False

    with pytest.raises(NotAllowed, match=r"^You may not add articles"):
        await web.newsroom.handle(f"add {URL}", Caller(ED, may=may))
    with pytest.raises(NotAllowed):
        await web.newsroom.handle("remove 1", Caller(ED, may=may))
    assert asked == [Right.ADD, Right.REMOVE]
    assert (await web.rows())["articles"] == []


@pytest.mark.parametrize("blank", ["", "  ", "\n"])
async def test_an_address_that_is_missing_is_said_to_be(room: Room, blank: str) -> None:
    with pytest.raises(CannotFetch, match=r"^The address is missing\. Give one that begins with https://\.$"):
        await room.newsroom.add(blank, CALLER)


@pytest.mark.parametrize(
    "to_address", ["{}", "file://{}", "FILE://{}", "https://x\n{}", "-", " {}", "ftp://example.org{}", "//example.org{}"]
)
async def test_what_lies_on_the_server_is_never_read(room: Room, tmp_path: Path, to_address: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text('Ann Bell said: "Nobody in a chat may read this."')
    with pytest.raises(CannotFetch, match=r"is no address of the web\. Give one that begins with https://\."):
        await room.newsroom.add(to_address.format(secret), CALLER)
    with pytest.raises(NotUnderstood):
        await room.newsroom.handle(f"add {secret}", CALLER)
    assert (await room.rows())["articles"] == []
