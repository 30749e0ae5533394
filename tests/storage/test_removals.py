from sqlalchemy import text

from storage import articles, corrections, quotes, search, speakers, statements
from storage.database import Database
from storage.records import CorrectionKind, Effective, NewArticle, QuoteFilter, Removal, SaveOutcome, SpeakerKind
from storage.schema import Base
from tests.storage.sample import HOUR, NOON, person, store

URL = "https://ferry.example.org/1"
TEXT = "We will row, said Ada Quill. All of us, she said."
ADA = person("Ada Quill", "the harbour master")


async def rows_of_every_table(database: Database) -> dict[str, int]:
    async with database.reading() as session:
        tables = [*Base.metadata.tables, "quote_index"]
        return {name: count for name in tables if (count := await session.scalar(text(f"SELECT count(*) FROM {name}")))}  # noqa: S608


async def test_an_article_is_taken_down_with_all_that_came_from_it(database: Database) -> None:
    async with database.writing() as session:
        stored = await store(session, TEXT, "We will row", "All of us", speaker=ADA, url=URL, outlet="The Ferry", headline="Stop")
        await store(session, TEXT + " Edited.", "We will row", "All of us", speaker=ADA, url=URL, carry=stored.quotes)
        await corrections.add(session, CorrectionKind.NOT_A_QUOTE, author="ed", at=NOON, quote_id=stored.quotes[0])
        await statements.assign(session, [stored.quotes])
        assert await articles.remove(session, stored.article_id, author="ed", at=NOON) == 2
    assert await rows_of_every_table(database) == {"removals": 1}
    async with database.reading() as session:
        assert await articles.removal(session, URL) == Removal(URL, "ed", NOON)
        assert await search.quotes(session, QuoteFilter(words=("row",))) == []


async def test_what_others_still_refer_to_stays(database: Database) -> None:
    async with database.writing() as session:
        one = await store(session, TEXT, "We will row", speaker=ADA, url=URL, outlet="The Ferry")
        two = await store(session, "Copy. " + TEXT, "We will row", speaker=person("Ada Quill"), outlet="The Ferry")
        three = await store(session, "Copied again. " + TEXT, "We will row", speaker=person("Ada Quill"), outlet="The Mill")
        await statements.assign(session, [one.quotes + two.quotes + three.quotes])
        await articles.remove(session, one.article_id, author="ed", at=NOON)
        assert await articles.outlets(session) == ["The Ferry", "The Mill"]
        assert [speaker.name for speaker in await speakers.find(session, ["quill"])] == ["Ada Quill"]
        assert await speakers.find(session, ["harbour"]) == []
        told = [await quotes.get(session, number) for number in two.quotes + three.quotes]
        assert len({quote.statement_id for quote in told if quote} - {None}) == 1
        await articles.remove(session, two.article_id, author="ed", at=NOON)
        last = await quotes.get(session, three.quotes[0])
    assert last is not None
    assert last.statement_id is None
    assert (await rows_of_every_table(database)).keys().isdisjoint({"statements", "corrections"})


async def test_no_word_of_a_removed_article_is_left_where_speakers_are_looked_up(database: Database) -> None:
    async with database.writing() as session:
        one = await store(session, TEXT, "We will row", speaker=ADA, url=URL)
        await store(session, "Copy. " + TEXT, "We will row", speaker=person("Ada Quill"))
        await articles.remove(session, one.article_id, author="ed", at=NOON)
        words = set(await session.scalars(text("SELECT word FROM speaker_words")))
    assert words == {"ada", "quill"}


async def test_a_speaker_of_a_removed_article_whom_a_person_gave_another_quote_stays(database: Database) -> None:
    nameless = person("a spokesman")
    own = type(nameless)(nameless.name, SpeakerKind.UNNAMED, None, nameless.aliases)
    async with database.writing() as session:
        one = await store(session, TEXT, "We will row", speaker=own, url=URL)
        two = await store(session, "Copy. " + TEXT, "We will row", speaker=ADA)
        await quotes.set_effective(session, [Effective(two.quotes[0], one.speakers[0], corrected=True, rejected=False)])
        await articles.remove(session, one.article_id, author="ed", at=NOON)
        quote = await quotes.get(session, two.quotes[0])
    assert quote is not None
    assert quote.speaker_name == "a spokesman"


async def test_a_speaker_whom_a_person_made_for_a_removed_quote_goes_with_it(database: Database) -> None:
    async with database.writing() as session:
        stored = await store(session, TEXT, "We will row", speaker=ADA, url=URL)
        made = await speakers.create(session, "Bo Lund", SpeakerKind.PERSON)
        other = await speakers.create(session, "Cleo Marsh", SpeakerKind.PERSON)
        await corrections.add(session, CorrectionKind.SPEAKER, author="ed", at=NOON, quote_id=stored.quotes[0], speaker_id=made)
        await articles.remove(session, stored.article_id, author="ed", at=NOON)
        assert await speakers.get(session, made) is None
        assert await speakers.get(session, other) is not None, "what the article never referred to is left alone"


async def test_a_removed_article_does_not_come_back_by_itself(database: Database) -> None:
    article = NewArticle(URL, TEXT, url=URL)
    async with database.writing() as session:
        stored = await articles.save(session, article, at=NOON)
        await articles.remove(session, stored.article_id or 0, author="ed", at=NOON)
        again = await articles.save(session, article, at=NOON)
        edited = await articles.save(session, NewArticle(URL, TEXT + " Edited.", url=URL), at=NOON)
        assert again == edited == articles.Saved(None, None, SaveOutcome.REMOVED)
        assert await articles.all_ids(session) == []


async def test_a_removed_text_does_not_come_back_under_another_file_name(database: Database) -> None:
    async with database.writing() as session:
        stored = await articles.save(session, NewArticle("file:/a.txt", TEXT), at=NOON)
        await articles.remove(session, stored.article_id or 0, author="ed", at=NOON)
        copy = NewArticle("file:/b.txt", TEXT)
        assert (await articles.save(session, copy, at=NOON)).outcome is SaveOutcome.REMOVED
        assert await articles.removal(session, copy.identity) is None
        assert await articles.removal(session, copy.identity, text=TEXT) == Removal("file:/a.txt", "ed", NOON)
        await articles.allow_again(session, copy.identity, text=TEXT)
        assert (await articles.save(session, copy, at=NOON)).outcome is SaveOutcome.ADDED


async def test_a_removed_article_comes_back_when_it_is_allowed_again(database: Database) -> None:
    article = NewArticle(URL, TEXT, url=URL)
    async with database.writing() as session:
        first = await articles.save(session, article, at=NOON)
        await articles.remove(session, first.article_id or 0, author="ed", at=NOON)
        await articles.allow_again(session, URL)
        again = await articles.save(session, article, at=NOON)
        assert again.outcome is SaveOutcome.ADDED
        assert again.article_id != first.article_id, "numbers are never used twice"
        await articles.remove(session, again.article_id or 0, author="ida", at=NOON + HOUR)
        assert await articles.removal(session, URL) == Removal(URL, "ida", NOON + HOUR)


async def test_numbers_of_what_was_removed_are_never_used_again(database: Database) -> None:
    async with database.writing() as session:
        one = await store(session, TEXT, "We will row", speaker=ADA, url=URL)
        await articles.remove(session, one.article_id, author="ed", at=NOON)
        two = await store(session, "New. " + TEXT, "We will row", speaker=ADA)
    assert two.article_id > one.article_id
    assert two.version_id > one.version_id
    assert two.quotes[0] > one.quotes[0]
    assert two.speakers[0] > one.speakers[0]


async def test_gone_and_rejected_quotes_are_not_counted_as_taken_down(database: Database) -> None:
    async with database.writing() as session:
        one = await store(session, TEXT, "We will row", "All of us", speaker=ADA, identity="file:f")
        await quotes.set_effective(session, [Effective(one.quotes[0], None, corrected=True, rejected=True)])
        assert await articles.remove(session, one.article_id, author="ed", at=NOON) == 1


async def test_an_article_that_is_not_there_takes_nothing_down(database: Database) -> None:
    async with database.writing() as session:
        assert await articles.remove(session, 7, author="ed", at=NOON) == 0
    assert await rows_of_every_table(database) == {}
