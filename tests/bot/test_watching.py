from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot import watching as watching_module
from bot.asking.question import Question
from bot.digests.compiled import Compiled
from bot.replies import Reply
from bot.watching import Watching
from storage import deliveries, subscriptions
from storage.database import Session
from storage.records import (
    Claim,
    DeliveryState,
    NewDelivery,
    NewSubscription,
    Outcome,
    StoredQuote,
    StoredSubscription,
    SubscriptionKind,
)
from tests.newsrooms import ED, Room, article, cards_of, words_of

ANN = NewSubscription(
    platform="slack",
    workspace="T1",
    channel="C1",
    kind=SubscriptionKind.ALERT,
    topic=None,
    speaker="Ann Bell",
    outlet=None,
    schedule="",
    time_zone="Europe/London",
    owner="U1",
)
SLACK = ("slack",)
ON_ONE_STORE = pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
"""For what is decided without the store: what it reads and writes for that is tried on both."""


@dataclass(frozen=True)
class Desk:
    """A newsroom whose alerts are looked at and posted, by a process that does nothing but that."""

    room: Room
    watching: Watching
    articles: list[int] = field(default_factory=list)

    async def watch(self, **wishes: Any) -> int:  # noqa: ANN401 - any field of the record
        """Set up an alert, by default for what Ann Bell says from now on."""
        async with self.room.database.writing() as session:
            seen = await deliveries.newest_quote(session)
            wanted = {name: getattr(ANN, name) for name in ANN.__slots__} | {"seen_quote": seen, "seen_at": self.room.clock()} | wishes
            if "topic" in wishes:
                wanted |= {"speaker": wishes.get("speaker")}
            return await subscriptions.add(session, NewSubscription(**wanted), self.room.clock())

    async def says(self, *words: str, name: str = "Ann Bell", **given: Any) -> None:  # noqa: ANN401 - as in JSON
        """Read an article in which somebody says these words."""
        self.articles.append(len(self.articles) + 1)
        given = {"number": self.articles[-1], "published": self.room.clock().isoformat(), **given}
        (read,) = await self.room.read(article(*(f'{name} said: "{one}" as it rained all day.' for one in words), **given))
        assert read.quotes == len(words), read

    async def looks(self) -> list[NewDelivery]:
        """One look, with what it finds written down."""
        now = self.room.clock()
        found = await self.watching.look(SLACK, now)
        async with self.room.database.writing() as session:
            new, _ = await self.watching.open(session, found, now)
            await deliveries.open_all(session, new, now)
        return new

    async def posts(self, state: DeliveryState = DeliveryState.SENT) -> list[Reply]:
        """One look, and all that comes of it posted."""
        await self.looks()
        now = self.room.clock()
        async with self.room.database.writing() as session:
            claims = await deliveries.claim(session, SLACK, "desk", now=now, lease_until=now + timedelta(minutes=2), limit=100)
        return [await self._post(claim, state) for claim in claims]

    async def _post(self, claim: Claim, state: DeliveryState) -> Reply:
        compiled = await self.watching.of_delivery(claim.delivery, claim.subscription)
        values = {name: getattr(claim.delivery, name) for name in type(claim.delivery).__dataclass_fields__}
        sent = type(claim.delivery)(**values | {"state": state, "sent_at": self.room.clock()})
        async with self.room.database.writing() as session:
            await deliveries.record(session, [Outcome(sent, covered=True)])
        return compiled.lengths[0] if compiled.lengths else Reply("")

    async def alert(self, number: int) -> StoredSubscription:
        async with self.room.database.reading() as session:
            found = await subscriptions.get(session, number)
        assert found is not None
        return found


@pytest.fixture
def desk(room: Room) -> Desk:
    return Desk(room, Watching(room.database))


def words(posted: list[Reply]) -> list[list[str]]:
    return [sorted(words_of(reply)) for reply in posted]


# --- what it is told of ------------------------------------------------------------------------


async def test_what_a_person_says_is_told_once_and_nothing_that_was_said_before(desk: Desk) -> None:
    await desk.says("We row")
    await desk.watch()
    assert await desk.posts() == []
    await desk.says("We row on")
    (posted,) = await desk.posts()
    assert posted.understood == "New by Ann Bell: 1 quote in “Headline 2”."
    assert words_of(posted) == ["We row on"]
    desk.room.clock.forward(hours=1)
    assert await desk.posts() == []


async def test_what_somebody_else_says_or_what_a_person_wants_is_passed_over(desk: Desk) -> None:
    number = await desk.watch()
    await desk.says("We row on", name="Bo Lund")
    await desk.room.read(article('Ann Bell wants: "more boats"', "It rained all day.", number=70))
    assert await desk.posts() == []
    assert (await desk.alert(number)).seen_quote == 2


@pytest.mark.parametrize(
    ("wishes", "line"),
    [
        ({"topic": "ferries"}, "New about ferries: 1 quote in “Headline 1”."),
        ({"topic": "“late again”"}, "New with the words “late again”: 1 quote in “Headline 1”."),
        ({"topic": "ferries “late again”"}, "New about ferries with the words “late again”: 1 quote in “Headline 1”."),
        (
            {"topic": "ferries", "speaker": "Bell", "outlet": "The Mill"},
            "New about ferries by Ann Bell in The Mill: 1 quote in “Headline 1”.",
        ),
        ({"topic": None, "outlet": "The Mill"}, "New in The Mill: 1 quote in “Headline 1”."),
        ({"topic": None}, "New: 1 quote in “Headline 1”."),
    ],
)
async def test_an_alert_matches_as_a_question_does(desk: Desk, wishes: dict[str, Any], line: str) -> None:
    await desk.watch(**wishes)
    await desk.watch(topic="tides")
    await desk.watch(topic=None, speaker="Bo Lund")
    await desk.watch(topic=None, outlet="The Post")
    await desk.says("The ferry is late again")
    assert [reply.understood for reply in await desk.posts()] == [line]


async def test_an_alert_for_a_topic_passes_over_what_only_stands_under_a_headline_about_it(desk: Desk) -> None:
    await desk.watch(topic="ferries")
    await desk.says("It is late", headline="Ferry runs aground")
    assert await desk.posts() == []
    await desk.says("We wait for the ferry", headline="Storm")
    assert words(await desk.posts()) == [["We wait for the ferry"]]


async def test_of_somebody_who_is_watched_on_a_topic_the_headline_counts_but_comes_last(desk: Desk) -> None:
    await desk.watch(topic="ferries", speaker="Ann Bell")
    await desk.says("We saw a seal out there on the rocks", "This ferry is late", headline="Ferry runs aground")
    (posted,) = await desk.posts()
    assert words_of(posted) == ["This ferry is late", "We saw a seal out there on the rocks"]


async def test_an_article_without_a_headline_goes_by_its_first_words(desk: Desk) -> None:
    await desk.watch()
    await desk.says("We row on", headline=None)
    (posted,) = await desk.posts()
    assert posted.understood == "New by Ann Bell: 1 quote in “Ann Bell said: We row on as it rained all day.”."
    assert [section.title for section in posted.sections] == ["Ann Bell said: We row on as it rained all day."]


@ON_ONE_STORE
async def test_a_short_name_means_all_who_go_by_it_as_in_a_question(desk: Desk) -> None:
    await desk.watch(speaker="Bell")
    await desk.says("We row on")
    await desk.says("We stop", name="Tom Bell")
    (posted,) = await desk.posts()
    assert posted.understood in {f"New by {who}: 2 quotes in 2 articles." for who in ("Ann Bell or Tom Bell", "Tom Bell or Ann Bell")}


async def test_somebody_who_is_merged_into_a_watched_person_is_that_person(desk: Desk) -> None:
    await desk.says("Hello", name="Annie Bell")
    await desk.says("Hi")
    await desk.room.newsroom.merge("Annie Bell", "Ann Bell", author=ED)
    for name in ("Ann Bell", "Annie Bell", f"#{await desk.room.speaker_id('Ann Bell')}"):
        await desk.watch(speaker=name)
    await desk.says("We row on", name="Annie Bell")
    assert [reply.understood for reply in await desk.posts()] == ["New by Ann Bell: 1 quote in “Headline 3”."] * 3


@ON_ONE_STORE
async def test_a_correction_before_it_is_posted_is_followed(desk: Desk) -> None:
    await desk.watch()
    await desk.says("We row on", "We stop", "We fish")
    await desk.looks()
    await desk.room.newsroom.fix(2, "Bo Lund", author=ED)
    await desk.room.newsroom.reject(3, author=ED)
    assert words(await desk.posts()) == [["We row on"]]


@ON_ONE_STORE
async def test_an_edited_article_brings_only_what_is_new_in_it(desk: Desk) -> None:
    await desk.watch()
    await desk.says("We row on", number=5)
    await desk.posts()
    desk.room.clock.forward(hours=1)
    await desk.says("We row on", "We stop", number=5)
    assert words(await desk.posts()) == [["We stop"]]


async def test_a_wire_copy_of_what_was_told_is_not_told_again(desk: Desk) -> None:
    said = "We shall row on for as long as there is water"
    await desk.watch()
    mill = await desk.watch(outlet="The Post")
    await desk.says(said)
    assert words(await desk.posts()) == [[said]]
    desk.room.clock.forward(hours=1)
    await desk.says(said, outlet="The Post")
    assert [one.subscription_id for one in await desk.looks()] == [mill]


# --- when it is told ---------------------------------------------------------------------------


@ON_ONE_STORE
async def test_what_comes_soon_after_an_alert_is_bundled_until_its_gap_is_over(desk: Desk) -> None:
    await desk.watch(gap_minutes=20)
    await desk.says("One")
    assert len(await desk.posts()) == 1
    for word in ("Two", "Three"):
        desk.room.clock.forward(minutes=9)
        await desk.says(word)
        assert await desk.posts() == []
    desk.room.clock.forward(minutes=2)
    assert words(await desk.posts()) == [["Three", "Two"]]


@ON_ONE_STORE
async def test_nothing_is_opened_while_something_is_about_to_be_posted(desk: Desk) -> None:
    await desk.watch(gap_minutes=1)
    await desk.says("One")
    assert len(await desk.looks()) == 1
    desk.room.clock.forward(minutes=5)
    await desk.says("Two")
    assert await desk.looks() == []
    assert words(await desk.posts()) == [["One"]]
    assert words(await desk.posts()) == [["Two"]]


async def test_an_alert_that_is_paused_muted_or_on_another_platform_has_none(desk: Desk) -> None:
    paused, muted = await desk.watch(), await desk.watch()
    await desk.watch(platform="discord")
    async with desk.room.database.writing() as session:
        await subscriptions.pause(session, paused, desk.room.clock(), "on leave")
        await subscriptions.mute(session, muted, desk.room.clock() + timedelta(days=1))
    for number in range(3):
        await desk.says(f"Word number {number}")
    assert await desk.posts() == []
    desk.room.clock.forward(days=1)
    (posted,) = await desk.posts()
    assert posted.understood == "New by Ann Bell: 3 quotes in 3 articles."


@ON_ONE_STORE
async def test_what_comes_in_quiet_hours_comes_as_one_message_after_them(desk: Desk) -> None:
    desk.room.clock.now = datetime(2026, 11, 6, 22, 30, tzinfo=UTC)
    number = await desk.watch(quiet_from="22:00", quiet_until="07:00")
    await desk.says("Word number 0")
    assert await desk.posts() == []
    desk.room.clock.now = datetime(2026, 11, 7, 6, 59, tzinfo=UTC)
    await desk.says(*(f"Word number {number}" for number in range(1, 9)))
    assert await desk.posts() == []
    desk.room.clock.forward(minutes=1)
    assert (await desk.alert(number)).next_due == datetime(2026, 11, 7, 7, tzinfo=UTC)
    (posted,) = await desk.posts()
    assert posted.understood == "New by Ann Bell: 9 quotes in 2 articles."
    assert posted.notes == ("And 3 more.",)


@ON_ONE_STORE
async def test_after_the_cap_of_a_local_day_the_rest_is_one_digest_in_the_morning(desk: Desk) -> None:
    """From noon on in Auckland, where the day ends at 11:00 UTC."""
    desk.room.clock.now = datetime(2026, 11, 6, 0, tzinfo=UTC)
    number = await desk.watch(time_zone="Pacific/Auckland", daily_cap=2)
    posted, kinds = [], []
    for hour in (0, 1, 2, 12, 18, 19):
        desk.room.clock.now = datetime(2026, 11, 6, hour, tzinfo=UTC)
        await desk.says(f"Word number {hour}")
        kinds += [(hour, one.kind) for one in await desk.looks()]
        posted += await desk.posts()
    # 13:00 on Friday, 14:00, then 08:00 on Saturday, from where on there are two alerts again.
    alert, digest = SubscriptionKind.ALERT, SubscriptionKind.DIGEST
    assert kinds == [(0, alert), (1, alert), (19, digest)]
    assert posted[0].notes == ()
    assert posted[1].notes == ("This is the second alert today: the rest comes as a digest tomorrow at 08:00.",)
    desk.room.clock.forward(hours=1)
    await desk.says("Word number 20")
    assert [one.kind for one in await desk.looks()] == [alert]
    assert (await desk.alert(number)).seen_quote == 6


@ON_ONE_STORE
async def test_after_downtime_one_message_tells_what_came_meanwhile(desk: Desk) -> None:
    await desk.watch()
    for hour in range(5):
        await desk.says(f"Word number {hour}")
        desk.room.clock.forward(hours=7)
    assert [reply.understood for reply in await desk.posts()] == ["New by Ann Bell: 5 quotes in 5 articles."]


@ON_ONE_STORE
async def test_an_alert_whose_times_cannot_be_read_is_paused_and_costs_no_other(desk: Desk) -> None:
    broken, number = await desk.watch(time_zone="Atlantis/Harbour"), await desk.watch()
    await desk.says("We row on")
    assert [one.subscription_id for one in await desk.looks()] == [number]
    assert (await desk.alert(broken)).paused_reason is not None


@ON_ONE_STORE
async def test_an_alert_that_cannot_be_matched_is_opened_to_fail_for_all_to_see_and_costs_no_other(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    matching = watching_module._matching

    async def mistaken(session: Session, asked: Question, after: int, up_to: int) -> list[StoredQuote]:
        if asked.topic:
            raise KeyError("of ours")
        return await matching(session, asked, after, up_to)

    monkeypatch.setattr(watching_module, "_matching", mistaken)
    broken, number = await desk.watch(topic="ferries"), await desk.watch()
    await desk.says("We row on")
    first, second = await desk.looks()
    assert [first.subscription_id, second.subscription_id] == [broken, number]
    async with desk.room.database.reading() as session:
        stored, failing = await deliveries.get(session, 1) or pytest.fail("it is there")
    with pytest.raises(KeyError):
        await desk.watching.of_delivery(stored, failing)


# --- several processes -------------------------------------------------------------------------


async def test_of_two_processes_that_find_the_same_one_opens_it(desk: Desk) -> None:
    await desk.watch()
    await desk.says("One")
    now = desk.room.clock()
    found = [await desk.watching.look(SLACK, now) for _ in range(2)]
    opened = []
    for one in found:
        async with desk.room.database.writing() as session:
            new, _ = await desk.watching.open(session, one, now)
            opened += new
            await deliveries.open_all(session, new, now)
    assert len(opened) == 1


@pytest.mark.parametrize("said", ["We row on", "The ferry is late"])
async def test_what_is_changed_between_the_look_and_the_writing_is_looked_at_again(desk: Desk, said: str) -> None:
    number = await desk.watch()
    await desk.says(said, name="Ann Bell" if said == "We row on" else "Bo Lund")
    found = await desk.watching.look(SLACK, desk.room.clock())
    before = await desk.alert(number)
    async with desk.room.database.writing() as session:
        await subscriptions.pause(session, number, desk.room.clock(), "changed")
    async with desk.room.database.writing() as session:
        assert await desk.watching.open(session, found, desk.room.clock()) == ([], [])
    after = await desk.alert(number)
    assert (after.seen_quote, after.next_due) == (before.seen_quote, before.next_due)


@ON_ONE_STORE
async def test_alerts_of_one_restriction_are_told_the_same_each_from_where_it_stands(desk: Desk) -> None:
    await desk.watch()
    await desk.says("One")
    await desk.watch()
    await desk.says("Two")
    await desk.watch()
    assert words(await desk.posts()) == [["One", "Two"], ["Two"]]


@ON_ONE_STORE
async def test_what_several_channels_get_alike_is_put_together_once(desk: Desk) -> None:
    for wishes in ({}, {"channel": "C2"}, {"channel": "C3", "daily_cap": 1}):
        await desk.watch(**wishes)
    await desk.says("One")
    await desk.looks()
    kept: dict[Hashable, Compiled] = {}
    async with desk.room.database.reading() as session:
        held = [await deliveries.get(session, number) for number in (1, 2, 3)]
    first, same, last_of_day = [await desk.watching.of_delivery(*one, kept) for one in held if one]
    assert first is same
    assert first.lengths[0].notes == ()
    assert last_of_day.lengths[0].notes == ("This is the only alert today: the rest comes as a digest tomorrow at 08:00.",)


# --- looked at by people -----------------------------------------------------------------------


@ON_ONE_STORE
async def test_all_of_a_bundle_can_be_shown(desk: Desk) -> None:
    await desk.watch()
    await desk.says(*(f"Word number {number}" for number in range(20)))
    await desk.looks()
    async with desk.room.database.reading() as session:
        held = await deliveries.get(session, 1)
    assert held is not None
    assert len(cards_of(await desk.watching.whole(*held))) == 20


@ON_ONE_STORE
async def test_a_preview_says_what_would_come_now(desk: Desk) -> None:
    number = await desk.watch()
    assert await desk.watching.preview(await desk.alert(number)) == Reply("Nothing new by Ann Bell.")
    await desk.says("One")
    assert (await desk.watching.preview(await desk.alert(number))).understood == "New by Ann Bell: 1 quote in “Headline 1”."
    assert len(await desk.looks()) == 1


@ON_ONE_STORE
async def test_a_store_without_quotes_has_nothing_new(desk: Desk) -> None:
    await desk.watch()
    assert not await desk.watching.look(SLACK, desk.room.clock())
