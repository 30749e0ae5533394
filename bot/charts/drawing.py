"""Draws a chart as a PNG picture: a light card with corners of its own, readable on a light and on a dark ground."""

import io
import unicodedata
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING, Any

from bot.replies import Chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

CARD, TEXT, QUIET, BAR, GRID = "#eeeeee", "#222222", "#444455", "#2266bb", "#cccccc"
"""The colours of the card and of what stands on it, each of the sixteen shades that a picture has of red, green and blue."""
WIDTH, LONGEST_HEIGHT = 800, 400
"""In CSS pixels, of which each is two of the picture."""
_INCH = 100  # CSS pixels
_FAMILIES = (
    "DejaVu Sans",
    "Noto Sans",
    "Noto Sans CJK JP",
    "Noto Sans Arabic",
    "Noto Sans Hebrew",
    "Noto Sans Devanagari",
    "Noto Sans Thai",
)
_MISSING = "□"
_MOST_CHARACTERS = 80
_MOST_TIMES_NAMED = 8
_ROOM_FOR = 3  # times: of fewer, no bar is as wide as the picture
_DRAWING = Lock()  # matplotlib is not made for several threads


def png(chart: Chart) -> bytes:
    """The picture of a chart. It takes a while, and the first a second more: call it off the event loop. The same chart is drawn once."""
    with _DRAWING:
        return _drawn(chart)


@lru_cache(maxsize=1024)  # a morning has several hundred, of 22 kB each
def _drawn(chart: Chart) -> bytes:
    # They are large, and most of what Verbatim does needs neither.
    import numpy as np
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.image import imsave

    height = LONGEST_HEIGHT if chart.unit else min(LONGEST_HEIGHT, 90 + 38 * len(chart.bars))
    figure = Figure(figsize=(WIDTH / _INCH, height / _INCH), dpi=2 * _INCH, facecolor="none")
    canvas: Any = FigureCanvasAgg(figure)
    _card(figure)
    _fit(figure.text(24 / WIDTH, 1 - 24 / height, "", va="top", fontweight="bold", **_style(13)), chart.title, WIDTH - 48)
    (_times if chart.unit else _speakers)(figure, chart, height)
    canvas.draw()
    shades = np.asarray(canvas.buffer_rgba()) >> 4  # the edges of letters need no more, and it is smaller by a third
    picture = io.BytesIO()
    imsave(picture, shades << 4 | shades, format="png", pil_kwargs={"optimize": True})
    return picture.getvalue()


def _card(figure: "Figure") -> None:
    from matplotlib.patches import FancyBboxPatch

    width, height = figure.get_size_inches()
    corners = f"round,pad=0,rounding_size={12 / _INCH}"
    figure.add_artist(
        FancyBboxPatch(
            (0, 0), width, height, boxstyle=corners, transform=figure.dpi_scale_trans, facecolor=CARD, edgecolor="none", zorder=-1
        )
    )


def _speakers(figure: "Figure", chart: Chart, height: int) -> None:
    """Bars from left to right, the first at the top, each with its name before it and its number behind it."""
    left, right = 290, 60
    axes = _axes(figure, left, 24, WIDTH - left - right, height - 84)
    numbers = [number for _, number in chart.bars]
    axes.barh(range(len(numbers)), numbers, height=0.62, color=BAR)
    axes.set_ylim(len(numbers) - 0.5, -0.5)
    axes.set_xlim(0, max(numbers))
    axes.set_axis_off()
    for row, (name, number) in enumerate(chart.bars):
        label = axes.annotate(
            "", (0, row), (-10 * 72 / _INCH, 0), textcoords="offset points", ha="right", va="center_baseline", **_style(11)
        )
        _fit(label, name, left - 34)
        axes.annotate(
            f"{number:,}", (number, row), (6 * 72 / _INCH, 0), textcoords="offset points", va="center_baseline", **_style(11, QUIET)
        )


def _times(figure: "Figure", chart: Chart, height: int) -> None:
    """Bars side by side, with their numbers at the side and some of the days, weeks or years under them."""
    from matplotlib.ticker import MaxNLocator

    axes = _axes(figure, 64, 52, WIDTH - 88, height - 112)
    axes.bar(range(len(chart.bars)), [number for _, number in chart.bars], width=0.7, color=BAR, zorder=2)
    missing = max(0, _ROOM_FOR - len(chart.bars)) / 2
    axes.set_xlim(*(end + beside for end, beside in zip(axes.get_xlim(), (-missing, missing), strict=True)))
    locator = MaxNLocator(nbins=5, integer=True)
    axes.yaxis.set_major_locator(locator)
    axes.set_ylim(0, locator.tick_values(0, max(1, *(number for _, number in chart.bars)))[-1])
    axes.yaxis.grid(visible=True, color=GRID, zorder=1)
    every = -(-len(chart.bars) // _MOST_TIMES_NAMED)
    axes.set_xticks(range(0, len(chart.bars), every), [label for label, _ in chart.bars[::every]])
    axes.tick_params(length=0, pad=8)
    axes.spines[:].set_visible(False)
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set(**_style(10.5, QUIET))


def _axes(figure: "Figure", left: float, bottom: float, width: float, height: float) -> "Axes":
    """Where bars are drawn, in CSS pixels."""
    total = figure.get_size_inches()[1] * _INCH
    return figure.add_axes((left / WIDTH, bottom / total, width / WIDTH, height / total), facecolor="none")


def _style(size: float, color: str = TEXT) -> dict[str, Any]:
    """How text looks. It is never read as mathematics: a name may hold a $."""
    return {"fontsize": size, "color": color, "family": _families(), "parse_math": False}


def _fit(label: Any, name: str, room: float) -> None:  # noqa: ANN401 - matplotlib's Text
    """Write a name that a stranger chose, cut to so many CSS pixels."""
    shown = _shown(name)
    label.set_text(shown)
    while shown and label.get_window_extent().width > 2 * room:
        shown = shown[:-1].rstrip()
        label.set_text(f"{shown}…")


def _shown(name: str) -> str:
    """A name in one line, without what cannot be seen or drawn."""
    line = " ".join(unicodedata.normalize("NFC", name[:_MOST_CHARACTERS]).split())
    seen = (character for character in line if not unicodedata.category(character).startswith("C"))
    return "".join(character if ord(character) in _characters() else _MISSING for character in seen) or _MISSING


@lru_cache(maxsize=1)
def _families() -> list[str]:
    """The fonts there are for the scripts of the world: more than the first if the machine has them."""
    from matplotlib.font_manager import get_font_names

    there = {*get_font_names()}
    return [family for family in _FAMILIES if family in there]


@lru_cache(maxsize=1)
def _characters() -> frozenset[int]:
    """The characters that can be drawn."""
    from matplotlib.font_manager import findfont, get_font

    return frozenset(character for family in _families() for character in get_font(findfont(family)).get_charmap())
