"""Slack: how soon a command is acknowledged and answered at a hundred thousand quotes, against a bare Bolt app in the same place."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.table import Table

from benchmarks import asking, filling
from benchmarks.apps import BARE, OURS
from benchmarks.asking import Asking
from benchmarks.loads import Plan
from benchmarks.measuring import Memory, Waiting, apart
from benchmarks.questions import questions
from benchmarks.slack_apps import BASELINE
from benchmarks.slack_commands import Attended, Timed, measure
from tests.fakes.slack_transports import TRANSPORTS, Transport

_QUESTIONS_EACH = 25
_PLAN = Plan()
_TITLES: dict[Transport, str] = {"http": "HTTP", "socket": "Socket Mode"}


@dataclass(frozen=True, slots=True)
class Load:
    """Commands that were given in one way: how long each app took to acknowledge them, and until the whole answer stood there."""

    name: str
    commands: int
    ack: Waiting
    bare_ack: Waiting
    answer: Waiting
    bare_answer: Waiting

    @property
    def times_ack(self) -> float:
        """The slowest of a hundred acks against that of the bare app."""
        return self.ack.p99 / self.bare_ack.p99


@dataclass(frozen=True, slots=True)
class Way:
    """One way from Slack to the app, with the memory of both apps' processes."""

    transport: Transport
    loads: tuple[Load, ...]
    memory: Memory
    bare_memory: Memory


@dataclass(frozen=True, slots=True)
class Slack:
    """Both ways to an app over `quotes` quotes, and what the same questions take without Slack."""

    quotes: int
    ways: tuple[Way, ...]
    asking: Asking


def measured(
    store: Path, count: int, *, plan: Plan = _PLAN, transports: Sequence[Transport] = TRANSPORTS, say: Callable[[str], None] = print
) -> Slack:
    """Measure over the SQLite file at `store`, which is made with `count` quotes if it is not there. What is being done is said."""
    url = f"sqlite:///{store}"
    corpus = filling.kept(store, count, say=say)
    asked = questions(corpus, _QUESTIONS_EACH)
    say("Asking without Slack…")
    alone = apart(asking.measure, "SQLite", url, asked)
    ways = []
    for transport in transports:
        attended = []
        for app in (OURS, BARE):
            say(f"Commands over {_TITLES[transport]} to {app}…")
            attended.append(apart(measure, app, transport, url, [question.text for question in asked], plan))
        ways.append(compared(transport, *attended))
    return Slack(alone.quotes, tuple(ways), alone)


def compared(transport: Transport, ours: Attended, bare: Attended) -> Way:
    """Both apps side by side, load by load."""
    loads = dict.fromkeys(one.load for one in ours.commands)
    return Way(transport, tuple(_load(name, _of(ours, name), _of(bare, name)) for name in loads), ours.memory, bare.memory)


def tables(figures: Slack) -> Iterator[Table]:
    """The figures for a person to read."""
    yield from asking.tables([figures.asking])
    for way in figures.ways:
        table = Table(title=f"Slack over {_TITLES[way.transport]} at {figures.quotes:,} quotes, in ms, against {BASELINE}")
        table.add_column("commands")
        for column in ("number", "ack p50", "p99", "most", "bare p99", "most", "times", "answer p50", "p99", "most", "bare p50", "p99"):
            table.add_column(column, justify="right")
        for one in way.loads:
            waited = (one.ack.p50, one.ack.p99, one.ack.most, one.bare_ack.p99, one.bare_ack.most)
            answered = (one.answer.p50, one.answer.p99, one.answer.most, one.bare_answer.p50, one.bare_answer.p99)
            cells = (*(f"{value:,.0f}" for value in waited), f"{one.times_ack:.1f}", *(f"{value:,.0f}" for value in answered))
            table.add_row(one.name, f"{one.commands:,}", *cells)
        table.caption = f"Memory of the app's process: {way.memory}; of the bare one: {way.bare_memory}."
        yield table


def _of(attended: Attended, load: str) -> list[Timed]:
    return [one for one in attended.commands if one.load == load]


def _load(name: str, ours: Sequence[Timed], bare: Sequence[Timed]) -> Load:
    return Load(
        name,
        len(ours),
        ack=Waiting.of([one.ack for one in ours]),
        bare_ack=Waiting.of([one.ack for one in bare]),
        answer=Waiting.of([one.answer for one in ours]),
        bare_answer=Waiting.of([one.answer for one in bare]),
    )
