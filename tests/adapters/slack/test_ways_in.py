"""Each way to ask in Slack, over HTTP and over a socket."""

from tests.adapters.slack.scenes import FERRY, TIMETABLE, Scene
from tests.fakes.slack_reading import labels, visible_text


async def test_a_command_is_answered_to_the_person_alone(scene: Scene) -> None:
    ack = await scene.workspace.command("who said what about the ferry")
    await scene.settled()
    assert ack.ok
    assert FERRY in scene.whispered()
    assert TIMETABLE in scene.whispered()
    assert scene.slack.posts("C1") == []
    assert "Share in channel" in labels(scene.last())


async def test_a_mention_is_answered_in_its_thread(scene: Scene) -> None:
    ack = await scene.workspace.mention("who said what about the ferry")
    await scene.settled()
    assert ack.message is not None
    (answer,) = scene.slack.channel("C1").thread(ack.message.ts)
    assert FERRY in visible_text(answer)
    assert "Share in channel" not in labels(answer)


async def test_a_mention_in_a_thread_is_answered_in_that_thread(scene: Scene) -> None:
    begun = scene.workspace.say("Did you see this?")
    await scene.workspace.mention("what did Ann Bell say", thread_ts=begun.ts)
    await scene.settled()
    (_, answer) = scene.slack.channel("C1").thread(begun.ts)
    assert FERRY in visible_text(answer)


async def test_a_direct_message_is_answered_there(scene: Scene) -> None:
    await scene.workspace.message("what did Ann Bell say")
    await scene.settled()
    assert FERRY in scene.posted("U1")


async def test_the_shortcut_at_a_message_finds_who_said_its_words(scene: Scene) -> None:
    message = scene.workspace.say(f'Did somebody really say "{FERRY}" and "{TIMETABLE}"?')
    await scene.workspace.message_shortcut("find_words", message)
    await scene.settled()
    first, second = [visible_text(one) for one in scene.slack.ephemerals("U1")]
    assert "Ann Bell" in first
    assert FERRY in first
    assert "Tom Cook" in second
    assert TIMETABLE in second


async def test_the_global_shortcut_asks_in_a_modal_and_answers_there(scene: Scene) -> None:
    await scene.workspace.shortcut("ask")
    await scene.settled()
    await scene.workspace.submit({"question": "what did Tom Cook say"})
    await scene.settled()
    assert TIMETABLE in visible_text(scene.modal())
    assert scene.slack.posts("C1") == []


async def test_help_has_examples_that_what_is_stored_can_answer(scene: Scene) -> None:
    await scene.workspace.command("help")
    await scene.settled()
    examples = [label for label in labels(scene.last()) if label.startswith(("who said what", "what has"))]
    assert examples
    for example in examples:
        await scene.workspace.command(example)
        await scene.settled()
        assert "“" in scene.whispered(), example


async def test_nothing_typed_is_a_request_for_help(scene: Scene) -> None:
    await scene.workspace.mention("")
    await scene.settled()
    assert "What you can type" in scene.posted()


async def test_a_typing_error_in_a_thread_is_told_in_that_thread(scene: Scene) -> None:
    begun = scene.workspace.say("Did you see this?")
    await scene.workspace.mention("hlep", thread_ts=begun.ts)
    await scene.settled()
    assert "Did you mean: help?" in scene.whispered()
    assert scene.last().thread_ts == begun.ts


async def test_a_typing_error_is_told_to_the_person_alone_with_what_would_work(scene: Scene) -> None:
    await scene.workspace.mention("hlep")
    await scene.settled()
    assert scene.slack.posts("C1") == []
    assert "Did you mean: help?" in scene.whispered()
    assert any(label.startswith("who said what") for label in labels(scene.last()))
