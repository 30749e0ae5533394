from datetime import UTC, datetime, time
from itertools import islice
from zoneinfo import ZoneInfo

import pytest

from bot.digests.cron import read_cron
from bot.digests.schedule import EVERY_DAY, EVERY_MONTH, EVERY_WEEKDAY
from bot.errors import NotUnderstood


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("30 7 * * 1-5", "weekdays at 07:30"),
        ("0 9 * * 0", "every Sunday at 09:00"),
        ("0 9 * * 7", "every Sunday at 09:00"),
        ("0 9 * * SAT,sun", "weekends at 09:00"),
        ("0 9 * * fri-sun", "every Friday, Saturday and Sunday at 09:00"),
        ("0 9 * * 5-7", "every Friday, Saturday and Sunday at 09:00"),
        ("0 9 * * */2", "every Tuesday, Thursday, Saturday and Sunday at 09:00"),
        ("0 */3 * * *", "every 3 hours"),
        ("15 8-20/2 * * *", "every 2 hours from 08:15 to 20:15"),
        ("0 9 1,15 * *", "monthly on the 1st and 15th at 09:00"),
        ("0 9 * jan-mar *", "cron 0 9 * 1-3 *"),
        ("0 9,17 13 * 5", "cron 0 9,17 13 * 5"),
        ("0 9 31 * *", "cron 0 9 31 * *"),
    ],
)
def test_five_fields_say_what_cron_takes_them_for(fields: str, said: str) -> None:
    assert str(read_cron(fields.split())) == said


def test_either_of_two_restricted_fields_is_enough_also_where_one_lists_all_days() -> None:
    schedule = read_cron(["0", "9", "1-31", "*", "1"])
    assert (schedule.weekdays, schedule.days, schedule.months) == (EVERY_WEEKDAY, EVERY_DAY, EVERY_MONTH)


def test_a_date_or_a_weekday_makes_a_day_due() -> None:
    moments = islice(read_cron(["0", "9", "1", "*", "mon"]).following(datetime(2026, 9, 29, tzinfo=UTC), ZoneInfo("UTC")), 3)
    assert [(moment.month, moment.day, moment.time()) for moment in moments] == [(10, 1, time(9)), (10, 5, time(9)), (10, 12, time(9))]


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ("61 7 * * *", "“61” is no minute of cron, which goes from 0 to 59"),
        ("0 24 * * *", "“24” is no hour"),
        ("0 9 0 * *", "“0” is no day of month"),
        ("0 9 * foo *", "“foo” is no month"),
        ("0 9 * * 8", "“8” is no weekday"),
        ("0 18-9 * * *", "“18-9” is no hour"),
        ("0 5/2 * * *", "“5/2” is no hour"),
        ("0 */0 * * *", "“[*]/0” is no hour"),
        ("0 9, * * *", "“” is no hour"),
        ("0 9 L * ?", "“L” is no day of month"),
        ("*/15 * * * *", "at most once an hour"),
        ("0 9 31 2,4 *", "never come"),
    ],
)
def test_a_field_that_cron_does_not_have_is_refused_by_name(fields: str, told: str) -> None:
    with pytest.raises(NotUnderstood, match=told):
        read_cron(fields.split())
