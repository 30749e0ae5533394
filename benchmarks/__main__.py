"""`python -m benchmarks [NAME…] [--json OUT]`: measures everything, or what is named, and prints the figures."""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from benchmarks import asking, ingesting, quoting, side_by_side
from benchmarks.corpus import SampleArticle, articles
from benchmarks.databases import Databases, all_databases
from benchmarks.ingesting import Form
from benchmarks.measuring import apart, plain, this_machine
from benchmarks.questions import questions
from tests.postgresql import MISSING

NAMES = ("ingesting", "asking", "quoting", "slack", "discord", "digests")
ARTICLES = 1_000
"""Enough for ten thousand quotes."""
QUOTES = 100_000
"""Slack and Discord are asked about these, and digests come of more."""
_PAGES = 10
"""One in so many articles is also read as a web page."""
_QUESTIONS_EACH = 100
_QUOTED = 100
_WIDTH = 140


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benchmarks that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measures Verbatim against baselines in the same run.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"what to measure: {', '.join(NAMES)} (all, if none is named)")
    parser.add_argument("--articles", type=int, default=ARTICLES, help="how many articles to ingest (default: %(default)s)")
    parser.add_argument("--quotes", type=int, default=QUOTES, help="how many quotes the chats and digests are about (default: %(default)s)")
    parser.add_argument("--store", type=Path, help="the SQLite file with them, made if it is not there and kept (default: a temporary one)")
    parser.add_argument("--json", type=Path, metavar="OUT", help="also write the figures to this file")
    given = parser.parse_args(arguments)
    if unknown := set(given.names) - set(NAMES):
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    for option in ("articles", "quotes"):
        if getattr(given, option) < 1:
            parser.error(f"--{option} has to be at least 1")
    with tempfile.TemporaryDirectory(prefix="verbatim-bench-") as folder:
        store = given.store or Path(folder, "chats.db")
        figures = _Run(_console(), Path(folder), list(articles(given.articles)), store, given.quotes).run(given.names or NAMES)
    if given.json is not None:
        given.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    return 0


class _Run:
    """One run: its console, its folder, its articles, and the store that the chats are asked about."""

    def __init__(self, console: Console, folder: Path, corpus: list[SampleArticle], store: Path, quotes: int) -> None:
        self._console = console
        self._folder = folder
        self._corpus = corpus
        self._store = store
        self._quotes = quotes

    def run(self, names: Sequence[str]) -> dict[str, Any]:
        """Measure what is named, print it, and return it as JSON takes it."""
        machine = this_machine()
        figures: dict[str, Any] = {"machine": plain(machine)}
        self._console.print(
            f"Python {machine.python}, SQLite {machine.sqlite}, {machine.system}, {machine.cores} cores, load {machine.load:.2f}. "
            "Each benchmark runs in a process of its own.\n"
        )
        if {"ingesting", "asking"} & set(names):
            figures |= self._on_databases(names)
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

    def _on_databases(self, names: Sequence[str]) -> dict[str, Any]:
        archive = ingesting.write(self._corpus, Form.JSON_LINES, self._folder)
        pages = ingesting.write(self._corpus[::_PAGES], Form.WEB_PAGES, self._folder)
        figures: dict[str, Any] = {}
        with all_databases(self._folder) as databases:
            libraries = {one.engine: one.new("library") for one in databases}
            if "ingesting" in names:
                ingested = [
                    self._ingest(one, form, path, libraries[one.engine] if form is Form.JSON_LINES else one.new("pages"))
                    for one in databases
                    for form, path in ((Form.JSON_LINES, archive), (Form.WEB_PAGES, pages))
                ]
                self._show(ingesting.tables(ingested))
                figures["ingesting"] = plain(ingested)
            if "asking" in names:
                answered = [self._ask(one.engine, libraries[one.engine], archive) for one in databases]
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

    def _ask(self, engine: str, url: str, archive: Path) -> asking.Asking:
        with self._console.status(f"Asking {engine}…"):
            return apart(asking.measure, engine, url, archive, questions(self._corpus, _QUESTIONS_EACH))

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
