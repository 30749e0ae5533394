"""What a Discord holds: guilds, people, channels, messages, modals, interactions; and the requests that an app made."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Literal

from discord import Permissions

Json = dict[str, Any]
Kind = Literal["text", "direct", "forum", "thread", "private thread"]

GUILD, NEWS, SPORT, DESK, QUESTIONS = 100, 110, 111, 112, 113
APP, ADA, BEN, OWNER, WEATHER = 200, 201, 202, 203, 209
EDITORS, APP_ROLE = 120, 121
TOKEN = "MjAw.test.token"

CHANNEL_TYPES: Mapping[Kind, int] = {"text": 0, "direct": 1, "thread": 11, "private thread": 12, "forum": 15}
EPHEMERAL = 64
LOADING = 128

USUAL = Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    create_public_threads=True,
    embed_links=True,
    attach_files=True,
    read_message_history=True,
    mention_everyone=True,
    use_application_commands=True,
)
"""What everybody in a guild may do where a test says nothing else."""


class Refused(Exception):
    """Discord answers with this status, this code of its own and, for a form, the reasons by their places."""

    def __init__(self, status: int, code: int, message: str, errors: Json | None = None, **more: object) -> None:
        super().__init__(f"{status} {code}: {message}")
        self.status = status
        self.answer: Json = {"message": message, "code": code} | ({"errors": errors} if errors else {}) | more


@dataclass
class Person:
    """A user of Discord, or a bot's user. One who takes no direct messages cannot be written to."""

    id: int
    name: str
    is_bot: bool = False
    takes_direct_messages: bool = True
    locale: str = "en-GB"

    def as_json(self) -> Json:
        """The user as Discord tells it."""
        username = self.name.lower().replace(" ", ".")
        plain: Json = {"id": str(self.id), "username": username, "global_name": self.name, "discriminator": "0", "avatar": None}
        return plain | ({"bot": True} if self.is_bot else {})


@dataclass
class Role:
    """A role in a guild; that of everybody has the guild's own id, and that which came with a bot has that bot as its `bot`."""

    id: int
    name: str
    permissions: Permissions
    mentionable: bool = False
    bot: int | None = None

    def as_json(self) -> Json:
        """The role as Discord tells it."""
        more: Json = {"color": 0, "hoist": False, "position": 0, "managed": self.bot is not None, "flags": 0}
        more |= {"tags": {"bot_id": str(self.bot)}} if self.bot else {}
        named: Json = {"id": str(self.id), "name": self.name, "mentionable": self.mentionable}
        return named | more | {"permissions": str(self.permissions.value)}


@dataclass
class Guild:
    """A server with its roles and members: the roles of each by their user's id. The app is in it while it is a member."""

    id: int
    name: str
    owner: int
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, set[int]] = field(default_factory=dict)
    locale: str = "en-GB"


@dataclass
class Message:
    """A message as it stands now. `to` is the one person who sees it, where it is ephemeral; `files` are its attachments by name.

    `system` is the type of one that Discord wrote itself (somebody came, a thread was begun), `webhook` that by which one was posted.
    """

    id: int
    channel: int
    author: int
    content: str
    written: datetime
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    attachments: list[Json] = field(default_factory=list)
    flags: int = 0
    to: int | None = None
    reply_to: int | None = None
    nonce: str | None = None
    edited: datetime | None = None
    mentions: set[int] = field(default_factory=set)
    mentioned_roles: set[int] = field(default_factory=set)
    mentions_everyone: bool = False
    interaction: "Interaction | None" = None
    system: int | None = None
    webhook: int | None = None
    pings: list[str] = field(default_factory=list)


@dataclass
class Channel:
    """A channel, a thread (of `parent`) or a person's direct messages with the app, with its messages in order.

    `overwrites` are what the channel allows and denies, by the id of a role or a person.
    """

    id: int
    name: str
    guild: int | None = None
    kind: Kind = "text"
    parent: int | None = None
    owner: int | None = None
    recipient: int | None = None
    overwrites: dict[int, tuple[Permissions, Permissions]] = field(default_factory=dict)
    joined: set[int] = field(default_factory=set)
    archived: bool = False
    locked: bool = False
    messages: list[Message] = field(default_factory=list)

    @property
    def is_thread(self) -> bool:
        """Whether it is a thread or a forum's post."""
        return self.kind in ("thread", "private thread")


@dataclass
class Modal:
    """A form before a person; `about` is the message whose button opened it."""

    user: int
    channel: int
    content: Json
    about: Message | None = None

    @property
    def title(self) -> str:
        """Its title."""
        return str(self.content["title"])


@dataclass
class Interaction:
    """What a person did with the app, and what came of it.

    `acknowledged` is the type of the app's first answer (None: it said nothing yet); `message` is the message that is that answer, and
    `followups` those after it; `choices` are what the app suggests. `payload` is what the app was told.
    """

    id: int
    token: str
    type: Literal[2, 3, 4, 5]
    user: int
    channel: int
    made: float
    about: Message | None = None
    payload: Json = field(default_factory=dict)
    acknowledged: int | None = None
    is_private: bool = False
    message: Message | None = None
    followups: list[Message] = field(default_factory=list)
    choices: list[Json] = field(default_factory=list)


@dataclass
class Call:
    """A request of the app: its route with the names of its parameters, what they were, and what it carried.

    `answer` is None until it is answered; `status` is 0 until then, and where the connection was dropped.
    """

    route: str
    places: dict[str, str]
    query: dict[str, str]
    arguments: Any
    files: dict[str, bytes]
    token: str | None
    status: int = 0
    answer: Any = None

    @property
    def ok(self) -> bool:
        """Whether Discord did as it was asked."""
        return 200 <= self.status < 300


def moment(seconds: float) -> datetime:
    """A moment of Discord's clock."""
    return datetime.fromtimestamp(seconds, UTC)
