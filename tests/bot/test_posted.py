from datetime import timedelta

import pytest

from bot.callers import Caller, Channel
from bot.errors import NotAllowed, NotFound
from storage.records import DeliveryState
from tests.bot.test_subscribing_alerts import ADA, handle
from tests.databases import sqlite_alone
from tests.fakes.poster import FakePoster
from tests.newsrooms import Room, article, words_of

engine = sqlite_alone

EVE = Caller("Eve Dale", person="U2", channel=Channel("slack", "T1", "C1"))
ELSEWHERE = Caller("Eve Dale", person="U2", channel=Channel("slack", "T1", "C9"))


@pytest.fixture
async def set_up(room: Room) -> Room:
    """A newsroom that has read an article, with a digest, number 1, and an alert, number 2."""
    await room.has_read(article('Ann Bell said: "The ferry is late."'))
    await handle(room, "digest daily at 8 by Ann Bell")
    await handle(room, "watch ferries")
    return room


async def posted(room: Room) -> FakePoster:
    """What comes when all that is due is posted."""
    poster = FakePoster()
    await room.newsroom.scheduled.deliver({"slack": poster}, "one")
    return poster


async def test_what_is_sent_now_comes_once_and_its_schedule_goes_on(set_up: Room) -> None:
    reply = await handle(set_up, "send 1")
    assert reply.understood == "Digest 1 is on its way."
    assert (await handle(set_up, "digest send 1")).understood == "Digest 1 is on its way already."
    (post,) = (await posted(set_up)).posted
    assert words_of(post.lengths[0]) == ["The ferry is late."]
    (after, *_) = (await handle(set_up, "subscriptions")).subscriptions
    assert after.following == reply.subscriptions[0].following


@pytest.mark.parametrize("line", ["watch bridges", "digest daily at 8 about bridges, silent if nothing is new"])
async def test_what_would_be_silent_is_not_sent_and_that_is_said(set_up: Room, line: str) -> None:
    (made,) = (await handle(set_up, line)).subscriptions
    assert (await handle(set_up, "send 3")).understood == f"Nothing is new for {made.kind} 3, so nothing is posted."
    assert (await posted(set_up)).posted == []


async def test_what_rests_is_not_sent_and_what_to_do_is_said(set_up: Room) -> None:
    await handle(set_up, "mute 1")
    with pytest.raises(NotAllowed, match=r"^Digest 1 is muted") as muted:
        await handle(set_up, "send 1")
    await handle(set_up, "pause 1")
    with pytest.raises(NotAllowed, match=r"^Digest 1 is paused") as paused:
        await handle(set_up, "send 1")
    assert (muted.value.suggestions, paused.value.suggestions) == (("unmute 1",), ("resume 1",))


async def test_the_log_tells_of_a_channel_of_a_subscription_or_of_all(set_up: Room) -> None:
    assert (await handle(set_up, "log")).notes == ("Nothing yet.",)
    await handle(set_up, "send 1")
    await posted(set_up)
    here, of_digest, of_alert = [await handle(set_up, line) for line in ("log", "log 1", "digest log 2")]
    assert [(one.kind, one.subscription, one.what, one.state) for one in here.deliveries] == [
        ("digest", 1, "by Ann Bell", DeliveryState.SENT)
    ]
    assert of_digest.deliveries == here.deliveries == (await set_up.newsroom.scheduled.deliveries(None, None)).deliveries
    assert (of_digest.understood, of_alert.understood) == ("What was posted by digest 1.", "What was posted by alert 2.")
    assert of_alert.deliveries == ()
    assert (await handle(set_up, "log", ELSEWHERE)).deliveries == ()
    with pytest.raises(NotFound):
        await handle(set_up, "log 1", ELSEWHERE)


async def test_a_long_log_says_that_there_may_be_more(set_up: Room) -> None:
    for _ in range(21):
        await handle(set_up, "send 1")
        await posted(set_up)
        set_up.clock.forward(minutes=1)
    reply = await handle(set_up, "log")
    assert (len(reply.deliveries), reply.notes) == (20, ("These are the newest 20.",))
    newest, *_, oldest = reply.deliveries
    assert newest.due_at - oldest.due_at == timedelta(minutes=19)


async def test_all_of_a_delivery_and_its_subscription_are_for_those_who_see_its_channel(set_up: Room) -> None:
    await handle(set_up, "send 1")
    (post,) = (await posted(set_up)).posted
    scheduled = set_up.newsroom.scheduled
    for caller in (ADA, EVE):
        assert words_of(await scheduled.whole(post.delivery, caller)) == ["The ferry is late."]
        assert (await scheduled.managed(post.delivery, caller)).number == 1
    for look in (scheduled.whole, scheduled.managed):
        with pytest.raises(NotFound):
            await look(post.delivery, ELSEWHERE)
    await handle(set_up, "unsubscribe 1")
    for look in (scheduled.whole, scheduled.managed):
        with pytest.raises(NotFound):
            await look(post.delivery, ADA)


async def test_the_operator_sends_and_lists_whatever_there_is(set_up: Room) -> None:
    await handle(set_up, "digest hourly", Caller("Bo Lund", person="U9", channel=Channel("discord", "G1", "C1")))
    scheduled = set_up.newsroom.scheduled
    assert [one.number for one in (await scheduled.all()).subscriptions] == [1, 2, 3]
    assert (await scheduled.send_now(3, None)).understood == "Digest 3 is on its way."
