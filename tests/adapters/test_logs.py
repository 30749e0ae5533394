import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.settings import Settings
from adapters.terminal.logs import apologise_for, start_log, without_secrets

SECRET = "4f1c9-not-to-be-seen"


@pytest.fixture(autouse=True)
def _the_log_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    for handler in set(root.handlers) - set(handlers):
        handler.close()
    root.handlers[:], root.level = handlers, level


@pytest.mark.parametrize(
    "text",
    [
        f"xoxb-17653672481-{SECRET}",
        f"xoxp-{SECRET}",
        f"xapp-1-A0123-{SECRET}",
        f"xoxe-1-{SECRET}",
        f"xoxe.xoxb-1-{SECRET}",
        f"MTkwMzYyMTQ4OTA3NzEyNTEy.GaBcDe.{SECRET}-of-the-bot",
        f"MTkwMzYyMTQ4OTA3NzEyNTEyMA.GaBcDe.{SECRET}-of-the-bot",
        f"https://discord.com/api/v10/webhooks/190362148907712512/{SECRET}/messages/@original",
        f"POST /interactions/190362148907712512/{SECRET}/callback",
        f"https://hooks.slack.com/commands/T1/2/{SECRET}",
        f"https://hooks.slack-gov.com/services/T1/B2/{SECRET}",
        rf"https:\/\/hooks.slack.com\/commands\/T1\/2\/{SECRET}",
        f"https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1%2F{SECRET}",
        f"https://files.slack.com/upload/v1/{SECRET}",
        f"response_url=http%3A%2F%2Fexample.org%2F{SECRET}&text=help",
        f"{{'response_url': 'http://example.org/{SECRET}'}}",
        f'"response_url": "http://example.org/{SECRET}"',
        f"Authorization: Bearer {SECRET}",
        f"Authorization: Basic {SECRET}",
        f"wss://wss-primary.example.org/link/?ticket={SECRET}&app_id=1",
        f"/slack/oauth_redirect?code={SECRET}&state={SECRET}",
        f"{{'access_token': '{SECRET}', 'ok': True}}",
        f'{{"client_secret": "{SECRET}"}}',
        f"postgresql://ada:{SECRET}@localhost/verbatim",
    ],
)
def test_what_looks_like_a_secret_is_taken_out(text: str) -> None:
    assert SECRET not in without_secrets(f"It failed: {text} and so on")
    assert "***" in without_secrets(text)
    assert without_secrets(f"It failed: {text}").startswith("It failed: ")


@pytest.mark.parametrize(
    "text",
    [
        "a bot token begins with xoxb-…",
        "the code is 12, the state is good, the ticket: none",
        "https://example.org/news/ferry.html?page=2",
        "Bearer of good news",
        "mistake 1f2e3d4c while doing: verbatim ask token",
        "(Slack says token_revoked)",
        "MTkwMzYyMTQ4OTA3NzEyNTEy is the id of the bot, and the token your.bot.token",
        "verbatim_article_of_the_ferry.page.and_its_many_more_words",
        "https://example.org/webhooks/how-they-work",
    ],
)
def test_what_is_no_secret_stays(text: str) -> None:
    assert without_secrets(text) == text


@settings(max_examples=100)
@given(st.text(), st.text(), st.text(alphabet=st.characters(exclude_characters="*"), min_size=8))
def test_a_known_secret_is_taken_out_whatever_is_around_it(before: str, behind: str, secret: str) -> None:
    assert secret not in without_secrets(f"{before}{secret}{behind}", [secret])


def test_no_secret_of_the_settings_reaches_the_log_not_even_in_a_traceback(tmp_path: Path) -> None:
    values = {
        "slack_bot_token": f"xoxb-{SECRET}-1",
        "slack_app_token": f"xapp-{SECRET}-2",
        "slack_signing_secret": f"{SECRET}-3",
        "discord_token": f"{SECRET}-6.{SECRET}-7.{SECRET}-8",
        "slack_client_secret": f"{SECRET}-4",
    }
    log = tmp_path / "verbatim.log"
    settings = Settings.model_validate({**values, "log_file": log, "log_level": "debug"})
    start_log(settings)
    try:
        raise RuntimeError(f"refused {list(values.values())}")
    except RuntimeError as error:
        apologise_for(error, f"verbatim serve with {values['slack_signing_secret']}")
    for name in ("slack_sdk", "slack_bolt", "aiohttp", "verbatim"):
        logging.getLogger(name).debug("sent %r", values)
    written = log.read_text()
    assert "Traceback" in written
    assert "RuntimeError: refused" in written
    assert SECRET not in written
    assert SECRET not in repr(settings) + str(settings)


def test_without_a_log_file_to_be_had_the_terminal_gets_no_secret_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    told = apologise_for(RuntimeError(f"xoxb-{SECRET}"), "verbatim serve")
    assert "its id is" in told
    written = capsys.readouterr().err
    assert "RuntimeError" in written
    assert SECRET not in written
