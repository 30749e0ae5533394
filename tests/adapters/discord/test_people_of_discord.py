"""Who asks on Discord: what they are called, what they may do, and whose time zone holds."""

import pytest

from adapters.setting_types import AllowedOnDiscord
from storage.database import Database
from tests.adapters.discord.scenes import Scene, playing
from tests.adapters.discord.using import pressed, told, used
from tests.fakes.discord_reading import visible_text
from tests.fakes.discord_records import ADA, BEN, EDITORS, GUILD, NEWS, OWNER, SPORT
from tests.fakes.discord_server import DiscordServer

CHIEFS, WRITERS = 121, 122
REMOVE = "remove 99"  # nobody can, as there is no such article; who may is told so
OF_ALL = {"add": "add https://news.example.org/none.html", "remove": REMOVE, "correct": "fix 99 not a quote"}
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
        (AllowedOnDiscord(ids=frozenset({GUILD})), {ADA, BEN, OWNER, CHIEFS}),
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


@pytest.mark.parametrize("right", ["add", "remove", "correct"])
@pytest.mark.parametrize("setting", [MANAGERS, AllowedOnDiscord(ids=frozenset({EDITORS})), EVERYONE])
async def test_whom_a_server_lets_do_what_all_servers_share_is_not_let_in_direct_messages(
    discord: DiscordServer, store: Database, right: str, setting: AllowedOnDiscord
) -> None:
    async with playing(discord, store, room=None, **{f"discord_may_{right}": setting}) as scene:
        directly = visible_text(await scene.asked_directly(OF_ALL[right]))
        assert directly == visible_text(await scene.asked(OF_ALL[right], channel=None))
        refused = "What you may do in a server does not count in direct messages: ask in the server." in directly
        assert refused is not setting.everyone
        assert "You may not" not in visible_text(await scene.asked(OF_ALL[right]))


@pytest.mark.parametrize("right", ["add", "remove", "correct"])
async def test_a_person_whom_the_operator_named_may_do_it_in_direct_messages_too(
    discord: DiscordServer, store: Database, right: str
) -> None:
    async with playing(discord, store, room=None, **{f"discord_may_{right}": AllowedOnDiscord(ids=frozenset({BEN}))}) as scene:
        assert "You may not" not in visible_text(await scene.asked_directly(OF_ALL[right], user=BEN))
        assert "You may not" in visible_text(await scene.asked_directly(OF_ALL[right]))


async def test_direct_messages_are_everybody_s_own_to_set_up(scene: Scene) -> None:
    assert "Europe/Oslo" in visible_text(await scene.asked_directly("time zone Oslo", user=BEN))
    assert "Digest 1" in visible_text(await scene.asked("digest daily at 8", user=BEN, channel=None))


@pytest.mark.parametrize(
    ("setting", "who"),
    [
        (NOBODY, "Nobody may on Discord"),
        (MANAGERS, "For that you need the permission Manage Server here."),
        (
            AllowedOnDiscord(manage_server=True, ids=frozenset({WRITERS})),
            "For that you need the permission Manage Server here, or whoever runs",
        ),
        (AllowedOnDiscord(ids=frozenset({WRITERS})), "Whoever runs Verbatim keeps that for certain people and roles"),
    ],
)
async def test_a_refusal_says_who_may(discord: DiscordServer, store: Database, setting: AllowedOnDiscord, who: str) -> None:
    async with playing(discord, store, discord_may_remove=setting) as scene:
        assert f"You may not take articles down. {who}" in visible_text(await scene.asked(REMOVE, user=BEN))


async def test_a_role_counts_while_discord_does_not_tell_of_the_server(discord: DiscordServer, store: Database) -> None:
    """The server is there at the start, but not what roles it has."""
    discord.add_role(WRITERS, "Writers", BEN)
    async with playing(discord, store, discord_may_remove=AllowedOnDiscord(ids=frozenset({WRITERS}))) as scene:
        guild = scene.client.get_guild(GUILD)
        assert guild is not None
        guild._remove_role(WRITERS)
        assert "You may not" not in visible_text(await scene.asked(REMOVE, user=BEN))


async def test_a_correction_names_the_person_and_tells_two_of_one_name_apart(scene: Scene) -> None:
    await scene.asked_in_a_channel("fix 1 not a quote", user=BEN)
    assert "corrected by Ben Okoro on" in visible_text(await scene.asked_in_a_channel("corrections"))
    scene.discord.people[ADA].name = scene.discord.people[BEN].name
    await scene.asked_in_a_channel("fix 2 not a quote", user=ADA)
    listed = visible_text(await scene.asked_in_a_channel("corrections"))
    assert "Ben Okoro (202)" in listed
    assert "Ben Okoro (201)" in listed


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


async def test_who_manages_a_server_has_nothing_posted_where_that_person_may_not_write(scene: Scene) -> None:
    scene.discord.deny(NEWS, "send_messages", whom=ADA)
    for entered, channel in (({"channel": NEWS}, SPORT), ({"about": "ferry"}, NEWS)):
        assert "You may not write in" in told(await used(scene, "watch", entered, channel=channel))
    private = await scene.asked("who said what about the ferry")
    assert "You may not write in this channel" in told(await pressed(scene, private, "Share in channel"))
    assert scene.discord.posts(NEWS) == []
