"""What holds of any text: offsets give back the text, spans are apart, time is linear, nothing raises."""

import random
import sys
from itertools import pairwise
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quoting.engine import QuotingEngine
from bot.quoting.marks import quotations

ENGINE = QuotingEngine()
MARKS_AND_SPACES = "“”\"‘’'«»\n()\u200b\u00a0🙂é\x00"
GRAMMAR = (
    *("''", "\n\n", ". ", ", ", ": ", " – ", "\r\n", " said", " she said", "He said", "according to ", "Mara Quill", "Mr Brandt"),
    *("the minister", "A spokesman", " that ", "never", "and", "1,000"),
)
PIECES = st.sampled_from([*MARKS_AND_SPACES, *GRAMMAR])


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=60).map("".join))
def test_any_text_gives_quotes_whose_spans_lie_in_it_apart(text: str) -> None:
    extraction = ENGINE.extract(text)
    spans = sorted(span for quote in extraction.quotes for span in quote.content)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    for quote in extraction.quotes:
        assert all(0 <= start < end <= len(text) for start, end in (*quote.source, *quote.cue))
        assert quote.context[0] <= quote.content[0][0]
        assert quote.content[-1][1] <= quote.context[1]
        assert 0 < quote.confidence <= 1
        assert quote.speaker is None or 0 <= quote.speaker < len(extraction.speakers)


@given(st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=60).map("".join))
def test_quotations_lie_in_the_text_in_order(text: str) -> None:
    found = quotations(text)
    assert all(q.outer[0] < q.inner[0] <= q.inner[1] <= q.outer[1] for q in found)
    assert all(one.outer[1] <= other.outer[0] for one, other in pairwise(found))


@pytest.mark.parametrize(
    "pieces",
    [
        ["“", "”", '"', "'", "’ ", " said ", "he ", "Mara Quill ", "the minister ", "according to ", ", ", ". ", "word ", "A spokesman "],
        *(["“"], ["said "], ["'a "], ['"a" '], ["Quill "], ["( ", ") "], ["“a ", "” "], ["A minister said it was late. "], ["He said: "]),
    ],
)
def test_work_grows_in_proportion_to_the_text_even_in_one_line(pieces: list[str]) -> None:
    draw = random.Random(7)  # noqa: S311 - a text to read, no secret
    short = "".join(draw.choice(pieces) for _ in range(600))
    assert _lines_run(short * 8) < 2.5 * _lines_run(short * 4)


def _lines_run(text: str) -> int:
    """How many lines of our code reading a text takes: what time depends on, and no machine's speed does."""
    count = 0

    def line(frame: FrameType, event: str, _: object) -> Any:  # noqa: ANN401 - what sys.settrace takes
        nonlocal count
        if "quoting" not in frame.f_code.co_filename:
            return None
        count += event == "line"
        return line

    before = sys.gettrace()
    sys.settrace(line)
    try:
        ENGINE.extract(text)
    finally:
        sys.settrace(before)
    return count


def test_an_engine_names_itself_with_its_version() -> None:
    assert ENGINE.name == "rules-1+speakers-1"
