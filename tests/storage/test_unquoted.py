"""Articles in other languages are found by their words, on both engines alike, and are forgotten with them."""

from dataclasses import replace

import pytest

from storage import articles, removals, unquoted
from storage.database import Database
from storage.records import NewArticle
from storage.terms import terms
from tests.storage.sample import DAY, NOON

FRENCH = NewArticle(
    "file:1", "La grève de l'Élysée dure, aujourd'hui encore.", headline="Le pont", outlet="Le Moulin", language="fr-CA", published=NOON
)
CHINESE = NewArticle("file:2", "市长星期一表示，这座桥整个冬天都将关闭。", language="zh")
ENGLISH = NewArticle("file:3", "La grève of the ferries, in English.", language="en-GB")


async def stored(database: Database, *given: NewArticle) -> None:
    async with database.writing() as session:
        for one in given:
            await articles.save(session, one, at=NOON, engine="rules 1")


async def found(database: Database, *words: str, outlet: str | None = None, since: int = 0, until: int = 1) -> list[int]:
    async with database.reading() as session:
        period = {"since": NOON + since * DAY, "until": NOON + until * DAY}
        return [one.article_id for one in await unquoted.holding(session, words, outlet=outlet, **period, limit=9)]


@pytest.mark.parametrize(
    "words", [("greve",), ("Élysée", "pont"), ("l'élysée",), ("aujourd’hui",), ("GRÈVE", "encore"), ("grè",), ("elys",), ("dure aujourd",)]
)
async def test_an_article_in_another_language_is_found_by_words_that_it_holds_or_that_begin_so(
    database: Database, words: tuple[str, ...]
) -> None:
    await stored(database, FRENCH, CHINESE, ENGLISH)
    assert await found(database, *words) == ([] if words == ("grè",) else [1])


async def test_a_language_without_spaces_is_found_by_its_letters_in_a_row(database: Database) -> None:
    await stored(database, FRENCH, CHINESE)
    assert await found(database, "冬天", "市长") == [2]
    assert await found(database, "天冬") == []


async def test_21_of_a_text_of_any_length_no_more_is_looked_at_than_is_kept(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = list[int]()

    def counted(given: str) -> list[str]:
        looked_at.append(len(given))
        return terms(given)

    long, spaced = "桥" * 1_000_000, "Il pleuvait sur le pont de la rivière. " * 30_000
    with monkeypatch.context() as patched:
        patched.setattr(unquoted, "terms", counted)
        await stored(database, replace(CHINESE, text=long), replace(FRENCH, text=f"{spaced[:39_000]}Encore. {spaced}Jamais."))
    assert sum(looked_at) < 600_000
    assert [await found(database, word) for word in ("桥桥", "encore", "rivière il", "jamais")] == [[1], [2], [2], []]


@pytest.mark.parametrize("words", ["don't", "no-deal", 'who said: "x', "AND", "NEAR(", "*", "col:", "😀", "x " * 5000, "", "'", "\\"])
async def test_whatever_is_typed_as_a_search_finds_something_or_nothing(database: Database, words: str) -> None:
    await stored(database, FRENCH)
    assert await found(database, words, *words.split()) == []


async def test_outlet_and_date_hold_for_them_too(database: Database) -> None:
    await stored(database, FRENCH)
    assert await found(database, "grève", outlet="LE MOULIN") == [1]
    assert await found(database, "grève", outlet="The Mill") == []
    assert await found(database, "grève", since=1, until=2) == []


async def test_they_are_counted_and_wait_for_no_engine(database: Database) -> None:
    await stored(database, FRENCH, CHINESE, ENGLISH)
    async with database.reading() as session:
        assert await unquoted.by_language(session) == {"fr-CA": 1, "zh": 1}
        assert await articles.read_by_other_engine(session, "rules 2") == [3]


async def test_what_is_edited_into_english_or_taken_down_is_none_of_them(database: Database) -> None:
    await stored(database, FRENCH, CHINESE)
    await stored(database, replace(FRENCH, text="The bridge, la grève.", language="en"))
    assert await found(database, "grève") == []
    await stored(database, replace(FRENCH, text="La grève finit.", language="fr"))
    assert await found(database, "finit") == [1]
    async with database.writing() as session:
        await removals.remove(session, 1, author="ed", at=NOON)
    assert await found(database, "finit") == []
    async with database.reading() as session:
        assert await unquoted.by_language(session) == {"zh": 1}
