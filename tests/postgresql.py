"""A PostgreSQL server of our own on loopback in a temporary folder, for tests and benchmarks."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

MISSING = "PostgreSQL's server programs are not installed, or there is no unprivileged user to run them."
_NUMBERS = count()
# Deleting a few rows takes a fraction of the time of TRUNCATE, which makes new files; the order of tables does not matter to a replica.
_EMPTYING = """
DO $$ DECLARE name text; BEGIN
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid();
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
        EXECUTE format('DELETE FROM %I', name);
    END LOOP;
    FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
        PERFORM setval(quote_ident(name), 1, false);
    END LOOP;
END $$
"""
# Whatever makes or drops a table or an index shows here.
_SCHEMA = "SELECT (SELECT count(*) FROM pg_class), (SELECT max(oid) FROM pg_class), (SELECT version_num FROM alembic_version)"

Schema = tuple[object, ...]


class PostgreSQL:
    """A server on loopback that is thrown away."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self._programs = programs
        self._folder = folder
        self._data = folder / "data"
        self._strategy = ""
        self._emptying: dict[str, psycopg.Connection] = {}
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
        for connection in self._emptying.values():
            connection.close()
        self._run("pg_ctl", "stop", "--wait", "--silent", "--mode", "immediate", "--pgdata", self._data)

    def url(self, name: str) -> str:
        return f"postgresql://tester:s3cret@127.0.0.1:{self.port}/{name}"

    def create(self, template: str = "template0") -> str:
        """Make a database, a copy of `template`, and return its name."""
        name = f"test_{next(_NUMBERS)}"
        self.order(f'CREATE DATABASE "{name}" TEMPLATE "{template}" {self._strategy}')
        return name

    def drop(self, name: str) -> None:
        if connection := self._emptying.pop(name, None):
            connection.close()
        self.order(f'DROP DATABASE "{name}" WITH (FORCE)')

    def empty(self, name: str) -> Schema:
        """Take every row out of a database, so that it is as new, if it has our schema still; its numbers begin with 1 again.

        The connection is kept for the next time: a new one has to get to know all tables, which takes six times as long as this.
        """
        connection = self._emptying.get(name)
        if connection is None or _is_lost(connection):
            connection = self._emptying[name] = psycopg.connect(self.url(name), autocommit=True)
        connection.execute(_EMPTYING)
        return connection.execute(_SCHEMA).fetchall()[0]

    def schema(self, name: str) -> Schema:
        """What tells a database of ours from one with another schema."""
        with psycopg.connect(self.url(name)) as connection:
            return connection.execute(_SCHEMA).fetchall()[0]

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


@contextmanager
def running(programs: Path) -> Iterator[PostgreSQL]:
    """A server that runs until the block ends. `programs` is the folder of its programs."""
    folder = Path(tempfile.mkdtemp(prefix="verbatim-postgresql-"))
    server = PostgreSQL(programs, folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


def server_programs() -> Path | None:
    """The folder with PostgreSQL's server programs, the newest one's, if they can be run here."""
    if os.geteuid() == 0 and (shutil.which("runuser") is None or not _is_user("postgres")):
        return None
    on_path = shutil.which("initdb")
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: float(folder.parent.name))
    found = [folder for folder in folders if (folder / "initdb").exists()] + ([Path(on_path).parent] if on_path else [])
    return found[-1] if found else None


def _is_user(name: str) -> bool:
    return subprocess.run(["id", name], capture_output=True, check=False).returncode == 0  # noqa: S603, S607


def _is_lost(connection: psycopg.Connection) -> bool:
    """Whether a test has ended a connection that is no longer its own."""
    try:
        connection.execute("SELECT")
    except psycopg.OperationalError:
        connection.close()
        return True
    return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
