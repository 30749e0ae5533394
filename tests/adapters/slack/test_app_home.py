"""The App Home, over HTTP and over a socket: what stands there, and what can be done there."""

import pytest

from tests.adapters.slack.scenes import FERRY, Scene, has_digest, socket_alone
from tests.fakes.slack_reading import labels, visible_text
from tests.fakes.slack_records import View
from tests.newsrooms import article

transport = socket_alone

MANY = 100


async def opened(scene: Scene, user: str = "U1") -> View:
    """The App Home as this person sees it on opening it."""
    assert (await scene.workspace.open_home(user=user)).ok
    await scene.settled()
    return at_home(scene, user)


def at_home(scene: Scene, user: str = "U1") -> View:
    view = scene.slack.home(user)
    assert view is not None
    return view


async def test_it_says_what_is_stored_and_what_was_read_last(scene: Scene) -> None:
    shown = visible_text(await opened(scene))
    assert "2 articles of 2 outlets" in shown
    assert "2 quotes by 2 speakers, and 1 attitude" in shown
    assert "Last read: Headline 2, 6 November 2026, 12:00" in shown


async def test_each_of_its_examples_is_answered_in_a_modal(scene: Scene) -> None:
    home = await opened(scene)
    examples = [label for label in labels(home) if label.startswith(("who said what", "what has"))]
    assert examples
    for example in examples:
        await scene.workspace.click(home, example)
        await scene.settled()
        assert "“" in visible_text(scene.modal()), example


async def test_ask_opens_a_form_whose_answer_takes_its_place(scene: Scene) -> None:
    await scene.workspace.click(await opened(scene), "Ask")
    await scene.settled()
    await scene.workspace.submit({"question": "what did Ann Bell say"})
    await scene.settled()
    assert FERRY in visible_text(scene.modal())
    assert scene.slack.posts("C1") == []


async def test_who_has_set_up_no_digest_reads_how_to(scene: Scene) -> None:
    assert "You have set up none." in visible_text(await opened(scene))


async def test_a_person_sees_the_digests_that_are_theirs_and_nobody_elses(scene: Scene) -> None:
    await has_digest(scene.room, about="the ferry")
    await has_digest(scene.room, about="the budget", owner="U2")
    shown = visible_text(await opened(scene))
    assert "Digest 1: about ferry" in shown
    assert "daily at 08:00, Europe/London · next: Saturday 7 November 2026, 08:00" in shown
    assert "budget" not in shown


async def test_the_digests_of_a_channel_are_shown_when_it_is_chosen(scene: Scene) -> None:
    await has_digest(scene.room, about="the budget", owner="U2")
    await has_digest(scene.room, about="the harbour", owner="U2", channel="C2")
    home = await opened(scene)
    await scene.workspace.choose(home, "channel-shown", "C1")
    await scene.settled()
    shown = visible_text(at_home(scene))
    assert "Digest 1: about budget" in shown
    assert "harbour" not in shown


async def test_a_digest_of_somebody_else_is_paused_where_its_channel_is_chosen_and_the_channel_stays(scene: Scene) -> None:
    await has_digest(scene.room, about="the budget", owner="U2")
    await scene.workspace.choose(await opened(scene), "channel-shown", "C1")
    await scene.settled()
    await scene.workspace.click(at_home(scene), "Pause")
    await scene.settled()
    shown = visible_text(at_home(scene))
    assert "paused: by ada.moor" in shown
    assert "budget" in shown


async def test_a_channel_that_was_chosen_is_forgotten_when_the_app_home_is_opened_anew(scene: Scene) -> None:
    """Whoever has left a private channel reads nothing of it any more."""
    await has_digest(scene.room, about="the budget", owner="U2", channel="G1")
    await scene.workspace.choose(await opened(scene), "channel-shown", "G1")
    await scene.settled()
    assert "budget" in visible_text(at_home(scene))
    assert "budget" not in visible_text(await opened(scene))


async def test_buttons_pause_resume_and_delete_and_the_app_home_shows_it_at_once(scene: Scene) -> None:
    await has_digest(scene.room)
    home = await opened(scene)
    await scene.workspace.click(home, "Pause")
    await scene.settled()
    assert "paused: by ada.moor" in visible_text(at_home(scene))
    await scene.workspace.click(at_home(scene), "Resume")
    await scene.settled()
    assert "paused" not in visible_text(at_home(scene))
    await scene.workspace.click(at_home(scene), "Delete")
    await scene.settled()
    assert "You have set up none." in visible_text(at_home(scene))
    assert scene.slack.modal("U1") is None


async def test_a_digest_is_changed_in_a_modal_and_the_app_home_shows_it(scene: Scene) -> None:
    await has_digest(scene.room)
    await scene.workspace.click(await opened(scene), "Change")
    await scene.settled()
    await scene.workspace.submit({"When": "weekdays at 9"})
    await scene.settled()
    assert "Changed: digest 1" in visible_text(scene.modal())
    assert "weekdays at 09:00" in visible_text(at_home(scene))


async def test_the_channel_that_was_chosen_stays_when_one_of_its_digests_is_changed(scene: Scene) -> None:
    await has_digest(scene.room, about="the budget", owner="U2")
    await scene.workspace.choose(await opened(scene), "channel-shown", "C1")
    await scene.settled()
    await scene.workspace.click(at_home(scene), "Change")
    await scene.settled()
    await scene.workspace.submit({"When": "weekdays at 9"})
    await scene.settled()
    assert "weekdays at 09:00" in visible_text(at_home(scene))


async def test_the_channel_that_was_chosen_stays_when_a_digest_is_set_up(scene: Scene) -> None:
    await has_digest(scene.room, about="the budget", owner="U2")
    await scene.workspace.choose(await opened(scene), "channel-shown", "C1")
    await scene.settled()
    await scene.press(at_home(scene), "Set up a digest or alert")
    await scene.workspace.submit({"About": "the ferry", "Where": "C1"})
    await scene.settled()
    shown = visible_text(at_home(scene))
    assert "Digest 1: about budget" in shown
    assert shown.count("Digest 2: about ferry") == 2


async def test_what_goes_wrong_in_showing_the_app_home_again_leaves_what_became_of_the_digest(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(*_: object) -> None:
        raise RuntimeError("the newsroom is on fire")

    await scene.press(await opened(scene), "Set up a digest or alert")
    monkeypatch.setattr(scene.room.newsroom.scheduled, "subscriptions_of", fail)
    await scene.workspace.submit({"About": "the ferry", "Where": "C1"})
    await scene.settled()
    assert "Set up: a digest about ferry" in visible_text(scene.modal())
    assert "while doing: showing the App Home after slack view" in caplog.text


async def test_a_button_at_a_digest_that_is_gone_says_so_in_a_modal(scene: Scene) -> None:
    await has_digest(scene.room)
    home = await opened(scene)
    await scene.workspace.command("unsubscribe 1")
    await scene.settled()
    await scene.workspace.click(home, "Pause")
    await scene.settled()
    assert "There is no digest 1 here." in visible_text(scene.modal())


async def test_a_hundred_digests_are_cut_with_a_word_on_the_rest(scene: Scene) -> None:
    for number in range(MANY):
        await has_digest(scene.room, about=f"the ferry to island {number} {'and its long harbour ' * 10}")
    await scene.workspace.choose(await opened(scene), "channel-shown", "C1")
    await scene.settled()
    shown = visible_text(at_home(scene))
    assert "Digest 1: about ferry island 0" in shown
    assert shown.count("And 88 subscriptions more") == 2


async def test_hostile_names_are_shown_as_they_are_and_ping_nobody(scene: Scene) -> None:
    hostile = "<!channel> @everyone <https://evil.example.org|Ferry> *bold* `code` \u202eelgaeb"
    said = f'{hostile} said: "The ferry is late, and it will be late again tomorrow."'
    await scene.room.read(article(said, number=7, outlet="The Rope", headline=hostile))
    await has_digest(scene.room, about=f"“{hostile}”")
    shown = visible_text(await opened(scene))
    assert "Digest 1: about “<!channel> @everyone <https://evil.example.org|Ferry> *bold* `code`" in shown
    assert "Last read: <!channel> @everyone <https://evil.example.org|Ferry> *bold*" in shown
    assert "\u202e" not in shown
