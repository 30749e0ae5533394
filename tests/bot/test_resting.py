from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.callers import Caller, Channel
from bot.errors import CannotPost, NotAllowed, NotFound
from tests.bot.test_subscribing import EVE, nothing_allowed
from tests.bot.test_subscribing_alerts import ADA, handle, stored
from tests.databases import sqlite_alone
from tests.fakes.poster import FakePoster
from tests.newsrooms import Room

engine = sqlite_alone

EVE_MAY_NOT = Caller(EVE.author, person=EVE.person, channel=EVE.channel, may=nothing_allowed)


@pytest.fixture
async def set_up(room: Room) -> Room:
    """A newsroom whose channel has a digest, number 1, and an alert, number 2. It is Friday, 12:00 in London."""
    await handle(room, "digest daily at 8 about ferries")
    await handle(room, "watch ferries")
    return room


async def test_what_is_muted_rests_for_a_day_and_comes_at_its_next_time_after_it(set_up: Room) -> None:
    (digest,) = (reply := await handle(set_up, "mute 1")).subscriptions
    tomorrow = set_up.clock.now + timedelta(days=1)
    assert (reply.understood, digest.muted_until) == ("Digest 1 is muted for a day.", tomorrow)
    assert digest.following[0] == (await stored(set_up)).next_due == datetime(2026, 11, 8, 8, tzinfo=UTC)
    (alert,) = (reply := await handle(set_up, "mute 2")).subscriptions
    assert (reply.understood, alert.muted_until, alert.following) == ("Alert 2 is muted for a day.", tomorrow, ())


async def test_what_is_muted_goes_on_at_once_when_somebody_says_so(set_up: Room) -> None:
    for number, name in ((1, "Digest 1"), (2, "Alert 2")):
        assert (await handle(set_up, f"unmute {number}")).understood == f"{name} is not muted."
        await handle(set_up, f"mute {number}")
        (view,) = (reply := await handle(set_up, f"unmute {number}")).subscriptions
        assert (reply.understood, view.muted_until) == (f"{name} goes on.", None)
    assert (await stored(set_up)).next_due == datetime(2026, 11, 7, 8, tzinfo=UTC)


async def test_a_mute_ends_by_itself(set_up: Room) -> None:
    await handle(set_up, "mute 1")
    set_up.clock.forward(days=1, minutes=1)
    assert (await handle(set_up, "subscriptions")).subscriptions[0].muted_until is None
    assert (await handle(set_up, "unmute 1")).understood == "Digest 1 is not muted."


async def test_what_goes_on_after_a_pause_is_due_at_its_next_time(set_up: Room) -> None:
    for number, name in ((1, "Digest 1"), (2, "Alert 2")):
        assert (await handle(set_up, f"pause {number}")).understood == f"{name} is paused."
        assert (await handle(set_up, f"mute {number}")).understood == f"{name} is paused, so nothing comes of it (by Ada Quill)."
    set_up.clock.forward(days=10)
    for number, name in ((1, "Digest 1"), (2, "Alert 2")):
        assert (await handle(set_up, f"resume {number}")).understood == f"{name} goes on."
    digest, alert = await stored(set_up, 1), await stored(set_up, 2)
    assert (digest.next_due, digest.muted_until) == (datetime(2026, 11, 17, 8, tzinfo=UTC), None)
    assert (alert.next_due, alert.paused_at) == (None, None)


async def test_an_alert_ends_as_what_it_is(set_up: Room) -> None:
    assert (await handle(set_up, "stop alert 2")).understood == "Ended: the alert about ferries."


@pytest.mark.parametrize("doing", ["mute", "unmute", "pause", "resume", "send"])
async def test_what_another_set_up_is_left_alone_by_who_may_not(set_up: Room, doing: str) -> None:
    with pytest.raises(NotAllowed, match=f"^You may not {doing} an alert that somebody else set up"):
        await handle(set_up, f"{doing} 2", EVE_MAY_NOT)
    assert (await handle(set_up, "subscriptions", ADA)).subscriptions[1].muted_until is None


@pytest.mark.parametrize(
    ("before", "line", "told"),
    [
        ("", "mute 2", "Eve Dale muted alert 2 for a day."),
        ("mute 2", "unmute 2", "Eve Dale unmuted alert 2."),
        ("", "pause 2", "Eve Dale paused alert 2."),
        ("pause 2", "resume 2", "Eve Dale resumed alert 2."),
        ("", "unsubscribe 2", "Eve Dale ended alert 2, about ferries."),
        ("", "change 2 to about bridges", "Eve Dale changed alert 2: it is one about bridges."),
    ],
)
async def test_the_channel_is_told_what_another_did_with_somebodys_own(set_up: Room, before: str, line: str, told: str) -> None:
    said: list[str] = []

    async def announce(line: str) -> bool:
        said.append(line)
        raise CannotPost("Nothing can be posted there.")

    if before:
        await handle(set_up, before, replace(ADA, announce=announce))
    assert said == []
    reply = await handle(set_up, line, replace(EVE, announce=announce))
    assert said == [told]
    assert reply.understood[:5] in ("Alert", "Chang", "Ended")


# --- asked for from afar --------------------------------------------------------------------------


def from_afar(sees: bool = True) -> Caller:
    async def sees_it(_: Channel) -> bool:
        return sees

    return replace(ADA, channel=Channel("slack", "direct messages", "D1"), sees=sees_it, away=True)


async def test_what_somebody_set_up_anywhere_is_reached_from_direct_messages_by_its_number(set_up: Room) -> None:
    ada, scheduled = from_afar(), set_up.newsroom.scheduled
    assert [one.number for one in (await scheduled.subscriptions(ada)).subscriptions] == [1, 2]
    assert (await handle(set_up, "mute 1", ada)).understood == "Digest 1 is muted for a day."
    assert (await handle(set_up, "unmute 1", ada)).understood == "Digest 1 goes on."
    assert (await handle(set_up, "pause 1", ada)).understood == "Digest 1 is paused."
    assert (await handle(set_up, "resume 1", ada)).understood == "Digest 1 goes on."
    assert (await handle(set_up, "change 1 to daily at 9", ada)).understood.startswith("Changed: digest 1")
    assert (await handle(set_up, "preview 1", ada)).understood
    assert (await handle(set_up, "send 1", ada)).understood == "Digest 1 is on its way."
    assert len((await handle(set_up, "digest log 1", ada)).deliveries) == 1
    assert (await handle(set_up, "unsubscribe 2", ada)).understood == "Ended: the alert about ferries."


async def test_from_direct_messages_nobody_reaches_what_is_of_others_or_out_of_sight(set_up: Room) -> None:
    blind, eve = from_afar(sees=False), replace(from_afar(), person=EVE.person)
    near = replace(from_afar(), away=False)
    other_platform = replace(from_afar(), channel=Channel("discord", "direct messages", "D1"))
    for nobody in (blind, eve, near, other_platform):
        assert (await set_up.newsroom.scheduled.subscriptions(nobody)).subscriptions == ()
        with pytest.raises(NotFound, match="There is no digest 1 here"):
            await set_up.newsroom.scheduled.pause(1, nobody)


async def test_owners_are_told_once_when_their_channel_is_gone(set_up: Room, caplog: pytest.LogCaptureFixture) -> None:
    poster = FakePoster()
    for _ in range(2):
        await set_up.newsroom.scheduled.left("slack", "T1", channel="C1", reason="The channel was deleted.", poster=poster)
    ((owner, reply),) = poster.told
    assert (owner, reply.understood) == (ADA.person, "2 digests and alerts are paused: The channel was deleted.")
    assert [one.paused for one in reply.subscriptions] == ["The channel was deleted."] * 2
    assert "2 digests and alerts are paused: The channel was deleted." in caplog.text
