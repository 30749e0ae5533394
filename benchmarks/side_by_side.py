"""Extraction side by side with spaCy's small English pipeline, one thread and one process each; two processes; long lines."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

OURS, THEIRS = "verbatim", "spacy"
LINES = (50_000, 500_000)  # characters
_ROOT = Path(__file__).resolve().parents[1]
_PACKAGES = _ROOT / ".venv" / "bench"  # where `make bench` installs what only it needs
_TITLES = {OURS: "Verbatim: quotes and their speakers", THEIRS: "spaCy, en_core_web_sm: words, grammar and names, no quotes yet"}


@dataclass(frozen=True, slots=True)
class Alone:
    """What one system takes in a process of its own: seconds from nothing to the first sentence read, words a second, MB at most."""

    system: str
    load_seconds: float
    words_per_second: float
    peak: float


@dataclass(frozen=True, slots=True)
class SideBySide:
    """Both systems alone (ours only, where spaCy is not installed), ours twice at once, and ours on the longer and longer LINES."""

    alone: tuple[Alone, ...]
    at_once: tuple[Alone, ...]
    lines: tuple[Alone, ...]

    @property
    def gain(self) -> float:
        """How many times as fast two processes are as one."""
        return sum(one.words_per_second for one in self.at_once) / self.alone[0].words_per_second


def measure(texts: Sequence[str]) -> SideBySide:
    """Measure on the same texts, one after the other."""
    systems = [OURS, THEIRS] if _PACKAGES.exists() else [OURS]
    return SideBySide(
        alone=tuple(one for system in systems for one in alone(system, texts)),
        at_once=tuple(alone(OURS, texts, times=2)),
        lines=tuple(alone(OURS, [_line(texts, length)])[0] for length in LINES),
    )


def tables(figures: SideBySide) -> Iterator[Table | str]:
    """The figures for a person to read."""
    table = Table(title="Extraction side by side: one thread, a process each")
    table.add_column("system")
    for column in ("words/s", "load, s", "MB at most"):
        table.add_column(column, justify="right")
    for one in figures.alone:
        table.add_row(_TITLES[one.system], f"{one.words_per_second:,.0f}", f"{one.load_seconds:.2f}", f"{one.peak:,.0f}")
    for length, one in zip(LINES, figures.lines, strict=True):
        table.add_row(f"Verbatim, one line of {length // 1000:,} kB", f"{one.words_per_second:,.0f}", "", f"{one.peak:,.0f}")
    yield table
    yield f"Two processes of Verbatim at once are {figures.gain:.2f} times as fast as one."
    if len(figures.alone) == 1:
        yield "spaCy is not there (.ci/bench installs it): it was not measured."


def alone(system: str, texts: Sequence[str], *, times: int = 1) -> list[Alone]:
    """A system in a process of its own, or in several at once that each read all texts."""
    environment = os.environ | {"OMP_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"}
    if system == THEIRS:
        environment["PYTHONPATH"] = str(_PACKAGES)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".json") as file:
        json.dump(texts, file)
        file.flush()
        command = [sys.executable, "-m", "benchmarks.alone", system, file.name]
        started = [subprocess.Popen(command, cwd=_ROOT, env=environment, stdout=subprocess.PIPE) for _ in range(times)]  # noqa: S603
        printed = [process.communicate()[0] for process in started]
    if any(process.returncode for process in started):
        raise RuntimeError(f"{system} could not be measured; what it printed above tells why")
    return [Alone(system, **json.loads(line)) for line in printed]


def _line(texts: Sequence[str], length: int) -> str:
    """The texts as one line of so many characters, again from the beginning where they are not enough."""
    line = " ".join(" ".join(texts).split()) + " "
    return (line * (length // len(line) + 1))[:length]
