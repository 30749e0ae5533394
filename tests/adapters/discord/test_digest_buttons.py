"""Digests by buttons: change, pause, resume, delete; by whoever set them up, and by those who may."""

import pytest

from storage.database import Database
from tests.adapters.discord.scenes import Scene, has_digest, playing, why_paused
from tests.adapters.discord.using import ALL_BUTTONS, FORM, Options, answer, answers, form, pressed, submitted, told, used
from tests.fakes.discord_reading import labels, visible_text
from tests.fakes.discord_records import ADA, BEN, NEWS, OWNER, Message
from tests.fakes.discord_server import DiscordServer

AGAIN = "Change what you wrote"
BOTH = [
    f"{label} {number}" for number, toggle in ((1, "Resume"), (2, "Pause")) for label in ("Change", toggle, "Preview", "Send now", "Delete")
]
REFUSAL = "a digest that somebody else set up."


@pytest.fixture
async def listed(scene: Scene) -> Message:
    """The list of the digests in #news, of which Ada Moor set one up, that everybody sees."""
    await has_digest(scene.room)
    return await scene.asked_in_a_channel("subscriptions")


async def test_pause_and_resume_are_done_and_the_list_that_all_see_shows_it(scene: Scene, listed: Message) -> None:
    assert answers(await pressed(scene, listed, "Pause")) == []
    assert "Digest 1 is paused." in visible_text(listed)
    assert "paused: by Ada Moor" in visible_text(listed)
    assert await why_paused(scene.room) == ["by Ada Moor"]
    assert answers(await pressed(scene, listed, "Resume")) == []
    assert "Digest 1 goes on." in visible_text(listed)
    assert labels(listed) == ALL_BUTTONS
    assert await why_paused(scene.room) == [None]
    assert scene.discord.ephemerals(ADA) == []
    assert scene.discord.posts(NEWS) == [listed]


async def test_delete_asks_first_in_the_list_and_then_deletes(scene: Scene, listed: Message) -> None:
    await pressed(scene, listed, "Delete")
    assert "Delete digest 1? It will not be posted any more." in visible_text(listed)
    assert await why_paused(scene.room) == [None]
    assert answers(await pressed(scene, listed, "Delete it")) == []
    assert "Ended: the digest about ferry daily at 08:00, Europe/London." in visible_text(listed)
    assert labels(listed) == []
    assert await why_paused(scene.room) == []
    assert scene.discord.posts(NEWS) == [listed]


async def test_a_digest_is_kept_that_was_not_meant_to_be_deleted(scene: Scene, listed: Message) -> None:
    await pressed(scene, listed, "Delete")
    assert answers(await pressed(scene, listed, "Keep it")) == []
    assert "Digest 1 stays." in visible_text(listed)
    assert labels(listed) == ALL_BUTTONS
    assert await why_paused(scene.room) == [None]


@pytest.mark.parametrize("channel", [NEWS, None])
async def test_what_one_person_alone_sees_shows_what_becomes_of_its_digest(scene: Scene, channel: int | None) -> None:
    shown = answer(await used(scene, "watch", {"schedule": "daily at 8"}, channel=channel))
    for label, says in (
        ("Pause", "Digest 1 is paused."),
        ("Resume", "Digest 1 goes on."),
        ("Delete", "Delete digest 1?"),
        ("Delete it", "Ended: the digest of everything"),
    ):
        assert answers(await pressed(scene, shown, label)) == []
        assert says in visible_text(shown)
    assert labels(shown) == []


async def test_of_several_digests_all_are_shown_as_they_are_and_which_have_ended(scene: Scene) -> None:
    for about in ("the ferry", "rowing", "boats"):
        await has_digest(scene.room, about=about)
    listed, other = await scene.asked_in_a_channel("subscriptions"), await scene.asked("subscriptions")
    await pressed(scene, listed, "Delete 3")
    await pressed(scene, listed, "Delete it")
    assert "Ended: the digest about boats" in visible_text(listed)
    assert "There is no digest or alert 3 here any more." not in visible_text(listed)
    await pressed(scene, listed, "Pause 1")
    assert labels(listed) == BOTH
    await pressed(scene, other, "Change 2")
    await submitted(scene, {"When": "weekdays at 9"})
    for says in ("Changed: digest 2", "weekdays at 09:00", "paused: by Ada Moor", "There is no digest or alert 3 here any more."):
        assert says in visible_text(other)
    assert labels(other) == BOTH


@pytest.mark.parametrize("label", ["Pause", "Delete"])
async def test_that_a_digest_has_ended_elsewhere_is_told_beside_its_message(scene: Scene, listed: Message, label: str) -> None:
    before = visible_text(listed)
    await scene.asked("unsubscribe 1")
    done = await pressed(scene, listed, label)
    assert "There is no digest 1 here" in told(done)
    assert scene.discord.ephemerals(ADA)[-1] == answer(done)
    assert visible_text(listed) == before


@pytest.mark.parametrize(("options", "kind"), [({"schedule": "daily at 8"}, "digest"), ({"about": "ferry"}, "alert")])
async def test_what_is_deleted_or_kept_is_called_what_it_is(scene: Scene, options: Options, kind: str) -> None:
    shown = answer(await used(scene, "watch", options))
    await pressed(scene, shown, "Delete")
    assert f"Delete {kind} 1?" in visible_text(shown)
    await pressed(scene, shown, "Keep it")
    assert f"{kind.capitalize()} 1 stays." in visible_text(shown)


async def test_of_a_digest_that_has_ended_no_form_opens(scene: Scene, listed: Message) -> None:
    await scene.asked("unsubscribe 1")
    assert "There is no digest 1" in told(await pressed(scene, listed, "Change"))
    assert scene.discord.modal(ADA) is None


async def test_change_opens_a_form_with_what_holds_now_and_does_what_was_filled_in(scene: Scene, listed: Message) -> None:
    assert (await pressed(scene, listed, "Change")).acknowledged == FORM
    for holds in ("Digest 1", "about ferry", "daily at 08:00", "Europe/London"):
        assert holds in form(scene)
    assert answers(await submitted(scene, {"When": "weekdays at 9", "Time zone": "Tokyo"})) == []
    assert "Changed: digest 1 is one about ferry weekdays at 09:00, Asia/Tokyo." in visible_text(listed)
    assert scene.discord.ephemerals(ADA) == []
    assert scene.discord.posts(NEWS) == [listed]


async def test_a_restriction_that_is_emptied_is_one_to_everything(scene: Scene, listed: Message) -> None:
    await pressed(scene, listed, "Change")
    await submitted(scene, {"About": ""})
    assert "Changed: digest 1 is one of everything" in visible_text(listed)


@pytest.mark.parametrize(
    ("field", "wrong", "right", "why"),
    [
        ("When", "some day", "daily at 9", "“some day” is no schedule."),
        ("Time zone", "Nowhere/Atall", "Tokyo", "“Nowhere/Atall” is no time zone."),
    ],
)
async def test_what_is_not_understood_in_a_form_is_told_with_a_way_back_to_it(
    scene: Scene, listed: Message, field: str, wrong: str, right: str, why: str
) -> None:
    await pressed(scene, listed, "Change")
    done = await submitted(scene, {field: wrong})
    assert why in told(done)
    assert scene.discord.ephemerals(ADA) == [answer(done)]
    await pressed(scene, answer(done), AGAIN)
    assert wrong in form(scene)
    assert answers(await submitted(scene, {})) == []
    assert why in visible_text(answer(done))
    await pressed(scene, answer(done), AGAIN)
    await submitted(scene, {field: right})
    assert "Changed: digest 1" in visible_text(answer(done))
    assert AGAIN not in labels(answer(done))


async def test_what_was_emptied_stays_empty_in_the_form_that_opens_again(scene: Scene, listed: Message) -> None:
    await pressed(scene, listed, "Change")
    done = await submitted(scene, {"About": "", "Time zone": "", "When": "some day"})
    await pressed(scene, answer(done), AGAIN)
    assert "about ferry" not in form(scene)
    await submitted(scene, {"When": "daily at 9"})
    assert "Changed: digest 1 is one of everything daily at 09:00, Europe/London." in visible_text(answer(done))


async def test_what_was_typed_for_a_new_digest_stands_in_the_form_that_opens_again(scene: Scene) -> None:
    scene.discord.add_channel(150, "desk-two")
    await used(scene, "watch")
    done = await submitted(scene, {"About": "rowing | boats", "When": "some day", "Time zone": "Tokyo", "Where": 150})
    await pressed(scene, answer(done), AGAIN)
    for typed in ("rowing | boats", "some day", "Tokyo"):
        assert typed in form(scene)
    await submitted(scene, {"When": "daily at 8"})
    await pressed(scene, answer(done), "Save")
    assert "rowing boats daily at 08:00, Asia/Tokyo." in visible_text(answer(done))
    assert "Ada Moor set up a digest here" in scene.posted(150)


@pytest.mark.parametrize("typed", ["some day " * 20, "some|day", "@everyone <@201> " * 9])
async def test_what_is_too_long_for_a_button_is_repeated_in_words(scene: Scene, typed: str) -> None:
    done = await used(scene, "watch", {"schedule": typed, "about": "rowing"})
    assert "You wrote: About: rowing; When:" in told(done)
    assert " ".join(typed.split()) in told(done)
    assert labels(answer(done)) == []


async def test_the_way_back_to_a_form_works_after_a_restart(discord: DiscordServer, store: Database) -> None:
    async with playing(discord, store) as before:
        done = await used(before, "watch", {"schedule": "some day", "about": "rowing"})
    async with playing(discord, store, room=before.room) as after:
        await pressed(after, answer(done), AGAIN)
        assert "some day" in form(after)
        await submitted(after, {"When": "daily at 8"})
        await pressed(after, answer(done), "Save")
        assert "Set up: a digest about rowing" in visible_text(answer(done))
    assert discord.refused == []


async def test_a_press_that_is_told_twice_is_done_once(rough_scene: Scene) -> None:
    await has_digest(rough_scene.room)
    shown = await rough_scene.asked_in_a_channel("subscriptions")
    done = await pressed(rough_scene, shown, "Pause")
    rough_scene.people.again(done)
    await rough_scene.settled()
    assert "Digest 1 is paused." in visible_text(shown)
    assert rough_scene.discord.ephemerals(ADA) == []
    assert rough_scene.discord.posts(NEWS) == [shown]


@pytest.mark.parametrize("label", ["Change", "Pause", "Delete"])
async def test_who_may_not_set_up_digests_changes_none_of_others_and_is_told_so_alone(scene: Scene, listed: Message, label: str) -> None:
    done = await pressed(scene, listed, label, user=BEN)
    assert REFUSAL in told(done)
    assert scene.discord.ephemerals(BEN) == [answer(done)]
    assert scene.discord.modal(BEN) is None
    assert await why_paused(scene.room) == [None]


@pytest.fixture
async def shown_of_ben(scene: Scene) -> Message:
    """The list of the digests in #news, of which Ben Okoro, who may not set up any more, has one."""
    await has_digest(scene.room, owner=BEN)
    return await scene.asked_in_a_channel("subscriptions")


async def test_a_person_may_change_pause_and_delete_a_digest_of_their_own(scene: Scene, shown_of_ben: Message) -> None:
    await pressed(scene, shown_of_ben, "Pause", user=BEN)
    assert "Digest 1 is paused." in visible_text(shown_of_ben)
    await pressed(scene, shown_of_ben, "Change", user=BEN)
    await submitted(scene, {"When": "daily at 9"}, user=BEN)
    assert "Changed: digest 1" in visible_text(shown_of_ben)
    await pressed(scene, shown_of_ben, "Delete", user=BEN)
    await pressed(scene, shown_of_ben, "Delete it", user=BEN)
    assert await why_paused(scene.room) == []


@pytest.mark.parametrize("user", [ADA, OWNER])
async def test_who_may_manage_the_server_changes_the_digests_of_others(scene: Scene, shown_of_ben: Message, user: int) -> None:
    await pressed(scene, shown_of_ben, "Pause", user=user)
    assert "Digest 1 is paused." in visible_text(shown_of_ben)


async def test_a_form_that_opens_again_shows_nothing_of_a_digest_to_whoever_may_not_change_it(scene: Scene, listed: Message) -> None:
    await pressed(scene, listed, "Change", user=OWNER)
    again = answer(await submitted(scene, {"When": "some day"}, user=OWNER))
    again.to = BEN
    assert REFUSAL in told(await pressed(scene, again, AGAIN, user=BEN))
    assert scene.discord.modal(BEN) is None


async def test_who_sees_a_list_alone_finds_no_buttons_there_for_what_that_person_may_not_do(scene: Scene) -> None:
    await has_digest(scene.room)
    assert labels(answer(await used(scene, "subscriptions", user=BEN))) == ["Preview", "What was sent"]
    assert labels(answer(await used(scene, "subscriptions", user=OWNER))) == ALL_BUTTONS
    await has_digest(scene.room, owner=BEN, about="rowing")
    shown = answer(await used(scene, "subscriptions", user=BEN))
    assert labels(shown) == ["Preview 1", "Change 2", "Pause 2", "Preview 2", "Send now 2", "Delete 2"]
    await pressed(scene, shown, "Pause 2", user=BEN)
    paused = ["Preview 1", "Change 2", "Resume 2", "Preview 2", "Send now 2", "Delete 2"]
    assert labels(shown) == paused
    await pressed(scene, shown, "Change 2", user=BEN)
    await submitted(scene, {"When": "daily at 9"}, user=BEN)
    assert labels(shown) == paused
    assert labels(await scene.asked("preview", user=BEN))[: len(paused)] == paused


async def test_a_list_that_all_see_has_all_buttons_whoever_asked_for_it_or_pressed_one(scene: Scene) -> None:
    await has_digest(scene.room)
    await has_digest(scene.room, owner=BEN, about="rowing")
    shown = await scene.asked_in_a_channel("subscriptions", user=BEN)
    assert {"Change 1", "Delete 1", "Pause 2"} <= set(labels(shown))
    await pressed(scene, shown, "Pause 2", user=BEN)
    assert {"Change 1", "Delete 1", "Resume 2"} <= set(labels(shown))
