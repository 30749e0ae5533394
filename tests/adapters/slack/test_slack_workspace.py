import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_bolt.context.say.async_say import AsyncSay
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.slack_deliveries import SIGNING_SECRET
from tests.fakes.slack_reading import visible_text
from tests.fakes.slack_records import Message, View
from tests.fakes.slack_server import SlackServer
from tests.fakes.slack_transports import TRANSPORTS, Transport, connected
from tests.fakes.slack_workspace import Workspace

Json = dict[str, Any]


def words(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def button(label: str, value: str = "1") -> Json:
    return {"type": "button", "text": words(label), "action_id": label.lower(), "value": value}


def option(label: str, value: str) -> Json:
    return {"text": words(label), "value": value}


ANSWER: list[Json] = [
    {
        "type": "section",
        "text": words("We will not wait"),
        "accessory": {"type": "overflow", "action_id": "quote", "options": [option("Show context", "7"), option("Wrong speaker?", "8")]},
    },
    {"type": "actions", "elements": [button("More", "9"), button("Share")]},
]
WORDS = {"type": "plain_text_input", "action_id": "words", "min_length": 3}
OUTLETS = {"type": "static_select", "action_id": "outlet", "options": [option("Harbour Post", "1"), option("Inland Times", "2")]}
PLACE = {"type": "conversations_select", "action_id": "place", "initial_conversation": "C1"}
FORM: Json = {
    "type": "modal",
    "callback_id": "ask",
    "title": words("Ask"),
    "submit": words("Go"),
    "notify_on_close": True,
    "blocks": [
        {"type": "input", "block_id": "asked", "label": words("Question"), "element": WORDS},
        {"type": "input", "label": words("Outlet"), "element": OUTLETS, "optional": True},
        {"type": "section", "text": words("Where"), "accessory": PLACE},
    ],
}


class Toy:
    """An app that answers, and remembers the payloads that it was sent."""

    def __init__(self, slack: SlackServer) -> None:
        self.bodies: list[Json] = []
        self.said: Json = {}
        self.app = AsyncApp(client=slack.client(), signing_secret=SIGNING_SECRET)
        self.app.command("/verbatim")(self.command)
        for kind in ("app_mention", "message", "app_home_opened", "app_uninstalled", "channel_archive", "channel_left"):
            self.app.event(kind)(self.event)
        for name in ("quote", "more", "place", "outlet"):
            self.app.action(name)(self.action)
        self.app.options("speaker")(self.submission)
        self.app.shortcut("open")(self.shortcut)
        self.app.message_shortcut("find")(self.action)
        self.app.view("ask")(self.submission)
        self.app.view_closed("ask")(self.action)

    async def command(self, ack: AsyncAck, body: Json, respond: AsyncRespond) -> None:
        self.bodies.append(body)
        if body["text"] == "at once":
            await ack(text="Here, at once")
            return
        await ack()
        await respond(text="We will not wait", blocks=ANSWER)

    async def event(self, body: Json, event: Json, say: AsyncSay, client: AsyncWebClient) -> None:
        self.bodies.append(body)
        if event["type"] == "app_home_opened":
            await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": ANSWER})
        elif event["type"] in ("app_mention", "message"):
            await say(text="We will not wait", blocks=ANSWER, thread_ts=event["ts"])

    async def action(self, ack: AsyncAck, body: Json) -> None:
        self.bodies.append(body)
        await ack()

    async def shortcut(self, ack: AsyncAck, body: Json, client: AsyncWebClient) -> None:
        await ack()
        await client.views_open(trigger_id=body["trigger_id"], view=FORM)

    async def submission(self, ack: AsyncAck, body: Json) -> None:
        self.bodies.append(body)
        await ack(**self.said)


@pytest.fixture
def toy(slack: SlackServer) -> Toy:
    return Toy(slack)


@pytest.fixture(params=TRANSPORTS)
async def workspace(slack: SlackServer, toy: Toy, request: pytest.FixtureRequest) -> AsyncIterator[Workspace]:
    transport: Transport = request.param
    async with connected(slack, toy.app, transport) as workspace:
        yield workspace


async def asked(workspace: Workspace) -> Message:
    assert (await workspace.command("who said what")).ok
    await workspace.settled()
    return workspace.server.ephemerals("U1")[-1]


async def opened(workspace: Workspace) -> View:
    assert (await workspace.shortcut("open")).ok
    await workspace.settled()
    view = workspace.server.modal("U1")
    assert view is not None
    return view


async def test_a_command_is_acknowledged_and_answered_in_private(slack: SlackServer, toy: Toy, workspace: Workspace) -> None:
    answer = await asked(workspace)
    assert visible_text(answer) == "We will not wait\nShow context\nWrong speaker?\nMore\nShare"
    assert slack.posts("C1") == []
    assert slack.refused == []
    assert {key: toy.bodies[0][key] for key in ("user_id", "channel_id", "team_id", "text")} == {
        "user_id": "U1",
        "channel_id": "C1",
        "team_id": "T1",
        "text": "who said what",
    }


async def test_what_is_said_with_the_ack_of_a_command_is_shown(slack: SlackServer, workspace: Workspace) -> None:
    await workspace.command("at once", user="U2")
    assert [message.text for message in slack.ephemerals("U2")] == ["Here, at once"]


async def test_a_mention_is_answered_in_its_thread(slack: SlackServer, toy: Toy, workspace: Workspace) -> None:
    ack = await workspace.mention("<b> https://example.org/ferry", channel="C1")
    call = await slack.next_call("chat.postMessage")
    assert call.ok
    assert ack.message is not None
    assert [message.text for message in slack.channel("C1").thread(ack.message.ts)] == ["We will not wait"]
    assert toy.bodies[0]["event"]["text"] == "<@U0BOT> &lt;b&gt; <https://example.org/ferry>"


async def test_a_direct_message_reaches_the_app_and_its_own_answer_does_not(slack: SlackServer, toy: Toy, workspace: Workspace) -> None:
    await workspace.message("who said what")
    await workspace.settled()
    (answer,) = slack.posts("U1")
    await workspace.echo(answer)
    await workspace.settled()
    assert [body["event"]["channel_type"] for body in toy.bodies] == ["im"]
    assert len(slack.posts("U1")) == 1


async def test_a_click_on_a_private_answer_tells_everything_but_the_message(toy: Toy, workspace: Workspace) -> None:
    await workspace.click(await asked(workspace), "Show context")
    body = toy.bodies[-1]
    assert body["actions"][0]["selected_option"]["value"] == "7"
    assert body["container"]["is_ephemeral"]
    assert body["channel"]["id"] == "C1"
    assert "message" not in body


async def test_a_click_on_a_message_tells_the_message(slack: SlackServer, toy: Toy, workspace: Workspace) -> None:
    await workspace.mention("who said what")
    await workspace.settled()
    (answer,) = slack.posts("C1")
    await workspace.click(answer, "More", user="U2")
    body = toy.bodies[-1]
    assert (body["actions"][0]["value"], body["user"]["id"], body["message"]["ts"]) == ("9", "U2", answer.ts)
    assert body["container"]["thread_ts"] == answer.thread_ts


async def test_nobody_clicks_what_is_not_there_or_what_only_another_sees(workspace: Workspace) -> None:
    answer = await asked(workspace)
    with pytest.raises(AssertionError, match=r"nothing to click is called 'Less'.*'More'"):
        await workspace.click(answer, "Less")
    with pytest.raises(AssertionError, match="U2 does not see"):
        await workspace.click(answer, "More", user="U2")


async def test_an_app_home_is_published_and_clicked(slack: SlackServer, toy: Toy, workspace: Workspace) -> None:
    await workspace.open_home()
    await workspace.settled()
    home = slack.home("U1")
    assert home is not None
    await workspace.click(home, "More")
    assert toy.bodies[-1]["view"]["type"] == "home"
    assert toy.bodies[-1]["container"]["view_id"] == home.id


async def test_a_modal_is_filled_in_and_submitted(slack: SlackServer, toy: Toy, workspace: Workspace) -> None:
    await opened(workspace)
    await workspace.submit({"Question": "who said what", "outlet": "Inland Times"})
    values = toy.bodies[-1]["view"]["state"]["values"]
    assert values["asked"]["words"]["value"] == "who said what"
    chosen = {action: field for block in values.values() for action, field in block.items()}
    assert chosen["outlet"]["selected_option"]["value"] == "2"
    assert chosen["place"]["selected_conversation"] == "C1"
    assert slack.modal("U1") is None


async def test_slack_submits_no_modal_that_is_not_filled_in(workspace: Workspace) -> None:
    await opened(workspace)
    with pytest.raises(AssertionError, match="fill in 'Question'"):
        await workspace.submit()
    with pytest.raises(AssertionError, match="3 to 3000 characters in 'Question'"):
        await workspace.submit({"Question": "so"})
    with pytest.raises(AssertionError, match="no field is called"):
        await workspace.submit({"Question": "who", "Colour": "red"})
    with pytest.raises(AssertionError, match="no option is called 'Sea'"):
        await workspace.submit({"Question": "who", "Outlet": "Sea"})


async def test_the_ack_of_a_submission_shows_errors_or_changes_the_modal(slack: SlackServer, toy: Toy, workspace: Workspace) -> None:
    view = await opened(workspace)
    done = {"type": "modal", "title": words("Done"), "blocks": [{"type": "divider"}]}
    toy.said = {"response_action": "errors", "errors": {"asked": "Nobody said that"}}
    await workspace.submit({"Question": "who said what"})
    assert view.errors == {"asked": "Nobody said that"}
    toy.said = {"response_action": "push", "view": FORM}
    await workspace.submit({"Question": "who said what"})
    assert len(slack.modals["U1"]) == 2
    toy.said = {"response_action": "update", "view": done}
    await workspace.submit({"Question": "who said what"})
    top = slack.modal("U1")
    assert top is not None
    assert visible_text(top) == "Done"
    slack.modals["U1"].pop()
    toy.said = {"response_action": "clear"}
    await workspace.submit({"Question": "who said what"})
    assert slack.modal("U1") is None


@pytest.mark.parametrize(
    ("said", "match"),
    [
        ({"response_action": "errors", "errors": {"nowhere": "A"}}, "no input block"),
        ({"response_action": "update", "view": {"type": "modal", "blocks": []}}, "Slack refuses"),
    ],
    ids=["errors", "view"],
)
async def test_an_ack_that_slack_would_not_take_fails_the_test(toy: Toy, workspace: Workspace, said: Json, match: str) -> None:
    await opened(workspace)
    toy.said = said
    with pytest.raises(AssertionError, match=match):
        await workspace.submit({"Question": "who said what"})


async def test_a_modal_is_closed_and_a_choice_in_it_is_told_at_once(slack: SlackServer, toy: Toy, workspace: Workspace) -> None:
    view = await opened(workspace)
    await workspace.choose(view, "place", "C2", typed={"Question": "who"})
    assert toy.bodies[-1]["actions"][0]["selected_conversation"] == "C2"
    assert toy.bodies[-1]["view"]["state"]["values"]["asked"]["words"]["value"] == "who"
    await workspace.click(view, "Harbour Post")
    assert toy.bodies[-1]["actions"][0]["selected_option"]["value"] == "1"
    await workspace.close()
    assert toy.bodies[-1]["type"] == "view_closed"
    assert slack.modal("U1") is None


async def test_the_options_of_a_menu_come_from_the_app(slack: SlackServer, toy: Toy, workspace: Workspace) -> None:
    menu = {"type": "external_select", "action_id": "speaker", "min_query_length": 1}
    form = {**FORM, "blocks": [{"type": "input", "label": words("Speaker"), "element": menu}]}
    await slack.client().views_open(trigger_id=slack.new_trigger("U1"), view=form)
    toy.said = {"options": [option("Ada Quill", "3")]}
    ack = await workspace.suggest("speaker", "Qui")
    assert toy.bodies[-1]["value"] == "Qui"
    toy.said = {}
    await workspace.submit({"Speaker": ack.payload["options"][0]})
    (field,) = toy.bodies[-1]["view"]["state"]["values"].values()
    assert field["speaker"]["selected_option"]["value"] == "3"


async def test_a_shortcut_on_a_message_tells_the_message(toy: Toy, workspace: Workspace) -> None:
    message = workspace.say("“We will not wait,” she said & left", user="U2")
    await workspace.message_shortcut("find", message)
    assert toy.bodies[-1]["message"]["text"] == "“We will not wait,” she said &amp; left"
    assert toy.bodies[-1]["response_url"].startswith("http://127.0.0.1")


async def test_the_app_is_told_what_happens_to_it(slack: SlackServer, toy: Toy, workspace: Workspace) -> None:
    await workspace.archive("C1")
    await workspace.remove_app("C1")
    await workspace.uninstall()
    await workspace.settled()
    assert [body["event"]["type"] for body in toy.bodies] == ["channel_archive", "channel_left", "app_uninstalled"]
    assert slack.teams["T1"].state == "account_inactive"


async def test_settled_waits_for_what_the_app_does_after_the_ack(slack: SlackServer, workspace: Workspace) -> None:
    held = slack.hold("response_url")
    await workspace.command("who said what")
    await held.arrived.wait()
    with pytest.raises(AssertionError, match="not settled within"):
        await slack.settled(within=0.01)
    held.release()
    await slack.settled()
    assert len(slack.ephemerals("U1")) == 1


@pytest.fixture(autouse=True)
def _quiet(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, logger="slack_bolt")
