"""What every benchmark measures with: percentiles, memory, a process of its own, and the machine on which it ran."""

import math
import multiprocessing
import os
import platform
import resource
import sqlite3
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")
_STATUS = Path("/proc/self/status")


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest of the values that at least `share` (0 to 1) of them do not exceed: the nearest-rank method."""
    return sorted(values)[max(1, math.ceil(share * len(values))) - 1]


@dataclass(frozen=True, slots=True)
class Latency:
    """How long something took, in milliseconds: in the middle, and in the slowest one of a hundred."""

    p50: float
    p99: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> "Latency":
        """The latency that measured durations show."""
        return cls(1000 * percentile(seconds, 0.5), 1000 * percentile(seconds, 0.99))


@dataclass(frozen=True, slots=True)
class Waiting:
    """How long people waited, in milliseconds: in the middle, in the slowest one of a hundred, and at most."""

    p50: float
    p99: float
    most: float

    @classmethod
    def of(cls, seconds: Sequence[float]) -> "Waiting":
        """The waiting that measured durations show."""
        return cls(1000 * percentile(seconds, 0.5), 1000 * percentile(seconds, 0.99), 1000 * max(seconds))


@dataclass(frozen=True, slots=True)
class Memory:
    """The most memory that a process held, in MB (10^6 bytes): when all was imported, and in the end."""

    before: float
    peak: float

    @classmethod
    def since(cls, before: float) -> "Memory":
        """The most since then. The kernel counts in steps of some pages, so what it says was the most may have been more before."""
        return cls(before, max(before, peak_memory()))

    def __str__(self) -> str:
        return f"{self.before:,.0f} MB at start, {self.peak:,.0f} MB at most"


def peak_memory() -> float:
    """The most memory that this process has held so far, in MB.

    Linux counts the process that started this one into `ru_maxrss`, so the kernel's own figure is taken where there is one.
    """
    if _STATUS.exists():
        lines = dict(line.split(":", 1) for line in _STATUS.read_text(encoding="ascii", errors="replace").splitlines())
        return int(lines["VmHWM"].split()[0]) * 1024 / 1e6
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def apart(work: Callable[_Arguments, _Result], *arguments: _Arguments.args, **options: _Arguments.kwargs) -> _Result:
    """The result of `work` in a new process, whose memory and caches are its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as process:
        return process.submit(work, *arguments, **options).result()


@dataclass(frozen=True, slots=True)
class Machine:
    """Where it was measured. `load` is how many processes wanted to run in the last minute."""

    python: str
    sqlite: str
    system: str
    cores: int
    load: float


def this_machine() -> Machine:
    """The machine as it is now."""
    return Machine(platform.python_version(), sqlite3.sqlite_version, platform.system(), os.cpu_count() or 1, round(os.getloadavg()[0], 2))


def plain(figures: Any) -> Any:  # noqa: ANN401 - any figures
    """Figures as JSON takes them: a dataclass with what it computes from its fields (its properties) beside them."""
    if isinstance(figures, list | tuple):
        return [plain(one) for one in figures]
    if not hasattr(figures, "__dataclass_fields__"):
        return figures
    computed = [name for name, value in vars(type(figures)).items() if isinstance(value, property)]
    return {name: plain(getattr(figures, name)) for name in (*figures.__dataclass_fields__, *computed)}
