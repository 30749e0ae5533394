import io
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from matplotlib.image import imread

from bot.charts import drawing
from bot.charts.drawing import BAR, CARD, QUIET, TEXT, WIDTH, png
from bot.replies import Chart, Unit

TEXT_READABLE, SHAPE_SEEN = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11


def speakers(*names: str) -> Chart:
    return Chart("Quotes by speaker", tuple((name, len(names) - place) for place, name in enumerate(names)), "")


def pixels(picture: bytes) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    """Rows of red, green, blue and opacity, each 0 to 1."""
    return np.asarray(imread(io.BytesIO(picture), format="png"), dtype=float)


def luminance(colour: str) -> float:
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_what_is_drawn_can_be_read_on_its_card() -> None:
    assert contrast(TEXT, CARD) >= TEXT_READABLE
    assert contrast(QUIET, CARD) >= TEXT_READABLE
    assert contrast(BAR, CARD) >= SHAPE_SEEN


def test_the_card_covers_the_ground_of_any_theme_but_for_its_round_corners() -> None:
    shown = pixels(png(speakers("Ann Bell", "Tom Cook")))
    opacity = shown[:, :, 3]
    assert opacity[0, 0] == opacity[-1, -1] == 0
    assert opacity.mean() > 0.99
    card = [int(CARD[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    assert np.allclose(shown[40, 5, :3], card)


def test_it_has_two_pixels_for_each_of_the_page_and_is_small() -> None:
    picture = png(speakers(*(f"A Rather Long Name {number}" for number in range(8))))
    height, width, _ = pixels(picture).shape
    assert width == 2 * WIDTH
    assert height <= 800
    assert len(picture) < 60_000


def test_a_longer_bar_is_a_higher_number_and_days_stand_side_by_side() -> None:
    bar = [int(BAR[start : start + 2], 16) / 255 for start in (1, 3, 5)]

    def drawn(chart: Chart) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]":
        return np.asarray(np.isclose(pixels(png(chart))[:, :, :3], bar).all(axis=2))

    across = drawn(Chart("T", (("A", 4), ("B", 2)), ""))
    lengths = sorted(set(across.sum(axis=1).tolist()) - {0})
    assert lengths[-1] == pytest.approx(2 * lengths[0], rel=0.02)
    upright = drawn(Chart("T", (("1 Nov", 4), ("2 Nov", 0), ("3 Nov", 2)), "", Unit.DAY))
    heights = sorted(set(upright.sum(axis=0).tolist()) - {0})
    assert heights[-1] == pytest.approx(2 * heights[0], rel=0.02)


@pytest.mark.parametrize("most", [1, 4, 7, 23, 1204])
def test_the_numbers_at_the_side_end_with_one_that_no_bar_is_above(most: int) -> None:
    figure = Figure()
    drawing._times(figure, Chart("T", (("1 Nov", most), ("2 Nov", 0)), "", Unit.DAY), 400)
    (axes,) = figure.axes
    bottom, top = axes.get_ylim()
    assert bottom == 0
    assert most <= top == axes.get_yticks()[-1]


@pytest.mark.parametrize("name", ["$x", "$\\frac{1}{0}$", "\\", "", "\x00\n\u200b\u202e", "北京市长", "محمد صلاح", "e\u0301" * 900, "🙂"])
def test_no_name_spoils_the_picture(name: str) -> None:
    assert pixels(png(speakers(name, "Ann Bell"))).shape == pixels(png(speakers("Tom Cook", "Ann Bell"))).shape


@settings(max_examples=8)
@given(st.text(max_size=40))
def test_any_text_can_be_drawn(name: str) -> None:
    assert png(speakers(name, "Ann Bell")).startswith(b"\x89PNG")


def test_what_cannot_be_seen_changes_nothing() -> None:
    assert png(speakers("Ann\u200b\u202e Bell\x00", "Tom")) == png(speakers("Ann Bell", "Tom"))


def test_a_chart_is_drawn_once() -> None:
    assert png(speakers("Once", "Only")) is png(speakers("Once", "Only"))


def test_the_library_that_draws_is_loaded_when_something_is_drawn() -> None:
    program = f"import sys, {drawing.__name__}; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0  # noqa: S603 - our own words
