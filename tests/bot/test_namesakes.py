"""Speakers across articles: one by the full name, unless what is said of them speaks against it."""

import pytest

from bot.quoting.engine import QuotingEngine
from bot.quoting.rules import RuleTagger
from storage import speakers
from tests.newsrooms import Room, article

MAYOR = "Mara Quill, the mayor of Ely, said: “The boat was late again.”"


class Later(QuotingEngine):
    """The same engine under a later name, so that everything is read again."""

    @property
    def name(self) -> str:
        return "later"


@pytest.fixture
def rules(room: Room) -> Room:
    """A newsroom that reads by the rules."""
    return room.read_by(QuotingEngine(RuleTagger()))


async def called(room: Room, name: str) -> list[tuple[str, ...]]:
    async with room.database.reading() as session:
        return [one.descriptions for one in await speakers.find(session, name.split())]


async def test_people_of_one_name_and_one_office_are_one(rules: Room) -> None:
    await rules.read(article(MAYOR), article("Mara Quill, mayor of Ely, said: “No boat came.”", number=2))
    assert len(await called(rules, "Mara Quill")) == 1


async def test_somebody_of_whom_nothing_is_said_is_taken_for_the_one_known(rules: Room) -> None:
    await rules.read(article(MAYOR), article("“No boat came,” said Mara Quill.", number=2))
    assert len(await called(rules, "Mara Quill")) == 1


async def test_a_nurse_is_not_the_mayor_of_her_name(rules: Room) -> None:
    await rules.read(article(MAYOR), article("“I missed my shift,” said Mara Quill, a nurse on the island.", number=2))
    assert len(await called(rules, "Mara Quill")) == 2


async def test_reading_again_leaves_namesakes_apart(rules: Room) -> None:
    given = (article(MAYOR), article("“I missed my shift,” said Mara Quill, a nurse on the island.", number=2))
    await rules.read(*given)
    before = await called(rules, "Mara Quill")
    assert len([item async for item in rules.read_by(Later(RuleTagger())).newsroom.reread()]) == 2
    assert await called(rules, "Mara Quill") == before


async def test_a_bare_surname_joins_nobody_of_another_article(rules: Room) -> None:
    await rules.read(article(MAYOR), article("“No boat came,” said Quill.", number=2))
    assert len(await called(rules, "Quill")) == 2
