"""Digests and alerts from the store to Slack and back by their buttons: the newsroom, slack_sdk and Bolt as they are."""

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from adapters.settings import Settings
from adapters.slack.app import build
from adapters.slack.client import web_client
from adapters.slack.delivering import SlackPoster
from bot.callers import Caller, Channel
from bot.delivery.delivering import Tally
from bot.replies import Chart
from storage.database import Database
from tests.adapters.slack.scenes import FERRY, Scene, has_digest, many_quotes, playing, why_paused
from tests.fakes.slack_reading import visible_text
from tests.fakes.slack_records import Message
from tests.fakes.slack_server import SlackServer
from tests.newsrooms import article


async def _drawn(_: Chart) -> bytes:
    return b"\x89PNG\r\n\x1a\n and so on"


async def _at_once(_: float) -> None:
    """Nobody waits."""


@dataclass(frozen=True)
class Desk:
    """People in a workspace, and a newsroom that posts there."""

    scene: Scene
    poster: SlackPoster

    async def morning_comes(self) -> Tally:
        """It is eight, and what is due is posted."""
        self.later(hours=20)
        return await self.delivered()

    def later(self, **by: float) -> None:
        """Time passes, here and at Slack."""
        before = self.scene.room.clock.now
        self.scene.room.clock.forward(**by)
        self.scene.slack.forward((self.scene.room.clock.now - before).total_seconds())

    async def delivered(self) -> Tally:
        await self.scene.room.newsroom.scheduled.tick("p1")
        return await self.scene.room.newsroom.scheduled.deliver({"slack": self.poster}, "p1")

    @property
    def posts(self) -> list[Message]:
        return self.scene.slack.posts("C1")


@pytest.fixture
async def desk(slack: SlackServer, store: Database, settings: Settings) -> AsyncIterator[Desk]:
    async with playing(slack, store, "http") as scene:
        slack.forward(scene.room.clock.now.timestamp() - slack.now())
        app = build(scene.room.newsroom, settings=settings, client=web_client(settings, settings.slack_bot_token))
        poster = SlackPoster(app, settings, _drawn, sleep=_at_once)
        poster.is_ready = True
        yield Desk(scene, poster)
        await slack.settled()
    assert slack.pings == []


async def watches(desk: Desk) -> None:
    """Ada Moor has an alert for the ferry in the channel."""
    await desk.scene.room.newsroom.scheduled.watch("the ferry", "", "", Caller("Ada Moor", "U1", Channel("slack", "T1", "C1")))
    desk.later(minutes=1)


async def test_a_digest_comes_at_its_hour_once(desk: Desk) -> None:
    await has_digest(desk.scene.room)
    assert (await desk.morning_comes()).sent == 1
    assert FERRY in visible_text(desk.posts[0])
    assert (await desk.delivered()).sent == 0
    assert len(desk.posts) == 1


async def test_a_digest_that_was_accepted_while_the_reply_was_lost_is_found_and_not_posted_again(desk: Desk) -> None:
    """2."""
    await has_digest(desk.scene.room)
    desk.scene.slack.fail("chat.postMessage", drop=True, after=True)
    await desk.morning_comes()
    desk.later(minutes=1)
    await desk.delivered()
    assert len(desk.posts) == 1
    figures = await desk.scene.room.newsroom.scheduled.figures()
    assert (figures.sent, figures.uncertain, figures.due) == (1, 0, 0)


async def test_a_digest_that_never_arrived_is_posted_after_all(desk: Desk) -> None:
    """2."""
    await has_digest(desk.scene.room)
    desk.scene.slack.fail("chat.postMessage", drop=True)
    await desk.morning_comes()
    for _ in range(2):
        desk.later(minutes=1)
        await desk.delivered()
    assert len(desk.posts) == 1


async def test_the_digests_of_an_archived_channel_rest_and_their_owner_is_told_once(desk: Desk) -> None:
    """8."""
    await has_digest(desk.scene.room)
    desk.scene.slack.channels["C1"].archived = True
    for _ in range(2):
        await desk.morning_comes()
    [paused] = await why_paused(desk.scene.room)
    assert paused is not None
    assert "archived" in paused
    [told] = desk.scene.slack.posts("U1")
    assert "archived" in visible_text(told)


async def test_the_digests_of_a_workspace_that_took_the_token_back_rest(desk: Desk) -> None:
    """8."""
    await has_digest(desk.scene.room)
    desk.scene.slack.teams["T1"].state = "token_revoked"
    for _ in range(2):
        await desk.morning_comes()
    [paused] = await why_paused(desk.scene.room)
    assert paused is not None
    assert "took Verbatim's token back" in paused


async def test_a_limit_in_one_channel_holds_up_no_other_and_is_kept_to(desk: Desk) -> None:
    """10."""
    slack = desk.scene.slack
    slack.add_channel("C4", "more", "U1", "U0BOT")
    await has_digest(desk.scene.room)
    await has_digest(desk.scene.room, channel="C4")
    slack.fail("chat.postMessage", retry_after=90, channel="C1")
    assert (await desk.morning_comes()).sent == 1
    assert len(slack.posts("C4")) == 1
    desk.later(seconds=60)
    await desk.delivered()
    assert desk.posts == []
    desk.later(seconds=31)
    await desk.delivered()
    assert len(desk.posts) == 1


async def test_whoever_manages_a_digest_at_its_post_is_answered_alone_and_the_channel_hears_of_what_is_not_theirs(desk: Desk) -> None:
    await has_digest(desk.scene.room)
    await desk.morning_comes()
    await desk.scene.press(desk.posts[0], "Manage", user="U2")
    assert "Digest 1: about ferry" in desk.scene.whispered("U2")
    await desk.scene.press(desk.scene.last("U2"), "Pause", user="U2")
    assert await why_paused(desk.scene.room) == ["by ben.okoro"]
    assert [visible_text(told) for told in desk.posts[1:]] == ["ben.okoro paused digest 1."]


async def test_what_is_posted_of_a_few_quotes_leads_to_their_menus_by_showing_all(desk: Desk) -> None:
    await has_digest(desk.scene.room)
    await desk.morning_comes()
    assert "Show context" not in visible_text(desk.posts[0])
    await desk.scene.press(desk.posts[0], "Show all", user="U2")
    await desk.scene.press(desk.scene.last("U2"), "Show context", user="U2")
    assert 'Tom Cook said: "The ferry timetable is a promise."' in desk.scene.whispered("U2")


async def test_the_digest_of_a_post_that_has_ended_is_said_to_have(desk: Desk) -> None:
    await has_digest(desk.scene.room)
    await desk.morning_comes()
    await desk.scene.asked("unsubscribe 1")
    await desk.scene.press(desk.posts[0], "Manage")
    assert "ended" in desk.scene.whispered()


async def test_all_of_a_long_alert_is_shown_to_whoever_asks_for_it(desk: Desk) -> None:
    await watches(desk)
    await many_quotes(desk.scene.room, 60)
    desk.later(minutes=1)
    assert (await desk.delivered()).sent == 1
    await desk.scene.press(desk.posts[0], "Show all", user="U2")
    shown = desk.scene.slack.ephemerals("U2")
    assert sum(visible_text(message).count("is late again") for message in shown) == 60
    assert len(shown) > 1
    assert len(desk.posts) == 1


async def test_an_alert_is_muted_for_a_day_at_its_post_and_goes_on_by_a_button(desk: Desk) -> None:
    await watches(desk)
    await desk.scene.room.read(article('Ann Bell said: "The ferry is late again."', number=50))
    desk.later(minutes=1)
    assert (await desk.delivered()).sent == 1
    await desk.scene.press(desk.posts[0], "Mute for a day")
    assert "muted until" in desk.scene.whispered()
    await desk.scene.press(desk.scene.last(), "Go on")
    assert "muted until" not in desk.scene.whispered()
