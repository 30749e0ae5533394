"""Each button of an answer, in a private answer, in a channel's thread and in the direct messages; over HTTP and over a socket."""

import csv
import io
import logging

import pytest
from sqlalchemy import delete

from adapters.slack import surfaces
from storage.database import Database
from storage.schema import Answer
from tests.adapters.slack.scenes import FERRY, TIMETABLE, Scene, many_quotes, playing
from tests.adapters.slack.seen import bold, quotations
from tests.fakes.slack_reading import labels, visible_text
from tests.fakes.slack_records import File, Message
from tests.fakes.slack_server import SlackServer
from tests.fakes.slack_transports import Transport
from tests.newsrooms import article

ABOUT_THE_FERRY = "who said what about the ferry"
_SUBJECTS = ("harbour", "budget", "library", "hospital", "market", "bridge")


async def test_more_in_a_private_answer_adds_the_next_page_for_the_person_alone(scene: Scene) -> None:
    await many_quotes(scene.room, 8)
    first = await scene.asked("quotes about the ferry")
    await scene.press(first, "More (4)")
    assert "Quotes 7 to 10 of 10" in scene.whispered()
    assert _words(first) & _words(scene.last()) == set()
    assert scene.slack.posts("C1") == []


async def test_the_last_page_has_no_more(scene: Scene) -> None:
    await many_quotes(scene.room, 12)
    shown = [await scene.asked("quotes about the ferry")]
    for label in ("More (8)", "More (2)"):
        await scene.press(shown[-1], label)
        shown.append(scene.last())
    assert not any(label.startswith("More") for label in labels(shown[-1]))
    assert [len(_words(page)) for page in shown] == [6, 6, 2]
    assert len(set.union(*map(_words, shown))) == 14


async def test_more_in_a_thread_is_shown_to_whoever_pressed_alone_and_in_that_thread(scene: Scene) -> None:
    await many_quotes(scene.room, 8)
    answer = await scene.asked_in_a_thread("quotes about the ferry")
    await scene.press(answer, "More (4)", user="U2")
    assert "Quotes 7 to 10 of 10" in scene.whispered("U2")
    assert scene.last("U2").thread_ts == answer.thread_ts
    assert scene.slack.ephemerals("U1") == []
    assert scene.slack.posts("C1") == [answer]


async def test_more_in_direct_messages_is_posted_there(scene: Scene) -> None:
    await many_quotes(scene.room, 8)
    answer = await scene.asked_directly("quotes about the ferry")
    await scene.press(answer, "More (4)")
    assert "Quotes 7 to 10 of 10" in scene.posted("U1")
    assert "Share in channel" not in labels(scene.slack.posts("U1")[-1])
    assert scene.slack.ephemerals("U1") == []


async def test_only_direct_leaves_out_what_is_not_in_quotation_marks(scene: Scene) -> None:
    answer = await scene.asked("what does Tom Cook want")
    assert "a boat on Sundays" in visible_text(answer)
    await scene.press(answer, "Only direct")
    assert TIMETABLE in scene.whispered()
    assert "a boat on Sundays" not in scene.whispered()
    assert "Only direct" not in labels(scene.last())


async def test_the_page_behind_only_direct_is_direct_as_well(scene: Scene) -> None:
    await scene.room.read(article(*[f'Mia Fox said: "Sunday ferry {number} is late."' for number in range(8)], number=50))
    await scene.room.read(article(*[f'Mia Fox wants: "Sunday ferry {number} to be early."' for number in range(8)], number=51))
    await scene.press(await scene.asked("what does Mia Fox want"), "Only direct")
    await scene.press(scene.last(), "More (2)")
    assert "Quotes 7 to 8 of 8" in scene.whispered()
    assert "to be early" not in scene.whispered()


async def test_an_export_comes_as_a_file_to_the_direct_messages_of_whoever_pressed(scene: Scene) -> None:
    await many_quotes(scene.room, 8)
    answer = await scene.asked_in_a_thread("quotes about the ferry")
    await scene.press(answer, "Export CSV", user="U2")
    (file,) = scene.slack.files.values()
    assert file.shared == [("D2", None)]
    assert "direct messages" in scene.whispered("U2")
    rows = _rows(file)
    assert len(rows) == 10
    assert {row["words"].strip("“”") for row in rows} == {
        FERRY + ".",
        TIMETABLE + ".",
        *(f"The ferry number {number} is late again." for number in range(8)),
    }
    assert next(row for row in rows if row["words"] == f"“{FERRY}.”")["speaker"] == "Ann Bell"


async def test_an_export_has_the_exact_words_whatever_they_are(scene: Scene) -> None:
    words = "Ünd “dann”, <!channel> & *Semikola*; &amp; `alles`, 🚢"
    await scene.room.read(article(f'Mia Fox said: "{words}"', number=50))
    await scene.press(await scene.asked("what did Mia Fox say"), "Export CSV")
    (file,) = scene.slack.files.values()
    assert [row["words"] for row in _rows(file)] == [f"“{words}”"]


async def test_an_export_that_is_asked_for_in_direct_messages_is_told_by_the_file_itself(scene: Scene) -> None:
    answer = await scene.asked_directly(ABOUT_THE_FERRY)
    await scene.press(answer, "Export CSV")
    assert [file.shared for file in scene.slack.files.values()] == [[("D1", None)]]
    assert [message.files != [] for message in scene.slack.posts("U1")] == [False, True]
    assert scene.slack.ephemerals("U1") == []


async def test_an_export_that_slack_does_not_take_is_told_to_whoever_pressed(scene: Scene, caplog: pytest.LogCaptureFixture) -> None:
    answer = await scene.asked_in_a_thread(ABOUT_THE_FERRY)
    scene.slack.fail("files.completeUploadExternal", "file_not_found")
    await scene.press(answer, "Export CSV", user="U2")
    assert "Slack did not say that it took the file." in scene.whispered("U2")
    assert "file_not_found" in caplog.text
    assert scene.slack.posts("C1") == [answer]
    _refused(scene, "files.completeUploadExternal", "file_not_found")


async def test_sharing_shows_the_answer_to_the_channel_with_who_shared_it_and_takes_the_private_one_away(scene: Scene) -> None:
    answer = await scene.asked(ABOUT_THE_FERRY)
    await scene.press(answer, "Share in channel")
    (shared,) = scene.slack.posts("C1")
    assert "Shared by ada.moor" in visible_text(shared)
    assert _words(shared) == _words(answer)
    assert "Share in channel" not in labels(shared)
    assert scene.slack.ephemerals("U1") == []


async def test_a_share_button_that_is_pressed_twice_shares_once_and_says_so(scene: Scene) -> None:
    answer = await scene.asked(ABOUT_THE_FERRY)
    held = scene.slack.hold("response_url")
    for _ in range(2):
        assert (await scene.workspace.click(answer, "Share in channel")).ok
    await held.arrived.wait()
    held.release()
    await scene.settled()
    assert len(scene.slack.posts("C1")) == 1
    assert "You have shared this already." in scene.whispered()


async def test_each_page_and_each_answer_can_be_shared(scene: Scene) -> None:
    await many_quotes(scene.room, 8)
    first = await scene.asked("quotes about the ferry")
    await scene.press(first, "More (4)")
    for shown in (scene.last(), first, await scene.asked("quotes about the ferry")):
        await scene.press(shown, "Share in channel")
    assert len(scene.slack.posts("C1")) == 3


async def test_the_page_that_is_shared_is_the_one_whose_button_was_pressed(scene: Scene) -> None:
    await many_quotes(scene.room, 8)
    await scene.press(await scene.asked("quotes about the ferry"), "More (4)")
    second = scene.last()
    await scene.press(second, "Share in channel")
    assert _words(scene.slack.posts("C1")[-1]) == _words(second)
    assert len(scene.slack.ephemerals("U1")) == 1


async def test_an_answer_is_shared_where_the_app_is_not_a_member_and_its_buttons_work_there_for_others(scene: Scene) -> None:
    await many_quotes(scene.room, 8)
    await scene.workspace.command("quotes about the ferry", channel="C2")
    await scene.settled()
    await scene.press(scene.last(), "Share in channel")
    (shared,) = scene.slack.posts("C2")
    await scene.press(shared, "More (4)", user="U2")
    assert "Quotes 7 to 10 of 10" in scene.whispered("U2")
    await scene.press(shared, "Show context", user="U2")
    assert "The ferry" in scene.whispered("U2")
    await scene.press(shared, "Export CSV", user="U2")
    assert [file.shared for file in scene.slack.files.values()] == [[("D2", None)]]
    assert scene.slack.posts("C2") == [shared]


async def test_an_answer_in_a_thread_is_shared_in_that_thread(scene: Scene) -> None:
    await many_quotes(scene.room, 8)
    answer = await scene.asked_in_a_thread("quotes about the ferry")
    await scene.press(answer, "More (4)", user="U2")
    await scene.press(scene.last("U2"), "Share in channel", user="U2")
    shared = scene.slack.posts("C1")[-1]
    assert shared.thread_ts == answer.thread_ts
    assert "Shared by ben.okoro" in visible_text(shared)


@pytest.mark.parametrize(("request_", "shows"), [("digest", FERRY), ("people", "Tom Cook"), ("status", "2 articles")])
async def test_an_answer_that_is_not_kept_is_asked_for_again_to_share_it(scene: Scene, request_: str, shows: str) -> None:
    answer = await scene.asked(request_)
    await scene.press(answer, "Share in channel")
    (shared,) = scene.slack.posts("C1")
    assert "Shared by ada.moor" in visible_text(shared)
    assert shows in visible_text(shared)
    assert "Share in channel" not in labels(shared)
    assert scene.slack.ephemerals("U1") == []


async def test_an_answer_that_is_not_kept_is_shared_once_however_often_that_is_pressed(scene: Scene) -> None:
    answer = await scene.asked("people")
    held = scene.slack.hold("response_url")
    for _ in range(2):
        assert (await scene.workspace.click(answer, "Share in channel")).ok
    await held.arrived.wait()
    held.release()
    await scene.settled()
    assert len(scene.slack.posts("C1")) == 1
    assert "You have shared this already." in scene.whispered()


async def test_a_digest_in_several_messages_is_shared_whole(scene: Scene) -> None:
    answers, shared = await _digest_shared(scene, stories=2)
    assert len(shared) == len(answers) == 2
    assert [_words(message) for message in shared] == [_words(message) for message in answers]
    assert [message for message in shared if "Shared by ada.moor" in visible_text(message)] == shared[:1]


async def test_what_is_longer_than_slack_takes_at_once_is_shared_with_a_word_on_the_rest(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(surfaces, "MOST_USES", 3)
    answers, shared = await _digest_shared(scene, stories=6)
    assert len(answers) == 3
    assert len(shared) == 2
    assert _words(shared[0]) == _words(answers[0])
    assert "There is more than Slack takes here at once" in visible_text(shared[-1])
    assert scene.slack.ephemerals("U1") == answers[:-1]


@pytest.mark.parametrize("request_", ["help", "corrections", "subscriptions", "digest daily at 8"])
async def test_what_is_about_the_person_or_changes_something_cannot_be_shared(scene: Scene, request_: str) -> None:
    assert "Share in channel" not in labels(await scene.asked(request_))


async def test_a_name_that_would_ping_is_shared_as_plain_text(scene: Scene) -> None:
    scene.slack.people["U1"].name = "<!channel> @here *Ada*"
    await scene.press(await scene.asked(ABOUT_THE_FERRY), "Share in channel")
    assert "Shared by <!channel> @here *Ada*" in scene.posted("C1")


async def test_context_shows_the_words_in_their_paragraph_to_whoever_asked_alone(scene: Scene) -> None:
    answer = await scene.asked_in_a_thread("what did Ann Bell say")
    await scene.press(answer, "Show context", user="U2")
    assert f'Ann Bell said: "{FERRY}."' in scene.whispered("U2")
    assert f"{FERRY}." in bold(scene.last("U2").blocks)
    assert scene.last("U2").thread_ts == answer.thread_ts
    assert scene.slack.posts("C1") == [answer]


async def test_each_quote_has_its_own_context(scene: Scene) -> None:
    answer = await scene.asked(ABOUT_THE_FERRY)
    contexts = []
    for place in range(2):
        await scene.workspace.click(answer, "Show context", nth=place)
        await scene.settled()
        contexts.append(scene.last())
    assert [quoted.strip("“”") in visible_text(shown) for quoted, shown in zip(quotations(answer.blocks), contexts, strict=True)] == [
        True,
        True,
    ]
    assert visible_text(contexts[0]) != visible_text(contexts[1])


async def test_context_in_direct_messages_is_posted_there(scene: Scene) -> None:
    await scene.press(await scene.asked_directly("what did Ann Bell say"), "Show context")
    assert f'Ann Bell said: "{FERRY}."' in scene.posted("U1")
    assert scene.slack.ephemerals("U1") == []


async def test_context_of_a_quote_whose_article_was_taken_down_is_a_sentence_for_whoever_asked(scene: Scene) -> None:
    answer = await scene.asked_in_a_thread("what did Ann Bell say")
    await scene.room.newsroom.remove("1", author="Ed")
    await scene.press(answer, "Show context", user="U2")
    assert "There is no quote 1." in scene.whispered("U2")
    assert scene.slack.posts("C1") == [answer]


async def test_an_answer_whose_article_was_taken_down_is_shared_without_its_quotes(scene: Scene) -> None:
    answer = await scene.asked(ABOUT_THE_FERRY)
    await scene.room.newsroom.remove("1", author="Ed")
    await scene.press(answer, "Share in channel")
    assert TIMETABLE in scene.posted("C1")
    assert FERRY not in scene.posted("C1")


async def test_a_suggestion_is_asked_when_it_is_pressed(scene: Scene) -> None:
    await scene.workspace.mention("hlep")
    await scene.settled()
    await scene.press(scene.last(), "help")
    assert "What you can type" in scene.whispered()
    assert scene.slack.posts("C1") == []


async def test_a_suggestion_in_a_thread_is_answered_to_whoever_pressed_alone(scene: Scene) -> None:
    answer = await scene.asked_in_a_thread("quotes by Ann Bull")
    assert FERRY not in visible_text(answer)
    await scene.press(answer, "what has Ann Bell said", user="U2")
    assert FERRY in scene.whispered("U2")
    assert scene.slack.posts("C1") == [answer]


async def test_a_suggestion_in_direct_messages_is_answered_there(scene: Scene) -> None:
    await scene.press(await scene.asked_directly("help"), "what has Ann Bell said")
    assert FERRY in scene.posted("U1")


async def test_buttons_work_after_a_restart(slack: SlackServer, store: Database, transport: Transport) -> None:
    async with playing(slack, store, transport) as before:
        await many_quotes(before.room, 8)
        answer = await before.asked("quotes about the ferry")
    async with playing(slack, store, transport) as after:
        await after.press(answer, "More (4)")
        assert "Quotes 7 to 10 of 10" in after.whispered()
        await after.press(answer, "Show context")
        await after.press(answer, "Export CSV")
        assert len(slack.files) == 1
        await after.press(answer, "Share in channel")
        assert _words(slack.posts("C1")[-1]) == _words(answer)
    assert slack.refused == []


async def test_buttons_of_a_message_work_a_year_later_and_however_often(scene: Scene) -> None:
    await many_quotes(scene.room, 8)
    answer = await scene.asked_in_a_thread("quotes about the ferry")
    scene.slack.forward(365 * 24 * 3600)
    for _ in range(7):
        await scene.press(answer, "More (4)", user="U2")
    assert ["Quotes 7 to 10 of 10" in visible_text(each) for each in scene.slack.ephemerals("U2")] == [True] * 7


async def test_what_is_read_between_two_pages_shifts_nothing(scene: Scene) -> None:
    await many_quotes(scene.room, 8)
    first = await scene.asked("quotes about the ferry")
    await scene.room.read(article('Mia Fox said: "The ferry is new."', number=95))
    await scene.press(first, "More (4)")
    assert _words(first) & _words(scene.last()) == set()
    assert "The ferry is new" not in scene.whispered()


async def test_an_answer_that_is_no_longer_kept_says_so_to_whoever_pressed(scene: Scene, store: Database) -> None:
    await many_quotes(scene.room, 8)
    answer = await scene.asked_in_a_thread("quotes about the ferry")
    await _forget_answers(store)
    for label in ("More (4)", "Export CSV"):
        await scene.press(answer, label, user="U2")
        assert "This answer is no longer kept." in scene.whispered("U2")
    assert scene.slack.files == {}


async def test_a_button_that_is_not_known_any_more_does_nothing(scene: Scene) -> None:
    message = _old_button(scene, "remember-me", "1")
    await scene.press(message, "Press")
    assert {call.method for call in scene.slack.calls} <= {"auth.test", "apps.connections.open"}
    assert scene.slack.posts("C1") == [message]


@pytest.mark.parametrize("action_id", ["more", "direct", "export", "share", "quote:1", "undo"])
async def test_a_button_whose_value_means_nothing_any_more_is_an_apology_to_whoever_pressed_and_a_line_in_the_log(
    scene: Scene, caplog: pytest.LogCaptureFixture, action_id: str
) -> None:
    message = _old_button(scene, action_id, "context of the sea")
    await scene.press(message, "Press", user="U2")
    assert "a mistake in Verbatim itself" in scene.whispered("U2")
    assert "context of the sea" in caplog.text
    assert scene.slack.posts("C1") == [message]


async def test_a_press_that_is_told_twice_is_answered_once(scene: Scene) -> None:
    await many_quotes(scene.room, 8)
    answer = await scene.asked("quotes about the ferry")
    for label, messages in (("More (4)", 2), ("Show context", 3), ("Export CSV", 4), ("Share in channel", 3)):
        ack = await scene.workspace.click(answer, label)
        await scene.settled()
        assert (await scene.workspace.again(ack)).ok
        await scene.settled()
        assert len(scene.slack.ephemerals("U1")) == messages, label
    assert len(scene.slack.files) == 1
    assert len(scene.slack.posts("C1")) == 1


async def test_a_form_for_which_the_click_has_grown_too_old_is_logged_and_nothing_breaks(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await scene.asked("what did Ann Bell say")
    scene.slack.fail("views.open", "expired_trigger_id")
    with caplog.at_level(logging.WARNING, "verbatim.slack"):
        await scene.press(answer, "Wrong speaker?")
    assert "expired_trigger_id" in caplog.text
    assert scene.slack.modal("U1") is None
    await scene.press(answer, "Wrong speaker?")
    assert "Who said it?" in visible_text(scene.modal())
    _refused(scene, "views.open", "expired_trigger_id")


async def _digest_shared(scene: Scene, *, stories: int) -> tuple[list[Message], list[Message]]:
    """The messages of a digest with so many stories of long quotes, before one of them is shared, and those shared."""
    for number, subject in enumerate(_SUBJECTS[:stories]):
        said = [
            f'{name} {subject.title()} said: "{f"The {subject} {place} shuts. " * 85}"' for place, name in enumerate(("Ida", "Jon", "Kim"))
        ]
        await scene.room.read(article(*said, number=50 + number, headline=subject.title()))
    await scene.asked("digest")
    answers = list(scene.slack.ephemerals("U1"))
    await scene.press(answers[-1], "Share in channel")
    return answers, scene.slack.posts("C1")


def _old_button(scene: Scene, action_id: str, value: str) -> Message:
    """A message with a button as a Verbatim of another time may have posted one."""
    button = {"type": "button", "text": {"type": "plain_text", "text": "Press"}, "action_id": action_id, "value": value}
    blocks = scene.slack.named([{"type": "actions", "elements": [button]}])
    bot = scene.slack.teams["T1"]
    return scene.slack.post(Message("C1", scene.slack.new_ts(), "", blocks, bot.bot_user, bot.bot_id))


async def _forget_answers(store: Database) -> None:
    async with store.writing() as session:
        await session.execute(delete(Answer))


def _words(shown: Message) -> set[str]:
    """The words of the quotes that a message shows."""
    return set(quotations(shown.blocks))


def _rows(file: File) -> list[dict[str, str]]:
    assert file.content is not None
    return list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"), newline="")))


def _refused(scene: Scene, method: str, error: str) -> None:
    """Slack has refused that one call and no other, as the test wished; the scene may end with it."""
    assert [(call.method, (call.answer or {})["error"]) for call in scene.slack.refused] == [(method, error)]
    scene.slack.calls.clear()
