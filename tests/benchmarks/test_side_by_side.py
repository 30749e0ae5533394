import json

import pytest
from rich.console import Console

from benchmarks import side_by_side
from benchmarks.measuring import plain
from benchmarks.side_by_side import LINES, OURS, THEIRS, Alone, SideBySide

ONE = Alone(OURS, 0.5, 1000.0, 200.0)
FIGURES = SideBySide((ONE, Alone(THEIRS, 2.0, 900.0, 500.0)), (Alone(OURS, 0.5, 950.0, 200.0), ONE), (ONE,) * len(LINES))


def test_two_processes_are_as_fast_as_both_together() -> None:
    assert FIGURES.gain == 1.95
    assert json.loads(json.dumps(plain(FIGURES)))["gain"] == 1.95


def test_without_spacy_a_sentence_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    def shown(figures: SideBySide) -> str:
        console = Console(width=140)
        for table in side_by_side.tables(figures):
            console.print(table)
        return capsys.readouterr().out

    assert "it was not measured" not in shown(FIGURES)
    assert "it was not measured" in shown(SideBySide(FIGURES.alone[:1], FIGURES.at_once, FIGURES.lines))


def test_a_system_is_measured_in_processes_of_its_own() -> None:
    found = side_by_side.alone(OURS, ["“It is late,” Ada Moor said."], times=2)
    assert len(found) == 2
    assert all(min(one.load_seconds, one.words_per_second, one.peak) > 0 for one in found)


def test_a_system_that_cannot_be_measured_stops_the_benchmark() -> None:
    with pytest.raises(RuntimeError, match="nothing could not be measured"):
        side_by_side.alone("nothing", [])
