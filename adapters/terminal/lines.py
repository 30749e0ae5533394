"""What a command prints, as lines with styles; printed wrapped on a terminal, whole and plain into a pipe or file.

Only the theme's own colours are used, so that it reads on a light and on a dark ground.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TextIO

from rich.console import Console
from rich.text import Text

WIDEST = 100


@dataclass(frozen=True, slots=True)
class Line:
    """A line with its indentation in columns; `whole` keeps it from being wrapped (an address)."""

    text: Text = field(default_factory=Text)
    indent: int = 0
    whole: bool = False


def open_console(file: TextIO | None = None) -> Console:
    """A console on `file` (standard output) that takes text as it is: no markup, no emoji codes, no highlighting."""
    return _Console(file=file or sys.stdout, markup=False, highlight=False, emoji=False)


class _Console(Console):
    """One that leaves it to whoever prints what becomes of a broken pipe: rich's own ends the process, and a server with it."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def has_colours(console: Console) -> bool:
    """Whether colours are seen there, so that marks need not be written out."""
    return console.is_terminal and console.color_system is not None and not console.no_color


def print_lines(console: Console, lines: Iterable[Line]) -> None:
    """Print the lines, wrapped between words where it is a terminal."""
    width = min(console.width, WIDEST)
    for line in lines:
        indent = " " * line.indent
        wrapped = console.is_terminal and not line.whole and line.text
        for part in line.text.wrap(console, max(width - line.indent, 20)) if wrapped else [line.text]:
            part.rstrip()
            console.print(Text(indent) + part if part else Text(), soft_wrap=True)
