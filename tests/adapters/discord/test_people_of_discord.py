"""Who asks on Discord: what they are called, what they may do, and whose time zone holds."""

import pytest

from adapters.setting_types import AllowedOnDiscord
from storage.database import Database
from tests.adapters.discord.scenes import Scene, playing
from tests.fakes.discord_reading import visible_text
from tests.fakes.discord_records import ADA, BEN, OWNER
from tests.fakes.discord_server import DiscordServer

CHIEFS, WRITERS = 121, 122
REMOVE = "remove 99"  # nobody can, as there is no such article; who may is told so
EVERYONE = AllowedOnDiscord(everyone=True)
NOBODY = AllowedOnDiscord()
MANAGERS = AllowedOnDiscord(manage_server=True)


async def who_may(scene: Scene) -> set[int]:
    """Who of Ada (who manages the server), Ben, Eli (an administrator) and the owner may take articles down, in a channel."""
    allowed = set()
    for person in (ADA, BEN, OWNER, CHIEFS):
        scene.people.mention(REMOVE, user=person)
        by_command = visible_text(await scene.asked(REMOVE, user=person))
        assert ("You may not" in by_command) is ("You may not" in scene.posted(person))
        allowed |= set() if "You may not" in by_command else {person}
    return allowed


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        (EVERYONE, {ADA, BEN, OWNER, CHIEFS}),
        (NOBODY, set()),
        (MANAGERS, {ADA, OWNER, CHIEFS}),
        (AllowedOnDiscord(ids=frozenset({BEN})), {BEN}),
        (AllowedOnDiscord(manage_server=True, ids=frozenset({WRITERS})), {ADA, BEN, OWNER, CHIEFS}),
    ],
)
async def test_who_may_is_as_the_operator_set_it(
    discord: DiscordServer, store: Database, setting: AllowedOnDiscord, expected: set[int]
) -> None:
    discord.add_person(CHIEFS, "Eli Marsh")
    discord.add_role(WRITERS, "Writers", BEN)
    discord.add_role(CHIEFS, "Chiefs", CHIEFS, administrator=True)
    async with playing(discord, store, discord_may_remove=setting) as scene:
        assert await who_may(scene) == expected


@pytest.mark.parametrize(("setting", "expected"), [(MANAGERS, True), (NOBODY, False), (AllowedOnDiscord(ids=frozenset({ADA})), False)])
async def test_nobody_manages_the_direct_messages_of_a_person_but_that_person(
    discord: DiscordServer, store: Database, setting: AllowedOnDiscord, *, expected: bool
) -> None:
    async with playing(discord, store, discord_may_remove=setting) as scene:
        assert ("You may not" not in visible_text(await scene.asked_directly(REMOVE, user=BEN))) is expected
        assert ("You may not" not in visible_text(await scene.asked(REMOVE, user=BEN, channel=None))) is expected


async def test_a_correction_names_the_person_and_tells_two_of_one_name_apart(scene: Scene) -> None:
    await scene.asked_in_a_channel("fix 1 not a quote", user=BEN)
    assert "Ben Okoro (202)" in visible_text(await scene.asked_in_a_channel("corrections"))


async def test_the_time_zone_of_a_server_holds_there_and_that_of_a_person_in_direct_messages(scene: Scene) -> None:
    assert "Europe/London" in visible_text(await scene.asked("time zone"))
    await scene.asked_in_a_channel("time zone New York")
    await scene.asked_directly("time zone Oslo", user=BEN)
    assert "America/New_York" in visible_text(await scene.asked("time zone", user=BEN))
    assert "Europe/Oslo" in visible_text(await scene.asked_directly("time zone", user=BEN))
    assert "Europe/London" in visible_text(await scene.asked_directly("time zone"))


async def test_a_server_s_time_zone_is_set_by_those_who_manage_it(scene: Scene) -> None:
    scene.people.mention("time zone New York", user=BEN)
    await scene.settled()
    assert "You may not change the settings of this server" in scene.posted(BEN)
    assert "Europe/London" in visible_text(await scene.asked("time zone"))


async def test_a_digest_that_is_set_up_by_a_mention_is_set_up_where_it_is_asked_for(scene: Scene) -> None:
    thread = scene.people.thread("Ferries")
    await scene.asked_in_a_channel("digest daily at 8 about the ferry", channel=thread.id)
    assert "Digest 1" in visible_text(await scene.asked("subscriptions", channel=thread.id))
    assert "Digest 1" not in visible_text(await scene.asked("subscriptions"))
