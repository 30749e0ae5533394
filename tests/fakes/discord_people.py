"""People at work in a Discord: they mention, write, use commands, click and submit, and the app hears of it through the gateway."""

import re
from collections.abc import Mapping
from typing import Literal

from tests.fakes.discord_payloads import channel_json, guild_event, interaction_json, message_json
from tests.fakes.discord_posting import put, remove, tell
from tests.fakes.discord_reading import find
from tests.fakes.discord_records import ADA, APP, GUILD, NEWS, Channel, Interaction, Json, Message, moment
from tests.fakes.discord_server import DiscordServer
from tests.fakes.discord_typing import Typed, chosen_in, command_called, options, picked, resolved, submitted

_MENTION = re.compile(r"<@!?(\d+)>")
_ROLE = re.compile(r"<@&(\d+)>")
_TYPED, _ON_A_MESSAGE = 1, 3


class People:
    """People in the guilds of a Discord, and in direct messages with the app.

    Each method returns at once; `settled` waits for what the app does then. A channel that is None stands for direct messages.
    """

    def __init__(self, server: DiscordServer) -> None:
        self.server = server

    async def settled(self) -> None:
        """Wait until the app has done all that it was asked for."""
        await self.server.settled()

    # what people write

    def mention(self, text: str, *, user: int = ADA, channel: int = NEWS, reply_to: Message | None = None) -> Message:
        """A person mentions the app in a channel."""
        return self.message(f"<@{APP}> {text}", user=user, channel=channel, reply_to=reply_to)

    def message(
        self,
        text: str,
        *,
        user: int = ADA,
        channel: int | None = None,
        reply_to: Message | None = None,
        number: int | None = None,
        system: int | None = None,
    ) -> Message:
        """A person (or another bot) writes to the app directly, or in a channel. A reply pings, as it does where nobody turns that off."""
        place = self._place(channel, user)
        may = self.server.permissions(user, place)
        assert may.send_messages_in_threads if place.is_thread else may.send_messages, f"{user} may not write there"
        assert not place.locked or may.manage_threads, "the thread is locked"
        message = Message(number or self.server.number(), place.id, user, text, moment(self.server.now()), system=system)
        message.reply_to = reply_to.id if reply_to else None
        self._mention(message)
        place.joined.add(user)
        place.archived = False
        return put(self.server, message)

    def webhook(self, text: str, *, channel: int = NEWS, name: str = "Wire") -> Message:
        """Something that is no member of the server posts by a webhook."""
        number = self.server.number()
        self.server.add_person(number, name, is_bot=True, guilds=())
        message = Message(self.server.number(), channel, number, text, moment(self.server.now()), webhook=number)
        self._mention(message)
        return put(self.server, message)

    def edit(self, message: Message, text: str) -> None:
        """A person puts other words into their message."""
        message.content, message.edited = text, moment(self.server.now())
        self._mention(message)
        tell(self.server, "MESSAGE_UPDATE", message)

    def unfurl(self, message: Message, title: str) -> None:
        """Discord shows what is behind a link of a message, and tells of it as of a change, though nobody edited anything."""
        message.embeds = [*message.embeds, {"type": "link", "title": title, "url": "https://example.org/"}]
        tell(self.server, "MESSAGE_UPDATE", message)

    def delete(self, message: Message) -> None:
        """A person takes a message away."""
        remove(self.server, message)

    def thread(self, name: str, *, user: int = ADA, channel: int = NEWS, private: bool = False) -> Channel:
        """A person begins a thread in a channel."""
        place, number = self.server.channels[channel], self.server.number()
        kind: Literal["thread", "private thread"] = "private thread" if private else "thread"
        thread = self.server.channels[number] = Channel(number, name, place.guild, kind, place.id, user, joined={user})
        self.server.told("THREAD_CREATE", channel_json(self.server, thread) | {"newly_created": True}, thread.id)
        return thread

    def forum_post(self, name: str, text: str, *, user: int = ADA, channel: int) -> Message:
        """A person begins a post in a forum with a message."""
        thread = self.thread(name, user=user, channel=channel)
        return self.message(text, user=user, channel=thread.id, number=thread.id)

    def archive(self, thread: Channel, *, locked: bool = False) -> None:
        """A thread is archived, or locked for all but those who manage threads."""
        thread.archived, thread.locked = True, locked
        self.server.told("THREAD_UPDATE", channel_json(self.server, thread), thread.id)

    # commands

    def command(
        self, name: str, options: Mapping[str, object] | None = None, /, *, user: int = ADA, channel: int | None = NEWS, **entered: object
    ) -> Interaction:
        """A person uses a command, such as "ask" or "digest new", with the options that they entered."""
        data = self._command(name, user, channel, {**(options or {}), **entered}, None)
        return self._did(2, user, self._place(channel, user), data)

    def upload(self, name: str, content: bytes) -> int:
        """A person takes a file to give it with a command: the value of its option."""
        number = self.server.number()
        self.server.uploaded[number] = name, content
        return number

    def suggest(self, name: str, option: str, typed: str, *, user: int = ADA, channel: int | None = NEWS, **entered: object) -> Interaction:
        """A person types into an option that suggests something: what it suggests are the `choices` of the interaction."""
        data = self._command(name, user, channel, {**entered, option: typed}, option)
        return self._did(4, user, self._place(channel, user), data)

    def message_command(self, name: str, message: Message, *, user: int = ADA) -> Interaction:
        """A person uses a command out of the menu of a message."""
        place = self.server.channels[message.channel]
        command = command_called(self.server, name, place, _ON_A_MESSAGE)
        about = {str(message.id): message_json(self.server, message)}
        data = self._named(command) | {"target_id": str(message.id), "resolved": {"messages": about}}
        return self._did(2, user, place, data)

    # what people click

    def click(self, message: Message, label: str, *, user: int = ADA, nth: int = 0) -> Interaction:
        """A person clicks the nth button of that label (or `custom_id`), or picks the nth option of that label in a menu."""
        self._sees(message, user)
        control = find(message, label, nth)
        assert not control.component.get("url"), f"{label!r} is a link"
        if control.option:
            return self.choose(message, control.component["custom_id"], control.option["value"], user=user)
        assert control.component["type"] == 2, f"{label!r} is a menu: choose in it"
        data = {"custom_id": control.component["custom_id"], "component_type": 2, "id": control.component["id"]}
        return self._did(3, user, self.server.channels[message.channel], data, message)

    def choose(self, message: Message, menu: str, *wanted: object, user: int = ADA) -> Interaction:
        """A person picks options (or people, by their ids) in the menu with that placeholder or `custom_id`."""
        self._sees(message, user)
        component = find(message, menu).component
        values = picked(component, wanted)
        place = self.server.channels[message.channel]
        data: Json = {"custom_id": component["custom_id"], "component_type": component["type"], "id": component["id"], "values": values}
        data |= resolved(self.server, user, place, chosen_in(component, values))
        return self._did(3, user, place, data, message)

    def submit(self, typed: Typed | None = None, *, user: int = ADA) -> Interaction:
        """A person fills in the modal before them and submits it; AssertionError where Discord would not let them."""
        modal = self.server.modal(user)
        assert modal, f"no modal is open before {user}"
        components, chosen = submitted(modal, typed or {})
        place = self.server.channels[modal.channel]
        data = {"custom_id": modal.content["custom_id"], "components": components, **resolved(self.server, user, place, chosen)}
        return self._did(5, user, place, data, modal.about)

    # what happens to the app

    def again(self, done: Message | Interaction) -> None:
        """Discord tells the app of the same thing once more, as it may after a lost connection."""
        if isinstance(done, Message):
            tell(self.server, "MESSAGE_CREATE", done)
        else:
            self.server.told("INTERACTION_CREATE", done.payload, None)

    def invite(self, guild: int, name: str, *members: int, owner: int = ADA) -> None:
        """Somebody brings the app into a server."""
        self.server.add_guild(guild, name, owner, APP, *members, owner=owner)
        self.server.add_role(self.server.number(), "Verbatim", APP, guild=guild, bot=APP)
        self.server.told("GUILD_CREATE", _without_unavailable(guild_event(self.server, self.server.guilds[guild], everybody=False)), None)

    def remove_app(self, guild: int = GUILD) -> None:
        """Somebody takes the app out of a server."""
        del self.server.guilds[guild].members[APP]
        self.server.told("GUILD_DELETE", {"id": str(guild)}, None)

    def outage(self, guild: int = GUILD) -> None:
        """Discord has trouble with a server, which is not there for now; the app is still in it."""
        self.server.told("GUILD_DELETE", {"id": str(guild), "unavailable": True}, None)

    def delete_channel(self, channel: int) -> None:
        """Somebody deletes a channel, or a thread."""
        place = self.server.channels[channel]
        self.server.told("THREAD_DELETE" if place.is_thread else "CHANNEL_DELETE", channel_json(self.server, place), channel)
        del self.server.channels[channel]

    # how it is done

    def _mention(self, message: Message) -> None:
        """Note whom a message mentions: by their names, or as it is a reply to them."""
        place = self.server.channels[message.channel]
        guild = self.server.guilds.get(place.guild or 0)
        answered = [each.author for each in place.messages if each.id == message.reply_to]
        message.mentions = {*map(int, _MENTION.findall(message.content)), *answered} & self.server.people.keys()
        message.mentioned_roles = set(map(int, _ROLE.findall(message.content))) & (guild.roles.keys() if guild else set())

    def _place(self, channel: int | None, user: int) -> Channel:
        return self.server.direct_messages(user) if channel is None else self.server.channels[channel]

    def _sees(self, message: Message, user: int) -> None:
        assert message.to in (None, user), f"{user} does not see what {message.to} sees"
        there = self.server.ephemeral if message.to else self.server.channels[message.channel].messages
        assert message in there, "the message is gone"

    def _command(self, name: str, user: int, channel: int | None, entered: dict[str, object], focused: str | None) -> Json:
        place = self._place(channel, user)
        first, *path = name.split(" ")
        command = command_called(self.server, first, place, _TYPED)
        needed = command.get("default_member_permissions")
        may = self.server.permissions(user, place)
        assert place.guild is None or needed is None or int(needed) & ~may.value == 0, f"Discord does not show {name!r} to {user}"
        chosen = options(command, path, entered, focused=focused)
        found = {} if focused else resolved(self.server, user, place, chosen)
        return self._named(command) | {"options": chosen} | found

    def _named(self, command: Json) -> Json:
        return {key: command[key] for key in ("id", "name", "type", "guild_id") if key in command}

    def _did(self, kind: Literal[2, 3, 4, 5], user: int, place: Channel, data: Json, about: Message | None = None) -> Interaction:
        """Tell the app what a person did."""
        may = self.server.permissions(user, place)
        assert may.view_channel, f"{user} does not see the channel"
        assert not place.archived, "Discord offers nothing in a thread that is archived"
        assert place.guild is None or APP in self.server.guilds[place.guild].members, "the app is not there"
        number = self.server.number()
        interaction = Interaction(number, f"token{number}", kind, user, place.id, self.server.now(), about)
        interaction.payload = interaction_json(self.server, interaction, data)
        self.server.interactions[number] = interaction
        self.server.told("INTERACTION_CREATE", interaction.payload, None)
        return interaction


def _without_unavailable(told: Json) -> Json:
    """A guild that the app has just been brought into is told without saying that it was away."""
    return {key: value for key, value in told.items() if key != "unavailable"}
