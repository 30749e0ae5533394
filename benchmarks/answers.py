"""`python -m benchmarks.answers DATA_DIR SPLIT QUESTIONS.jsonl OUT.jsonl`: what the product answers, in the form that is scored.

A fresh store is filled with the articles of one split of annotated news and the quotes that people marked in them (with
`--extracted`: those that the product finds), and each question is asked as a person asks it. A line of the output is
`{"qid": …, "ranked": [{"id": article, "n": number of the marked quote}, …]}`, or `"content": [[start, end], …]` of a found one.
"""

import argparse
import asyncio
import json
import math
import sys
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks import plain_bm25
from benchmarks.annotated import AnnotatedArticle, GoldTagger, NotAnnotated, articles
from benchmarks.databases import opened
from bot.cards import copies_together
from bot.embedding.embeds import Embeds
from bot.embedding.shipped import Shipped
from bot.errors import VerbatimError
from bot.intake import Intake
from bot.newsroom import Newsroom
from bot.quoting.engine import Engine, QuotingEngine
from bot.reading.documents import Hints
from bot.reading.sources import Document
from bot.replies import QuoteCard, Reply
from storage import quotes
from storage.database import Database
from storage.records import NewArticle, Span, StoredQuote
from tests.fakes.fetcher import FakeFetcher
from tests.fakes.workers import HereWorkers

MOST = 50
BASELINES = ("bm25",)
_UTC = ZoneInfo("UTC")

Hit = dict[str, Any]


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question of the file, with its id there."""

    qid: str
    text: str


def main(arguments: Sequence[str] | None = None) -> int:
    """Answer the questions that the command line names."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.answers", description="Answers questions about annotated news, for the scorer."
    )
    parser.add_argument("data_dir", type=Path, metavar="DATA_DIR", help="the folder with the splits")
    parser.add_argument("split", metavar="SPLIT", help="the name of the split: a folder with text/ and attributions/")
    parser.add_argument("questions", type=Path, metavar="QUESTIONS", help="JSON Lines with a qid and a question each")
    parser.add_argument("out", type=Path, metavar="OUT", help="where the answers are written, as JSON Lines")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--extracted", action="store_true", help="with the quotes that the product finds, not those that people marked")
    how.add_argument(
        "--baseline", choices=BASELINES, help="without the product: bm25 ranks the quotes' own words, any of the question's in them"
    )
    parser.add_argument("--only", type=Path, metavar="IDS", help="a file with the ids of the articles to take, one a line (default: all)")
    given = parser.parse_args(arguments)
    try:
        asked = questions_of(given.questions)
        only = None if given.only is None else {line.strip() for line in _text(given.only).splitlines() if line.strip()}
        read = articles(given.data_dir, given.split, only)
        if given.baseline:
            ranked = plain_bm25.ranked(read, [question.text for question in asked], MOST)
        else:
            ranked = asyncio.run(_ranked(read, asked, extracted=given.extracted))
        lines = (json.dumps({"qid": one.qid, "ranked": hits}) for one, hits in zip(asked, ranked, strict=True))
        given.out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    except NotAnnotated as error:
        parser.error(str(error))
    except OSError as error:
        parser.error(f"{error.filename or given.out}: {error.strerror or error}.")
    empty = sum(not hits for hits in ranked)
    print(f"{len(asked):,} questions about {len(read):,} articles, {empty:,} of them answered with nothing.")
    return 0


def questions_of(path: Path) -> list[AskedQuestion]:
    """The questions of a file. Raises NotAnnotated for a line that is none."""
    found = []
    for number, line in enumerate(_text(path).splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            found.append(AskedQuestion(str(row["qid"]), str(row["question"])))
        except (ValueError, KeyError, TypeError) as error:
            raise NotAnnotated(f'Line {number} of {path} is no question: each is a JSON object with "qid" and "question".') from error
    return found


def order_shown(reply: Reply) -> Iterable[QuoteCard]:
    """The cards of a reply as they are read, from top to bottom."""
    return (card for section in reply.sections for card in section.quotes)


async def _ranked(read: Sequence[AnnotatedArticle], asked: Sequence[AskedQuestion], *, extracted: bool) -> list[list[Hit]]:
    async with answering(read, Shipped(), extracted=extracted) as answer:
        return [await answer(question.text) for question in asked]


@asynccontextmanager
async def answering(
    read: Sequence[AnnotatedArticle], embedder: Embeds, *, extracted: bool = False
) -> AsyncIterator[Callable[[str], Awaitable[list[Hit]]]]:
    """A newsroom that has read the articles: what gives the hits for a question, in the order in which the reply shows them."""
    engine = QuotingEngine(None if extracted else GoldTagger(read))
    now = max(article.published for article in read) + timedelta(days=1)
    with tempfile.TemporaryDirectory(prefix="verbatim-answers-") as folder:
        async with opened(f"sqlite:///{folder}/answers.db") as database:
            stored = await _fill(database, engine, embedder, read, now)
            room = Newsroom(
                database, engine=engine, fetcher=FakeFetcher(), workers=HereWorkers(), zone=_UTC, clock=lambda: now, embedder=embedder
            )

            async def answer(question: str) -> list[Hit]:
                return [_hit(stored, one, extracted=extracted) for one in await _answer(room, stored, question)]

            yield answer


@dataclass(frozen=True, slots=True)
class _Stored:
    """What was stored: the quotes of each article in text order and the ids of the articles, both by the store's numbers."""

    quotes: Mapping[int, Sequence[StoredQuote]]
    ids: Mapping[int, str]
    by_number: Mapping[int, StoredQuote]
    marked: Mapping[int, int]
    """Of each quote the number under which people marked it."""


class _AsItStands(Intake):
    """Intake that stores a text file unchanged, since the annotators' spans point into it; what is said of it is read as ever."""

    async def _parsed(self, document: Document, hints: Hints) -> list[NewArticle]:
        text = document.data.decode()
        return [replace(article, text=text) for article in await super()._parsed(document, hints)]


async def _fill(database: Database, engine: Engine, embedder: Embeds, read: Sequence[AnnotatedArticle], now: datetime) -> _Stored:
    intake = _AsItStands(database, engine, FakeFetcher(), lambda: now, _UTC, embedder)
    ids: dict[int, str] = {}
    for article in read:
        # An address of its own: the same text twice is two articles, as it is in the split.
        hints = Hints(outlet=article.publisher, published=article.published, url=f"https://example.org/{article.id}")
        async for item in intake.ingest([str(article.path)], hints=hints, restore=False, stdin=None):
            if item.article_id is None:
                raise NotAnnotated(f"{article.path} was not stored: {item.reason}")
            ids[item.article_id] = article.id
    async with database.reading() as session:
        held = {number: await quotes.of_article(session, number) for number in ids}
    by_id = {article.id: article for article in read}
    marked = {number: place for article_id, found in held.items() for number, place in numbered(found, by_id[ids[article_id]]).items()}
    return _Stored(held, ids, {quote.id: quote for found in held.values() for quote in found}, marked)


def numbered(found: Sequence[StoredQuote], article: AnnotatedArticle) -> dict[int, int]:
    """The number that each stored quote has among those marked in its article, both in text order: not all marked ones are stored.

    That somebody gave no comment is no quote of the product's.
    """
    places: dict[int, int] = {}
    following, left_out = 0, len(article.quotes) - len(found)
    for quote in found:
        choice = range(following, following + max(left_out, 0) + 1)
        place = min(choice, key=lambda one: _apart(quote, article.quotes[one].content) if one < len(article.quotes) else math.inf)
        left_out -= place - following
        places[quote.id], following = place, place + 1
    return places


def _apart(quote: StoredQuote, content: Sequence[Span]) -> int:
    return abs(quote.content[0][0] - content[0][0]) + abs(quote.content[-1][1] - content[-1][1])


async def _answer(room: Newsroom, stored: _Stored, question: str) -> list[StoredQuote]:
    """The quotes in the order in which the reply shows them, each before its copies; none where the question is not understood."""
    try:
        reply = await room.ask(question, limit=MOST)
    except VerbatimError:
        return []
    shown: dict[int, StoredQuote] = {}
    for card in order_shown(reply):
        first = stored.by_number[card.quote_id]
        shown.setdefault(first.id, first)
        for place in card.also:
            same, *_ = copies_together([first, *stored.quotes[place.article_id]])
            shown |= {copy.id: copy for copy in same if copy.id not in shown}
    return list(shown.values())


def _hit(stored: _Stored, quote: StoredQuote, *, extracted: bool) -> Hit:
    article = stored.ids[quote.article_id]
    if extracted:
        return {"id": article, "content": [list(span) for span in quote.content]}
    return {"id": article, "n": stored.marked[quote.id]}


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise NotAnnotated(f"{path} is no text in UTF-8.") from error


if __name__ == "__main__":
    sys.exit(main())
