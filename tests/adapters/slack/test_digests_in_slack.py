"""Digests on a schedule, set up and kept from Slack, over HTTP and over a socket."""

import pytest

from storage.database import Database
from tests.adapters.slack.scenes import FERRY, Scene, playing, socket_alone
from tests.fakes.slack_reading import find, labels, visible_text
from tests.fakes.slack_server import SlackServer
from tests.fakes.slack_transports import Transport
from tests.newsrooms import article

transport = socket_alone

SET_UP = "digest daily at 8 about the ferry"
ALERT = {"What": "An alert, as soon as something new is said"}


async def form(scene: Scene, user: str = "U1") -> None:
    """Open the form for a digest from the App Home."""
    await scene.workspace.open_home(user=user)
    await scene.settled()
    home = scene.slack.home(user)
    assert home is not None
    await scene.press(home, "Set up a digest or alert", user=user)


async def listed(scene: Scene, channel: str = "C1", user: str = "U1") -> str:
    """The digests of a channel, as they are told to a person there."""
    await scene.workspace.command("subscriptions", channel=channel, user=user)
    await scene.settled()
    return scene.whispered(user)


async def test_a_digest_is_set_up_by_a_command_and_its_channel_is_told(scene: Scene) -> None:
    told = visible_text(await scene.asked(SET_UP))
    assert "Set up: a digest about ferry daily at 08:00, Europe/London." in told
    assert "next: Saturday 7 November 2026, 08:00; Sunday 8 November 2026, 08:00; Monday 9 November 2026, 08:00" in told
    assert scene.posted() == "ada.moor set up a digest here: about ferry, daily at 08:00, Europe/London."
    assert "Digest 1: about ferry" in await listed(scene)


async def test_it_comes_at_that_hour_where_the_person_is(scene: Scene) -> None:
    scene.slack.people["U1"].tz = "Asia/Kathmandu"
    assert "daily at 08:00, Asia/Kathmandu · next: Saturday 7 November 2026, 08:00" in visible_text(await scene.asked(SET_UP))


async def test_it_comes_at_that_hour_in_the_zone_that_is_typed(scene: Scene) -> None:
    told = visible_text(await scene.asked("digest daily at 8 New York about the ferry"))
    assert "daily at 08:00, America/New_York · next: Friday 6 November 2026, 08:00" in told


async def test_a_mention_asks_for_the_list_in_front_of_everybody(scene: Scene) -> None:
    await scene.asked(SET_UP)
    shown = await scene.asked_in_a_thread("subscriptions")
    assert "Digest 1: about ferry" in visible_text(shown)
    assert labels(shown) == ["Change", "Pause", "Mute for a day", "Send now", "Preview", "Delete"]


async def test_a_digest_for_a_person_comes_in_their_direct_messages(scene: Scene) -> None:
    assert "direct message" in visible_text(await scene.asked_directly(SET_UP))
    assert len(scene.slack.posts("U1")) == 1
    assert "Digest 1: about ferry" in visible_text(await scene.asked_directly("subscriptions"))


async def test_a_digest_asked_for_in_a_modal_comes_in_the_direct_messages_too(scene: Scene) -> None:
    assert "direct message" in visible_text(await scene.asked_in_a_modal(SET_UP))
    assert scene.slack.posts("U1") == []
    assert "Digest 1: about ferry" in visible_text(await scene.asked_directly("subscriptions"))


async def test_the_form_sets_up_a_digest_in_the_channel_that_is_chosen(scene: Scene) -> None:
    await form(scene)
    await scene.workspace.submit({"About": "the ferry", "When": "every Monday at 9", "Time zone": "London", "Where": "C1"})
    await scene.settled()
    assert "Set up: a digest about ferry" in visible_text(scene.modal())
    assert "ada.moor set up a digest here: about ferry" in scene.posted()
    assert "Digest 1: about ferry" in await listed(scene)
    home = scene.slack.home("U1")
    assert home is not None
    assert "Digest 1: about ferry" in visible_text(home)


async def test_the_form_begins_with_the_zone_of_the_person(scene: Scene) -> None:
    scene.slack.people["U1"].tz = "Asia/Kathmandu"
    await form(scene)
    assert "Asia/Kathmandu" in visible_text(scene.modal())


async def test_an_empty_subject_is_everything(scene: Scene) -> None:
    await form(scene)
    await scene.workspace.submit({"Where": "C1"})
    await scene.settled()
    assert "Set up: a digest of everything daily at 08:00" in visible_text(scene.modal())


@pytest.mark.parametrize(
    ("field", "typed", "block", "told"),
    [
        ("When", "whenever it suits", "schedule", "is no schedule"),
        ("When", "daily at 25", "schedule", "There is no time “25”."),
        ("When", "daily at 8 about the ferry", "schedule", "is no schedule"),
        ("Time zone", "Europe/Londn", "zone", "Did you mean Europe/London"),
        ("Time zone", "<!channel>", "zone", "is no time zone"),
    ],
)
async def test_what_is_wrong_in_the_form_is_told_at_its_field_and_the_form_stays(
    scene: Scene, field: str, typed: str, block: str, told: str
) -> None:
    await form(scene)
    await scene.workspace.submit({field: typed, "Where": "C1"})
    await scene.settled()
    assert list(scene.modal().errors) == [block]
    assert told in scene.modal().errors[block]
    assert scene.slack.posts("C1") == []
    await scene.workspace.submit({"Where": "C1"})
    await scene.settled()
    assert "Set up: a digest" in visible_text(scene.modal())


async def test_each_field_that_is_wrong_is_told(scene: Scene) -> None:
    await form(scene)
    await scene.workspace.submit({"When": "soon", "Time zone": "Atlantis", "Where": "C1"})
    assert set(scene.modal().errors) == {"schedule", "zone"}


async def test_the_form_shows_when_the_digest_would_come_while_it_is_typed(scene: Scene) -> None:
    await form(scene)
    assert "daily at 08:00, Europe/London. It would come Saturday 7 November 2026, 08:00; Sunday 8" in visible_text(scene.modal())
    for field, typed, told in (
        ("schedule", {"When": "weekdays at 9"}, "weekdays at 09:00, Europe/London. It would come Monday 9 November 2026, 09:00; Tuesday"),
        ("schedule", {"When": "daily at 25"}, "There is no time “25”."),
        ("zone", {"When": "daily at 8", "Time zone": "New York"}, "daily at 08:00, America/New_York. It would come Friday 6 November"),
        ("zone", {"When": "daily at 8", "Time zone": "Atlantis"}, "is no time zone"),
    ):
        await scene.workspace.choose(scene.modal(), field, list(typed.values())[-1], typed=typed)
        await scene.settled()
        assert told in visible_text(scene.modal()), typed
    assert scene.slack.posts("C1") == []
    await scene.workspace.submit({"When": "weekdays at 9", "Time zone": "London", "Where": "C1"})
    await scene.settled()
    assert "Set up: a digest" in visible_text(scene.modal())


async def test_quiet_hours_leave_out_what_would_come_in_them_while_it_is_typed(scene: Scene) -> None:
    await form(scene)
    typed = {"When": "every 2 hours", "Quiet hours": "17-9"}
    await scene.workspace.choose(scene.modal(), "quiet", "17-9", typed=typed)
    await scene.settled()
    assert "Friday 6 November 2026, 16:00; Saturday 7 November 2026, 10:00." in visible_text(scene.modal())


async def test_a_digest_that_would_never_come_for_its_quiet_hours_is_not_saved(scene: Scene) -> None:
    await form(scene)
    await scene.workspace.submit({"When": "daily at 23", "Quiet hours": "22-7", "Where": "C1"})
    await scene.settled()
    assert list(scene.modal().errors) == ["quiet"]
    assert "None is set up here." in await listed(scene)


async def test_an_alert_is_set_up_in_the_same_form(scene: Scene) -> None:
    await form(scene)
    await scene.workspace.choose(scene.modal(), "kind", {"text": {"type": "plain_text", "text": "An alert"}, "value": "alert"}, typed=ALERT)
    await scene.settled()
    assert "When nothing is new" not in visible_text(scene.modal())
    await scene.workspace.submit({"About": "the ferry", "At most": "at most 5 a day", "Quiet hours": "22-7", "Where": "C1"})
    await scene.settled()
    assert "at most 5 a day, quiet from 22:00 to 07:00" in visible_text(scene.modal())
    assert "Alert 1: about ferry" in await listed(scene)


async def test_what_is_wished_of_a_digest_is_filled_in_and_stays_when_the_form_is_opened_again(scene: Scene) -> None:
    await form(scene)
    await scene.workspace.submit({"How much": "Short", "When nothing is new": "Nothing", "Quiet hours": "quiet 23-6", "Where": "C1"})
    await scene.settled()
    await scene.press(await scene.asked("subscriptions"), "Change")
    await scene.workspace.submit({"When": "weekdays at 9"})
    await scene.settled()
    assert "short, silent if nothing is new, quiet from 23:00 to 06:00" in visible_text(scene.modal())


async def test_wishes_that_are_none_are_told_at_their_field(scene: Scene) -> None:
    await form(scene)
    await scene.workspace.submit({"Quiet hours": "at night", "Where": "C1"})
    assert list(scene.modal().errors) == ["quiet"]
    assert "Quiet hours look like" in scene.modal().errors["quiet"]


async def test_a_digest_is_muted_previewed_and_sent_by_the_buttons_of_a_message(scene: Scene) -> None:
    shown = await scene.asked(SET_UP)
    await scene.press(shown, "Preview")
    assert FERRY in scene.whispered()
    await scene.press(shown, "Send now")
    assert "Digest 1 is on its way." in scene.whispered()
    await scene.press(shown, "Mute for a day")
    assert "muted until" in scene.whispered()
    await scene.press(scene.last(), "Go on")
    assert "muted until" not in scene.whispered()
    assert len(scene.slack.posts("C1")) == 1


async def test_what_was_posted_is_asked_for_and_told_with_what_became_of_it(scene: Scene) -> None:
    await scene.press(await scene.asked(SET_UP), "Send now")
    told = visible_text(await scene.asked("digest log"))
    assert "What was posted here." in told
    assert "about ferry · " in told


async def test_in_direct_messages_the_chart_of_a_preview_is_a_picture_and_elsewhere_it_is_told_in_words(scene: Scene) -> None:
    await scene.room.read(article('Ann Bell said: "The ferry is late." Ann Bell said: "The ferry is old."', number=9))
    directly = await scene.asked_directly("preview daily at 8 about the ferry")
    [picture] = [block for block in directly.blocks if block["type"] == "image"]
    assert picture["slack_file"]["id"] in scene.slack.files
    assert picture["alt_text"] in visible_text(await scene.asked("preview daily at 8 about the ferry"))


async def test_a_digest_is_paused_resumed_and_deleted_by_the_buttons_of_a_message(scene: Scene) -> None:
    shown = await scene.asked(SET_UP)
    await scene.press(shown, "Pause")
    assert "Digest 1 is paused." in scene.whispered()
    await scene.press(scene.last(), "Resume")
    assert "Digest 1 goes on." in scene.whispered()
    await scene.press(scene.last(), "Delete")
    assert "Ended: the digest about ferry daily at 08:00, Europe/London." in scene.whispered()
    assert "None is set up here." in await listed(scene)


async def test_it_is_asked_whether_a_digest_shall_really_be_deleted(scene: Scene) -> None:
    confirm = find(await scene.asked(SET_UP), "Delete").element["confirm"]
    assert confirm["title"]["text"] == "Delete digest 1?"
    assert confirm["text"]["text"] == "It will not be posted any more."
    assert (confirm["confirm"]["text"], confirm["deny"]["text"]) == ("Delete", "Keep it")


async def test_a_digest_is_changed_in_a_form_that_begins_with_what_it_is(scene: Scene) -> None:
    await scene.press(await scene.asked("digest daily at 8 New York about the ferry"), "Change")
    begins = visible_text(scene.modal())
    assert "about ferry" in begins
    assert "daily at 08:00" in begins
    assert "America/New_York" in begins
    await scene.workspace.submit({"About": "the timetable", "When": "weekdays at 9"})
    await scene.settled()
    assert "Changed: digest 1 is one about timetable weekdays at 09:00, America/New_York." in visible_text(scene.modal())
    assert "Digest 1: about timetable" in await listed(scene)


async def test_what_is_wrong_in_a_change_is_told_at_its_field(scene: Scene) -> None:
    await scene.press(await scene.asked(SET_UP), "Change")
    await scene.workspace.submit({"When": "never"})
    assert list(scene.modal().errors) == ["schedule"]
    assert "Digest 1: about ferry" in await listed(scene)


async def test_buttons_of_an_old_message_at_a_digest_that_is_gone_say_so(scene: Scene) -> None:
    shown = await scene.asked(SET_UP)
    await scene.asked("unsubscribe 1")
    await scene.press(shown, "Pause")
    assert "There is no digest 1 here." in scene.whispered()
    await scene.press(shown, "Change")
    assert "There is no digest 1 here." in visible_text(scene.modal())


async def test_whoever_is_in_the_channel_may_pause_a_digest_of_somebody_else(scene: Scene) -> None:
    await scene.asked(SET_UP)
    shown = await scene.asked_in_a_thread("subscriptions")
    await scene.press(shown, "Pause", user="U2")
    assert "Digest 1 is paused." in scene.whispered("U2")
    assert "paused: by ben.okoro" in await listed(scene)


async def test_a_digest_of_another_channel_is_nobodys_business(scene: Scene) -> None:
    scene.slack.channels["G1"].members.add("U0BOT")
    await scene.workspace.command(SET_UP, channel="G1")
    await scene.settled()
    assert "None is set up here." in await listed(scene, user="U2")
    for request in ("pause 1", "resume 1", "unsubscribe 1", "change 1 to weekdays at 9"):
        await scene.workspace.command(request, user="U2")
        await scene.settled()
        assert "There is no digest 1 here." in scene.whispered("U2"), request


async def test_whoever_set_it_up_may_end_it_from_anywhere(scene: Scene) -> None:
    scene.slack.channels["G1"].members.add("U0BOT")
    await scene.workspace.command(SET_UP, channel="G1")
    await scene.settled()
    assert "Ended: the digest about ferry" in visible_text(await scene.asked("unsubscribe 1"))


@pytest.mark.parametrize(("channel", "why"), [("C2", "not_in_channel"), ("C3", "is_archived"), ("G1", "channel_not_found")])
async def test_a_channel_in_which_nothing_can_be_posted_gets_no_digest_and_the_person_is_told_what_to_do(
    rough_scene: Scene, channel: str, why: str
) -> None:
    scene = rough_scene
    await scene.workspace.command(SET_UP, channel=channel)
    await scene.settled()
    assert "Verbatim cannot post in that channel. So no digest was set up there." in scene.whispered()
    assert "/invite @verbatim" in scene.whispered()
    assert [call.answer["error"] for call in scene.slack.refused if call.answer] == [why]
    assert "None is set up here." in await listed(scene, channel)


async def test_a_digest_of_another_channel_is_neither_shown_nor_changed_where_others_read_along(scene: Scene) -> None:
    scene.slack.channels["G1"].members.add("U0BOT")
    await scene.workspace.command("digest daily at 8 about the leak", channel="G1")
    await scene.settled()
    for request in ("pause 1", "change 1 to weekdays at 9", "unsubscribe 1"):
        await scene.workspace.mention(request)
        await scene.settled()
        assert "Digest 1 is one of another channel." in scene.whispered(), request
    assert scene.slack.posts("C1") == []
    assert "leak" in await listed(scene, "G1")


async def test_a_digest_is_set_up_where_slack_does_not_say_whether_its_channel_was_told(rough_scene: Scene) -> None:
    rough_scene.slack.fail("chat.postMessage", drop=True, after=True)
    assert "It is not certain that the channel was told of it." in visible_text(await rough_scene.asked(SET_UP))
    assert len(rough_scene.slack.posts("C1")) == 1
    assert "Digest 1: about ferry" in await listed(rough_scene)


async def test_the_form_says_so_too(rough_scene: Scene) -> None:
    scene = rough_scene
    await form(scene)
    await scene.workspace.submit({"About": "the ferry", "Where": "C2"})
    await scene.settled()
    assert "Verbatim cannot post in that channel" in visible_text(scene.modal())
    assert "None is set up here." in await listed(scene, "C2")


async def test_who_may_not_set_up_digests_is_told_so_alone(slack: SlackServer, store: Database, transport: Transport) -> None:
    slack.add_person("U33", "Cleo Hart")
    async with playing(slack, store, transport, slack_may_subscribe="U33") as scene:
        refusal = "You may not set up digests. Whoever runs Verbatim here keeps that for others"
        assert refusal in visible_text(await scene.asked(SET_UP))
        await form(scene)
        assert refusal in visible_text(scene.modal())
        await scene.workspace.command(SET_UP, user="U33")
        await scene.settled()
        assert labels(await scene.asked("subscriptions")) == ["Preview"]
        shown = await scene.asked_in_a_thread("subscriptions")  # where others who may read along
        for button, doing in (("Pause", "pause"), ("Delete", "end")):
            await scene.press(shown, button)
            assert f"You may not {doing} a digest that somebody else set up." in scene.whispered()
        await scene.press(shown, "Change")
        assert "You may not change a digest that somebody else set up." in visible_text(scene.modal())
        assert "When" not in visible_text(scene.modal())
        assert "daily at 08:00" in await listed(scene)
    assert slack.refused == []


async def test_who_may_set_up_digests_no_more_cannot_change_one_with_an_old_form_but_whoever_set_it_up_may(
    slack: SlackServer, store: Database, transport: Transport
) -> None:
    async with playing(slack, store, transport) as before:
        await before.asked(SET_UP)
        await before.workspace.command("subscriptions", user="U2")
        await before.settled()
        await before.press(before.last("U2"), "Change", user="U2")
    async with playing(slack, store, transport, slack_may_subscribe="U33") as scene:
        await scene.workspace.submit({"When": "hourly"}, user="U2")
        await scene.settled()
        assert "You may not change a digest that somebody else set up." in visible_text(scene.modal("U2"))
        await scene.press(await scene.asked("subscriptions"), "Change")
        await scene.workspace.submit({"When": "weekdays at 9"})
        await scene.settled()
        assert "weekdays at 09:00" in await listed(scene)


async def test_what_a_digest_is_about_pings_nobody_and_forges_no_link(scene: Scene) -> None:
    hostile = "<!channel> @everyone <@U2> <mailto:eve@example.org|ferry> &amp; *bold*"
    told = await scene.asked_in_a_thread(f"digest daily at 8 about “{hostile}”")
    announced, _ = scene.slack.posts("C1")
    assert f"set up a digest here: about “{hostile}”, daily at 08:00" in visible_text(announced)
    assert f"Digest 1: about “{hostile}”" in visible_text(told)
    assert f"Digest 1: about “{hostile}”" in await listed(scene)
