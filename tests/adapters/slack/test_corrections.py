"""Who said it after all: the form at each quote, what becomes of the answer, and who may; over HTTP and over a socket."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from storage.database import Database
from tests.adapters.slack.scenes import FERRY, TIMETABLE, Scene, many_quotes, playing, socket_alone
from tests.adapters.slack.seen import quotations
from tests.fakes.slack_reading import labels, visible_text
from tests.fakes.slack_records import Message, View
from tests.fakes.slack_server import SlackServer
from tests.fakes.slack_state import RESPONSE_URL_USES
from tests.fakes.slack_transports import Transport

transport = socket_alone

ANN = "what did Ann Bell say"
FERRY_QUOTE = 1
NOBODY = "Nobody said this: it is not a quote"
FIELD = "Who said it?"
ELSE = "Somebody else"
CHIEF = "U0CHIEF"
REFUSAL = "correct quotes and people"


async def test_the_form_shows_the_words_and_lists_the_people_of_the_article(scene: Scene) -> None:
    form = await _form(scene, await scene.asked(ANN))
    assert FERRY in visible_text(form)
    assert labels(form) == ["Ann Bell, as it is now", "Tom Cook", NOBODY]


async def test_a_private_answer_is_shown_again_with_the_speaker_that_was_chosen(scene: Scene) -> None:
    answer = await scene.asked("who said what about the ferry")
    await _correct(scene, answer, {FIELD: "Tom Cook"}, nth=_place(answer, FERRY))
    shown, told = scene.slack.ephemerals("U1")
    assert shown is answer
    assert "Ann Bell" not in visible_text(shown)
    assert "Corrected: a person set the speaker." in visible_text(shown)
    assert "Share in channel" in labels(shown)
    assert "Quote 1 is now by Tom Cook; it was by Ann Bell." in visible_text(told)
    assert await scene.room.by(FERRY_QUOTE) == "Tom Cook"
    assert scene.slack.modal("U1") is None
    assert scene.slack.posts("C1") == []


async def test_an_answer_in_a_thread_is_corrected_for_all_and_what_became_of_it_told_to_the_corrector_alone(scene: Scene) -> None:
    answer = await scene.asked_in_a_thread("who said what about the ferry")
    await _correct(scene, answer, {FIELD: "Tom Cook"}, nth=_place(answer, FERRY), user="U2")
    assert scene.slack.posts("C1") == [answer]
    assert "Ann Bell" not in visible_text(answer)
    assert "Share in channel" not in labels(answer)
    assert "Quote 1 is now by Tom Cook" in scene.whispered("U2")
    assert scene.last("U2").thread_ts == answer.thread_ts
    assert scene.slack.ephemerals("U1") == []


async def test_an_answer_in_direct_messages_is_corrected_and_told_there(scene: Scene) -> None:
    answer = await scene.asked_directly("who said what about the ferry")
    await _correct(scene, answer, {FIELD: "Tom Cook"}, nth=_place(answer, FERRY))
    shown, told = scene.slack.posts("U1")
    assert shown is answer
    assert "Ann Bell" not in visible_text(shown)
    assert "Quote 1 is now by Tom Cook" in visible_text(told)
    assert scene.slack.ephemerals("U1") == []


async def test_a_shared_answer_that_is_corrected_where_the_app_is_not_a_member_still_says_who_shared_it(scene: Scene) -> None:
    await scene.workspace.command("who said what about the ferry", channel="C2")
    await scene.settled()
    await scene.press(scene.last(), "Share in channel")
    (shared,) = scene.slack.posts("C2")
    for speaker in ("Tom Cook", "Mia Fox"):  # the second time the message is one that was edited
        await _correct(scene, shared, {ELSE: speaker}, nth=_place(shared, FERRY), user="U2")
        assert "Shared by ada.moor" in visible_text(shared)
        assert speaker in visible_text(shared)
        assert f"Quote 1 is now by {speaker}" in scene.whispered("U2")
    assert scene.slack.posts("C2") == [shared]


async def test_the_page_that_was_corrected_is_the_one_that_is_shown_again(scene: Scene) -> None:
    await many_quotes(scene.room, 8)
    first = await scene.asked("quotes about the ferry")
    await scene.press(first, "More (4)")
    second = scene.last()
    before = quotations(first.blocks), quotations(second.blocks)
    await _correct(scene, second, {ELSE: "Mia Fox"})
    assert (quotations(first.blocks), quotations(second.blocks)) == before
    assert "Quotes 7 to 10 of 10" in visible_text(second)
    assert "Mia Fox" in visible_text(second)


async def test_a_quote_that_stands_in_no_kept_answer_is_corrected_and_that_is_told(scene: Scene) -> None:
    told = await scene.asked("fix 1 speaker Tom Cook")
    await _correct(scene, told, {ELSE: "Mia Fox"})
    assert "Quote 1 is now by Mia Fox; it was by Tom Cook." in scene.whispered()
    assert len(scene.slack.ephemerals("U1")) == 2


async def test_a_name_of_ones_own_counts_more_than_the_choice(scene: Scene) -> None:
    await _correct(scene, await scene.asked(ANN), {FIELD: "Tom Cook", ELSE: "  Mia Fox "})
    assert await scene.room.by(FERRY_QUOTE) == "Mia Fox"
    assert "Mia Fox is a new speaker." in scene.whispered()


async def test_a_name_that_is_nearly_a_known_one_is_asked_about(scene: Scene) -> None:
    await _correct(scene, await scene.asked(ANN), {ELSE: "Tom Cooke"})
    assert "Did you mean Tom Cook?" in scene.whispered()


async def test_a_name_with_markup_is_a_name(scene: Scene) -> None:
    answer = await scene.asked(ANN)
    await _correct(scene, answer, {ELSE: "<!channel> *Mia* & `Fox`"})
    assert "<!channel> *Mia* & `Fox`" in scene.whispered()


async def test_what_nobody_said_is_gone_from_the_answer(scene: Scene) -> None:
    answer = await scene.asked("who said what about the ferry")
    await _correct(scene, answer, {FIELD: NOBODY}, nth=_place(answer, FERRY))
    assert FERRY not in visible_text(answer)
    assert TIMETABLE in visible_text(answer)
    assert "Quote 1 is no longer shown: it is not a quote." in scene.whispered()


async def test_an_answer_whose_only_quote_is_none_says_that_there_is_nothing_and_undo_brings_it_back(scene: Scene) -> None:
    answer = await scene.asked(ANN)
    await _correct(scene, answer, {FIELD: NOBODY})
    assert FERRY not in visible_text(answer)
    await scene.press(scene.last(), "Undo")
    assert FERRY in visible_text(await scene.asked(ANN))


async def test_nothing_chosen_is_told_in_the_form_and_nothing_is_corrected(scene: Scene) -> None:
    await _form(scene, await scene.asked(ANN))
    await scene.workspace.submit({})
    await scene.settled()
    assert scene.modal().errors == {"voice": "Choose who said it, or write a name below."}
    assert await scene.room.by(FERRY_QUOTE) == "Ann Bell"
    await scene.workspace.submit({FIELD: "Tom Cook"})
    await scene.settled()
    assert await scene.room.by(FERRY_QUOTE) == "Tom Cook"


async def test_undo_takes_the_correction_back_and_tells_whoever_pressed_alone(scene: Scene) -> None:
    answer = await scene.asked_in_a_thread(ANN)
    await _correct(scene, answer, {FIELD: "Tom Cook"}, user="U2")
    await scene.press(scene.last("U2"), "Undo", user="U2")
    assert "Undone: quote 1 is by Ann Bell again." in scene.whispered("U2")
    assert await scene.room.by(FERRY_QUOTE) == "Ann Bell"
    assert scene.slack.posts("C1") == [answer]


async def test_what_is_undone_already_says_so(scene: Scene) -> None:
    await _correct(scene, await scene.asked(ANN), {FIELD: "Tom Cook"})
    told = scene.last()
    await scene.press(told, "Undo")
    await scene.press(told, "Undo")
    assert "There is no correction 1 that stands." in scene.whispered()


async def test_the_author_of_a_correction_is_the_person_in_slack_by_name_and_id(scene: Scene) -> None:
    await _correct(scene, await scene.asked(ANN), {FIELD: "Tom Cook"}, user="U1")
    await scene.asked("corrections")
    assert "quote 1 is by Tom Cook; corrected by ada.moor on" in scene.whispered()


async def test_a_correction_survives_a_restart_and_its_undo_button_does(slack: SlackServer, store: Database, transport: Transport) -> None:
    async with playing(slack, store, transport) as before:
        await _correct(before, await before.asked(ANN), {FIELD: "Tom Cook"})
        told = before.last()
    async with playing(slack, store, transport) as after:
        assert FERRY in visible_text(await after.asked("what did Tom Cook say"))
        await after.press(told, "Undo")
        assert await after.room.by(FERRY_QUOTE) == "Ann Bell"
    assert slack.refused == []


async def test_a_form_that_was_open_over_a_restart_still_corrects(slack: SlackServer, store: Database, transport: Transport) -> None:
    async with playing(slack, store, transport) as before:
        answer = await before.asked(ANN)
        await _form(before, answer)
    async with playing(slack, store, transport) as after:
        await after.workspace.submit({FIELD: "Tom Cook"})
        await after.settled()
        assert await after.room.by(FERRY_QUOTE) == "Tom Cook"
        assert "Tom Cook" in visible_text(answer)
    assert slack.refused == []


async def test_a_form_that_is_told_twice_corrects_once(scene: Scene) -> None:
    await _form(scene, await scene.asked(ANN))
    ack = await scene.workspace.submit({FIELD: "Tom Cook"})
    await scene.settled()
    assert (await scene.workspace.again(ack)).ok
    await scene.settled()
    assert len(scene.slack.ephemerals("U1")) == 2
    await scene.asked("corrections")
    assert "1 correction" in scene.whispered()


async def test_an_undo_that_is_told_twice_is_done_once(scene: Scene) -> None:
    await _correct(scene, await scene.asked(ANN), {FIELD: "Tom Cook"})
    ack = await scene.press(scene.last(), "Undo")
    assert (await scene.workspace.again(ack)).ok
    await scene.settled()
    assert "Undone" in scene.whispered()
    assert len(scene.slack.ephemerals("U1")) == 3


async def test_a_form_at_a_quote_whose_article_was_taken_down_says_so(scene: Scene) -> None:
    answer = await scene.asked_in_a_thread(ANN)
    await scene.room.newsroom.remove("1", author="Ed")
    await scene.workspace.click(answer, "Wrong speaker?", user="U2")
    await scene.settled()
    assert "There is no quote 1." in visible_text(scene.modal("U2"))
    assert scene.slack.posts("C1") == [answer]


async def test_a_form_whose_article_was_taken_down_meanwhile_says_so_to_whoever_filled_it_in(scene: Scene) -> None:
    answer = await scene.asked_in_a_thread(ANN)
    await _form(scene, answer, user="U2")
    await scene.room.newsroom.remove("1", author="Ed")
    await scene.workspace.submit({FIELD: "Tom Cook"}, user="U2")
    await scene.settled()
    assert "There is no quote 1." in scene.whispered("U2")
    assert scene.slack.posts("C1") == [answer]


async def test_a_form_that_stood_open_for_too_long_still_corrects_and_tells_so_in_direct_messages(scene: Scene) -> None:
    answer = await scene.asked_in_a_thread(ANN)
    await _form(scene, answer)
    scene.slack.forward(31 * 60)
    await scene.workspace.submit({FIELD: "Tom Cook"})
    await scene.settled()
    assert await scene.room.by(FERRY_QUOTE) == "Tom Cook"
    assert "Quote 1 is now by Tom Cook" in scene.posted("U1")
    _refused(scene, "response_url", "expired_url", times=2)  # to tell it, and to show the answer again
    await scene.press(scene.slack.posts("U1")[-1], "Undo")
    assert await scene.room.by(FERRY_QUOTE) == "Ann Bell"


async def test_a_correction_that_is_refused_after_the_form_stood_open_for_too_long_is_told_in_direct_messages(scene: Scene) -> None:
    await _form(scene, await scene.asked_in_a_thread(ANN))
    await scene.room.newsroom.remove("1", author="Ed")
    scene.slack.forward(31 * 60)
    await scene.workspace.submit({FIELD: "Tom Cook"})
    await scene.settled()
    assert "There is no quote 1." in scene.posted("U1")
    _refused(scene, "response_url", "expired_url")


@pytest.mark.parametrize(("zone", "day"), [("Pacific/Kiritimati", "6 November 2026"), ("Europe/London", "5 November 2026")])
async def test_a_private_answer_is_shown_again_with_the_days_of_whoever_asked(scene: Scene, zone: str, day: str) -> None:
    scene.slack.people["U1"].tz = zone
    answer = await scene.asked(ANN)
    await _correct(scene, answer, {FIELD: "Tom Cook"})
    assert day in visible_text(answer)


async def test_an_answer_that_all_see_is_shown_again_with_the_days_of_the_newsroom(scene: Scene) -> None:
    scene.slack.people["U2"].tz = "Pacific/Kiritimati"
    answer = await scene.asked_in_a_thread(ANN)
    await _correct(scene, answer, {FIELD: "Tom Cook"}, user="U2")
    assert "Tom Cook" in visible_text(answer)
    assert "5 November 2026" in visible_text(answer)


async def test_what_became_of_a_correction_is_told_even_if_the_answer_cannot_be_shown_again(
    scene: Scene, caplog: pytest.LogCaptureFixture
) -> None:
    await _form(scene, await scene.asked_in_a_thread(ANN))
    (address,) = scene.slack.response_urls.values()
    address.uses = RESPONSE_URL_USES - 1
    await scene.workspace.submit({FIELD: "Tom Cook"})
    await scene.settled()
    assert "Quote 1 is now by Tom Cook" in scene.whispered()
    assert "used_url" in caplog.text
    _refused(scene, "response_url", "used_url")


async def test_a_message_that_was_deleted_meanwhile_does_not_come_back(scene: Scene) -> None:
    begun = scene.workspace.say("Did you see this?")
    await scene.workspace.mention(ANN, thread_ts=begun.ts)
    await scene.settled()
    (answer,) = scene.slack.posts("C1")
    await _form(scene, answer)
    scene.slack.remove(answer)
    await scene.workspace.submit({FIELD: "Tom Cook"})
    await scene.settled()
    assert "Quote 1 is now by Tom Cook" in scene.whispered()
    assert scene.slack.posts("C1") == []


async def test_two_who_correct_one_quote_are_both_heard_and_the_last_one_stands(scene: Scene) -> None:
    answer = await scene.asked_in_a_thread(ANN)
    await _form(scene, answer, user="U1")
    await _form(scene, answer, user="U2")
    await scene.workspace.submit({FIELD: "Tom Cook"}, user="U1")
    await scene.workspace.submit({ELSE: "Mia Fox"}, user="U2")
    await scene.settled()
    assert "Tom Cook" in scene.whispered("U1")
    assert "it was by" in scene.whispered("U2")
    assert await scene.room.by(FERRY_QUOTE) == "Mia Fox"


async def test_only_those_who_are_named_may_correct_and_others_are_told_so_alone(
    slack: SlackServer, store: Database, transport: Transport
) -> None:
    async with _ruled(slack, store, transport, CHIEF) as scene:
        answer = await scene.asked_in_a_thread(ANN)
        await _form(scene, answer, user="U2")
        assert REFUSAL in visible_text(scene.modal("U2"))
        assert FIELD not in visible_text(scene.modal("U2"))
        await _correct(scene, answer, {FIELD: "Tom Cook"}, user=CHIEF)
        assert await scene.room.by(FERRY_QUOTE) == "Tom Cook"
        assert scene.slack.posts("C1") == [answer]


async def test_those_of_a_user_group_may_correct_and_others_may_not(slack: SlackServer, store: Database, transport: Transport) -> None:
    slack.add_group("S0DESK", "desk", "U2")
    async with _ruled(slack, store, transport, f"{CHIEF}, S0DESK") as scene:
        answer = await scene.asked_in_a_thread(ANN)
        assert REFUSAL in visible_text(await _form(scene, answer, user="U1"))
        await _correct(scene, answer, {FIELD: "Tom Cook"}, user="U2")
        assert await scene.room.by(FERRY_QUOTE) == "Tom Cook"
        assert [call.arguments["usergroup"] for call in slack.calls_of("usergroups.users.list")] == ["S0DESK"]


async def test_a_user_group_that_slack_does_not_know_lets_nobody_correct(slack: SlackServer, store: Database, transport: Transport) -> None:
    async with _ruled(slack, store, transport, f"{CHIEF}, S0GONE") as scene:
        answer = await scene.asked_in_a_thread(ANN)
        assert REFUSAL in visible_text(await _form(scene, answer, user="U2"))
        _refused(scene, "usergroups.users.list", "no_such_subteam")
        assert FIELD in visible_text(await _form(scene, answer, user=CHIEF))


async def test_who_may_correct_no_more_cannot_with_an_old_form_or_an_old_button(
    slack: SlackServer, store: Database, transport: Transport
) -> None:
    async with playing(slack, store, transport) as before:
        answer = await before.asked_in_a_thread(ANN)
        await _correct(before, answer, {FIELD: "Tom Cook"}, user="U2")
        undo = before.last("U2")
        await _form(before, answer, user="U2")
    async with _ruled(slack, store, transport, CHIEF) as scene:
        await scene.workspace.submit({ELSE: "Mia Fox"}, user="U2")
        await scene.settled()
        assert REFUSAL in scene.whispered("U2")
        await scene.press(undo, "Undo", user="U2")
        assert len([shown for shown in slack.ephemerals("U2") if REFUSAL in visible_text(shown)]) == 2
        assert await scene.room.by(FERRY_QUOTE) == "Tom Cook"
        assert scene.slack.posts("C1") == [answer]


@asynccontextmanager
async def _ruled(slack: SlackServer, store: Database, transport: Transport, may_correct: str) -> AsyncIterator[Scene]:
    """A scene in which only some people may correct. At the end Slack has refused nothing."""
    slack.add_person(CHIEF, "Mia Chief")
    async with playing(slack, store, transport, slack_may_correct=may_correct) as scene:
        yield scene
    assert slack.refused == []
    assert slack.pings == []


async def _form(scene: Scene, answer: Message | View, *, nth: int = 0, user: str = "U1") -> View:
    """The form behind "Wrong speaker?" at the nth quote."""
    assert (await scene.workspace.click(answer, "Wrong speaker?", nth=nth, user=user)).ok
    await scene.settled()
    return scene.modal(user)


async def _correct(scene: Scene, answer: Message | View, given: dict[str, object], *, nth: int = 0, user: str = "U1") -> None:
    """Somebody fills in that form."""
    await _form(scene, answer, nth=nth, user=user)
    assert (await scene.workspace.submit(given, user=user)).ok
    await scene.settled()


def _place(answer: Message, words: str) -> int:
    """Which of the quotes of an answer has these words."""
    return next(place for place, quoted in enumerate(quotations(answer.blocks)) if words in quoted)


def _refused(scene: Scene, method: str, error: str, *, times: int = 1) -> None:
    """Slack has refused that call and no other, as the test wished; the scene may end with it."""
    assert [(call.method, (call.answer or {})["error"]) for call in scene.slack.refused] == [(method, error)] * times
    scene.slack.calls.clear()
