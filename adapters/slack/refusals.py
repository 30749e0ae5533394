"""What Slack refuses about the app itself, in words that say what to do."""

import aiohttp
from slack_sdk.errors import SlackApiError

from adapters.slack.client import error_code
from bot.errors import SettingsError, Unreachable, VerbatimError

LOST = (aiohttp.ClientError, TimeoutError, OSError)
BOT_TOKEN = "VERBATIM_SLACK_BOT_TOKEN"  # noqa: S105 - the name of the setting
APP_TOKEN = "VERBATIM_SLACK_APP_TOKEN"  # noqa: S105
APPS = "https://api.slack.com/apps"
_WHERE = {
    BOT_TOKEN: f"Copy the bot token from OAuth & Permissions of your app at {APPS}.",
    APP_TOKEN: f"Make an app-level token with connections:write under Basic Information of your app at {APPS}.",
}
_MEANINGS = {
    "access_denied": "is not let in from here",
    "account_inactive": "belongs to an app that was removed from the workspace",
    "app_not_found": "belongs to no app",
    "invalid_auth": "is not a token that Slack knows",
    "missing_scope": "lacks a scope",
    "no_permission": "lacks a permission",
    "not_allowed_token_type": "is a token of the wrong kind",
    "not_authed": "is empty",
    "org_login_required": "belongs to a workspace that is being moved",
    "team_access_not_granted": "is not allowed in this workspace",
    "token_expired": "has expired",
    "token_revoked": "was revoked",
}
TOKEN_REFUSED = frozenset(_MEANINGS)


def is_final(error: SlackApiError) -> bool:
    """Whether trying again cannot help."""
    return error_code(error) in TOKEN_REFUSED


def refused(error: SlackApiError, setting: str) -> VerbatimError:
    """What to tell of an error of Slack about the token in `setting`."""
    code = error_code(error)
    if meaning := _MEANINGS.get(code):
        return SettingsError(f"The token in {setting} {meaning} (Slack says {code}).", _WHERE[setting])
    return Unreachable(f"Slack answered with an error ({code or 'no reason given'}).", "Try again, or see https://slack-status.com.")


def unreachable(error: Exception, api_url: str) -> VerbatimError:
    """What to tell when Slack cannot be reached at all."""
    kind = "did not answer in time" if isinstance(error, TimeoutError) else "cannot be reached"
    return Unreachable(f"Slack {kind} at {api_url}.", "Check this machine's connection, its proxy and VERBATIM_SLACK_API_URL.")
