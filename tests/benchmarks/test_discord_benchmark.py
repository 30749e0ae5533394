"""What the benchmark of Discord computes, and that it measures what it says: real apps in processes of their own."""

import json
from collections import Counter
from pathlib import Path

import pytest
from rich.console import Console

from benchmarks import discord, discord_people, filling
from benchmarks.__main__ import main
from benchmarks.apps import BARE, OURS, serving
from benchmarks.discord_apps import MODULE
from benchmarks.discord_people import Attended, Timed, Typed
from benchmarks.loads import Plan
from benchmarks.measuring import Memory, Waiting, plain

PLAN = Plan(warm_up=1, at_once=4, times=2, one_by_one=3, paced=2, a_second=50)
GIVEN = {
    "the first mention of all": 1,
    "4 mentions at once": 8,
    "mentions one at a time": 3,
    "50 mentions a second": 2,
    "4 mentions at once, at Discord's limits": 4,
    "4 commands at once, acknowledged": 4,
    "4 commands at once, answered": 4,
    "speaker suggested, one at a time": 3,
    "speaker suggested, 50 a second": 2,
}
COUNT = 40


def test_both_apps_are_compared_load_by_load() -> None:
    ours = Attended((Timed("a", 0.02), Timed("b", 0.07), Timed("a", 0.09)), Memory(100.0, 200.0))
    bare = Attended((Timed("a", 0.01), Timed("a", 0.03), Timed("b", 0.04)), Memory(50.0, 60.0))
    figures = discord.compared(7, ours, bare)
    a, b = figures.loads
    assert (a.name, a.number, a.ours, a.bare) == ("a", 2, Waiting(20.0, 90.0, 90.0), Waiting(10.0, 30.0, 30.0))
    assert (b.name, b.number, b.bare.p99) == ("b", 1, 40.0)
    assert (figures.memory.peak, figures.bare_memory.peak) == (200.0, 60.0)


def test_the_figures_name_the_baseline_and_the_memory(capsys: pytest.CaptureFixture[str]) -> None:
    attended = Attended((Timed("200 mentions at once", 0.9),), Memory(100.0, 234.0))
    figures = discord.compared(100_000, attended, attended)
    for table in discord.tables(figures):
        Console(width=140).print(table)
    printed = capsys.readouterr().out
    assert all(
        said in printed for said in ("at 100,000 quotes", "a bare discord.py client", "200 mentions at once", "900", "234 MB at most")
    )
    assert json.loads(json.dumps(plain(figures)))["loads"][0]["ours"]["p99"] == 900


def test_what_is_typed_is_nothing_yet_or_the_beginning_of_a_name() -> None:
    for each in discord.typed():
        assert "" in each.texts
        assert {len(text) for text in each.texts} > {1, 2, 3}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with some quotes."""
    store = tmp_path_factory.mktemp("store") / "chats.db"
    filling.kept(store, COUNT, say=print)
    return f"sqlite:///{store}"


@pytest.mark.parametrize("app", [OURS, BARE])
def test_everybody_who_asks_is_answered(app: str, url: str) -> None:
    typed = [Typed("quotes", "speaker", ("", "a"))]
    attended = discord_people.measure(app, url, ["quotes about the council", "help", "nothing of it"], typed, PLAN)
    assert Counter(one.load for one in attended.timed) == GIVEN
    assert all(one.waited > 0 for one in attended.timed)
    assert 0 < attended.memory.before <= attended.memory.peak


async def test_an_app_that_ends_by_itself_stops_the_benchmark(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="ended by itself"):
        async with serving(MODULE, BARE, {"discord": "http://127.0.0.1:9", "database_url": "sqlite:///nowhere.db"}):
            pass
    assert "no token" in capfd.readouterr().err


def test_a_run_asks_about_the_store_that_it_is_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = Attended((Timed("mentions one at a time", 0.1),), Memory(1.0, 2.0))
    monkeypatch.setattr(discord, "measure", lambda *_: asked)
    monkeypatch.setattr(discord, "_QUESTIONS_EACH", 1)
    monkeypatch.setattr(discord, "apart", lambda work, *arguments: work(*arguments))
    kept, out = tmp_path / "kept.db", tmp_path / "figures.json"
    kept.touch()
    assert main(["discord", "--articles", "1", "--quotes", str(COUNT), "--store", str(kept), "--json", str(out)]) == 0
    assert json.loads(out.read_text())["discord"]["loads"][0]["number"] == 1
    assert "Discord at 40 quotes" in capsys.readouterr().out
    assert sorted(path.name for path in tmp_path.iterdir()) == ["figures.json", "kept.db"]
