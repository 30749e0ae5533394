"""1. Slack tells of one thing two to four times, over HTTP and over a socket: it is done once."""

import asyncio

from storage.database import Database
from tests.adapters.slack.scenes import Scene, playing, why_paused
from tests.fakes.slack_deliveries import Ack
from tests.fakes.slack_server import SlackServer
from tests.fakes.slack_transports import Transport

ASK = "who said what about the ferry"
SET_UP = "digest daily at 8 about the ferry"


async def told_again(scene: Scene, ack: Ack, times: int = 3) -> None:
    """Slack delivers the same thing some more times."""
    for attempt in range(1, times + 1):
        assert (await scene.workspace.again(ack, attempt=attempt)).ok
        await scene.settled()


async def test_a_mention_that_is_told_four_times_is_answered_once(scene: Scene) -> None:
    ack = await scene.workspace.mention(ASK)
    await scene.settled()
    await told_again(scene, ack)
    assert len(scene.slack.posts("C1")) == 1


async def test_a_mention_that_is_told_at_the_same_time_is_answered_once(scene: Scene) -> None:
    told = scene.workspace.payloads.message(scene.workspace.say(f"<@U0BOT> {ASK}"), "app_mention")
    await asyncio.gather(*(scene.workspace.event(told, event_id="Ev1") for _ in range(4)))
    await scene.settled()
    assert len(scene.slack.posts("C1")) == 1


async def test_a_direct_message_that_is_told_as_two_kinds_of_event_is_answered_once(scene: Scene) -> None:
    ack = await scene.workspace.message(ASK)
    assert ack.message
    await scene.workspace.event(scene.workspace.payloads.message(ack.message, "app_mention"))
    await scene.settled()
    assert len(scene.slack.posts("U1")) == 1


async def test_a_mention_that_is_told_as_a_message_of_the_channel_too_is_answered_once(scene: Scene) -> None:
    ack = await scene.workspace.mention(ASK)
    assert ack.message
    await scene.workspace.event(scene.workspace.payloads.message(ack.message, "message"))
    await scene.settled()
    assert len(scene.slack.posts("C1")) == 1


async def test_a_command_that_is_told_again_is_done_once(scene: Scene) -> None:
    ack = await scene.workspace.command(SET_UP)
    await scene.settled()
    await told_again(scene, ack)
    assert await why_paused(scene.room) == [None]
    assert len(scene.slack.ephemerals("U1")) == len(scene.slack.posts("C1")) == 1


async def test_a_form_that_is_told_again_is_done_once(scene: Scene) -> None:
    await scene.workspace.shortcut("ask")
    await scene.settled()
    ack = await scene.workspace.submit({"question": SET_UP})
    await scene.settled()
    answered = len(scene.slack.calls_of("views.update"))
    await told_again(scene, ack)
    assert len(scene.slack.calls_of("views.update")) == answered


async def test_a_button_that_is_told_again_is_pressed_once(scene: Scene) -> None:
    shown = await scene.asked(SET_UP)
    ack = await scene.press(shown, "Pause")
    await scene.press(scene.last(), "Resume")
    before = len(scene.slack.ephemerals("U1"))
    await told_again(scene, ack)
    assert await why_paused(scene.room) == [None]
    assert len(scene.slack.ephemerals("U1")) == before


async def test_what_was_answered_before_a_restart_is_not_answered_after_it(
    slack: SlackServer, store: Database, transport: Transport
) -> None:
    async with playing(slack, store, transport) as before:
        acks = [await before.workspace.mention(ASK), await before.workspace.command(ASK), await before.workspace.message(ASK)]
        await before.settled()
    async with playing(slack, store, transport) as after:
        for ack in acks:
            await told_again(after, ack, times=1)
    assert len(slack.posts("C1")) == len(slack.posts("U1")) == len(slack.ephemerals("U1")) == 1
