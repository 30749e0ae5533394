from dataclasses import replace

import pytest

from storage import articles, quotes, speakers, voices
from storage.database import Database
from storage.records import Effective, NewArticle, NewSpeaker, QuoteFilter, SpeakerKind
from tests.storage.sample import HOUR, NOON, Stored, person, store

ADA, BO = person("Ada Quill"), person("Bo Lund")


async def say(database: Database, words: str, speaker: NewSpeaker = ADA, **given: object) -> Stored:
    """An article in which the speaker says these words."""
    async with database.writing() as session:
        return await store(session, words, words, speaker=speaker, identity=f"file:{words}", **given)  # type: ignore[arg-type]


async def newcomers(database: Database, *stored: Stored, before: QuoteFilter) -> list[int]:
    async with database.reading() as session:
        return await voices.newcomers(session, [one.speakers[0] for one in stored], before)


async def test_whoever_was_not_quoted_up_to_a_number_is_new(database: Database) -> None:
    first = await say(database, "We row.")
    again, other = await say(database, "We row again."), await say(database, "I sail.", BO)
    assert await newcomers(database, again, other, before=QuoteFilter(up_to_id=first.quotes[0])) == [other.speakers[0]]
    assert await newcomers(database, again, other, before=QuoteFilter(up_to_id=other.quotes[0])) == []


async def test_whoever_was_not_quoted_on_a_topic_is_new_to_it(database: Database) -> None:
    await say(database, "Ferries are late.", BO)
    first = await say(database, "We row.")
    again = await say(database, "Ferries are slow.")
    before = QuoteFilter(words=("ferries",), up_to_id=first.quotes[0])
    assert await newcomers(database, again, before=before) == [again.speakers[0]]
    assert await newcomers(database, again, before=replace(before, words=("row",))) == []
    assert await newcomers(database, again, before=replace(before, words=("!",))) == []


async def test_where_nothing_was_stored_before_nobody_is_new(database: Database) -> None:
    first = await say(database, "We row.")
    assert await newcomers(database, first, before=QuoteFilter(up_to_id=first.quotes[0] - 1)) == []


async def test_what_an_article_no_longer_says_was_heard_but_what_is_no_quote_was_not(database: Database) -> None:
    await say(database, "I sail.", BO)
    stored = await say(database, "We row.")
    async with database.writing() as session:
        saved = await articles.save(session, NewArticle("file:We row.", "All was edited."), at=NOON + HOUR)
        await quotes.replace(session, saved.version_id or 0, [], [], {})
    before = QuoteFilter(up_to_id=stored.quotes[0])
    assert await newcomers(database, stored, before=before) == []
    assert await newcomers(database, stored, before=QuoteFilter(read_until=NOON + HOUR)) == []
    async with database.writing() as session:
        await quotes.set_effective(session, [Effective(stored.quotes[0], stored.speakers[0], False, True)])
    assert await newcomers(database, stored, before=before) == [stored.speakers[0]]


@pytest.mark.parametrize(
    "speaker",
    [NewSpeaker("Lund", SpeakerKind.PERSON, None), NewSpeaker("a spokesman", SpeakerKind.UNNAMED, "a spokesman")],
)
async def test_whom_nobody_can_tell_from_others_is_not_new(database: Database, speaker: NewSpeaker) -> None:
    first = await say(database, "We row.")
    stored = await say(database, "I sail.", speaker)
    assert await newcomers(database, stored, before=QuoteFilter(up_to_id=first.quotes[0])) == []


async def test_speakers_are_given_in_the_order_of_their_numbers_asked_for(database: Database) -> None:
    ada, bo = await say(database, "We row."), await say(database, "I sail.", person("Bo Lund", "a sailor"))
    async with database.reading() as session:
        found = await speakers.many(session, [bo.speakers[0], 999, ada.speakers[0]])
    assert [(one.name, one.descriptions) for one in found] == [("Bo Lund", ("a sailor",)), ("Ada Quill", ())]
