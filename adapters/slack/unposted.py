"""What it means for something that was to be posted that Slack did not take it: not now, never like this, or not known. Pure."""

from http import HTTPStatus

import aiohttp
from slack_sdk.errors import SlackApiError

from adapters.slack import names
from adapters.slack.client import asked_to_wait, error_code
from adapters.slack.faults import is_uncertain
from adapters.slack.refusals import TOKEN_REFUSED
from bot.errors import CannotPost, NotNow, Uncertain, VerbatimError

_LIMITS = frozenset({"message_limit_exceeded", "rate_limited", "ratelimited"})
_MOVING = frozenset({"org_login_required", "team_added_to_org"})
_MOVING_SECONDS = 600
_HOUR = 3600
_INVITE = f"Invite it with /invite @{names.BOT_USER}, then resume it."
_ASK = "Ask whoever manages the workspace, or choose another channel."
_GONE = "Set it up again in another channel."
_INSTALL = "Install Verbatim there again, then resume it."
# What Slack says of a channel or of the workspace, in words and with what to do; it stays so until somebody does.
_CANNOT = {
    "accesslimited": ("Slack lets nobody in from where Verbatim runs.", _ASK),
    "as_user_not_supported": ("Slack does not let Verbatim write there.", _ASK),
    "channel_is_limited_access": ("Only some people may write in that channel.", _ASK),
    "channel_not_found": ("The channel is gone, or Verbatim is not in it.", _INVITE),
    "ekm_access_denied": ("The workspace lets nobody write at present.", _ASK),
    "enterprise_is_restricted": ("The workspace does not let Verbatim write.", _ASK),
    "is_archived": ("The channel is archived.", "Take it out of the archive, then resume it; or set it up in another channel."),
    "messages_tab_disabled": ("Verbatim's direct messages are switched off in the workspace.", "Switch on its Messages tab."),
    "no_permission": ("Verbatim may not write there.", _ASK),
    "not_in_channel": ("Verbatim is not in the channel.", _INVITE),
    "restricted_action": ("The workspace does not let Verbatim write there.", _ASK),
    "restricted_action_non_threadable_channel": ("Nobody may answer in threads there.", _ASK),
    "restricted_action_read_only_channel": ("The channel can only be read.", _ASK),
    "restricted_action_thread_locked": ("The thread is locked.", _ASK),
    "restricted_action_thread_only_channel": ("In that channel there are only threads.", _ASK),
    "user_disabled": ("The person's account is switched off.", _GONE),
    "user_not_found": ("The person is not in the workspace any more.", _GONE),
}


def unposted(error: Exception) -> VerbatimError | None:
    """What an error of Slack means for a post; None for a mistake of ours."""
    if isinstance(error, aiohttp.ClientConnectorError):
        return NotNow("Slack cannot be reached.")
    code = error_code(error) if isinstance(error, SlackApiError) else ""
    if isinstance(error, SlackApiError) and (code in _LIMITS or _status(error) == HTTPStatus.TOO_MANY_REQUESTS):
        return NotNow("Slack takes no more at present.", seconds=_asked(error))
    if code in _MOVING:
        return NotNow("The workspace is being moved.", seconds=_MOVING_SECONDS)
    if code in _CANNOT:
        return CannotPost(*_CANNOT[code])
    if code == "missing_scope":
        return CannotPost("Verbatim was not granted what it needs in the workspace.", "'verbatim slack check' names what is missing.")
    if code in TOKEN_REFUSED:
        return CannotPost(f"The workspace took Verbatim's token back (Slack says {code}).", _INSTALL)
    return Uncertain("Slack did not say whether it took it.") if is_uncertain(error) else None


def _status(error: SlackApiError) -> int:
    """The status of the answer: that of slack_sdk, or where it could not be read that of aiohttp."""
    found = getattr(error.response, "status_code", None) or getattr(error.response, "status", None)
    return found if isinstance(found, int) else 0


def _asked(error: SlackApiError) -> float:
    """How long Slack asks to wait; an hour where it asks for more, or that cannot be read."""
    return min(asked_to_wait(getattr(error.response, "headers", {})), _HOUR)
