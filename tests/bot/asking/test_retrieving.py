"""From a question to quotes, by an embedder that knows a handful of meanings, on each database."""

from collections.abc import Iterable

import pytest

from bot.asking import retrieving
from bot.asking.finding import Found, looked_up
from bot.asking.question import parse
from bot.errors import VerbatimError
from storage import articles, quotes
from storage.database import Database
from storage.records import Reports, StoredQuote
from tests.fakes.embedder import FakeEmbedder
from tests.newsrooms import LONDON, Room, article

FAKE = FakeEmbedder()
ARTICLES = (
    article('Ann Bell said: "The ferry is late."', "Rain fell.", 'Tom Cook said: "Ferry after ferry."', number=1),
    article('Ida Moor said: "A boat would do."', number=2, outlet="The Oar", published="2026-11-03T12:00:00Z"),
    article('Ann Bell said: "We must row."', 'Ann Bell wants: "a ferry"', number=3, published="2026-11-01T12:00:00Z"),
    article('Tom Cook said: "The bridge is shut."', number=4, outlet="The Oar"),
    article('Eve Dale said: "Every levy hurts."', 'Eve Dale wants: "lower taxes"', number=5),
    article(*(f'Ida Moor said: "Our {animal} is old."' for animal in ("cat", "dog", "cow", "hen", "owl", "ox", "pig", "rat")), number=6),
)
OUTLETS = ("The Mill", "The Oar")


@pytest.fixture
async def room(database: Database) -> Room:
    room = Room.over(database, embedder=FAKE)
    await room.has_read(*ARTICLES)
    return room


async def answer(room: Room, line: str, *, most: int = 50, embedder: FakeEmbedder | None = FAKE) -> Found:
    asked = parse(line, now=room.clock.now, zone=LONDON, outlets=OUTLETS)
    async with room.database.reading() as session:
        return await looked_up(session, asked, most, embedder)


def words(found: Found) -> list[str]:
    return [" ".join(one.words) for one in found.hits]


def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """See that the store counts as one of many quotes, all of which are never looked at."""
    monkeypatch.setattr(retrieving, "_LITTLE", 1)


FERRY = {"The ferry is late.", "Ferry after ferry.", "A boat would do.", "We must row.", "a ferry"}


@pytest.mark.parametrize("are_many", [False, True])
async def test_what_means_the_same_is_found_and_nothing_else(room: Room, monkeypatch: pytest.MonkeyPatch, are_many: bool) -> None:
    if are_many:
        many(monkeypatch)
    assert {*words(await answer(room, "who said what about boat"))} == FERRY
    assert words(await answer(room, "who said what about zebras")) == []


async def test_without_an_embedder_and_for_exact_words_the_words_decide(room: Room) -> None:
    assert words(await answer(room, "who said what about boat", embedder=None)) == ["A boat would do."]
    assert words(await answer(room, 'who said "a boat"')) == ["A boat would do."]
    assert words(await answer(room, 'who said "the boat"')) == []


RESTRICTED: tuple[tuple[str, set[str]], ...] = (
    ("what did Ann Bell say about boat", {"The ferry is late.", "We must row.", "a ferry"}),
    ("what did Ann Bell say about boat, without attitudes", {"The ferry is late.", "We must row."}),
    ("who said what about boat in The Oar", {"A boat would do."}),
    ("who said what about boat since 4 November 2026", {"The ferry is late.", "Ferry after ferry."}),
    ("who said what about boat until 3 November 2026", {"A boat would do.", "We must row.", "a ferry"}),
    ("what did Eve Dale say about boat", set()),
    ("only direct quotes about boat", FERRY - {"a ferry"}),
)


@pytest.mark.parametrize("are_many", [False, True])
async def test_only_what_the_question_allows_is_found(room: Room, monkeypatch: pytest.MonkeyPatch, are_many: bool) -> None:
    if are_many:
        many(monkeypatch)
    for line, expected in RESTRICTED:
        assert {*words(await answer(room, line))} == expected, line


async def test_what_is_thought_is_marked_and_left_out_where_it_is_not_wanted(room: Room) -> None:
    found = await answer(room, "who said what about taxes")
    assert {" ".join(one.words): one.reports for one in found.hits} == {
        "Every levy hurts.": Reports.SPEECH,
        "lower taxes": Reports.ATTITUDE,
    }
    assert words(await answer(room, "who said what about levy, without attitudes")) == ["Every levy hurts."]
    first, *others = words(await answer(room, "what does Ann Bell want about boat"))
    assert (first, {*others}) == ("a ferry", {"The ferry is late.", "We must row."}), "what is asked for stands before the rest"


async def test_no_more_are_found_than_wanted_and_it_is_said_that_there_are_more(room: Room) -> None:
    everything = await answer(room, "who said what about boat")
    assert not everything.more
    for most in range(1, len(everything.hits)):
        some = await answer(room, "who said what about boat", most=most)
        assert (words(some), some.more) == (words(everything)[:most], True)


async def test_the_newest_come_first_where_they_are_asked_for(room: Room) -> None:
    best, newest = await answer(room, "who said what about boat"), await answer(room, "latest on boat")
    dates = [str(one.published) for one in newest.hits]
    assert dates == sorted(dates, reverse=True) != [str(one.published) for one in best.hits]
    assert {*words(newest)} == FERRY


async def test_what_waits_for_its_vectors_is_found_by_its_words_and_it_is_said(room: Room) -> None:
    await room.embedded_by(None).read(article('Ida Moor said: "The boat sank."', 'Tom Cook said: "A ferry sank."', number=7))
    found = await answer(room, "who said what about boat")
    assert found.partly
    assert "The boat sank." in words(found)
    assert {*words(found)} >= FERRY
    assert not (await answer(room, "who said what about levies in The Oar")).partly


async def test_a_store_in_which_all_waits_answers_by_words(database: Database) -> None:
    room = Room.over(database)
    await room.has_read(*ARTICLES)
    found = await answer(room, "who said what about boat")
    assert (words(found), found.partly) == (["A boat would do."], True)


async def test_an_empty_store_has_no_answer(database: Database) -> None:
    found = await answer(Room.over(database), "who said what about boat")
    assert (words(found), found.more, found.also, found.partly) == ([], False, (), False)


HOSTILE = (
    *("don't", "no-deal", "who said:", '"x', "AND", "OR NOT", "NEAR(a b, 2)", "*", "boat*", "words:boat", "^boat", "🙂", ""),
    *("&|!<->:*", "'boat':A", "\\", "%_;--", "\x00", "\ud83d", "x" * 10_000, "boat " * 190, "北京", "ﬀ ẞ İ"),
)


async def test_whatever_is_typed_is_answered_or_refused_and_what_is_cited_stands_in_the_store(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    hits: dict[int, StoredQuote] = {}
    answered = 0
    for typed in HOSTILE:
        for line in (typed, f"who said what about {typed} boat"):
            try:
                found = await answer(room, line)
            except VerbatimError:
                continue
            answered += 1
            hits |= {hit.id: hit for hit in found.hits}
        many(monkeypatch)  # from the first on
    assert answered > len(HOSTILE)
    assert len(hits) >= len(FERRY)
    await see_that_it_stands(room, hits.values())


async def see_that_it_stands(room: Room, hits: Iterable[StoredQuote]) -> None:
    async with room.database.reading() as session:
        for hit in hits:
            stored, text = await quotes.get(session, hit.id), await articles.get(session, hit.article_id)
            assert stored is not None
            assert text is not None
            assert tuple(text.text[start:end] for start, end in stored.content) == hit.words == stored.words
            assert (stored.gone, stored.rejected) == (False, False)
