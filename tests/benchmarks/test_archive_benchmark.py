"""The made-up archive is like news and always the same, and a database filled with it is what ingestion would have left."""

import hashlib
import os
import subprocess
import sys
from collections import Counter
from itertools import groupby
from pathlib import Path

import pytest
from sqlalchemy import delete, func, insert, select

from benchmarks import archive_questions, asking, bulk
from benchmarks.__main__ import main
from benchmarks.archive import ASKED_AT, outlets, published, speakers, words
from benchmarks.archive_articles import archive
from benchmarks.databases import bare, opened
from benchmarks.ingesting import newsroom
from bot.reading.documents import Hints
from bot.stories import catch_up
from storage import articles, quotes, search, stories
from storage.database import Database, Session
from storage.records import QuoteFilter, QuoteKind, Reports
from storage.schema import Article, ArticleShingle, Copy, Quote, Refusal, ShinglesWaiting, Speaker, SpeakerWord
from storage.terms import terms
from tests.newsrooms import REAL_ENGINE

SOME = list(archive(60))
QUOTES = 300
_CUES = {"said", "told reporters", "added", "argued", "warned", "wrote", "insisted", "believes", "wants", "hopes", "fears"}
_HASHED = """
import hashlib
from benchmarks.archive_articles import archive
print(hashlib.sha256(repr(list(archive(20))).encode()).hexdigest())
"""


def _nothing(_: str) -> None:
    """Say nothing."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small archive in a file."""
    path = tmp_path_factory.mktemp("archive") / "archive.db"
    bulk.kept(path, QUOTES, say=_nothing)
    return path


def test_every_process_makes_the_same_archive_and_a_smaller_one_is_its_beginning() -> None:
    expected = hashlib.sha256(repr(SOME[:20]).encode()).hexdigest()
    made = subprocess.run(  # noqa: S603
        [sys.executable, "-c", _HASHED], capture_output=True, text=True, check=True, env=os.environ | {"PYTHONHASHSEED": "3"}
    )
    assert made.stdout.strip() == expected
    assert list(archive(9)) == SOME[:9]


def test_what_a_quote_consists_of_stands_where_its_spans_are() -> None:
    for article in SOME:
        for quote in article.quotes:
            cue, source = article.text[slice(*quote.cue)], article.text[slice(*quote.source)]
            assert cue in _CUES
            assert source == source.strip()
            before = article.text[quote.content[0] - 1]
            assert (before == "“") is (quote.kind is QuoteKind.DIRECT)
            assert quote.context[0] <= min(quote.content[0], quote.cue[0], quote.source[0])
            assert "\n" not in article.text[slice(*quote.context)]
        if article.refusal is not None:
            assert "declined to comment" in article.text[slice(*article.refusal.shown)]


def test_the_archive_is_as_uneven_as_news() -> None:
    many = list(archive(600))
    said = Counter(word for article in many for word in article.text.lower().split())
    by_rank = [said[word] for word in words()]
    assert said.most_common(1)[0][0] == "the"
    # Four times as far back, a word is about a fourth as frequent.
    assert 1.8 < sum(by_rank[40:60]) / sum(by_rank[160:180]) < 6
    assert sum(count == 1 for count in said.values()) > len(said) / 3
    assert 0.05 < sum(article.copy_of is not None for article in many) / len(many) < 0.15
    assert 9 < sum(len(article.quotes) for article in many) / len(many) < 11
    heard = Counter(article.speakers[quote.speaker] for article in many for quote in article.quotes)
    assert heard[0] > 3 * heard[20] > 0
    assert len(Counter(article.outlet for article in many)) > 50
    assert said[speakers()[0].called.lower()] > 30


def test_a_copy_repeats_the_article_before_it_and_all_appear_in_order_before_they_are_asked_about() -> None:
    for _, group in groupby(archive(200), key=lambda article: article.copy_of or article.number):
        first, *copies = group
        assert all(copy.text == first.text and copy.quotes == first.quotes and copy.minutes > first.minutes for copy in copies)
    assert max(published(article, 60) for article in SOME) < ASKED_AT


async def test_a_filled_database_holds_what_ingestion_leaves(database_url: str) -> None:
    await bulk.fill(database_url, QUOTES, say=_nothing)
    made = list(bulk.archive_of(QUOTES))
    async with opened(database_url) as database, database.reading() as session:
        for article in (made[0], made[-1]):
            stored = await articles.get(session, article.number)
            assert stored is not None
            assert (stored.text, stored.outlet, stored.published) == (article.text, article.outlet, published(article, len(made)))
            found = await quotes.of_article(session, article.number)
            assert [(one.words, one.content, one.kind) for one in found] == [
                ((article.text[slice(*quote.content)],), (quote.content,), quote.kind) for quote in article.quotes
            ]
        (best, *_) = await search.quotes(session, QuoteFilter(words=("said",)))
        assert "said" in terms(best.cue_words + " " + " ".join(best.words))
        told = (
            await session.execute(select(Quote.statement_id, func.count()).where(Quote.statement_id.is_not(None)).group_by("statement_id"))
        ).all()
        copies = sum(article.copy_of is not None for article in made)
        assert copies == 0 or (told and all(count > 1 for _, count in told))
        wrong = select(func.count()).where(Quote.statement_id.is_not(None), Quote.reports == Reports.ATTITUDE)
        assert await session.scalar(wrong) == 0
        names = {row.id: row.name for row in await session.execute(select(Speaker.id, Speaker.name))}
        found_by = {(row.speaker_id, row.word) for row in await session.execute(select(SpeakerWord.speaker_id, SpeakerWord.word))}
        assert {(number, word) for number, name in names.items() for word in terms(name)} <= found_by
        assert await session.scalar(select(func.count()).select_from(Refusal)) == sum(article.refusal is not None for article in made)


async def test_of_a_filled_database_stories_are_what_looking_for_copies_finds(database_url: str) -> None:
    await bulk.fill(database_url, QUOTES, say=_nothing)
    async with opened(database_url) as database:
        async with database.reading() as session:
            assert await stories.count_waiting(session) == 0
            made = await _of_stories(session)
        async with database.writing() as session:
            await session.execute(delete(ArticleShingle))
            await session.execute(delete(Copy))
            await session.execute(insert(ShinglesWaiting).from_select(["article_id"], select(Article.id)))
        await catch_up(database, QUOTES)
        async with database.reading() as session:
            assert await _of_stories(session) == made
    assert len(made[1]) == sum(article.copy_of is not None for article in bulk.archive_of(QUOTES)) > 0


async def _of_stories(session: Session) -> tuple[set[tuple[int, ...]], set[tuple[int, ...]]]:
    """By what copies are found, and which article is one of which."""
    found_by = await session.execute(select(ArticleShingle.article_id, ArticleShingle.shingle))
    copies = await session.execute(select(Copy.article_id, Copy.first_id))
    return {tuple(row) for row in found_by}, {tuple(row) for row in copies}


async def test_an_article_that_comes_later_goes_on_with_the_numbers(database_url: str, tmp_path: Path) -> None:
    await bulk.fill(database_url, QUOTES, say=_nothing)
    (tmp_path / "later.txt").write_text("“The ferry is late,” said Ada Moor.")
    async with newsroom(Database(database_url), REAL_ENGINE) as room:
        stored = [item async for item in room.ingest([str(tmp_path / "later.txt")], hints=Hints())]
    assert [item.article_id for item in stored] == [QUOTES // 10 + 1]


async def test_a_database_that_holds_the_archive_is_left_and_one_that_holds_another_is_not_taken(store: Path) -> None:
    url = f"sqlite:///{store}"
    await bulk.fill(url, QUOTES, say=_nothing)
    with pytest.raises(bulk.NotFilled, match="does not hold the archive of 40 articles"):
        await bulk.fill(url, QUOTES + 100, say=_nothing)


def test_a_filling_that_was_broken_off_is_begun_again(tmp_path: Path) -> None:
    (tmp_path / "archive.db.part").write_text("half")
    bulk.kept(tmp_path / "archive.db", 20, say=_nothing)
    with bare(f"sqlite:///{tmp_path / 'archive.db'}") as database:
        assert database.size() > 0
    assert not (tmp_path / "archive.db.part").exists()


def test_as_many_questions_of_each_kind_are_asked_and_always_the_same() -> None:
    asked = archive_questions.questions(QUOTES, 3)
    assert asked == archive_questions.questions(QUOTES, 3)
    assert set(Counter(question.shape for question in asked).values()) == {3}
    assert all(question.words for question in asked)
    assert any(outlet in question.text for question in asked for outlet in outlets())


def test_every_question_is_answered_and_set_against_the_bare_query(store: Path) -> None:
    asked = archive_questions.questions(QUOTES, 2)
    figures = asking.measure("SQLite", f"sqlite:///{store}", asked, ASKED_AT)
    assert 0.9 * QUOTES < figures.quotes < 1.1 * QUOTES
    assert 0 < figures.speakers <= QUOTES
    assert 1_000 < figures.bytes_per_quote < 20_000
    held = {one.shape: one.quotes for one in figures.answered}
    assert set(held) == {asking.ALL, *(question.shape for question in asked)}
    assert held["nothing to find"] == 0
    assert all(held[kind] > 0 for kind in ("a rare word", "a common word", "exact words", "the latest from"))


def test_a_store_with_another_archive_is_named_and_nothing_is_asked(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["asking", "--articles", "1", "--quotes", "40", "--store", str(store)])
    assert ended.value.code == 2
    assert "does not hold the archive of 4 articles" in " ".join(capsys.readouterr().err.split())


def test_a_store_of_another_kind_is_not_asked_for_chats(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["asking", "slack", "--store", str(tmp_path / "one.db")])
    assert ended.value.code == 2
    assert "one of them at a time" in capsys.readouterr().err
