from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.callers import Caller, Channel, Right
from bot.errors import CannotPost, NotAllowed, NotFound, NotUnderstood
from bot.replies import Reply, SubscriptionView
from tests.databases import sqlite_alone
from tests.fakes.engine import FakeEngine
from tests.newsrooms import Room, article

engine = sqlite_alone

TOKYO, NEW_YORK = ZoneInfo("Asia/Tokyo"), ZoneInfo("America/New_York")
NEWS, SPORT, OTHER_TEAM = Channel("slack", "T1", "C1"), Channel("slack", "T1", "C2"), Channel("slack", "T2", "C1")
ADA, EVE = Caller("Ada Quill", person="U1", channel=NEWS), Caller("Eve Dale", person="U2", channel=NEWS)


async def nothing_allowed(_: Right) -> bool:
    return False


async def handle(room: Room, line: str, caller: Caller = ADA) -> Reply:
    return await room.newsroom.handle(line, caller, page=6)


async def listed(room: Room, caller: Caller = ADA) -> tuple[SubscriptionView, ...]:
    """The digests of the caller's channel."""
    return (await handle(room, "subscriptions", caller)).subscriptions


@pytest.fixture
async def set_up(room: Room) -> Room:
    """A newsroom in whose channel Ada set up a digest. It is Friday, 12:00 in London."""
    await handle(room, "digest daily at 8 about ferries")
    return room


# --- setting up --------------------------------------------------------------------------------


async def test_a_digest_is_set_up_where_it_is_asked_for(room: Room) -> None:
    reply = await handle(room, "digest daily at 8 about ferries")
    assert reply.understood == "Set up: a digest about ferries daily at 08:00, Europe/London."
    view = SubscriptionView(
        number=1,
        what="about ferries",
        schedule="daily at 08:00",
        time_zone="Europe/London",
        channel=NEWS,
        owner="U1",
        following=tuple(datetime(2026, 11, day, 8, tzinfo=UTC) for day in (7, 8, 9)),
    )
    assert reply.subscriptions == (view,)
    assert await listed(room) == (view,)
    assert await room.newsroom.scheduled.subscription(1, ADA) == view


async def test_a_digest_of_everything_says_so(room: Room) -> None:
    assert (await handle(room, "digest weekdays at 7:30")).understood == "Set up: a digest of everything weekdays at 07:30, Europe/London."
    assert [one.what for one in await listed(room)] == ["everything"]


async def test_a_digest_of_what_somebody_said_does_not_sound_written_by_that_person(room: Room) -> None:
    said: list[str] = []

    async def announce(line: str) -> bool:
        said.append(line)
        return True

    reply = await handle(room, "digest daily at 8 by Ann Bell", replace(ADA, announce=announce))
    assert reply.understood == "Set up: a digest of quotes by Ann Bell daily at 08:00, Europe/London."
    assert said == ["Ada Quill set up a digest here: quotes by Ann Bell, daily at 08:00, Europe/London."]


async def test_the_zone_is_the_one_typed_else_the_callers_else_the_newsrooms(room: Room) -> None:
    there = replace(ADA, zone=NEW_YORK)
    for caller, line in ((there, "digest daily at 8 Tokyo"), (there, "digest daily at 8"), (ADA, "digest daily at 8")):
        await handle(room, line, caller)
    assert [one.time_zone for one in await listed(room)] == ["Asia/Tokyo", "America/New_York", "Europe/London"]


async def test_the_next_moments_are_told_in_order(room: Room) -> None:
    reply = await handle(room, "digest daily at 8 and 17:30 Tokyo")
    (view,) = reply.subscriptions
    assert [moment.astimezone(TOKYO).strftime("%d %H:%M") for moment in view.following] == ["07 08:00", "07 17:30", "08 08:00"]


async def test_the_channel_is_told_of_what_is_stored(room: Room) -> None:
    said: list[tuple[str, int]] = []
    await room.read(article('Ann Bell said: "Ships sail."', outlet="The Mill"))

    async def announce(line: str) -> bool:
        said.append((line, len(await listed(room))))
        return True

    await handle(room, "digest daily at 8 about ferries by Ann Bell in The Mill", replace(ADA, announce=announce))
    assert said == [("Ada Quill set up a digest here: about ferries by Ann Bell in The Mill, daily at 08:00, Europe/London.", 1)]


async def test_others_are_told_a_persons_name_alone(room: Room) -> None:
    said: list[str] = []

    async def announce(line: str) -> bool:
        said.append(line)
        return True

    known = Caller("ada.quill (U1)", person="U1", channel=NEWS, announce=announce, name="ada.quill")
    await handle(room, "digest daily at 8", known)
    assert said == ["ada.quill set up a digest here: everything, daily at 08:00, Europe/London."]
    (paused,) = (await handle(room, "pause 1", known)).subscriptions
    assert paused.paused == "by ada.quill"


async def test_the_same_digest_is_set_up_only_once(set_up: Room) -> None:
    said: list[str] = []

    async def announce(line: str) -> bool:
        said.append(line)
        return True

    before = await listed(set_up)
    eve = replace(EVE, announce=announce)
    reply = await handle(set_up, "digest every day at 8am about ferries", eve)
    assert (reply.understood, reply.subscriptions) == ("Digest 1 does that already.", before)
    assert (await listed(set_up), said) == (before, [])
    for line in ("digest daily at 9 about ferries", "digest daily at 8 about tides", "digest daily at 8 Tokyo about ferries"):
        assert (await handle(set_up, line, eve)).understood.startswith("Set up: ")
    await handle(set_up, "digest daily at 8 about ferries", replace(eve, channel=SPORT))
    assert len(said) == 4


async def test_the_same_digest_as_one_that_is_paused_is_told_how_to_go_on(set_up: Room) -> None:
    await handle(set_up, "pause 1")
    reply = await handle(set_up, "digest daily at 8 about ferries", EVE)
    assert (reply.understood, reply.suggestions) == ("Digest 1 does that already, but is paused.", ("resume 1",))


async def test_a_channel_of_which_nobody_knows_whether_it_was_told_keeps_its_digest_and_that_is_said(room: Room) -> None:
    async def lost(_: str) -> bool:
        return False

    reply = await handle(room, "digest daily at 8", replace(ADA, announce=lost))
    assert reply.notes == ("It is not certain that the channel was told of it.",)
    assert len(await listed(room)) == 1


async def test_the_digest_of_another_channel_is_not_changed_where_others_read_along(set_up: Room) -> None:
    elsewhere = replace(ADA, channel=SPORT, overheard=True)
    before = await listed(set_up)
    for line in ("change 1 to hourly", "pause 1", "resume 1", "unsubscribe 1"):
        with pytest.raises(NotAllowed, match=r"^Digest 1 is one of another channel\."):
            await handle(set_up, line, elsewhere)
    assert await listed(set_up) == before
    assert (await handle(set_up, "pause 1", replace(elsewhere, overheard=False))).understood == "Digest 1 is paused."


async def test_ones_own_digest_of_a_channel_that_is_out_of_sight_is_not_there(set_up: Room) -> None:
    async def sees(channel: Channel) -> bool:
        return channel != NEWS

    elsewhere = replace(ADA, channel=SPORT, sees=sees)
    before = await listed(set_up)
    for line in ("change 1 to hourly", "pause 1", "resume 1", "unsubscribe 1"):
        with pytest.raises(NotFound, match=r"^There is no digest 1 here\."):
            await handle(set_up, line, elsewhere)
    assert (await set_up.newsroom.scheduled.subscriptions_of(elsewhere)).subscriptions == ()
    assert await listed(set_up) == before


async def test_where_nothing_can_be_posted_nothing_is_set_up(room: Room) -> None:
    async def refused(_: str) -> bool:
        raise CannotPost("Verbatim is not in that channel.", "Invite it.")

    with pytest.raises(CannotPost, match=r"^Verbatim is not in that channel\. So no digest was set up there\. Invite it\.$"):
        await handle(room, "digest daily at 8", replace(ADA, announce=refused))
    assert await listed(room) == ()


async def test_where_there_is_no_channel_there_are_no_digests_on_a_schedule(set_up: Room) -> None:
    nowhere = replace(ADA, channel=None)
    for line in ("digest daily at 8", "subscriptions", "change 1 to hourly", "pause 1", "resume 1", "unsubscribe 1"):
        with pytest.raises(NotAllowed, match=r"^Digests on a schedule and alerts are posted in a channel, and there is none here\."):
            await handle(set_up, line, nowhere)
    assert (await handle(set_up, "digest about ferries", nowhere)).understood.startswith("Nothing about ferries was read since")


@pytest.mark.parametrize("line", ["digest daily at 8 about ferries since Monday", "change 1 to about ferries since Monday"])
async def test_a_date_in_a_digest_on_a_schedule_is_refused(set_up: Room, line: str) -> None:
    before = await listed(set_up)
    with pytest.raises(NotUnderstood, match=r"^A digest on a schedule covers the time since the one before it\."):
        await handle(set_up, line)
    assert await listed(set_up) == before


async def test_a_speaker_who_is_not_heard_is_pointed_out(room: Room) -> None:
    note = ("Nobody called Ann Bell is quoted in what has been read so far.",)
    assert (await handle(room, "digest daily at 8 by Ann Bell")).notes == note
    assert (await handle(room, "change 1 to by Ann Bell")).notes == note
    await room.read(article('Ann Bell said: "Ships sail."'))
    assert (await handle(room, "digest daily at 8 by Ann Bell")).notes == ()
    assert (await handle(room, "change 1 to daily at 9")).notes == ()


# --- changing ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "what", "schedule", "zone"),
    [
        ("change 1 to weekdays at 9", "about ferries", "weekdays at 09:00", "Europe/London"),
        ("change 1 to weekdays at 9 Tokyo", "about ferries", "weekdays at 09:00", "Asia/Tokyo"),
        ("change 1 to about bridges", "about bridges", "daily at 08:00", "Europe/London"),
        ("change 1 to by Ann Bell", "by Ann Bell", "daily at 08:00", "Europe/London"),
        ("change 1 to everything", "everything", "daily at 08:00", "Europe/London"),
        ("change 1 to weekdays at 9 everything", "everything", "weekdays at 09:00", "Europe/London"),
        ("change digest #1 to weekdays at 9 about bridges", "about bridges", "weekdays at 09:00", "Europe/London"),
    ],
)
async def test_only_what_is_given_changes(set_up: Room, line: str, what: str, schedule: str, zone: str) -> None:
    (view,) = (await handle(set_up, line)).subscriptions
    assert (view.what, view.schedule, view.time_zone) == (what, schedule, zone)
    assert await listed(set_up) == (view,)


async def test_exact_words_and_a_topic_survive_a_change_of_the_schedule(room: Room) -> None:
    await handle(room, "digest daily at 8 about ferries “not for sale” by Ann Bell")
    (before,) = await listed(room)
    await handle(room, "change 1 to daily at 9")
    (after,) = await listed(room)
    assert after.what == before.what == "about ferries “not for sale” by Ann Bell"


async def test_a_digest_rests_goes_on_and_ends(set_up: Room) -> None:
    paused = await handle(set_up, "pause 1")
    assert paused.understood == "Digest 1 is paused."
    assert [(one.paused, one.following) for one in paused.subscriptions] == [("by Ada Quill", ())]
    assert (await handle(set_up, "pause 1", EVE)).understood == "Digest 1 is paused already (by Ada Quill)."
    resumed = await handle(set_up, "resume 1")
    assert resumed.understood == "Digest 1 goes on."
    assert [(one.paused, len(one.following)) for one in resumed.subscriptions] == [(None, 3)]
    assert (await handle(set_up, "resume 1")).understood == "Digest 1 is not paused."
    assert (await handle(set_up, "unsubscribe 1")).understood == "Ended: the digest about ferries daily at 08:00, Europe/London."
    assert await listed(set_up) == ()


async def test_digests_are_kept_over_a_restart(set_up: Room) -> None:
    restarted = set_up.read_by(FakeEngine())
    assert await listed(restarted) == await listed(set_up)


# --- whose they are ----------------------------------------------------------------------------

Attempt = Callable[[Room, Caller], Awaitable[object]]
ATTEMPTS: dict[str, Attempt] = {
    "change": lambda room, caller: handle(room, "change 1 to hourly", caller),
    "pause": lambda room, caller: handle(room, "pause 1", caller),
    "resume": lambda room, caller: handle(room, "resume 1", caller),
    "unsubscribe": lambda room, caller: handle(room, "unsubscribe 1", caller),
    "change by a form": lambda room, caller: room.newsroom.scheduled.change(1, "hourly", "", "", caller),
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
async def test_a_digest_elsewhere_is_not_there_for_others(set_up: Room, attempt: str) -> None:
    before = await listed(set_up)
    for stranger in (replace(EVE, channel=SPORT), replace(EVE, channel=OTHER_TEAM), replace(ADA, channel=OTHER_TEAM)):
        with pytest.raises(NotFound, match=r"^There is no digest 1 here\. 'subscriptions' lists the digests and alerts set up here\.$"):
            await ATTEMPTS[attempt](set_up, stranger)
        with pytest.raises(NotFound):
            await set_up.newsroom.scheduled.subscription(1, stranger)
        assert await listed(set_up, stranger) == ()
    assert await listed(set_up) == before


@pytest.mark.parametrize("attempt", ATTEMPTS)
async def test_ones_own_digest_is_changed_from_any_channel_of_the_workspace_and_without_the_right(set_up: Room, attempt: str) -> None:
    await ATTEMPTS[attempt](set_up, replace(ADA, channel=SPORT, may=nothing_allowed))


@pytest.mark.parametrize("attempt", ATTEMPTS)
async def test_another_persons_digest_is_changed_by_those_who_may(set_up: Room, attempt: str) -> None:
    before = await listed(set_up)
    asked: list[Right] = []

    async def may(right: Right) -> bool:
        asked.append(right)
        await set_up.newsroom.first_time("an event")  # whoever asks the platform for it holds up nobody who writes
        return False

    doing = {"unsubscribe": "end"}.get(attempt, attempt.split()[0])
    with pytest.raises(
        NotAllowed, match=rf"^You may not {doing} a digest that somebody else set up\. Whoever runs Verbatim here keeps that for others: "
    ):
        await ATTEMPTS[attempt](set_up, replace(EVE, may=may))
    assert asked == [Right.SUBSCRIBE]
    assert await listed(set_up) == before
    await ATTEMPTS[attempt](set_up, EVE)


async def test_a_form_opens_for_those_who_may_change_the_digest(set_up: Room) -> None:
    assert (await set_up.newsroom.scheduled.changeable(1, replace(ADA, may=nothing_allowed))).number == 1
    with pytest.raises(NotAllowed, match=r"^You may not change a digest that somebody else set up\. "):
        await set_up.newsroom.scheduled.changeable(1, replace(EVE, may=nothing_allowed))


async def test_whoever_may_not_set_up_digests_sets_none_up_and_nobody_is_told(room: Room) -> None:
    said: list[str] = []

    async def announce(line: str) -> bool:
        said.append(line)
        return True

    ada = replace(ADA, may=nothing_allowed, who_may="Ask a manager, who may {}.".format, announce=announce)
    with pytest.raises(NotAllowed, match=r"^You may not set up digests\. Ask a manager, who may set up digests\.$"):
        await handle(room, "digest daily at 8", ada)
    assert (await listed(room), said) == ((), [])


async def test_digests_are_listed_by_channel_and_by_person(set_up: Room) -> None:
    await handle(set_up, "digest daily at 9", EVE)
    await handle(set_up, "digest daily at 10", replace(ADA, channel=SPORT))
    await handle(set_up, "digest daily at 11", replace(ADA, channel=OTHER_TEAM))
    assert [one.number for one in await listed(set_up)] == [1, 2]
    assert [one.number for one in (await set_up.newsroom.scheduled.subscriptions_of(ADA)).subscriptions] == [1, 3]
    assert [one.number for one in (await set_up.newsroom.scheduled.subscriptions_of(EVE)).subscriptions] == [2]


async def test_the_channels_in_which_digests_run_are_those_of_one_platform(set_up: Room) -> None:
    await handle(set_up, "digest daily at 10", replace(ADA, channel=SPORT))
    assert set(await set_up.newsroom.scheduled.channels_of("slack")) == {NEWS, SPORT}
    await handle(set_up, "pause 1", ADA)
    assert await set_up.newsroom.scheduled.channels_of("slack") == (SPORT,)
    assert await set_up.newsroom.scheduled.channels_of("discord") == ()


async def test_where_no_digest_is_set_up_it_is_said_how(room: Room) -> None:
    how = "Set one up where it shall be posted: digest daily at 8 about ferries, or: watch ferries."
    assert (await room.newsroom.scheduled.subscriptions(ADA)).notes == ("None is set up here.", how)
    assert (await room.newsroom.scheduled.subscriptions_of(ADA)).notes == ("You have set up none.", how)


@pytest.mark.parametrize("number", [99, 0, -1, 10**30])
async def test_a_number_of_no_digest_is_said_to_be_none(set_up: Room, number: int) -> None:
    with pytest.raises(NotFound, match=f"There is no digest {number} here"):
        await set_up.newsroom.scheduled.pause(number, ADA)


# --- places that are gone ----------------------------------------------------------------------


@pytest.mark.parametrize(("channel", "count", "paused"), [("C1", 1, [1]), (None, 2, [1, 2]), ("C9", 0, [])])
async def test_what_cannot_be_posted_any_more_is_paused_until_it_is_resumed(
    set_up: Room, channel: str | None, count: int, paused: list[int]
) -> None:
    await handle(set_up, "digest daily at 9", replace(ADA, channel=SPORT))
    await handle(set_up, "digest daily at 9", replace(ADA, channel=OTHER_TEAM))
    assert await set_up.newsroom.scheduled.left("slack", "T1", channel=channel, reason="the channel is gone") == count
    assert await set_up.newsroom.scheduled.left("slack", "T1", channel=channel, reason="gone again") == 0
    views = [await set_up.newsroom.scheduled.subscription(number, ADA) for number in (1, 2)]
    views.append(await set_up.newsroom.scheduled.subscription(3, replace(ADA, channel=OTHER_TEAM)))
    assert [one.number for one in views if one.paused == "the channel is gone"] == paused
    assert [one.number for one in views if one.paused is None] == [number for number in (1, 2, 3) if number not in paused]
    for number in paused:
        assert (await set_up.newsroom.scheduled.resume(number, ADA)).understood == f"Digest {number} goes on."
