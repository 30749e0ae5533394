"""A week of news in a newsroom with three digests and four alerts, in three time zones: what comes, when, and that nothing else does."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.callers import Caller, Channel
from bot.replies import Reply
from tests.fakes.poster import FakePoster
from tests.newsrooms import Room, article

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
ZONES = {"london": "Europe/London", "boston": "America/New_York", "kolkata": "Asia/Kolkata"}
BEFORE = article('Ann Bell said: "We row" as it rained all day.', outlet="The Mill", number=99)
SET_UP = (
    ("london", "digest daily at 8, quiet 22-7"),
    ("boston", "digest weekdays at 7:30 about ferries, silent if nothing is new"),
    ("kolkata", "digest every Thursday at 9 about bridges"),
    ("london", "watch Ann Bell, quiet 22-7"),
    ("boston", "watch ferries, at most 2 a day, at most every 20 minutes"),
    ("kolkata", "watch bridges"),
    ("london", "watch quotes in The Mill, at most every 5 minutes"),
)
READ = "read"
DOWN = "Wed 12:00", "Thu 12:00"  # when nothing runs
HAPPENS = (
    ("Mon 12:00", READ, "Ann Bell", "The ferries are late", "The Mill"),
    ("Mon 12:10", READ, "Bo Lund", "No ferries are late", "The Post"),  # in Boston it waits until 20 minutes are over
    ("Mon 12:15", READ, "Ann Bell", "The ferries are late", "The Post"),  # a copy
    ("Mon 15:00", READ, "Bo Lund", "Who needs ferries", "The Post"),  # the third of the day in Boston
    ("Mon 22:30", READ, "Ann Bell", "Ferries need crews", "The Post"),  # in London's quiet hours
    ("Tue 09:00", "kolkata", "mute 6"),
    ("Tue 10:00", READ, "Bo Lund", "All bridges must close", "The Mill"),
    ("Wed 09:00", "london", "pause 7"),
    ("Wed 10:00", READ, "Bo Lund", "Some bridges must close", "The Mill"),
    ("Wed 13:00", READ, "Ann Bell", "Trains will do", "The Mill"),
    ("Thu 05:00", READ, "Ann Bell", "Trains will not do", "The Post"),
    ("Thu 12:00", "boston", "send 2"),  # of which nothing is new
    ("Fri 09:00", "london", "resume 7"),
)
COMES = [
    ("Mon 07:00", "london", "Digest since Sunday 07:30: 1 quote in “Headline 99”."),
    ("Mon 12:00", "boston", "New about ferries: 1 quote in “Headline 0”."),
    ("Mon 12:00", "london", "New by Ann Bell: 1 quote in “Headline 0”."),
    ("Mon 12:00", "london", "New in The Mill: 1 quote in “Headline 0”."),
    (
        "Mon 12:20",
        "boston",
        "New about ferries: 1 quote in “Headline 1”. This is the second alert today: the rest comes as a digest tomorrow at 08:00.",
    ),
    ("Tue 06:00", "london", "New by Ann Bell: 1 quote in “Headline 4”."),
    ("Tue 07:00", "london", "Digest since Monday 08:00: 4 stories, 4 quotes, first “Headline 2”."),
    ("Tue 10:00", "london", "New in The Mill: 1 quote in “Headline 6”."),
    ("Tue 11:30", "boston", "Digest about ferries since Monday 07:30: 4 stories, 4 quotes, first “Headline 2”."),
    (
        "Tue 12:00",
        "boston",
        "What came after the last alert of Monday: digest about ferries since Monday 08:20: 2 stories, 2 quotes, first “Headline 4”.",
    ),
    ("Wed 07:00", "london", "Digest since Tuesday 08:00: 1 quote in “Headline 6”."),
    ("Wed 09:00", "kolkata", "New about bridges: 1 quote in “Headline 6”."),
    ("Wed 10:00", "kolkata", "New about bridges: 1 quote in “Headline 8”."),
    ("Thu 12:00", "kolkata", "Digest about bridges since Sunday 12:00: 2 stories, 2 quotes, first “Headline 8”."),
    ("Thu 12:00", "london", "Digest since Wednesday 08:00: 3 stories, 3 quotes, first “Headline 10”."),
    ("Thu 12:00", "london", "New by Ann Bell: 2 quotes in 2 articles."),
    ("Fri 07:00", "london", "Nothing new since Thursday 13:00."),
    ("Fri 09:00", "london", "New in The Mill: 2 quotes in 2 articles."),
    ("Sat 07:00", "london", "Nothing new since Friday 08:00."),
    ("Sun 08:00", "london", "Nothing new since Saturday 08:00."),  # by London's clocks, which have gone back, as on every day
]
LOOKED_AT = ("03:30", "06:00", "06:59", "07:00", "08:00", "09:00", "11:30", "12:00", "12:20", "20:00")


def moment(said: str) -> datetime:
    """The moment (UTC) of a week on whose Sunday London's clocks go back."""
    day, _, clock = said.partition(" ")
    return datetime.fromisoformat(f"2026-10-{19 + DAYS.index(day)}T{clock}Z")


def caller(place: str) -> Caller:
    return Caller("Jo", person="U1", channel=Channel("slack", "T1", place), zone=ZoneInfo(ZONES[place]))


async def happens(room: Room, what: tuple[str, ...]) -> None:
    match what:
        case (_, "read", name, words, outlet):
            said = f'{name} said: "{words}" as it rained all day.'
            number, published = HAPPENS.index(what), room.clock().isoformat()
            (read,) = await room.read(article(said, number=number, outlet=outlet, published=published))
            assert read.quotes == 1
        case (_, place, line):
            await room.newsroom.handle(line, caller(place))


def told(reply: Reply) -> str:
    """The first line of a post, and what is said of those that come after it."""
    return " ".join((reply.understood, *(note for note in reply.notes if note.startswith("This is"))))


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
async def test_what_a_week_brings_comes_on_time_and_once_and_nothing_else_does(room: Room) -> None:
    poster = FakePoster()
    room.clock.now = moment("Mon 06:30")
    await room.has_read(BEFORE)
    for place, line in SET_UP:
        await room.newsroom.handle(line, caller(place))
    came = []
    looked_at = {moment(f"{day} {clock}") for day in DAYS for clock in LOOKED_AT} | {moment(what[0]) for what in HAPPENS}
    for at in sorted(one for one in looked_at if one > room.clock.now):
        room.clock.now = at
        for what in HAPPENS:
            if moment(what[0]) == at:
                await happens(room, what)
        if not moment(DOWN[0]) <= at < moment(DOWN[1]):
            await room.newsroom.scheduled.deliver({"slack": poster}, "one")
        came += sorted((f"{at:%a %H:%M}", post.channel.channel, told(post.lengths[0])) for post in poster.posted)
        poster.posted.clear()
    assert came == COMES
