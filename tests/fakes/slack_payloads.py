"""What Slack sends to an app when people do something, in the shapes of its documentation."""

import html
import re
from collections.abc import Mapping

from tests.fakes.slack_forms import value_of
from tests.fakes.slack_reading import Control
from tests.fakes.slack_records import Channel, Json, Message, Person, Team, View
from tests.fakes.slack_state import SlackState

VERIFICATION_TOKEN = "verification-token"
_ADDRESS = re.compile(r"https?://[^\s<>]+")


def written(text: str) -> str:
    """The text of a person's message as Slack passes it on: three signs escaped, addresses in angle brackets."""
    return _ADDRESS.sub(lambda address: f"<{address[0]}>", html.escape(text, quote=False))


class Payloads:
    """Makes payloads of what a person does in a workspace."""

    def __init__(self, state: SlackState, team: Team) -> None:
        self.state = state
        self.team = team

    def event(self, event: Json, event_id: str) -> Json:
        """An event of the Events API in its envelope."""
        bot = {
            "enterprise_id": None,
            "team_id": self.team.id,
            "user_id": self.team.bot_user,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        return {
            "token": VERIFICATION_TOKEN,
            "team_id": self.team.id,
            "api_app_id": self.state.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": event_id,
            "event_time": int(self.state.now()),
            "authorizations": [bot],
            "is_ext_shared_channel": False,
        }

    def message(self, message: Message, kind: str) -> Json:
        """The event of a message: "message" or "app_mention"."""
        channel = self.state.channels[message.channel]
        more: Json = {"channel": channel.id, "event_ts": message.ts, "team": self.team.id}
        kinds = {"im": "im", "public": "channel", "private": "group"}
        shape = {"channel_type": kinds[channel.kind]} if kind == "message" else {}
        return {**message.as_json(), **more, **shape, "type": kind}

    def command(self, name: str, text: str, person: Person, channel: Channel) -> Json:
        """A slash command."""
        names = {"im": "directmessage", "private": "privategroup", "public": channel.name}
        return {
            "token": VERIFICATION_TOKEN,
            "team_id": self.team.id,
            "team_domain": self.team.domain,
            "channel_id": channel.id,
            "channel_name": names[channel.kind],
            "user_id": person.id,
            "user_name": person.name,
            "command": name,
            "text": text,
            "api_app_id": self.state.app_id,
            "is_enterprise_install": "false",
            "response_url": self.state.new_response_url(person.id, channel.id, self.team.id),
            "trigger_id": self.state.new_trigger(person.id),
        }

    def click(self, control: Control, person: Person, shown: Message | View, values: Json, picked: object = None) -> Json:
        """A click on a button or an option (or a choice of something in a menu of people, channels or dates)."""
        element = control.element
        action: Json = {"action_id": element["action_id"], "block_id": control.block_id, "type": element["type"]}
        match element["type"]:
            case "button":
                action |= {key: element[key] for key in ("text", "value", "url") if key in element}
            case "checkboxes" | "multi_static_select":
                action["selected_options"] = [control.option]
            case "plain_text_input":
                action["value"] = picked
            case _ if control.option:
                action["selected_option"] = control.option
            case _:
                action |= value_of(element, picked)
        action["action_ts"] = f"{self.state.now():.6f}"
        return self._interactive("block_actions", person) | {"actions": [action], **self._place(shown, person, values)}

    def _place(self, shown: Message | View, person: Person, values: Json) -> Json:
        """Where something was clicked. Slack does not give the message itself where it is ephemeral."""
        if isinstance(shown, View):
            view = shown.as_json(self.state.app_id, self.team.bot_id, values)
            return {"container": {"type": "view", "view_id": shown.id}, "view": view}
        channel = self.state.channels[shown.channel]
        container: Json = {"type": "message", "message_ts": shown.ts, "channel_id": channel.id, "is_ephemeral": shown.to is not None}
        if shown.thread_ts:
            container["thread_ts"] = shown.thread_ts
        place: Json = {
            "container": container,
            "channel": {"id": channel.id, "name": channel.name},
            "response_url": self.state.new_response_url(person.id, channel.id, self.team.id, shown),
            "state": {"values": values},
        }
        return place if shown.to else place | {"message": shown.as_json()}

    def message_shortcut(self, callback_id: str, message: Message, person: Person) -> Json:
        """A shortcut out of the menu of a message."""
        channel = self.state.channels[message.channel]
        return self._interactive("message_action", person) | {
            "callback_id": callback_id,
            "action_ts": f"{self.state.now():.6f}",
            "message_ts": message.ts,
            "channel": {"id": channel.id, "name": channel.name},
            "message": message.as_json(),
            "response_url": self.state.new_response_url(person.id, channel.id, self.team.id),
        }

    def shortcut(self, callback_id: str, person: Person) -> Json:
        """A global shortcut."""
        return self._interactive("shortcut", person) | {"callback_id": callback_id, "action_ts": f"{self.state.now():.6f}"}

    def submission(self, view: View, person: Person, values: Json) -> Json:
        """A modal that was submitted."""
        shown = view.as_json(self.state.app_id, self.team.bot_id, values)
        return self._interactive("view_submission", person) | {"view": shown, "response_urls": []}

    def closed(self, view: View, person: Person) -> Json:
        """A modal that was closed without being submitted."""
        payload = self._interactive("view_closed", person) | {
            "view": view.as_json(self.state.app_id, self.team.bot_id),
            "is_cleared": False,
        }
        payload.pop("trigger_id")
        return payload

    def suggestion(self, view: View, person: Person, element: Mapping[str, object], block_id: str, typed: str) -> Json:
        """What a person typed into a menu whose options the app gives."""
        payload = self._interactive("block_suggestion", person) | self._place(view, person, {})
        payload.pop("trigger_id")
        return payload | {"action_id": element["action_id"], "block_id": block_id, "value": typed}

    def _interactive(self, kind: str, person: Person) -> Json:
        return {
            "type": kind,
            "token": VERIFICATION_TOKEN,
            "team": {"id": self.team.id, "domain": self.team.domain},
            "user": {"id": person.id, "username": person.name, "name": person.name, "team_id": self.team.id},
            "api_app_id": self.state.app_id,
            "enterprise": None,
            "is_enterprise_install": False,
            "trigger_id": self.state.new_trigger(person.id),
        }
