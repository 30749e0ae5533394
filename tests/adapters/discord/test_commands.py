"""Commands with options: what they ask, that it is told how they were understood, and that only whoever asks sees the answer."""

import discord as discord_py
import pytest
from discord import app_commands

from adapters.discord.app import Verbatim
from adapters.discord.listeners.commands import FIND_WORDS
from adapters.setting_types import AllowedOnDiscord
from storage.database import Database
from tests.adapters.discord.scenes import FERRY, TIMETABLE, Scene, has_digest, playing
from tests.adapters.discord.using import ACKNOWLEDGE, ALL_BUTTONS, THINKING, Options, answer, told, used
from tests.fakes.discord_reading import labels, links, visible_text
from tests.fakes.discord_records import ADA, BEN, NEWS
from tests.fakes.discord_server import DiscordServer
from tests.newsrooms import page

ADDRESS = "https://mill.example.org/news/rowing?page=1&part=2"
COMMANDS: tuple[tuple[str, Options, str], ...] = (
    ("ask", {"request": "what did Tom Cook say"}, "Quotes by Tom Cook."),
    ("ask", {"request": " "}, "What you can type."),
    ("who", {"about": "ferry"}, "Quotes about ferry by anyone."),
    ("quotes", {"speaker": "Tom Cook"}, "Quotes by Tom Cook."),
    ("speaker", {"name": "Tom Cook"}, "Who Tom Cook is, as the articles have it."),
    ("digest", {}, "Digest of quotes read since Thursday 12:00: "),
    ("subscriptions", {}, "Set one up where it shall be posted"),
    ("status", {}, "2 articles of 2 outlets"),
    ("help", {}, "What you can type."),
)


@pytest.mark.parametrize(("name", "entered", "understood"), COMMANDS)
async def test_a_command_is_answered_to_whoever_used_it_alone(scene: Scene, name: str, entered: Options, understood: str) -> None:
    done = await used(scene, name, entered)
    assert understood in told(done)
    assert scene.discord.ephemerals(ADA) == [answer(done)]
    assert scene.discord.posts(NEWS) == []


@pytest.mark.parametrize(("name", "entered", "understood"), COMMANDS)
async def test_a_command_in_direct_messages_is_answered_there_for_good(scene: Scene, name: str, entered: Options, understood: str) -> None:
    done = await used(scene, name, entered, channel=None)
    assert understood in told(done)
    assert scene.discord.posts(ADA) == [answer(done)]
    assert "Share in channel" not in labels(answer(done))
    assert scene.discord.ephemerals(ADA) == []


@pytest.mark.parametrize(
    ("name", "entered", "understood"),
    [
        ("who", {"about": "ferry", "since": "Monday"}, "Quotes about ferry by anyone, since 2 November 2026."),
        ("who", {"about": "ferry", "until": "yesterday"}, "Quotes about ferry by anyone, before 6 November 2026."),
        ("who", {"about": "ferry", "outlet": "The Oar"}, "Quotes about ferry by anyone in The Oar."),
        ("quotes", {"about": "ferry"}, "Quotes about ferry by anyone."),
        ("quotes", {"speaker": "Tom Cook", "direct": True}, "Direct quotes by Tom Cook."),
        ("quotes", {"speaker": "Tom Cook", "direct": False}, "Quotes by Tom Cook."),
        ("quotes", {"speaker": "Tom Cook", "about": "timetable"}, "Quotes about timetable by Tom Cook."),
        ("quotes", {"speaker": "Tom Cook", "outlet": "The Mill"}, "Quotes by Tom Cook in The Mill."),
        ("quotes", {"speaker": "Tom Cook", "since": "1 October 2026"}, "Quotes by Tom Cook, since 1 October 2026."),
        ("quotes", {"speaker": "Tom Cook", "until": "1 October 2026"}, "Quotes by Tom Cook, before 2 October 2026."),
        ("digest", {"about": "the ferry"}, "Digest of quotes about ferry, read since Thursday 12:00: "),
        ("digest", {"since": "Monday"}, "Digest of quotes published since Monday: "),
        ("digest", {"since": "Monday", "until": "yesterday"}, "Digest of quotes published from 2 November 2026 to 5 November 2026: "),
        ("help", {"keyword": "digest"}, "How digest works."),
        ("help", {"keyword": "Digest"}, "How digest works."),
    ],
)
async def test_each_option_is_understood_and_the_answer_says_so(scene: Scene, name: str, entered: Options, understood: str) -> None:
    assert understood in told(await used(scene, name, entered))


@pytest.mark.parametrize(
    ("name", "entered", "why"),
    [
        ("who", {"about": "ferry", "since": "some day"}, "some day"),
        ("digest", {"since": "some day"}, "some day"),
        ("quotes", {"speaker": "Nobody Atall"}, "Nobody Atall"),
        ("help", {"keyword": "nonsense"}, "No request and no command begins with nonsense."),
        ("add", {"address": "../../etc/passwd"}, "../../etc/passwd is no address of the web."),
    ],
)
async def test_an_option_that_is_not_understood_is_told_to_whoever_used_it_alone(
    scene: Scene, name: str, entered: Options, why: str
) -> None:
    done = await used(scene, name, entered)
    assert why in told(done)
    assert scene.discord.ephemerals(ADA) == [answer(done)]
    assert scene.discord.posts(NEWS) == []


@pytest.mark.parametrize(
    ("name", "option", "longest"), [("ask", "request", 1000), ("who", "about", 1000), ("watch", "schedule", 1000), ("add", "address", 4000)]
)
async def test_discord_lets_nobody_send_more_than_is_read(scene: Scene, name: str, option: str, longest: int) -> None:
    with pytest.raises(AssertionError, match=f"Discord takes 1 to {longest} characters"):
        scene.people.command(name, {option: "a" * (longest + 1)})
    assert told(await used(scene, name, {option: "a" * longest}))


async def test_help_says_where_requests_are_typed_and_which_commands_there_are(scene: Scene) -> None:
    shown = told(await used(scene, "help"))
    assert "Type a request behind @Verbatim in a channel, after /ask, or in a direct message to Verbatim." in shown
    for command in scene.discord.commands[None]:
        assert (f"/{command['name']}" if command["type"] == 1 else f"“{command['name']}”") in shown


@pytest.mark.parametrize(
    ("keyword", "explained"),
    [
        ("who", "about (needed): Words that are spoken of"),
        ("/watch", "zone: By whose clocks"),
        ("ask", "request (needed): Such as: who said what"),
        ("quote", "speaker: Who said it"),
        ("digest", "since: From which day on"),
        ("Find these words", "It stands in the menu of a message"),
    ],
)
async def test_help_explains_each_command(scene: Scene, keyword: str, explained: str) -> None:
    assert explained in told(await used(scene, "help", keyword=keyword))


async def test_help_of_a_command_that_requests_begin_with_too_explains_both(scene: Scene) -> None:
    shown = told(await used(scene, "help", keyword="digest"))
    assert "digest daily at 8" in shown
    assert "a digest of the last day, or of the days that you give" in shown


async def test_an_article_is_added_by_its_address_and_its_quotes_are_found(scene: Scene) -> None:
    words = "Rowing is the only way across"
    scene.room.fetcher.pages[ADDRESS] = page(
        "Islanders to row", f'Ann Bell said: "{words}."', *["The island has been without one." * 9] * 9
    )
    assert "Added as article 3: Islanders to row, with 1 quote." in told(await used(scene, "add", address=f" {ADDRESS} "))
    assert words in told(await used(scene, "who", about="rowing"))


async def test_only_those_who_are_named_may_add_and_others_are_told_so_alone(discord: DiscordServer, store: Database) -> None:
    async with playing(discord, store, discord_may_add=AllowedOnDiscord(ids=frozenset({BEN}))) as scene:
        assert "You may not add articles" in told(await used(scene, "add", address=ADDRESS))
        assert "You may not add articles" not in told(await used(scene, "add", address=ADDRESS, user=BEN))
        assert scene.discord.posts(NEWS) == []
    assert discord.refused == []


async def test_the_digests_of_a_channel_are_listed_with_their_buttons_and_those_of_a_person_in_direct_messages(scene: Scene) -> None:
    await has_digest(scene.room)
    here = await used(scene, "subscriptions")
    assert "Digest 1: about ferry" in told(here)
    assert labels(answer(here)) == ALL_BUTTONS
    assert "Digest 1" in told(await used(scene, "subscriptions", channel=None))
    assert "Digest 1" not in told(await used(scene, "subscriptions", channel=None, user=BEN))


async def test_a_command_is_acknowledged_before_anything_is_looked_up(scene: Scene, store: Database) -> None:
    async with store.writing():
        waiting = scene.people.command("who", about="ferry")
        await scene.discord.next_call(ACKNOWLEDGE)
        assert waiting.acknowledged == THINKING
        assert waiting.is_private
    await scene.settled()
    assert FERRY in told(waiting)


async def test_a_command_that_is_told_twice_is_answered_once(rough_scene: Scene) -> None:
    done = await used(rough_scene, "who", about="ferry")
    rough_scene.people.again(done)
    await rough_scene.settled()
    assert rough_scene.discord.ephemerals(ADA) == [answer(done)]


async def test_a_command_that_was_told_before_a_restart_is_not_answered_again(discord: DiscordServer, store: Database) -> None:
    async with playing(discord, store) as before:
        done = await used(before, "who", about="ferry")
    async with playing(discord, store, room=before.room) as after:
        after.people.again(done)
        await after.settled()
    assert discord.ephemerals(ADA) == [answer(done)]


async def test_a_command_that_came_too_late_is_not_answered_and_nothing_breaks(rough_scene: Scene) -> None:
    rough_scene.discord.fail(ACKNOWLEDGE, 404, 10062, "Unknown interaction")
    late = await used(rough_scene, "who", about="ferry")
    assert late.message is None
    assert TIMETABLE in told(await used(rough_scene, "quotes", speaker="Tom Cook"))


async def test_a_command_that_is_no_more_or_takes_other_options_now_is_told_to_be_of_an_older_verbatim(scene: Scene) -> None:
    shown = await scene.asked_in_a_channel("quotes by Tom Cook")
    scene.client.tree.remove_command("status")
    scene.client.tree.remove_command(FIND_WORDS, type=discord_py.AppCommandType.message)
    scene.client.tree.remove_command("add")
    scene.client.tree.add_command(_add_by_number)
    found = scene.people.message_command(FIND_WORDS, shown)
    for done in (await used(scene, "status"), await used(scene, "add", address="https://example.org/1"), found):
        assert "This command is of an older Verbatim, and cannot be used any more." in told(done)
    assert scene.discord.posts(NEWS) == [shown]


@app_commands.command(name="add")
async def _add_by_number(_: discord_py.Interaction[Verbatim], number: int) -> None:
    """What takes another option than Discord knows of."""


async def test_what_is_asked_in_private_is_seen_by_nobody_else(scene: Scene) -> None:
    await used(scene, "who", about="ferry", user=BEN)
    await used(scene, "who", about="ferry", channel=None)
    assert scene.discord.posts(NEWS) == []
    assert scene.discord.posts(BEN) == []
    assert scene.discord.ephemerals(ADA) == []
    assert [FERRY in visible_text(message) for message in scene.discord.ephemerals(BEN)] == [True]


@pytest.mark.parametrize(("name", "option"), [("quotes", "speaker"), ("help", "keyword"), ("add", "address"), ("ask", "request")])
async def test_hostile_words_in_an_option_are_repeated_as_words_and_ping_nobody(scene: Scene, name: str, option: str) -> None:
    done = await used(scene, name, {option: "@everyone <@201> **bold** [words](https://evil.example.org)"})
    assert "everyone" in told(done)
    assert links(answer(done)) == []
