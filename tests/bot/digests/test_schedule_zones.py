import pytest

from bot.digests.zones import unknown_zone, zone_called
from bot.errors import NotUnderstood


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Europe/London", "Europe/London"),
        ("europe/LONDON", "Europe/London"),
        ("London", "Europe/London"),
        ("new_york", "America/New_York"),
        ("New York", "America/New_York"),
        ("Ho Chi Minh", "Asia/Ho_Chi_Minh"),
        ("Port-au-Prince", "America/Port-au-Prince"),
        ("São Paulo", "America/Sao_Paulo"),
        ("Edinburgh", "Europe/London"),
        ("US/Eastern", "US/Eastern"),
        ("Japan", "Japan"),
        ("utc", "UTC"),
        ("GMT", "GMT"),
    ],
)
def test_a_zone_goes_by_its_name_and_by_its_city(name: str, key: str) -> None:
    zone = zone_called(name)
    assert zone is not None
    assert zone.key == key


@pytest.mark.parametrize("name", ["", "Atlantis", "Factory", "EST5EDT", "ferries"])
def test_what_is_no_zone_is_none(name: str) -> None:
    assert zone_called(name) is None


@pytest.mark.parametrize(("name", "told"), [("EST", "New York"), ("cst", "Shanghai"), ("CET", "Berlin"), ("Pacific", "Los Angeles")])
def test_an_hour_that_several_places_share_is_refused_with_their_names(name: str, told: str) -> None:
    with pytest.raises(NotUnderstood, match=told):
        zone_called(name)


@pytest.mark.parametrize("name", ["UTC+2", "GMT-05:30", "+0200", "−3"])
def test_an_offset_is_refused_since_it_does_not_follow_the_clocks(name: str) -> None:
    with pytest.raises(NotUnderstood, match="does not follow"):
        zone_called(name)


def test_an_unknown_zone_is_answered_with_the_nearest() -> None:
    assert "Europe/London" in unknown_zone("Lundon").remedy
    assert "Seattle (America/Los_Angeles)" in unknown_zone("Seatle").remedy
