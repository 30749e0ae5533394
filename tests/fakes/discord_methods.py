"""What Discord does at each of the addresses that an app may ask."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.fakes.discord_answering import acknowledge, answer_of, change, follow_up, take_back
from tests.fakes.discord_commands import check_commands, listed, registered
from tests.fakes.discord_payloads import channel_json, guild_as_listed, guild_json, member_json, message_json, veiled
from tests.fakes.discord_posting import Files, Form, check_open, edit, post, remove
from tests.fakes.discord_records import APP, Call, Channel, Json, Message, Refused
from tests.fakes.discord_shapes import refuse
from tests.fakes.discord_state import DiscordState


@dataclass(frozen=True)
class Asked:
    """A request of the app, the Discord that it is put to, and the files that came with it by their number."""

    state: DiscordState
    call: Call
    files: Files

    @property
    def content(self) -> Json:
        """What the request carries."""
        content: Json = self.call.arguments or {}
        return content

    def channel(self) -> Channel:
        """The channel of the address."""
        return self.state.channel_of(self.call.places["channel"])

    def message(self) -> Message:
        """The message of the address."""
        return self.state.message_of(self.channel(), self.call.places["message"])

    def own_message(self) -> Message:
        """The same; refused with 50005 where it is not the app's."""
        message = self.message()
        if message.author != APP:
            raise Refused(403, 50005, "Cannot edit a message authored by another user")
        return message

    def told(self, message: Message) -> Json:
        """The message as this app may read it."""
        told = message_json(self.state, message)
        is_open = "message_content" in self.state.privileged or self.state.channels[message.channel].guild is None
        return told if is_open else veiled(told)


Method = Callable[[Asked], Json | list[Json] | None]
METHODS: dict[str, Method] = {}
OPEN = frozenset({"POST /interactions/{interaction}/{token}/callback"})
"""Routes that need no token of the app: besides those of webhooks, which have their own in the address."""


def method(route: str) -> Callable[[Method], Method]:
    """What Discord does on a route."""

    def register(function: Method) -> Method:
        METHODS[route] = function
        return function

    return register


def needs_token(route: str) -> bool:
    """Whether the app has to say who it is there; such routes also count towards the limit over all of them."""
    return "/webhooks/" not in route and route not in OPEN


@method("GET /users/@me")
def _me(asked: Asked) -> Json:
    return asked.state.people[APP].as_json()


@method("GET /users/{user}")
def _user(asked: Asked) -> Json:
    person = asked.state.people.get(int(asked.call.places["user"]))
    if person is None:
        raise Refused(404, 10013, "Unknown User")
    return person.as_json()


@method("POST /users/@me/channels")
def _open_direct_messages(asked: Asked) -> Json:
    recipient = int(asked.content["recipient_id"])
    if recipient not in asked.state.people or asked.state.people[recipient].is_bot:
        raise Refused(400, 50033, "Invalid Recipient(s)")
    return channel_json(asked.state, asked.state.direct_messages(recipient))


@method("GET /oauth2/applications/@me")
@method("GET /applications/@me")
def _application(asked: Asked) -> Json:
    told: Json = {"id": str(APP), "name": asked.state.people[APP].name, "description": "", "icon": None, "verify_key": ""}
    told |= {"integration_types_config": {"0": {}}, "approximate_guild_count": len(asked.state.guilds)}
    flags = sum({"presences": 1 << 13, "members": 1 << 15, "message_content": 1 << 19}[name] for name in asked.state.privileged)
    owner = next(person for person in asked.state.people.values() if not person.is_bot)
    return told | asked.state.portal | {"owner": owner.as_json(), "flags": flags, "summary": ""}


@method("GET /gateway/bot")
def _gateway(asked: Asked) -> Json:
    url = asked.state.url.replace("http", "ws", 1) + "/gateway"
    return {"url": url, "shards": 1, "session_start_limit": dict(asked.state.session_starts)}


@method("GET /applications/{app}/commands")
@method("GET /applications/{app}/guilds/{guild}/commands")
def _commands(asked: Asked) -> list[Json]:
    found = asked.state.commands.get(_guild(asked), [])
    return found if asked.call.query.get("with_localizations") == "true" else [listed(command) for command in found]


@method("PUT /applications/{app}/commands")
@method("PUT /applications/{app}/guilds/{guild}/commands")
def _set_commands(asked: Asked) -> list[Json]:
    forms: list[Json] = asked.call.arguments
    check_commands(forms)
    guild = _guild(asked)
    before = {(each["type"], each["name"]): each["id"] for each in asked.state.commands.get(guild, [])}
    numbers = [before.get((form.get("type", 1), form["name"])) or str(asked.state.number()) for form in forms]
    asked.state.commands[guild] = [
        registered(form, number, str(asked.state.number()), guild) for form, number in zip(forms, numbers, strict=True)
    ]
    return asked.state.commands[guild]


def _guild(asked: Asked) -> int | None:
    return asked.state.guild_of(asked.call.places["guild"]).id if "guild" in asked.call.places else None


@method("GET /guilds/{guild}")
def _fetch_guild(asked: Asked) -> Json:
    return guild_json(asked.state.guild_of(asked.call.places["guild"]))


@method("GET /users/@me/guilds")
def _guilds(asked: Asked) -> list[Json]:
    after, most = int(asked.call.query.get("after", 0)), int(asked.call.query.get("limit", 200))
    inside = sorted(number for number, guild in asked.state.guilds.items() if APP in guild.members and number > after)
    return [guild_as_listed(asked.state, asked.state.guilds[number]) for number in inside[:most]]


@method("GET /guilds/{guild}/channels")
def _channels(asked: Asked) -> list[Json]:
    guild = asked.state.guild_of(asked.call.places["guild"])
    inside = [channel for channel in asked.state.channels.values() if channel.guild == guild.id and not channel.is_thread]
    return [channel_json(asked.state, channel) for channel in inside]


@method("GET /guilds/{guild}/members/{user}")
def _member(asked: Asked) -> Json:
    guild, user = asked.state.guild_of(asked.call.places["guild"]), int(asked.call.places["user"])
    if user not in guild.members:
        raise Refused(404, 10007, "Unknown Member")
    return member_json(asked.state, guild, user)


@method("GET /guilds/{guild}/roles")
def _roles(asked: Asked) -> list[Json]:
    return [role.as_json() for role in asked.state.guild_of(asked.call.places["guild"]).roles.values()]


@method("GET /channels/{channel}")
def _channel(asked: Asked) -> Json:
    return channel_json(asked.state, asked.channel())


@method("POST /channels/{channel}/typing")
def _typing(asked: Asked) -> None:
    asked.state.require(asked.channel(), "send_messages")


@method("PUT /channels/{channel}/thread-members/@me")
def _join(asked: Asked) -> None:
    thread = asked.channel()
    if thread.archived:
        raise Refused(400, 50083, "Thread is archived")
    thread.joined.add(APP)


@method("GET /channels/{channel}/messages")
def _history(asked: Asked) -> list[Json]:
    channel, query = asked.channel(), asked.call.query
    if not asked.state.permissions(APP, channel).read_message_history:
        return []
    before, after = int(query.get("before", 1 << 63)), int(query.get("after", 0))
    found = [message for message in channel.messages if after < message.id < before]
    most = int(query.get("limit", 50))
    refuse([] if 1 <= most <= 100 else [(("limit",), "NUMBER_TYPE_MAX", "int value should be less than or equal to 100.")])
    shown = found[:most] if after else found[-most:]
    return [asked.told(message) for message in reversed(shown)]


@method("GET /channels/{channel}/messages/{message}")
def _fetch_message(asked: Asked) -> Json:
    asked.state.require(asked.channel(), "read_message_history")
    return asked.told(asked.message())


@method("POST /channels/{channel}/messages")
def _create_message(asked: Asked) -> Json:
    return message_json(asked.state, post(asked.state, asked.channel(), Form(asked.content, asked.files)))


@method("PATCH /channels/{channel}/messages/{message}")
def _edit_message(asked: Asked) -> Json:
    message = asked.own_message()
    check_open(asked.state, asked.channel())
    edit(asked.state, message, Form(asked.content, asked.files))
    return message_json(asked.state, message)


@method("DELETE /channels/{channel}/messages/{message}")
def _delete_message(asked: Asked) -> None:
    if asked.message().author != APP:
        asked.state.require(asked.channel(), "manage_messages")
    remove(asked.state, asked.message())


@method("POST /interactions/{interaction}/{token}/callback")
def _callback(asked: Asked) -> Json | None:
    places = asked.call.places
    told = acknowledge(asked.state, places["interaction"], places["token"], asked.content, asked.files)
    return told if asked.call.query.get("with_response") in ("1", "true") else None


@method("POST /webhooks/{app}/{token}")
def _follow_up(asked: Asked) -> Json:
    return follow_up(asked.state, asked.call.places["token"], asked.content, asked.files)


@method("GET /webhooks/{app}/{token}/messages/{message}")
def _answer(asked: Asked) -> Json:
    return message_json(asked.state, answer_of(asked.state, asked.call.places["token"], asked.call.places["message"]))


@method("PATCH /webhooks/{app}/{token}/messages/{message}")
def _change(asked: Asked) -> Json:
    return change(asked.state, asked.call.places["token"], asked.call.places["message"], asked.content, asked.files)


@method("DELETE /webhooks/{app}/{token}/messages/{message}")
def _take_back(asked: Asked) -> None:
    take_back(asked.state, asked.call.places["token"], asked.call.places["message"])
