"""Installing by OAuth: how several workspaces let Verbatim in, and the pages that whoever does it sees."""

import logging
from collections.abc import Sequence
from html import escape

from slack_bolt.authorization.async_authorize import AsyncInstallationStoreAuthorize
from slack_bolt.oauth.async_callback_options import AsyncCallbackOptions, AsyncFailureArgs, AsyncSuccessArgs
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.response import BoltResponse
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.installation_store.sqlalchemy import AsyncSQLAlchemyInstallationStore, SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from adapters.settings import Settings
from adapters.slack import names
from adapters.slack.connection import Several
from adapters.slack.scopes import bot_scopes

STATE_SECONDS = 600
_LOGGER = logging.getLogger("verbatim.slack.installing")
_FAILURES = {
    "access_denied": "Nothing was installed: it was cancelled in Slack.",
    "invalid_browser": "Nothing was installed: it has to be finished in the browser in which it was begun.",
    "invalid_state": f"Nothing was installed: it took longer than {STATE_SECONDS // 60} minutes, or this page was opened twice.",
}
_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Verbatim</title>
<body style="font: 1.1rem/1.5 system-ui, sans-serif; max-width: 34rem; margin: 15vh auto; padding: 0 1rem">
<h1>{title}</h1><p>{text}</p></body></html>
"""


class Installations(AsyncSQLAlchemyInstallationStore):
    """slack_sdk's store of workspaces, which can also list them, and knows each by its own number alone."""

    async def workspaces(self) -> tuple[Bot, ...]:
        """The newest installation of each workspace, by the workspace's name."""
        async with self.engine.connect() as connection:
            rows = (await connection.execute(self.bots.select())).mappings().all()
        bots = [SQLAlchemyInstallationStore.build_bot_entity(row) for row in rows if row["client_id"] == self.client_id]
        newest = {(bot.enterprise_id, bot.team_id): bot for bot in sorted(bots, key=lambda bot: bot.installed_at)}
        return tuple(sorted(newest.values(), key=lambda bot: bot.team_name or ""))

    async def of_workspace(self, team: str) -> Bot | None:
        """The newest installation of a workspace; None where it has none."""
        bots = self.bots.c
        known = self.bots.select().where(bots.client_id == self.client_id, bots.team_id == team, bots.bot_token.is_not(None))
        async with self.engine.connect() as connection:
            row = (await connection.execute(known.order_by(bots.installed_at.desc()).limit(1))).mappings().first()
        return None if row is None else SQLAlchemyInstallationStore.build_bot_entity(row)


def oauth_settings(
    settings: Settings, connection: Several, client: AsyncWebClient, *, installations: Installations, states: AsyncOAuthStateStore
) -> AsyncOAuthSettings:
    """What Bolt needs to let workspaces install the app, and to know the token of whichever workspace is asking."""
    oauth = AsyncOAuthSettings(
        client_id=connection.client_id,
        client_secret=connection.client_secret.get_secret_value(),
        scopes=list(bot_scopes(settings)),
        user_scopes=[],
        redirect_uri=f"{connection.public_url}{names.REDIRECT_PATH}",
        install_path=names.INSTALL_PATH,
        redirect_uri_path=names.REDIRECT_PATH,
        install_page_rendering_enabled=False,
        callback_options=AsyncCallbackOptions(success=_installed, failure=_not_installed),
        authorization_url=f"{settings.slack_api_url.removesuffix('api/')}oauth/v2/authorize",
        installation_store=installations,
        installation_store_bot_only=True,
        state_store=states,
        state_expiration_seconds=STATE_SECONDS,
        logger=_LOGGER,
    )
    # The store is asked before what is remembered of a token, so an app that was removed is unknown at once. Only the bot's
    # own entry is looked at: a revoked token takes that one out, and not the installation's.
    oauth.authorize = AsyncInstallationStoreAuthorize(
        logger=_LOGGER,
        client_id=oauth.client_id,
        client_secret=oauth.client_secret,
        installation_store=installations,
        bot_only=True,
        cache_enabled=True,
        client=client,
    )
    return oauth


async def _installed(args: AsyncSuccessArgs) -> BoltResponse:
    workspace = args.installation.team_name or "your workspace"
    text = f"Go back to Slack, and type <code>{names.SLASH_COMMAND} help</code> in any channel."
    return _page(200, f"Verbatim is installed in {workspace}", text, args.settings)


async def _not_installed(args: AsyncFailureArgs) -> BoltResponse:
    text = _FAILURES.get(args.reason, f"Nothing was installed: Slack did not go through with it ({args.reason}).")
    again = f'<a href="{escape(_beginning(args.settings))}">Begin again</a>'
    return _page(args.suggested_status_code, "Verbatim was not installed", f"{escape(text)} {again}.", args.settings)


def _beginning(oauth: AsyncOAuthSettings) -> str:
    """The address at which installing begins."""
    return (oauth.redirect_uri or "").removesuffix(names.REDIRECT_PATH) + names.INSTALL_PATH


def _page(status: int, title: str, text: str, oauth: AsyncOAuthSettings) -> BoltResponse:
    headers: dict[str, str | Sequence[str]] = {
        "Content-Type": "text/html; charset=utf-8",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
        "Referrer-Policy": "no-referrer",  # the address of this page holds the code and the state
        "Set-Cookie": oauth.state_utils.build_set_cookie_for_deletion(),
    }
    return BoltResponse(status=status, body=_PAGE.format(title=escape(title), text=text), headers=headers)
