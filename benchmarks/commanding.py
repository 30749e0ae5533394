"""`verbatim ingest` as a person runs it: the whole command in a process group of its own, what it holds in memory, and its end."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

from storage.records import SaveOutcome

PROCESSES = Path("/proc")
_PAGE = os.sysconf("SC_PAGE_SIZE")
TENTHS = 10
_GONE_SECONDS = 30.0
_SAMPLED_SECONDS = 0.5
_STEP_SECONDS = 0.05


def arguments(archive: Path, processes: int) -> list[str]:
    """What is run. It prints a line on each article, as JSON."""
    return [sys.executable, "-m", "adapters.terminal", "ingest", str(archive), "--processes", str(processes), "--json"]


class Failed(Exception):
    """The command ended as it should not; the message has what it said."""


@dataclass(frozen=True, slots=True)
class Course:
    """How one run went: its seconds, those until the first article was stored, and the most memory in MB in each tenth of the articles."""

    articles: int
    processes: int
    cores: int | None
    seconds: float
    waited: float
    tenths: tuple[float, ...]

    @property
    def articles_per_second(self) -> float:
        """Articles a second from the command's beginning to its end."""
        return self.articles / self.seconds

    @property
    def under_way(self) -> float:
        """Articles a second once the first is stored, which leaves out what the command needs to begin."""
        return self.articles / (self.seconds - self.waited)

    @property
    def growth(self) -> float | None:
        """By how much the last tenth's most memory is over the second's: 0.1 is ten per cent. The first tenth warms up.

        None where memory could not be looked at (there is no /proc) or the second tenth passed between two looks.
        """
        return self.tenths[-1] / self.tenths[1] - 1 if self.tenths[1] else None


class Command:
    """One run of `verbatim ingest FILE --processes N` into the SQLite file `store`. What it prints goes to `log`."""

    def __init__(self, archive: Path, store: Path, log: Path, *, processes: int, cores: int | None = None) -> None:
        """Start it, on the first so many cores (None: on all)."""
        self._log = log
        with log.open("ab") as out:
            self._process = subprocess.Popen(  # noqa: S603
                arguments(archive, processes),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                env=_environment(store),
                start_new_session=True,
            )
        if cores is not None and hasattr(os, "sched_setaffinity"):
            usable = sorted(os.sched_getaffinity(0))[:cores]
            os.sched_setaffinity(self._process.pid, usable)  # before it has threads or children, which begin with the same
        self.began = monotonic()

    @property
    def runs(self) -> bool:
        """Whether it has not ended."""
        return self._process.poll() is None

    def memory(self) -> float:
        """The MB (10^6 bytes) of memory that its processes hold together; 0.0 once it has ended."""
        return sum(one.pages for one in _family(self._process.pid)) * _PAGE / 1e6

    def ended(self) -> float:
        """Wait for its end; returns how many seconds it took. Raises Failed for another exit code than 0."""
        code = self._process.wait()
        if code:
            raise Failed(f"The command ended with {code}: {self._log.read_text(encoding='utf-8', errors='replace')[-2_000:]}")
        return monotonic() - self.began

    def kill(self) -> None:
        """End it at once, as SIGKILL does, and wait until its workers see that and end as well. Raises Failed if one stays."""
        family = {one.identity for one in _family(self._process.pid)}
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        until = monotonic() + _GONE_SECONDS
        while family & {one.identity for one in _processes() if one.lives}:
            if monotonic() > until:
                raise Failed(f"A process of the command went on for {_GONE_SECONDS:.0f} s after it was killed.")
            sleep(_STEP_SECONDS)


@contextmanager
def running(archive: Path, store: Path, *, processes: int, cores: int | None = None) -> Iterator[Command]:
    """The command, which is killed if it still runs at the end; its log lies beside the store."""
    command = Command(archive, store, log_of(store), processes=processes, cores=cores)
    try:
        yield command
    finally:
        if command.runs:
            command.kill()


def log_of(store: Path) -> Path:
    """Where all runs of the command into a store say what became of each article."""
    return store.with_suffix(".log")


def read_again(log: Path) -> int:
    """How many articles the runs read that were stored before, by what they said of each."""
    items = (json.loads(line) for line in log.read_text(encoding="utf-8").splitlines() if line.startswith("{") and line.endswith("}"))
    return sum(item["outcome"] == SaveOutcome.UNCHANGED for item in items)


def followed(archive: Path, articles: int, store: Path, *, processes: int, cores: int | None = None, say: Callable[[str], None]) -> Course:
    """Run the command over an archive of so many articles to its end, and look at it twice a second."""
    most, waited = [0.0] * TENTHS, 0.0
    with running(archive, store, processes=processes, cores=cores) as command:
        while command.runs:
            done, memory = stored(store), command.memory()
            waited = waited if done else monotonic() - command.began
            tenth = min(TENTHS - 1, done * TENTHS // articles)
            most[tenth] = max(most[tenth], memory)
            say(f"{done:,} of {articles:,} articles, {memory:,.0f} MB, {monotonic() - command.began:,.0f} s…")
            sleep(_SAMPLED_SECONDS)
        seconds = command.ended()
    return Course(articles, processes, cores, seconds, waited, tuple(most))


def stored(store: Path) -> int:
    """How many articles an SQLite file has had so far, by their numbers; 0 where there is none yet."""
    return next(iter(_asked(store, ("SELECT max(id) FROM articles",)))) or 0


def counts(store: Path, tables: Mapping[str, str]) -> dict[str, int]:
    """How many rows each table has, by the name that a person gives it."""
    found = _asked(store, tuple(f"SELECT count(*) FROM {table}" for table in tables.values()))  # noqa: S608 - names of ours
    return dict(zip(tables, (count or 0 for count in found), strict=True))


def _asked(store: Path, queries: tuple[str, ...]) -> list[int | None]:
    if not store.exists():
        return [None] * len(queries)
    with closing(sqlite3.connect(f"{store.absolute().as_uri()}?mode=ro", uri=True, timeout=30)) as database:
        try:
            return [database.execute(query).fetchone()[0] for query in queries]
        except sqlite3.OperationalError:  # its tables are being made
            return [None] * len(queries)


def _environment(store: Path) -> dict[str, str]:
    others = {name: value for name, value in os.environ.items() if not name.startswith("VERBATIM_")}
    ours = {"DATABASE_URL": f"sqlite:///{store}", "LOG_FILE": str(store.with_suffix(".verbatim.log")), "CONFIG": os.devnull}
    told_at_once = {"PYTHONUNBUFFERED": "1"}
    return others | told_at_once | {f"VERBATIM_{name}": value for name, value in ours.items()}


@dataclass(frozen=True, slots=True)
class _Process:
    """A process as proc(5) tells of it: its number and when it began, who started it, whether it lives, its resident pages."""

    identity: tuple[int, str]
    parent: int
    lives: bool
    pages: int


def _processes() -> Iterator[_Process]:
    """All processes; none where there is no /proc."""
    for path in PROCESSES.glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # it ended
        yield _Process((int(path.parent.name), fields[19]), int(fields[1]), fields[0] not in "ZX", int(fields[21]))


def _family(number: int) -> list[_Process]:
    """A process, those that it started, and those that they started."""
    children = defaultdict[int, list[_Process]](list)
    found = list[_Process]()
    for one in _processes():
        children[one.parent].append(one)
        if one.identity[0] == number:
            found.append(one)
    for one in found:
        found += children[one.identity[0]]
    return found
