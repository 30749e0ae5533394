"""The Bolt app: the newsroom behind everything that Slack tells us."""

import logging
import re

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_sdk.web.async_client import AsyncWebClient

from adapters.settings import Settings
from adapters.slack.desk import Desk
from adapters.slack.listeners import asking, buttons, correcting, delivered, digests, feeds, home, leaving
from adapters.slack.people import People
from bot.newsroom import Newsroom

_LOGGER = logging.getLogger("verbatim.slack")
_NOT_INSTALLED = "Verbatim is not installed in this workspace any more. Whoever runs it can install it again."


def build(newsroom: Newsroom, *, settings: Settings, client: AsyncWebClient, oauth: AsyncOAuthSettings | None = None) -> AsyncApp:
    """An app over a newsroom: for the workspace of the client's token, or for those that installed it by `oauth`.

    Requests over HTTP are refused unless they are signed with the secret of the settings, and not older than five minutes.
    """
    secret = settings.slack_signing_secret
    _LOGGER.setLevel(settings.log_level.upper())  # without a level of its own, Bolt takes it that all is to be spelt out
    app = AsyncApp(
        client=client,
        signing_secret=secret.get_secret_value() if secret else None,
        oauth_settings=oauth,
        logger=_LOGGER,
        raise_error_for_unhandled_request=False,
        user_facing_authorize_error_message=_NOT_INSTALLED,
    )
    desk = Desk(newsroom, settings, People(settings))
    for part in (asking, buttons, correcting, delivered, digests, feeds, home, leaving):
        part.register(app, desk)

    @app.action(re.compile(""))
    async def _unknown(ack: AsyncAck) -> None:
        await ack()  # a button of a Verbatim that was: nothing happens, and Slack shows no warning

    @app.event(re.compile(""))
    async def _untold() -> None:
        """What an app of an operator's own tells us beyond what is listened to: nothing happens, and Bolt does not warn of it."""

    @app.error
    async def _failed(error: Exception) -> None:
        _LOGGER.error("a listener failed", exc_info=error)

    return app
