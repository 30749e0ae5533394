"""Whatever is typed as a question is answered or refused in words, soon."""

import asyncio
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.asking.question import LONGEST_QUESTION
from bot.errors import VerbatimError
from bot.replies import Reply
from storage.database import Database
from tests.newsrooms import Room, article

_WORDS = st.sampled_from(
    re.findall(
        r"\S+",
        "who said what about did say quotes by from the on in since Monday May only direct 's \" “ ” ' ‘ ’ * NEAR( Mill Bell 3 and vs v "
        "compare between 🙂 \u200d \0 ? anything has he think wants agrees with latest newest declined comment Satrling ( ) , Moor #7 "
        "side by side 08:30 senator mayor of & / told Cook ferries 2026-13-45 5pm ago 99999999999999999999",
    )
)
_PIECES = (
    *(
        "what did ",
        "a vs ",
        "Bell vs ",
        "Bell and ",
        "who ",
        "to ",
        "what has been ",
        "what's ",
        "a's ",
        "a's b ",
        "quotes by ",
        "quotes about a by ",
    ),
    *(
        "said by ",
        "compare a and ",
        "between a and ",
        "does a agree with ",
        "according to ",
        "everything ",
        "in the Mill ",
        "the ",
        "told the Mill ",
    ),
    *(
        "“",
        '"',
        "'a ",
        "((((",
        "9",
        "9 ",
        "#",
        "since 3pm, ",
        "after 9pm yesterday, ",
        "from 3 to ",
        "a few ",
        "latest ",
        "senator ",
        "declined to ",
    ),
    *(
        "did not respond to ",
        "Satrling ",
        "Satrling,",
        "said the words “",
        "Á̀",
        "\u0301",
        "ﷺ",
        "a-",
        "a'",
        "please ",
        "hi, ",
        "is there ",
        "qoutes ",
    ),
)


class Desk:
    """A store of a few people that is asked on a loop of its own."""

    def __init__(self, database: Database) -> None:
        self.runner = asyncio.Runner()
        self.database = database
        self.room = Room.over(database)
        self.runner.run(self._furnish())
        self.asked("quotes since 3pm")  # what reads such times is loaded with the first

    async def _furnish(self) -> None:
        await self.database.open()
        people = ("Ann Bell", "Tom Cook", "Ida Moor", "Uma Starling", "Eva Bell", "Mill")
        await self.room.read(article(*(f'{name} said: "The ferry of {name} is late since Monday."' for name in people)))

    def asked(self, text: str) -> Reply | None:
        """The answer; None where it was refused with something to do about it."""
        try:
            return self.runner.run(self.room.newsroom.ask(text))
        except VerbatimError:
            return None

    def close(self) -> None:
        self.runner.run(self.database.close())
        self.runner.close()


@pytest.fixture(scope="module")
def desk(sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    path = shutil.copy(sqlite_template, tmp_path_factory.mktemp("desk") / "verbatim.db")
    desk = Desk(Database(f"sqlite:///{path}"))
    yield desk
    desk.close()


@settings(max_examples=30, deadline=1000, suppress_health_check=[HealthCheck.too_slow])
@given(text=st.one_of(st.text(max_size=60), st.lists(_WORDS, max_size=40).map(" ".join)))
@example(text="who declined to comment on “the ferry” in The Mill since Monday")
@example(text="Satrling vs Bell, Cook & Moor on the ferry")
def test_any_text_is_answered_or_refused_within_a_second(desk: Desk, text: str) -> None:
    reply = desk.asked(text)
    assert reply is None or reply.understood.endswith(".")


@settings(max_examples=30, deadline=1000, suppress_health_check=[HealthCheck.too_slow])
@given(pieces=st.lists(st.sampled_from(_PIECES), min_size=1, max_size=3))
def test_a_long_text_made_to_be_slow_is_answered_or_refused_within_a_second(desk: Desk, pieces: list[str]) -> None:
    desk.asked(("".join(pieces) * LONGEST_QUESTION)[:LONGEST_QUESTION])
