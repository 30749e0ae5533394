"""What messages do to a Discord: they are checked, put where they are read, edited and taken away, and ping people."""

import copy
import itertools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tests.fakes.discord_forms import EDITED, IN_ANSWER, NEW, check_message, check_not_empty
from tests.fakes.discord_payloads import message_event
from tests.fakes.discord_records import APP, Channel, Interaction, Json, Message, Refused, moment
from tests.fakes.discord_shapes import Place, refuse
from tests.fakes.discord_state import DiscordState

NONCE_SECONDS = 300
_EVERYBODY = re.compile(r"@(everyone|here)\b")
_PERSON = re.compile(r"<@!?(\d+)>")
_ROLE = re.compile(r"<@&(\d+)>")

Files = Mapping[int, tuple[str, bytes]]
"""The files of a request by their number: name and content."""


@dataclass(frozen=True)
class Form:
    """A message as the app wrote it, with the files that came with it. `at` is where it stands in the request."""

    content: Json
    files: Files
    at: Place = ()

    def named_files(self, there: Iterable[Json] = ()) -> dict[str, bytes]:
        """The files by their names; refused with 50035 where the message speaks of one that did not come and is not `there` already."""
        names = {int(each["id"]): each.get("filename") for each in self.content.get("attachments") or [] if "filename" in each}
        missing = names.keys() - self.files.keys() - {int(each["id"]) for each in there}
        refuse(((*self.at, "attachments"), "ATTACHMENT_NOT_FOUND", f"No file {number} was sent") for number in missing)
        return {names.get(number) or name: content for number, (name, content) in self.files.items()}


def post(state: DiscordState, channel: Channel, form: Form) -> Message:
    """Post a message of the app in a channel; the one that is there already, where its nonce has to be the only one."""
    state.require(channel, "send_messages_in_threads" if channel.is_thread else "send_messages")
    if channel.kind == "forum":
        raise Refused(400, 50008, "Cannot send messages in a non-text channel")
    if channel.recipient and not state.people[channel.recipient].takes_direct_messages:
        raise Refused(403, 50007, "Cannot send messages to this user")
    if channel.recipient and not any({APP, channel.recipient} <= guild.members.keys() for guild in state.guilds.values()):
        raise Refused(400, 50278, "Cannot send messages to this user due to having no mutual guilds")
    check_unlocked(state, channel)
    files = form.named_files()
    check_message(NEW, form.content, files, at=form.at)
    check_not_empty(form.content, files)
    state.require(channel, *(["embed_links"] if form.content.get("embeds") else []), *(["attach_files"] if files else []))
    if form.content.get("enforce_nonce") and (there := _with_nonce(state, channel, str(form.content.get("nonce")))):
        return there
    reply_to = _reply(state, channel, form.content.get("message_reference"))
    message = made(state, channel.id, form, reply_to=reply_to)
    channel.archived = False
    return put(state, message)


def check_unlocked(state: DiscordState, channel: Channel) -> None:
    """Refused where the channel is a thread that was locked, and the app does not manage threads."""
    if channel.locked and not state.permissions(APP, channel).manage_threads:
        raise Refused(400, 160005, "The thread is locked")


def check_open(state: DiscordState, channel: Channel) -> None:
    """Refused where nothing may be changed in a channel: it is a thread that is archived or locked."""
    check_unlocked(state, channel)
    if channel.archived:
        raise Refused(400, 50083, "Thread is archived")


def made(state: DiscordState, channel: int, form: Form, *, interaction: Interaction | None = None, reply_to: int | None = None) -> Message:
    """A message of the app, which was checked and stands nowhere yet. Counts whom it pings."""
    nonce = form.content.get("nonce")
    number = state.number()
    message = Message(number, channel, APP, "", moment(state.now()), reply_to=reply_to, nonce=nonce, interaction=interaction)
    fill(state, message, form)
    ping(state, message, form.content.get("allowed_mentions"))
    return message


def put(state: DiscordState, message: Message) -> Message:
    """Put a message where it is read, and tell the app of it as of any other."""
    if message.to:
        state.ephemeral.append(message)
    else:
        state.channels[message.channel].messages.append(message)
        tell(state, "MESSAGE_CREATE", message)
    state.ring()
    return message


def edit(state: DiscordState, message: Message, form: Form, *, pings: bool = False) -> None:
    """Put other words into a message of the app; whom an edit mentions is pinged only where it fills in what was still awaited."""
    files = form.named_files(message.attachments)
    check_message(IN_ANSWER if pings else EDITED, form.content, files, at=form.at)
    wanted = {key: form.content.get(key, getattr(message, key)) for key in ("content", "embeds", "components")}
    check_not_empty(wanted, files or (message.files if "attachments" not in form.content else {}))
    fill(state, message, form)
    if pings:
        ping(state, message, form.content.get("allowed_mentions"))
    else:
        message.edited = moment(state.now())
    if not message.to:
        tell(state, "MESSAGE_UPDATE", message)
    state.ring()


def remove(state: DiscordState, message: Message) -> None:
    """Take a message away; refused with 10008 where it is gone."""
    messages = state.ephemeral if message.to else state.channels[message.channel].messages
    if message not in messages:
        raise Refused(404, 10008, "Unknown Message")
    messages.remove(message)
    if not message.to:
        channel = state.channels[message.channel]
        guild = {"guild_id": str(channel.guild)} if channel.guild else {}
        state.told("MESSAGE_DELETE", {"id": str(message.id), "channel_id": str(channel.id), **guild}, channel.id)
    state.ring()


def fill(state: DiscordState, message: Message, form: Form) -> None:
    """Give a message the content of a form; what the form does not name stays as it was."""
    content = copy.deepcopy(form.content)
    message.content = str(content["content"] or "").strip() if "content" in content else message.content
    message.embeds = content["embeds"] or [] if "embeds" in content else message.embeds
    if "components" in content:
        numbers = itertools.count(1)
        message.components = content["components"] or []
        for row in message.components:
            row["id"] = next(numbers)
            row["components"] = [{**each, "id": next(numbers)} for each in row["components"]]
    message.flags = content.get("flags") or message.flags
    if "attachments" in content or form.files:
        kept = {str(each["id"]) for each in content.get("attachments") or []}
        _attach(state, message, form, kept)


def tell(state: DiscordState, event: str, message: Message) -> None:
    """Tell the app of a message, if it is one of which it hears."""
    state.told(event, message_event(state, message), message.channel)


def ping(state: DiscordState, message: Message, allowed: Json | None) -> None:
    """Note who is mentioned in a message of the app, and count those who hear of it.

    A mention in code counts as well, though Discord would not take it for one.
    """
    channel = state.channels[message.channel]
    may_all = state.permissions(APP, channel).mention_everyone
    guild = state.guilds.get(channel.guild or 0)
    parsed = ["everyone", "users", "roles"] if allowed is None else allowed.get("parse", [])
    named = {kind: {int(each) for each in (allowed or {}).get(kind, [])} for kind in ("users", "roles")}
    pings: list[str] = []
    if "everyone" in parsed and may_all and (found := _EVERYBODY.findall(message.content)):
        message.mentions_everyone = True
        pings += [f"@{each}" for each in found]
    for user in map(int, _PERSON.findall(message.content)):
        if user in state.people:
            message.mentions.add(user)
            pings += [f"<@{user}>"] if "users" in parsed or user in named["users"] else []
    for role in map(int, _ROLE.findall(message.content)):
        if guild and role in guild.roles and ("roles" in parsed or role in named["roles"]):
            message.mentioned_roles.add(role)
            pings += [f"<@&{role}>"] if may_all or guild.roles[role].mentionable else []
    if message.reply_to and (allowed is None or allowed.get("replied_user")):
        author = next(each.author for each in channel.messages if each.id == message.reply_to)
        message.mentions.add(author)
        pings.append(f"<@{author}>")
    message.pings += pings
    state.pings += pings


def _attach(state: DiscordState, message: Message, form: Form, kept: set[str]) -> None:
    """The files that were there and are kept, and the new ones."""
    new = form.named_files(message.attachments)
    described = {each.get("filename"): each.get("description") for each in form.content.get("attachments") or []}
    message.attachments = [each for each in message.attachments if each["id"] in kept]
    message.files = {each["filename"]: message.files[each["filename"]] for each in message.attachments}
    for name, content in new.items():
        number = state.number()
        link = f"{state.url}/attachments/{message.channel}/{number}/{name}"
        told = {"id": str(number), "filename": name, "size": len(content), "url": link, "proxy_url": link}
        message.attachments.append(told | ({"description": described[name]} if described.get(name) else {}))
        message.files[name] = content


def _with_nonce(state: DiscordState, channel: Channel, nonce: str) -> Message | None:
    """The app's own message of the last minutes with that nonce."""
    recent = (each for each in channel.messages if state.now() - each.written.timestamp() < NONCE_SECONDS)
    return next((each for each in recent if each.author == APP and each.nonce == nonce), None)


def _reply(state: DiscordState, channel: Channel, reference: Json | None) -> int | None:
    """The message that is replied to; refused with 50035 where it is gone and the app did not say that this is no matter."""
    if not reference:
        return None
    if not state.permissions(APP, channel).read_message_history:
        raise Refused(403, 160002, "Cannot reply without permission to read message history")
    replied = next((each for each in channel.messages if each.id == int(reference["message_id"])), None)
    if replied and replied.system:
        refuse([(("message_reference",), "REPLIES_CANNOT_REPLY_TO_SYSTEM_MESSAGE", "Cannot reply to a system message")])
    if replied:
        return replied.id
    if reference.get("fail_if_not_exists", True):
        refuse([(("message_reference",), "REPLIES_UNKNOWN_MESSAGE", "Unknown message")])
    return None
