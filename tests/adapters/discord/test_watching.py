"""Digests on a schedule by /watch: with options at once, without by a form; who may, in which zone, and in which channels."""

import pytest
from discord import Permissions

from adapters.discord.listeners import pressed as pressing
from adapters.setting_types import AllowedOnDiscord
from storage.database import Database
from tests.adapters.discord.scenes import Scene, playing
from tests.adapters.discord.using import ACKNOWLEDGE, ALL_BUTTONS, FORM, THINKING, Options, answer, form, pressed, submitted, told, used
from tests.fakes.discord_reading import labels, visible_text
from tests.fakes.discord_records import ADA, BEN, DESK, NEWS, OWNER, QUESTIONS, SPORT
from tests.fakes.discord_server import DiscordServer

NO_ZONE = "No time zone is set for this server, so Europe/London holds."
MADE = "Set up: a digest of everything daily at 08:00, Europe/London."
REFUSAL = "You may not set up digests"
DAILY = {"schedule": "daily at 8"}


@pytest.mark.parametrize(
    ("entered", "made"),
    [
        ({"about": "the ferry", **DAILY}, "Set up: a digest about ferry daily at 08:00, Europe/London."),
        ({"schedule": "weekdays at 7:30"}, "Set up: a digest of everything weekdays at 07:30, Europe/London."),
        ({"zone": "America/New_York", **DAILY}, "Set up: a digest of everything daily at 08:00, America/New_York."),
        ({"channel": NEWS, **DAILY}, MADE),
        (
            {"about": "by Tom Cook", "schedule": "Mondays at 9", "zone": "Tokyo"},
            "Set up: a digest of quotes by Tom Cook every Monday at 09:00, Asia/Tokyo.",
        ),
        ({"about": "ferry", "speaker": "Tom Cook", **DAILY}, "Set up: a digest about ferry by Tom Cook daily at 08:00"),
        (
            {"density": "The best of it", "empty": "Nothing at all", "quiet": "22-7", **DAILY},
            "Set up: a digest of everything daily at 08:00, Europe/London, short, silent if nothing is new, quiet from 22:00 to 07:00.",
        ),
        ({"about": "the ferry"}, "Set up: an alert about ferry"),
        ({"speaker": "Tom Cook", "quiet": "quiet from 22 to 7"}, "Set up: an alert of quotes by Tom Cook, quiet from 22:00 to 07:00."),
    ],
)
async def test_digests_and_alerts_are_set_up_by_options_and_what_was_understood_is_told_to_whoever_did_it(
    scene: Scene, entered: Options, made: str
) -> None:
    done = await used(scene, "watch", entered)
    assert made in told(done)
    assert labels(answer(done)) == ALL_BUTTONS
    assert scene.discord.ephemerals(ADA) == [answer(done)]
    (announced,) = scene.discord.posts(NEWS)
    assert "Ada Moor set up" in visible_text(announced)


async def test_a_digest_is_set_up_in_the_channel_that_was_chosen_and_announced_there(scene: Scene) -> None:
    await used(scene, "watch", {"channel": (place := scene.discord.add_channel(150, "desk-two")).id, **DAILY})
    assert "Ada Moor set up a digest here" in scene.posted(place.id)
    assert scene.discord.posts(NEWS) == []
    assert "Digest 1" in told(await used(scene, "subscriptions", channel=place.id))


async def test_a_digest_is_set_up_in_a_thread(scene: Scene) -> None:
    thread = scene.people.thread("Ferry")
    await used(scene, "watch", {"channel": thread.id, **DAILY})
    assert "Ada Moor set up a digest here" in scene.posted(thread.id)


@pytest.mark.parametrize("channel", [SPORT, DESK])
async def test_where_the_app_cannot_post_no_digest_is_set_up_and_that_is_told_to_whoever_tried(rough_scene: Scene, channel: int) -> None:
    done = await used(rough_scene, "watch", {"channel": channel, **DAILY})
    assert "So no digest was set up there." in told(done)
    assert rough_scene.discord.ephemerals(ADA) == [answer(done)]
    assert "Digest 1" not in told(await used(rough_scene, "subscriptions"))


async def test_where_a_person_may_not_write_that_person_sets_no_digest_up(discord: DiscordServer, store: Database) -> None:
    async with playing(discord, store, discord_may_subscribe=AllowedOnDiscord(everyone=True)) as scene:
        discord.add_channel(150, "announcements")
        discord.deny(150, "send_messages", whom=BEN)
        for entered, channel in (({"about": "ferry"}, 150), ({"channel": 150}, NEWS)):
            assert "You may not write in" in told(await used(scene, "watch", entered, user=BEN, channel=channel))
        await used(scene, "watch", user=BEN, channel=150)
        assert "You may not write in" in told(await submitted(scene, user=BEN))
        assert discord.posts(150) == []
        assert MADE in told(await used(scene, "watch", {"schedule": "daily at 8"}, user=BEN))


async def test_without_options_a_form_opens_with_what_is_usual_and_sets_up_what_was_filled_in(scene: Scene) -> None:
    assert (await used(scene, "watch")).acknowledged == FORM
    assert "daily at 8" in form(scene)
    done = await submitted(scene)
    for day in ("Saturday 7", "Sunday 8", "Monday 9"):
        assert f"{day} November 2026, 08:00" in told(done)
    assert scene.discord.posts(NEWS) == []
    await pressed(scene, answer(done), "Save")
    assert MADE in told(done)
    assert labels(answer(done)) == ALL_BUTTONS
    assert scene.discord.ephemerals(ADA) == [answer(done)]
    assert "Ada Moor set up a digest here" in scene.posted()


async def test_before_it_is_saved_all_that_was_wished_is_told_with_the_moments_that_are_not_quiet(scene: Scene) -> None:
    await used(scene, "watch")
    done = await submitted(scene, {"About": "the ferry", "When": "daily at 6 and 12", "How": "short, quiet 22-7"})
    for said in ("daily at 06:00 and 12:00", "About: the ferry", "How: short, quiet 22-7", f"Where: <#{NEWS}>", "November 2026, 12:00"):
        assert said in told(done)
    assert "November 2026, 06:00" not in told(done)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ({"When": "daily at 3", "How": "quiet 22-7"}, "quiet hours"),
        ({"How": "at most 5 a day"}, "A digest comes when its schedule says, and no more often."),
        ({"How": "banana"}, "banana"),
        ({"When": "daily at 30"}, "There is no time “30”."),
    ],
)
async def test_what_could_not_be_saved_is_refused_before_it_can_be(scene: Scene, typed: Options, why: str) -> None:
    await used(scene, "watch")
    done = await submitted(scene, typed)
    assert why in told(done)
    assert labels(answer(done)) == ["Change what you wrote"]


async def test_of_what_is_too_long_to_be_about_the_sentence_counts_what_was_typed(scene: Scene) -> None:
    long = "f" * 200
    assert "What it is to be about has 200 characters" in told(await used(scene, "watch", {"about": long, **DAILY}))
    await used(scene, "watch")
    assert "What it is to be about has 200 characters" in told(await submitted(scene, {"About": long}))


async def test_a_time_zone_beside_a_schedule_that_names_another_is_refused(scene: Scene) -> None:
    entered = {"schedule": "daily at 8 Paris", "zone": "Tokyo"}
    assert "The schedule names the time zone Europe/Paris, and the zone is Asia/Tokyo." in told(await used(scene, "watch", entered))
    assert "Set up" in told(await used(scene, "watch", {**entered, "zone": "Paris"}))


async def test_what_is_filled_in_is_set_up_in_the_channel_that_was_chosen(scene: Scene) -> None:
    scene.discord.add_channel(150, "desk-two")
    await used(scene, "watch")
    done = await submitted(scene, {"About": "the ferry", "When": "weekdays at 9", "Time zone": "Tokyo", "How": "short", "Where": 150})
    await pressed(scene, answer(done), "Save")
    assert "Set up: a digest about ferry weekdays at 09:00, Asia/Tokyo, short." in told(done)
    assert "Ada Moor set up a digest here" in scene.posted(150)
    assert scene.discord.posts(NEWS) == []


async def test_a_form_that_was_open_over_a_restart_sets_the_digest_up(discord: DiscordServer, store: Database) -> None:
    async with playing(discord, store) as before:
        await used(before, "watch")
    async with playing(discord, store, room=before.room) as after:
        done = await submitted(after)
    async with playing(discord, store, room=before.room) as later:
        await pressed(later, answer(done), "Save")
    assert MADE in told(done)
    assert discord.refused == []


async def test_a_form_that_is_told_twice_sets_up_one_digest(rough_scene: Scene) -> None:
    await used(rough_scene, "watch")
    done = await submitted(rough_scene)
    saved = await pressed(rough_scene, answer(done), "Save")
    for told_again in (done, saved):
        rough_scene.people.again(told_again)
    await rough_scene.settled()
    assert len(rough_scene.discord.posts(NEWS)) == 1
    assert rough_scene.discord.ephemerals(ADA) == [answer(done)]


async def test_in_direct_messages_the_digest_comes_there_and_the_form_asks_for_no_channel(scene: Scene) -> None:
    await used(scene, "watch", channel=None, user=BEN)
    assert "Where" not in form(scene, BEN)
    assert "No time zone is set for you" in form(scene, BEN)
    done = await submitted(scene, user=BEN)
    await pressed(scene, answer(done), "Save", user=BEN)
    assert MADE in told(done)
    assert "Digest 1" in told(await used(scene, "subscriptions", channel=None, user=BEN))


async def test_where_no_time_zone_is_set_the_form_says_which_holds_and_the_answer_how_to_set_one(scene: Scene) -> None:
    shown = told(await used(scene, "watch", DAILY))
    assert NO_ZONE in shown
    assert "mention Verbatim here (@Verbatim time zone Europe/London) or use /ask" in shown
    await used(scene, "watch")
    assert NO_ZONE in form(scene)


async def test_a_digest_that_is_typed_where_no_time_zone_is_set_says_so_too(scene: Scene) -> None:
    assert NO_ZONE in visible_text(await scene.asked("digest daily at 8"))
    assert NO_ZONE in visible_text(await scene.asked_in_a_channel("digest daily at 9"))
    assert "To set one, write here: time zone Europe/London." in visible_text(await scene.asked_directly("digest daily at 8"))


async def test_where_a_time_zone_is_named_it_is_not_said_that_none_is_set(scene: Scene) -> None:
    for entered in ({"zone": "Tokyo", **DAILY}, {"schedule": "daily at 8 Paris"}):
        shown = told(await used(scene, "watch", entered))
        assert "Set up: a digest" in shown
        assert "No time zone is set" not in shown
    assert "No time zone is set" not in visible_text(await scene.asked("digest daily at 9 New York"))


async def test_the_time_zone_of_the_server_is_taken_once_it_is_set(scene: Scene) -> None:
    await scene.asked("time zone Tokyo")
    done = await used(scene, "watch", DAILY)
    assert "daily at 08:00, Asia/Tokyo." in told(done)
    assert "No time zone is set" not in told(done)
    await used(scene, "watch")
    assert "Asia/Tokyo" in form(scene)
    assert "No time zone is set" not in form(scene)


async def test_in_a_post_of_a_forum_the_form_begins_with_that_post(scene: Scene) -> None:
    post = scene.people.forum_post("Ferry", "Who knows?", channel=QUESTIONS)
    await used(scene, "watch", channel=post.channel)
    await pressed(scene, answer(await submitted(scene)), "Save")
    assert "Ada Moor set up a digest here" in scene.posted(post.channel)


async def test_whom_discord_lets_use_the_command_may_set_up_digests_and_nobody_else_may_in_other_ways(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    (command,) = [command for command in scene.discord.commands[None] if command["name"] == "watch"]
    assert command["default_member_permissions"] == str(Permissions(manage_guild=True).value)
    monkeypatch.setitem(command, "default_member_permissions", None)  # as where a server's own settings let others use it
    assert MADE in told(await used(scene, "watch", {"schedule": "daily at 8"}, user=BEN))
    assert REFUSAL in visible_text(await scene.asked("digest daily at 9", user=BEN))


async def test_where_discord_was_not_told_who_may_use_the_command_those_whom_it_lets_use_it_are_refused(
    discord: DiscordServer, store: Database
) -> None:
    async with playing(discord, store, discord_may_subscribe=AllowedOnDiscord(everyone=True)) as before:
        pass
    discord.fail("PUT /applications/{app}/commands", 403, 50001, "Missing Access")
    async with playing(discord, store, room=before.room) as scene:
        assert REFUSAL in told(await used(scene, "watch", {"schedule": "daily at 8"}, user=BEN))
        assert REFUSAL in told(await used(scene, "watch", user=BEN))
        assert discord.modal(BEN) is None
        assert MADE in told(await used(scene, "watch", {"schedule": "daily at 8"}, user=ADA))


async def test_where_the_operator_names_people_everybody_sees_the_command_and_others_are_refused(
    discord: DiscordServer, store: Database
) -> None:
    async with playing(discord, store, discord_may_subscribe=AllowedOnDiscord(ids=frozenset({OWNER}))) as scene:
        for user in (ADA, BEN):
            assert REFUSAL in told(await used(scene, "watch", user=user))
            refused = await used(scene, "watch", {"schedule": "daily at 8"}, user=user)
            assert REFUSAL in told(refused)
            assert discord.ephemerals(user)[-1] == answer(refused)
        assert MADE in told(await used(scene, "watch", {"schedule": "daily at 8"}, user=OWNER))
    assert discord.refused == []


async def test_a_form_that_could_not_be_looked_up_in_time_is_told_to_whoever_asked(
    scene: Scene, store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pressing, "_SECONDS", 0.01)
    async with store.writing():
        waiting = scene.people.command("watch")
        await scene.discord.next_call(ACKNOWLEDGE)
        assert waiting.acknowledged == THINKING
    await scene.settled()
    assert "The store is busy" in told(waiting)
    assert scene.discord.modal(ADA) is None
