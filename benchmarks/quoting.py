"""Quoting: words a second and quality, against quotation marks by regular expression with the nearest name.

Quality is measured where the annotated news lies beside the repository, by the scorers that lie with it.
"""

import json
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from rich.table import Table

from benchmarks import nearest_name
from benchmarks.measuring import Memory, peak_memory
from bot.quoting.engine import Engine, QuotingEngine
from bot.quoting.rules import RuleTagger

BASELINE = "quotation marks by regular expression, nearest name"
CORPORA = Path(__file__).resolve().parents[2] / "shared" / "corpora"
SPLIT = "dev"
_DATA = "polnear"
_PASSES = 2
_KINDS = ("all", "direct", "mixed", "indirect")


@dataclass(frozen=True, slots=True)
class Speed:
    """Words a second of one process, over the same texts: the better of two passes of each."""

    texts: str
    words: int
    ours: float
    baseline: float
    memory: Memory

    @property
    def times(self) -> float:
        """The baseline's speed by ours: how many times as long we take."""
        return self.baseline / self.ours


@dataclass(frozen=True, slots=True)
class Quality:
    """How well a system finds quotes and speakers, in per cent.

    `joint` is the F1 of content and source together by kind of quote, `soft` of the content alone. `speakers_of_found` is the share of
    the quotes found that are given to the right speaker by name, `speakers_of_all` of all quotes.
    """

    system: str
    joint: dict[str, float]
    soft: float
    speakers_of_found: float
    speakers_of_all: float


@dataclass(frozen=True, slots=True)
class Quoting:
    """Speeds, and quality where there is annotated news to measure it on."""

    engine: str
    speeds: tuple[Speed, ...]
    quality: tuple[Quality, ...]


@dataclass(frozen=True, slots=True)
class AnnotatedText:
    """A text of the annotated news."""

    id: str
    text: str


def measure(texts: Sequence[str], corpora: Path = CORPORA) -> Quoting:
    """Measure on made-up texts, and on the annotated ones at `corpora` if they are there."""
    engine = QuotingEngine()
    annotated = annotated_texts(corpora)
    speeds = [speed("made-up articles", texts, engine)]
    if annotated:
        speeds.append(speed(f"annotated news, {SPLIT}", [one.text for one in annotated], engine))
    quality = tuple(_quality(system, annotated, quotes, corpora) for system, quotes in _systems(engine).items()) if annotated else ()
    return Quoting(engine.name, tuple(speeds), quality)


def tables(figures: Quoting) -> Iterator[Table | str]:
    """The figures for a person to read."""
    fast = Table(title=f"Quoting, words/s of one process, against {BASELINE}")
    fast.add_column("texts")
    for column in ("words", figures.engine, "baseline", "times as long", "MB before", "MB at most"):
        fast.add_column(column, justify="right")
    for one in figures.speeds:
        memory = (f"{one.memory.before:,.0f}", f"{one.memory.peak:,.0f}")
        fast.add_row(one.texts, f"{one.words:,}", f"{one.ours:,.0f}", f"{one.baseline:,.0f}", f"{one.times:.1f}", *memory)
    yield fast
    if not figures.quality:
        yield "The annotated news (../shared/corpora) is not there: quality was not measured."
        return
    good = Table(title=f"Quality on annotated news, {SPLIT}, in %: joint F1 by kind, soft F1, right speakers of those found and of all")
    good.add_column("system")
    for column in (*_KINDS, "soft", "speakers, found", "speakers, all"):
        good.add_column(column, justify="right")
    for two in figures.quality:
        values = (*(two.joint[kind] for kind in _KINDS), two.soft, two.speakers_of_found, two.speakers_of_all)
        good.add_row(two.system, *(f"{value:.1f}" for value in values))
    yield good


def speed(name: str, texts: Sequence[str], engine: Engine) -> Speed:
    """Words a second of the engine and of the baseline, pass by pass in turn."""
    before = peak_memory()
    words = sum(len(text.split()) for text in texts)
    passes = [(_seconds(engine.extract, texts), _seconds(nearest_name.quotes_of, texts)) for _ in range(_PASSES)]
    ours, baseline = (words / min(seconds) for seconds in zip(*passes, strict=True))
    return Speed(name, words, ours, baseline, Memory.since(before))


def annotated_texts(corpora: Path) -> list[AnnotatedText]:
    """The annotated news, or nothing where it is not there."""
    loader = corpora / "gold.py"
    if not loader.exists():
        return []
    loaded = runpy.run_path(str(loader))["load"](corpora / _DATA, SPLIT)
    return [AnnotatedText(article.id, article.text) for article in loaded]


def speaker_shares(report: str) -> tuple[float, float]:
    """What the scorer of speakers says of all quotes: right of those found, right of all, in per cent."""
    row = next(line.split() for line in report.splitlines() if line.startswith("all "))
    return float(row[-2]), float(row[-1])


def _seconds(find: Callable[[str], object], texts: Sequence[str]) -> float:
    started = perf_counter()
    for text in texts:
        find(text)
    return perf_counter() - started


def _systems(engine: Engine) -> dict[str, Callable[[str], list[dict[str, Any]]]]:
    """What finds the quotes of a text, in the scorers' form, by the name of the system."""
    rules = QuotingEngine(RuleTagger())
    return {BASELINE: _by_baseline, rules.name: lambda text: _by_engine(rules, text), engine.name: lambda text: _by_engine(engine, text)}


def _by_engine(engine: Engine, text: str) -> list[dict[str, Any]]:
    extraction = engine.extract(text)
    return [
        {
            "content": quote.content,
            "source": quote.source,
            "cue": quote.cue,
            "speaker": None if quote.speaker is None else extraction.speakers[quote.speaker].name,
        }
        for quote in extraction.quotes
    ]


def _by_baseline(text: str) -> list[dict[str, Any]]:
    return [
        {
            "content": found.content,
            "source": [found.source] if found.source else [],
            "cue": [],
            "speaker": text[slice(*found.source)] if found.source else None,
        }
        for found in nearest_name.quotes_of(text)
    ]


def _quality(system: str, texts: Sequence[AnnotatedText], quotes: Callable[[str], list[dict[str, Any]]], corpora: Path) -> Quality:
    with tempfile.TemporaryDirectory() as folder:
        predictions = Path(folder, "predictions.jsonl")
        rows = [json.dumps({"id": one.id, "quotes": quotes(one.text)}) for one in texts]
        predictions.write_text("\n".join(rows), encoding="utf-8")
        scores = json.loads(_scored(corpora, "score_quotes.py", predictions, "--json"))
        of_found, of_all = speaker_shares(_scored(corpora, "score_speakers.py", corpora / f"speakers_{SPLIT}.jsonl", predictions))
    joint = {kind: 100 * scores[kind]["joint"]["f1"] for kind in _KINDS}
    return Quality(system, joint, 100 * scores["all"]["soft"]["f1"], of_found, of_all)


def _scored(corpora: Path, scorer: str, *arguments: object) -> str:
    """What a scorer prints."""
    command = [sys.executable, str(corpora / scorer), str(corpora / _DATA), SPLIT, *map(str, arguments)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
