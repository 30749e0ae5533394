from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from storage import profiles, quotes, speakers
from storage.database import Database
from storage.records import AliasKind, Called, Carried, Effective, QuoteKind, Reports, SaidIn, Stretch
from tests.storage.sample import DAY, HOUR, NOON, Stored, person, store


async def ada(
    session: AsyncSession, number: int, *descriptions: str, published: datetime | None = None, outlet: str = "The Mill"
) -> Stored:
    """An article in which Ada Quill, described so, says one thing."""
    text = f"{number}. We row on, said she."
    return await store(session, text, "We row on", speaker=person("Ada Quill", *descriptions), published=published, outlet=outlet)


async def test_what_articles_call_a_speaker_has_the_days_of_its_first_and_last_use(database: Database) -> None:
    async with database.writing() as session:
        (one,) = (await ada(session, 1, "the rower", published=NOON - 9 * DAY)).speakers
        await ada(session, 2, "the rower", "the minister", published=NOON - 3 * DAY)
        await ada(session, 3, "the minister", published=NOON - DAY)
        await store(session, "Nobody rows.", "Nobody rows", speaker=person("Bo Lund", "the rower"), published=NOON)
        assert await profiles.called(session, one, 5) == [
            Called("Ada Quill", AliasKind.NAME, 3, NOON - 9 * DAY, NOON - DAY, articles=3),
            Called("the minister", AliasKind.DESCRIPTION, 2, NOON - 3 * DAY, NOON - DAY, articles=2),
            Called("the rower", AliasKind.DESCRIPTION, 2, NOON - 9 * DAY, NOON - 3 * DAY, articles=2),
        ]


async def test_what_only_undated_articles_call_a_speaker_has_the_days_of_their_reading(database: Database) -> None:
    async with database.writing() as session:
        (one,) = (await ada(session, 1, "the rower")).speakers
        await ada(session, 2, published=NOON - DAY)
        assert await profiles.called(session, one, 5) == [
            Called("the rower", AliasKind.DESCRIPTION, 1, NOON, NOON, articles=1, undated=1),
            Called("Ada Quill", AliasKind.NAME, 2, NOON - DAY, NOON - DAY, articles=2, undated=1),
        ]


async def test_the_most_used_and_the_newest_descriptions_are_given_however_many_there_are(database: Database) -> None:
    async with database.writing() as session:
        (one,) = (await ada(session, 0, "the old hand", published=NOON - 99 * DAY)).speakers
        await ada(session, 1, "the old hand", published=NOON - 98 * DAY)
        for number in range(2, 8):
            await ada(session, number, f"the role {number}", published=NOON - (20 - number) * DAY)
        texts = [found.text for found in await profiles.called(session, one, 1) if found.kind is AliasKind.DESCRIPTION]
        assert texts == ["the role 7", "the old hand"]


async def test_who_was_merged_into_a_speaker_is_called_as_the_speaker_is(database: Database) -> None:
    async with database.writing() as session:
        (one,) = (await ada(session, 1, published=NOON)).speakers
        (other,) = (await store(session, "Go, said A. Quill.", "Go", speaker=person("A. Quill", "a rower"), published=NOON)).speakers
        (third,) = (await store(session, "Stop, said Quill.", "Stop", speaker=person("Quill"), published=NOON)).speakers
        await speakers.set_merged(session, {other: one, third: other})
        assert {found.text for found in await profiles.called(session, one, 5)} == {"Ada Quill", "A. Quill", "a rower", "Quill"}


async def test_quotes_are_counted_by_outlet_and_kind_without_those_that_are_rejected_or_gone(database: Database) -> None:
    async with database.writing() as session:
        by = person("Ada Quill")
        (one,) = (await store(session, "A. Row. On. Now.", "Row", "On", "Now", speaker=by, outlet="The Mill", identity="file:a")).speakers
        await store(session, "B. They row.", "They row", speaker=by, outlet="The Tide", kind=QuoteKind.INDIRECT)
        await store(session, "C. To row.", "To row", speaker=by, reports=Reports.ATTITUDE, kind=QuoteKind.INDIRECT)
        rejected = await store(session, "D. No quote.", "No quote", speaker=by, outlet="The Tide")
        await quotes.set_effective(session, [Effective(rejected.quotes[0], one, corrected=True, rejected=True)])
        edited = await store(session, "A. Row. Now.", "Row", speaker=by, outlet="The Mill", identity="file:a", carry=[1])
        assert edited.quotes == (1,)
        assert await profiles.carried(session, one) == [
            Carried("The Mill", QuoteKind.DIRECT, Reports.SPEECH, 1),
            Carried("The Tide", QuoteKind.INDIRECT, Reports.SPEECH, 1),
            Carried(None, QuoteKind.INDIRECT, Reports.ATTITUDE, 1),
        ]


async def test_the_first_and_the_last_quote_are_those_of_the_articles_days(database: Database) -> None:
    async with database.writing() as session:
        (one,) = (await ada(session, 1, published=NOON)).speakers
        assert [quote.article_id for quote in await profiles.first_and_last(session, one)] == [1]
        await ada(session, 2, published=NOON - 9 * DAY)
        await ada(session, 3, published=NOON - DAY)
        await store(session, "4. On.", "On", speaker=person("Ada Quill"), published=NOON + DAY, reports=Reports.ATTITUDE)
        assert [quote.article_id for quote in await profiles.first_and_last(session, one)] == [2, 1]
        assert await profiles.first_and_last(session, 99) == []


async def test_the_newest_that_was_said_comes_with_its_headlines(database: Database) -> None:
    async with database.writing() as session:
        by = person("Ada Quill")
        (one,) = (await store(session, "1. On.", "On", speaker=by, headline="Ferry late", published=NOON - DAY)).speakers
        await store(session, "2. Row.", "Row", speaker=by, published=NOON)
        await store(session, "3. No.", "No", speaker=by, published=NOON - 3 * DAY)
        assert await profiles.newest_said(session, one, 2) == [SaidIn("Row", None), SaidIn("On", "Ferry late")]


async def test_quotes_are_counted_in_times_of_which_each_begins_where_another_ends(database: Database) -> None:
    async with database.writing() as session:
        for number, moment in enumerate((NOON - DAY, NOON, NOON + HOUR, NOON + DAY)):
            (one,) = (await ada(session, number, published=moment)).speakers
        days = [Stretch(NOON + day * DAY, NOON + (day + 1) * DAY) for day in (-1, 0, 1, 2)]
        assert await profiles.counted_in(session, one, days) == [1, 2, 1, 0]
        assert await profiles.counted_in(session, one, []) == []


async def test_quotes_of_undated_articles_are_told_from_those_of_dated_ones(database: Database) -> None:
    async with database.writing() as session:
        (one,) = (await ada(session, 1)).speakers
        assert [quote.article_id for quote in await profiles.first_and_last(session, one)] == [1]
        await ada(session, 2, published=NOON)  # read in the moment of its publication
        await ada(session, 3, published=NOON - DAY)
        await ada(session, 4)
        assert await profiles.undated(session, one) == 2
        assert [quote.article_id for quote in await profiles.first_and_last(session, one)] == [3, 2]
        days = [Stretch(NOON + day * DAY, NOON + (day + 1) * DAY) for day in (-1, 0)]
        assert await profiles.counted_in(session, one, days) == [1, 3]
        assert await profiles.counted_in(session, one, days, dated=True) == [1, 1]


async def test_a_moment_counts_in_another_time_than_that_in_which_it_lies(database: Database) -> None:
    async with database.writing() as session:
        for number, moment in enumerate((NOON, NOON + HOUR, NOON + 5 * HOUR)):
            (one,) = (await ada(session, number, published=moment)).speakers
        before = Stretch(NOON - DAY, NOON + 5 * HOUR, but=NOON)
        after = Stretch(NOON + 5 * HOUR, NOON + DAY, also=NOON)
        assert await profiles.counted_in(session, one, [before, after]) == [1, 2]
