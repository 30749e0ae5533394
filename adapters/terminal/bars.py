"""A chart as bars of block characters, each with its number: as wide as the terminal lets it be."""

from collections.abc import Iterator

from rich.cells import cell_len, set_cell_size
from rich.text import Text

from adapters.plain import safe_line
from adapters.terminal.lines import Line
from bot.replies import Chart

_INDENT = 2
_LONGEST_LABEL, _LONGEST_BAR = 28, 40
_SHORTEST_LABEL, _SHORTEST_BAR = 6, 4
_WHOLE = "█"
_EIGHTHS = ("", "▏", "▎", "▍", "▌", "▋", "▊", "▉")


def bar_lines(chart: Chart, width: int) -> Iterator[Line]:
    """The lines of a chart, none wider than `width` columns unless that is too narrow for any bar. Nothing of it is told by colour."""
    yield Line(Text(safe_line(chart.title), style="bold"))
    if not chart.bars:
        return
    labels = [safe_line(label) for label, _ in chart.bars]
    most = max(1, *(number for _, number in chart.bars))
    room = width - _INDENT - len(f"{most:,}") - 2  # for a label and its bar; a space stands before and after the bar
    longest = min(max(map(cell_len, labels)), _LONGEST_LABEL, max(room // 2, _SHORTEST_LABEL))
    full = min(max(room - longest, _SHORTEST_BAR), _LONGEST_BAR)
    for label, (_, number) in zip(labels, chart.bars, strict=True):
        bar = _bar(number / most * full)
        yield Line(Text(f"{_fitted(label, longest)} {bar}{' ' if bar else ''}{number:,}"), _INDENT, whole=True)


def _bar(length: float) -> str:
    """A bar of so many columns, to the eighth of one; there is always something of what is not nothing."""
    eighths = max(round(length * 8), 1 if length else 0)
    return _WHOLE * (eighths // 8) + _EIGHTHS[eighths % 8]


def _fitted(label: str, columns: int) -> str:
    """The label in so many columns, cut with an ellipsis or filled with spaces."""
    if cell_len(label) <= columns:
        return set_cell_size(label, columns)
    return f"{set_cell_size(label, columns - 1)}…"
