from collections.abc import Hashable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot import digesting
from bot.asking.question import Question
from bot.digesting import Digesting
from bot.digests.compiled import Compiled
from bot.replies import Reply
from storage import deliveries
from storage.records import DeliveryState, Density, StoredDelivery, StoredSubscription, SubscriptionKind
from tests.newsrooms import LONDON, Room, article, lines_of, words_of
from tests.stored_quotes import stored_speaker

HOUR = timedelta(hours=1)
LATE = 'Ann Bell said: "The ferry was late again today." Tom Cook declined to comment on the ferry.'
BRIDGE = 'Eve Dale said: "The bridge will open on Sunday morning."'


class Desk:
    """A newsroom with a digest that was told last an hour before the desk was opened."""

    def __init__(self, room: Room) -> None:
        self.room = room
        self.digesting = Digesting(room.database, room.clock, LONDON)
        self.seen, self.at = 0, room.clock() - HOUR

    async def is_told(self) -> None:
        """Cover all that is stored by now."""
        self.seen, self.at = await self.newest(), self.room.clock()
        self.room.clock.forward(hours=1)

    async def newest(self) -> int:
        async with self.room.database.reading() as session:
            return await deliveries.newest_quote(session)

    async def reads(self, *texts: str, **given: Any) -> None:  # noqa: ANN401 - as in JSON
        """Read an article, published now unless it is given."""
        await self.room.read(article(*texts, **{"published": self.room.clock().isoformat(), **given}))

    def delivery(self, until: int, since: datetime | None = None) -> StoredDelivery:
        now = self.room.clock()
        return StoredDelivery(
            subscription_id=1,
            kind=SubscriptionKind.DIGEST,
            due_at=now,
            since_quote=self.seen,
            until_quote=until,
            since_at=since or self.at,
            until_at=now,
            id=1,
            state=DeliveryState.CLAIMED,
            claimed_by="one",
            lease_until=None,
            try_at=now,
            begun_at=None,
            blind_since=None,
            tries=1,
            sent_at=None,
            message_ref=None,
            reason=None,
            mark=None,
            closed_at=None,
        )

    async def compiles(self, kept: dict[Hashable, Compiled] | None = None, **about: Any) -> Compiled:  # noqa: ANN401 - any field
        return await self.digesting.of_delivery(self.delivery(await self.newest()), subscription(**about), kept)

    async def says(self, **about: Any) -> Reply:  # noqa: ANN401 - any field of the record
        """The longest post."""
        return (await self.compiles(**about)).lengths[0]


def subscription(**given: Any) -> StoredSubscription:  # noqa: ANN401 - any field of the record
    values: dict[str, Any] = {
        "platform": "slack",
        "workspace": "T1",
        "channel": "C1",
        "kind": SubscriptionKind.DIGEST,
        "topic": None,
        "speaker": None,
        "outlet": None,
        "schedule": "daily at 8",
        "time_zone": "Europe/London",
        "owner": "U1",
        "id": 1,
        "created_at": datetime(2026, 11, 1, tzinfo=UTC),
        "paused_at": None,
        "paused_reason": None,
        "muted_until": None,
    }
    return StoredSubscription(**(values | given))


@pytest.fixture
def desk(room: Room) -> Desk:
    return Desk(room)


def section_lines(reply: Reply, title: str) -> tuple[str, ...]:
    return next((section.lines for section in reply.sections if section.title == title), ())


async def test_a_digest_holds_what_was_stored_since_the_last_one_whenever_it_was_published(desk: Desk) -> None:
    await desk.reads(BRIDGE, number=1)
    await desk.is_told()
    await desk.reads(LATE, number=2, published="2020-01-01T12:00:00Z")
    compiled = await desk.compiles()
    assert compiled.count == 1
    assert compiled.lengths[0].understood == "Digest since 12:00: 1 quote in “Headline 2”."
    assert words_of(compiled.lengths[0]) == ["The ferry was late again today."]


async def test_where_nothing_is_new_it_says_so_in_one_line(desk: Desk) -> None:
    await desk.reads(LATE)
    await desk.is_told()
    desk.room.clock.forward(hours=24)
    assert await desk.compiles(topic="ferry") == Compiled((Reply("Nothing new about ferry since Friday 12:00."),), 0)
    assert await desk.compiles(speaker="Nobody Known") == Compiled((Reply("Nothing new by Nobody Known since Friday 12:00."),), 0)


async def test_its_time_is_told_in_the_zone_of_the_subscription(desk: Desk) -> None:
    await desk.reads(LATE)
    assert (await desk.says(time_zone="Asia/Kolkata")).understood == "Digest since 16:30: 1 quote in “Headline 1”."


@pytest.mark.parametrize(
    ("about", "words"),
    [
        ({"topic": "ferry"}, ["The ferry was late again today."]),
        ({"topic": "“on Sunday”"}, ["The bridge will open on Sunday morning."]),
        ({"speaker": "Eve Dale"}, ["The bridge will open on Sunday morning."]),
        ({"outlet": "The Oar"}, ["The bridge will open on Sunday morning."]),
        ({"topic": "ferry", "outlet": "The Oar"}, []),
    ],
)
async def test_it_is_restricted_as_its_subscription_is(desk: Desk, about: dict[str, str], words: list[str]) -> None:
    await desk.reads(LATE)
    await desk.reads(BRIDGE, number=2, outlet="The Oar")
    assert words_of(await desk.says(**about)) == words


async def test_a_voice_is_new_that_was_never_heard_before_on_what_it_is_about(desk: Desk) -> None:
    await desk.reads(BRIDGE, 'Ann Bell said: "The ferry is on time."')
    await desk.is_told()
    await desk.reads(
        'Eve Dale said: "The ferry is no bridge at all." Bo Lund said: "I like the ferry." Ann Bell said: "A ferry is late."', number=2
    )
    assert section_lines(await desk.says(), "New voices") == ("Bo Lund: 1 quote in The Mill",)
    assert set(section_lines(await desk.says(topic="ferry"), "New voices")) == {
        "Bo Lund: 1 quote in The Mill",
        "Eve Dale: 1 quote in The Mill",
    }


@pytest.mark.parametrize(
    ("descriptions", "called"),
    [
        (("Sen", "woman", "nurse", "environment secretary"), "environment secretary"),
        (("Sen", "woman", "nurse"), "nurse"),
        (("Sen", "woman"), ""),
        ((), ""),
    ],
)
def test_a_voice_is_called_what_tells_who_that_is(descriptions: tuple[str, ...], called: str) -> None:
    assert digesting.called(stored_speaker("Bo Lund", descriptions=descriptions)) == called


async def test_who_gave_no_comment_stands_in_the_store_as_it_is_told(desk: Desk) -> None:
    await desk.reads(LATE)
    (line,) = section_lines(await desk.says(), "No comment")
    assert line == "Tom Cook declined to comment on the ferry. (The Mill, 6 November 2026: Headline 1)"
    assert "Tom Cook declined to comment on the ferry." in (await desk.room.newsroom.show("1")).text


async def test_who_gave_no_comment_before_is_not_told_again_when_an_article_is_edited(desk: Desk) -> None:
    await desk.reads(LATE)
    await desk.is_told()
    await desk.reads(LATE, BRIDGE)
    reply = await desk.says()
    assert words_of(reply) == ["The bridge will open on Sunday morning."]
    assert section_lines(reply, "No comment") == ()


async def test_of_a_digest_of_somebody_only_they_gave_no_comment(desk: Desk) -> None:
    await desk.reads(LATE, 'Tom Cook said: "I never said that to anyone."', number=1)
    await desk.reads("Calloway Marine declined to comment.", 'Tom Cook said: "Nor would I ever."', number=2)
    lines = section_lines(await desk.says(speaker="Tom Cook"), "No comment")
    assert [line.partition(" (")[0] for line in lines] == ["Tom Cook declined to comment on the ferry."]


async def test_what_another_outlet_said_before_stands_beside_its_new_wording_but_not_in_a_digest_of_one_outlet(desk: Desk) -> None:
    await desk.reads('Ann Bell said: "I did not interfere in the award of this ferry contract, and I never would."')
    await desk.is_told()
    await desk.reads('Ann Bell said: "I did not interfere with awarding this ferry contract and I would never."', outlet="The Oar")
    titles = [section.title for section in (await desk.says()).sections]
    assert "Ann Bell, in different words" in titles
    titles = [section.title for section in (await desk.says(outlet="The Oar")).sections]
    assert "Ann Bell, in different words" not in titles


async def test_what_is_the_same_for_many_channels_is_compiled_once(desk: Desk) -> None:
    await desk.reads(LATE)
    kept: dict[Hashable, Compiled] = {}
    first = await desk.compiles(kept)
    assert await desk.compiles(kept, channel="C2", owner="U2") is first
    assert await desk.compiles(kept, density=Density.SHORT) is not first
    assert await desk.compiles(kept, time_zone="Asia/Kolkata") is not first
    assert len(kept) == 3


async def test_of_an_archive_the_quotes_published_last_are_taken_and_it_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digesting, "MOST_QUOTES", 2)
    for year in (2021, 2023, 2022):
        await desk.reads(f'Ann Bell said: "The year is {year}."', number=year, published=f"{year}-05-01T12:00:00Z")
    compiled = await desk.compiles()
    assert compiled.count == 2
    assert sorted(words_of(compiled.lengths[0])) == ["The year is 2022.", "The year is 2023."]
    assert compiled.lengths[0].notes[-1] == "There is more than this digest was made of: the 2 quotes published last."


async def test_the_whole_of_a_delivery_is_what_it_covers_whatever_was_stored_since(desk: Desk) -> None:
    await desk.reads(LATE)
    delivery = desk.delivery(await desk.newest())
    await desk.reads(BRIDGE, number=2)
    whole = await desk.digesting.whole(delivery, subscription(density=Density.SHORT))
    assert words_of(whole) == ["The ferry was late again today."]


async def test_a_preview_of_a_time_says_the_same_as_the_digest_that_is_posted(desk: Desk) -> None:
    await desk.reads(LATE)
    await desk.reads(BRIDGE, number=2)
    posted, previewed = await desk.says(), await desk.digesting.digest(since="1 November")
    assert (posted.sections, posted.notes, posted.chart) == (previewed.sections, previewed.notes, previewed.chart)
    assert lines_of(posted)
    assert posted.understood == "Digest since 11:00: 2 stories, 2 quotes, first “Headline 2”."
    assert previewed.understood == "Digest of quotes published since Sunday: 2 stories, 2 quotes, first “Headline 2”."


async def test_a_time_that_is_named_is_when_articles_were_published_and_without_one_they_were_read_in_the_last_day(desk: Desk) -> None:
    await desk.reads(LATE, published="2026-10-26T09:00:00Z")
    await desk.reads(BRIDGE, number=2, published="2026-11-04T09:00:00Z")
    digest = desk.digesting.digest
    assert words_of(await digest(since="2026-11-04", until="2026-11-05")) == ["The bridge will open on Sunday morning."]
    assert words_of(await digest(until="2026-11-01")) == words_of(await digest(about="ferries in October"))
    assert words_of(await digest(until="2026-11-01")) == ["The ferry was late again today."]
    assert (await digest(since="yesterday")).understood == "Nothing was published since Thursday."
    assert len(words_of(await digest())) == 2
    desk.room.clock.forward(hours=25)
    assert words_of(await digest()) == []
    assert len(words_of(await digest(since="October"))) == 2


async def test_of_a_named_time_whoever_was_quoted_in_what_was_published_before_is_no_new_voice(desk: Desk) -> None:
    await desk.reads(BRIDGE, LATE, published="2026-11-04T09:00:00Z")
    await desk.reads(BRIDGE, 'Bo Lund said: "I like the bridge."', number=2, published="2026-10-04T09:00:00Z")
    november, all_of_it = await desk.digesting.digest(since="1 November"), await desk.digesting.digest(until="9 November")
    assert section_lines(november, "New voices") == ("Ann Bell: 1 quote in The Mill",)
    assert section_lines(november, "No comment")
    assert section_lines(all_of_it, "New voices") == ()


async def test_a_preview_is_told_in_the_zone_that_is_given(desk: Desk) -> None:
    asked = await desk.room.newsroom.digest()
    assert asked.understood == "Nothing was read since Thursday 12:00."
    reply = await desk.digesting.of(Question(), ZoneInfo("Asia/Kolkata"))
    assert reply.understood == "Nothing was read since Thursday 17:30."


# --- no comment, by numbers --------------------------------------------------------------------


def no_comments(reply: Reply) -> list[str]:
    return [line.partition(" (")[0] for line in section_lines(reply, "No comment")]


async def test_who_gave_no_comment_in_an_article_that_quotes_nobody_is_told_once(desk: Desk) -> None:
    await desk.is_told()
    await desk.reads("Calloway Marine declined to comment.", number=1)
    await desk.reads("Tom Cook refused to comment.", number=2, outlet="The Oar")
    await desk.reads(BRIDGE, number=3)
    assert sorted(no_comments(await desk.says())) == ["Calloway Marine declined to comment.", "Tom Cook refused to comment."]
    assert no_comments(await desk.says(topic="bridge")) == []
    await desk.is_told()
    await desk.reads(BRIDGE, 'Eve Dale said: "We waited for the bridge for years."', number=4)
    assert no_comments(await desk.says()) == []


async def test_who_gave_no_comment_in_what_is_stored_late_is_told_with_its_quotes(desk: Desk) -> None:
    """It was read before the last digest came and committed after it."""
    await desk.reads(BRIDGE)
    await desk.is_told()
    desk.room.clock.forward(hours=-3)
    await desk.reads(LATE, 'Tom Cook said: "I never said that to anyone."', number=2)
    desk.room.clock.forward(hours=3)
    for about in ({}, {"topic": "ferry"}, {"outlet": "The Mill"}, {"speaker": "Tom Cook"}):
        assert no_comments(await desk.says(**about)) == ["Tom Cook declined to comment on the ferry."]


async def test_what_an_edit_brings_does_not_hide_who_gave_no_comment_in_another_article(desk: Desk) -> None:
    await desk.reads(BRIDGE)
    await desk.is_told()
    await desk.reads("Calloway Marine declined to comment.", number=2)
    await desk.reads(BRIDGE, "It rained.", number=1)
    await desk.reads(LATE, number=3)
    assert len(no_comments(await desk.says())) == 2


async def test_what_only_stands_under_a_headline_about_the_topic_comes_behind_what_has_it(desk: Desk) -> None:
    await desk.reads('Ann Bell said: "We saw a seal out there." Eve Dale said: "The bridge is shut."', headline="Bridge closed")
    assert words_of(await desk.says(topic="bridge")) == ["The bridge is shut.", "We saw a seal out there."]


async def test_articles_that_are_one_story_are_so_in_a_digest_on_a_topic(desk: Desk) -> None:
    shared = 'Ann Bell said: "We will mend the harbour wall before the winter comes."'
    await desk.reads(shared, 'Eve Dale said: "The ferry waits."', number=1, headline="Wall")
    await desk.reads(shared, 'Bo Lund said: "A ferry sails."', number=2, headline="Winter", outlet="The Oar")
    reply = await desk.says(topic="ferry")
    assert [section.subtitle for section in reply.sections[:1]] == ["The Oar, The Mill · 2 articles · 2 quotes"]


async def test_an_article_without_a_headline_goes_by_its_first_words(desk: Desk) -> None:
    await desk.reads("A row has blown up over the ferry, and over who was told of it when and why.", LATE, headline=None)
    reply = await desk.says()
    assert reply.sections[0].title == "A row has blown up over the ferry, and over who was told of it when …"
    (line,) = section_lines(reply, "No comment")
    assert line.endswith(": A row has blown up over the ferry, and over who was told of it when …)")
