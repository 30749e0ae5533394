from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from adapters.wording import day_in_words, doubt_in_words, moment_in_words, place_facts
from bot.replies import Place, Sureness
from tests.fakes.newsroom import PLACE


def test_a_day_keeps_its_name_where_only_the_day_is_known() -> None:
    west = ZoneInfo("America/New_York")
    assert day_in_words(datetime(2024, 10, 14, tzinfo=UTC), west) == "14 October 2024"
    assert day_in_words(datetime(2024, 10, 14, 2, 5, tzinfo=UTC), west) == "13 October 2024"


def test_a_moment_is_told_by_the_clocks_of_its_zone() -> None:
    assert moment_in_words(datetime(2024, 10, 14, 22, 30, tzinfo=UTC), ZoneInfo("Europe/London")) == "Monday 14 October 2024, 23:30"


def test_a_place_is_told_as_far_as_it_is_known() -> None:
    assert place_facts(PLACE, ZoneInfo("UTC")) == ["Harbour Post", "14 October 2024", "Ferry late"]
    assert place_facts(Place(3, None, None, None, None), ZoneInfo("UTC")) == ["article 3"]


def test_only_a_doubt_is_put_into_a_sentence() -> None:
    assert doubt_in_words(Sureness.SURE, corrected=False) == ""
    assert doubt_in_words(Sureness.LIKELY, corrected=False) == "Likely, but not certain: check it in the article."
    assert doubt_in_words(Sureness.UNSURE, corrected=False) == "Unsure: read it in the article before you use it."
    assert doubt_in_words(Sureness.UNSURE, corrected=True) == "Corrected: a person set the speaker."
