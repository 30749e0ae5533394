import pytest

from storage import articles, quotes
from storage.database import Database
from storage.errors import StorageError
from storage.records import Counts, Effective, NewArticle, Reports, SaveOutcome
from tests.storage.sample import DAY, HOUR, NOON, person, store

FERRY = NewArticle(
    "https://ferry.example.org/bridge",
    "The bridge is shut.",
    url="https://ferry.example.org/bridge",
    outlet="The Ferry",
    headline="Bridge shut, no deal in sight",
    byline="Wim Daal",
    published=NOON - DAY,
    language="en",
)
KEPT = NewArticle.__dataclass_fields__.keys() - {"first_outlet", "unannounced"}  # which stories and alerts tell


def changed(article: NewArticle, **fields: object) -> NewArticle:
    return NewArticle(**{name: fields.get(name, getattr(article, name)) for name in KEPT})  # type: ignore[arg-type]


async def test_an_article_comes_back_as_it_was_stored(database: Database) -> None:
    async with database.writing() as session:
        saved = await articles.save(session, FERRY, at=NOON)
    assert saved.outcome is SaveOutcome.ADDED
    async with database.reading() as session:
        article = await articles.get(session, saved.article_id or 0)
    assert article is not None
    assert (article.id, article.version_id, article.version) == (saved.article_id, saved.version_id, 1)
    assert {name: getattr(article, name) for name in KEPT} == {name: getattr(FERRY, name) for name in KEPT}
    assert article.read_at == NOON
    assert article.read_at.utcoffset() == HOUR * 0


async def test_an_article_read_twice_is_stored_once(database: Database) -> None:
    async with database.writing() as session:
        first = await articles.save(session, FERRY, at=NOON)
        again = await articles.save(session, FERRY, at=NOON + HOUR)
        counts = await articles.counts(session)
    assert again == articles.Saved(first.article_id, first.version_id, SaveOutcome.UNCHANGED)
    assert counts.articles == 1
    assert counts.last_read == NOON


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", "The bridge is open."),
        ("headline", "Bridge open"),
        ("byline", "Ida Ros"),
        ("published", NOON),
    ],
)
async def test_an_edited_article_becomes_a_new_version_that_keeps_its_history(database: Database, field: str, value: object) -> None:
    async with database.writing() as session:
        first = await articles.save(session, FERRY, at=NOON)
        second = await articles.save(session, changed(FERRY, **{field: value}), at=NOON + HOUR)
    assert second.outcome is SaveOutcome.NEW_VERSION
    assert second.article_id == first.article_id
    async with database.reading() as session:
        newest = await articles.get(session, second.article_id or 0)
        before = await articles.get(session, second.article_id or 0, version=1)
        none = await articles.get(session, second.article_id or 0, version=3)
        assert await articles.newest(session, 10) == [newest]
    assert newest is not None
    assert before is not None
    assert none is None
    assert (newest.version, getattr(newest, field)) == (2, value)
    assert (before.version, getattr(before, field)) == (1, getattr(FERRY, field))


@pytest.mark.parametrize("field", ["headline", "published"])
async def test_what_a_reading_no_longer_gives_stays_as_a_person_gave_it(database: Database, field: str) -> None:
    async with database.writing() as session:
        first = await articles.save(session, FERRY, at=NOON)
        again = await articles.save(session, changed(FERRY, **{field: None}), at=NOON + HOUR)
        edited = await articles.save(session, changed(FERRY, text="Another text.", **{field: None}), at=NOON + 2 * HOUR)
        newest = await articles.get(session, first.article_id or 0)
    assert again == articles.Saved(first.article_id, first.version_id, SaveOutcome.UNCHANGED)
    assert edited.outcome is SaveOutcome.NEW_VERSION
    assert newest is not None
    assert getattr(newest, field) == getattr(FERRY, field)


async def test_an_article_edited_back_is_another_version(database: Database) -> None:
    async with database.writing() as session:
        for text in ("one", "two", "one"):
            saved = await articles.save(session, changed(FERRY, text=text), at=NOON)
        article = await articles.get(session, saved.article_id or 0)
    assert article is not None
    assert (article.version, article.text) == (3, "one")


async def test_a_new_outlet_or_address_is_taken_over_without_a_new_version(database: Database) -> None:
    async with database.writing() as session:
        await articles.save(session, changed(FERRY, outlet=None), at=NOON)
        again = await articles.save(session, changed(FERRY, outlet="The Daily Ferry"), at=NOON)
        kept = await articles.save(session, changed(FERRY, outlet=None), at=NOON)
        article = await articles.get(session, again.article_id or 0)
    assert again.outcome is kept.outcome is SaveOutcome.UNCHANGED
    assert article is not None
    assert article.outlet == "The Daily Ferry"


async def test_the_same_text_from_another_file_is_the_same_article(database: Database) -> None:
    async with database.writing() as session:
        first = await articles.save(session, NewArticle("file:/a.txt", "One text."), at=NOON)
        pasted = await articles.save(session, NewArticle("text:1234", "One text.", headline="Given with it"), at=NOON)
        moved = await articles.save(session, NewArticle("file:/b.txt", "One text."), at=NOON)
        other = await articles.save(session, NewArticle("file:/c.txt", "Another text."), at=NOON)
    assert pasted == moved == articles.Saved(first.article_id, first.version_id, SaveOutcome.UNCHANGED)
    assert other.outcome is SaveOutcome.ADDED


async def test_the_same_text_at_two_addresses_is_two_articles(database: Database) -> None:
    async with database.writing() as session:
        await articles.save(session, FERRY, at=NOON)
        copy = await articles.save(
            session, changed(FERRY, identity="https://mill.example.org/b", url="https://mill.example.org/b"), at=NOON
        )
        from_file = await articles.save(session, NewArticle("file:/bridge.txt", FERRY.text), at=NOON)
    assert copy.outcome is from_file.outcome is SaveOutcome.ADDED


async def test_an_outlet_is_one_however_it_is_typed(database: Database) -> None:
    async with database.writing() as session:
        for number, outlet in enumerate(["Échos du Port", "échos du port", "ECHOS DU PORT", "Alder News"]):
            await articles.save(session, NewArticle(f"file:{number}", f"Text {number}.", outlet=outlet), at=NOON)
        assert await articles.outlets(session) == ["Alder News", "Échos du Port"]


@pytest.mark.parametrize("text", ["a NUL \x00 in it", "half a pair \ud83d in it"])
async def test_a_text_that_no_database_holds_is_refused_with_a_sentence(database: Database, text: str) -> None:
    async with database.writing() as session:
        with pytest.raises(StorageError, match="article has characters that no database can store"):
            await articles.save(session, NewArticle("file:x", text), at=NOON)


async def test_a_very_long_address_outlet_and_headline_are_stored(database: Database) -> None:
    url = "https://ferry.example.org/" + "ü" * 9_000
    article = changed(FERRY, identity=url, url=url, outlet="Ö" * 9_000, headline="Word" * 5_000)
    async with database.writing() as session:
        assert (await articles.save(session, article, at=NOON)).outcome is SaveOutcome.ADDED
        assert (await articles.save(session, article, at=NOON)).outcome is SaveOutcome.UNCHANGED
        assert [found.outlet for found in await articles.find(session, url)] == ["Ö" * 9_000]


async def test_an_article_is_found_by_number_address_and_words_of_its_headline(database: Database) -> None:
    async with database.writing() as session:
        await articles.save(session, FERRY, at=NOON)
        await articles.save(
            session, changed(FERRY, identity="https://mill.example.org/", url="https://mill.example.org/", headline="Mill"), at=NOON
        )
        for reference in [
            "1",
            "#1",
            " 1 ",
            "https://ferry.example.org/bridge",
            "bridge shut",
            "DEAL bridge",
            "no-deal",
            "shut sight bridge",
        ]:
            assert [article.id for article in await articles.find(session, reference)] == [1], reference


async def test_an_unknown_reference_finds_no_article(database: Database) -> None:
    async with database.writing() as session:
        await articles.save(session, FERRY, at=NOON)
        for reference in [
            "",
            "  ",
            "7",
            "0",
            "-1",
            "99999999999999999999999",
            "9" * 10_000,
            "²",
            "١",
            "bridge closed",
            "bridg",
            "%",
            "_",
            "'; --",
            "🙂",
            "\x00",
            "\ud83d",
            "x" * 10_000,
        ]:
            assert await articles.find(session, reference) == [], reference


async def test_a_headline_that_begins_with_a_number_is_found_by_it(database: Database) -> None:
    async with database.writing() as session:
        await articles.save(session, changed(FERRY, headline="42 geese on the bridge"), at=NOON)
        assert len(await articles.find(session, "42")) == 1


async def test_an_edited_headline_is_found_by_its_new_words_only(database: Database) -> None:
    async with database.writing() as session:
        await articles.save(session, FERRY, at=NOON)
        await articles.save(session, changed(FERRY, headline="Bridge open again"), at=NOON)
        assert len(await articles.find(session, "open")) == 1
        assert await articles.find(session, "shut") == []


async def test_an_article_is_known_as_long_as_nothing_of_it_changed(database: Database) -> None:
    async with database.writing() as session:
        assert not await articles.is_known(session, FERRY)
        await articles.save(session, FERRY, at=NOON)
        assert await articles.is_known(session, FERRY)
        assert not await articles.is_known(session, changed(FERRY, headline="Bridge open again"))
        assert not await articles.is_known(session, changed(FERRY, text="The bridge is open."))
        await articles.save(session, changed(FERRY, text="The bridge is open."), at=NOON)
        assert not await articles.is_known(session, FERRY)


async def test_the_headlines_of_articles_with_quotes_are_listed(database: Database) -> None:
    async with database.writing() as session:
        await articles.save(session, FERRY, at=NOON)
        for hours, headline in enumerate(["First", "Second", None, "First"], 1):
            text = f"We row, said Ada Quill at {hours}."
            await store(session, text, "We row", speaker=person("Ada Quill"), headline=headline, read_at=NOON + hours * HOUR)
        rejected = await store(session, "We rest, said Ada Quill.", "We rest", speaker=person("Ada Quill"), headline="Third")
        await quotes.set_effective(session, [Effective(rejected.quotes[0], None, corrected=False, rejected=True)])
        assert await articles.headlines(session, 10) == ["First", "Second"]
        assert await articles.headlines(session, 1) == ["First"]


async def test_articles_found_by_words_come_newest_first_and_not_without_end(database: Database) -> None:
    async with database.writing() as session:
        for number in range(articles.MOST_FOUND + 5):
            await articles.save(session, NewArticle(f"file:{number}", f"Text {number}.", headline="Fog"), at=NOON + number * HOUR)
        found = await articles.find(session, "fog")
    assert len(found) == articles.MOST_FOUND
    assert found[0].read_at == NOON + (articles.MOST_FOUND + 4) * HOUR


async def test_the_newest_articles_are_listed(database: Database) -> None:
    async with database.writing() as session:
        for number, headline in enumerate(["First", None, "Third", "Third"]):
            await articles.save(session, NewArticle(f"file:{number}", f"Text {number}.", headline=headline), at=NOON + number * HOUR)
        assert [article.text for article in await articles.newest(session, 2)] == ["Text 3.", "Text 2."]
        assert await articles.all_ids(session) == [1, 2, 3, 4]


async def test_an_empty_store_counts_nothing(database: Database) -> None:
    async with database.reading() as session:
        assert await articles.counts(session) == Counts(0, 0, 0, 0, None)
        assert await articles.newest(session, 5) == []
        assert await articles.outlets(session) == []
        assert await articles.all_ids(session) == []
        assert await articles.get(session, 1) is await articles.get(session, 10**30) is None


async def test_what_is_stored_is_counted(database: Database) -> None:
    async with database.writing() as session:
        await store(session, "We row on, she said. We win.", "We row on", "We win", speaker=person("Ada Quill"), outlet="The Ferry")
        await store(session, "No, he said.", "No", speaker=person("Bo Lund"), outlet="The Mill", read_at=NOON + HOUR)
        assert await articles.counts(session) == Counts(articles=2, quotes=3, speakers=2, outlets=2, last_read=NOON + HOUR)


async def test_attitudes_are_counted_apart_and_headline_no_article(database: Database) -> None:
    async with database.writing() as session:
        await store(session, "No, he said.", "No", speaker=person("Bo Lund"), headline="Said")
        await store(session, "She wants oars.", "oars", speaker=person("Ada Quill"), headline="Wanted", reports=Reports.ATTITUDE)
        assert await articles.counts(session) == Counts(articles=2, quotes=1, speakers=1, outlets=0, last_read=NOON, attitudes=1)
        assert await articles.headlines(session, 10) == ["Said"]


async def test_articles_read_by_another_engine_are_known(database: Database) -> None:
    async with database.writing() as session:
        saved = [await articles.save(session, NewArticle(f"file:{number}", f"Text {number}."), at=NOON) for number in range(3)]
        await articles.set_engine(session, saved[0].version_id or 0, "rules 1")
        await articles.set_engine(session, saved[1].version_id or 0, "rules 2")
        assert await articles.read_by_other_engine(session, "rules 2") == [saved[0].article_id, saved[2].article_id]
        await articles.save(session, NewArticle("file:1", "Text 1, edited."), at=NOON)
        assert await articles.read_by_other_engine(session, "rules 2") == [saved[0].article_id, saved[1].article_id, saved[2].article_id]


async def test_outlets_are_listed_by_how_many_articles_there_are_of_them(database: Database) -> None:
    async with database.writing() as session:
        for number, outlet in enumerate(("The Mill", "The Oar", "The Oar", "Ärzteblatt", None)):
            await store(session, f"{number}. We row.", outlet=outlet)
    async with database.reading() as session:
        assert await articles.outlets_most_read(session) == ["The Oar", "The Mill", "Ärzteblatt"]
