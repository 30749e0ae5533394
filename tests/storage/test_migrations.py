import asyncio
import shutil
from collections.abc import Callable
from datetime import timedelta
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from slack_sdk.oauth.installation_store.sqlalchemy import AsyncSQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import AsyncSQLAlchemyOAuthStateStore
from sqlalchemy import Connection, MetaData, inspect, text
from sqlalchemy.exc import IntegrityError

from storage import articles, corrections, deliveries, embeddings, events, feed_entries, feeds, migrating, quotes, refusals, subscriptions
from storage.database import Database
from storage.errors import SchemaMismatch
from storage.full_text import is_ours
from storage.records import Density, NewArticle, NewDelivery, NewEntry, NewFeed, QuoteKind, Reports, WaitingText, WhenEmpty
from storage.records.embeddings import QuoteVector, TextVectors
from storage.schema import Base
from tests.storage.sample import NOON

HEAD = migrating.head()

NEXT = '''"""Another schema."""

import sqlalchemy as sa
from alembic import op

revision = "next"
down_revision = "{head}"


def upgrade() -> None:
    op.create_table("tides", sa.Column("height", sa.Integer()))
'''


@pytest.fixture
def with_another_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Verbatim as it will be once it has another revision than the ones of today."""
    with as_file(files("migrations")) as folder:
        shutil.copytree(folder, tmp_path / "later")
    (tmp_path / "later" / "versions" / "next.py").write_text(NEXT.format(head=HEAD))
    config = Config()
    config.set_main_option("script_location", str(tmp_path / "later"))
    monkeypatch.setattr(migrating, "configuration", lambda: config)


AS_IT_WAS_AT_0001 = (
    "INSERT INTO articles (id, identity, identity_sha256) VALUES (3, 'file:x', 'x')",
    "INSERT INTO versions (id, article_id, number, newest, read_at, text_sha256, text)"
    " VALUES (4, 3, 1, true, '2026-03-01 12:00:00', 'x', 'We row.')",
    "INSERT INTO quotes (id, article_id, version_id, ordinal, kind, content, source, cue, context, words, cue_words, confidence, read_at,"
    " dated, rejected) VALUES (5, 3, 4, 0, 'direct', '[[0, 6]]', '[]', '[]', '[[0, 7]]', 'We row', '', 0.9, '2026-03-01 12:00:00',"
    " '2026-03-01 12:00:00', true)",
    "INSERT INTO corrections (id, kind, quote_id, article_ids, author, at) VALUES (6, 'not a quote', 5, '[]', 'ed', '2026-03-01 12:00:00')",
)


A_SUBSCRIPTION_AT_0002 = (
    "INSERT INTO subscriptions (id, platform, workspace, channel, kind, topic, schedule, time_zone, owner, created_at)"
    " VALUES (7, 'slack', 'T1', 'C1', 'digest', 'ferries', 'daily at 8', 'Europe/London', 'U1', '2026-03-01 12:00:00')"
)


def migrated(how: Callable[[Config, str], None], revision: str) -> Callable[[Connection], None]:
    """What brings a database up or down to an earlier schema."""

    def migrate(connection: Connection) -> None:
        config = migrating.configuration()
        config.attributes["connection"] = connection
        how(config, revision)

    return migrate


def everything_kept_here() -> MetaData:
    """Our tables, and those in which slack_sdk keeps what it knows."""
    metadata = MetaData(naming_convention=Base.metadata.naming_convention)
    for table in Base.metadata.tables.values():
        table.to_metadata(metadata)
    installations, states = AsyncSQLAlchemyInstallationStore, AsyncSQLAlchemyOAuthStateStore
    installations.build_installations_table(metadata, installations.default_installations_table_name)
    installations.build_bots_table(metadata, installations.default_bots_table_name)
    states.build_oauth_states_table(metadata, states.default_table_name)
    return metadata


async def set_revision(database: Database, revision: str) -> None:
    async with database.writing() as session:
        await session.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})


async def test_the_migrations_make_what_the_models_and_slack_sdk_say(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        options = {
            "compare_server_default": True,
            "include_name": lambda name, kind, _parents: kind != "table" or not is_ours(name),
        }
        return list(compare_metadata(MigrationContext.configure(connection, opts=options), everything_kept_here()))

    async with database.reading() as session:
        assert await (await session.connection()).run_sync(differences) == []


async def test_the_migrations_make_the_same_constraints_as_the_models(database: Database, empty_url: str) -> None:
    metadata = everything_kept_here()

    def constraints(connection: Connection) -> dict[str, object]:
        found = inspect(connection)
        return {
            table: (
                sorted((one["name"], one["sqltext"]) for one in found.get_check_constraints(table)),
                sorted((one["name"], one["options"].get("ondelete")) for one in found.get_foreign_keys(table)),
                sorted(str(one["name"]) for one in found.get_unique_constraints(table)),
                found.get_pk_constraint(table)["constrained_columns"],
            )
            for table in metadata.tables
        }

    by_models = Database(empty_url.replace("verbatim.db", "models.db"))
    async with by_models.writing() as session:
        await (await session.connection()).run_sync(metadata.create_all)
        expected = await (await session.connection()).run_sync(constraints)
    await by_models.close()
    async with database.reading() as session:
        assert await (await session.connection()).run_sync(constraints) == expected


async def test_an_empty_database_is_made_when_it_is_opened(empty_url: str) -> None:
    database = Database(empty_url)
    assert await database.revision() == (None, migrating.head())
    await database.open()
    assert await database.revision() == (migrating.head(), migrating.head())
    async with database.writing() as session:
        await articles.save(session, NewArticle("file:x", "Text."), at=NOON)
    await database.open()
    async with database.reading() as session:
        assert len(await articles.all_ids(session)) == 1
    await database.close()


async def test_several_databases_are_made_at_once(tmp_path: Path) -> None:
    databases = [Database(f"sqlite:///{tmp_path / name}") for name in ("one.db", "two.db", "two.db", "three.db")]
    await asyncio.gather(*(database.open() for database in databases))
    for database in databases:
        assert await database.revision() == (migrating.head(), migrating.head())
        await database.close()


async def test_an_upgrade_of_the_newest_schema_changes_nothing(database: Database) -> None:
    await database.upgrade()
    assert await database.revision() == (migrating.head(), migrating.head())


@pytest.mark.usefixtures("with_another_revision")
async def test_an_older_schema_is_refused_until_it_is_upgraded_and_then_has_all_it_had(database_url: str) -> None:
    database = Database(database_url)
    async with database.writing() as session:
        await articles.save(session, NewArticle("file:x", "Text."), at=NOON)
    with pytest.raises(SchemaMismatch, match=r"was made by an earlier Verbatim\. Run 'verbatim db upgrade'\."):
        await database.open()
    assert await database.revision() == (HEAD, "next")
    await database.upgrade()
    await database.open()
    async with database.reading() as session:
        assert len(await articles.all_ids(session)) == 1
        assert await session.scalar(text("SELECT count(*) FROM tides")) == 0
    await database.close()


async def test_what_was_stored_before_speech_and_attitude_were_told_apart_is_speech(empty_url: str) -> None:
    database = Database(empty_url)
    async with database.writing() as session:
        await (await session.connection()).run_sync(migrated(command.upgrade, "0001"))
        for statement in AS_IT_WAS_AT_0001:
            await session.execute(text(statement))
    await database.upgrade()
    async with database.writing() as session:
        (kept,) = await quotes.of_article(session, 3)
        assert (kept.id, kept.words, kept.kind, kept.reports, kept.rejected) == (5, ("We row",), QuoteKind.DIRECT, Reports.SPEECH, True)
        assert [one.quote_id for one in await corrections.active(session)] == [5]
        with pytest.raises(IntegrityError):
            await session.execute(text("UPDATE quotes SET reports = 'rumour'"))
    await database.close()


async def test_what_was_stored_before_there_was_chat_is_kept_there_and_back(empty_url: str) -> None:
    database = Database(empty_url)
    async with database.writing() as session:
        await (await session.connection()).run_sync(migrated(command.upgrade, "0002"))
        for statement in (*AS_IT_WAS_AT_0001, A_SUBSCRIPTION_AT_0002):
            await session.execute(text(statement))
    await database.upgrade()
    async with database.reading() as session:
        kept = await quotes.get(session, 5)
        wish = await subscriptions.get(session, 7)
    assert kept is not None
    assert kept.words == ("We row",)
    assert wish is not None
    assert (wish.topic, wish.schedule, wish.created_at, wish.paused_at) == ("ferries", "daily at 8", NOON, None)
    async with database.writing() as session:
        await (await session.connection()).run_sync(migrated(command.downgrade, "0002"))
    assert await database.revision() == ("0002", HEAD)
    await database.upgrade()
    async with database.reading() as session:
        assert await quotes.get(session, 5) == kept
        assert await subscriptions.get(session, 7) == wish
    await database.close()


async def test_events_that_were_met_before_answers_were_remembered_are_known_there_and_back(empty_url: str) -> None:
    database = Database(empty_url)
    async with database.writing() as session:
        await (await session.connection()).run_sync(migrated(command.upgrade, "0003"))
        await session.execute(text("INSERT INTO events (key, at) VALUES ('Ev1', '2026-03-01 12:00:00')"))
    await database.upgrade()
    async with database.writing() as session:
        assert await events.answer_to(session, "Ev1") is None
        await events.remember_answer(session, "Ev1", "C1 17")
        await (await session.connection()).run_sync(migrated(command.downgrade, "0003"))
    await database.upgrade()
    async with database.writing() as session:
        assert not await events.first_time(session, "Ev1", NOON)
    await database.close()


async def test_digests_that_were_set_up_before_any_was_posted_are_due_after_what_was_read_until_then(empty_url: str) -> None:
    database = Database(empty_url)
    async with database.writing() as session:
        await (await session.connection()).run_sync(migrated(command.upgrade, "0004"))
        for statement in (*AS_IT_WAS_AT_0001, A_SUBSCRIPTION_AT_0002):
            await session.execute(text(statement))
    await database.upgrade()
    async with database.writing() as session:
        (wish,) = await deliveries.due(session, ["slack"], NOON, 9)
        assert (wish.id, wish.topic, wish.seen_quote, wish.seen_at, wish.next_due) == (7, "ferries", 5, wish.created_at, None)
        assert (wish.density, wish.when_empty, wish.gap_minutes, wish.daily_cap) == (Density.FULL, WhenEmpty.LINE, 10, 12)
        await deliveries.open_all(session, [NewDelivery(7, wish.kind, NOON, 5, 5, NOON, NOON)], NOON)
        assert len(await deliveries.claim(session, ["slack"], "one", now=NOON, lease_until=NOON, limit=9)) == 1
        await (await session.connection()).run_sync(migrated(command.downgrade, "0004"))
    await database.upgrade()
    async with database.reading() as session:
        assert [one.id for one in await deliveries.due(session, ["slack"], NOON, 9)] == [7]
        assert await deliveries.newest(session, subscription_id=None, channel=None, limit=9) == []
    await database.close()


async def test_what_was_stored_before_refusals_were_waits_to_be_looked_through_there_and_back(empty_url: str) -> None:
    database = Database(empty_url)
    async with database.writing() as session:
        await (await session.connection()).run_sync(migrated(command.upgrade, "0005"))
        for statement in AS_IT_WAS_AT_0001:
            await session.execute(text(statement))
    await database.upgrade()
    async with database.writing() as session:
        assert await refusals.waiting_of(session, await refusals.waiting(session, 9)) == [WaitingText(3, 4, "We row.")]
        await refusals.replace(session, 4, [])
        assert await refusals.count_waiting(session) == 0
        await (await session.connection()).run_sync(migrated(command.downgrade, "0005"))
    await database.upgrade()
    async with database.reading() as session:
        assert await refusals.count_waiting(session) == 1
        assert [one.id for one in await quotes.of_article(session, 3, include_gone=True)] == [5]
    await database.close()


async def test_what_was_stored_before_meanings_were_waits_to_be_read_for_them_there_and_back(empty_url: str) -> None:
    database = Database(empty_url)
    async with database.writing() as session:
        await (await session.connection()).run_sync(migrated(command.upgrade, "0006"))
        for statement in AS_IT_WAS_AT_0001:
            await session.execute(
                text(statement.replace("cue_words, confidence", "cue_words, reports, confidence").replace("'', 0.9", "'', 'speech', 0.9"))
            )
    await database.upgrade()
    async with database.writing() as session:
        assert await embeddings.waiting(session, model="one", limit=9) == [3]
        await embeddings.save(session, 4, [5], TextVectors(b"p", (QuoteVector(0, 0, b"q"),)), model="one")
        assert await embeddings.count_waiting(session, model="one") == 0
        await (await session.connection()).run_sync(migrated(command.downgrade, "0006"))
    await database.upgrade()
    async with database.reading() as session:
        assert await embeddings.count_waiting(session, model="one") == 1
        assert [one.id for one in await quotes.of_article(session, 3, include_gone=True)] == [5]
    await database.close()


async def test_what_was_stored_before_there_were_feeds_is_kept_there_and_back(empty_url: str) -> None:
    database = Database(empty_url)
    async with database.writing() as session:
        await (await session.connection()).run_sync(migrated(command.upgrade, "0011"))
        await session.execute(text(AS_IT_WAS_AT_0001[0]))
    await database.upgrade()
    async with database.writing() as session:
        number = await feeds.add(session, NewFeed("https://tides.example.org/feed"), NOON)
        await feed_entries.see(session, number, new=[NewEntry("a" * 64, None, None)], at=NOON)
        (one,) = await feed_entries.claim_entries(session, "one", now=NOON, lease_until=NOON, limit=9)
        assert await feed_entries.entry_read(session, one, 3)
        await (await session.connection()).run_sync(migrated(command.downgrade, "0011"))
    await database.upgrade()
    async with database.reading() as session:
        assert await articles.all_ids(session) == [3]
        assert await feeds.every(session) == []
    await database.close()


async def test_a_newer_schema_is_refused_and_left_alone(database: Database) -> None:
    await set_revision(database, "ffff")
    for attempt in (database.open, database.upgrade):
        with pytest.raises(SchemaMismatch, match=r"was made by a newer Verbatim\. Install the newer Verbatim"):
            await attempt()
    assert await database.revision() == ("ffff", migrating.head())


async def test_a_database_of_something_else_is_refused_and_left_alone(empty_url: str) -> None:
    database = Database(empty_url)
    async with database.writing() as session:
        await session.execute(text("CREATE TABLE recipes (id INTEGER PRIMARY KEY)"))
    for attempt in (database.open, database.upgrade):
        with pytest.raises(SchemaMismatch, match="holds tables that are not Verbatim's"):
            await attempt()
    async with database.reading() as session:
        assert await (await session.connection()).run_sync(lambda connection: inspect(connection).get_table_names()) == ["recipes"]
    await database.close()


@pytest.mark.usefixtures("with_another_revision")
async def test_a_migration_that_fails_leaves_the_schema_as_it_was(database_url: str, tmp_path: Path) -> None:
    (tmp_path / "later" / "versions" / "next.py").write_text(NEXT.format(head=HEAD) + '    op.drop_table("nowhere")\n')
    database = Database(database_url)
    with pytest.raises(Exception, match="nowhere"):
        await database.upgrade()
    assert await database.revision() == (HEAD, "next")
    async with database.reading() as session:
        assert "tides" not in await (await session.connection()).run_sync(lambda connection: inspect(connection).get_table_names())
    await database.close()


async def test_postgresql_knows_how_common_most_words_are(database: Database, engine: str) -> None:
    if engine == "postgresql":
        counted = "SELECT attstattarget FROM pg_attribute WHERE attname = 'vector' AND attrelid = to_regclass(:name)"
        async with database.reading() as session:
            for name in ("quote_index", "refusal_index", "article_index"):
                assert await session.scalar(text(counted), {"name": name}) == 1000


async def test_the_way_back_leaves_nothing_behind(database: Database) -> None:
    def back(connection: Connection) -> list[str]:
        migrated(command.downgrade, "base")(connection)
        return inspect(connection).get_table_names()

    async with database.writing() as session:
        assert await (await session.connection()).run_sync(back) == ["alembic_version"]
    await database.upgrade()
    assert await database.revision() == (migrating.head(), migrating.head())


async def test_a_feed_that_was_read_before_knows_since_when_and_its_articles_are_announced(empty_url: str) -> None:
    database = Database(empty_url)
    of_a_feed = "id, address, address_sha256, host, filters, added_at, next_check"
    async with database.writing() as session:
        await (await session.connection()).run_sync(migrated(command.upgrade, "0015"))
        for number in (1, 2, 3):
            values = f"{number}, 'https://{number}.example.org/', '{number}', 'x', '[]', '2026-03-01 12:00:00', '2026-03-01 12:00:00'"
            await session.execute(text(f"INSERT INTO feeds ({of_a_feed}) VALUES ({values})"))  # noqa: S608
        await session.execute(text("UPDATE feeds SET seen_at = '2026-03-03 12:00:00' WHERE id < 3"))
        for number, day in ((1, 2), (2, 1)):
            values = f"{number}, 1, 'read', '2026-03-0{day} 12:00:00', '2026-03-03 12:00:00'"
            await session.execute(text(f"INSERT INTO feed_entries (id, feed_id, state, first_seen, last_seen) VALUES ({values})"))  # noqa: S608
        await session.execute(text(AS_IT_WAS_AT_0001[0]))
    await database.upgrade()
    async with database.writing() as session:
        assert [one.first_seen_at for one in await feeds.every(session)] == [NOON, NOON + timedelta(days=2), None]
        assert await session.scalar(text("SELECT count(*) FROM articles WHERE NOT unannounced")) == 1
        await (await session.connection()).run_sync(migrated(command.downgrade, "0015"))
    await database.upgrade()
    await database.close()
