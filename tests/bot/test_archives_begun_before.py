"""Archives in which a process was stopped, and with which the next one goes on."""

import asyncio
import gzip
import json
import multiprocessing
import os
import signal
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import text

from bot.bounded import Workers
from bot.newsroom import Newsroom
from bot.quoting.engine import Extraction
from bot.reading.documents import Hints
from bot.replies import Ingested, SaveOutcome
from storage.database import Database
from tests.bot import bounded_tasks, ingesting_child
from tests.fakes.engine import FakeEngine
from tests.newsrooms import LONDON, Room, article, everything, page

ARTICLES = 60
_FORKED = multiprocessing.get_context("forkserver")
_FORKED.set_forkserver_preload(["__main__", ingesting_child.__name__])


def row(number: int, edition: int = 0) -> dict[str, object]:
    """An article unlike every other: what is alike is compared, and joined into one statement."""
    letters = Random(1_000 * edition + number)  # noqa: S311
    words = " ".join("".join(letters.choices("abcdefghij", k=6)) for _ in range(6))
    name = "".join(letters.choices("klmnopqrst", k=6)).capitalize()
    return article(f'Ann {name} said: "Now {words}."', number=number)


def edited() -> list[dict[str, object]]:
    """Articles of which every tenth follows that ten before it with other words: read twice, each would make versions again."""
    rows = [row(number) for number in range(1, ARTICLES + 1)]
    return [one for number, each in enumerate(rows, 1) for one in ([each, row(number - 10, 1)] if number % 10 == 1 < number else [each])]


def pack(path: Path, rows: list[dict[str, object]]) -> None:
    path.write_bytes(gzip.compress("\n".join(json.dumps(one) for one in rows).encode()))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "archive.jsonl.gz"
    pack(path, edited())
    return path


async def held(database: Database) -> tuple[int, ...]:
    """How many articles, versions, quotes that stand and bookmarks there are."""
    tables = ("articles", "versions", "quotes WHERE gone IS FALSE", "bookmarks")
    async with database.reading() as session:
        return tuple([await session.scalar(text(f"SELECT count(*) FROM {one}")) or 0 for one in tables])  # noqa: S608


async def begun(room: Room, path: Path, items: int) -> None:
    """Read so many items and stop."""
    async with aclosing(room.newsroom.ingest([str(path)], hints=Hints())) as read:  # type: ignore[type-var]
        for _ in range(items):
            await anext(read)


async def gone_on_with(room: Room, path: Path) -> tuple[list[Ingested], list[tuple[str, int]]]:
    told = list[tuple[str, int]]()
    found = await everything(room.newsroom.ingest([str(path)], hints=Hints(), resumed=lambda name, done: told.append((name, done))))
    return found, told


async def test_killed_three_times_at_random_moments_an_archive_is_stored_as_if_nothing_had_been(
    database: Database, database_url: str, archive: Path
) -> None:
    random = Random(8)  # noqa: S311
    for _ in range(3):
        before = (await held(database))[1]
        process = _FORKED.Process(target=ingesting_child.ingest, args=(database_url, str(archive)))
        process.start()
        wanted = before + random.randint(3, ARTICLES // 4)
        while (await held(database))[1] < wanted:
            assert process.is_alive()
        process.kill()
        await asyncio.to_thread(process.join)
        assert process.exitcode == -signal.SIGKILL
        assert (await held(database))[3] == 1
    _, told = await gone_on_with(Room.over(database), archive)
    ((name, done),) = told
    assert (name, 3 <= done < len(edited())) == (str(archive), True)
    assert await held(database) == (ARTICLES, len(edited()), ARTICLES, 0)


async def test_what_was_read_to_its_end_is_read_again_from_its_beginning(room: Room, archive: Path) -> None:
    await room.ingest(str(archive))
    found, told = await gone_on_with(room, archive)
    assert (len(found), told) == (len(edited()), [])


async def test_a_file_in_which_a_line_that_was_read_was_changed_meanwhile_is_read_from_its_beginning(room: Room, tmp_path: Path) -> None:
    path = tmp_path / "archive.jsonl"
    lines = [json.dumps({**row(number), "notes": "x" * 10_000}) for number in range(1, ARTICLES)]
    path.write_text("\n".join(lines))
    written = path.stat().st_mtime_ns
    await begun(room, path, 9)
    assert (await held(room.database))[3] == 1
    path.write_text("\n".join([*lines[:7], lines[7].replace('said: \\"Now', 'said: \\"Not'), *lines[8:]]))
    os.utime(path, ns=(written, written + 1_000_000_000))
    found, told = await gone_on_with(room, path)
    assert (len(found), told) == (len(lines), [])
    assert [one.outcome for one in found[:9]].count(SaveOutcome.NEW_VERSION) == 1


async def test_another_file_of_the_same_name_is_read_from_its_beginning(room: Room, archive: Path) -> None:
    await begun(room, archive, 9)
    pack(archive, [row(number) for number in range(5)])
    found, told = await gone_on_with(room, archive)
    assert (len(found), told) == (5, [])


async def test_a_file_read_otherwise_is_read_from_its_beginning(room: Room, archive: Path) -> None:
    await begun(room, archive, 9)
    found = await room.ingest(str(archive), restore=True)
    assert len(found) == len(edited())


async def test_a_folder_is_gone_on_with_behind_the_last_file_that_was_read_if_it_is_still_there(room: Room, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    names = [f"{number:02}.txt" for number in range(40)]
    for name in names:
        (folder / name).write_text(f"Ann Bell said nothing at buoy {name}, and rowed on to the next one.")
    await begun(room, folder, 6)
    found, ((given, done),) = await gone_on_with(room, folder)
    assert ([Path(one.name).name for one in found], given, done >= 6) == (names[done:], str(folder), True)

    await begun(room, folder, 6)
    (folder / "00.txt").unlink()  # the others stand in other places now
    found, told = await gone_on_with(room, folder)
    assert (len(found), told) == (39, [])


async def test_a_folder_in_which_a_file_that_was_read_was_corrected_meanwhile_is_read_from_its_beginning(
    room: Room, tmp_path: Path
) -> None:
    """What was refused is mended, and the same command given again: it must not be passed over."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:02}.txt").write_text(f"Ann Bell said nothing at buoy {number}, and rowed on to the next one." if number else "")
    await begun(room, folder, 6)
    (folder / "00.txt").write_text("Ann Bell said: “Nobody rows on Sundays.”")
    found, told = await gone_on_with(room, folder)
    assert (len(found), found[0].outcome, told) == (40, SaveOutcome.ADDED, [])


async def test_how_much_is_read_is_told_by_bytes_where_nobody_knows_how_many_articles_come(room: Room, archive: Path) -> None:
    found = await room.ingest(str(archive))
    assert (found[0].total, found[-1].done, found[-1].share) == (None, len(edited()), 1.0)


class Harmful(FakeEngine):
    """An engine that does to its process what it reads."""

    def extract(self, text: str) -> Extraction:
        for word, harm in HARM.items():
            if word in text:
                harm()
        return super().extract(text)


def _leave() -> None:
    os._exit(3)


HARM: dict[str, Callable[[], object]] = {
    "hangs": bounded_tasks.hang,
    "eats": lambda: bytes(2_000_000_000),
    "dies": bounded_tasks.be_killed,
    "leaves": _leave,
    "stumbles": bounded_tasks.stumble,
}


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is read may take two seconds."""
    monkeypatch.setattr("bot.intake._SECONDS", 2.0)


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_an_article_that_does_harm_to_its_process_is_named_with_its_reason_and_the_others_are_stored(
    room: Room, tmp_path: Path
) -> None:
    """FAILURES 21: what hangs, eats memory or takes its process down is refused, and the rest goes on."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for number, word in enumerate([*HARM, "rows"]):
        (folder / f"{number}.html").write_text(page("Rowing", f'Ann Bell said: "She {word} and we row on, whatever comes."' * 3))
    async with Workers(2, seconds=60, megabytes=700) as workers:
        newsroom = Newsroom(room.database, engine=Harmful(), fetcher=room.fetcher, workers=workers, zone=LONDON, clock=room.clock)
        found = await everything(newsroom.ingest([str(folder)], hints=Hints()))
    assert [(one.reason or "")[:40] for one in found] == [
        "Reading it took longer than 2 seconds. L",
        "Reading it needed more than 700 MB of me",
        "The process that read it was ended by SI",
        "The process that read it was ended with ",
        "Verbatim has a fault that keeps it from ",
        "",
    ]
    assert found[-1].outcome is SaveOutcome.ADDED
