"""What holds of any text: offsets give it back, spans lie in it and apart, work is in proportion to its length, nothing raises."""

import random
import sys
from itertools import pairwise
from types import FrameType
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.quoting.engine import QuotingEngine
from bot.quoting.learned import LearnedTagger
from bot.quoting.marks import quotations
from bot.quoting.rules import RuleTagger
from bot.quoting.sentences import sentences
from storage.records import QuoteKind, words_at

RULES = QuotingEngine(RuleTagger())
LEARNED = LearnedTagger()
NETWORK = QuotingEngine(LEARNED)

MARKS = ("“", "”", "„", "‟", '"', "‘", "’", "‛", "'", "«", "»", "‹", "›", "``", "''", "`", "″", "「", "」")
BREAKS = ("\n", "\n\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\x85", "\x1c")
INVISIBLE = ("\u200b", "\u200d", "\u00ad", "\ufeff", "\u202e", "\u2066", "\u00a0", "\u2009", "\x00")
SYMBOLS = ("🙂", "👩‍🚒", "🇮🇪", "é", "e\u0301", "漢字", "ß", "İ", "(", ")", "[SEP]", "[CLS]", "##ing")
GRAMMAR = (
    *(". ", ", ", ": ", " – ", "? ", " said", " she said", "He said", "according to ", "Mara Quill", "Mr Brandt", "’s ", "told"),
    *("the minister", "A spokesman", " that ", "never", "and", "1,000", "From the desk of ", "—", "…", "asked whether "),
)
TEXTS = st.lists(st.sampled_from([*MARKS, *BREAKS, *INVISIBLE, *SYMBOLS, *GRAMMAR]) | st.text(max_size=8), max_size=60).map("".join)
BOTH = pytest.mark.parametrize("engine", [pytest.param(RULES, id="rules"), pytest.param(NETWORK, id="network")])


@BOTH
@settings(deadline=None)
@given(text=TEXTS)
def test_any_text_gives_quotes_whose_spans_lie_in_it_apart(engine: QuotingEngine, text: str) -> None:
    extraction = engine.extract(text)
    spans = sorted(span for quote in extraction.quotes for span in quote.content)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    for quote in extraction.quotes:
        assert list(quote.content) == sorted(quote.content)
        assert all(0 <= start < end <= len(text) for start, end in (*quote.source, *quote.cue))
        assert quote.context[0] <= quote.content[0][0]
        assert quote.content[-1][1] <= quote.context[1] <= len(text)
        assert 0 < quote.confidence <= 1
        assert quote.speaker is None or 0 <= quote.speaker < len(extraction.speakers)


@BOTH
@settings(deadline=None)
@given(text=TEXTS)
def test_what_is_shown_in_quotation_marks_stands_in_them(engine: QuotingEngine, text: str) -> None:
    inside = [q.inner for q in quotations(text)]
    for quote in engine.extract(text).quotes:
        if quote.kind is QuoteKind.DIRECT:
            assert all(any(start <= s and e <= end for start, end in inside) for s, e in quote.content), words_at(text, quote.content)


@BOTH
@settings(deadline=None, max_examples=40)
@given(text=TEXTS)
def test_the_same_text_is_read_alike_every_time(engine: QuotingEngine, text: str) -> None:
    assert engine.extract(text) == engine.extract(text)


@settings(max_examples=100)
@given(TEXTS)
@example("«.«")
def test_quotations_lie_in_the_text_in_order_and_each_in_one_paragraph(text: str) -> None:
    found = quotations(text)
    assert all(0 <= q.outer[0] < q.inner[0] <= q.inner[1] <= q.outer[1] <= len(text) for q in found)
    assert all(one.outer[1] <= other.outer[0] for one, other in pairwise(found))
    assert all(len(text[slice(*q.inner)].splitlines()) <= 1 for q in found)
    assert all(one.outer[1] < other.outer[0] for one, other in pairwise(found) if one.continued)


@settings(max_examples=100)
@given(TEXTS)
def test_the_tokens_of_sentences_lie_in_the_text_in_order(text: str) -> None:
    found = sentences(text, quotations(text))
    tokens = [token for sentence in found for token in sentence.tokens]
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert all(one.end <= other.start for one, other in pairwise(tokens))
    assert [sentence.number for sentence in found] == list(range(len(found)))


# --- work -----------------------------------------------------------------------------------------

ONE_LINE = (
    *("“", "‘", "'", '"', "“ ", "'a ", '"a" ', "“a ”", "said ", "word ", "Quill ", "Moor's ", "he said that ", "( ) ", "``''", "a-", "1,"),
    *("Mara Quill and ", "the head of ", "according to ", "A minister said it was late. ", "“I did,” she said. ", "said, “He said, ‘no,’ "),
    *("\n", "“a\n", "‘a\n", "— Quill\n", "Quill: ", "漢字", "🙂", "\u200b"),
)


@pytest.mark.parametrize("piece", ONE_LINE)
def test_work_of_the_rules_is_in_proportion_to_the_text(piece: str) -> None:
    length = 1_000 // len(piece)
    assert _lines_run(RULES, piece * length * 2) < 2.5 * _lines_run(RULES, piece * length)


@pytest.mark.parametrize("piece", ONE_LINE[::6])
def test_work_of_the_network_is_in_proportion_to_the_text(piece: str) -> None:
    length = 800 // len(piece)
    assert _lines_run(NETWORK, piece * length * 2) < 2.5 * _lines_run(NETWORK, piece * length)


@pytest.mark.parametrize("seed", range(2))
def test_work_is_in_proportion_for_mixtures_too(seed: int) -> None:
    draw = random.Random(seed)  # noqa: S311 - a text to read, no secret
    short = "".join(draw.choice([*MARKS, *GRAMMAR, " ", " "]) for _ in range(400))
    assert _lines_run(RULES, short * 4) < 2.5 * _lines_run(RULES, short * 2)


def test_a_very_long_text_in_one_line_is_read_by_the_rules() -> None:
    piece = "“I did it, you know,” said Mara Quill. The ferry wasn't late. "
    times = 200_000 // len(piece)
    assert sum(quote.kind is QuoteKind.DIRECT for quote in RULES.extract(piece * times).quotes) == times


class Counting:
    """Stands before a part of the network and counts what it is given: how many pieces each time."""

    def __init__(self, session: Any) -> None:  # noqa: ANN401 - the runtime has no types
        self._session = session
        self.sizes: list[int] = []

    def run(self, names: list[str], feed: dict[str, Any]) -> Any:  # noqa: ANN401
        self.sizes.append(next(iter(feed.values())).size)
        return self._session.run(names, feed)


@pytest.mark.parametrize("part", ["_encoder", "_head"])
def test_the_network_is_given_a_long_text_bit_by_bit(part: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it holds in memory goes by the most that it is given at once; how long it takes, by how much that is in all."""
    counted: list[list[int]] = []
    for times in (150, 300):
        counting = Counting(getattr(LEARNED._network, part))
        with monkeypatch.context() as patched:
            patched.setattr(LEARNED._network, part, counting)
            NETWORK.extract("“I did,” said Mara Quill, who sails. " * times)
        counted.append(counting.sizes)
    short, long = counted
    assert max(long) < 1.1 * max(short)
    assert sum(long) < 2.2 * sum(short)


def _lines_run(engine: QuotingEngine, text: str) -> int:
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
        engine.extract(text)
    finally:
        sys.settrace(before)
    return count
