import io
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from math import inf
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import DatabaseReadOnly
from bot.intake import Intake
from bot.reading.documents import Hints
from bot.replies import Ingested, SaveOutcome
from storage.database import Database
from storage.records import NewArticle
from tests.fakes.clock import FakeClock
from tests.fakes.engine import FakeEngine
from tests.fakes.fetcher import FakeFetcher
from tests.fakes.workers import HereWorkers
from tests.newsrooms import ED, LONDON, Room, article, everything, words_of

ROW = 'Ann Bell said: "We will row to the island in May."'
ASKED = 'Tom Cook said: "Nobody asked the ferrymen."'
WAITED = 'Tom Cook said: "So we waited for a boat."'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder, in which the database does not lie."""
    made = tmp_path / "articles"
    made.mkdir()
    return made


async def test_an_article_is_stored_with_its_quotes_and_who_says_them(room: Room) -> None:
    (read, _) = await room.read(article(ROW, ASKED), article(WAITED, number=2))
    assert read == Ingested("standard input, line 1", SaveOutcome.ADDED, 1, "Headline 1", 2, done=1)
    assert await room.said() == [(1, "Ann Bell", "We will row to the island in May."), (2, "Tom Cook", "Nobody asked the ferrymen.")]


async def test_reading_it_again_changes_not_one_row(room: Room, folder: Path) -> None:
    (folder / "a.txt").write_text(ROW)
    await room.read(article(ROW, ASKED), article(ROW, number=2, outlet="The Oar"))
    await room.ingest(str(folder))
    await room.newsroom.fix(1, "Tom Cook", author=ED)
    await room.newsroom.reject(2, author=ED)
    before = await room.rows()
    room.clock.forward(days=1)
    again = await room.read(article(ROW, ASKED), article(ROW, number=2, outlet="The Oar"))
    again += await room.ingest(str(folder))
    assert [item.outcome for item in again] == [SaveOutcome.UNCHANGED] * 3
    assert [item.quotes for item in again] == [1, 1, 1]
    assert await room.rows() == before


async def test_a_known_article_is_not_looked_through_for_quotes_again(room: Room) -> None:
    await room.read(article(ROW))
    (again,) = await room.read_by(FakeEngine(mishap=AssertionError("It looked through it."))).read(article(ROW))
    assert again.outcome is SaveOutcome.UNCHANGED


async def test_a_long_text_may_take_long_but_not_for_ever_where_others_wait(database: Database) -> None:
    clock, workers = FakeClock(), HereWorkers()
    intake = Intake(database, FakeEngine(), FakeFetcher(), clock, LONDON, workers=workers)
    for number, longest in enumerate((inf, 240), 1):
        await intake.take("a feed", NewArticle(f"text:{number}", f"{ROW} {number}" + " Boats." * 100_000, language="en"), longest=longest)
        assert workers.allowed == min(longest, 760)


async def test_an_edited_article_becomes_a_new_version_and_its_quotes_follow(room: Room) -> None:
    await room.read(article(ROW, ASKED))
    room.clock.forward(hours=1)
    june = ROW.replace("May", "June")
    (read,) = await room.read(article("It was corrected later.", june, WAITED))
    assert (read.outcome, read.article_id, read.quotes) == (SaveOutcome.NEW_VERSION, 1, 2)
    assert await room.said() == [(1, "Ann Bell", "We will row to the island in June."), (3, "Tom Cook", "So we waited for a boat.")]
    assert [one.id for one in await room.quotes(include_gone=True) if one.gone] == [2]
    assert await room.found() == [(1, "Ann Bell"), (3, "Tom Cook")]
    assert [view.text.count("June") for view in [await room.newsroom.show("1", version=1), await room.newsroom.show("1")]] == [0, 1]


async def test_an_edited_headline_makes_a_version_and_leaves_the_quotes_as_they_are(room: Room) -> None:
    await room.read(article(ROW))
    (read,) = await room.read(article(ROW, headline="Islanders to row"))
    assert (read.outcome, read.headline) == (SaveOutcome.NEW_VERSION, "Islanders to row")
    assert [(one.id, one.headline) for one in await room.quotes()] == [(1, "Islanders to row")]
    assert words_of(await room.newsroom.ask("who said what about islanders")) == ["We will row to the island in May."]


async def test_corrections_are_kept_when_an_article_is_edited(room: Room) -> None:
    await room.read(article(ROW, ASKED), article(WAITED, number=2))
    await room.newsroom.fix(1, "Eve Dale", author=ED)
    await room.newsroom.reject(2, author=ED)
    await room.read(article("It was corrected later.", ASKED, ROW.replace("May", "June")))
    quotes = {one.id: one for one in await room.quotes()}
    assert (quotes[1].speaker_name, quotes[1].corrected, quotes[1].rejected) == ("Eve Dale", True, False)
    assert (quotes[2].speaker_name, quotes[2].corrected, quotes[2].rejected) == ("Tom Cook", False, True)
    assert await room.found() == [(1, "Eve Dale"), (3, "Tom Cook")]


async def test_a_correction_does_not_slip_to_another_quote_of_the_same_words(room: Room) -> None:
    first, second = 'Ann Bell said: "No comment."', 'Tom Cook said: "No comment."'
    await room.read(article(first, ROW, second))
    await room.newsroom.fix(1, "Eve Dale", author=ED)
    await room.read(article(ROW, second))
    assert await room.said() == [(2, "Ann Bell", "We will row to the island in May."), (3, "Tom Cook", "No comment.")]


async def test_a_quote_that_comes_back_has_its_number_and_its_correction_again(room: Room) -> None:
    await room.read(article(ROW, ASKED))
    await room.newsroom.fix(2, "Eve Dale", author=ED)
    await room.read(article(ROW))
    assert await room.found() == [(1, "Ann Bell")]
    await room.read(article(ROW, ASKED))
    assert await room.found() == [(1, "Ann Bell"), (2, "Eve Dale")]


async def test_a_speaker_whom_an_edit_leaves_without_a_quote_is_forgotten(room: Room) -> None:
    await room.read(article(ROW))
    await room.read(article("Ann Bell wrote nothing that day.", ROW.replace("Ann Bell", "Eve Dale")))
    assert [section.title for section in (await room.newsroom.people(None)).sections] == ["Eve Dale"]
    assert len((await room.rows())["speakers"]) == 1


async def test_a_copy_of_a_file_is_the_same_article(room: Room, folder: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(ROW)
    first, second = await room.ingest(str(folder))
    assert [first.outcome, second.outcome] == [SaveOutcome.ADDED, SaveOutcome.UNCHANGED]
    assert first.article_id == second.article_id


async def test_what_several_outlets_report_is_one_statement(room: Room) -> None:
    await room.read(article(ROW, ASKED), article(ROW, outlet="The Oar"), article(ROW.replace(" in May", ""), outlet="The Buoy"))
    assert await room.statements() == {frozenset({1, 3, 4})}


async def test_a_statement_falls_apart_when_the_report_that_joined_it_is_edited_away(room: Room) -> None:
    dates = ("2026-11-02", "2026-11-04", "2026-11-06")
    for outlet, date in zip(("The Mill", "The Oar", "The Buoy"), dates, strict=True):
        await room.read(article(ROW, outlet=outlet, published=f"{date}T12:00:00Z"))
    assert await room.statements() == {frozenset({1, 2, 3})}
    await room.read(article(ASKED, outlet="The Oar", published="2026-11-04T12:00:00Z"))
    assert await room.statements() == set()
    await room.read(article(ROW, outlet="The Oar", published="2026-11-04T12:00:00Z"))
    assert await room.statements() == {frozenset({1, 2, 3})}


async def test_a_statement_falls_apart_when_the_report_that_joined_it_is_taken_down(room: Room) -> None:
    for outlet, date in (("The Mill", "2026-11-02"), ("The Oar", "2026-11-04"), ("The Buoy", "2026-11-06")):
        await room.read(article(ROW, outlet=outlet, published=f"{date}T12:00:00Z"))
    await room.newsroom.remove("2", author=ED)
    assert await room.statements() == set()


@pytest.mark.parametrize("order", [(2, 4, 6, 8), (8, 6, 4, 2), (2, 8, 4, 6), (4, 2, 8, 6)])
async def test_statements_do_not_depend_on_the_order_of_reading(room: Room, order: tuple[int, ...]) -> None:
    for day in order:
        await room.read(article(ROW, number=day, published=f"2026-11-0{day}T12:00:00Z"))
    assert await room.statements() == {frozenset({1, 2, 3, 4})}


async def test_a_correction_stays_with_short_words_that_are_edited(room: Room) -> None:
    go, leave = 'Eve Dale said: "He must go."', 'Eve Dale said: "He must resign."'
    await room.read(article(ROW, go, ASKED))
    await room.newsroom.fix(2, "Sam Earl", author=ED)
    await room.read(article(ROW, leave, ASKED))
    assert [(number, by) for number, by, _ in await room.said()] == [(1, "Ann Bell"), (2, "Sam Earl"), (3, "Tom Cook")]


async def test_a_removed_article_does_not_come_back_unless_it_is_asked_for(room: Room) -> None:
    await room.read(article(ROW))
    await room.newsroom.remove("1", author=ED)
    assert await room.found() == []
    (refused,) = await room.read(article(ROW, ASKED))
    assert (refused.outcome, refused.article_id, refused.quotes) == (SaveOutcome.REMOVED, None, 0)
    assert (
        refused.reason
        == "It was taken down on 6 November 2026 by Ed; whoever runs Verbatim can have it read again with 'ingest --restore'."
    )
    assert await room.found() == []
    (back,) = await room.read(article(ROW, ASKED), restore=True)
    assert back.outcome is SaveOutcome.ADDED
    (again,) = await room.read(article(ROW, ASKED))
    assert again.outcome is SaveOutcome.UNCHANGED


async def test_the_day_of_a_removal_is_that_of_the_newsroom(room: Room) -> None:
    room.clock.now = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)  # half past midnight in London
    await room.read(article(ROW))
    await room.newsroom.remove("1", author=ED)
    (refused,) = await room.read(article(ROW))
    assert refused.reason == "It was taken down on 2 July 2026 by Ed; whoever runs Verbatim can have it read again with 'ingest --restore'."


async def test_a_removed_text_comes_back_from_a_copy_of_the_file_only_if_it_is_asked_for(room: Room, folder: Path) -> None:
    first, copy = folder / "a.txt", folder / "b.txt"
    first.write_text(ROW)
    copy.write_text(ROW)
    await room.ingest(str(first))
    await room.newsroom.remove("1", author=ED)
    (refused,) = await room.ingest(str(copy))
    assert refused.outcome is SaveOutcome.REMOVED
    (back,) = await room.ingest(str(copy), restore=True)
    assert back.outcome is SaveOutcome.ADDED


async def test_what_is_no_article_is_reported_and_the_rest_goes_on(room: Room, folder: Path) -> None:
    (folder / "1-empty.txt").write_bytes(b"")
    (folder / "2-photo.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01" + bytes(200))
    (folder / "3-article.txt").write_text(ROW)
    url = "https://mill.example.org/gone"
    found = await room.ingest(str(folder / "no-such-file"), str(folder), url)
    assert [item.outcome for item in found] == [None, None, None, SaveOutcome.ADDED, None]
    assert all(item.reason for item in found if item.outcome is None)
    assert [Path(item.name).name for item in found] == ["no-such-file", "1-empty.txt", "2-photo.jpg", "3-article.txt", "gone"]
    assert [(item.done, item.total) for item in found] == [(number, 5) for number in range(1, 6)]


async def test_a_line_that_is_no_article_is_named_and_the_next_one_is_read(room: Room) -> None:
    lines = io.BytesIO(b"\n".join([json.dumps(article(ROW)).encode(), b"{no json}", json.dumps(article(ASKED, number=2)).encode()]))
    found = await room.ingest("-", stdin=lines)
    assert [(item.name, item.outcome) for item in found] == [
        ("standard input, line 1", SaveOutcome.ADDED),
        ("standard input, line 2", None),
        ("standard input, line 3", SaveOutcome.ADDED),
    ]


async def test_a_page_is_fetched_and_keeps_its_address(room: Room) -> None:
    url = "https://mill.example.org/news/1"
    body = f"<p>{ROW}</p><p>The islanders have waited for a bridge for a hundred years, and for a ferry since the last one sank.</p>"
    room.fetcher.pages[url] = f"<html><head><title>Islanders to row</title></head><body><article>{body}</article></body></html>"
    (read,) = await room.ingest(url)
    assert read.outcome is SaveOutcome.ADDED
    assert (await room.newsroom.show(url)).url == url
    assert await room.said() == [(1, "Ann Bell", "We will row to the island in May.")]


async def test_what_a_person_says_of_an_article_wins(room: Room, folder: Path) -> None:
    (folder / "a.txt").write_text(ROW)
    hints = Hints(outlet="The Oar", url="https://oar.example.org/7", headline="Rowing")
    await everything(room.newsroom.ingest([str(folder)], hints=hints))
    view = await room.newsroom.show("https://oar.example.org/7")
    assert (view.outlet, view.headline) == ("The Oar", "Rowing")


async def test_another_engine_reads_again_what_it_has_not_read(room: Room) -> None:
    await room.read(article(ROW, ASKED), article(WAITED, number=2))
    better = room.read_by(FakeEngine("fake-2", misread={"Tom Cook": "Thomas Cook"}, blind="row"))
    before = await room.rows()
    room.clock.forward(days=1)
    found = await everything(better.newsroom.reread())
    assert [(item.name, item.outcome, item.quotes, item.done, item.total) for item in found] == [
        ("article 1", SaveOutcome.UNCHANGED, 1, 1, 2),
        ("article 2", SaveOutcome.UNCHANGED, 1, 2, 2),
    ]
    assert await room.said() == [(2, "Thomas Cook", "Nobody asked the ferrymen.")]
    assert await room.found() == [(2, "Thomas Cook"), (3, "Thomas Cook")]
    assert await everything(better.newsroom.reread()) == []
    assert len((await room.rows())["versions"]) == len(before["versions"])


async def test_reading_again_as_before_gives_back_every_quote_under_its_number(room: Room) -> None:
    await room.read(article(ROW, ASKED), article(ROW, number=2, outlet="The Oar"))
    before = await room.said(), await room.found(), await room.statements()
    await everything(room.read_by(FakeEngine("fake-2", misread={"Ann Bell": "Anna Bell"}, cut=9)).newsroom.reread())
    assert (await room.said(), await room.found()) != before[:2]
    await everything(room.newsroom.reread())
    assert (await room.said(), await room.found(), await room.statements()) == before


class FullDisk(Database):
    """A database that takes so many transactions and no more."""

    left = 0

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[AsyncSession]:
        if not self.left:
            raise DatabaseReadOnly("The database is read-only.", "Make it writable.")
        self.left -= 1
        async with super().writing() as session:
            yield session


async def test_a_store_that_takes_nothing_in_ends_the_run_and_loses_nothing(database: Database, database_url: str) -> None:
    room = Room.over(database)
    full = FullDisk(database_url)
    full.left = 2
    read = Room.over(full).newsroom.ingest(
        ["-"], hints=Hints(), stdin=_lines(article(ROW), article(ASKED, number=2), article(WAITED, number=3))
    )
    taken = [await anext(read), await anext(read)]
    with pytest.raises(DatabaseReadOnly):
        await anext(read)
    await full.close()
    assert [item.outcome for item in taken] == [SaveOutcome.ADDED] * 2
    assert await room.found() == [(1, "Ann Bell"), (2, "Tom Cook")]


async def test_an_article_whose_quotes_cannot_be_stored_is_not_stored_either(room: Room) -> None:
    before = await room.rows()
    with pytest.raises(RuntimeError):
        await room.read_by(FakeEngine(mishap=RuntimeError())).read(article(ROW))
    assert await room.rows() == before


def _lines(*given: dict[str, object]) -> io.BytesIO:
    return io.BytesIO("\n".join(json.dumps(one) for one in given).encode())
