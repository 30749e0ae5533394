"""`verbatim slack check`: asks Slack itself whether what is set up will work, and says what to do where it will not."""

from collections.abc import Sequence

from pydantic import SecretStr
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.findings import Finding
from adapters.setting_types import Allowed
from adapters.settings import PREFIX, Settings
from adapters.slack import names
from adapters.slack.client import error_code, web_client
from adapters.slack.connection import Connection, Http, Several, SocketMode
from adapters.slack.refusals import APP_TOKEN, BOT_TOKEN, LOST, refused, unreachable
from adapters.slack.scopes import bot_scopes

_NOT_THERE = frozenset({"no_such_subteam", "subteam_not_found", "user_not_found"})


async def check(settings: Settings, connection: Connection, workspaces: Sequence[Bot] = ()) -> list[Finding]:
    """Try with Slack what the settings say; `workspaces` are those that installed the app by OAuth.

    Raises Unreachable when Slack cannot be reached at all.
    """
    try:
        if isinstance(connection, Several):
            return await _several(settings, connection, workspaces)
        return await _one(settings, connection)
    except LOST as error:
        raise unreachable(error, settings.slack_api_url) from None


async def _one(settings: Settings, connection: SocketMode | Http) -> list[Finding]:
    client = web_client(settings, connection.bot_token)
    over = "Socket Mode" if isinstance(connection, SocketMode) else f"HTTP on {settings.http_host} port {settings.http_port}"
    findings = [Finding(f"'verbatim serve' will serve one workspace, over {over}."), *await _bot_token(settings, client, "The bot token")]
    if isinstance(connection, SocketMode):
        findings.append(await _app_token(client, connection.app_token))
    return findings + await _named(settings, [client])


async def _several(settings: Settings, connection: Several, workspaces: Sequence[Bot]) -> list[Finding]:
    where = f"HTTP on {settings.http_host} port {settings.http_port}, which is {connection.public_url} from outside"
    findings = [Finding(f"'verbatim serve' will serve every workspace that installs the app, over {where}.")]
    if not workspaces:
        findings.append(Finding(f"No workspace has installed it yet. It is done at {connection.public_url}{names.INSTALL_PATH}"))
    clients = [web_client(settings, SecretStr(workspace.bot_token)) for workspace in workspaces]
    for workspace, client in zip(workspaces, clients, strict=True):
        again = f"Install the app there again, at {connection.public_url}{names.INSTALL_PATH}"
        findings += await _bot_token(settings, client, f"The token of {workspace.team_name or workspace.team_id}", again)
    return findings + (await _named(settings, clients) if clients else [])


async def _bot_token(settings: Settings, client: AsyncWebClient, which: str, again: str = "") -> list[Finding]:
    try:
        here = await client.auth_test()
    except SlackApiError as error:
        if again and error_code(error):
            return [Finding(f"{which} does not work (Slack says {error_code(error)}). {again}", well=False)]
        return [Finding(str(refused(error, BOT_TOKEN)), well=False)]
    works = Finding(f"{which} works: it answers as @{here['user']} in {here['team']} ({here['url']}).")
    return [works, *_scopes(here, bot_scopes(settings), again or "Add it under OAuth & Permissions, and install the app anew.")]


def _scopes(answer: AsyncSlackResponse, needed: dict[str, str], remedy: str) -> list[Finding]:
    granted = {scope.strip() for scope in answer.headers.get("x-oauth-scopes", "").split(",")} - {""}
    missing = [
        Finding(f"The scope {scope} is missing: it is needed {reason}. {remedy}", well=False)
        for scope, reason in needed.items()
        if scope not in granted
    ]
    unused = sorted(granted - needed.keys())
    findings = missing or [Finding("Every scope that is needed is granted.")]
    return [*findings, *([Finding(f"Granted, but not needed: {', '.join(unused)}.")] if unused else [])]


async def _app_token(client: AsyncWebClient, token: SecretStr) -> Finding:
    try:
        await client.apps_connections_open(app_token=token.get_secret_value())
    except SlackApiError as error:
        return Finding(str(refused(error, APP_TOKEN)), well=False)
    return Finding("The app-level token works.")


async def _named(settings: Settings, clients: Sequence[AsyncWebClient]) -> list[Finding]:
    """Whether those whom the settings name are there."""
    findings = []
    for name in ("slack_may_add", "slack_may_remove", "slack_may_correct", "slack_may_subscribe"):
        allowed: Allowed = getattr(settings, name)
        findings += [await _found(f"{PREFIX}{name.upper()}", who, clients) for who in sorted(allowed.people | allowed.groups)]
    return findings


async def _found(setting: str, who: str, clients: Sequence[AsyncWebClient]) -> Finding:
    codes = []
    for client in clients:
        try:
            return Finding(f"{setting}: {who} is {await _described(client, who)}.")
        except SlackApiError as error:
            codes.append(error_code(error))
    if _NOT_THERE.issuperset(codes):
        return Finding(f"{setting} names {who}, and nobody has that id. Copy it from the profile or the group in Slack.", well=False)
    told = next(code for code in codes if code not in _NOT_THERE)
    return Finding(f"{setting} names {who}, who could not be looked up (Slack says {told or 'no reason'}).", well=False)


async def _described(client: AsyncWebClient, who: str) -> str:
    if who.startswith("S"):
        members = (await client.usergroups_users_list(usergroup=who))["users"]
        return f"a user group with {len(members)} {'person' if len(members) == 1 else 'people'}"
    user = (await client.users_info(user=who))["user"]
    return f"{user.get('real_name') or user.get('name') or who}{', who was deactivated' if user.get('deleted') else ''}"
