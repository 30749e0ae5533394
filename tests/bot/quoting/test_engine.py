import pickle
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from threading import Barrier

import pytest

from bot.quoting import engine as engines
from bot.quoting import learned
from bot.quoting.engine import QuotingEngine
from bot.quoting.judging import WEIGHTS, Judgement
from bot.quoting.learned import LearnedTagger
from bot.quoting.rules import RuleTagger

TEXT = "“We will row to the island in May,” said Ann Bell, a ferrywoman."


def test_an_engine_names_itself_with_the_versions_of_its_parts() -> None:
    name = QuotingEngine(RuleTagger()).name
    assert name.startswith("rules-1+speakers-")


def test_an_engine_goes_by_the_same_name_before_and_after_it_has_read() -> None:
    engine = QuotingEngine()
    engine.extract(TEXT)
    assert engine.name == QuotingEngine().name == QuotingEngine(LearnedTagger()).name


def test_the_name_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = QuotingEngine()
    name = engine.name
    monkeypatch.delattr(Judgement, "read")
    assert engine.name == name


def test_the_network_is_loaded_once_however_many_threads_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[LearnedTagger] = []

    def load() -> LearnedTagger:
        loaded.append(LearnedTagger())
        return loaded[-1]

    monkeypatch.setattr(learned, "LearnedTagger", load)
    monkeypatch.setattr(engines, "_loaded", cache(engines._loaded.__wrapped__))  # as in a process that has loaded none
    engine, together = QuotingEngine(), Barrier(8)

    def read(_: int) -> int:
        together.wait()
        return len(engine.extract(TEXT).quotes)

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(read, range(8))) == [1] * 8
    assert len(loaded) == 1


@pytest.mark.parametrize("has_read", [False, True])
def test_an_engine_can_be_sent_to_another_process(has_read: bool) -> None:
    engine = QuotingEngine()
    if has_read:
        engine.extract(TEXT)
    sent = pickle.loads(pickle.dumps(engine))  # noqa: S301 - pickled a moment ago
    assert sent.extract(TEXT) == engine.extract(TEXT)


def test_the_weights_stay_small_enough_to_come_along() -> None:
    assert 0 < sum(file.stat().st_size for file in WEIGHTS.iterdir()) <= 30_000_000
