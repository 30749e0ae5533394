import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.callers import Caller
from bot.suggesting import MOST
from tests.databases import sqlite_alone
from tests.newsrooms import ED, Room, article, cards_of

engine = sqlite_alone

MILL = article(
    'Ann Bell said: "The ferry is late."',
    'Ann Bell said: "The ferry is never early."',
    'Zoë Adair said: "The bridge is shut."',
    headline="Ferry is late, bridge is shut",
)
OAR = article('Tom Cook said: "The ferry will be back."', headline="Ferry to be back", outlet="The Oar")
SECOND = article('Tom Bell said: "The quay is dry."', headline="Quay runs dry", outlet="The Oar", number=2)
WEIRD = ["", "%", "_", "\0", "🙂", "a" * 10_000, "🙂" * 10_000, "'; --", "\ud800", "..", "é", "a%", "\n", " a b "]


@pytest.fixture
async def asked(room: Room) -> Room:
    await room.has_read(MILL, OAR, SECOND)
    return room


async def test_speakers_are_completed_from_any_word_of_their_names(asked: Room) -> None:
    for typed, names in [
        ("", ["Ann Bell", "Zoë Adair", "Tom Cook", "Tom Bell"]),
        (" ", ["Ann Bell", "Zoë Adair", "Tom Cook", "Tom Bell"]),
        ("A", ["Ann Bell", "Zoë Adair"]),
        ("bell", ["Ann Bell", "Tom Bell"]),
        ("tom b", ["Tom Bell"]),
        ("ZOE", ["Zoë Adair"]),
        ("%", []),
    ]:
        assert list(await asked.newsroom.speakers_like(typed)) == names, typed


@pytest.mark.parametrize(("typed", "names"), [("", ["The Oar", "The Mill"]), ("o", ["The Oar"]), ("the mi", ["The Mill"]), ("x", [])])
async def test_outlets_are_completed(asked: Room, typed: str, names: list[str]) -> None:
    assert list(await asked.newsroom.outlets_like(typed)) == names


async def test_topics_are_completed_with_what_finds_something(asked: Room) -> None:
    assert (await asked.newsroom.topics_like(""))[0] == "ferry"
    assert await asked.newsroom.topics_like("BRI") == ("bridge",)
    for topic in await asked.newsroom.topics_like(""):
        assert cards_of(await asked.newsroom.handle(f"who said what about {topic}", Caller(ED)))


async def test_an_empty_store_completes_nothing(room: Room) -> None:
    assert await room.newsroom.speakers_like("") == await room.newsroom.outlets_like("a") == await room.newsroom.topics_like("") == ()


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("", "Europe/London"),
        ("europe/b", "Europe/Belfast"),
        ("new y", "America/New_York"),
        ("New_York", "America/New_York"),
        ("Manch", "Europe/London"),
        ("zürich", "Europe/Zurich"),
        ("york", "America/New_York"),
        ("utc", "UTC"),
    ],
)
def test_time_zones_are_completed_by_their_names_and_by_cities(room: Room, typed: str, first: str) -> None:
    assert room.newsroom.zones_like(typed)[0] == first


def test_what_no_zone_is_called_completes_none(room: Room) -> None:
    assert room.newsroom.zones_like("Atlantis") == room.newsroom.zones_like("%") == room.newsroom.zones_like("a" * 10_000) == ()


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.sampled_from(WEIRD) | st.text(max_size=8))
async def test_any_text_is_harmless_and_a_few_names_are_given_each_once(asked: Room, typed: str) -> None:
    newsroom = asked.newsroom
    for found in (
        await newsroom.speakers_like(typed),
        await newsroom.outlets_like(typed),
        await newsroom.topics_like(typed),
        newsroom.zones_like(typed),
    ):
        assert len(found) == len(set(found)) <= MOST
