"""The engine handed to libraries, by those that use it: slack_sdk's stores of installations and of OAuth states."""

import asyncio

import pytest
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.installation_store.sqlalchemy import AsyncSQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import AsyncSQLAlchemyOAuthStateStore

from storage.database import Database
from storage.errors import DatabaseBusy
from tests.storage.sample import NOON
from tests.storage.test_events import met

ONE = "xoxb-one"


def installations(database: Database) -> AsyncSQLAlchemyInstallationStore:
    return AsyncSQLAlchemyInstallationStore(client_id="111.222", engine=database.engine)


def states(database: Database, *, seconds: int = 600) -> AsyncSQLAlchemyOAuthStateStore:
    return AsyncSQLAlchemyOAuthStateStore(expiration_seconds=seconds, engine=database.engine)


def installed(team: str, *, token: str = ONE, at: float = NOON.timestamp()) -> Installation:
    return Installation(
        app_id="A1",
        team_id=team,
        team_name="The Ferry",
        user_id="U1",
        bot_id="B1",
        bot_user_id="U2",
        bot_token=token,
        bot_scopes=["chat:write", "commands"],
        installed_at=at,
    )


async def bot_token(database: Database, team: str) -> str | None:
    bot = await installations(database).async_find_bot(enterprise_id=None, team_id=team)
    return None if bot is None else bot.bot_token


async def test_an_installation_is_saved_found_by_another_process_and_deleted(database: Database, database_url: str) -> None:
    await installations(database).async_save(installed("T1"))
    await installations(database).async_save(installed("T2", token="xoxb-two"))
    other = Database(database_url)
    found = await installations(other).async_find_installation(enterprise_id=None, team_id="T1", user_id="U1")
    assert found is not None
    assert found.to_dict_for_copying() == installed("T1").to_dict_for_copying()
    assert await bot_token(other, "T2") == "xoxb-two"
    await other.close()
    await installations(database).async_delete_all(enterprise_id=None, team_id="T1")
    assert await installations(database).async_find_installation(enterprise_id=None, team_id="T1") is None
    assert await bot_token(database, "T1") is None
    assert await bot_token(database, "T2") == "xoxb-two"


async def test_an_app_installed_again_has_its_newest_token(database: Database) -> None:
    await installations(database).async_save(installed("T1", token="xoxb-old"))
    await installations(database).async_save(installed("T1", token="xoxb-new", at=NOON.timestamp() + 1))
    assert await bot_token(database, "T1") == "xoxb-new"


async def test_a_state_is_good_once(database: Database) -> None:
    state = await states(database).async_issue()
    assert not await states(database).async_consume("another")
    assert await states(database).async_consume(state)
    assert not await states(database).async_consume(state)


async def test_a_state_that_is_used_twice_at_once_is_good_once(database: Database, database_url: str) -> None:
    state = await states(database).async_issue()
    other = Database(database_url)
    used = [states(one).async_consume(state) for one in (database, other) for _ in range(4)]
    assert sorted(await asyncio.gather(*used)) == [False] * 7 + [True]
    await other.close()


async def test_a_state_that_is_too_old_is_refused(database: Database) -> None:
    state = await states(database, seconds=-1).async_issue()
    assert not await states(database).async_consume(state)


async def test_a_bot_is_found_while_another_writes(database: Database, database_url: str) -> None:
    await installations(database).async_save(installed("T1"))
    hasty = Database(database_url, busy_seconds=0.02)
    async with database.writing():
        assert await bot_token(hasty, "T1") == ONE
        assert await bot_token(database, "T1") == ONE
    await hasty.close()


async def test_an_installation_waits_for_another_writer_and_then_says_that_the_database_is_busy(
    database: Database, database_url: str
) -> None:
    hasty = Database(database_url, busy_seconds=0.02)
    async with database.writing():
        with pytest.raises(DatabaseBusy):
            await installations(hasty).async_save(installed("T1"))
    assert await bot_token(hasty, "T1") is None
    await installations(hasty).async_save(installed("T1"))
    assert await bot_token(hasty, "T1") == ONE
    await hasty.close()


async def test_what_is_written_through_the_engine_and_through_the_store_takes_turns(database: Database) -> None:
    async def install(number: int) -> bool:
        await installations(database).async_save(installed(f"T{number}"))
        return True

    assert all(await asyncio.gather(*(write(number) for number in range(8) for write in (install, lambda n: met(database, f"Ev{n}")))))
    assert [await bot_token(database, f"T{number}") for number in range(8)] == [ONE] * 8
