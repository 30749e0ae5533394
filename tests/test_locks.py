"""The locks hold what pyproject.toml asks for, each package with its hashes, and say nothing of where to get it."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_PACKAGE = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)
_HASHED = re.compile(r"^[A-Za-z0-9._-]+==\S+(?: ;[^\\\n]+)? \\\n(?:    --hash=sha256:[0-9a-f]{64}(?: \\)?\n)+", re.MULTILINE)
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-bench.lock")


def _lock(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _name(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found
    return re.sub(r"[-_.]+", "-", found[0]).lower()  # as PEP 503 has it


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_names_no_place(name: str) -> None:
    assert "://" not in _lock(name)
    assert "index" not in re.sub(r"\S*-index\S*==", "", _lock(name))


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_of_a_lock_has_its_hashes(name: str) -> None:
    assert len(_HASHED.findall(_lock(name))) == len(_PACKAGE.findall(_lock(name))) > 30


def test_what_runs_is_what_was_tested() -> None:
    tested = dict(_PACKAGE.findall(_lock("requirements-dev.lock")))
    assert dict(_PACKAGE.findall(_lock("requirements.lock"))).items() <= tested.items()


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    run = {_name(wanted) for wanted in (*project["project"]["dependencies"], *project["build-system"]["requires"])}
    groups = {name: {_name(wanted) for wanted in group if isinstance(wanted, str)} for name, group in project["dependency-groups"].items()}
    assert set(groups) == {"build", "dev", "bench", "training"}  # training has no lock
    assert run <= _packages("requirements.lock")
    assert run | groups["build"] | groups["dev"] <= _packages("requirements-dev.lock")
    assert groups["bench"] <= _packages("requirements-bench.lock")


def _packages(lock: str) -> set[str]:
    return {_name(name) for name, _ in _PACKAGE.findall(_lock(lock))}
