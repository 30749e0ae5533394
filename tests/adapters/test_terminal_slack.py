"""`verbatim slack` and `verbatim serve`, as they are typed."""

import asyncio
import json
import threading
from collections.abc import Iterator

import pytest

from adapters.terminal.app import run
from tests.fakes.slack_server import SlackServer, slack_server

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def slack(monkeypatch: pytest.MonkeyPatch) -> Iterator[SlackServer]:
    """Slack on loopback, in a thread of its own, and settings for it."""
    loop, started, done, servers = asyncio.new_event_loop(), threading.Event(), asyncio.Event(), list[SlackServer]()

    async def serve() -> None:
        async with slack_server() as server:
            servers.append(server)
            started.set()
            await done.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    assert started.wait(10)
    monkeypatch.setenv("VERBATIM_SLACK_API_URL", f"{servers[0].url}/api/")
    monkeypatch.setenv("VERBATIM_SLACK_BOT_TOKEN", servers[0].teams["T1"].token)
    monkeypatch.setenv("VERBATIM_SLACK_APP_TOKEN", "xapp-1-test")
    yield servers[0]
    loop.call_soon_threadsafe(done.set)
    thread.join()
    loop.close()


def test_the_manifest_is_json_for_socket_mode(capsys: Captured) -> None:
    assert run(["slack", "manifest"]) == 0
    assert json.loads(capsys.readouterr().out)["settings"]["socket_mode_enabled"] is True


def test_the_manifest_for_http_has_the_address_that_is_given(capsys: Captured) -> None:
    assert run(["slack", "manifest", "--http", "https://verbatim.example.org/"]) == 0
    made = json.loads(capsys.readouterr().out)
    assert made["settings"]["event_subscriptions"]["request_url"] == "https://verbatim.example.org/slack/events"


@pytest.mark.parametrize("address", ["http://verbatim.example.org", "verbatim.example.org", "https://"])
def test_an_address_for_the_manifest_that_slack_would_refuse_is_refused(address: str, capsys: Captured) -> None:
    assert run(["slack", "manifest", "--http", address]) == 2
    assert "has to be an https:// address" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["serve"], ["slack", "check"]])
def test_without_any_chat_it_is_told_how_to_begin(command: list[str], capsys: Captured) -> None:
    assert run(command) == 2
    assert "Begin with 'verbatim slack manifest'" in capsys.readouterr().err


@pytest.mark.parametrize("command", [["serve"], ["slack", "check"]])
def test_settings_that_do_not_fit_together_are_told(command: list[str], capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATIM_SLACK_APP_TOKEN", "xapp-1-test")
    assert run(command) == 2
    assert "VERBATIM_SLACK_APP_TOKEN is set, but VERBATIM_SLACK_BOT_TOKEN is not." in capsys.readouterr().err


def test_a_check_says_what_works_and_with_code_2_what_does_not(slack: SlackServer, capsys: Captured) -> None:
    assert run(["slack", "check"]) == 0
    assert "The app-level token works." in capsys.readouterr().out
    slack.teams["T1"].scopes.remove("commands")
    assert run(["slack", "check"]) == 2
    output, errors = capsys.readouterr()
    assert "The bot token works" in output
    assert errors.startswith("The scope commands is missing: it is needed for /verbatim and the shortcuts.")


def test_a_check_without_slack_ends_with_a_sentence(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATIM_SLACK_API_URL", "http://127.0.0.1:1/api/")
    monkeypatch.setenv("VERBATIM_SLACK_BOT_TOKEN", "xoxb-b")
    monkeypatch.setenv("VERBATIM_SLACK_APP_TOKEN", "xapp-a")
    assert run(["slack", "check"]) == 2
    assert capsys.readouterr().err.startswith("Slack cannot be reached at http://127.0.0.1:1/api/.")


def test_a_check_of_several_workspaces_looks_into_the_database(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "SLACK_CLIENT_ID": "1.2",
        "SLACK_CLIENT_SECRET": "client-secret",
        "SLACK_SIGNING_SECRET": "signing-secret",
        "PUBLIC_URL": "https://verbatim.example.org",
    }.items():
        monkeypatch.setenv(f"VERBATIM_{name}", value)
    assert run(["slack", "check"]) == 0
    assert "No workspace has installed it yet." in capsys.readouterr().out


def test_a_secret_that_stands_where_another_setting_should_is_not_shown(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VERBATIM_SLACK_MAY_ADD", "xoxb-17653672481-s3cret")
    assert run(["serve"]) == 2
    assert "s3cret" not in capsys.readouterr().err
