"""Digests, alerts and what became of them, as the terminal shows them."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from adapters.terminal.app import run
from adapters.terminal.bars import bar_lines
from adapters.terminal.rendering import as_command, reply_lines
from bot.callers import Channel
from bot.errors import NotFound
from bot.replies import Chart, DeliveryState, DeliveryView, Reply, SubscriptionKind, SubscriptionView
from tests.fakes.newsroom import FakeNewsroom

Captured = pytest.CaptureFixture[str]
UTC_ZONE = ZoneInfo("UTC")
CHART = Chart("Quotes by speaker", (("Ada Moor", 12), ("Tom Cook", 3), ("Nobody", 0)), alt="Ada Moor 12, Tom Cook 3, Nobody 0.")
CHANNEL = Channel("slack", "T1", "C1")
DUE = datetime(2024, 10, 14, 7, tzinfo=UTC)


def _lines(reply: Reply) -> list[str]:
    return ["  " * (line.indent // 2) + line.text.plain for line in reply_lines(reply, zone=UTC_ZONE, hyperlinks=False)]


def _bars(chart: Chart, width: int) -> list[str]:
    return [" " * line.indent + line.text.plain for line in bar_lines(chart, width)]


def test_a_chart_is_bars_with_their_numbers() -> None:
    assert _lines(Reply("A digest.", chart=CHART)) == [
        "A digest.",
        "",
        "Quotes by speaker",
        f"  Ada Moor {'█' * 40} 12",
        f"  Tom Cook {'█' * 10} 3",
        "  Nobody   0",
    ]


def test_bars_are_drawn_to_the_eighth_of_a_column_and_are_never_nothing_for_something() -> None:
    chart = Chart("By day", (("Monday", 640), ("Tuesday", 1), ("Wednesday", 100)), alt="")
    assert _bars(chart, 40)[2:] == ["  Tuesday   ▏ 1", "  Wednesday ███▊ 100"]


def test_a_chart_of_nothing_is_its_title() -> None:
    assert _bars(Chart("Nothing", (), alt=""), 80) == ["Nothing"]


def test_on_a_narrow_terminal_bars_are_shorter_and_long_names_are_cut() -> None:
    chart = Chart("Quotes", (("Department for Environment, Food and Rural Affairs", 12), ("Ada", 6)), alt="")
    assert _bars(chart, 30)[1:] == ["  Department … ████████████ 12", "  Ada          ██████ 6"]


@settings(max_examples=60)
@given(
    bars=st.lists(st.tuples(st.text(max_size=60), st.integers(0, 100_000)), min_size=1, max_size=5),
    width=st.integers(24, 120),
)
def test_no_bar_is_wider_than_the_terminal_and_none_forges_a_line(bars: list[tuple[str, int]], width: int) -> None:
    lines = _bars(Chart("Quotes", tuple(bars), alt=""), width)[1:]
    assert len(lines) == len(bars)
    for line, (_, number) in zip(lines, bars, strict=True):
        assert line.endswith(f" {number:,}")
        assert cell_len(line) <= width
        assert line.splitlines() == [line]


def test_what_was_posted_is_listed_with_its_state_and_reason() -> None:
    sent = DeliveryView(12, 3, "about ferries", CHANNEL, DUE, DeliveryState.SENT, sent_at=DUE + timedelta(seconds=4))
    doubt = replace(sent, number=13, subscription=4, kind=SubscriptionKind.ALERT, state=DeliveryState.UNCERTAIN, sent_at=None)
    doubt = replace(doubt, what="everything", reason="no answer\nfrom Slack")
    assert _lines(Reply("Deliveries.", deliveries=(doubt, sent))) == [
        "Deliveries.",
        "",
        "Monday 14 October 2024, 07:00: everything",
        "  uncertain · no answer from Slack · alert 4 · channel C1",
        "",
        "Monday 14 October 2024, 07:00: about ferries",
        "  sent · digest 3 · channel C1",
    ]


def test_an_alert_is_listed_with_its_wishes_and_until_when_it_is_muted() -> None:
    alert = SubscriptionView(4, "quotes by Ada Moor", "", "UTC", CHANNEL, "U1", kind=SubscriptionKind.ALERT)
    alert = replace(alert, wishes="at most every 10 minutes", muted_until=DUE)
    assert _lines(Reply("All.", subscriptions=(alert,)))[2:] == [
        "Alert 4: quotes by Ada Moor",
        "  UTC · at most every 10 minutes · muted until Monday 14 October 2024, 07:00 · channel C1",
    ]


@pytest.mark.parametrize(("typed", "line"), [(str, "send 3"), (as_command, "verbatim digest send 3")])
def test_what_a_reply_suggests_is_typed_as_it_works_there(typed: Callable[[str], str], line: str) -> None:
    assert typed("send 3") == line


def test_numbers_are_told_in_json_as_well(newsroom: FakeNewsroom, capsys: Captured) -> None:
    sent = DeliveryView(12, 3, "about ferries", CHANNEL, DUE, DeliveryState.SENT, sent_at=DUE)
    newsroom.reply = Reply("A digest.", chart=CHART, deliveries=(sent,))
    assert run(["digest", "log", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["chart"]["bars"] == [["Ada Moor", 12], ["Tom Cook", 3], ["Nobody", 0]]
    assert (told["deliveries"][0]["state"], told["deliveries"][0]["due_at"]) == ("sent", "2024-10-14T07:00:00+00:00")


def test_an_unknown_number_is_a_sentence_and_exit_code_2(newsroom: FakeNewsroom, capsys: Captured) -> None:
    newsroom.mishap = NotFound("There is no digest 9.", "See 'verbatim digest list'.")
    assert run(["digest", "send", "9"]) == 2
    assert capsys.readouterr() == ("", "There is no digest 9. See 'verbatim digest list'.\n")


def test_the_chart_is_written_as_a_picture_over_the_one_before(newsroom: FakeNewsroom, tmp_path: Path, capsys: Captured) -> None:
    newsroom.reply = Reply("A digest.", chart=CHART)
    picture = tmp_path / "chart.png"
    picture.write_bytes(b"an older one")
    assert run(["digest", "preview", "3", "--chart", str(picture)]) == 0
    assert picture.read_bytes() == b"Quotes by speaker"
    assert [path.name for path in tmp_path.iterdir() if path.suffix in {".png", ".part"}] == ["chart.png"]
    assert capsys.readouterr().err == ""


def test_where_nothing_is_drawn_the_file_is_left_alone(newsroom: FakeNewsroom, tmp_path: Path, capsys: Captured) -> None:
    picture = tmp_path / "chart.png"
    picture.write_bytes(b"an older one")
    assert run(["digest", "preview", "--chart", str(picture)]) == 0
    assert picture.read_bytes() == b"an older one"
    assert capsys.readouterr().err == f"There is nothing to draw, and {picture} was left as it was.\n"
    assert newsroom.asked == [("digest", None, None, "")]


def test_a_picture_that_cannot_be_written_is_told_with_the_reason_alone(newsroom: FakeNewsroom, tmp_path: Path, capsys: Captured) -> None:
    newsroom.reply = Reply("A digest.", chart=CHART)
    assert run(["digest", "preview", "--chart", str(tmp_path / "none" / "chart.png")]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.endswith("chart.png cannot be written: no such file or directory. Name a file that can be.\n")


@pytest.mark.parametrize("command", ["log", "send"])
def test_a_number_below_nothing_is_no_number_of_a_digest(newsroom: FakeNewsroom, capsys: Captured, command: str) -> None:
    assert run(["digest", command, "-1"]) == 2
    assert "'-1' is no number. Each quote, article, correction, digest, alert and feed" in " ".join(capsys.readouterr().err.split())
    assert newsroom.asked == []
