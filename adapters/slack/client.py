"""Slack's Web API as Verbatim calls it: patient with limits, and never the same message twice."""

import logging
from collections.abc import Mapping, Sequence

import aiohttp
from pydantic import SecretStr
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.builtin_async_handlers import AsyncConnectionErrorRetryHandler, AsyncRateLimitErrorRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from adapters.settings import Settings

LONGEST_WAIT_SECONDS = 60
POSTING_SECONDS = 15
"""How long Slack may take for one request of a delivery, which has to be done with before its claim is over."""
# What a call raises that Slack refused, or of which it did not say what became.
FAILED = (SlackClientError, aiohttp.ClientError, TimeoutError)
_TRIES_AFTER_A_LIMIT = 3
_TRIES_AFTER_A_BREAK = 2
# What is only nice to know: nobody waits for it.
_NOT_WAITED_FOR = frozenset({"users.info"})
# Asking these twice is the same as asking once. Of anything else we cannot know whether it was done before the connection broke.
_HARMLESS_WHEN_REPEATED = frozenset(
    {
        "apps.connections.open",
        "auth.test",
        "conversations.open",
        "files.getUploadURLExternal",
        "usergroups.users.list",
        "users.info",
    }
)


def web_client(settings: Settings, token: SecretStr | None = None) -> AsyncWebClient:
    """A client of the Web API that the settings name.

    It waits as long as Slack asks after a limit, up to a minute each time, and gives up after the third; for who somebody is
    it does not wait. A broken connection is tried again only where that can do no harm.
    """
    return AsyncWebClient(
        token=token.get_secret_value() if token else None,
        base_url=settings.slack_api_url,
        logger=_logger("verbatim.slack.api", settings, finest=logging.DEBUG),
        retry_handlers=[_AfterALimit(_TRIES_AFTER_A_LIMIT), _AfterABreak(_TRIES_AFTER_A_BREAK)],
    )


def posting_client(settings: Settings, token: SecretStr) -> AsyncWebClient:
    """A client that asks once, whatever comes of it: what is due is tried again by whoever keeps it."""
    return AsyncWebClient(
        token=token.get_secret_value(),
        base_url=settings.slack_api_url,
        logger=_logger("verbatim.slack.posting", settings, finest=logging.DEBUG),
        timeout=POSTING_SECONDS,
        retry_handlers=[],
    )


def response_client(settings: Settings, response_url: str) -> AsyncWebhookClient:
    """A client for the address to which the answer to a command goes. Unlike Bolt's own `respond`, it posts nothing twice."""
    # Its finest log would have the address in it, which lets whoever reads it post.
    logger = _logger("verbatim.slack.responses", settings, finest=logging.INFO)
    handlers: list[AsyncRetryHandler] = [_AfterALimit(_TRIES_AFTER_A_LIMIT)]
    return AsyncWebhookClient(response_url, logger=logger, retry_handlers=handlers)


def error_code(error: SlackApiError) -> str:
    """What Slack calls the error, such as `invalid_auth`; empty where it did not answer in its own way."""
    answer = getattr(error.response, "data", error.response)
    code = answer.get("error") if isinstance(answer, dict) else None
    return code if isinstance(code, str) else ""


def asked_to_wait(headers: Mapping[str, str | Sequence[str]]) -> float:
    """The seconds that Slack asks to wait: 1 where it says nothing, without end where it says so in a way that cannot be read."""
    given = next((value for name, value in headers.items() if name.lower() == "retry-after"), "1")
    asked = given if isinstance(given, str) else given[0]
    return int(asked) if asked.isdecimal() else float("inf")


class _AfterALimit(AsyncRateLimitErrorRetryHandler):
    """Keeps to `Retry-After`, unless that is longer than anybody waits for an answer."""

    async def _can_retry_async(
        self, *, state: RetryState, request: HttpRequest, response: HttpResponse | None = None, error: Exception | None = None
    ) -> bool:
        limited = await super()._can_retry_async(state=state, request=request, response=response, error=error)
        if not limited or response is None or _method(request) in _NOT_WAITED_FOR:
            return False
        return asked_to_wait(response.headers) <= LONGEST_WAIT_SECONDS


class _AfterABreak(AsyncConnectionErrorRetryHandler):
    """Asks again when the connection broke, but only what has no effect when it is repeated."""

    async def _can_retry_async(
        self, *, state: RetryState, request: HttpRequest, response: HttpResponse | None = None, error: Exception | None = None
    ) -> bool:
        return _method(request) in _HARMLESS_WHEN_REPEATED and await super()._can_retry_async(
            state=state, request=request, response=response, error=error
        )


def _method(request: HttpRequest) -> str:
    """The method of the Web API that is called."""
    return request.url.rsplit("/", 1)[-1]


def _logger(name: str, settings: Settings, *, finest: int) -> logging.Logger:
    """A logger with a level of its own: by one without, slack_sdk takes it that every request is to be spelt out."""
    logger = logging.getLogger(name)
    logger.setLevel(max(finest, logging.getLevelNamesMapping()[settings.log_level.upper()]))
    return logger
