"""Many questions at once: a few are looked up together, the others wait their turn, and all are answered."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from bot.callers import Caller
from storage.database import Session
from tests.newsrooms import ED, Room, article, words_of

SAID = "They interfered with the ferry contract."
AT_ONCE = 4
MANY = 30


@pytest.fixture
async def asked(room: Room) -> Room:
    await room.read(article(f'Ann Bell said: "{SAID}"'))
    return room


async def test_of_many_questions_at_once_a_few_are_looked_up_together_and_all_are_answered(
    asked: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading, now, most = asked.database.reading, 0, 0

    @asynccontextmanager
    async def counted() -> AsyncIterator[Session]:
        nonlocal now, most
        now += 1
        most = max(most, now)
        async with reading() as session:
            yield session
        now -= 1

    monkeypatch.setattr(asked.database, "reading", counted)
    replies = await asyncio.gather(*(asked.newsroom.handle("quotes about the ferry", Caller(ED), page=6) for _ in range(MANY)))
    assert most == AT_ONCE
    assert [words_of(reply) for reply in replies] == [[SAID]] * MANY
    assert len({reply.kept.answer_id for reply in replies if reply.kept}) == MANY


async def test_a_question_that_fails_gives_its_turn_back(asked: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(asked.database, "reading", _broken)
        failed = await asyncio.gather(
            *(asked.newsroom.handle("quotes about the ferry", Caller(ED)) for _ in range(MANY)), return_exceptions=True
        )
    assert [str(error) for error in failed] == ["out of order"] * MANY
    assert words_of(await asked.newsroom.handle("quotes about the ferry", Caller(ED))) == [SAID]


@asynccontextmanager
async def _broken() -> AsyncIterator[Session]:
    raise OSError("out of order")
    yield  # a generator it is by this word
