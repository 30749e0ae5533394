"""Articles that are read and not stored."""

import os
import signal
import time
from collections.abc import AsyncIterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from multiprocessing import active_children
from pathlib import Path

import pytest

from bot import previews
from bot.errors import ReadingError
from bot.previews import Preview, Previews
from bot.quoting.engine import Engine, Extraction
from tests.fakes.clock import FakeClock
from tests.fakes.engine import FakeEngine
from tests.fakes.fetcher import FakeFetcher
from tests.newsrooms import Room, everything

ROW = 'Ann Bell said: "We will row to the island in May."'


class DeadlyEngine(FakeEngine):
    """Ends the process that reads with it, as a system without memory does."""

    def extract(self, text: str) -> Extraction:
        os.kill(os.getpid(), signal.SIGKILL)
        return super().extract(text)


@dataclass(frozen=True)
class SlowEngine(FakeEngine):
    """Takes its time for every article but the first, and notes each that it has read to the end."""

    seconds: float = 0.2
    notes: Path = field(default_factory=Path)

    def extract(self, text: str) -> Extraction:
        if "row number 0" not in text:
            time.sleep(self.seconds)
        with self.notes.open("a") as notes:
            notes.write("read\n")
        return super().extract(text)


class InterruptedEngine(FakeEngine):
    """Somebody presses Ctrl-C while a process that is to read with it is being started."""

    def __reduce__(self) -> tuple[object, ...]:
        return _interrupted, ()


def _interrupted() -> FakeEngine:
    os.kill(os.getpid(), signal.SIGINT)
    return FakeEngine()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with seven articles, the longest first, and a file that is none."""
    made = tmp_path / "articles"
    made.mkdir()
    for number in range(7):
        (made / f"{number}.txt").write_text(f"It is row number {number}.\n" + f"{ROW}\n" * (7 - number))
    (made / "3.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)))
    return made


def of(*arguments: object, engine: Engine | None = None, raw: bool = False, processes: int | None = None) -> AsyncIterator[Preview]:
    reader = Previews(engine or FakeEngine(), FakeFetcher(), FakeClock())
    return reader.of([str(argument) for argument in arguments], raw=raw, processes=processes, stdin=None)


async def test_what_is_only_previewed_is_not_stored(room: Room, folder: Path) -> None:
    before = await room.rows()
    (preview,) = await everything(room.newsroom.read([str(folder / "6.txt")]))
    (view,) = preview.articles
    assert [(quote.speaker, [view.text[start:end] for start, end in quote.content], quote.quote_id) for quote in view.quotes] == [
        ("Ann Bell", ["We will row to the island in May."], None)
    ]
    assert await room.rows() == before


@pytest.mark.parametrize(("processes", "raw"), [(None, False), (1, False), (2, True)])
async def test_previews_come_in_order_and_are_counted(folder: Path, processes: int | None, raw: bool) -> None:
    found = await everything(of(folder, raw=raw, processes=processes))
    assert [Path(preview.name).name for preview in found] == ["0.txt", "1.txt", "2.txt", "3.jpg", "3.txt", "4.txt", "5.txt", "6.txt"]
    assert [(preview.done, preview.total) for preview in found] == [(place, 8) for place in range(1, 9)]
    assert [len(preview.articles[0].quotes) for preview in found if preview.articles] == [7, 6, 5, 4, 3, 2, 1]
    assert [preview.name for preview in found if preview.reason] == [str(folder / "3.jpg")]


async def test_a_file_of_several_articles_gives_them_all_or_is_one_text_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "several.jsonl").write_text('{"text": "The boat was late again."}\n' * 3)
    found = await everything(of(tmp_path / "several.jsonl"))
    assert [preview.name.rpartition(", ")[2] for preview in found] == ["line 1", "line 2", "line 3"]
    (whole,) = await everything(of(tmp_path / "several.jsonl", raw=True))
    assert whole.articles[0].text == (tmp_path / "several.jsonl").read_text()


async def test_a_reader_that_is_ended_from_outside_is_told(folder: Path) -> None:
    with pytest.raises(ReadingError, match="memory runs out"):
        await everything(of(folder, engine=DeadlyEngine(), processes=2))


async def test_nobody_has_to_take_all_previews(folder: Path) -> None:
    begun = of(folder, processes=1)
    assert (await anext(begun)).done == 1
    await begun.aclose()  # type: ignore[attr-defined]


@pytest.mark.parametrize(("processes", "seconds"), [(1, 0.2), (2, 20)])
async def test_who_stops_does_not_wait_for_what_is_still_to_be_read(folder: Path, tmp_path: Path, processes: int, seconds: float) -> None:
    begun = of(folder, engine=SlowEngine(seconds=seconds, notes=tmp_path / "notes"), processes=processes)
    await anext(begun)
    await begun.aclose()  # type: ignore[attr-defined]
    assert len((tmp_path / "notes").read_text().splitlines()) <= 3 - processes  # a thread ends the article that it is at
    assert active_children() == []


async def test_a_process_that_reads_never_hears_of_an_interrupt(folder: Path) -> None:
    found = await everything(of(folder, engine=InterruptedEngine(), processes=2))
    assert len(found) == 8


@pytest.mark.parametrize(("processors", "asked", "begun"), [(64, None, 8), (3, None, 3), (2, 10, 10), (64, 20, 12)])
async def test_there_are_no_more_processes_than_processors_eight_or_articles_unless_asked_for(
    processors: int, asked: int | None, begun: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(12):
        (tmp_path / f"{number}.txt").write_text(ROW)
    readers = previews._readers
    counts: list[int] = []

    def counted(engine: Engine, processes: int) -> AbstractContextManager[previews._Begin]:
        counts.append(processes)
        return readers(engine, 1)

    monkeypatch.setattr(previews, "_readers", counted)
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(processors)), raising=False)
    assert len(await everything(of(tmp_path, processes=asked))) == 12
    assert counts == [begun]
