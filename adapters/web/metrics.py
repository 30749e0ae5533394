"""The figures of `verbatim serve` in Prometheus' text format. Pure but for what the process itself uses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.replies import Counts, FeedFigures, Figures

OUTCOMES = ("sent", "skipped", "failed", "uncertain")


@dataclass(frozen=True, slots=True)
class Stored:
    """What the store says: how deliveries and feeds go, in all processes together, and what it holds."""

    figures: Figures
    counts: Counts
    feeds: FeedFigures


@dataclass(frozen=True, slots=True)
class Process:
    """How this process goes: when it last looked for what is due, in seconds since 1970, and what became of what it posted.

    `platforms` says of each whether it is connected.
    """

    ticked_at: float | None
    outcomes: Mapping[str, int]
    platforms: Mapping[str, bool]


def exposition(stored: Stored | None, process: Process) -> bytes:
    """All figures: those of the store (None: it cannot be read), and of this process."""
    registry = CollectorRegistry()
    registry.register(_Gathered([*_of_process(process), *_of_store(stored)]))
    ProcessCollector(registry=registry)
    return generate_latest(registry)


def _of_process(process: Process) -> Iterator[Metric]:
    if process.ticked_at is not None:
        yield _gauge("last_tick_timestamp_seconds", "When this process last looked for what is due.", process.ticked_at)
    ended = CounterMetricFamily("verbatim_deliveries", "What became of the deliveries that this process ended.", labels=["outcome"])
    for outcome in OUTCOMES:
        ended.add_metric([outcome], process.outcomes.get(outcome, 0))
    yield ended
    yield _gauges("platform_up", "Whether the platform is connected.", "platform", process.platforms)


def _of_store(stored: Stored | None) -> Iterator[Metric]:
    yield _gauge("database_up", "Whether the database can be read.", stored is not None)
    if stored is None:
        return
    figures, counts = stored.figures, stored.counts
    yield _gauge("deliveries_due", "Deliveries that are due and have not ended yet, of all processes.", figures.due)
    ended = {outcome: getattr(figures, outcome) for outcome in OUTCOMES}
    yield _gauges("deliveries_last_day", "Deliveries that ended in the last 24 hours, of all processes.", "outcome", ended)
    standing = {"running": figures.running, "paused": figures.paused}
    yield _gauges("subscriptions", "Digests and alerts that are set up.", "state", standing)
    yield from _of_feeds(stored.feeds)
    yield _gauge("articles", "Articles that are stored.", counts.articles)
    yield _gauge("quotes", "Quotes that are stored, attitudes among them.", counts.quotes + counts.attitudes)


def _of_feeds(feeds: FeedFigures) -> Iterator[Metric]:
    states = {"well": feeds.feeds - feeds.paused - feeds.failing, "failing": feeds.failing, "paused": feeds.paused}
    yield _gauges("feeds", "Feeds that are read.", "state", states)
    yield _gauge("feed_entries_waiting", "Entries of feeds that are still to be read.", feeds.waiting)
    yield _gauge("feed_entries_last_day", "Entries of feeds that were new in the last 24 hours.", feeds.new)
    if feeds.last_checked is not None:
        yield _gauge("last_feed_look_timestamp_seconds", "When any process last looked at a feed.", feeds.last_checked.timestamp())


def _gauge(name: str, help_: str, value: float) -> Metric:
    return GaugeMetricFamily(f"verbatim_{name}", help_, value=value)


def _gauges(name: str, help_: str, label: str, values: Mapping[str, float]) -> Metric:
    family = GaugeMetricFamily(f"verbatim_{name}", help_, labels=[label])
    for value, number in values.items():
        family.add_metric([value], number)
    return family


class _Gathered(Collector):
    """Figures that were gathered before."""

    def __init__(self, families: Sequence[Metric]) -> None:
        self._families = families

    def collect(self) -> Sequence[Metric]:
        """All of them."""
        return self._families
