"""The same article on another surface: what was marked in it stays marked."""

import random
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from training.augmentation import other_surface
from training.corpus import Annotated, Annotation, held_out

TEXT = (
    "“We will not wait,” Trump said.\n\nMr. Bell, the mayor, wrote: “It is late.”\n\n“Never,” said Hillary Clinton. “Not once.”\n\n"
    "Sen. Ada Moor believes that the ferry will sail."
)
SPOKEN = ("“We will not wait,”", "“It is late.”", "“Never,”", "the ferry will sail")
SOURCES = ("Trump", "Mr. Bell, the mayor", "Hillary Clinton", "Sen. Ada Moor")
CUES = ("said", "wrote", "said", "believes")


def _annotations() -> list[Annotation]:
    found, position = [], 0
    for said, source, cue in zip(SPOKEN, SOURCES, CUES, strict=True):
        spans = []
        for words in (said, source, cue):
            start = TEXT.index(words, position)
            spans.append(((start, start + len(words)),))
        position = min(span[0][0] for span in spans)
        found.append(Annotation(*spans))
    return found


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


@given(st.integers(0, 2**32))
def test_what_was_said_stays_said_on_every_surface(seed: int) -> None:
    text, annotations = other_surface(TEXT, _annotations(), random.Random(seed))  # noqa: S311 - no secret
    assert len(annotations) == len(SPOKEN)
    for annotation, said, cue in zip(annotations, SPOKEN, CUES, strict=True):
        assert _letters("".join(text[slice(*span)] for span in annotation.content)) == _letters(said)
        assert [text[slice(*span)] for span in annotation.cue] == [cue]
        assert all(text[slice(*span)].strip() == text[slice(*span)] != "" for span in annotation.source)


@given(st.integers(0, 2**32))
def test_spans_of_another_surface_lie_apart_and_in_it(seed: int) -> None:
    text, annotations = other_surface(TEXT, _annotations(), random.Random(seed))  # noqa: S311 - no secret
    spans = sorted(span for a in annotations for span in (*a.content, *a.source, *a.cue))
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_the_same_articles_are_held_out_every_time() -> None:
    articles = [Annotated(str(number), "", ()) for number in range(100)]
    learned, kept = held_out(articles)
    assert (learned, kept) == held_out(articles)
    assert len(kept) == 8
    assert {a.name for a in learned}.isdisjoint(a.name for a in kept)
