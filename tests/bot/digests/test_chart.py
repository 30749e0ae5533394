from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.digests.chart import MOST_SPEAKERS, chart_of
from bot.replies import Chart, Unit
from storage.records import StoredQuote
from tests.stored_quotes import stored_quote

LONDON = ZoneInfo("Europe/London")
MONDAY = datetime(2026, 11, 2, 9, tzinfo=UTC)


def on_days(*days: int) -> list[StoredQuote]:
    """A quote on each of these days from Monday on."""
    return [stored_quote(published=MONDAY + timedelta(days=day)) for day in days]


def test_speakers_are_drawn_with_how_much_they_said_and_the_alternative_text_says_it_all() -> None:
    chart = chart_of(on_days(0), [("Ann Bell", 1200), ("Tom Cook", 2), ("Eve Dale", 1)], LONDON)
    assert chart == Chart(
        "Quotes by speaker",
        (("Ann Bell", 1200), ("Tom Cook", 2), ("Eve Dale", 1)),
        "Quotes by speaker: Ann Bell 1,200, Tom Cook 2 and Eve Dale 1.",
    )


def test_no_more_speakers_are_drawn_than_fit() -> None:
    chart = chart_of(on_days(0), [(f"Voice {number}", 5) for number in range(20)], LONDON)
    assert chart is not None
    assert len(chart.bars) == MOST_SPEAKERS


def test_days_are_drawn_where_few_speakers_stand_out_and_a_day_without_quotes_is_an_empty_one() -> None:
    chart = chart_of(on_days(0, 0, 2), [("Ann Bell", 2), ("Tom Cook", 1)], LONDON)
    assert chart == Chart(
        "Quotes by day",
        (("2 Nov", 2), ("3 Nov", 0), ("4 Nov", 1)),
        "Quotes by day: 2 November 2026 2, 3 November 2026 0 and 4 November 2026 1.",
        unit=Unit.DAY,
    )


def test_days_are_those_of_the_zone_but_a_date_without_a_time_keeps_its_day() -> None:
    late, dated = datetime(2026, 11, 2, 23, 30, tzinfo=UTC), datetime(2026, 11, 5, tzinfo=UTC)
    chart = chart_of([stored_quote(published=late), stored_quote(published=dated)], [], ZoneInfo("America/New_York"))
    assert chart is not None
    assert [label for label, number in chart.bars if number] == ["2 Nov", "5 Nov"]
    chart = chart_of([stored_quote(published=late), stored_quote(published=dated)], [], ZoneInfo("Asia/Kolkata"))
    assert chart is not None
    assert [label for label, number in chart.bars if number] == ["3 Nov", "5 Nov"]


def test_an_archive_of_years_is_not_drawn_by_day() -> None:
    assert chart_of(on_days(0, 900), [("Ann Bell", 1), ("Tom Cook", 1)], LONDON) is None
    chart = chart_of(on_days(0, 900), [("Ann Bell", 2), ("Tom Cook", 1)], LONDON)
    assert chart is not None
    assert chart.unit is None


def test_what_shows_nothing_is_not_drawn() -> None:
    assert chart_of(on_days(0), [("Ann Bell", 9)], LONDON) is None
    assert chart_of(on_days(0, 1), [("Ann Bell", 1), ("Tom Cook", 1)], LONDON) is None
    assert chart_of(on_days(0), [], LONDON) is None


def test_words_that_many_outlets_carry_are_one_quote() -> None:
    quotes = [stored_quote("The very same", published=MONDAY, article_id=number) for number in range(5)]
    chart = chart_of([*quotes, *on_days(2)], [], LONDON)
    assert chart is not None
    assert chart.bars == (("2 Nov", 1), ("3 Nov", 0), ("4 Nov", 1))
