"""Refusals in the store: kept over edits, found by words, people, outlets and times, and gone with their article."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import text

from storage import articles, refusals, speakers
from storage.database import Database
from storage.records import NewArticle, NewRefusal, NewSpeaker, RefusalFilter, RefusalKind, Span, SpeakerKind, StoredRefusal, WaitingText
from tests.storage.sample import DAY, HOUR, NOON, at, person, store

TRUST = "The Harbour Trust declined to comment on the interfering tender. It rained."
BELL = "A spokesman for Ann Bell could not be reached."
COOK = "Tom Cook refused to comment."


def refusal(content: str, words: str, who: str, **given: Any) -> NewRefusal:  # noqa: ANN401 - any field of the record
    """A refusal in a text; its context is the whole of it."""
    values: dict[str, Any] = {"begins": True, "ends": True, "kind": RefusalKind.DECLINED, "context": (0, len(content))}
    start, _ = shown = at(content, words)
    first, last = at(words, who)
    whose: Span = (start + first, start + last)
    return NewRefusal(**({"shown": shown, "who": whose} | values | given))


async def filled(database: Database) -> dict[str, int]:
    """The numbers of Ann Bell and Tom Cook, in a store in which three articles say that somebody gave no comment."""
    async with database.writing() as session:
        one = await store(session, TRUST, identity="file:1", outlet="The Mill", headline="Ferry row")
        await refusals.replace(session, one.version_id, [refusal(TRUST, "The Harbour Trust declined to comment", "The Harbour Trust")])
        two = await store(session, BELL, identity="file:2", outlet="The Oar", published=NOON - DAY, speaker=person("Ann Bell"))
        away = RefusalKind.NOT_REACHED
        bell = refusal(BELL, BELL, "A spokesman for Ann Bell", kind=away, speaks_for_id=two.speakers[0])
        await refusals.replace(session, two.version_id, [bell])
        three = await store(session, COOK, identity="file:3", read_at=NOON + DAY, speaker=person("Tom Cook"))
        await refusals.replace(session, three.version_id, [refusal(COOK, COOK, "Tom Cook", speaker_id=three.speakers[0])])
    return {"Ann Bell": two.speakers[0], "Tom Cook": three.speakers[0]}


async def found(database: Database, **wanted: Any) -> list[StoredRefusal]:  # noqa: ANN401 - any field of the filter
    async with database.reading() as session:
        return await refusals.find(session, RefusalFilter(**wanted))


async def who(database: Database, **wanted: Any) -> list[str]:  # noqa: ANN401 - any field of the filter
    return [one.who for one in await found(database, **wanted)]


async def test_refusals_are_found_by_words_people_outlet_kind_and_time(database: Database) -> None:
    await filled(database)
    tried: list[tuple[dict[str, Any], list[str]]] = [
        ({}, ["Tom Cook", "The Harbour Trust", "A spokesman for Ann Bell"]),
        ({"limit": 1}, ["Tom Cook"]),
        ({"words": ("tenders",)}, ["The Harbour Trust"]),
        ({"words": ("interference",)}, ["The Harbour Trust"]),
        ({"words": ("rows", "rain")}, ["The Harbour Trust"]),
        ({"words": ("rows", "sun")}, []),
        ({"phrase": "declined to comment"}, ["The Harbour Trust"]),
        ({"phrase": "comment declined"}, []),
        ({"words": ("!?",)}, []),
        ({"words": ("tender", 'NEAR("', "*", "who:", "don't")}, []),
        ({"called": ("trust",)}, ["The Harbour Trust"]),
        ({"called": ("bell",)}, ["A spokesman for Ann Bell"]),
        ({"called": ("🙂",)}, []),
        ({"called": ("tender",)}, []),
        ({"outlets": ("the oar", "\ud83d")}, ["A spokesman for Ann Bell"]),
        ({"kinds": (RefusalKind.NOT_REACHED,)}, ["A spokesman for Ann Bell"]),
        ({"since": NOON}, ["Tom Cook", "The Harbour Trust"]),
        ({"until": NOON}, ["A spokesman for Ann Bell"]),
        ({"read_since": NOON + HOUR}, ["Tom Cook"]),
        ({"up_to_id": 2}, ["The Harbour Trust", "A spokesman for Ann Bell"]),
        ({"version_ids": (1, 2)}, ["The Harbour Trust", "A spokesman for Ann Bell"]),
        ({"after_version": 1, "up_to_version": 2}, ["A spokesman for Ann Bell"]),
    ]
    for wanted, names in tried:
        assert await who(database, **wanted) == names, wanted


async def test_a_refusal_has_all_that_an_answer_shows_and_stands_in_its_text(database: Database) -> None:
    numbers = await filled(database)
    cook, trust, _ = await found(database)
    assert (trust.words, TRUST[trust.start : trust.end]) == ("The Harbour Trust declined to comment",) * 2
    assert (trust.outlet, trust.headline, trust.published, trust.dated, trust.speaker_name) == ("The Mill", "Ferry row", None, NOON, None)
    assert (cook.speaker_id, cook.speaker_name, cook.kind) == (numbers["Tom Cook"], "Tom Cook", RefusalKind.DECLINED)


async def test_somebodys_refusals_are_those_of_whoever_speaks_for_them_too_and_of_those_merged_into_them(database: Database) -> None:
    numbers = await filled(database)
    bell, cook = numbers["Ann Bell"], numbers["Tom Cook"]
    assert await who(database, speaker_ids=(bell,), called=("bell",)) == ["A spokesman for Ann Bell"]
    assert await who(database, speaker_ids=(cook,)) == ["Tom Cook"]
    async with database.writing() as session:
        await speakers.set_merged(session, {cook: bell})
    both = await found(database, speaker_ids=(bell,))
    assert [one.who for one in both] == ["Tom Cook", "A spokesman for Ann Bell"]
    assert (both[0].speaker_id, both[0].speaker_name) == (bell, "Ann Bell")


async def test_a_namesake_who_is_known_to_be_another_is_not_found_but_whoever_is_called_so_is(database: Database) -> None:
    await filled(database)
    async with database.writing() as session:
        other = await store(session, "I am another Cook.", identity="file:4", speaker=person("Eve Cook"))
        campaign = NewSpeaker("the Cook campaign", SpeakerKind.ORGANISATION, "cook campaign")
        numbers = [*other.speakers, await speakers.save(session, campaign, article_id=other.article_id)]
        content = "The Cook campaign declined to comment."
        five = await store(session, content, identity="file:5")
        await refusals.replace(session, five.version_id, [refusal(content, content, "The Cook campaign", speaker_id=numbers[1])])
    assert await who(database, speaker_ids=(numbers[0],), called=("cook",)) == ["The Cook campaign"]
    assert await who(database, called=("cook",)) == ["Tom Cook", "The Cook campaign"]


async def versions(database: Database, *texts: str) -> list[int]:
    """The versions of an article, each read an hour after the one before; Tom Cook's sentence is a refusal wherever it stands."""
    numbers = []
    async with database.writing() as session:
        for hours, content in enumerate(texts):
            saved = await articles.save(session, NewArticle("file:1", content), at=NOON + hours * HOUR)
            numbers.append(saved.version_id or 0)
            await refusals.replace(session, numbers[-1], [refusal(content, COOK, "Tom Cook")] if COOK in content else [])
    return numbers


async def test_a_sentence_keeps_its_number_and_first_reading_over_edits_and_is_gone_when_it_stands_no_longer(database: Database) -> None:
    first, second = await versions(database, COOK, f"It rained. {COOK}")
    (one,) = await found(database)
    assert (one.id, one.version_id, one.dated, one.start) == (1, second, NOON, len("It rained. "))
    assert await found(database, words=("rained",)) == [one]
    third, fourth = (await versions(database, "It rained.", COOK))[-2:]
    (back,) = await found(database)
    assert (back.id, back.version_id, back.dated) == (1, fourth, NOON)
    as_it_was = {number: await who(database, up_to_version=number) for number in (first, second)}
    assert as_it_was == {first: ["Tom Cook"], second: ["Tom Cook"]}
    assert await who(database, after_version=first) == []
    assert third < fourth


async def test_what_is_gone_is_found_as_it_stood_then(database: Database) -> None:
    first, second = await versions(database, COOK, "It rained.")
    assert await who(database) == []
    assert await who(database, up_to_version=first, called=("cook",)) == ["Tom Cook"]
    assert await who(database, up_to_version=second) == []


async def test_a_sentence_that_stands_twice_is_two(database: Database) -> None:
    twice = f"{COOK} {COOK}"
    async with database.writing() as session:
        stored = await store(session, twice, identity="file:1")
        one = refusal(twice, COOK, "Tom Cook")
        two = replace(one, shown=(len(COOK) + 1, len(twice)), who=(len(COOK) + 1, len(COOK) + 9))
        for _ in range(2):
            await refusals.replace(session, stored.version_id, [one, two])
    assert [(one.id, one.start) for one in await found(database)] == [(2, len(COOK) + 1), (1, 0)]


async def test_nothing_is_left_of_the_refusals_of_an_article_that_is_taken_down(database: Database) -> None:
    await filled(database)
    async with database.writing() as session:
        for article_id in (1, 2):
            await articles.remove(session, article_id, author="ed", at=NOON)
        assert await session.scalar(text("SELECT count(*) FROM refusals")) == 1
        assert await session.scalar(text("SELECT count(*) FROM refusal_index")) == 1
        assert await articles.outlets(session) == []
    assert await who(database) == ["Tom Cook"]


async def test_whoever_only_gave_no_comment_stays_known_while_the_article_says_so(database: Database) -> None:
    numbers = await filled(database)
    async with database.writing() as session:
        assert await speakers.delete_orphans(session) == 0
        await refusals.replace(session, 3, [])
        assert await speakers.delete_orphans(session) == 1
        assert await speakers.get(session, numbers["Tom Cook"]) is None


async def test_versions_wait_until_they_are_looked_through_those_stored_last_first(database: Database) -> None:
    numbers = await versions(database, "One.", "Two.")
    async with database.writing() as session:
        other = await store(session, "Three.", identity="file:3")
        for number in (*numbers, other.version_id):
            await session.execute(text("INSERT INTO refusals_waiting (version_id) VALUES (:number)"), {"number": number})
    async with database.writing() as session:
        assert await refusals.waiting(session, 9) == [other.article_id, 1]
        assert await refusals.waiting(session, 1) == [other.article_id]
        assert await refusals.waiting_of(session, [1, 99]) == [WaitingText(1, numbers[0], "One."), WaitingText(1, numbers[1], "Two.")]
        assert await refusals.count_waiting(session) == 3
        await refusals.replace(session, numbers[0], [])
        assert await refusals.count_waiting(session) == 2
        await refusals.wait_no_longer(session, [other.version_id, 99])
        assert await refusals.count_waiting(session) == 1
        await articles.remove(session, 1, author="ed", at=datetime.now(NOON.tzinfo))
        assert await refusals.count_waiting(session) == 0


async def test_articles_with_refusals_are_known_the_gone_ones_too(database: Database) -> None:
    await filled(database)
    async with database.writing() as session:
        await refusals.replace(session, 3, [])
        assert await refusals.articles_with_any(session, [1, 3, 99]) == {1, 3}


async def test_refusals_are_had_by_their_numbers_in_any_order_as_long_as_they_stand(database: Database) -> None:
    await filled(database)
    async with database.writing() as session:
        await refusals.replace(session, 2, [])
    async with database.reading() as session:
        assert [one.who for one in await refusals.many(session, [3, 2, 1, 99, 3, -1, 10**30])] == ["Tom Cook", "The Harbour Trust"]
        assert await refusals.newest(session) == 3


async def test_of_no_refusals_none_is_the_newest(database: Database) -> None:
    async with database.reading() as session:
        assert await refusals.newest(session) == 0
