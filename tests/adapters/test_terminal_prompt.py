import asyncio
import io
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from itertools import pairwise
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.settings import Settings
from adapters.terminal import serving
from adapters.terminal.app import run
from adapters.terminal.prompt import PromptService, answer
from adapters.terminal.typed_lines import LONGEST_LINE, typed_lines
from bot.callers import Caller
from bot.errors import DatabaseUnavailable, NotFound, VerbatimError
from bot.newsroom import Newsroom
from bot.replies import Export, Reply
from tests.fakes.newsroom import FakeNewsroom

Captured = pytest.CaptureFixture[str]
ANSWER = "We will not wait"


class Pipe:
    """Standard input, into which a test types."""

    def __init__(self) -> None:
        self.read_end, self._write_end = os.pipe()
        self._open = {self.read_end, self._write_end}

    def type(self, words: bytes) -> None:
        os.write(self._write_end, words)

    def end(self) -> None:
        self._close(self._write_end)

    def closed(self) -> None:
        for descriptor in list(self._open):
            self._close(descriptor)

    def _close(self, descriptor: int) -> None:
        self._open.discard(descriptor)
        os.close(descriptor)


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    made = Pipe()
    yield made
    made.closed()


def written_in(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


async def test_a_file_that_is_asked_for_is_written_beside_those_that_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    newsroom = FakeNewsroom()
    newsroom.reply = Reply("Quotes.", file=Export("quotes.csv", b"We sail.", "Quotes.", "1 quote"))
    for _ in range(3):
        await answer(cast("Newsroom", newsroom), Settings.model_validate({}), "export")
    assert written_in(tmp_path) == dict.fromkeys(["quotes.csv", "quotes-2.csv", "quotes-3.csv"], b"We sail.")
    assert capsys.readouterr().out.split("\n\n")[1] == "Quotes. Written to quotes-2.csv."


async def _all(descriptor: int) -> list[str]:
    return [line async for line in typed_lines(descriptor)]


# --- the lines that are typed ------------------------------------------------------------------


async def test_lines_are_read_as_they_are_typed_while_other_work_goes_on(pipe: Pipe) -> None:
    lines = typed_lines(pipe.read_end)
    first = asyncio.ensure_future(anext(lines))
    await asyncio.sleep(0)
    pipe.type(b"who said what\nst")
    assert await first == "who said what"
    pipe.type(b"atus\n")
    assert await anext(lines) == "status"
    pipe.end()
    assert [line async for line in lines] == []


@settings(max_examples=30)
@given(st.text(st.sampled_from("ab\n é\u2028\r"), max_size=40), st.lists(st.integers(0, 60), max_size=5))
def test_however_the_bytes_come_in_the_lines_are_the_same(text: str, cuts: list[int]) -> None:
    async def read() -> list[str]:
        pipe, found = Pipe(), list[str]()
        typed = text.encode()
        places = [0, *sorted(min(cut, len(typed)) for cut in cuts), len(typed)]

        async def reading() -> None:
            async for line in typed_lines(pipe.read_end):
                found.append(line)

        task = asyncio.create_task(reading())
        for start, end in pairwise(places):
            pipe.type(typed[start:end])
            await asyncio.sleep(0)
        pipe.end()
        await task
        pipe.closed()
        return found

    assert asyncio.run(read()) == text.removesuffix("\n").split("\n")[: None if text else 0]


async def test_a_line_that_does_not_end_is_not_kept_for_ever(tmp_path: Path) -> None:
    (tmp_path / "endless").write_bytes(b"a" * 5 * LONGEST_LINE)
    descriptor = os.open(tmp_path / "endless", os.O_RDONLY)
    lines = await _all(descriptor)
    os.close(descriptor)
    assert len(lines) > 1
    assert sum(map(len, lines)) == 5 * LONGEST_LINE


async def test_bytes_that_are_no_text_are_replaced(pipe: Pipe) -> None:
    pipe.type(b"ferr\xff\n")
    pipe.end()
    assert await _all(pipe.read_end) == ["ferr\ufffd"]


async def test_a_file_is_read_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "asked.txt").write_text("who said what\nstatus\n")
    descriptor = os.open(tmp_path / "asked.txt", os.O_RDONLY)
    assert await _all(descriptor) == ["who said what", "status"]
    os.close(descriptor)


async def test_an_input_with_nothing_in_it_ends_at_once() -> None:
    descriptor = os.open(os.devnull, os.O_RDONLY)
    assert await _all(descriptor) == []
    os.close(descriptor)


async def test_a_terminal_is_read_without_changing_how_it_writes_until_it_is_gone() -> None:
    person, terminal = os.openpty()
    lines = typed_lines(terminal)
    os.write(person, b"status\n")
    assert await anext(lines) == "status"
    assert os.get_blocking(terminal)
    waiting = asyncio.ensure_future(anext(lines, "ended"))
    await asyncio.sleep(0)
    os.close(person)
    assert await waiting == "ended"
    os.close(terminal)


async def test_a_terminal_that_another_program_reads_from_as_well_is_waited_for(pipe: Pipe, monkeypatch: pytest.MonkeyPatch) -> None:
    os.set_blocking(pipe.read_end, False)
    pipe.type(b"status\n")
    pipe.end()
    read, empty = os.read, iter([BlockingIOError()])

    def read_by_another_at_first(descriptor: int, most: int) -> bytes:
        if error := next(empty, None):
            raise error
        return read(descriptor, most)

    monkeypatch.setattr(os, "read", read_by_another_at_first)
    assert await _all(pipe.read_end) == ["status"]


async def test_who_stops_reading_leaves_the_descriptor_alone(pipe: Pipe) -> None:
    waiting = asyncio.create_task(_all(pipe.read_end))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert not asyncio.get_running_loop().remove_reader(pipe.read_end)


# --- the prompt --------------------------------------------------------------------------------


class SlowNewsroom(FakeNewsroom):
    """Answers once it is let."""

    def __init__(self) -> None:
        super().__init__()
        self.begun, self.may_answer = asyncio.Event(), asyncio.Event()

    async def handle(self, text: str, caller: Caller, *, page: int | None = None) -> Reply:
        self.begun.set()
        await self.may_answer.wait()
        return await super().handle(text, caller, page=page)


def _prompt(newsroom: FakeNewsroom, descriptor: int | None) -> PromptService:
    return PromptService(cast("Newsroom", newsroom), Settings(), descriptor)


@asynccontextmanager
async def _running(newsroom: FakeNewsroom, pipe: Pipe, say: Callable[[str], None] = lambda _: None) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(_prompt(newsroom, pipe.read_end).run(say))
    yield task
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_what_is_typed_is_answered_and_an_error_does_not_end_it(pipe: Pipe, capsys: Captured) -> None:
    newsroom, said = FakeNewsroom(), list[str]()
    pipe.type(b"nonsense\n\n  who said what  \nQuit\nnever asked\n")
    await _prompt(newsroom, pipe.read_end).run(said.append)
    assert newsroom.asked == [("handle", "who said what", "Bo Tester")]
    assert said == ["type a question, or 'help'; 'quit' ends the prompt alone."]
    printed = capsys.readouterr()
    assert printed.out.count(ANSWER) == 1
    assert printed.err == "That is nonsense. Ask who said what.\n\nTry:\n  who said what about ferries\n"


async def test_a_mistake_of_ours_does_not_end_it(pipe: Pipe, capsys: Captured) -> None:
    newsroom = FakeNewsroom()
    newsroom.mishap = RuntimeError("oh")
    pipe.type(b"first\nsecond\n")
    pipe.end()
    await _prompt(newsroom, pipe.read_end).run(lambda _: None)
    printed = capsys.readouterr()
    assert printed.err.startswith("Sorry, this is a mistake in Verbatim itself")
    assert printed.out.count(ANSWER) == 1


async def test_an_error_is_told_even_where_the_store_cannot_be_asked_for_examples(
    pipe: Pipe, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def explained(_: VerbatimError) -> Reply:
        raise DatabaseUnavailable("The database is gone.")

    newsroom = FakeNewsroom()
    monkeypatch.setattr(newsroom, "explained", explained)
    newsroom.mishap = NotFound("There is no quote 9.", "See 'status'.")
    pipe.type(b"show 9\nquit\n")
    await _prompt(newsroom, pipe.read_end).run(lambda _: None)
    assert capsys.readouterr().err == "There is no quote 9. See 'status'.\n"


async def test_an_answer_that_was_begun_is_finished_when_the_prompt_is_stopped(pipe: Pipe, capsys: Captured) -> None:
    newsroom = SlowNewsroom()
    async with _running(newsroom, pipe) as task:
        pipe.type(b"first\nsecond\n")
        await newsroom.begun.wait()
        task.cancel()
        await asyncio.sleep(0)
        newsroom.may_answer.set()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert newsroom.asked == [("handle", "first", "Bo Tester")]
    assert ANSWER in capsys.readouterr().out


async def test_an_answer_that_takes_too_long_is_given_up_when_the_prompt_is_stopped(
    pipe: Pipe, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("adapters.serving.FINISHING_SECONDS", 0.01)
    newsroom = SlowNewsroom()
    async with _running(newsroom, pipe) as task:
        pipe.type(b"first\n")
        await newsroom.begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert newsroom.asked == []
    assert capsys.readouterr().out == ""


async def test_when_nobody_reads_the_answers_any_more_the_prompt_ends(pipe: Pipe, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: str) -> int:
        raise BrokenPipeError

    newsroom = FakeNewsroom()
    monkeypatch.setattr(sys.stdout, "write", broken)
    pipe.type(b"first\nsecond\n")
    await _prompt(newsroom, pipe.read_end).run(lambda _: None)
    assert newsroom.asked == [("handle", "first", "Bo Tester")]


async def test_a_terminal_that_takes_no_more_for_now_does_not_end_the_prompt(pipe: Pipe, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: str) -> int:
        raise BlockingIOError

    newsroom = FakeNewsroom()
    monkeypatch.setattr(sys.stdout, "write", full)
    pipe.type(b"first\nsecond\n")
    pipe.end()
    await _prompt(newsroom, pipe.read_end).run(lambda _: None)
    assert [asked for _, asked, _ in newsroom.asked] == ["first", "second"]


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_line_that_cannot_be_printed_ends_nothing(monkeypatch: pytest.MonkeyPatch, is_closed: bool) -> None:
    printed = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    if is_closed:
        printed.close()
    monkeypatch.setattr(sys, "stdout", printed)
    serving._say("Discord: @Verbatim answers in Ålesund.")


async def test_without_any_input_there_is_no_prompt() -> None:
    said = list[str]()
    await _prompt(FakeNewsroom(), None).run(said.append)
    assert said == []


def test_without_any_chat_the_prompt_alone_is_served_and_quit_ends_it(
    tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "asked.txt").write_text("who said what about ferries\nfix\nquit\nnever asked\n")
    with (tmp_path / "asked.txt").open() as typed:
        monkeypatch.setattr(sys, "stdin", typed)
        assert run(["serve", "--prompt"]) == 0
    printed = capsys.readouterr()
    assert printed.out.splitlines()[:3] == [
        "Slack: not set up; begin with 'verbatim slack manifest'.",
        "Discord: not set up; begin with 'verbatim discord invite'.",
        "Prompt: type a question, or 'help'; 'quit' ends the prompt alone.",
    ]
    assert "Quotes about ferries by anyone." in printed.out
    assert "never" not in printed.out
    assert printed.err.startswith("That is not how fix works.")
