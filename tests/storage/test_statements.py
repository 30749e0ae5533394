from storage import quotes, speakers, statements
from storage.database import Database
from storage.records import Effective, QuoteKind, Reach, Reports, SpeakerKind, StatementQuote
from tests.storage.sample import DAY, HOUR, NOON, Stored, person, store

ADA = person("Ada Quill")
BO = person("Bo Lund")


async def five_quotes(database: Database) -> list[Stored]:
    async with database.writing() as session:
        return [
            await store(session, f"{number}. We will row, said Ada Quill.", "We will row", speaker=ADA, published=NOON + number * HOUR)
            for number in range(5)
        ]


async def told_by(database: Database, stored: list[Stored]) -> list[int | None]:
    async with database.reading() as session:
        found = [await quotes.get(session, one.quotes[0]) for one in stored]
    return [quote.statement_id for quote in found if quote]


async def test_quotes_of_a_group_share_a_statement(database: Database) -> None:
    stored = await five_quotes(database)
    a, b, c, d, e = (one.quotes[0] for one in stored)
    async with database.writing() as session:
        await statements.assign(session, [(a, c), (b, d), (e,)])
    first, second, third, fourth, fifth = await told_by(database, stored)
    assert first == third != second == fourth
    assert None not in (first, second)
    assert fifth is None


async def test_the_same_groups_again_change_nothing(database: Database) -> None:
    stored = await five_quotes(database)
    a, b, c, d, e = (one.quotes[0] for one in stored)
    for groups in ([(a, c), (b, d), (e,)], [(d, b), (e,), (c, a)]):
        async with database.writing() as session:
            await statements.assign(session, groups)
        if groups[0] == (a, c):
            before = await told_by(database, stored)
    assert await told_by(database, stored) == before


async def test_a_group_that_grows_keeps_its_number(database: Database) -> None:
    stored = await five_quotes(database)
    a, b, c, d, e = (one.quotes[0] for one in stored)
    async with database.writing() as session:
        await statements.assign(session, [(a, b), (c, d)])
    first, _, third, _, _ = await told_by(database, stored)
    async with database.writing() as session:
        await statements.assign(session, [(a, b, e), (c, d)])
    assert await told_by(database, stored) == [first, first, third, third, first]


async def test_groups_that_join_keep_one_number_and_the_other_is_dropped(database: Database) -> None:
    stored = await five_quotes(database)
    a, b, c, d, e = (one.quotes[0] for one in stored)
    async with database.writing() as session:
        await statements.assign(session, [(a, b), (c, d, e)])
    _, _, larger, _, _ = await told_by(database, stored)
    async with database.writing() as session:
        await statements.assign(session, [(a, b, c, d, e)])
    assert await told_by(database, stored) == [larger] * 5


async def test_when_a_group_parts_the_larger_part_keeps_the_number(database: Database) -> None:
    stored = await five_quotes(database)
    a, b, c, d, e = (one.quotes[0] for one in stored)
    async with database.writing() as session:
        await statements.assign(session, [(a, b, c, d, e)])
    (whole, *_) = await told_by(database, stored)
    async with database.writing() as session:
        await statements.assign(session, [(a, b), (c, d, e)])
    first, second, *rest = await told_by(database, stored)
    assert rest == [whole] * 3
    assert first == second not in (None, whole)


async def test_a_statement_with_one_quote_left_is_dropped(database: Database) -> None:
    stored = await five_quotes(database)
    a, b, *_ = (one.quotes[0] for one in stored)
    async with database.writing() as session:
        await statements.assign(session, [(a, b)])
        await statements.assign(session, [(a,)])
    assert await told_by(database, stored) == [None] * 5


async def test_the_quotes_of_a_statement_are_told_oldest_first(database: Database) -> None:
    stored = await five_quotes(database)
    a, b, c, d, _ = (one.quotes[0] for one in stored)
    async with database.writing() as session:
        await statements.assign(session, [(d, a), (c, b)])
    one, two, *_ = [statement_id or 0 for statement_id in await told_by(database, stored)]
    async with database.reading() as session:
        told = await statements.quotes_of(session, [two, one, 99])
    assert {number: [quote.id for quote in group] for number, group in told.items()} == {one: [a, d], two: [b, c]}


async def test_neighbours_are_the_live_speech_of_the_speakers_in_the_time(database: Database) -> None:
    stored = await five_quotes(database)
    async with database.writing() as session:
        undated = await store(session, "Undated. No, said Bo.", "No", speaker=BO, read_at=NOON + 2 * HOUR, kind=QuoteKind.INDIRECT)
        await store(session, "Other. No, said Cleo.", "No", speaker=person("Cleo Marsh"), published=NOON + 2 * HOUR)
        await store(session, "She wants oars.", "oars", speaker=person("Ada Quill"), published=NOON + HOUR, reports=Reports.ATTITUDE)
        await quotes.set_effective(session, [Effective(stored[2].quotes[0], None, corrected=False, rejected=True)])
        await statements.assign(session, [(stored[1].quotes[0], undated.quotes[0])])
    (ada,), (bo,) = stored[0].speakers, undated.speakers
    async with database.reading() as session:
        near = await statements.neighbours(session, [ada, bo], NOON + HOUR, NOON + 4 * HOUR)
        assert await statements.neighbours(session, [], NOON - DAY, NOON + DAY) == []
    told = near[0].statement_id
    assert told is not None
    assert near == [
        StatementQuote(stored[1].quotes[0], stored[1].article_id, ada, told, ("We will row",), QuoteKind.DIRECT, NOON + HOUR),
        StatementQuote(undated.quotes[0], undated.article_id, bo, told, ("No",), QuoteKind.INDIRECT, NOON + 2 * HOUR),
        StatementQuote(stored[3].quotes[0], stored[3].article_id, ada, None, ("We will row",), QuoteKind.DIRECT, NOON + 3 * HOUR),
    ]


async def test_neighbours_follow_corrections(database: Database) -> None:
    stored = await five_quotes(database)
    async with database.writing() as session:
        bo = await speakers.create(session, "Bo Lund", SpeakerKind.PERSON)
        await quotes.set_effective(session, [Effective(stored[0].quotes[0], bo, corrected=True, rejected=False)])
        assert [quote.id for quote in await statements.neighbours(session, [bo], NOON, NOON + DAY)] == [stored[0].quotes[0]]


async def test_the_reach_of_quotes_is_whose_they_are_and_when(database: Database) -> None:
    stored = await five_quotes(database)
    async with database.writing() as session:
        undated = await store(session, "Undated. No, said Bo.", "No", speaker=BO, read_at=NOON + 2 * HOUR)
        nobody = await store(session, "Nobody. No.", "No", read_at=NOON + 9 * HOUR)
        wanted = await store(session, "She wants oars.", "oars", speaker=BO, read_at=NOON + 9 * HOUR, reports=Reports.ATTITUDE)
        await quotes.set_effective(session, [Effective(stored[0].quotes[0], stored[0].speakers[0], corrected=False, rejected=True)])
        of_all = [one.quotes[0] for one in (*stored, undated, nobody, wanted)]
        assert await statements.reach(session, of_all) == Reach((*stored[0].speakers, *undated.speakers), NOON + HOUR, NOON + 4 * HOUR)
        assert await statements.reach(session, nobody.quotes) is await statements.reach(session, []) is None


async def test_quotes_are_given_with_all_that_report_the_same(database: Database) -> None:
    stored = await five_quotes(database)
    a, b, c, d, e = (one.quotes[0] for one in stored)
    async with database.writing() as session:
        await statements.assign(session, [(a, c, e)])
        assert await statements.together(session, [c, d]) == [a, c, d, e]
        assert await statements.together(session, [b, 99]) == [b, 99]
        assert await statements.together(session, []) == []
