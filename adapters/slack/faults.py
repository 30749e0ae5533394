"""Why Slack did not take what it was told: because it was told wrongly, or for a reason that nobody who writes this can help."""

import json
import logging
import re
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from adapters.apologies import noted
from adapters.slack.client import error_code
from adapters.slack.refusals import TOKEN_REFUSED

_LOGGER = logging.getLogger("verbatim.slack")
# Slack failed by itself: what it was asked to do may be done, or not.
_UNCERTAIN = frozenset({"", "fatal_error", "internal_error", "request_timeout", "service_unavailable"})
_CHANNEL = frozenset(
    {
        "channel_is_limited_access",
        "channel_not_found",
        "is_archived",
        "message_not_found",
        "messages_tab_disabled",
        "not_in_channel",
        "restricted_action",
        "restricted_action_non_threadable_channel",
        "restricted_action_read_only_channel",
        "restricted_action_thread_locked",
        "restricted_action_thread_only_channel",
        "thread_not_found",
        "user_not_found",
        "user_not_in_channel",
    }
)
_LIMIT = frozenset({"accesslimited", "message_limit_exceeded", "rate_limited", "ratelimited"})
_GONE = frozenset({"exchanged_trigger_id", "expired_trigger_id", "hash_conflict", "not_found", "view_not_found"})
_SPENT = frozenset({"expired_url", "used_url"})
_NOBODYS_FAULT = _UNCERTAIN | _CHANNEL | _LIMIT | _GONE | _SPENT | TOKEN_REFUSED


class NotPosted(Exception):
    """Slack did not take a message at a response address. `code` is its reason; "" where it gave none."""

    def __init__(self, status: int, code: str) -> None:
        super().__init__(f"{status} {code}".strip())
        self.code = code

    @property
    def is_spent(self) -> bool:
        """Whether the address is too old, or was used too often."""
        return self.code in _SPENT


def not_posted(response: Any) -> NotPosted | None:  # noqa: ANN401 - slack_sdk's WebhookResponse has no types
    """What Slack has against a message at a response address; None where it took it."""
    try:
        answer = json.loads(response.body)
    except ValueError:
        answer = response.body.strip()
    said = answer.get("error") if isinstance(answer, dict) else answer
    code = said if isinstance(said, str) and re.fullmatch(r"[a-z_]+", said) and said != "ok" else ""
    refused = isinstance(answer, dict) and answer.get("ok") is False
    return NotPosted(response.status_code, code) if refused or response.status_code != 200 else None


def is_nobodys_fault(error: Exception) -> bool:
    """Whether it is a channel, a token, a limit, something that is gone, or a lost connection: nothing that was told wrongly."""
    code = _code(error)
    return isinstance(error, aiohttp.ClientError | TimeoutError) if code is None else code in _NOBODYS_FAULT


def logged(error: Exception, doing: str) -> str | None:
    """Log what was not done: None where that is nobody's fault, else the mark of a mistake of ours."""
    if is_nobodys_fault(error):
        _LOGGER.warning("Slack did not take it (%s): %s", named(error), doing)
        return None
    return noted(error, f"{doing} ({named(error)})")


def is_uncertain(error: Exception) -> bool:
    """Whether Slack may have done what it was asked to do."""
    code = _code(error)
    return code is None or code in _UNCERTAIN


def named(error: Exception) -> str:
    """The kind of an error with Slack's reason, and without the address that was called."""
    return f"{type(error).__name__} {_code(error) or ''}".strip()


def _code(error: Exception) -> str | None:
    """Slack's reason ("" where it gave none); None for what is no answer of Slack."""
    if isinstance(error, NotPosted):
        return error.code
    return error_code(error) if isinstance(error, SlackApiError) else None
