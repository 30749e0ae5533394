"""How Verbatim is connected to Slack, as the settings have it."""

from dataclasses import dataclass

from pydantic import SecretStr

from adapters.settings import PREFIX, Settings
from adapters.slack.refusals import APPS
from bot.errors import SettingsError


@dataclass(frozen=True, slots=True)
class SocketMode:
    """One workspace, over a connection that we open: nothing here has to be reached from outside."""

    bot_token: SecretStr
    app_token: SecretStr


@dataclass(frozen=True, slots=True)
class Http:
    """One workspace, whose requests come to us."""

    bot_token: SecretStr
    signing_secret: SecretStr


@dataclass(frozen=True, slots=True)
class Several:
    """Any number of workspaces, each of which installs the app by itself and sends its requests to us."""

    client_id: str
    client_secret: SecretStr
    signing_secret: SecretStr
    public_url: str


Connection = SocketMode | Http | Several


def connection(settings: Settings) -> Connection | None:
    """The connection that is set up; None if nothing of Slack is. Raises SettingsError if what is set does not fit together."""
    if settings.slack_client_id or settings.slack_client_secret:
        return _several(settings)
    if not settings.slack_bot_token:
        _refuse_what_waits_for_the_bot_token(settings)
        return None
    if settings.slack_app_token:
        return SocketMode(settings.slack_bot_token, settings.slack_app_token)
    if settings.slack_signing_secret:
        return Http(settings.slack_bot_token, settings.slack_signing_secret)
    raise SettingsError(
        "VERBATIM_SLACK_BOT_TOKEN is set, but not how Slack's messages come in.",
        "Set VERBATIM_SLACK_APP_TOKEN for Socket Mode, which needs nothing else, or VERBATIM_SLACK_SIGNING_SECRET for HTTP.",
    )


def _refuse_what_waits_for_the_bot_token(settings: Settings) -> None:
    for name in ("slack_app_token", "slack_signing_secret"):
        if getattr(settings, name):
            raise SettingsError(
                f"{_variable(name)} is set, but VERBATIM_SLACK_BOT_TOKEN is not.",
                f"Install your app in the workspace, and copy its bot token from OAuth & Permissions at {APPS}.",
            )


def _several(settings: Settings) -> Several:
    for name in ("slack_bot_token", "slack_app_token"):
        if getattr(settings, name):
            raise SettingsError(
                f"{_variable(name)} is for one workspace, and VERBATIM_SLACK_CLIENT_ID with its secret for several.",
                "Set one or the other.",
            )
    match settings:
        case Settings(
            slack_client_id=str(client_id),
            slack_client_secret=SecretStr() as client_secret,
            slack_signing_secret=SecretStr() as signing_secret,
            public_url=str(public_url),
        ):
            return Several(client_id, client_secret, signing_secret, public_url)
    needed = ("slack_client_id", "slack_client_secret", "slack_signing_secret", "public_url")
    missing = [_variable(name) for name in needed if not getattr(settings, name)]
    raise SettingsError(
        f"To serve several workspaces, {' and '.join(missing)} {'has' if len(missing) == 1 else 'have'} to be set as well.",
        f"The id and both secrets stand under Basic Information of your app at {APPS}.",
    )


def _variable(name: str) -> str:
    return PREFIX + name.upper()
