import logging
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path

import pytest
from slack_sdk.http_retry.builtin_interval_calculators import BackoffRetryIntervalCalculator

from adapters import composition
from adapters.settings import PREFIX, Settings
from tests.fakes.newsroom import FakeNewsroom


@pytest.fixture(autouse=True)
def _a_place_of_our_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the settings, the log or the history of whoever runs it."""
    monkeypatch.chdir(tmp_path)
    for name in (*Settings.model_fields, "config"):
        monkeypatch.delenv(PREFIX + name.upper(), raising=False)
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("VERBATIM_AUTHOR", "Bo Tester")


@pytest.fixture(autouse=True)
def _its_log_ends_with_a_test() -> Iterator[None]:
    """No test writes into the log that a command of another has begun, nor as much as that one wanted."""
    root = logging.getLogger()
    level = root.level
    yield
    for handler in root.handlers[:]:
        if type(handler) in (RotatingFileHandler, logging.StreamHandler):
            root.removeHandler(handler)
            handler.close()
    root.setLevel(level)


@pytest.fixture(autouse=True)
def _slack_is_tried_again_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits before a call is repeated whose connection broke."""
    monkeypatch.setattr(BackoffRetryIntervalCalculator, "calculate_sleep_duration", lambda *_: 0.0)


@pytest.fixture
def newsroom(monkeypatch: pytest.MonkeyPatch) -> FakeNewsroom:
    """The newsroom that commands find."""
    fake = FakeNewsroom()
    monkeypatch.setattr(composition, "open_newsroom", fake.opener())
    return fake
