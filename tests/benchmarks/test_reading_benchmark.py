"""What the benchmark of reading is about, and what it computes."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from adapters.terminal.jsons import ingested_json
from benchmarks import commanding, killing
from benchmarks.commanding import Course, counts, stored
from benchmarks.databases import opened
from benchmarks.killing import COUNTED, Kill, Killed
from benchmarks.pages_made import LAYOUTS, notices, pages
from bot.reading import documents
from bot.replies import Ingested, SaveOutcome
from tests.newsrooms import REAL_ENGINE

COURSE = Course(100, 2, 2, 12.0, 2.0, (90.0, 100.0, *(101.0,) * 7, 105.0))


def test_the_article_is_read_from_each_lay_out_and_nothing_of_what_stands_around_it() -> None:
    some = list(pages(2 * len(LAYOUTS)))
    for page in some:
        (read,) = documents.parse(page.html.encode(), name="page.html")
        assert (read.text, read.headline, read.byline) == (page.article.text, page.article.headline, page.article.byline)
        (record,) = documents.parse(page.record().encode(), name="line 1", media_type="application/json")
        assert (record.text, record.url) == (read.text, page.article.url)
    assert len({page.words > 400 for page in some}) == 2


def test_the_shortest_news_is_always_the_same_and_each_has_a_quote_of_its_own() -> None:
    some = list(notices(12))
    assert some == list(notices(14))[:12]
    texts = [json.loads(line)["text"] for line in some]
    assert len(set(texts)) == 12
    assert all(len(REAL_ENGINE.extract(text).quotes) == 1 and len(text.split()) < 20 for text in texts[:4])


def test_memory_grew_by_what_the_last_tenth_has_over_the_second() -> None:
    assert COURSE.growth == pytest.approx(0.05)
    assert COURSE.under_way == 10


@pytest.mark.parametrize(("other", "same"), [(7, True), (6, False)])
def test_a_killed_run_is_the_same_where_all_counts_are(other: int, same: bool) -> None:
    killed = Killed(1, COURSE, {"articles": 1, "quotes": 7}, (Kill(3.0, 0), Kill(4.0, 1)), {"articles": 1, "quotes": other}, 18.0, 0)
    assert killed.same is same
    assert killed.lost_seconds == 3.0
    assert killed.articles_lost == pytest.approx(10.0)
    assert ("NOT THE SAME" in str(list(killing.tables(killed))[-1])) is not same


def test_articles_that_were_read_again_are_those_that_were_stored_before(tmp_path: Path) -> None:
    items = [Ingested("one", SaveOutcome.ADDED, 1), Ingested("one", SaveOutcome.UNCHANGED, 1), Ingested("two", None, reason="Why.")]
    (tmp_path / "a.log").write_text(
        "going on after 1 article.\n" + "".join(f"{ingested_json(item)}\n" for item in items) + '{"name": "cut o'
    )
    assert commanding.read_again(tmp_path / "a.log") == 1


async def test_what_is_counted_are_tables_of_the_store_and_one_that_is_not_made_yet_has_nothing(tmp_path: Path) -> None:
    store = tmp_path / "store.db"
    assert stored(store) == 0
    async with opened(f"sqlite:///{store}"):
        assert counts(store, COUNTED) == dict.fromkeys(COUNTED, 0)
    with closing(sqlite3.connect(store)) as database:
        made = {row[0] for row in database.execute("SELECT name FROM sqlite_master")}
    assert set(COUNTED.values()) <= made


def test_memory_is_that_of_the_command_and_its_workers_and_a_worker_that_goes_on_after_a_kill_is_told_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commanding, "arguments", lambda *_: ["sh", "-c", "setsid sh -c 'echo begun; sleep 2' & wait"])
    monkeypatch.setattr(commanding, "_GONE_SECONDS", 0.1)
    store = tmp_path / "store.db"
    with commanding.running(tmp_path / "a.jsonl.gz", store, processes=2) as command:
        while "begun" not in commanding.log_of(store).read_text():
            assert command.runs
        assert command.memory() > 0
        with pytest.raises(commanding.Failed, match="after it was killed"):
            command.kill()
        assert command.memory() == 0
        with pytest.raises(commanding.Failed, match="ended with -9"):
            command.ended()
