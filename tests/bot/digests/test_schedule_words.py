import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.digests.schedule_words import parse, take_schedule
from bot.errors import NotUnderstood

# Said so, kept so.
SCHEDULES = [
    ("daily at 8", "daily at 08:00"),
    ("every day at 8am", "daily at 08:00"),
    ("EVERY MORNING at 8 o'clock", "daily at 08:00"),
    ("daily at eight", "daily at 08:00"),
    ("daily noon", "daily at 12:00"),
    ("daily at 12am", "daily at 00:00"),
    ("9:15pm daily", "daily at 21:15"),
    ("at 08:00", "daily at 08:00"),
    ("at 1730", "daily at 17:30"),
    ("at 8 and 17.30", "daily at 08:00 and 17:30"),
    ("daily at 17, 8 and at 12", "daily at 08:00, 12:00 and 17:00"),
    ("weekdays at 7:30 a.m.", "weekdays at 07:30"),
    ("every weekday, 7h30", "weekdays at 07:30"),
    ("at 7:30 on working days", "weekdays at 07:30"),
    ("Mon-Fri 9am", "weekdays at 09:00"),
    ("weekends at 10", "weekends at 10:00"),
    ("every Monday 9:00", "every Monday at 09:00"),
    ("Monday at 9", "every Monday at 09:00"),
    ("Mondays and Thursdays at 9", "every Monday and Thursday at 09:00"),
    ("each Tue, Wed, and Fri at 10", "every Tuesday, Wednesday and Friday at 10:00"),
    ("Saturday to Monday at 10", "every Monday, Saturday and Sunday at 10:00"),
    ("weekly at 9", "every Monday at 09:00"),
    ("weekly on Friday at 16:00", "every Friday at 16:00"),
    ("monthly at 9", "monthly on the 1st at 09:00"),
    ("monthly on the 1st and 22nd at 9", "monthly on the 1st and 22nd at 09:00"),
    ("monthly at 9 on the 13th", "monthly on the 13th at 09:00"),
    ("on the 3rd of every month at 9", "monthly on the 3rd at 09:00"),
    ("hourly", "hourly"),
    ("every hour at :15", "hourly from 00:15 to 23:15"),
    ("hourly 9-18 on weekdays", "hourly from 09:00 to 18:00 on weekdays"),
    ("hourly 9:30 to 18 every Sunday", "hourly from 09:30 to 17:30 every Sunday"),
    ("weekdays hourly between 9am and 6pm", "hourly from 09:00 to 18:00 on weekdays"),
    ("hourly from 22 to 6", "hourly from 22:00 to 06:00"),
    ("every 2 hours", "every 2 hours"),
    ("every two hours from 8 to 20", "every 2 hours from 08:00 to 20:00"),
    ("every 5 hours", "every 5 hours from 00:00 to 20:00"),
    ("every 6 hours", "daily at 00:00, 06:00, 12:00 and 18:00"),
    ("cron 30 7 * * 1-5", "weekdays at 07:30"),
    ("cron: `0 9 1 1,7 *`", "cron 0 9 1 1,7 *"),
    ("30 7 * * 1-5", "weekdays at 07:30"),
    # At the beginning the time may be left out.
    ("daily", "daily at 08:00"),
    ("weekdays", "weekdays at 08:00"),
    ("every Monday", "every Monday at 08:00"),
]

ZONES = [
    ("daily at 8 London about ferries", "Europe/London", "about ferries"),
    ("daily at 8 in new_york, about ferries", "America/New_York", "about ferries"),
    ("daily at 8 (Europe/London) about ferries", "Europe/London", "about ferries"),
    ("daily at 8 asia/KOLKATA", "Asia/Kolkata", ""),
    ("weekdays at 7:30 London time by Ada Moor", "Europe/London", "by Ada Moor"),
    ("hourly 9-18 Buenos Aires on weekdays", "America/Buenos_Aires", ""),
    ("every hour from 9 to 18 on Mondays in São Paulo", "America/Sao_Paulo", ""),
    ("cron 30 7 * * 1-5 in Mumbai", "Asia/Kolkata", ""),
    ("about ferries every Monday at 9 in Europe/London", "Europe/London", "about ferries"),
    ("at 8 UTC", "UTC", ""),
    # Elsewhere a place is a topic or an outlet.
    ("daily at 8 about London", None, "about London"),
    ("daily at 8 London fires", None, "London fires"),
    ("daily about ferries in London", None, "about ferries in London"),
    ("daily at 8 in Border Wire", None, "in Border Wire"),
    ("daily at 8 in the Harbour Post", None, "in the Harbour Post"),
    ("daily at 8 (about ferries)", None, "(about ferries)"),
]

AT_THE_END = [
    ("about interference daily at 8", "about interference", "daily at 08:00"),
    ("by Ada Moor about ferries, every weekday at 8.30 a.m.", "by Ada Moor about ferries", "weekdays at 08:30"),
    ("about ferries hourly", "about ferries", "hourly"),
    ("about ferries at 08:00", "about ferries", "daily at 08:00"),
    ("about ferries at 8pm.", "about ferries", "daily at 20:00"),
    ("about ferries 30 7 * * 1-5", "about ferries", "weekdays at 07:30"),
]

NO_SCHEDULE = [
    "",
    "about daily bread",
    "daily bread",
    "about the Daily Mail",
    "since Monday",
    "on Monday",
    "about weekdays",
    "about ferries at 8",
    "about hourly",
    "about hourly wages",
    "about 9/11",
    "about the strike on Monday at 9",
    "about the strike on Monday, at 9",
    "about the strike on Monday at 9:30",
    "about ferries since yesterday at 09:00",
    "since every Monday at 9",
    "about strikes every Monday at 25 schools",
    "about the boat race every year",
    "about trains every 30 minutes late",
    "every breath you take",
    "about cron jobs",
]

# Plainly meant as a schedule, and what the answer must name.
WRONG = [
    ("daily at 25", "no time “25”"),
    ("daily at 8:75", "no time “8:75”"),
    ("daily at 13pm", "no time “13pm”"),
    ("about ferries daily at 25 in London", "no time “25”"),
    ("hourly 9-25", "no time “25”"),
    ("daily at", "time is not understood"),
    ("daily 9-18", "time is not understood"),
    ("every Mnday at 9", "every Monday at 9[?]"),
    ("about ferries every Mnday at 9:30", "about ferries every Monday at 9:30[?]"),
    ("about ferries every Monday, Wenesday and Friday at 9", "every Monday, Wednesday and Friday at 9[?]"),
    ("evry Monday at 9", "every Monday at 9[?]"),
    ("dialy at 8 about ferries", "daily at 8 about ferries[?]"),
    ("every blue moon at 9", "How often"),
    ("daily at 8 in Atlantis", "Atlantic/Stanley"),
    ("daily at 8 Lodnon about ferries", "Europe/London"),
    ("about ferries daily at 8 in Qqqq", "Zones look like"),
    ("daily at 8 EST", "New York"),
    ("daily at 8 UTC+2", "clocks"),
    ("daily at 8 Etc/GMT+5", "no time zone"),
    ("every 30 minutes", "at most once an hour"),
    ("every minute from 9 to 10", "at most once an hour"),
    ("about trains every 30 minutes", "at most once an hour"),
    ("daily at 8 and 8:30", "at most once an hour"),
    ("every 24 hours", "daily at 8"),
    ("every 0 hours", "from 1 to 12"),
    ("every 3 days at 9", "days of the week"),
    ("every evening at 6", "days of the week"),
    ("fortnightly about ferries", "days of the week"),
    ("monthly on the last Friday at 9", "days of the week"),
    ("monthly on the 31st at 9", "cron 0 8 31"),
    ("monthly on the 40th at 9", "1st to the 31st"),
    ("daily at 8 and weekdays at 9", "two schedules"),
    ("daily at 8 about ferries every Monday at 9", "two schedules"),
    ("hourly at 9", "two schedules"),
]

WORDS = """daily hourly every each weekdays weekends Mondays Monday Mnday sat monthly weekly on the 1st 31st of month at 8 17:30 8:75 25
    9-18 and , to from between about ferries by in London Atlantis Europe/London EST time ( ) cron * */2 30 7 1-5 mon 2 hours minutes
    :15 am pm noon o'clock . - – ſunday Frİday evry other twice İ ٣ 🕗"""
PIECES = st.sampled_from(WORDS.split())


@pytest.mark.parametrize(("said", "kept"), SCHEDULES)
def test_a_schedule_as_people_say_it_is_kept_in_one_form(said: str, kept: str) -> None:
    taken = take_schedule(f"{said} about ferries")
    assert taken is not None
    assert (str(taken.schedule), taken.zone, taken.rest) == (kept, None, "about ferries")


@pytest.mark.parametrize(("text", "key", "rest"), ZONES)
def test_a_zone_counts_only_behind_the_time(text: str, key: str | None, rest: str) -> None:
    taken = take_schedule(text, outlets=["Border Wire"])
    assert taken is not None
    assert (taken.zone.key if taken.zone else None, taken.rest) == (key, rest)


@pytest.mark.parametrize(("text", "rest", "kept"), AT_THE_END)
def test_a_schedule_may_stand_at_the_end(text: str, rest: str, kept: str) -> None:
    taken = take_schedule(text)
    assert taken is not None
    assert (taken.rest, str(taken.schedule)) == (rest, kept)


@pytest.mark.parametrize("text", NO_SCHEDULE)
def test_words_of_time_in_a_request_are_no_schedule(text: str) -> None:
    assert take_schedule(text) is None


@pytest.mark.parametrize(("text", "told"), WRONG)
def test_a_schedule_that_cannot_be_is_refused_with_what_would_work(text: str, told: str) -> None:
    with pytest.raises(NotUnderstood, match=told) as refusal:
        take_schedule(text)
    assert refusal.value.remedy


@pytest.mark.parametrize("text", ["", "ferries", "daily at 8 about ferries", "daily at 8 London"])
def test_a_text_that_is_not_only_a_schedule_does_not_parse(text: str) -> None:
    with pytest.raises(NotUnderstood, match="no schedule"):
        parse(text)


@settings(max_examples=100)
@given(st.lists(PIECES, max_size=14).map(" ".join) | st.text(max_size=60))
def test_no_text_makes_it_raise_anything_but_a_sentence(text: str) -> None:
    try:
        taken = take_schedule(text)
    except NotUnderstood:
        return
    if taken:
        assert parse(str(taken.schedule)) == taken.schedule
        assert taken.rest in " ".join(text.split())


@given(st.lists(PIECES, max_size=8).map(" ".join))
def test_what_stands_before_a_schedule_at_the_end_stays_as_it_is(before: str) -> None:
    text = f"about 🕗 {before or 'the'} ferry fares, every Monday and Thursday at 9:15 London"
    try:
        taken = take_schedule(text)
    except NotUnderstood:
        return
    assert taken is not None
    assert text.startswith(taken.rest)
