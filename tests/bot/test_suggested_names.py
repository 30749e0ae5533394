"""Whatever is suggested for an option can be asked for with it, and finds what it was suggested for."""

import pytest

from bot.callers import Caller
from bot.options import Keyword, Options
from storage.database import Database
from storage.records import NewSpeaker, SpeakerKind
from tests.databases import sqlite_alone
from tests.newsrooms import ED, Room, cards_of
from tests.storage.sample import person, store

engine = sqlite_alone

CALLER = Caller(ED)
NAMES = (
    "a report obtained by The Harbour Post",
    "a letter seen by “The Said” since Monday",
    "Ann Bell about ferries until 5 November",
    "sources in May, only direct quotes",
    "what did she say",
    'Bo "The Oar" Lund',
    "Bo Lund's",
    "the man who said “no”",
    "the",
    "The A",
    "anyone",
    "her",
    "please",
    "12",
    "help digest",
    "quotes by Bell",
    "attitudes",
    "‘Zoë’ O’Brien-Ng's",
    "N.\u200b O. Body\nJr",
    "who? me! (us)",
    "said Said said",
    "% _ * OR NEAR(",
    "x" * 200,
    "Ann Bell",
    "a bell",
    "The Bell",
)
OUTLETS = (
    "The Mill",
    "Mill",
    "Said, since Monday",
    "The “Quoted” Post by Bell",
    "only direct quotes",
    "in The Mill",
    "Post 🙂 & Co.",
    "Wee\u200bkly\tNews",
    "who said what about",
    "May 2024",
    "2024",
)


@pytest.fixture
async def hostile(room: Room) -> Room:
    """A newsroom in which somebody of each name is quoted, and an article of each outlet has a quote."""
    async with room.database.writing() as session:
        for number, name in enumerate(NAMES):
            kind = SpeakerKind.PERSON if number % 2 and number > 5 else SpeakerKind.UNNAMED
            await store(session, f"{number}. We row.", "We row", speaker=NewSpeaker(name, kind, f"{number}"))
        for number, outlet in enumerate(OUTLETS):
            await store(session, f"{number}. They swim.", "They swim", speaker=person("Eve Dale"), outlet=outlet)
        await store(session, "🙂. They fly.", "They fly", speaker=NewSpeaker("🙂", SpeakerKind.UNNAMED, "🙂"), outlet="?!")
    return room


async def asked(room: Room, keyword: Keyword, options: Options) -> set[str]:
    """The speakers and outlets of what is found by the options."""
    reply = await room.newsroom.handle(await room.newsroom.request_line(keyword, options, CALLER), CALLER)
    return {name for card in cards_of(reply) for name in (card.speaker, card.place.outlet) if name}


async def test_every_speaker_that_is_suggested_can_be_asked_for(hostile: Room) -> None:
    suggested = {name for typed in ("", *NAMES) for name in await hostile.newsroom.speakers_like(typed)}
    assert suggested >= set(NAMES)
    assert "🙂" not in suggested
    for name in suggested:
        assert name in await asked(hostile, "quotes", Options(speaker=name)), name
        assert name in await asked(hostile, "quotes", Options(speaker=name, about="rows and rowing", direct=True)) or name == "Eve Dale", (
            name
        )


async def test_every_outlet_that_is_suggested_can_be_asked_for(hostile: Room) -> None:
    assert set(await hostile.newsroom.outlets_like("")) == set(OUTLETS)
    for name in OUTLETS:
        assert await asked(hostile, "who", Options(outlet=name)) == {"Eve Dale", name}
        assert await asked(hostile, "quotes", Options(speaker="Eve Dale", outlet=name, about="swimming")) == {"Eve Dale", name}


async def test_every_topic_that_is_suggested_can_be_asked_about(database: Database) -> None:
    said = ("We wait for the wreck", "It is about the EU", "The status of a digest", "In the boats of O’Brien-Ng", "On the quotes on help")
    room = Room.over(database)
    async with database.writing() as session:
        for number, words in enumerate(said):
            await store(
                session, f"{number}. {words}.", words, speaker=person("Eve Dale"), headline=f"{words} since today, by the quay of 2024"
            )
    topics = await room.newsroom.topics_like("")
    assert set(topics) >= {"wreck", "EU", "status", "digest", "boats"}
    for topic in topics:
        assert await asked(room, "who", Options(about=topic)) == {"Eve Dale"}, topic
