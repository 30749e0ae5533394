"""What `verbatim serve` runs, by what is set up."""

from pathlib import Path

import pytest

from adapters import composition
from adapters.settings import Settings
from bot.errors import SettingsError
from storage import feeds
from storage.database import Database
from storage.records import NewFeed
from tests.fakes.clock import FakeClock


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.model_validate({"database_url": f"sqlite:///{tmp_path / 'verbatim.db'}", "monitoring_port": 0})


async def test_where_no_chat_is_set_up_feeds_are_read_alone(settings: Settings) -> None:
    database = Database(settings.database_url.get_secret_value())
    await database.open()
    async with database.writing() as session:
        await feeds.add(session, NewFeed("https://tide.example.org/feed"), FakeClock()())
    await database.close()
    async with composition.open_services(settings) as services:
        assert [one.name for one in services.serving] == ["Feeds"]
        assert "Feeds" not in {one.name for one in services.beside}


async def test_without_a_chat_and_a_feed_it_is_said_how_to_begin(settings: Settings) -> None:
    with pytest.raises(SettingsError, match="No chat is set up and no feed is read") as caught:
        async with composition.open_services(settings):
            pass
    assert "verbatim feeds add" in caught.value.remedy
