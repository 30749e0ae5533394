"""What all tests can ask for."""

import gc
import os
import shutil
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.databases import (
    database,
    database_url,
    empty_url,
    engine,
    postgresql_schema,
    postgresql_server,
    postgresql_template,
    spare_databases,
    sqlite_template,
)

__all__ = [
    "database",
    "database_url",
    "empty_url",
    "engine",
    "postgresql_schema",
    "postgresql_server",
    "postgresql_template",
    "spare_databases",
    "sqlite_template",
]

# At each commit a disk is waited for, memory is not. In a container it may have room for nothing.
_MEMORY, _ROOM = Path("/dev/shm"), 4_000_000_000  # noqa: S108 - everybody's own folders lie in it
if _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))

# No test measures time: a busy machine is no failure. What reads the texts of strangers asks for more examples than these itself.
settings.register_profile("verbatim", deadline=None, max_examples=30)
settings.load_profile("verbatim")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:  # noqa: ARG001 - pytest-xdist's hook
    """One worker more than there are processors: many tests wait for another process, a server or a lock."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:  # noqa: ARG001 - pytest's hook
    """What is collected stays until the end: to look through it for garbage again and again takes a third of the time.

    Of what tests make most is gone before twenty thousand more are made; to look after every seven hundred takes a tenth of the rest.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.set_threshold(20_000)
        gc.enable()
