"""Reading whole archives: from a page to its stored quotes, on one core and on two, over a great many articles, and through kills."""

import gzip
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from benchmarks import killing, shares
from benchmarks.commanding import TENTHS, Course, followed
from benchmarks.killing import Killed
from benchmarks.measuring import apart
from benchmarks.pages_made import notices, pages
from benchmarks.shares import Shares

CORES = (1, 2)
_PROCESSES = 2
_SEED = 17

Say = Callable[[str], None]
Show = Callable[[Iterable[Table | str]], None]


@dataclass(frozen=True, slots=True)
class Reading:
    """All figures. `courses` are whole commands over the same pages on one core and on two; `lasting` is one over many short articles."""

    words: int
    shares: Shares
    courses: tuple[Course, ...]
    killed: Killed
    lasting: Course


def measured(folder: Path, count: int, many: int, *, seed: int = _SEED, say: Say, show: Show) -> Reading:
    """Measure with so many pages and so many short articles in a folder, and show each part as it is known, for the last takes hours.

    Raises Failed where a command fails.
    """
    made = list(pages(count))
    words = sum(page.words for page in made)
    say("Fetching, reading, quoting, storing…")
    shared = apart(shares.measure, shares.write((page.html for page in made), folder), words, folder)
    show([*shares.tables(shared), _load()])
    archive = written((page.record() for page in made), folder / "pages.jsonl.gz")
    courses = tuple(followed(archive, count, folder / f"cores{cores}.db", processes=cores, cores=cores, say=say) for cores in CORES)
    show([_on_cores(courses, words), _load()])
    killed = killing.measure(archive, count, folder, processes=_PROCESSES, seed=seed, say=say)
    show([*killing.tables(killed), _load()])
    short = written(notices(many), folder / "notices.jsonl.gz")
    lasting = followed(short, many, folder / "lasting.db", processes=_PROCESSES, say=say)
    show([_over_many(lasting), _load()])
    return Reading(words, shared, courses, killed, lasting)


def _load() -> str:
    return f"Load in the last 15 minutes: {os.getloadavg()[2]:.2f}."


def written(records: Iterable[str], path: Path) -> Path:
    """Write records as packed JSON Lines; returns the path."""
    with gzip.open(path, "wt", encoding="utf-8", compresslevel=6) as lines:
        lines.writelines(f"{record}\n" for record in records)
    return path


def _on_cores(courses: Sequence[Course], words: int) -> Table:
    table = Table(title=f"'verbatim ingest pages.jsonl.gz --processes N', {courses[0].articles:,} pages of HTML")
    for column in ("cores", "processes", "seconds", "to the first article", "articles/s", "once under way", "words/s", "MB at most"):
        table.add_column(column, justify="right")
    for one in courses:
        table.add_row(
            str(one.cores),
            str(one.processes),
            f"{one.seconds:,.1f}",
            f"{one.waited:,.1f} s",
            f"{one.articles_per_second:,.2f}",
            f"{one.under_way:,.2f}",
            f"{words / one.seconds:,.0f}",
            f"{max(one.tenths):,.0f}",
        )
    return table


def _over_many(course: Course) -> Table:
    table = Table(
        title=f"Memory in MB over {course.articles:,} short articles with {course.processes} processes: "
        f"{course.articles_per_second:,.1f} articles/s"
    )
    for tenth in range(1, TENTHS + 1):
        table.add_column(f"to {tenth * course.articles // TENTHS:,}", justify="right")
    table.add_column("last over second", justify="right")
    table.add_row(*(f"{memory:,.0f}" for memory in course.tenths), "not known" if course.growth is None else f"{course.growth:+.1%}")
    return table
