"""People at work in a Slack workspace: they command, mention, write, click and submit, and the app hears of it, over HTTP or a socket."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Literal

from tests.fakes.slack_deliveries import Ack, Delivery, Sent
from tests.fakes.slack_forms import Typed, entered
from tests.fakes.slack_payloads import Payloads, written
from tests.fakes.slack_posting import push
from tests.fakes.slack_reading import Control, find
from tests.fakes.slack_records import Channel, Json, Message, Refused, View
from tests.fakes.slack_server import SlackServer


class Workspace:
    """One workspace with the app in it. Each method returns when the app has acknowledged; `server.settled()` waits for what it does then.

    What the app says with its ack takes effect as in Slack: a text is shown, a modal is closed, updated or pushed; AssertionError where
    Slack would refuse it.
    """

    def __init__(self, server: SlackServer, delivery: Delivery, team: str = "T1") -> None:
        self.server = server
        self.delivery = delivery
        self.team = server.teams[team]
        self.payloads = Payloads(server, self.team)

    async def settled(self) -> None:
        """Wait until the app has done all that it was asked for."""
        await self.server.settled()

    # what people write

    async def command(self, text: str, *, user: str = "U1", channel: str = "C1", name: str = "/verbatim") -> Ack:
        """A person types a slash command."""
        payload = self.payloads.command(name, text, self.server.people[user], self.server.channels[channel])
        ack = await self._send("slash_commands", payload)
        if ack.ok and ack.payload:
            to = None if ack.payload.get("response_type") == "in_channel" else user
            with _accepted():
                self.server.written(self.server.channels[channel], self.team, ack.payload, to=to)
        return ack

    async def mention(
        self, text: str, *, user: str = "U1", channel: str = "C1", thread_ts: str | None = None, event_id: str | None = None
    ) -> Ack:
        """A person mentions the app in a channel."""
        message = self._say(f"<@{self.team.bot_user}> {written(text)}", user, self.server.channels[channel], thread_ts)
        return await self._told(message, "app_mention", event_id)

    async def message(
        self,
        text: str,
        *,
        user: str = "U1",
        channel: str | None = None,
        thread_ts: str | None = None,
        bot_id: str | None = None,
        event_id: str | None = None,
    ) -> Ack:
        """A person (or another bot, with its `bot_id`) writes to the app directly, or in a channel."""
        place = self.server.channels[channel] if channel else self.server.direct_messages(user)
        message = self._say(written(text), user, place, thread_ts, bot_id)
        return await self._told(message, "message", event_id)

    async def echo(self, message: Message) -> Ack:
        """Slack tells the app of a message that the app itself has posted, as it does in direct messages."""
        return await self._told(message, "message", None)

    def say(self, text: str, *, user: str = "U1", channel: str = "C1") -> Message:
        """A person writes something in a channel of which the app is not told."""
        return self._say(written(text), user, self.server.channels[channel], None)

    # what people click

    async def click(self, shown: Message | View, label: str, *, user: str = "U1", nth: int = 0, typed: Typed | None = None) -> Ack:
        """A person clicks the nth button, or option of a menu, of that label (or `action_id`), in a message, a modal or the App Home.

        In a view, `typed` is what they have entered in its fields by then.
        """
        return await self._clicked(shown, find(shown, label, nth), user, typed or {})

    async def choose(self, shown: Message | View, action_id: str, value: object, *, user: str = "U1", typed: Typed | None = None) -> Ack:
        """A person chooses somebody, a channel, a date or a time in a menu, or ends a line in a field that says so at once."""
        return await self._clicked(shown, find(shown, action_id), user, typed or {}, value)

    async def submit(self, typed: Typed | None = None, *, user: str = "U1") -> Ack:
        """A person fills in the topmost modal and submits it; AssertionError where Slack would not let them."""
        view = self._top(user)
        values = entered(view, typed or {}, complete=True)
        ack = await self._send("interactive", self.payloads.submission(view, self.server.people[user], values))
        if ack.ok:
            with _accepted():
                self._after_submission(view, ack.payload)
        return ack

    async def close(self, *, user: str = "U1") -> Ack | None:
        """A person closes the topmost modal; None where the app does not want to hear of it."""
        view = self.server.modals[user].pop()
        if not view.content.get("notify_on_close"):
            return None
        return await self._send("interactive", self.payloads.closed(view, self.server.people[user]))

    async def suggest(self, action_id: str, typed: str, *, user: str = "U1") -> Ack:
        """A person types into a menu of the topmost modal whose options come from the app: they are `payload["options"]` of the ack."""
        view = self._top(user)
        control = find(view, action_id)
        person = self.server.people[user]
        return await self._send("interactive", self.payloads.suggestion(view, person, control.element, control.block_id, typed))

    async def shortcut(self, callback_id: str, *, user: str = "U1") -> Ack:
        """A person uses a global shortcut."""
        return await self._send("interactive", self.payloads.shortcut(callback_id, self.server.people[user]))

    async def message_shortcut(self, callback_id: str, message: Message, *, user: str = "U1") -> Ack:
        """A person uses a shortcut out of the menu of a message."""
        return await self._send("interactive", self.payloads.message_shortcut(callback_id, message, self.server.people[user]))

    async def open_home(self, *, user: str = "U1") -> Ack:
        """A person opens the App Home."""
        home = self.server.home(user)
        event: Json = {"type": "app_home_opened", "user": user, "channel": self.server.direct_messages(user).id, "tab": "home"}
        return await self.event(event | ({"view": home.as_json(self.server.app_id, self.team.bot_id)} if home else {}))

    # what happens to the app

    async def event(self, event: Mapping[str, object], *, event_id: str | None = None) -> Ack:
        """Slack tells the app of an event of any kind."""
        name = event_id or f"Ev{self.server.number()}"
        return await self._send("events_api", self.payloads.event({"event_ts": self.server.new_ts(), **event}, name))

    async def again(self, ack: Ack, *, attempt: int = 1) -> Ack:
        """Slack delivers the same thing once more, as it does when it did not see the ack."""
        return await self.delivery.send(ack.sent, attempt=attempt)

    async def uninstall(self) -> Ack:
        """Somebody removes the app from the workspace: its token is dead, and it is told."""
        self.team.state = "account_inactive"
        return await self.event({"type": "app_uninstalled"})

    async def archive(self, channel: str, *, user: str = "U1") -> Ack:
        """Somebody archives a channel."""
        self.server.channels[channel].archived = True
        return await self.event({"type": "channel_archive", "channel": channel, "user": user})

    async def remove_app(self, channel: str, *, user: str = "U1") -> Ack:
        """Somebody takes the app out of a channel."""
        place = self.server.channels[channel]
        place.members.discard(self.team.bot_user)
        kind = "group_left" if place.kind == "private" else "channel_left"
        return await self.event({"type": kind, "channel": channel, "actor_id": user})

    # how it is done

    async def _send(self, kind: Literal["events_api", "slash_commands", "interactive"], payload: Json) -> Ack:
        return await self.delivery.send(Sent(kind, payload, f"envelope-{self.server.number()}"))

    async def _told(self, message: Message, kind: str, event_id: str | None) -> Ack:
        ack = await self.event(self.payloads.message(message, kind), event_id=event_id)
        ack.message = message
        return ack

    def _say(self, text: str, user: str, channel: Channel, thread_ts: str | None, bot_id: str | None = None) -> Message:
        line: Json = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
        blocks = self.server.named([{"type": "rich_text", "elements": [line]}])
        return self.server.post(Message(channel.id, self.server.new_ts(), text, blocks, user, bot_id, thread_ts))

    async def _clicked(self, shown: Message | View, control: Control, user: str, typed: Typed, picked: object = None) -> Ack:
        seen = shown.to if isinstance(shown, Message) else shown.user
        assert seen in (None, user), f"{user} does not see what {seen} sees"
        values = entered(shown, typed) if isinstance(shown, View) else {}
        return await self._send("interactive", self.payloads.click(control, self.server.people[user], shown, values, picked))

    def _top(self, user: str) -> View:
        view = self.server.modal(user)
        assert view, f"no modal is open before {user}"
        return view

    def _after_submission(self, view: View, said: Json) -> None:
        """What becomes of the modals after the ack to a submission."""
        stack = self.server.modals[view.user]
        match said.get("response_action"):
            case "errors":
                known = {block["block_id"] for block in view.blocks if block["type"] == "input"}
                assert said["errors"], "Slack takes no empty errors"
                assert set(said["errors"]) <= known, f"errors name no input block of the modal: {set(said['errors']) - known}"
                view.errors = said["errors"]
            case "update":
                self.server.fill(view, said["view"])
            case "push":
                push(self.server, view.user, self.team.id, said["view"])
            case "clear":
                stack.clear()
            case None:
                assert not said, f"Slack knows no such answer to a submission: {said}"
                stack[:] = [each for each in stack if each is not view]
            case other:
                raise AssertionError(f"Slack knows no response_action {other!r}")
        self.server.ring()


@contextmanager
def _accepted() -> Iterator[None]:
    """AssertionError where Slack refuses what the app said with its ack."""
    try:
        yield
    except Refused as refused:
        raise AssertionError(f"Slack refuses what the app said with its ack: {refused.answer}") from refused
