"""What a Slack workspace holds: people, channels, messages, views, files; and the calls that an app made."""

import time
from dataclasses import dataclass, field
from typing import Any, Literal

Json = dict[str, Any]

ALL_SCOPES = frozenset(
    {
        "app_mentions:read",
        "channels:history",
        "channels:read",
        "chat:write",
        "commands",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:read",
        "im:write",
        "team:read",
        "usergroups:read",
        "users:read",
    }
)
"""What an app of ours is granted where a test says nothing else."""


class Refused(Exception):
    """Slack answers `ok: false` with this error."""

    def __init__(self, error: str, **more: object) -> None:
        super().__init__(error)
        self.answer: Json = {"ok": False, "error": error, **more}


@dataclass
class Team:
    """A workspace and the app's installation in it. `state` is "active", or the error that its token is answered with."""

    id: str
    name: str
    domain: str
    token: str
    bot_user: str
    bot_id: str
    scopes: set[str] = field(default_factory=lambda: set(ALL_SCOPES))
    state: Literal["active", "token_revoked", "account_inactive", "token_expired"] = "active"


@dataclass
class Person:
    """A user of a workspace, or a bot's user."""

    id: str
    name: str
    real_name: str
    team: str
    tz: str = "Europe/London"
    is_bot: bool = False


@dataclass
class Group:
    """A user group."""

    id: str
    handle: str
    team: str
    members: list[str]


@dataclass
class Message:
    """A message as it stands now. `to` is the one person who sees it, where it is ephemeral; `user` is the bot's for the app's own.

    `written` is when it came, by the clock that only counts seconds on.
    """

    channel: str
    ts: str
    text: str
    blocks: list[Json]
    user: str
    bot_id: str | None = None
    thread_ts: str | None = None
    to: str | None = None
    metadata: Json | None = None
    files: list[str] = field(default_factory=list)
    edited: bool = False
    arguments: Json = field(default_factory=dict)
    written: float = field(default_factory=time.monotonic)

    def as_json(self) -> Json:
        """The message as Slack puts it into answers and payloads."""
        shown: Json = {"type": "message", "user": self.user, "ts": self.ts, "text": self.text, "blocks": self.blocks}
        more = {"bot_id": self.bot_id, "thread_ts": self.thread_ts, "metadata": self.metadata}
        return shown | {key: value for key, value in more.items() if value is not None}


@dataclass
class Channel:
    """A channel, or a person's direct messages with the app; its messages are in order, those of threads among them."""

    id: str
    name: str
    team: str
    kind: Literal["public", "private", "im"] = "public"
    members: set[str] = field(default_factory=set)
    archived: bool = False
    messages: list[Message] = field(default_factory=list)

    def thread(self, ts: str) -> list[Message]:
        """The answers in the thread of a message, without the message itself."""
        return [message for message in self.messages if message.thread_ts == ts and message.ts != ts]

    def as_json(self, bot_user: str) -> Json:
        """The channel as `conversations.info` tells it."""
        described: Json = {"id": self.id, "is_archived": self.archived, "is_member": bot_user in self.members, "context_team_id": self.team}
        if self.kind == "im":
            return described | {"is_im": True, "user": next(iter(self.members - {bot_user}), bot_user)}
        return described | {"name": self.name, "is_im": False, "is_channel": self.kind == "public", "is_private": self.kind == "private"}


@dataclass
class View:
    """A modal or an App Home as the app gave it; `errors` are those that the app's last answer to a submission named, by block."""

    id: str
    user: str
    team: str
    hash: str
    content: Json
    root: str
    previous: str | None = None
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def blocks(self) -> list[Json]:
        """Its blocks."""
        blocks: list[Json] = self.content["blocks"]
        return blocks

    def as_json(self, app_id: str, bot_id: str, state: Json | None = None) -> Json:
        """The view as Slack puts it into answers and payloads."""
        empty: Json = {"callback_id": "", "private_metadata": "", "external_id": "", "title": None, "submit": None, "close": None}
        ids: Json = {"id": self.id, "team_id": self.team, "hash": self.hash, "app_id": app_id, "bot_id": bot_id}
        return {
            **empty,
            **self.content,
            **ids,
            "root_view_id": self.root,
            "previous_view_id": self.previous,
            "state": {"values": state or {}},
        }


@dataclass
class File:
    """A file that the app uploaded, and where it is shared: (channel, thread).

    Slack works on it for a while: `refusals` says how many messages it refuses before it shows the file in one.
    """

    id: str
    name: str
    length: int
    content: bytes | None = None
    title: str | None = None
    refusals: int = 0
    shared: list[tuple[str, str | None]] = field(default_factory=list)


@dataclass
class Call:
    """A request of the app: a Web API method, or "response_url" or "upload". `answer` is None until it is answered."""

    method: str
    arguments: Json
    token: str | None
    answer: Json | None = None

    @property
    def ok(self) -> bool:
        """Whether Slack did as it was asked."""
        return bool(self.answer and self.answer.get("ok"))
