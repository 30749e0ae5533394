"""The methods of Slack's Web API, and who may call them. Those of messages, views and files are in modules of their own."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.fakes.slack_records import Channel, Json, Refused, Team
from tests.fakes.slack_state import SlackState


@dataclass(frozen=True)
class Asked:
    """A call of the app: with which arguments, in whose name, on which Slack."""

    state: SlackState
    team: Team
    arguments: Json

    def needed(self, *names: str) -> list[Any]:
        """The arguments of these names; refused with invalid_arguments where one is missing."""
        if missing := [name for name in names if not self.arguments.get(name)]:
            reasons = [f"[ERROR] missing required field: {name}" for name in missing]
            raise Refused("invalid_arguments", response_metadata={"messages": reasons})
        return [self.arguments[name] for name in names]

    def channel(self) -> Channel:
        """The channel that is asked for."""
        return self.state.channel_of(self.arguments.get("channel"), self.team)

    def require(self, scope: str) -> None:
        """Refused with missing_scope where the app was not granted it."""
        if scope not in self.team.scopes:
            raise Refused("missing_scope", needed=scope, provided=",".join(sorted(self.team.scopes)))


Method = Callable[[Asked], Json]
METHODS: dict[str, Method] = {}
SCOPES: dict[str, str] = {}


def method(name: str, scope: str | None = None) -> Callable[[Method], Method]:
    """A method of the Web API, and the scope that it needs."""

    def register(function: Method) -> Method:
        METHODS[name] = function
        if scope:
            SCOPES[name] = scope
        return function

    return register


def installation(state: SlackState, token: str | None) -> Team:
    """The workspace of a bot's token; Refused as Slack refuses a token that is missing, unknown or revoked."""
    if not token:
        raise Refused("not_authed")
    for team in state.teams.values():
        if team.token == token:
            if team.state != "active":
                raise Refused(team.state)
            return team
    raise Refused("invalid_auth")


def open_connection(state: SlackState, token: str | None) -> Json:
    """`apps.connections.open`: the address of a new socket, for an app's own token."""
    if not token:
        raise Refused("not_authed")
    if token not in state.app_tokens:
        raise Refused("not_allowed_token_type" if token.startswith("xoxb-") else "invalid_auth")
    return {"ok": True, "url": f"{state.url.replace('http', 'ws', 1)}/link/{state.number()}"}


def exchange_code(state: SlackState, arguments: Json, client: tuple[str, str]) -> Json:
    """`oauth.v2.access`: the token of the workspace that a code stands for, once."""
    if client[0] != state.client_id:
        raise Refused("invalid_client_id")
    if client[1] != state.client_secret:
        raise Refused("bad_client_secret")
    team = state.teams.get(state.codes.pop(str(arguments.get("code")), ""))
    if team is None:
        raise Refused("invalid_code")
    return {
        "ok": True,
        "app_id": state.app_id,
        "authed_user": {"id": next(person.id for person in state.people.values() if person.team == team.id and not person.is_bot)},
        "scope": ",".join(sorted(team.scopes)),
        "token_type": "bot",
        "access_token": team.token,
        "bot_user_id": team.bot_user,
        "team": {"id": team.id, "name": team.name},
        "enterprise": None,
        "is_enterprise_install": False,
    }


@method("auth.test")
def _auth_test(asked: Asked) -> Json:
    team = asked.team
    return {
        "ok": True,
        "url": f"https://{team.domain}.example.org/",
        "team": team.name,
        "user": asked.state.people[team.bot_user].name,
        "team_id": team.id,
        "user_id": team.bot_user,
        "bot_id": team.bot_id,
        "is_enterprise_install": False,
    }


@method("auth.revoke")
def _auth_revoke(asked: Asked) -> Json:
    asked.team.state = "token_revoked"
    return {"ok": True, "revoked": True}


@method("team.info", "team:read")
def _team_info(asked: Asked) -> Json:
    return {"ok": True, "team": {"id": asked.team.id, "name": asked.team.name, "domain": asked.team.domain}}


@method("users.info", "users:read")
def _users_info(asked: Asked) -> Json:
    person = asked.state.person(str(asked.needed("user")[0]), asked.team.id)
    names = {"real_name": person.real_name, "display_name": person.name}
    user = {"id": person.id, "team_id": person.team, "name": person.name, "tz": person.tz, "is_bot": person.is_bot, "deleted": False}
    return {"ok": True, "user": {**user, "real_name": person.real_name, "profile": names}}


@method("usergroups.list", "usergroups:read")
def _usergroups_list(asked: Asked) -> Json:
    groups = [group for group in asked.state.groups.values() if group.team == asked.team.id]
    return {"ok": True, "usergroups": [{"id": group.id, "handle": group.handle, "name": group.handle} for group in groups]}


@method("usergroups.users.list", "usergroups:read")
def _usergroups_users_list(asked: Asked) -> Json:
    group = asked.state.groups.get(str(asked.needed("usergroup")[0]))
    if group is None or group.team != asked.team.id:
        raise Refused("no_such_subteam")
    return {"ok": True, "users": group.members}


_CURSOR = "next_ts:"
_KINDS = {"public": "channels", "private": "groups", "im": "im"}


@method("conversations.info")
def _conversations_info(asked: Asked) -> Json:
    asked.needed("channel")
    channel = asked.channel()
    asked.require(f"{_KINDS[channel.kind]}:read")
    return {"ok": True, "channel": channel.as_json(asked.team.bot_user)}


@method("conversations.members")
def _conversations_members(asked: Asked) -> Json:
    asked.needed("channel")
    channel = asked.channel()
    asked.require(f"{_KINDS[channel.kind]}:read")
    return {"ok": True, "members": sorted(channel.members), "response_metadata": {"next_cursor": ""}}


@method("conversations.open", "im:write")
def _conversations_open(asked: Asked) -> Json:
    user = asked.state.person(str(asked.needed("users")[0]), asked.team.id)
    return {"ok": True, "channel": {"id": asked.state.direct_messages(user.id).id}}


@method("conversations.history")
def _conversations_history(asked: Asked) -> Json:
    asked.needed("channel")
    channel = asked.channel()
    asked.require(f"{_KINDS[channel.kind]}:history")
    if asked.team.bot_user not in channel.members:
        raise Refused("not_in_channel")
    newest_first = [message for message in reversed(channel.messages) if not message.thread_ts or message.thread_ts == message.ts]
    oldest = float(asked.arguments.get("oldest") or 0)
    before = float(str(asked.arguments.get("cursor") or "inf").removeprefix(_CURSOR))
    wanted = [message for message in newest_first if oldest < float(message.ts) < before]
    shown = wanted[: min(int(asked.arguments.get("limit") or 100), asked.state.most_history)]
    more = len(shown) < len(wanted)
    with_metadata = str(asked.arguments.get("include_all_metadata")).lower() in ("1", "true")
    messages = [message.as_json() for message in shown]
    for message in messages:
        if not with_metadata:
            message.pop("metadata", None)
    cursor = f"{_CURSOR}{shown[-1].ts}" if more else ""
    return {"ok": True, "messages": messages, "has_more": more, "response_metadata": {"next_cursor": cursor}}


@method("conversations.replies")
def _conversations_replies(asked: Asked) -> Json:
    _, ts = asked.needed("channel", "ts")
    channel = asked.channel()
    asked.require(f"{_KINDS[channel.kind]}:history")
    parent = asked.state.message(channel, ts)
    return {"ok": True, "messages": [message.as_json() for message in [parent, *channel.thread(parent.ts)]], "has_more": False}
