"""Which engine reads the texts of a test."""

import pytest

from tests.bot.quoting import reading


@pytest.fixture(params=reading.ENGINES)
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine that tests/bot/quoting/reading.py asks: as it is, and with the rules alone, which have a say in it."""
    monkeypatch.setattr(reading, "ENGINE", reading.ENGINES[request.param])
