"""How reading goes: a bar on standard error while it is long, a line for each thing refused, a sum at the end."""

import sys
from collections import Counter
from time import monotonic
from typing import Self

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from adapters.plain import safe_line
from adapters.terminal.jsons import ingested_json
from adapters.terminal.lines import open_console
from adapters.terminal.session import print_plain
from bot.cards import counted
from bot.replies import Ingested, SaveOutcome

LISTED = 20
_LONG_SECONDS = 1.0


class Course:
    """How reading goes, on standard error: a bar on a terminal once it takes long, and a line for each thing refused."""

    def __init__(self) -> None:
        self._console = open_console(sys.stderr)
        self._bar = Progress(
            TextColumn("Reading"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=self._console,
            transient=True,
            redirect_stdout=sys.stdout.isatty(),  # what goes elsewhere has to arrive there
        )
        self._task = self._bar.add_task("", total=None)
        self._began = monotonic()
        self.refused = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar.live.is_started:
            self._bar.stop()

    def show(self, done: int, total: int | None) -> None:
        """Show that so many are done, of so many (None: not known)."""
        self._bar.update(self._task, completed=done, total=total)
        if self._console.is_terminal and not self._bar.live.is_started and monotonic() - self._began > _LONG_SECONDS:
            self._bar.start()

    def refuse(self, name: str, reason: str | None) -> None:
        """Name what could not be read, and why."""
        self.refused += 1
        self._console.print(Text(f"{safe_line(name)}: {safe_line(reason or 'It could not be read.')}"), soft_wrap=True)


class Report:
    """Takes what became of each article; prints on leaving. A few articles are listed, many are only summed up.

    So many were `read_for_meaning` before.
    """

    def __init__(self, *, as_json: bool = False, read_for_meaning: int = 0) -> None:
        self._as_json = as_json
        self._read_for_meaning = read_for_meaning
        self._course = Course()
        self._outcomes: Counter[SaveOutcome] = Counter()
        self._quotes = 0
        self._read: list[Ingested] = []

    @property
    def refused(self) -> int:
        """How many things could not be read."""
        return self._course.refused

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        self._course.__exit__()
        began = bool(self._outcomes or self.refused)
        if not self._as_json and (began or kind is None):
            self._print_sum(interrupted=kind is not None)

    def add(self, item: Ingested) -> None:
        """Report one item."""
        self._course.show(item.done, item.total)
        if self._as_json:
            print_plain(ingested_json(item))
        if item.outcome is None:
            self._course.refuse(item.name, item.reason)
            return
        self._outcomes[item.outcome] += 1
        self._quotes += item.quotes
        if len(self._read) <= LISTED:
            self._read.append(item)

    def _print_sum(self, *, interrupted: bool) -> None:
        if len(self._read) <= LISTED:
            for item in self._read:
                print_plain(_in_words(item))
        print_plain(self._sum() + (" Stopped; what is counted here is stored." if interrupted else ""))

    def _sum(self) -> str:
        parts = [f"{self._outcomes[outcome]} {outcome}" for outcome in SaveOutcome if self._outcomes[outcome]]
        if self.refused:
            parts.append(f"{self.refused} refused")
        if self._read_for_meaning:
            meant = f"{counted(self._read_for_meaning, 'article')} read for their meaning"
            if not parts:
                return f"{meant}."
            parts.append(meant)
        return f"{', '.join(parts) or 'Nothing to read'}; {self._quotes} quote{'' if self._quotes == 1 else 's'}."


def _in_words(item: Ingested) -> str:
    """One article read: Article 12 added, 7 quotes: the headline."""
    if item.outcome is SaveOutcome.REMOVED:
        return f"{safe_line(item.name)} was removed before and stays so; --restore reads it again."
    count = f"{item.quotes} quote{'' if item.quotes == 1 else 's'}"
    return f"Article {item.article_id} {item.outcome}, {count}: {safe_line(item.headline or item.name)}"
