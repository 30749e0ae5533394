from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp

from tests.fakes.slack_deliveries import SIGNING_SECRET
from tests.fakes.slack_reading import visible_text
from tests.fakes.slack_server import SlackServer, slack_server
from tests.fakes.slack_transports import TRANSPORTS, Transport, connected
from tests.fakes.slack_workspace import Workspace


def section(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}, **more}


def button(label: str, action_id: str, value: str = "1") -> dict[str, Any]:
    return {"type": "button", "text": {"type": "plain_text", "text": label}, "action_id": action_id, "value": value}


def toy(server: SlackServer) -> AsyncApp:
    app = AsyncApp(client=server.client(), signing_secret=SIGNING_SECRET)

    @app.command("/verbatim")
    async def _command(ack: Any, command: Any, respond: Any) -> None:
        await ack()
        blocks = [section(f"You asked: {command['text']}"), {"type": "actions", "elements": [button("More", "more")]}]
        await respond(text="You asked", blocks=blocks)

    @app.event("app_mention")
    async def _mention(event: Any, say: Any) -> None:
        await say(text="Here I am", thread_ts=event["ts"])

    @app.action("more")
    async def _more(ack: Any, respond: Any, body: Any) -> None:
        await ack()
        await respond(text=f"{body['user']['id']} wants more", replace_original=True)

    return app


@pytest.fixture
async def server() -> AsyncIterator[SlackServer]:
    async with slack_server() as server:
        yield server


@pytest.fixture(params=TRANSPORTS)
async def workspace(server: SlackServer, request: pytest.FixtureRequest) -> AsyncIterator[Workspace]:
    transport: Transport = request.param
    async with connected(server, toy(server), transport) as workspace:
        yield workspace


async def test_a_command_is_acknowledged_and_answered_in_private(server: SlackServer, workspace: Workspace) -> None:
    ack = await workspace.command("who said what", user="U1", channel="C1")
    await server.settled()
    assert ack.ok
    assert [visible_text(message) for message in server.ephemerals("U1")] == ["You asked: who said what\nMore"]
    assert server.posts("C1") == []
    assert server.refused == []


async def test_a_click_on_a_private_answer_replaces_it(server: SlackServer, workspace: Workspace) -> None:
    await workspace.command("help")
    await server.settled()
    ack = await workspace.click(server.ephemerals("U1")[0], "More")
    await server.settled()
    assert ack.ok
    assert [visible_text(message) for message in server.ephemerals("U1")] == ["U1 wants more"]


async def test_a_mention_is_answered_in_its_thread(server: SlackServer, workspace: Workspace) -> None:
    ack = await workspace.mention("are you there?")
    call = await server.next_call("chat.postMessage")
    assert call.ok
    assert ack.message is not None
    assert [message.text for message in server.channel("C1").thread(ack.message.ts)] == ["Here I am"]
