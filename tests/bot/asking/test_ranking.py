from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.asking.ranking import WEIGHTS, Ranking, best_texts, nearest, ranked
from bot.embedding.embedder import packed
from bot.embedding.network import Floats
from storage.records.embeddings import Candidate

NOON = datetime(2026, 11, 5, 12, tzinfo=UTC)
SIZE = 4
ASKED = np.array([1, 0, 0, 0], dtype=np.float32)
NOTHING: frozenset[int] = frozenset()


def vector(*numbers: float) -> bytes:
    return packed(np.array(numbers, dtype=np.float32))


AT_IT, NEAR_IT, OFF_IT, AGAINST_IT = vector(1, 0, 0, 0), vector(3, 1, 0, 0), vector(1, 3, 0, 0), vector(-1, 0, 0, 0)


def candidate(number: int, where: bytes | None = AT_IT, **given: Any) -> Candidate:  # noqa: ANN401 - any field of the record
    """A candidate in a text of its own, but for what is given."""
    values: dict[str, Any] = {"version_id": number, "speaker_id": 1, "dated": NOON, "confidence": 0.9, "paragraph": 0}
    return Candidate(quote_id=number, vector=where, **(values | given))


def order(*candidates: Candidate, exact: frozenset[int] = NOTHING, own: frozenset[int] = NOTHING, **paragraphs: bytes) -> list[int]:
    texts = {int(name.removeprefix("of_")): data for name, data in paragraphs.items()}
    return list(ranked(ASKED, candidates, texts, exact, own).numbers)


def test_what_lies_nearest_comes_first() -> None:
    near_it_too = vector(3, -1, 0, 0)
    assert order(candidate(1, AGAINST_IT), candidate(2), candidate(3, near_it_too), candidate(4, NEAR_IT)) == [2, 4, 3, 1]


def test_of_two_alike_the_one_in_a_text_about_it_comes_first() -> None:
    assert order(candidate(1, NEAR_IT), candidate(2, NEAR_IT), of_1=AT_IT, of_2=OFF_IT) == [1, 2]


def test_of_two_in_one_text_the_one_in_the_paragraph_about_it_comes_first() -> None:
    two = candidate(1, NEAR_IT, version_id=7, paragraph=1), candidate(2, NEAR_IT, version_id=7, paragraph=0)
    assert order(*two, of_7=OFF_IT + AT_IT) == [1, 2]


def test_a_text_counts_by_its_best_paragraphs_however_long_it_is() -> None:
    long, short = AT_IT * 3 + OFF_IT * 50, NEAR_IT * 3
    found = order(candidate(1, NEAR_IT), candidate(2, NEAR_IT), of_1=long, of_2=short)
    assert found == [1, 2]


def test_of_two_alike_the_one_that_holds_the_words_and_above_all_itself_comes_first() -> None:
    three = [candidate(number, NEAR_IT) for number in (3, 2, 1)]
    assert order(*three, exact=frozenset({1, 2}), own=frozenset({1})) == [1, 2, 3]


def test_of_two_alike_the_surer_then_the_newer_then_the_one_stored_last_comes_first() -> None:
    old = candidate(4, dated=NOON - timedelta(weeks=3))
    assert order(old, candidate(1), candidate(3, confidence=0.5), candidate(2)) == [2, 1, 4, 3]


def test_being_new_and_sure_never_outweighs_being_about_it() -> None:
    assert order(candidate(1, dated=NOON - timedelta(days=3000), confidence=0.01), candidate(2, OFF_IT, confidence=1.0)) == [1, 2]


def test_what_is_like_the_best_gains_by_it() -> None:
    best = [candidate(number, vector(3, 0, 1, 0)) for number in range(10, 20)]
    like, unlike = candidate(1, vector(1, 0, 2, 0)), candidate(2, vector(1, 2, 0, 0))
    assert order(*best, like, unlike)[-2:] == [1, 2]


def test_where_there_is_nothing_nothing_is_shown() -> None:
    none = ranked(ASKED, [], {}, NOTHING, NOTHING)
    assert (list(none.numbers), none.shown(few=True, unheld=False)) == ([], [])
    assert best_texts(ASKED, [], {}, 3) == []
    assert nearest(ASKED, {}, NOTHING, 3) == []


def shown(strength: float, *, few: bool = False, unheld: bool = False) -> list[int]:
    """What is shown of four with falling scores, the last of which holds every word."""
    scores = np.array([1, 0.9, (WEIGHTS.near_of_few if few else WEIGHTS.near) - 0.01, 0], dtype=np.float32)
    return Ranking([1, 2, 3, 4], scores, np.array([False, False, False, True]), strength).shown(few=few, unheld=unheld)


@pytest.mark.parametrize(
    ("strength", "few", "unheld", "expected"),
    [
        (WEIGHTS.least, False, False, [1, 2, 4]),
        (WEIGHTS.least - 0.01, False, False, [4]),
        (WEIGHTS.least_of_few, True, False, [1, 2, 4]),
        (WEIGHTS.least_of_few - 0.01, True, False, [4]),
        (WEIGHTS.least + WEIGHTS.unheld - 0.01, False, True, [4]),
        (WEIGHTS.least + WEIGHTS.unheld + 0.01, False, True, [1, 2, 4]),
        (-1.0, True, False, [4]),
    ],
)
def test_what_holds_the_words_is_shown_and_the_rest_where_the_best_are_strong(
    strength: float, few: bool, unheld: bool, expected: list[int]
) -> None:
    assert shown(strength, few=few, unheld=unheld) == expected


def test_the_nearest_are_taken_those_with_the_words_before_others() -> None:
    many = {1: AGAINST_IT, 2: OFF_IT, 3: NEAR_IT, 4: AT_IT, 5: None}
    assert nearest(ASKED, many, frozenset({1, 2}), 3) == [2, 4, 3]
    assert set(nearest(ASKED, many, NOTHING, 5)) == {1, 2, 3, 4, 5}


def test_the_best_texts_are_those_about_it_each_once() -> None:
    three = [candidate(1, OFF_IT, version_id=7), candidate(2, version_id=8), candidate(3, NEAR_IT, version_id=8)]
    assert best_texts(ASKED, three, {7: OFF_IT, 8: AT_IT}, 5) == [8, 7]
    assert best_texts(ASKED, three, {}, 1) == [8]


VECTORS = st.one_of(
    st.none(), st.just(bytes(SIZE)), st.binary(min_size=SIZE, max_size=SIZE).map(lambda data: data.replace(b"\x80", b"\x81"))
)
CANDIDATES = st.lists(
    st.builds(
        Candidate,
        quote_id=st.integers(1, 40),
        version_id=st.integers(1, 4),
        speaker_id=st.none(),
        dated=st.integers(-9999, 9999).map(lambda days: NOON + timedelta(days=days)),
        confidence=st.floats(0, 1),
        paragraph=st.integers(0, 5),
        vector=VECTORS,
    ),
    unique_by=lambda one: one.quote_id,
    max_size=25,
)
PARAGRAPHS = st.dictionaries(st.integers(1, 4), st.integers(0, 6).flatmap(lambda count: st.binary(min_size=4 * count, max_size=4 * count)))
QUESTIONS = st.lists(st.floats(-1, 1, width=32), min_size=SIZE, max_size=SIZE).map(lambda row: np.array(row, dtype=np.float32))


@settings(max_examples=30)
@given(CANDIDATES, PARAGRAPHS, QUESTIONS, st.frozensets(st.integers(1, 45)), st.randoms(use_true_random=False))
def test_a_ranking_has_every_candidate_once_whatever_is_missing_and_in_whatever_order_they_come(
    candidates: list[Candidate], paragraphs: dict[int, bytes], question: Floats, exact: frozenset[int], chance: Random
) -> None:
    found = ranked(question, candidates, paragraphs, exact, exact)
    assert sorted(found.numbers) == sorted(one.quote_id for one in candidates)
    assert np.isfinite(found.scores).all()
    assert np.isfinite(found.strength)
    assert np.all(np.diff(found.scores) <= 0.165), "what favours a quote is little"
    assert [number in exact for number in found.numbers] == found.exact.tolist()
    for few in (False, True):
        answers = found.shown(few=few, unheld=False)
        assert answers == [number for number in found.numbers if number in set(answers)]
        assert {one.quote_id for one in candidates} & exact <= set(answers)
        assert set(found.shown(few=few, unheld=True)) <= set(answers)
    shuffled = chance.sample(candidates, len(candidates))
    again = ranked(question, shuffled, paragraphs, exact, exact)
    assert (again.numbers, again.strength) == (found.numbers, found.strength)
    vectors = {one.quote_id: one.vector for one in candidates}
    assert nearest(question, {one.quote_id: one.vector for one in shuffled}, exact, 5) == nearest(question, vectors, exact, 5)
    texts = best_texts(question, candidates, paragraphs, 2)
    assert texts == best_texts(question, shuffled, paragraphs, 2)
    assert len(texts) == len(set(texts)) == min(2, len({one.version_id for one in candidates}))
