"""What the benchmark of Slack computes, and that it measures what it says: real apps in processes of their own."""

import asyncio
import json
from collections import Counter
from pathlib import Path

import pytest
from rich.console import Console

from benchmarks import asking, filling, slack, slack_commands
from benchmarks.__main__ import main
from benchmarks.apps import BARE, OURS, serving
from benchmarks.corpus import articles
from benchmarks.loads import Plan
from benchmarks.measuring import Latency, Memory, Waiting, plain
from benchmarks.slack import Slack
from benchmarks.slack_apps import MODULE
from benchmarks.slack_commands import Attended, Timed
from storage import articles as stored
from storage import statements
from storage.database import Database
from tests.fakes.slack_transports import TRANSPORTS, Transport

PLAN = Plan(warm_up=2, at_once=6, times=2, one_by_one=3, paced=4, a_second=50)
GIVEN = {"the first of all": 1, "6 at once": 12, "one at a time": 3, "50 a second": 4}
COUNT = 40


def test_waiting_is_in_milliseconds_and_knows_who_waited_most() -> None:
    assert Waiting.of([0.001] * 98 + [0.2, 0.5]) == Waiting(p50=1.0, p99=200.0, most=500.0)


def test_both_apps_are_compared_load_by_load() -> None:
    ours = Attended((Timed("a", 0.002, 0.05), Timed("b", 0.004, 0.07), Timed("a", 0.006, 0.09)), Memory(100.0, 200.0))
    bare = Attended((Timed("a", 0.001, 0.01), Timed("a", 0.003, 0.02), Timed("b", 0.008, 0.03)), Memory(50.0, 60.0))
    way = slack.compared("http", ours, bare)
    a, b = way.loads
    assert (a.name, a.commands, a.ack, a.bare_ack) == ("a", 2, Waiting(2.0, 6.0, 6.0), Waiting(1.0, 3.0, 3.0))
    assert (a.answer, a.bare_answer, a.times_ack) == (Waiting(50.0, 90.0, 90.0), Waiting(10.0, 20.0, 20.0), 2.0)
    assert (b.name, b.commands, b.times_ack) == ("b", 1, 0.5)
    assert (way.memory.peak, way.bare_memory.peak) == (200.0, 60.0)


def test_the_figures_name_the_baseline_and_the_memory(capsys: pytest.CaptureFixture[str]) -> None:
    attended = Attended((Timed("200 at once", 0.1, 0.9),), Memory(100.0, 234.0))
    alone = asking.Asking("SQLite", 100_009, 900, 10**9, (asking.Answered("all", 1, 2.0, Latency(1, 2), Latency(1, 2)),), Memory(1.0, 2.0))
    figures = Slack(100_009, (slack.compared("socket", attended, attended),), alone)
    for table in slack.tables(figures):
        Console(width=140).print(table)
    printed = capsys.readouterr().out
    assert all(said in printed for said in ("Socket Mode at 100,009 quotes", "a bare Bolt app", "200 at once", "234 MB at most"))
    assert json.loads(json.dumps(plain(figures)))["ways"][0]["loads"][0]["times_ack"] == 1.0


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with some quotes."""
    path = tmp_path_factory.mktemp("store") / "slack.db"
    asyncio.run(filling.fill(f"sqlite:///{path}", filling.sample(COUNT), COUNT))
    return path


@pytest.mark.parametrize(("app", "transport"), [(OURS, "http"), (BARE, "socket")])
def test_every_command_is_acknowledged_and_answered(app: str, transport: Transport, store: Path) -> None:
    attended = slack_commands.measure(app, transport, f"sqlite:///{store}", ["quotes about the council", "help", "nothing of it"], PLAN)
    assert Counter(one.load for one in attended.commands) == GIVEN
    assert all(one.ack > 0 and one.answer > 0 for one in attended.commands)
    assert 0 < attended.memory.before <= attended.memory.peak


async def test_an_app_that_ends_by_itself_stops_the_benchmark(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="ended by itself"):
        async with serving(MODULE, OURS, {"database_url": "sqlite:///nowhere.db", "slack_bot_token": "xoxb-T1"}):
            pass
    assert "SLACK_APP_TOKEN" in capfd.readouterr().err


async def test_a_filled_store_holds_as_many_quotes_as_wanted_and_statements_of_copies(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'filled.db'}"
    corpus = list(articles(20, known=filling.PEOPLE))
    held = await filling.fill(url, corpus, 1_000)
    database = Database(url)
    async with database.reading() as session:
        assert (await stored.counts(session)).quotes == held > 100
        copied = await statements.quotes_of(session, range(1, 100))
    await database.close()
    assert any(len({quote.article_id for quote in told}) == 2 for told in copied.values())


def test_a_run_fills_a_store_and_finds_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = Attended((Timed("one at a time", 0.01, 0.1),), Memory(1.0, 2.0))
    monkeypatch.setattr(slack, "measure", lambda *_: asked)
    monkeypatch.setattr(slack, "_QUESTIONS_EACH", 1)
    monkeypatch.setattr(slack, "apart", lambda work, *arguments: work(*arguments))
    kept, out = tmp_path / "kept.db", tmp_path / "figures.json"
    for _ in range(2):
        assert main(["slack", "--articles", "1", "--quotes", str(COUNT), "--store", str(kept), "--json", str(out)]) == 0
    figures = json.loads(out.read_text())["slack"]
    assert figures["quotes"] >= COUNT
    assert [way["transport"] for way in figures["ways"]] == list(TRANSPORTS)
    assert "Slack over HTTP" in capsys.readouterr().out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["figures.json", "kept.db"]
