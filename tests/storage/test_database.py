from storage.database import Database


async def test_an_empty_database_is_made_when_it_is_opened(empty_url: str) -> None:
    database = Database(empty_url)
    await database.open()
    current, head = await database.revision()
    await database.close()
    assert current == head
