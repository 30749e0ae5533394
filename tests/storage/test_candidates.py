"""What may answer a question is fetched by number: by its words or others, by where it lies, and by the text that it stands in."""

from dataclasses import replace

import pytest

from storage import embeddings, quotes, search
from storage.database import Database, Session
from storage.records import Effective, QuoteFilter, QuoteKind, Reports
from storage.records.embeddings import QuoteVector, TextVectors
from tests.storage.sample import DAY, NOON, Stored, person, store
from tests.storage.test_search import HOSTILE

ANY = QuoteFilter()
SAID = ("a tax on ferries", "the levy is high", "a toll for boats", "nothing of the kind", "the tax again")


@pytest.fixture
async def harbour(database: Database) -> list[Stored]:
    """Articles of a quote each, the first the oldest, which lie in the cells 0, 1, 0, 1, 0. Ada says the first and the last."""
    ada, bo = person("Ada Quill"), person("Bo Lund")
    async with database.writing() as session:
        stored = []
        for place, words in enumerate(SAID):
            one = await store(
                session,
                f"Here: {words}",
                words,
                speaker=ada if place in (0, 4) else bo,
                outlet="The Ferry" if place < 2 else "The Mill",
                published=NOON + place * DAY,
                kind=QuoteKind.INDIRECT if place == 3 else QuoteKind.DIRECT,
                reports=Reports.ATTITUDE if place == 3 else Reports.SPEECH,
                headline="Harbour dues" if place == 2 else None,
            )
            await embeddings.save(session, one.version_id, one.quotes, TextVectors(b"", (QuoteVector(place % 2, 0, b"v"),)), model="one")
            stored.append(one)
    return stored


def numbers_of(harbour: list[Stored], *places: int) -> list[int]:
    return [harbour[place].quotes[0] for place in places]


async def test_any_of_several_words_will_do(database: Database, harbour: list[Stored]) -> None:
    async with database.reading() as session:

        async def found(**wanted: object) -> list[int]:
            return await search.newest_numbers(session, QuoteFilter(**wanted))  # type: ignore[arg-type]

        assert await found(any_of=("tax", "levies", "toll")) == numbers_of(harbour, 4, 2, 1, 0)
        assert await found(words=("ferry",), any_of=("tax", "levy")) == numbers_of(harbour, 0)
        assert await found(words=("here",), any_of=("tax", "levy"), phrase="the levy") == numbers_of(harbour, 1)
        assert await found(any_of=("dues",)) == numbers_of(harbour, 2)
        assert await found(any_of=("dues",), near=True) == []
        assert await found(any_of=("for-boats", "zebra")) == numbers_of(harbour, 2)
        assert await found(any_of=("!", "")) == []
        assert await found(words=("tax",), any_of=("!",)) == numbers_of(harbour, 4, 0)


async def test_the_newest_are_those_stored_last_and_no_more_than_wanted(database: Database, harbour: list[Stored]) -> None:
    async with database.reading() as session:
        assert await search.newest_numbers(session, ANY) == numbers_of(harbour, 4, 3, 2, 1, 0)
        assert await search.newest_numbers(session, replace(ANY, limit=2)) == numbers_of(harbour, 4, 3)
        assert await search.newest_numbers(session, QuoteFilter(words=("tax",), limit=1)) == numbers_of(harbour, 4)
        assert await search.newest_numbers(session, replace(ANY, limit=0)) == []


async def test_of_some_quotes_by_number_those_that_fit_are_found(database: Database, harbour: list[Stored]) -> None:
    async with database.reading() as session:
        among = QuoteFilter(quote_ids=(*numbers_of(harbour, 0, 1, 3), 999))
        assert await search.newest_numbers(session, among) == numbers_of(harbour, 3, 1, 0)
        assert await search.newest_numbers(session, replace(among, any_of=("tax", "kind"))) == numbers_of(harbour, 3, 0)
        assert await search.newest_numbers(session, replace(among, words=("tax",), limit=9)) == numbers_of(harbour, 0)
        assert await search.newest_numbers(session, QuoteFilter(quote_ids=())) == []


async def test_in_each_cell_the_newest_are_found(database: Database, harbour: list[Stored]) -> None:
    async with database.reading() as session:

        async def found(*cells: int, each: int = 9) -> set[int]:
            near = await embeddings.near(session, [], cells, each)
            assert near.numbers == ()
            assert set(near.vectors.values()) <= {b"v"}
            return set(near.vectors)

        assert await found(0) == {*numbers_of(harbour, 0, 2, 4)}
        assert await found(0, 1, each=1) == {*numbers_of(harbour, 4, 3)}
        assert await found(1, 7) == {*numbers_of(harbour, 1, 3)}
        assert await found(7) == set()
        assert await found() == set()


async def test_what_several_filters_describe_comes_with_its_vectors_at_once(database: Database, harbour: list[Stored]) -> None:
    async with database.writing() as session:
        waiting = await store(session, "Here: a tax", "a tax")
        wanted = [
            QuoteFilter(words=("tax",), limit=2),
            QuoteFilter(words=("zebra",)),
            QuoteFilter(words=("!",)),
            QuoteFilter(any_of=("levy",)),
        ]
        near = await embeddings.near(session, wanted, (1,), 1)
        first = {waiting.quotes[0], harbour[4].quotes[0]}
        assert list(map(set, near.numbers)) == [first, set(), set(), {harbour[1].quotes[0]}]
        assert near.vectors == dict.fromkeys(numbers_of(harbour, 1, 3, 4), b"v") | {waiting.quotes[0]: None}


RESTRICTIONS: tuple[tuple[QuoteFilter, set[int]], ...] = (
    (QuoteFilter(outlets=("the ferry",)), {0, 1}),
    (QuoteFilter(since=NOON + DAY, until=NOON + 3 * DAY), {1, 2}),
    (QuoteFilter(kinds=(QuoteKind.INDIRECT,)), {3}),
    (QuoteFilter(reports=Reports.SPEECH), {0, 1, 2, 4}),
    (QuoteFilter(speaker_ids=()), set()),
    (QuoteFilter(words=("zebra",), phrase="zebra"), {0, 1, 2, 3, 4}),
)


async def among(session: Session, wanted: QuoteFilter, harbour: list[Stored]) -> tuple[set[int], set[int]]:
    """The candidates of all quotes, by number and by version."""
    by_number = await embeddings.candidates(session, numbers_of(harbour, 0, 1, 2, 3, 4), wanted)
    by_version = await embeddings.candidates_in(session, [one.version_id for one in harbour], wanted)
    return {one.quote_id for one in by_number}, {one.quote_id for one in by_version}


async def test_candidates_are_restricted_as_any_search_but_for_words(database: Database, harbour: list[Stored]) -> None:
    async with database.reading() as session:
        for wanted, places in RESTRICTIONS:
            fitting = {*numbers_of(harbour, *places)}
            assert await among(session, wanted, harbour) == (fitting, fitting)
        (first,) = await embeddings.candidates_in(session, [harbour[0].version_id])
        assert [first] == await embeddings.candidates(session, numbers_of(harbour, 0))
        assert await embeddings.candidates_in(session, []) == []


async def test_what_is_rejected_or_gone_is_no_candidate(database: Database, harbour: list[Stored]) -> None:
    first, last = harbour[0], harbour[4]
    async with database.writing() as session:
        await quotes.set_effective(session, [Effective(first.quotes[0], None, corrected=True, rejected=True)])
        await quotes.replace(session, last.version_id, [], [], {})
        left = {*numbers_of(harbour, 1, 2, 3)}
        assert await among(session, ANY, harbour) == (left, left)
        assert {*await search.newest_numbers(session, ANY)} == left
        assert {*await search.newest_numbers(session, QuoteFilter(any_of=("tax", "levy")))} == {*numbers_of(harbour, 1)}


async def test_nothing_that_is_asked_for_is_read_as_anything_but_words(database: Database, harbour: list[Stored]) -> None:
    async with database.reading() as session:
        for asked in HOSTILE:
            either = QuoteFilter(any_of=(asked, "tax"), near=True)
            assert {*await search.newest_numbers(session, either)} >= {*numbers_of(harbour, 0, 4)}, asked
            await search.newest_numbers(session, QuoteFilter(words=(asked,), any_of=(asked, asked)))
        assert await search.newest_numbers(session, QuoteFilter(any_of=(*HOSTILE, "levy"))) is not None
