import pytest

from bot.callers import Caller, Channel
from bot.errors import NotFound
from tests.bot.test_subscribing_alerts import handle
from tests.newsrooms import Room, article, words_of

LATE = article('Ann Bell said: "The ferry is late."', number=1)
HIGH = article('Tom Reed said: "The ferry fare is too high."', number=2)


@pytest.fixture
async def asked(room: Room) -> Room:
    """A newsroom that has read two articles just now."""
    await room.has_read(LATE, HIGH)
    return room


async def test_the_preview_of_a_digest_says_what_would_be_posted_now_and_when_it_comes(asked: Room) -> None:
    await handle(asked, "digest daily at 8 by Ann Bell")
    reply = await handle(asked, "preview 1")
    assert words_of(reply) == ["The ferry is late."]
    assert reply.notes[-1] == (
        "Digest 1 comes next on Saturday 7 November, 08:00, Sunday 8 November, 08:00 and Monday 9 November, 08:00, Europe/London."
    )


async def test_a_preview_saves_nothing(asked: Room) -> None:
    await handle(asked, "digest daily at 8")
    before = await asked.rows()
    for line in ("preview 1", "preview", "preview hourly about ferries", "digest preview"):
        await handle(asked, line)
    assert await asked.rows() == before


async def test_a_digest_is_seen_before_it_is_set_up_with_the_request_that_does(asked: Room) -> None:
    reply = await handle(asked, "digest preview weekdays at 8 Tokyo about fares by Tom Reed, short, quiet 22-7")
    assert words_of(reply) == ["The ferry fare is too high."]
    assert reply.notes[-2:] == (
        "It would come next on Monday 9 November, 08:00, Tuesday 10 November, 08:00 and Wednesday 11 November, 08:00, Asia/Tokyo.",
        "Nothing is set up yet.",
    )
    (saving,) = reply.suggestions
    assert saving == "digest weekdays at 08:00 Asia/Tokyo about fares by Tom Reed, short, quiet from 22:00 to 07:00"
    (made,) = (await handle(asked, saving)).subscriptions
    assert (made.what, made.schedule, made.time_zone) == ("about fares by Tom Reed", "weekdays at 08:00", "Asia/Tokyo")
    assert made.wishes == "short, quiet from 22:00 to 07:00"


async def test_the_preview_of_an_alert_says_what_is_new_since_it_last_came(room: Room) -> None:
    await room.read(LATE)
    await handle(room, "watch about ferry")
    room.clock.forward(minutes=5)
    await room.read(HIGH)
    reply = await handle(room, "preview 1")
    assert words_of(reply) == ["The ferry fare is too high."]
    assert reply.notes[-1] == "Alert 1 comes soon after something new is read."
    await handle(room, "mute 1")
    assert (await handle(room, "preview 1")).notes[-1] == "Alert 1 comes soon after something new is read, but is muted."
    await handle(room, "pause 1")
    assert (await handle(room, "preview 1")).notes[-1] == "Alert 1 is paused (by Ada Quill). To let it go on: resume 1."


async def test_without_a_number_it_is_the_only_one_or_the_last_day_or_a_choice(asked: Room) -> None:
    assert sorted(words_of(await handle(asked, "digest preview"))) == ["The ferry fare is too high.", "The ferry is late."]
    await handle(asked, "digest daily at 8 by Ann Bell")
    assert words_of(await handle(asked, "digest preview")) == ["The ferry is late."]
    await handle(asked, "watch ferries")
    several = await handle(asked, "digest preview")
    assert (several.understood, several.suggestions) == ("Several are set up: say which.", ("preview 1", "preview 2"))
    assert [one.number for one in several.subscriptions] == [1, 2]


async def test_the_operator_sees_every_one_and_others_those_of_their_channel(asked: Room) -> None:
    await handle(asked, "digest daily at 8 by Ann Bell")
    assert words_of(await asked.newsroom.scheduled.preview(1, None)) == ["The ferry is late."]
    elsewhere = Caller("Eve Dale", person="U2", channel=Channel("slack", "T1", "C9"))
    with pytest.raises(NotFound):
        await handle(asked, "preview 1", elsewhere)
