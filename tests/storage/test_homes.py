from storage import homes
from storage.database import Database


async def zone_of(database: Database, *home: str) -> str | None:
    async with database.reading() as session:
        return await homes.time_zone(session, *home)


async def set_zone(database: Database, *home: str, zone: str) -> None:
    async with database.writing() as session:
        await homes.set_time_zone(session, *home, time_zone=zone)


async def test_a_time_zone_that_was_set_holds_until_another_is(database: Database) -> None:
    assert await zone_of(database, "discord", "1") is None
    for zone in ("Europe/Berlin", "Asia/Tokyo"):
        await set_zone(database, "discord", "1", zone=zone)
        assert await zone_of(database, "discord", "1") == zone


async def test_servers_people_and_platforms_have_settings_of_their_own(database: Database) -> None:
    homes_and_zones = {
        ("discord", "1"): "Europe/Berlin",
        ("discord", "2"): "Asia/Tokyo",
        ("discord", "@me", "7"): "Europe/Paris",
        ("discord", "@me", "8"): "Europe/Rome",
        ("other", "1"): "UTC",
    }
    for home, zone in homes_and_zones.items():
        await set_zone(database, *home, zone=zone)
    assert {home: await zone_of(database, *home) for home in homes_and_zones} == homes_and_zones
    assert await zone_of(database, "discord", "@me") is None
