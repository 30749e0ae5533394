"""A person sets feeds up by chat and sees how they go, on any platform and in the terminal alike."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from bot.callers import Right
from bot.errors import NotAllowed, NotFound
from bot.feeds.pacing import Pacer
from storage.database import Database
from storage.records import NewFeed
from tests.bot.feeds.people import ANN, FEED, PAGE, SITE, added, person, rss
from tests.databases import ENGINES, sqlite_alone
from tests.newsrooms import Room, lines_of, page
from tests.storage.test_scale import statements_of

engine = sqlite_alone

LATE = 'Ann Bell said: "The ferry was late again on Monday."'


@pytest.fixture
def unhurried(database: Database, monkeypatch: pytest.MonkeyPatch) -> Room:
    """A newsroom for which the turns to ask a site come at once."""

    async def wait(_: float) -> None:
        room.clock.forward(minutes=1)

    monkeypatch.setattr("bot.feeding.Pacer", lambda clock: Pacer(clock, wait))
    room = Room.over(database)
    return room


async def said(room: Room, line: str, minutes: int = 1) -> str:
    """All that is answered to a line of chat; a site is asked again after a while."""
    room.clock.forward(minutes=minutes)
    reply = await room.newsroom.handle(line, ANN)
    lines = [reply.understood, *(f"{one.title} {one.subtitle}" for one in reply.sections), *lines_of(reply), *reply.notes]
    return "\n".join([*lines, *(f"> {one}" for one in reply.suggestions)])


@pytest.mark.parametrize("engine", ENGINES, indirect=True)
async def test_a_person_adds_a_page_sees_what_fails_resumes_it_and_moves_house(
    unhurried: Room, sqlite_template: Path, tmp_path: Path
) -> None:
    room = unhurried
    room.fetcher.pages = {
        SITE: PAGE,
        FEED: rss("Ferries are late", "Tea is cold"),
        f"{SITE}1": page("Ferries are late", LATE),
    }
    preview = await said(room, f"feeds preview {SITE} ; outlet: Harbour Post; keep headline: ferries")
    assert "“Ferries are late”" in preview
    assert "Tea" not in preview
    assert "1 of its 2 entries pass the filters." in preview
    add = preview.rpartition("> ")[2]
    assert add == f"feeds add {SITE}; outlet: Harbour Post; keep headline: ferries"
    assert (await said(room, "feeds")).startswith("Feeds.\nNone is read yet.")
    assert f"Added as feed 1: Harbour Post, {FEED}." in await said(room, add)
    assert "is that already" in await said(room, f"add feed {FEED}")

    assert await room.newsroom.feeds.look(9) == 1
    assert await room.newsroom.feeds.bring(9) == 1
    assert "The ferry was late again" in "".join(
        " ".join(card.words) for section in (await room.newsroom.handle("show 1", ANN)).sections for card in section.quotes
    )
    assert "Entries: 1 read, 1 passed over" in await said(room, "feeds 1")
    assert "Filters: keep headline: ferries; block section: sport" in await said(
        room, "feeds set 1; keep headline: ferries; block section: sport"
    )

    site, room.fetcher.pages = room.fetcher.pages, {}
    room.clock.now += timedelta(days=2)
    assert await room.newsroom.feeds.look(9) == 1
    failing = await said(room, "feeds failing")
    assert "Feeds that are failing. 1 is read, 1 of these fails." in failing
    assert f"Failed: {FEED} answers 404. Check the address." in failing
    assert f"1, Harbour Post: {FEED} answers 404. Check the address." in await said(room, "status")
    assert "Feed 1, Harbour Post, is paused." in await said(room, "pause feed 1")
    assert "Paused since" in await said(room, "feeds paused")
    assert "There are none." in await said(room, "feeds failing")
    room.fetcher.pages = site
    assert "goes on" in await said(room, "resume feed 1")
    assert await room.newsroom.feeds.look(9) == 1
    assert "Failed" not in await said(room, "show feed 1")

    exported = (await room.newsroom.handle("export feeds", ANN)).file
    assert exported is not None
    other = Room.over(Database(f"sqlite:///{shutil.copy(sqlite_template, tmp_path / 'other.db')}"))
    other.fetcher.pages = {f"{SITE}list.opml": exported.content.decode()}
    assert (await said(other, f"feeds import {SITE}list.opml")).startswith("1 feed added.")
    assert f"1: Harbour Post {FEED}" in await said(other, "feeds")
    await other.database.close()


async def test_a_thousand_feeds_are_listed_a_page_at_a_time_each_once(room: Room) -> None:
    await added(room, *(NewFeed(f"https://h{number}.example.org/") for number in range(1_000)))
    line, titles, pages = "feeds", list[str](), 0
    while line:
        reply = await room.newsroom.handle(line, ANN)
        titles += [section.title for section in reply.sections]
        pages += 1
        line = next((one for one in reply.suggestions if " after " in one), "")
    assert pages == 50
    assert [int(title.partition(":")[0]) for title in titles] == list(range(1, 1_001))


async def test_how_feeds_do_costs_the_status_one_question_and_another_where_some_fail(room: Room) -> None:
    with statements_of(room.database) as without:
        await room.newsroom.status()
    await added(room, NewFeed(FEED))
    await room.newsroom.feeds.look(9)
    with statements_of(room.database) as failing:
        await room.newsroom.status()
    of_feeds = [[statement for statement, _ in sent if "feeds" in statement] for sent in (without, failing)]
    assert [len(one) for one in of_feeds] == [1, 2]
    assert len(failing) == len(without) + 1


async def test_who_may_not_add_feeds_is_not_shown_how_and_still_sees_them(room: Room) -> None:
    await added(room, NewFeed(FEED))
    reader = person("Tom")
    shown = "\n".join(lines_of(await room.newsroom.handle("help", reader)))
    assert ("feeds failing" in shown, "feeds add" in shown) == (True, False)
    assert (await room.newsroom.handle("feeds 1", reader)).sections
    explained = "\n".join(lines_of(await room.newsroom.handle("help feeds", person("Lucy", Right.ADD))))
    for wanted in ("feeds set 3; outlet: none", "feeds move 3", "feeds import https://", "feeds export"):
        assert wanted in explained
    with pytest.raises(NotAllowed, match="You may not add feeds"):
        await room.newsroom.handle(f"feeds add {FEED}", reader)


async def test_any_number_may_be_typed(room: Room) -> None:
    await added(room, NewFeed(FEED))
    for line, note in (("feeds after 999999999999999999", "No more follow."), ("feeds failing after 2147483648", "There are none.")):
        assert (await room.newsroom.handle(line, ANN)).notes == (note,)
    with pytest.raises(NotFound, match="no feed 999999999999999999"):
        await room.newsroom.handle("feeds 999999999999999999", ANN)
