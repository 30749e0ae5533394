"""The manifest from which Slack makes the app: what it is called, may do and listens to.

Its form is that of Slack's manifest schema, major version 1.
"""

from adapters.settings import Settings
from adapters.slack import names
from adapters.slack.scopes import bot_scopes

_LONG_DESCRIPTION = (
    "Verbatim reads the news, takes out every quote with the person who said it and its exact place in the article, and answers "
    "questions such as “who said what about interference”. It extracts and never writes: every word that it shows inside quotation "
    "marks stands in a stored article, with outlet, date and a link that jumps to it. Where it is unsure it says so, and a journalist "
    "can correct it."
)


def manifest(settings: Settings, *, public_url: str | None = None) -> dict[str, object]:
    """The app's manifest: for Socket Mode, or for HTTP under `public_url`, by which it can also be installed in several workspaces."""
    request = {"request_url": f"{public_url}{names.EVENTS_PATH}"} if public_url else {}
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {
            "name": "Verbatim",
            "description": "Who said what: every quote with its speaker and its exact place in the article.",
            "long_description": _LONG_DESCRIPTION,
            "background_color": "#1d3557",
        },
        "features": {
            "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
            "bot_user": {"display_name": names.BOT_USER, "always_online": True},
            "shortcuts": _SHORTCUTS,
            "slash_commands": [_SLASH_COMMAND | ({"url": request["request_url"]} if public_url else {})],
        },
        "oauth_config": {
            "scopes": {"bot": list(bot_scopes(settings))},
            **({"redirect_urls": [f"{public_url}{names.REDIRECT_PATH}"]} if public_url else {}),
        },
        "settings": {
            "event_subscriptions": {**request, "bot_events": list(names.EVENTS)},
            "interactivity": {"is_enabled": True, **request},
            "org_deploy_enabled": False,
            "socket_mode_enabled": public_url is None,
            "token_rotation_enabled": False,
        },
    }


_SHORTCUTS = [
    {
        "name": "Find these words",
        "type": "message",
        "callback_id": names.FIND_WORDS,
        "description": "See who said the words that this message quotes, and where",
    },
    {
        "name": "Ask Verbatim",
        "type": "global",
        "callback_id": names.ASK,
        "description": "Ask who said what",
    },
]
_SLASH_COMMAND: dict[str, object] = {
    "command": names.SLASH_COMMAND,
    "description": "Ask who said what, add an article, set up a digest",
    "usage_hint": "who said what about interference",
    "should_escape": False,
}
