"""The baseline of retrieval: BM25 over the words of quotes and of whom they are given to, any of the question's in them. FTS5 does it."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from typing import Any

from benchmarks.annotated import AnnotatedArticle
from bot.asking.words import topic_words
from storage.records import words_at
from storage.terms import terms


def ranked(read: Sequence[AnnotatedArticle], asked: Sequence[str], most: int) -> list[list[dict[str, Any]]]:
    """For each question the articles' ids and the numbers of the quotes in them, best first and at most so many."""
    with closing(sqlite3.connect(":memory:")) as index:
        index.execute("CREATE VIRTUAL TABLE quotes USING fts5 (words, article UNINDEXED, n UNINDEXED, tokenize = 'porter')")
        for article in read:
            rows = [
                (" ".join(words_at(article.text, quote.content + quote.source)), article.id, n) for n, quote in enumerate(article.quotes)
            ]
            index.executemany("INSERT INTO quotes VALUES (?, ?, ?)", rows)
        return [_best(index, terms(" ".join(topic_words(question))), most) for question in asked]


def _best(index: sqlite3.Connection, words: Sequence[str], most: int) -> list[dict[str, Any]]:
    any_of = " OR ".join(f'"{word}"' for word in dict.fromkeys(words))
    found = index.execute("SELECT article, n FROM quotes WHERE quotes MATCH ? ORDER BY rank LIMIT ?", (any_of or '""', most))
    return [{"id": article, "n": n} for article, n in found]
