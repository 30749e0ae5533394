"""What the product answers about annotated news is written in the form that is scored."""

import json
import runpy
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from benchmarks import answers, quoting
from benchmarks.annotated import GoldTagger, articles
from bot.quoting.engine import QuotingEngine
from storage.records import words_at

FERRIES = (
    "Ferries stay in port\n\n“The ferries are old,” said Ada Moor, the mayor of Ely. Ivor Tarn said that she was wrong about the bridge."
)
BRIDGE = "“The bridge is safe,” Ivor Tarn said.\n\nHe added that ferries cost too much."
MARKED = {
    "herald_2031-05-02_ferries": (
        FERRIES,
        [("The ferries are old,", "Ada Moor, the mayor of Ely", "said"), ("she was wrong about the bridge", "Ivor Tarn", "said that")],
    ),
    "courier_2031-05-03_bridge": (
        BRIDGE,
        [("The bridge is safe,", "Ivor Tarn", "said"), ("ferries cost too much", "He", "added that")],
    ),
    "mirror_2031-05-04_copy": (BRIDGE, [("The bridge is safe,", "Ivor Tarn", "said"), ("ferries cost too much", "He", "added that")]),
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Invented news in the form of the annotated: a split with three articles, one of them a copy, and a file of questions."""
    for folder in ("text", "attributions"):
        (tmp_path / "made-up" / folder).mkdir(parents=True)
    for name, (text, marked) in MARKED.items():
        (tmp_path / "made-up" / "text" / f"{name}.txt").write_text(text)
        lines: list[str] = []
        for number, spans in enumerate(marked):
            for role, words in zip(("Content", "Source", "Cue"), spans, strict=True):
                start = text.index(words)
                lines.append(f"T{number}{len(lines)}\t{role} {start} {start + len(words)}\t{words}")
            lines.append(f"E{number}\t" + " ".join(f"{line.split()[1]}:{line.split()[0]}" for line in lines[-3:]))
        (tmp_path / "made-up" / "attributions" / f"{name}_ann1.ann").write_text("\n".join(lines))
    asked = ["who said what about ferries?", "what has Ivor Tarn said", "who said what about whales", "?!"]
    (tmp_path / "asked.jsonl").write_text("".join(json.dumps({"qid": str(k), "question": one}) + "\n" for k, one in enumerate(asked)))
    return tmp_path


def answered(data: Path, *options: str) -> list[list[dict[str, Any]]]:
    """The ranked quotes of each question."""
    assert answers.main([str(data), "made-up", str(data / "asked.jsonl"), str(data / "out.jsonl"), *options]) == 0
    rows = [json.loads(line) for line in (data / "out.jsonl").read_text().splitlines()]
    assert [row["qid"] for row in rows] == ["0", "1", "2", "3"]
    return [row["ranked"] for row in rows]


def test_each_question_has_the_numbers_of_its_quotes_and_what_finds_or_says_nothing_has_none(data: Path) -> None:
    ferries, tarn, whales, nothing = answered(data)
    assert {"id": "herald_2031-05-02_ferries", "n": 0} in ferries
    assert {(one["id"].split("_")[0], one["n"]) for one in tarn} == {
        ("herald", 1),
        ("courier", 0),
        ("courier", 1),
        ("mirror", 0),
        ("mirror", 1),
    }
    assert whales == nothing == []


def test_a_copy_follows_the_quote_with_which_it_is_shown(data: Path) -> None:
    tarn = [(one["id"].split("_")[0], one["n"]) for one in answered(data)[1]]
    for number in (0, 1):
        assert abs(tarn.index(("courier", number)) - tarn.index(("mirror", number))) == 1


def test_quotes_that_the_product_finds_are_given_by_their_spans(data: Path) -> None:
    ferries = answered(data, "--extracted")[0]
    assert ("The ferries are old",) in [words_at(FERRIES, one["content"]) for one in ferries if one["id"] == "herald_2031-05-02_ferries"]


def test_only_the_articles_that_are_wanted_are_asked_about(data: Path) -> None:
    (data / "ids").write_text("courier_2031-05-03_bridge\n\n")
    assert {one["id"] for hits in answered(data, "--only", str(data / "ids")) for one in hits} == {"courier_2031-05-03_bridge"}


def test_the_baseline_ranks_the_words_of_quotes_and_of_their_speakers(data: Path) -> None:
    ferries, tarn, whales, nothing = answered(data, "--baseline", "bm25")
    assert {(one["id"].split("_")[0], one["n"]) for one in ferries} == {("herald", 0), ("courier", 1), ("mirror", 1)}
    assert {(one["id"].split("_")[0], one["n"]) for one in tarn} == {("herald", 1), ("courier", 0), ("mirror", 0)}
    assert whales == nothing == []


def test_kinds_and_speakers_of_marked_quotes_are_the_products_own(data: Path) -> None:
    read = articles(data, "made-up")
    found = QuotingEngine(GoldTagger(read)).extract(BRIDGE)
    assert [(found.speakers[quote.speaker or 0].name, quote.kind.value) for quote in found.quotes] == [
        ("Ivor Tarn", "direct"),
        ("Ivor Tarn", "indirect"),
    ]
    assert (read[0].publisher, read[0].published.date().isoformat()) == ("courier", "2031-05-03")


def _no_split(data: Path) -> Sequence[str]:
    return [str(data), "none", str(data / "asked.jsonl")]


def _no_questions(data: Path) -> Sequence[str]:
    return [str(data), "made-up", str(data / "none.jsonl")]


def _no_json(data: Path) -> Sequence[str]:
    (data / "asked.jsonl").write_text('{"qid": "0"}\n')
    return [str(data), "made-up", str(data / "asked.jsonl")]


def _no_such_article(data: Path) -> Sequence[str]:
    (data / "ids").write_text("herald_2031-05-02_trams")
    return [str(data), "made-up", str(data / "asked.jsonl"), "--only", str(data / "ids")]


def _no_date(data: Path) -> Sequence[str]:
    for folder, ending in (("text", ".txt"), ("attributions", "_ann1.ann")):
        file = data / "made-up" / folder / f"mirror_2031-05-04_copy{ending}"
        file.rename(file.with_name(f"mirror{ending}"))
    return [str(data), "made-up", str(data / "asked.jsonl")]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (_no_split, "There is no folder"),
        (_no_questions, "none.jsonl: No such file"),
        (_no_json, "Line 1 of"),
        (_no_such_article, "has no article herald_2031-05-02_trams"),
        (_no_date, "holds something that is no annotated news"),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(
    wrong: Callable[[Path], Sequence[str]], said: str, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, split, asked, *options = wrong(data)
    with pytest.raises(SystemExit) as ended:
        answers.main([folder, split, asked, str(data / "out.jsonl"), *options])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err


@pytest.mark.skipif(not quoting.CORPORA.exists(), reason="The annotated news (../shared/corpora) is not there.")
def test_marked_quotes_have_the_numbers_that_the_scorer_gives_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    scorers = runpy.run_path(str(quoting.CORPORA / "gold.py"))
    expected = scorers["load"](quoting.CORPORA / "polnear", "dev")
    read = articles(quoting.CORPORA / "polnear", "dev")
    assert [(one.id, one.text) for one in read] == [(one.id, one.text) for one in expected]
    for ours, theirs in zip(read, expected, strict=True):
        assert [[list(span) for span in quote.content] for quote in ours.quotes] == [quote["content"] for quote in theirs.quotes]
