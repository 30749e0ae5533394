"""`verbatim ingest` killed at random moments and begun again: what is stored in the end, against a run that nobody disturbed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from time import monotonic, sleep

from rich.table import Table

from benchmarks.commanding import Course, counts, followed, log_of, read_again, running, stored

KILLS = 10
COUNTED = {
    "articles": "articles",
    "versions": "versions",
    "quotes": "quotes",
    "speakers": "speakers",
    "refusals": "refusals",
    "vectors of texts": "text_embeddings",
    "vectors of quotes": "quote_embeddings",
    "shingles": "article_shingles",
    "copies": "copies",
    "waiting for shingles": "shingles_waiting",
}
_STEP_SECONDS = 0.05
_SHARE = 0.8
"""In the mean so much of the work is done when the last kill comes."""


@dataclass(frozen=True, slots=True)
class Kill:
    """One kill: seconds after the command began, and how many articles were stored then."""

    seconds: float
    articles: int


@dataclass(frozen=True, slots=True)
class Killed:
    """A run that was killed and begun again, and one that was not."""

    seed: int
    course: Course
    undisturbed: dict[str, int]
    kills: tuple[Kill, ...]
    disturbed: dict[str, int]
    disturbed_seconds: float
    read_again: int

    @property
    def same(self) -> bool:
        """Whether both stores have the same counts."""
        return self.undisturbed == self.disturbed

    @property
    def lost_seconds(self) -> float:
        """What a kill cost in the mean: beginning again, and whatever was read twice."""
        return (self.disturbed_seconds - self.course.seconds) / max(1, len(self.kills))

    @property
    def articles_lost(self) -> float:
        """How many articles could have been read in what a kill cost beyond beginning again, in the mean."""
        return max(0.0, self.lost_seconds - self.course.waited) * self.course.under_way


def measure(
    archive: Path, articles: int, folder: Path, *, processes: int, seed: int, kills: int = KILLS, say: Callable[[str], None]
) -> Killed:
    """Read an archive of so many articles into two stores in `folder`, one of them with kills at moments that `seed` gives."""
    calm, troubled = folder / "undisturbed.db", folder / "killed.db"
    course = followed(archive, articles, calm, processes=processes, say=lambda done: say(f"Undisturbed: {done}"))
    random = Random(seed)
    apart = 2 * _SHARE * (course.seconds - course.waited) / kills
    came: list[Kill] = []
    spent, ended = 0.0, False
    while len(came) < kills and not ended:
        say(f"Reading them with kills: {len(came)} of {kills}…")
        seconds, ended = _until(archive, troubled, processes, random.uniform(0, course.waited + apart))
        spent += seconds
        if not ended:
            came.append(Kill(seconds, stored(troubled)))
    say("Reading what is left…")
    with running(archive, troubled, processes=processes) as command:
        spent += command.ended()
    return Killed(seed, course, counts(calm, COUNTED), tuple(came), counts(troubled, COUNTED), spent, read_again(log_of(troubled)))


def tables(figures: Killed) -> Iterator[Table | str]:
    """The figures for a person to read."""
    course = figures.course
    table = Table(title=f"{course.articles:,} pages with {course.processes} processes, undisturbed and killed {len(figures.kills)} times")
    for column in ("stored", "undisturbed", "killed"):
        table.add_column(column, justify="left" if column == "stored" else "right")
    for name, count in figures.undisturbed.items():
        table.add_row(name, f"{count:,}", f"{figures.disturbed[name]:,}")
    table.add_row("seconds", f"{course.seconds:,.1f}", f"{figures.disturbed_seconds:,.1f}")
    yield table
    moments = ", ".join(f"{kill.seconds:.1f} s ({kill.articles:,})" for kill in figures.kills)
    yield (
        f"Killed after (articles stored then; seed {figures.seed}): {moments}. "
        f"Of what was stored, {figures.read_again:,} were read again. A kill cost {figures.lost_seconds:.1f} s in the mean, "
        f"of which {course.waited:.1f} s until the first article is stored; the rest is the time of {figures.articles_lost:.1f} articles. "
        f"The counts are {'the same' if figures.same else 'NOT THE SAME'}."
    )


def _until(archive: Path, store: Path, processes: int, moment: float) -> tuple[float, bool]:
    """Run the command, and kill it so many seconds after it began. How long it ran, and whether it had ended by itself."""
    with running(archive, store, processes=processes) as command:
        until = command.began + moment
        while command.runs and monotonic() < until:
            sleep(min(_STEP_SECONDS, max(0.0, until - monotonic())))
        if not command.runs:
            return command.ended(), True
        command.kill()
        return monotonic() - command.began, False
