"""`python -m benchmarks [NAME…] [--json OUT]`: measures everything, or what is named, and prints the figures."""

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import archive_questions, asking, bulk, ingesting, quoting, side_by_side
from benchmarks.archive import ASKED_AT
from benchmarks.commanding import Failed
from benchmarks.corpus import SampleArticle, articles
from benchmarks.databases import Databases, all_databases
from benchmarks.ingesting import Form
from benchmarks.measuring import apart, plain, this_machine
from storage.errors import StorageError
from tests.postgresql import MISSING

NAMES = ("ingesting", "asking", "quoting", "slack", "discord", "digests", "reading", "feeds")
ARTICLES = 1_000
"""Enough for ten thousand quotes."""
QUOTES = 100_000
"""Asking and the chats are about these, and digests come of more."""
WEB_PAGES = 300
SHORT_ARTICLES = 5_000
"""Memory is looked at over so many; a hundred thousand take an hour and more."""
FEEDS = 200
"""So many are played for a week; two thousand take an hour and more."""
_PAGES = 10
"""One in so many articles is also read as a web page."""
_QUESTIONS_EACH = 50
_QUOTED = 100
_WIDTH = 140


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measures Verbatim against baselines in the same run.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"what to measure: {', '.join(NAMES)} (all, if none is named)")
    parser.add_argument("--articles", type=int, default=ARTICLES, help="how many articles to ingest (default: %(default)s)")
    parser.add_argument(
        "--quotes", type=int, default=QUOTES, help="how many quotes asking, the chats and digests are about (default: %(default)s)"
    )
    parser.add_argument("--store", type=Path, help="the SQLite file with them, made if it is not there and kept (default: a temporary one)")
    parser.add_argument(
        "--postgresql", metavar="URL", help="a database to ask as well, filled if it is empty and kept (default: a temporary one)"
    )
    parser.add_argument("--pages", type=int, default=WEB_PAGES, help="how many web pages reading is about (default: %(default)s)")
    parser.add_argument(
        "--short",
        type=int,
        default=SHORT_ARTICLES,
        help="over how many short articles reading's memory is looked at (default: %(default)s)",
    )
    parser.add_argument("--feeds", type=int, default=FEEDS, help="how many feeds are played for a week (default: %(default)s)")
    parser.add_argument("--json", type=Path, metavar="OUT", help="also write the figures to this file")
    given = parser.parse_args(arguments)
    if unknown := set(given.names) - set(NAMES):
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    for option in ("articles", "quotes", "pages", "short", "feeds"):
        if getattr(given, option) < 1:
            parser.error(f"--{option} has to be at least 1")
    if given.store is not None and "asking" in (given.names or NAMES) and {"slack", "discord", "digests"} & set(given.names or NAMES):
        parser.error("asking has a store of another kind than the chats and digests: give --store for one of them at a time")
    with tempfile.TemporaryDirectory(prefix="verbatim-bench-") as folder:
        run = _Run(_console(), Path(folder), list(articles(given.articles)), given)
        try:
            figures = run.run(given.names or NAMES)
        except (bulk.NotFilled, StorageError, Failed) as error:
            parser.error(str(error))
    if given.json is not None:
        given.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0 if figures.get("reading", {}).get("killed", {}).get("same", True) else 1


class _Run:
    """One run: its console, its folder, its articles, and what was given on the command line (a store that is kept, sizes)."""

    def __init__(self, console: Console, folder: Path, corpus: list[SampleArticle], given: argparse.Namespace) -> None:
        self._console = console
        self._folder = folder
        self._corpus = corpus
        self._archive: Path = given.store or folder / "archive.db"
        self._store: Path = given.store or folder / "chats.db"
        self._quotes: int = given.quotes
        self._postgresql: str | None = given.postgresql
        self._pages: int = given.pages
        self._short: int = given.short
        self._feeds: int = given.feeds

    def run(self, names: Sequence[str]) -> dict[str, Any]:
        """Measure what is named, print it, and return it as JSON takes it."""
        machine = this_machine()
        figures: dict[str, Any] = {"machine": plain(machine)}
        self._console.print(
            f"Python {machine.python}, SQLite {machine.sqlite}, {machine.system}, {machine.cores} cores, load {machine.load:.2f}. "
            "Each benchmark runs in a process of its own.\n"
        )
        if {"ingesting", "asking"} & set(names):
            with all_databases(self._folder) as databases:
                figures |= self._on_databases(databases, names)
        if "quoting" in names:
            with self._console.status("Quoting…"):
                quoted = apart(quoting.measure, [article.text for article in self._corpus[:_QUOTED]])
            self._show(quoting.tables(quoted))
            figures["quoting"] = plain(quoted)
            with self._console.status("Quoting side by side…"):
                sided = side_by_side.measure([article.text for article in self._corpus[:_QUOTED]])
            self._show(side_by_side.tables(sided))
            figures["side by side"] = plain(sided)
        if "slack" in names:
            figures["slack"] = self._on_slack()
        if "discord" in names:
            figures["discord"] = self._on_discord()
        if "digests" in names:
            figures["digests"] = self._of_a_morning()
        if "feeds" in names:
            figures["feeds"] = self._of_a_week()
        if "reading" in names:
            figures["reading"] = self._of_archives()
        return figures

    def _on_slack(self) -> Any:  # noqa: ANN401 - figures as JSON takes them
        from benchmarks import slack  # here alone: the processes of the other benchmarks import this module, and shall not carry it

        with self._console.status("Slack…") as status:
            attended = slack.measured(self._store, self._quotes, say=status.update)
        self._show(slack.tables(attended))
        return plain(attended)

    def _on_discord(self) -> Any:  # noqa: ANN401 - figures as JSON takes them
        from benchmarks import discord  # here alone, as Slack

        with self._console.status("Discord…") as status:
            attended = discord.measured(self._store, self._quotes, say=status.update)
        self._show(discord.tables(attended))
        return plain(attended)

    def _of_a_morning(self) -> Any:  # noqa: ANN401 - figures as JSON takes them
        from benchmarks import digests  # here alone, as Slack

        with self._console.status("Digests…") as status:
            delivered = digests.measured(self._store, self._quotes, say=status.update)
        self._show(digests.tables(delivered))
        return plain(delivered)

    def _of_archives(self) -> Any:  # noqa: ANN401 - figures as JSON takes them
        from benchmarks import reading  # here alone, as Slack

        with self._console.status("Reading…") as status:
            return plain(reading.measured(self._folder, self._pages, self._short, say=status.update, show=self._show))

    def _of_a_week(self) -> Any:  # noqa: ANN401 - figures as JSON takes them
        from benchmarks import feeds  # here alone, as Slack

        with self._console.status("Feeds…") as status:
            fed = feeds.measured(feeds=self._feeds, say=status.update)
        self._show(feeds.tables(fed))
        return plain(fed)

    def _on_databases(self, databases: Sequence[Databases], names: Sequence[str]) -> dict[str, Any]:
        figures: dict[str, Any] = {}
        if "ingesting" in names:
            archive = ingesting.write(self._corpus, Form.JSON_LINES, self._folder)
            pages = ingesting.write(self._corpus[::_PAGES], Form.WEB_PAGES, self._folder)
            ingested = [
                self._ingest(one, form, path, one.new(form.name.lower()))
                for one in databases
                for form, path in ((Form.JSON_LINES, archive), (Form.WEB_PAGES, pages))
            ]
            self._show(ingesting.tables(ingested))
            figures["ingesting"] = plain(ingested)
        if "asking" in names:
            answered = [self._ask(one) for one in databases]
            self._show(asking.tables(answered))
            figures["asking"] = plain(answered)
        if len(databases) == 1:
            self._console.print(f"{MISSING} It was measured on SQLite alone.\n")
        else:
            self._console.print("PostgreSQL ran on this machine without waiting for its disk (fsync off), SQLite with WAL.\n")
        return figures

    def _ingest(self, databases: Databases, form: Form, path: Path, url: str) -> ingesting.Ingestion:
        words = _words(self._corpus if form is Form.JSON_LINES else self._corpus[::_PAGES])
        with self._console.status(f"Ingesting {form.value} into {databases.engine}…"):
            return apart(ingesting.measure, databases.engine, form, path, url, databases.new(f"bare-{form.name.lower()}"), words)

    def _ask(self, databases: Databases) -> asking.Asking:
        engine = databases.engine
        with self._console.status(f"Filling {engine}…") as status:
            if databases.server is None:
                url = bulk.kept(self._archive, self._quotes, say=status.update)
            else:
                url = self._postgresql or databases.new("archive")
                asyncio.run(bulk.fill(url, self._quotes, say=status.update))
            status.update(f"Asking {engine}…")
            return apart(asking.measure, engine, url, archive_questions.questions(self._quotes, _QUESTIONS_EACH), ASKED_AT)

    def _show(self, tables: Iterable[Table | str]) -> None:
        for table in tables:
            self._console.print(table)
            self._console.print()


def _console() -> Console:
    """The terminal, or lines long enough for the tables where the output goes elsewhere."""
    console = Console()
    return console if console.is_terminal else Console(width=_WIDTH)


def _words(corpus: Sequence[SampleArticle]) -> int:
    return sum(len(article.text.split()) for article in corpus)


if __name__ == "__main__":
    sys.exit(main())
