from collections.abc import Sequence

import pytest
from slack_sdk.oauth.installation_store import Bot

from adapters.settings import Settings
from adapters.slack.checking import check
from adapters.slack.connection import connection
from adapters.slack.scopes import bot_scopes
from bot.errors import Unreachable
from tests.adapters.slack.conftest import several_settings, socket_settings
from tests.fakes.slack_server import SlackServer

SECRETS = ("xoxb-T1", "xapp-1-test", "xoxb-wrong", "xapp-wrong", "client-secret", "signing-secret")


async def _check(settings: Settings, workspaces: Sequence[Bot] = ()) -> tuple[list[str], list[str]]:
    """What is well and what is not, none of it with a secret in it."""
    set_up = connection(settings)
    assert set_up
    findings = await check(settings, set_up, workspaces)
    assert not any(secret in finding.line for finding in findings for secret in SECRETS)
    return [finding.line for finding in findings if finding.well], [finding.line for finding in findings if not finding.well]


def _bot(token: str, team: str = "T1", name: str = "Harbour Post") -> Bot:
    return Bot(team_id=team, team_name=name, bot_token=token, bot_id="B0BOT", bot_user_id="U0BOT", installed_at=1.0)


async def test_when_all_is_well_it_says_who_answers_where_and_how(slack: SlackServer, settings: Settings) -> None:
    slack.teams["T1"].scopes = set(bot_scopes(settings))
    well, wrong = await _check(settings)
    assert wrong == []
    assert well == [
        "'verbatim serve' will serve one workspace, over Socket Mode.",
        "The bot token works: it answers as @verbatim in Harbour Post (https://harbour-post.example.org/).",
        "Every scope that is needed is granted.",
        "The app-level token works.",
    ]


async def test_each_missing_scope_is_named_with_what_it_is_for_and_each_needless_one(slack: SlackServer, settings: Settings) -> None:
    slack.teams["T1"].scopes = set(bot_scopes(settings)) - {"users:read", "commands"} | {"admin", "reactions:read"}
    well, wrong = await _check(settings)
    assert wrong == [
        "The scope commands is missing: it is needed for /verbatim and the shortcuts. "
        "Add it under OAuth & Permissions, and install the app anew.",
        "The scope users:read is missing: it is needed for the name under which a correction is kept, and the time zone of who asks. "
        "Add it under OAuth & Permissions, and install the app anew.",
    ]
    assert "Granted, but not needed: admin, reactions:read." in well


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        ("token_revoked", "was revoked"),
        ("account_inactive", "removed from the workspace"),
        ("invalid_auth", "is not a token that Slack knows"),
    ],
)
async def test_a_bot_token_that_does_not_work_is_told_with_its_reason(
    slack: SlackServer, settings: Settings, code: str, meaning: str
) -> None:
    slack.fail("auth.test", code)
    _, wrong = await _check(settings)
    assert len(wrong) == 1
    assert wrong[0].startswith("The token in VERBATIM_SLACK_BOT_TOKEN ")
    assert meaning in wrong[0]
    assert "Copy the bot token from OAuth & Permissions" in wrong[0]


async def test_an_app_token_that_does_not_work_is_told_with_its_reason(slack: SlackServer) -> None:
    _, wrong = await _check(socket_settings(slack, slack_app_token="xapp-wrong"))
    assert any("The token in VERBATIM_SLACK_APP_TOKEN is not a token that Slack knows" in line for line in wrong)
    slack.fail("apps.connections.open", "missing_scope")
    _, wrong = await _check(socket_settings(slack))
    assert any("lacks a scope" in line and "connections:write" in line for line in wrong)


async def test_whom_the_settings_name_is_looked_up(slack: SlackServer) -> None:
    slack.add_group("S0DESK", "desk", "U1", "U2")
    settings = socket_settings(slack, slack_may_add="U012AB3CD, S0DESK", slack_may_correct="U404NOONE, S404NONE")
    slack.add_person("U012AB3CD", "Cleo Hart")
    slack.teams["T1"].scopes = set(bot_scopes(settings))
    well, wrong = await _check(settings)
    assert "VERBATIM_SLACK_MAY_ADD: U012AB3CD is Cleo Hart." in well
    assert "VERBATIM_SLACK_MAY_ADD: S0DESK is a user group with 2 people." in well
    assert [line.split(",")[0] for line in wrong] == [
        "VERBATIM_SLACK_MAY_CORRECT names S404NONE",
        "VERBATIM_SLACK_MAY_CORRECT names U404NOONE",
    ]
    assert all("nobody has that id" in line for line in wrong)


async def test_a_lookup_that_slack_refuses_is_told_as_it_is(slack: SlackServer) -> None:
    slack.teams["T1"].scopes = set()
    _, wrong = await _check(socket_settings(slack, slack_may_add="U012AB3CD"))
    assert wrong[-1] == "VERBATIM_SLACK_MAY_ADD names U012AB3CD, who could not be looked up (Slack says missing_scope)."


async def test_with_http_no_app_token_is_asked_for(slack: SlackServer) -> None:
    well, _ = await _check(socket_settings(slack, slack_app_token=None, slack_signing_secret="signing-secret"))
    assert well[0] == "'verbatim serve' will serve one workspace, over HTTP on 127.0.0.1 port 8080."
    assert slack.calls_of("apps.connections.open") == []


async def test_with_oauth_every_workspace_is_tried(slack: SlackServer) -> None:
    settings = several_settings(slack)
    slack.teams["T1"].scopes = set(bot_scopes(settings))
    well, wrong = await _check(settings, [_bot("xoxb-T1"), _bot("xoxb-wrong", "T2", "Hill Gazette")])
    assert "The token of Harbour Post works: it answers as @verbatim in Harbour Post (https://harbour-post.example.org/)." in well
    assert wrong == [
        "The token of Hill Gazette does not work (Slack says invalid_auth). "
        "Install the app there again, at https://verbatim.example.org/slack/install"
    ]


async def test_with_oauth_and_no_workspace_it_says_where_to_install(slack: SlackServer) -> None:
    well, wrong = await _check(several_settings(slack))
    assert well[-1] == "No workspace has installed it yet. It is done at https://verbatim.example.org/slack/install"
    assert wrong == []
    assert slack.calls == []


async def test_a_slack_that_cannot_be_reached_is_told_in_a_sentence(slack: SlackServer, settings: Settings) -> None:
    slack.fail("auth.test", drop=True, times=9)
    with pytest.raises(Unreachable, match=r"Slack cannot be reached at http://127.0.0.1:\d+/api/\. Check this machine's connection"):
        await _check(settings)
