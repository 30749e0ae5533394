"""A workspace that removes the app or takes its tokens back, over HTTP and over a socket."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.state_store.sqlalchemy import AsyncSQLAlchemyOAuthStateStore

from adapters import patience
from adapters.slack.app import build
from adapters.slack.client import web_client
from adapters.slack.connection import Several, connection
from adapters.slack.installing import STATE_SECONDS, Installations, oauth_settings
from bot.errors import DatabaseBusy
from storage.database import Database
from tests.adapters.slack.conftest import several_settings
from tests.adapters.slack.scenes import Scene, has_digest, why_paused
from tests.fakes.slack_server import SlackServer
from tests.fakes.slack_transports import Transport, connected
from tests.newsrooms import Room


async def test_the_digests_of_a_workspace_that_removes_the_app_rest(scene: Scene) -> None:
    await has_digest(scene.room)
    await has_digest(scene.room, team="T2")
    assert (await scene.workspace.uninstall()).ok
    await scene.settled()
    assert await why_paused(scene.room) == ["Verbatim was removed from the workspace."]
    assert await why_paused(scene.room, team="T2") == [None]


async def test_the_digests_of_a_workspace_that_takes_the_token_back_rest(scene: Scene) -> None:
    await has_digest(scene.room)
    await scene.workspace.event({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0BOT"]}})
    await scene.settled()
    assert await why_paused(scene.room) == ["The workspace took Verbatim's token back."]


@pytest.mark.parametrize("tokens", [{"oauth": ["U1"]}, {"oauth": ["U1"], "bot": []}, {}])
async def test_the_token_of_a_person_is_none_of_ours(scene: Scene, tokens: dict[str, list[str]]) -> None:
    await has_digest(scene.room)
    await scene.workspace.event({"type": "tokens_revoked", "tokens": tokens})
    await scene.settled()
    assert await why_paused(scene.room) == [None]


async def test_that_the_app_was_removed_may_be_told_twice(scene: Scene) -> None:
    await has_digest(scene.room)
    ack = await scene.workspace.uninstall()
    await scene.settled()
    assert (await scene.workspace.again(ack)).ok
    await scene.settled()
    assert await why_paused(scene.room) == ["Verbatim was removed from the workspace."]
    assert scene.slack.calls_of("chat.postMessage") == []


@pytest.fixture
async def installations(slack: SlackServer, store: Database) -> Installations:
    """The installations of two workspaces, T1 and T2."""
    kept = Installations(slack.client_id, store.engine)
    slack.add_team("T2", "Hill Gazette")
    for team in slack.teams.values():
        await kept.async_save(
            Installation(
                app_id=slack.app_id, team_id=team.id, user_id="U1", bot_token=team.token, bot_id=team.bot_id, bot_user_id=team.bot_user
            )
        )
    return kept


@pytest.fixture
async def several(slack: SlackServer, store: Database, transport: Transport, installations: Installations) -> AsyncIterator[Scene]:
    """The app for several workspaces, which keeps a token of each; a digest is set up in the first."""
    settings = several_settings(slack)
    set_up = connection(settings)
    assert isinstance(set_up, Several)
    client, states = web_client(settings), AsyncSQLAlchemyOAuthStateStore(STATE_SECONDS, store.engine)
    oauth = oauth_settings(settings, set_up, client, installations=installations, states=states)
    room = Room.over(store)
    await has_digest(room)
    async with connected(slack, build(room.newsroom, settings=settings, client=client, oauth=oauth), transport) as workspace:
        yield Scene(slack, workspace, room)


async def test_who_removes_the_app_is_forgotten_and_the_others_stay(several: Scene, installations: Installations) -> None:
    await several.workspace.uninstall()
    await several.settled()
    assert [one.team_id for one in await installations.workspaces()] == ["T2"]
    assert await installations.async_find_installation(enterprise_id=None, team_id="T1") is None
    assert await why_paused(several.room) == ["Verbatim was removed from the workspace."]


async def test_who_takes_the_token_back_is_forgotten(several: Scene, installations: Installations) -> None:
    await several.workspace.event({"type": "tokens_revoked", "tokens": {"bot": ["U0BOT"]}})
    await several.settled()
    assert [one.team_id for one in await installations.workspaces()] == ["T2"]


async def test_that_the_app_was_removed_counts_when_it_is_told_after_the_tokens_are_gone(
    several: Scene, installations: Installations
) -> None:
    await several.workspace.event({"type": "tokens_revoked", "tokens": {"bot": ["U0BOT"]}})
    await several.settled()
    await several.workspace.uninstall()
    await several.settled()
    assert [one.team_id for one in await installations.workspaces()] == ["T2"]
    assert await why_paused(several.room) == ["The workspace took Verbatim's token back."]


@pytest.fixture
def no_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """The store is tried three times at once."""
    monkeypatch.setattr(patience, "WAITS_SECONDS", (0.0, 0.0))


def busy(times: int, then: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    """What a busy store does some times, before it does as it is asked."""
    left = iter(range(times))

    async def work(*arguments: object, **named: object) -> object:
        if next(left, None) is not None:
            raise DatabaseBusy("The database is busy.")
        return await then(*arguments, **named)

    return work


@pytest.mark.usefixtures("no_wait")
async def test_a_busy_store_is_tried_again(several: Scene, installations: Installations, monkeypatch: pytest.MonkeyPatch) -> None:
    newsroom = several.room.newsroom
    monkeypatch.setattr(newsroom.scheduled, "left", busy(2, newsroom.scheduled.left))
    monkeypatch.setattr(Installations, "async_delete_all", busy(2, Installations.async_delete_all))
    await several.workspace.uninstall()
    await several.settled()
    assert await why_paused(several.room) == ["Verbatim was removed from the workspace."]
    assert [one.team_id for one in await installations.workspaces()] == ["T2"]


@pytest.mark.usefixtures("no_wait")
async def test_a_store_that_stays_busy_is_let_be_and_the_workspace_is_not_forgotten_before_its_digests_rest(
    several: Scene, installations: Installations, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(several.room.newsroom.scheduled, "left", busy(9, several.room.newsroom.scheduled.left))
    await several.workspace.uninstall()
    await several.settled()
    assert [one.team_id for one in await installations.workspaces()] == ["T1", "T2"]
    assert "slack workspace T1 left: The database is busy." in caplog.text


async def test_the_digests_rest_even_where_what_was_kept_cannot_be_forgotten(
    several: Scene, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the store is on fire")

    monkeypatch.setattr(patience, "WAITS_SECONDS", ())
    monkeypatch.setattr(Installations, "async_delete_all", broken)
    await several.workspace.uninstall()
    await several.settled()
    assert await why_paused(several.room) == ["Verbatim was removed from the workspace."]
    assert "while doing: slack workspace T1 left" in caplog.text


async def test_the_token_of_a_person_leaves_the_installation(several: Scene, installations: Installations) -> None:
    await several.workspace.event({"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}})
    await several.settled()
    assert [one.team_id for one in await installations.workspaces()] == ["T1", "T2"]
    await several.workspace.command("help")
    await several.settled()
    assert "What you can type" in several.whispered()
