"""What the benchmarks compute from what they measured, and that what they measure is what they say."""

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from benchmarks import asking, ingesting, nearest_name, quoting
from benchmarks.__main__ import NAMES, main
from benchmarks.asking import Measured
from benchmarks.corpus import articles
from benchmarks.databases import bare
from benchmarks.ingesting import Form, Ingestion
from benchmarks.measuring import Latency, Memory, apart, peak_memory, percentile, plain
from benchmarks.questions import questions
from bot.quoting.engine import QuotingEngine
from storage.database import Database
from tests.newsrooms import REAL_ENGINE

CORPUS = list(articles(4))
WORDS = sum(len(article.text.split()) for article in CORPUS)


@pytest.mark.parametrize(("share", "expected"), [(0.0, 1.0), (0.5, 50.0), (0.99, 99.0), (1.0, 100.0)])
def test_a_percentile_is_the_value_that_so_many_do_not_exceed(share: float, expected: float) -> None:
    assert percentile([float(value) for value in range(100, 0, -1)], share) == expected


def test_a_percentile_of_one_value_is_that_value() -> None:
    assert percentile([3.0], 0.5) == percentile([3.0], 0.99) == 3.0


def test_a_latency_is_in_milliseconds() -> None:
    assert Latency.of([0.001] * 98 + [0.2, 0.5]) == Latency(p50=1.0, p99=200.0)


def test_memory_that_was_held_is_seen_after_it_was_let_go() -> None:
    before, after, process = apart(_hold, 200_000_000)
    assert before < 200 < after
    assert process != os.getpid()


def _hold(count: int) -> tuple[float, float, int]:
    before = peak_memory()
    held = bytearray(b"x") * count
    del held
    return before, peak_memory(), os.getpid()


def test_figures_are_written_with_what_is_computed_from_them() -> None:
    one = Ingestion("SQLite", "web pages", 10, 5_000, 90, 4.0, 1.0, 2.0, 0.5, Memory(10.0, 20.0))
    written = plain(one)
    assert written["articles_per_second"] == 2.5
    assert written["words_per_second"] == 1_250
    assert (written["reading_share"], written["quoting_share"], written["storing_share"]) == (0.25, 0.25, 0.5)
    assert written["times_bare"] == 8
    assert written["memory"] == {"before": 10.0, "peak": 20.0}
    assert json.loads(json.dumps(written)) == written


def test_answers_are_summed_up_over_all_and_by_shape() -> None:
    measured = [Measured("a", 0.002, 0.001, 4), Measured("b", 0.004, 0.001, 0), Measured("a", 0.006, 0.002, 2)]
    everything, a, b = asking.summed_up(measured)
    assert (everything.shape, everything.questions, everything.quotes) == (asking.ALL, 3, 2.0)
    assert everything.ours == Latency(4.0, 6.0)
    assert everything.bare == Latency(1.0, 2.0)
    assert (everything.times_p50, everything.times_p99) == (4.0, 3.0)
    assert (a.shape, a.questions, a.quotes, b.shape, b.questions) == ("a", 2, 3.0, "b", 1)


def test_ingestion_stores_all_articles_and_its_shares_are_the_whole(tmp_path: Path) -> None:
    for form in Form:
        path = ingesting.write(CORPUS, form, tmp_path)
        one = ingesting.measure(
            "SQLite", form, path, f"sqlite:///{tmp_path / form.name}.db", f"sqlite:///{tmp_path / form.name}-bare.db", WORDS
        )
        assert (one.articles, one.words) == (len(CORPUS), WORDS)
        assert one.quotes > len(CORPUS)
        assert one.reading_share + one.quoting_share + one.storing_share == pytest.approx(1)
        assert min(one.reading_share, one.quoting_share, one.storing_share) > 0
        assert 0 < one.memory.before <= one.memory.peak


def test_an_article_that_is_not_stored_stops_the_benchmark(tmp_path: Path) -> None:
    path = ingesting.write([*CORPUS, CORPUS[0]], Form.JSON_LINES, tmp_path)
    with pytest.raises(ValueError, match="line 5 was not stored: unchanged"):
        ingesting.measure("SQLite", Form.JSON_LINES, path, f"sqlite:///{tmp_path / 'ours'}.db", f"sqlite:///{tmp_path / 'bare'}.db", WORDS)


async def test_the_bare_query_finds_quotes_that_the_index_holds(database_url: str, tmp_path: Path) -> None:
    path = ingesting.write(CORPUS, Form.JSON_LINES, tmp_path)
    async with ingesting.newsroom(Database(database_url), REAL_ENGINE) as room:
        await ingesting.ingest(room, path)
    common = [word for question in questions(CORPUS, 5) if question.shape == "a frequent word" for word in question.words]
    with bare(database_url) as index:
        index.keep(iter(["A text of its own."]))
        found = {word: index.matching([word]) for word in common}
        assert any(found.values())
        assert all(index.matching([word, word]) == numbers and not index.matching([word, "nowhere"]) for word, numbers in found.items())


@pytest.mark.parametrize(
    ("text", "content", "source"),
    [
        ("“We sold it,” said Ada Moor. “All of it.”", ["We sold it,", "All of it."], "Ada Moor"),
        ('Ada Moor met Ivor Tarn. "No," he said.', ["No,"], "he"),
        ("The deal, said Tarn, is “done”.", ["done"], "Tarn"),
        ("“Nobody,” it says.", ["Nobody,"], None),
        ("“It runs on to the end\nof the paragraph”", ["It runs on to the end"], None),
    ],
)
def test_the_baseline_gives_what_is_quoted_to_the_nearest_name(text: str, content: Sequence[str], source: str | None) -> None:
    (found,) = nearest_name.quotes_of(text)
    assert [text[start:end] for start, end in found.content] == content
    assert (found.source and text[slice(*found.source)]) == source


def test_speed_counts_the_words_of_all_texts() -> None:
    one = quoting.speed("two texts", ["One two three.", "“Four,” said Ada Moor."], QuotingEngine())
    assert one.words == 7
    assert one.times == one.baseline / one.ours


def test_without_annotated_news_quality_is_not_measured_and_a_sentence_says_so(tmp_path: Path) -> None:
    figures = quoting.measure([CORPUS[0].text], tmp_path)
    assert figures.quality == ()
    assert "is not there: quality was not measured" in str(list(quoting.tables(figures))[-1])


def test_the_scorer_of_speakers_is_read_by_its_row_of_all() -> None:
    rows = ("gold found right", "all 663 298 243 81.4 36.6", "kind direct 1 1 1 100.0 100.0")
    assert quoting.speaker_shares("\n".join(rows)) == (81.4, 36.6)


@pytest.mark.skipif(not quoting.CORPORA.exists(), reason="The annotated news (../shared/corpora) is not there.")
def test_quality_is_measured_of_every_system_on_annotated_news(monkeypatch: pytest.MonkeyPatch) -> None:
    some = quoting.annotated_texts(quoting.CORPORA)[:4]  # all of them take most of a minute
    monkeypatch.setattr(quoting, "annotated_texts", lambda _: some)
    figures = quoting.measure([CORPUS[0].text])
    baseline, rules, ours = figures.quality
    assert (baseline.system, ours.system) == (quoting.BASELINE, figures.engine)
    assert rules.joint["direct"] > baseline.joint["direct"]
    assert 0 < baseline.joint["direct"] < ours.joint["direct"] <= 100
    assert 0 <= ours.speakers_of_all <= ours.speakers_of_found <= 100


def test_a_run_prints_and_writes_the_figures_of_what_was_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("benchmarks.__main__.apart", _here)
    out = tmp_path / "figures.json"
    assert main(["ingesting", "--articles", "3", "--json", str(out)]) == 0
    written = json.loads(out.read_text())
    assert set(written) == {"machine", "ingesting"}
    assert [one["articles"] for one in written["ingesting"] if one["engine"] == "SQLite"] == [3, 1]
    printed = capsys.readouterr().out
    assert "articles/s" in printed
    assert "Asking" not in printed


def _here(work: Callable[..., object], *arguments: object) -> object:
    return work(*arguments)


@pytest.mark.parametrize("arguments", [["unknown"], ["--articles", "0"]])
def test_a_wrong_argument_is_named_and_nothing_is_measured(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert all(name in said for name in NAMES) or "at least 1" in said
