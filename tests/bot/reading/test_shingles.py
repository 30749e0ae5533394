"""Copies are found by the word sequences that they share; what is only quoted, or stands under all articles, makes none."""

import random
from itertools import combinations
from pathlib import Path

import pytest

from bot.reading.documents import Hints, parse
from bot.reading.shingles import is_copy, kept, shingles
from tests.fakes.clock import FakeClock

SAMPLES = Path(__file__).parents[3] / "samples"
SEEDS = Path(__file__).parents[4] / "shared" / "seeds"


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """The texts of the sample articles that are long enough to be told apart."""
    read = [
        parse(file.read_bytes(), name=file.name, media_type=None, hints=Hints(), address=None, now=FakeClock()())
        for file in sorted(SAMPLES.iterdir())
    ]
    return [article.text for articles in read for article in articles if len(article.text.split()) > 250]


def is_found(text: str, other: str) -> bool:
    """Whether the store would find one as a copy of the other."""
    return bool(kept(shingles(text)) & kept(shingles(other))) and is_copy(set(shingles(text)), set(shingles(other)))


def paragraphs(text: str, share: float = 1) -> list[str]:
    every = text.split("\n\n")
    return every[: max(1, round(share * len(every)))]


def test_there_are_texts_to_look_at(texts: list[str]) -> None:
    assert len(texts) > 5


@pytest.mark.parametrize("number", range(5))
def test_a_wire_copy_is_found_however_an_outlet_cuts_and_edits_it(texts: list[str], number: int) -> None:
    text, other = texts[number], texts[number + 1]
    chance = random.Random(7)  # noqa: S311 - no secret
    edited = " ".join("ferries" if chance.random() < 0.04 else word for word in text.split(" "))
    assert is_found(text, text.upper())
    assert is_found(text, "\n\n".join(paragraphs(text, 0.6)))
    assert is_found(text, edited)
    assert is_found(text, "\n\n".join([*paragraphs(other, 0.2), *paragraphs(text, 0.8)]))
    assert is_found(text, f"By a reporter\n\n{text}\n\nThis article first stood elsewhere. All rights are its author's.")


def test_of_the_samples_the_wire_copy_alone_is_found(texts: list[str]) -> None:
    found = [(one[:40], other[:40]) for one, other in combinations(texts, 2) if is_found(one, other)]
    assert found == [("The chairman of the board that awarded t",) * 2]


def test_an_article_that_quotes_some_of_another_is_no_copy_of_it(texts: list[str]) -> None:
    for text, other in combinations(texts, 2):
        if not is_found(text, other):
            assert not is_found("\n\n".join([*paragraphs(text), *paragraphs(other, 0.15)]), other)


def test_what_stands_under_every_article_makes_none_of_them_a_copy() -> None:
    notice = (
        "Read more in the paper on Friday. Write to the editor, who answers every letter in the order in which it comes, within a week."
    )
    assert not is_found(f"The ferry is late again today, says the harbour. {notice}", f"The bridge stays shut for the winter. {notice}")


def test_of_many_shingles_few_are_kept_and_a_text_of_few_words_has_none(texts: list[str]) -> None:
    longest = max(texts, key=len)
    assert 1 <= len(kept(shingles(longest))) <= len(shingles(longest)) / 20
    assert shingles("We row on.") == []
    assert kept([]) == frozenset()
    assert all(0 <= number < 2**63 for number in shingles(longest))


def test_a_passage_of_a_hundred_shingles_that_two_texts_share_is_kept_of_both() -> None:
    passage = " ".join(f"word{number}" for number in range(104))
    one, other = (" ".join(f"{name}{number}" for number in range(300)) + " " for name in ("a", "b"))
    assert kept(shingles(one + passage + " " + one)) & kept(shingles(other + passage))


def test_of_a_very_long_text_the_beginning_is_looked_at() -> None:
    book = " ".join(f"word{number}" for number in range(200_000))
    assert len(shingles(book)) < 30_000
    assert is_copy(set(shingles(book)), set(shingles(book[:150_000])))


def test_the_real_repost_is_found_whatever_an_outlet_does_to_it_and_says_that_it_is_one() -> None:
    files = sorted(SEEDS.glob("*.txt"))
    if not files:
        pytest.skip("The real articles do not lie beside the project.")
    read = [parse(file.read_bytes(), name=file.name)[0] for file in files]
    (repost,) = [article.text for article in read if article.first_outlet == ""]
    others = [article.text for article in read if article.text != repost]
    assert not any(is_found(one, other) for one, other in combinations([repost, *others], 2))
    words = repost.split(" ")
    every = repost.split("\n\n")
    for copy in (
        " ".join(words[: len(words) // 2]),
        " ".join("ferries" if place % 20 == 19 else word for place, word in enumerate(words)),
        "\n\n".join([*others[0].split("\n\n")[:5], *every]),
        "\n\n".join(paragraph for place, paragraph in enumerate(every) if place % 5),
    ):
        assert is_found(repost, copy)
