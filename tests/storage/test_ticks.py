from storage import deliveries, subscriptions, ticks
from storage.database import Database
from storage.records import Figures
from tests.storage.sample import DAY, HOUR, NOON
from tests.storage.test_deliveries import claimed, due, opened, recorded, sent, subscribed


async def test_each_process_is_remembered_by_when_it_last_looked_until_it_is_forgotten(database: Database) -> None:
    async with database.writing() as session:
        assert (await ticks.figures(session, NOON)).last_tick is None
        await ticks.note(session, "one", NOON)
        await ticks.note(session, "two", NOON + HOUR)
        await ticks.note(session, "one", NOON + DAY)
        assert (await ticks.figures(session, NOON)).last_tick == NOON + DAY
        await ticks.forget(session, NOON + 2 * HOUR)
        assert (await ticks.figures(session, NOON)).last_tick == NOON + DAY
        await ticks.forget(session, NOON + 2 * DAY)
        assert (await ticks.figures(session, NOON)).last_tick is None


async def test_the_figures_count_what_waits_and_what_ended_in_the_last_day(database: Database) -> None:
    await subscribed(database, "C1", "C2", "C3")
    await subscribed(database, "C4", workspace="T2")
    await opened(database, *(due(number) for number in (1, 2, 3, 4)))
    await recorded(database, sent((await claimed(database, limit=2))[0].delivery))
    async with database.writing() as session:
        await subscriptions.pause(session, 3, NOON, "by Ed")
        everywhere = Figures(last_tick=None, due=3, sent=1, skipped=0, failed=0, uncertain=0, running=3, paused=1)
        assert await ticks.figures(session, NOON + HOUR) == everywhere
        there = await ticks.figures(session, NOON + HOUR, ("slack", "T2"))
        assert (there.due, there.sent, there.running, there.paused) == (1, 0, 1, 0)
        assert (await ticks.figures(session, NOON + DAY)).sent == 0
        assert await ticks.figures(session, NOON, ("slack", "nowhere")) == Figures(None, 0, 0, 0, 0, 0, 0, 0)
        await deliveries.forget(session, NOON + HOUR)
        assert (await ticks.figures(session, NOON + HOUR)).sent == 0
