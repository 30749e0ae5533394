"""How reading goes: a bar or now and then a line on standard error while it is long, a line for each thing refused, a sum at the end."""

import sys
from collections import Counter
from time import monotonic
from typing import Self

from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from adapters.plain import safe_line
from adapters.terminal.jsons import ingested_json
from adapters.terminal.lines import open_console
from adapters.terminal.pace import Pace, Seen
from adapters.terminal.session import print_plain
from bot.cards import counted
from bot.other_languages import in_short
from bot.replies import Ingested, SaveOutcome

LISTED = 20
_LONG_SECONDS = 1.0
_LINE_SECONDS = 30.0


class Course:
    """How reading goes, on standard error: a bar on a terminal once it takes long, elsewhere a line now and then, and one for each
    thing refused.
    """  # noqa: D205

    def __init__(self) -> None:
        self._console = open_console(sys.stderr)
        self._bar = Progress(
            TextColumn("Reading"),
            BarColumn(),
            TextColumn("{task.fields[told]}"),
            TimeElapsedColumn(),
            TextColumn("{task.fields[pace]}"),
            console=self._console,
            transient=True,
            redirect_stdout=sys.stdout.isatty(),  # what goes elsewhere has to arrive there
        )
        self._task = self._bar.add_task("", total=None, told="", pace="")
        self._began = self._told = monotonic()
        self._pace = Pace()
        self.refused = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar.live.is_started:
            self._bar.stop()

    def show(self, done: int, total: int | None, share: float | None = None) -> None:
        """Show that so many are done, of so many (None: not known), and that `share` of all there is to read."""
        now = monotonic()
        if share is None and total:
            share = done / total
        self._pace.see(Seen(now, done, share))
        if self._console.is_terminal:
            told = f"{done:,}" if total is None else f"{done:,} of {total:,}"
            self._bar.update(self._task, completed=share or 0, total=None if share is None else 1, told=told, pace=self._pace.in_words())
            if not self._bar.live.is_started and now - self._began > _LONG_SECONDS:
                self._bar.start()
        elif now - self._told > _LINE_SECONDS:
            self._told = now
            self._say(f"{counted(done, 'article')} so far, {self._pace.in_words()}")

    def resume(self, name: str, done: int) -> None:
        """Say that something is gone on with of which so many are done."""
        self._say(f"{safe_line(name)} was begun before: going on after {counted(done, 'article')}.")

    def _say(self, line: str) -> None:
        self._console.print(Text(line), soft_wrap=True)

    def refuse(self, name: str, reason: str | None) -> None:
        """Name what could not be read, and why."""
        self.refused += 1
        self._say(f"{safe_line(name)}: {safe_line(reason or 'It could not be read.')}")


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
        self._course.show(item.done, item.total, item.share)
        if self._as_json:
            print_plain(ingested_json(item))
        if item.outcome is None:
            self._course.refuse(item.name, item.reason)
            return
        self._outcomes[item.outcome] += 1
        self._quotes += item.quotes
        if len(self._read) <= LISTED:
            self._read.append(item)

    def resume(self, name: str, done: int) -> None:
        """Report that something is gone on with of which so many are done."""
        self._course.resume(name, done)

    def _print_sum(self, *, interrupted: bool) -> None:
        if len(self._read) <= LISTED:
            for item in self._read:
                print_plain(_in_words(item))
        print_plain(self._sum() + (" Stopped; what is counted here is stored. The same command goes on from there." if interrupted else ""))

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
    count = in_short(item.language) or f"{item.quotes} quote{'' if item.quotes == 1 else 's'}"
    return f"Article {item.article_id} {item.outcome}, {count}: {safe_line(item.headline or item.name)}"
