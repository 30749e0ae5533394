"""A mistake of ours reaches the person alone as a short apology, with an id that finds it in the log, over HTTP and over a socket."""

import re

import pytest

from tests.adapters.slack.scenes import Scene
from tests.fakes.slack_reading import visible_text

ASK = "who said what about the ferry"


@pytest.fixture(autouse=True)
def broken(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object, **__: object) -> None:
        raise RuntimeError("the newsroom is on fire")

    for method in ("handle", "examples", "status"):
        monkeypatch.setattr(scene.room.newsroom, method, fail)


def is_an_apology(text: str, caplog: pytest.LogCaptureFixture) -> None:
    """Fail unless the text is an apology whose id stands in the log, once, with what happened."""
    found = re.search(r"Sorry, this is a mistake in Verbatim itself.* under ([0-9a-f]{8})\.", text)
    assert found, text
    assert "fire" not in text
    (record,) = [record for record in caplog.records if found[1] in record.getMessage()]
    assert record.exc_info
    assert "the newsroom is on fire" in str(record.exc_info[1])


async def test_a_mistake_in_answer_to_a_command_is_told_to_the_person_alone(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    await scene.workspace.command(ASK)
    await scene.settled()
    is_an_apology(scene.whispered(), caplog)


async def test_a_mistake_in_answer_to_a_mention_is_told_to_the_person_alone(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    await scene.workspace.mention(ASK)
    await scene.settled()
    is_an_apology(scene.whispered(), caplog)
    assert scene.slack.posts("C1") == []


async def test_a_mistake_in_answer_to_a_direct_message_is_told_there(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    await scene.workspace.message(ASK)
    await scene.settled()
    is_an_apology(scene.posted("U1"), caplog)


async def test_a_mistake_in_a_modal_is_told_in_it(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    await scene.workspace.shortcut("ask")
    await scene.settled()
    is_an_apology(visible_text(scene.modal()), caplog)


async def test_a_mistake_in_the_app_home_is_told_in_the_direct_messages(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    await scene.workspace.open_home()
    await scene.settled()
    is_an_apology(scene.posted("U1"), caplog)
