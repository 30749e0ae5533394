"""The vectors that the shipped network gives, on texts of our own."""

import asyncio

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.embedding.embedder import Embedder, packed, unpacked
from bot.embedding.network import Floats
from bot.embedding.paragraphs import MOST, paragraphs_of
from bot.embedding.shipped import NAME, WEIGHTS, Shipped
from storage.records import Span

SIZE = 128
CELLS = 512
SHIPPED = Shipped()
TEXT = (
    "The council met on Monday.\n\n"
    "“Council tax will go up by five per cent,” said Ann Bell. “Nobody likes it.”\n\n"
    "Elsewhere the harbour froze, and the ferries lay still.\n"
)


def at(*words: str, text: str = TEXT) -> tuple[Span, ...]:
    return tuple((text.index(one), text.index(one) + len(one)) for one in words)


def of_quotes(text: str, *contents: tuple[Span, ...]) -> Floats:
    return unpacked(b"".join(one.vector for one in SHIPPED.of_text(text, contents).quotes), SIZE)


def test_its_name_is_that_of_its_weights() -> None:
    assert Embedder(WEIGHTS).name == Shipped.name == NAME


def test_a_quote_in_pieces_has_one_vector_and_the_place_of_its_paragraph() -> None:
    tax, froze = at("Council tax will go up by five per cent,", "Nobody likes it."), at("froze")
    found = SHIPPED.of_text(TEXT, [tax, froze])
    assert [one.paragraph for one in found.quotes] == [1, 2]
    assert len(found.paragraphs) == 3 * SIZE
    assert all(len(one.vector) == SIZE and 0 <= one.cell < CELLS for one in found.quotes)


def test_words_lie_where_their_passage_lies() -> None:
    (among_taxes,) = of_quotes(TEXT, at("Nobody likes it."))
    (alone,) = of_quotes("Nobody likes it.", ((0, 16),))
    asked = SHIPPED.of_question("council tax")
    assert among_taxes @ asked > alone @ asked


def test_what_is_asked_about_lies_nearest_to_what_is_about_it() -> None:
    paragraphs = unpacked(SHIPPED.of_text(TEXT, []).paragraphs, SIZE)
    assert int(np.argmax(paragraphs @ SHIPPED.of_question("taxes"))) == 1
    assert int(np.argmax(paragraphs @ SHIPPED.of_question("cold weather at sea"))) == 2


def test_a_quote_lies_in_one_of_the_cells_near_a_question_for_its_words() -> None:
    (quote,) = SHIPPED.of_text(TEXT, [at("Council tax will go up by five per cent,")]).quotes
    question = SHIPPED.of_question("council tax will go up")
    near = SHIPPED.cells_near(question, 16)
    assert len(set(near)) == 16
    assert quote.cell in near
    assert near[:4] == SHIPPED.cells_near(question, 4)
    assert sorted(SHIPPED.cells_near(question, 10_000)) == list(range(CELLS))


def test_the_same_text_has_the_same_vectors_from_every_thread() -> None:
    contents = [at("Nobody likes it.")]

    async def several() -> list[object]:
        return list(await asyncio.gather(*(asyncio.to_thread(SHIPPED.of_text, TEXT, contents) for _ in range(6))))

    first, *others = asyncio.run(several())
    assert all(one == first for one in others)


ANY_TEXT = st.text(st.one_of(st.sampled_from("a ab.\n\r\t“”🙂\ud83d\x00\u2028é北"), st.characters()), max_size=200)


@settings(max_examples=30, suppress_health_check=[HealthCheck.too_slow])
@given(text=ANY_TEXT, cuts=st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), min_size=1, max_size=3))
@example(text="", cuts=[(0, 0)])
@example(text="\r\n \r\n", cuts=[(0, 4)])
@example(text="\n\none\r\n\r\ntwo", cuts=[(2, 5), (9, 12), (0, 12)])
@example(text="🙂" * 50, cuts=[(0, 1)])
@example(text="\ud83d said \udc00", cuts=[(0, 1), (0, 8)])
@example(text="a\n" * (MOST + 9), cuts=[(2 * MOST + 8, 2 * MOST + 9)])
@example(text="word " * 2_000, cuts=[(9_000, 9_004)])
@example(text="x" * 30_000, cuts=[(29_000, 29_001)])
def test_any_text_has_a_vector_for_each_quote_and_each_paragraph(text: str, cuts: list[tuple[int, int]]) -> None:
    contents = [((min(cut), max(cut)),) for cut in cuts]
    found = SHIPPED.of_text(text, contents)
    count = len(paragraphs_of(text))
    assert len(found.paragraphs) == count * SIZE
    assert len(found.quotes) == len(contents)
    for one in found.quotes:
        assert len(one.vector) == SIZE
        assert 0 <= one.paragraph < count
        assert 0 <= one.cell < CELLS
    of_paragraphs, of_contents = (np.linalg.norm(one, axis=1) for one in (unpacked(found.paragraphs, SIZE), of_quotes(text, *contents)))
    has_words = [any(letter.isascii() and letter.isalnum() for letter in text[start:end]) for start, end in paragraphs_of(text)]
    assert np.allclose(of_paragraphs[has_words], 1, atol=1e-4)
    for lengths in (of_paragraphs, of_contents):
        assert np.all(np.isclose(lengths, 1, atol=1e-4) | (lengths == 0))  # what has no words lies nowhere
    assert np.isclose(np.linalg.norm(SHIPPED.of_question(text)), 1, atol=1e-4)


@settings(max_examples=20)
@given(st.lists(st.lists(st.floats(-1, 1, width=32), min_size=4, max_size=4), max_size=5))
def test_what_is_packed_comes_back_within_a_hundredth_and_nothing_stays_nothing(rows: list[list[float]]) -> None:
    given = np.array(rows, dtype=np.float32).reshape(-1, 4)
    lengths = np.linalg.norm(given, axis=1, keepdims=True)
    back = unpacked(packed(given), 4)
    assert back.shape == given.shape
    assert not np.isnan(back).any()
    told = lengths[:, 0] > 1e-6
    assert np.allclose(back[told], (given / np.maximum(lengths, 1e-9))[told], atol=0.01)
    assert not back[lengths[:, 0] == 0].any()


@pytest.mark.parametrize("dimensions", [1, 8, 128])
def test_nothing_packed_is_nothing(dimensions: int) -> None:
    assert packed(np.zeros((0, dimensions), dtype=np.float32)) == b""
    assert unpacked(b"", dimensions).shape == (0, dimensions)
