"""Databases for tests: every test that asks for one runs on SQLite and on PostgreSQL.

PostgreSQL is a server of our own on loopback, one for each test process, in a temporary folder. Where its programs are not
installed these tests are skipped, except on CI, where they fail. Each test gets a copy of a database made once.
"""

import asyncio
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path

import psycopg
import pytest
import pytest_asyncio

from storage.database import Database

ENGINES = ("sqlite", "postgresql")
BUSY_SECONDS = 10.0
_NUMBERS = count()


class PostgreSQL:
    """A server on loopback that is thrown away."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs = programs
        self._folder = folder
        self._data = folder / "data"
        self._strategy = ""
        self.port = _free_port()

    def start(self) -> None:
        if os.geteuid() == 0:
            shutil.chown(self._folder, "postgres", "postgres")
        self._run(
            "initdb", "--pgdata", self._data, "--username", "tester", "--auth", "trust", "--encoding", "UTF8", "--locale", "C", "--no-sync"
        )
        options = (
            f"-p {self.port} -h 127.0.0.1 -k {self._folder} -F -c synchronous_commit=off -c full_page_writes=off -c max_connections=60"
        )
        self._run("pg_ctl", "start", "--wait", "--silent", "--pgdata", self._data, "--log", self._folder / "log", "--options", options)
        with psycopg.connect(self.url("postgres")) as connection:
            # Copying a small template's files takes a fifth of the time of logging its pages, the way since version 15.
            self._strategy = "STRATEGY FILE_COPY" if connection.info.server_version >= 150_000 else ""

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "--wait", "--silent", "--mode", "immediate", "--pgdata", self._data)

    def url(self, name: str) -> str:
        return f"postgresql://tester:s3cret@127.0.0.1:{self.port}/{name}"

    def create(self, template: str = "template0") -> str:
        """Make a database, a copy of `template`, and return its name."""
        name = f"test_{next(_NUMBERS)}"
        self.order(f'CREATE DATABASE "{name}" TEMPLATE "{template}" {self._strategy}')
        return name

    def drop(self, name: str) -> None:
        self.order(f'DROP DATABASE "{name}" WITH (FORCE)')

    def order(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload, unused-ignore]

    def _run(self, program: str, *arguments: object) -> None:
        """Run a server program, as an unprivileged user if we are root (it refuses to run as root)."""
        command = [str(self._programs / program), *map(str, arguments)]
        if os.geteuid() == 0:
            command = ["runuser", "-u", "postgres", "--", *command]
        with (self._folder / "output").open("a+b") as output:
            done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, check=False, cwd=self._folder)  # noqa: S603
        if done.returncode:
            raise RuntimeError(f"{program} failed: {(self._folder / 'output').read_text()}")


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[PostgreSQL]:
    programs = _programs()
    if programs is None:
        missing = "PostgreSQL's server programs are not installed, or there is no unprivileged user to run them."
        if os.environ.get("CI") == "true":
            pytest.fail(missing)
        pytest.skip(missing)
    folder = Path(tempfile.mkdtemp(prefix="verbatim-postgresql-"))
    server = PostgreSQL(programs, folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


@pytest.fixture(scope="session")
def postgresql_template(postgresql_server: PostgreSQL) -> str:
    name = postgresql_server.create()
    _apart(lambda: _made(postgresql_server.url(name)))
    return name


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
def database_url(engine: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database with the newest schema and nothing in it."""
    if engine == "sqlite":
        yield f"sqlite:///{shutil.copy(request.getfixturevalue('sqlite_template'), tmp_path / 'verbatim.db')}"
        return
    template = request.getfixturevalue("postgresql_template")
    server: PostgreSQL = request.getfixturevalue("postgresql_server")
    name = server.create(template)
    yield server.url(name)
    server.drop(name)


@pytest_asyncio.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    """An open database with nothing in it; the test runs once on each engine."""
    opened = Database(database_url, busy_seconds=BUSY_SECONDS)
    await opened.open()
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


def _programs() -> Path | None:
    """The folder with PostgreSQL's server programs, the newest one's, if they can be run here."""
    if os.geteuid() == 0 and (shutil.which("runuser") is None or not _is_user("postgres")):
        return None
    on_path = shutil.which("initdb")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    found = [folder for folder in folders if (folder / "initdb").exists()] + ([Path(on_path).parent] if on_path else [])
    return found[-1] if found else None


def _is_user(name: str) -> bool:
    return subprocess.run(["id", name], capture_output=True, check=False).returncode == 0  # noqa: S603, S607


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
