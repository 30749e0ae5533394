import pytest
from pydantic import SecretStr

from adapters.settings import Settings
from adapters.slack.connection import Http, Several, SocketMode, connection
from bot.errors import SettingsError

BOT = {"slack_bot_token": "xoxb-b"}
APP = {"slack_app_token": "xapp-a"}
SIGNED = {"slack_signing_secret": "signing-secret"}
CLIENT = {"slack_client_id": "1.2", "slack_client_secret": "client-secret"}
PUBLIC = {"public_url": "https://verbatim.example.org"}


def _connection(values: dict[str, str]) -> object:
    return connection(Settings.model_validate(values))


def test_without_any_setting_of_slack_there_is_none() -> None:
    assert _connection({}) is None
    assert _connection(PUBLIC | {"slack_may_add": "everyone"}) is None


def test_socket_mode_is_what_an_app_token_means_also_beside_a_signing_secret() -> None:
    socket_mode = SocketMode(SecretStr("xoxb-b"), SecretStr("xapp-a"))
    assert _connection(BOT | APP) == socket_mode
    assert _connection(BOT | APP | SIGNED) == socket_mode


def test_http_is_what_a_signing_secret_means() -> None:
    assert _connection(BOT | SIGNED) == Http(SecretStr("xoxb-b"), SecretStr("signing-secret"))


def test_several_workspaces_are_what_a_client_id_means() -> None:
    assert _connection(CLIENT | SIGNED | PUBLIC) == Several(
        "1.2", SecretStr("client-secret"), SecretStr("signing-secret"), "https://verbatim.example.org"
    )


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (BOT, "VERBATIM_SLACK_BOT_TOKEN is set, but not how Slack's messages come in. Set VERBATIM_SLACK_APP_TOKEN for Socket Mode"),
        (APP, "VERBATIM_SLACK_APP_TOKEN is set, but VERBATIM_SLACK_BOT_TOKEN is not. Install your app"),
        (SIGNED, "VERBATIM_SLACK_SIGNING_SECRET is set, but VERBATIM_SLACK_BOT_TOKEN is not."),
        (CLIENT | BOT, "VERBATIM_SLACK_BOT_TOKEN is for one workspace, and VERBATIM_SLACK_CLIENT_ID with its secret for several."),
        (CLIENT | APP, "VERBATIM_SLACK_APP_TOKEN is for one workspace"),
        (CLIENT | SIGNED, "VERBATIM_PUBLIC_URL has to be set as well."),
        (CLIENT, "VERBATIM_SLACK_SIGNING_SECRET and VERBATIM_PUBLIC_URL have to be set as well."),
        ({"slack_client_id": "1.2"} | SIGNED | PUBLIC, "VERBATIM_SLACK_CLIENT_SECRET has to be set as well."),
        ({"slack_client_secret": "client-secret"} | SIGNED | PUBLIC, "VERBATIM_SLACK_CLIENT_ID has to be set as well."),
    ],
)
def test_what_does_not_fit_together_is_told_with_what_to_do(values: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError) as caught:
        _connection(values)
    assert said in str(caught.value)
    assert caught.value.remedy


def test_no_secret_is_shown_by_a_connection() -> None:
    shown = repr(_connection(BOT | APP)) + repr(_connection(CLIENT | SIGNED | PUBLIC))
    assert not any(secret in shown for secret in ("xoxb-b", "xapp-a", "signing-secret", "client-secret"))
