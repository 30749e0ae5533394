import re
from datetime import UTC, datetime

from prometheus_client import REGISTRY
from prometheus_client.parser import text_string_to_metric_families

from adapters.web.metrics import Process, Stored, exposition
from bot.replies import Counts, FeedFigures, Figures

FIGURES = Figures(last_tick=None, due=7, sent=4, skipped=3, failed=2, uncertain=1, running=5, paused=6)
COUNTS = Counts(articles=8, quotes=20, speakers=3, outlets=2, last_read=None, attitudes=1)
FEEDS = FeedFigures(feeds=10, paused=1, failing=2, waiting=30, new=40, last_checked=datetime(2026, 11, 6, 12, tzinfo=UTC))
PROCESS = Process(1_700_000_000.5, {"sent": 9, "failed": 1}, {"slack": True, "discord": False})


def _read(text: bytes) -> dict[str, float]:
    """Every sample of ours by its name and labels."""
    found = {}
    for family in text_string_to_metric_families(text.decode()):
        assert family.documentation
        for sample in family.samples:
            labels = ",".join(f"{name}={value}" for name, value in sample.labels.items())
            found[f"{sample.name}{{{labels}}}" if labels else sample.name] = sample.value
    return {name: value for name, value in found.items() if name.startswith("verbatim_")}


def test_the_figures_of_the_store_and_of_the_process_are_told_in_prometheus_format() -> None:
    assert _read(exposition(Stored(FIGURES, COUNTS, FEEDS), PROCESS)) == {
        "verbatim_last_tick_timestamp_seconds": 1_700_000_000.5,
        "verbatim_deliveries_total{outcome=sent}": 9,
        "verbatim_deliveries_total{outcome=skipped}": 0,
        "verbatim_deliveries_total{outcome=failed}": 1,
        "verbatim_deliveries_total{outcome=uncertain}": 0,
        "verbatim_platform_up{platform=slack}": 1,
        "verbatim_platform_up{platform=discord}": 0,
        "verbatim_database_up": 1,
        "verbatim_deliveries_due": 7,
        "verbatim_deliveries_last_day{outcome=sent}": 4,
        "verbatim_deliveries_last_day{outcome=skipped}": 3,
        "verbatim_deliveries_last_day{outcome=failed}": 2,
        "verbatim_deliveries_last_day{outcome=uncertain}": 1,
        "verbatim_subscriptions{state=running}": 5,
        "verbatim_subscriptions{state=paused}": 6,
        "verbatim_feeds{state=well}": 7,
        "verbatim_feeds{state=failing}": 2,
        "verbatim_feeds{state=paused}": 1,
        "verbatim_feed_entries_waiting": 30,
        "verbatim_feed_entries_last_day": 40,
        "verbatim_last_feed_look_timestamp_seconds": datetime(2026, 11, 6, 12, tzinfo=UTC).timestamp(),
        "verbatim_articles": 8,
        "verbatim_quotes": 21,
    }


def test_without_the_store_and_before_the_first_tick_the_rest_is_told() -> None:
    told = _read(exposition(None, Process(None, {}, {})))
    assert told["verbatim_database_up"] == 0
    assert not {name for name in told if "due" in name or "timestamp" in name or "articles" in name}
    assert told["verbatim_deliveries_total{outcome=sent}"] == 0


def test_the_process_tells_of_itself_once_and_nothing_of_ours_stands_in_the_registry_of_all() -> None:
    text = exposition(None, PROCESS).decode()
    assert len(re.findall(r"^process_cpu_seconds_total ", text, re.MULTILINE)) == 1
    assert not [family.name for family in REGISTRY.collect() if family.name.startswith("verbatim")]
