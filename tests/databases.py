"""Databases for tests: every test that asks for one runs on SQLite and on PostgreSQL.

PostgreSQL is a server of our own on loopback, one for each test process, in a temporary folder. Where its programs are not
installed these tests are skipped, except on CI, where they fail. Each test gets a copy of a database made once, or on PostgreSQL
the emptied one of a test before it.
"""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import pytest_asyncio
from sqlalchemy import Connection, Dialect, Engine, event

from storage.database import Database
from tests.postgresql import MISSING, PostgreSQL, Schema, running, server_programs

ENGINES = ("sqlite", "postgresql")
BUSY_SECONDS = 10.0
_COMPILED: dict[type[Dialect], tuple[Dialect, dict[object, object]]] = {}


@event.listens_for(Engine, "engine_connect")
def _compile_once(connection: Connection) -> None:
    """Have each statement compiled once in a process: every test has engines of its own, and each would compile them all anew."""
    connection.dialect, compiled = _COMPILED.setdefault(type(connection.dialect), (connection.dialect, {}))
    connection.execution_options(compiled_cache=compiled)


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgreSQL]:
    programs = server_programs()
    if programs is None:
        if os.environ.get("CI") == "true":
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with running(programs) as server:
        yield server


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: PostgreSQL) -> str:
    name = postgresql_server.create()
    _apart(lambda: _made(postgresql_server.url(name)))
    return name


@pytest.fixture(scope="session")
def postgresql_schema(postgresql_server: PostgreSQL, postgresql_template: str) -> Schema:
    return postgresql_server.schema(postgresql_template)


@pytest.fixture(scope="session")
def spare_databases() -> list[str]:
    """Databases of PostgreSQL that tests have left, with nothing in them: emptying one takes a fraction of making one."""
    return []


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("template") / "verbatim.db"
    _apart(lambda: _made(f"sqlite:///{file}"))
    return file


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    """The engine that a test runs on."""
    return str(request.param)


@pytest.fixture
def sqlite_alone(request: pytest.FixtureRequest) -> str:
    """SQLite, for a module that says `engine = sqlite_alone`: what it tests is above the store, which is tested on both engines."""
    return str(getattr(request, "param", "sqlite"))


@pytest.fixture
def empty_url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database in which there is nothing."""
    if engine == "sqlite":
        yield f"sqlite:///{tmp_path / 'verbatim.db'}"
        return
    server: PostgreSQL = request.getfixturevalue("postgresql_server")
    name = server.create()
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def database_url(engine: str, request: pytest.FixtureRequest, tmp_path: Path, spare_databases: list[str]) -> Iterator[str]:
    """The URL of a database with the newest schema and nothing in it."""
    if engine == "sqlite":
        yield f"sqlite:///{shutil.copy(request.getfixturevalue('sqlite_template'), tmp_path / 'verbatim.db')}"
        return
    server: PostgreSQL = request.getfixturevalue("postgresql_server")
    template, schema = request.getfixturevalue("postgresql_template"), request.getfixturevalue("postgresql_schema")
    name = spare_databases.pop() if spare_databases else server.create(template)
    yield server.url(name)
    if server.empty(name) == schema:
        spare_databases.append(name)
    else:
        server.drop(name)


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """A database with nothing in it; the test runs once on each engine. It need not be opened: its schema is the newest."""
    opened = Database(database_url, busy_seconds=BUSY_SECONDS)
    yield opened
    await opened.close()


async def _made(url: str) -> None:
    database = Database(url)
    await database.open()
    await database.close()


def _apart(work: Callable[[], Coroutine[None, None, None]]) -> None:
    """Run a coroutine in a thread of its own, out of the way of the test's event loop."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(work())).result()
