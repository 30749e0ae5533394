"""28. What was asked in private is answered in private, and what is set up in one server is not seen in another."""

from tests.adapters.discord.scenes import Scene, has_digest
from tests.fakes.discord_reading import labels, visible_text
from tests.fakes.discord_records import ADA, BEN, GUILD, NEWS, OWNER, SPORT

MILL_TIMES, PIER = 101, 151
ASK = "who said what about the ferry"


async def test_what_is_asked_by_a_command_is_seen_by_nobody_else(scene: Scene) -> None:
    await scene.asked(ASK)
    await scene.asked("hlep")
    assert len(scene.discord.ephemerals(ADA)) == 2
    assert scene.discord.ephemerals(BEN) == []
    assert scene.discord.posts(NEWS) == scene.discord.posts(ADA) == []


async def test_what_is_asked_directly_is_answered_there_alone(scene: Scene) -> None:
    await scene.asked_directly(ASK)
    await scene.asked_directly("hlep")
    await scene.asked(ASK, channel=None)
    assert len(scene.discord.posts(ADA)) == 3
    assert scene.discord.posts(NEWS) == scene.discord.ephemeral == []


async def test_what_is_refused_in_a_channel_is_told_in_private(scene: Scene) -> None:
    scene.people.mention("hlep")
    await scene.settled()
    assert scene.discord.posts(NEWS) == []
    assert "hlep" in scene.posted(ADA)
    assert scene.discord.posts(BEN) == []


async def test_what_is_refused_in_a_channel_is_told_with_a_link_to_it_and_nothing_to_press_that_would_ask_elsewhere(scene: Scene) -> None:
    question = scene.people.mention("time zone Londn")
    await scene.settled()
    (told,) = scene.discord.posts(ADA)
    first, *others = visible_text(told).split("\n")
    assert first == f"About your question in #news: https://discord.com/channels/{GUILD}/{NEWS}/{question.id}"
    assert "• time zone Europe/London" in others
    assert labels(told) == []


async def test_what_is_refused_in_direct_messages_offers_what_would_work_to_press(scene: Scene) -> None:
    told = await scene.asked_directly("time zone Londn")
    assert "About your question" not in visible_text(told)
    assert "time zone Europe/London" in labels(told)


async def test_the_digests_of_a_channel_are_listed_there_alone(scene: Scene) -> None:
    await has_digest(scene.room, owner=BEN, channel=SPORT)
    for answer in (await scene.asked("subscriptions"), await scene.asked_directly("subscriptions")):
        assert "Digest 1" not in visible_text(answer)


async def test_the_digests_of_one_server_are_neither_seen_nor_changed_in_another(scene: Scene) -> None:
    await has_digest(scene.room)
    scene.people.invite(MILL_TIMES, "Mill Times", ADA, owner=OWNER)
    scene.discord.add_channel(PIER, "pier", guild=MILL_TIMES)
    await scene.settled()
    assert "None is set up here." in visible_text(await scene.asked("subscriptions", user=OWNER, channel=PIER))
    for change in ("pause 1", "unsubscribe 1", "change 1 to daily at 9"):
        assert "no digest 1" in visible_text(await scene.asked(change, user=OWNER, channel=PIER)).lower()
    assert "Digest 1" in visible_text(await scene.asked("subscriptions"))


async def test_a_digest_is_changed_from_elsewhere_only_while_its_owner_sees_its_channel(scene: Scene) -> None:
    thread = scene.people.thread("Ferry", private=True)
    await has_digest(scene.room)
    await has_digest(scene.room, channel=thread.id)
    scene.discord.add_channel(PIER, "pier")
    await scene.settled()
    assert "Changed: digest 1" in visible_text(await scene.asked("change 1 to hourly", channel=PIER))
    assert "no digest 2 here" in visible_text(await scene.asked("change 2 to hourly", channel=PIER))
    scene.discord.deny(NEWS, "view_channel", whom=ADA)
    await scene.settled()
    for change in ("pause 1", "unsubscribe 1", "change 1 to daily at 9"):
        assert "no digest 1 here" in visible_text(await scene.asked(change, channel=PIER))
