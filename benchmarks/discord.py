"""Discord: how soon people are answered at a hundred thousand quotes, against a bare client in the same place."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from benchmarks import filling
from benchmarks.apps import BARE, OURS
from benchmarks.corpus import OUTLETS, people
from benchmarks.discord_apps import BASELINE
from benchmarks.discord_people import Attended, Timed, Typed, measure
from benchmarks.loads import Plan
from benchmarks.measuring import Memory, Waiting, apart
from benchmarks.questions import questions
from benchmarks.vocabulary import nouns

_QUESTIONS_EACH = 25
_PLAN = Plan()
_NAMES = 60
_LONGEST_TYPED = 8


@dataclass(frozen=True, slots=True)
class Load:
    """What was asked for in one way: how long people waited for Verbatim, and for the bare client."""

    name: str
    number: int
    ours: Waiting
    bare: Waiting


@dataclass(frozen=True, slots=True)
class Discord:
    """Both apps, over a store made for `quotes` quotes, and the memory of their processes."""

    quotes: int
    loads: tuple[Load, ...]
    memory: Memory
    bare_memory: Memory


def measured(store: Path, count: int, *, plan: Plan = _PLAN, say: Callable[[str], None] = print) -> Discord:
    """Measure over the SQLite file at `store`, which is made with `count` quotes if it is not there. What is being done is said."""
    corpus = filling.kept(store, count, say=say)
    asked = [question.text for question in questions(corpus, _QUESTIONS_EACH)]
    attended = []
    for app in (OURS, BARE):
        say(f"Mentions and commands to {app}…")
        attended.append(apart(measure, app, f"sqlite:///{store}", asked, typed(), plan))
    return compared(count, *attended)


def typed() -> list[Typed]:
    """What people type into options that suggest something: nothing yet, then more and more of a name."""
    speakers = [person.name for person in people(filling.PEOPLE)[:: filling.PEOPLE // _NAMES]]
    return [
        Typed("quotes", "speaker", _beginnings(speakers)),
        Typed("who", "outlet", _beginnings(OUTLETS)),
        Typed("who", "about", _beginnings(nouns().words[:: len(nouns().words) // _NAMES])),
    ]


def compared(quotes: int, ours: Attended, bare: Attended) -> Discord:
    """Both apps side by side, load by load."""
    loads = dict.fromkeys(one.load for one in ours.timed)
    return Discord(quotes, tuple(_load(name, ours.timed, bare.timed) for name in loads), ours.memory, bare.memory)


def tables(figures: Discord) -> Iterator[Table]:
    """The figures for a person to read."""
    table = Table(title=f"Discord at {figures.quotes:,} quotes, in ms, against {BASELINE}")
    table.add_column("asked, each in a channel of its own")
    for column in ("number", "p50", "p99", "most", "bare p50", "p99", "most"):
        table.add_column(column, justify="right")
    for one in figures.loads:
        waited = (one.ours.p50, one.ours.p99, one.ours.most, one.bare.p50, one.bare.p99, one.bare.most)
        table.add_row(one.name, f"{one.number:,}", *(f"{value:,.0f}" for value in waited))
    table.caption = (
        f"Memory of the app's process: {figures.memory}; of the bare one: {figures.bare_memory}.\n"
        "Discord's limits: 50 requests a second, and 5 messages in 5 seconds in a channel; everywhere else there is room for all."
    )
    yield table


def _beginnings(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name[: place % _LONGEST_TYPED] for place, name in enumerate(names))


def _load(name: str, ours: Sequence[Timed], bare: Sequence[Timed]) -> Load:
    waited = [one.waited for one in ours if one.load == name]
    return Load(name, len(waited), Waiting.of(waited), Waiting.of([one.waited for one in bare if one.load == name]))
