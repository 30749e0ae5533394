"""A second opinion on the ways in and on what is pressed: our app in simcord, a Discord that others wrote."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import discord
import pytest

from adapters.discord.app import Verbatim
from adapters.discord.delivering import DiscordPoster, Present
from bot.callers import Channel
from bot.delivery.posting import Post
from bot.replies import Chart, Reply
from storage.database import Database
from tests.adapters.discord.scenes import FERRY, TIMETABLE, furnished, many_quotes
from tests.adapters.discord.simulated import Simulated, app, fields, label, menu, simulated, told, words

ASK = "who said what about the ferry"
BY_ANN = "quotes by Ann Bell"


@pytest.fixture
async def scene(store: Database) -> AsyncIterator[Simulated]:
    async with simulated(await furnished(store)) as scene:
        yield scene


# ways in


async def test_a_mention_is_answered_by_a_reply_that_pings_nobody(scene: Simulated) -> None:
    (answer,) = await scene.mention(BY_ANN)
    assert FERRY in words(answer)
    assert answer.reference
    assert answer.reference.message_id == scene.news.history()[-2].id
    assert answer.mentions == []


async def test_who_is_not_asked_says_nothing(scene: Simulated) -> None:
    await scene.ada.send(scene.news, ASK)
    assert len(scene.news.history()) == 1


async def test_a_question_in_a_thread_is_answered_there(scene: Simulated) -> None:
    asked = await scene.ada.send(scene.news, "About the ferry")
    channel = scene.env.bot.get_channel(scene.news.id)
    assert isinstance(channel, discord.TextChannel)
    await channel.create_thread(name="Ferries", message=discord.Object(asked.id))
    (thread,) = scene.news.threads
    (answer,) = await scene.mention(BY_ANN, channel=thread)
    assert FERRY in words(answer)


async def test_a_direct_message_is_answered_there(scene: Simulated) -> None:
    user = scene.ada.user
    await user.send_dm(BY_ANN)
    assert FERRY in words(user.dm_channel.last_message)


async def test_a_command_is_answered_to_whoever_used_it_alone(scene: Simulated) -> None:
    asked = await scene.ben.slash(scene.news, "ask", request=ASK)
    assert asked.acknowledged
    assert asked.ephemeral
    assert FERRY in told(asked)
    assert TIMETABLE in told(asked)
    assert scene.news.history(viewer=scene.ada) == []


async def test_a_command_in_direct_messages_is_answered_there_for_good(scene: Simulated) -> None:
    asked = await scene.ada.user.slash("quotes", speaker="Ann Bell")
    assert not asked.ephemeral
    assert FERRY in told(asked)


@pytest.mark.parametrize(
    ("name", "entered", "found"),
    [
        ("who", {"about": "the ferry", "outlet": "The Oar"}, TIMETABLE),
        ("quotes", {"speaker": "Ann Bell", "since": "Monday", "direct": True}, FERRY),
        ("digest", {"about": "the ferry"}, FERRY),
        ("status", {}, "articles"),
        ("help", {"keyword": "digest"}, "digest daily at 8"),
    ],
)
async def test_each_command_takes_its_options(scene: Simulated, name: str, entered: dict[str, object], found: str) -> None:
    assert found in told(await scene.ada.slash(scene.news, name, **entered))


@pytest.mark.parametrize(
    ("name", "option", "typed", "suggested"),
    [
        ("quotes", "speaker", "Be", "Ann Bell"),
        ("quotes", "outlet", "Oa", "The Oar"),
        ("who", "about", "fer", "ferry"),
        ("help", "keyword", "dig", "digest"),
    ],
)
async def test_options_suggest_what_is_in_the_store(scene: Simulated, name: str, option: str, typed: str, suggested: str) -> None:
    choices = await scene.ada.autocomplete(scene.news, name, option, typed)
    assert suggested in [choice["value"] for choice in choices]


async def test_the_words_of_a_message_are_found_from_its_menu(scene: Simulated) -> None:
    message = await scene.ben.send(scene.news, f"“{TIMETABLE}”, they said")
    found = await scene.ada.context_menu(scene.news, "Find these words", message)
    assert found.ephemeral
    assert "Tom Cook" in told(found)


# what is pressed and filled in


async def test_buttons_show_the_next_page_the_context_and_a_file(scene: Simulated) -> None:
    await many_quotes(scene.room, 12)
    (first,) = await scene.mention("who said what about late")
    more = await scene.ben.click(first, label=label(first, "More"))
    assert "Quotes 6 to" in told(more)
    assert more.ephemeral
    file = await scene.ben.click(first, label="Export CSV")
    assert file.response
    (attachment,) = file.response.attachments
    assert attachment.filename.endswith(".csv")


async def test_the_context_of_a_quote_is_shown_where_it_is_chosen_in_themenu(scene: Simulated) -> None:
    (answer,) = await scene.mention(ASK)
    shown = await scene.ben.select(answer, ["1"], custom_id=menu(answer, "context"))
    assert "Ann Bell said" in told(shown)


async def test_a_private_answer_is_shared_in_the_channel(scene: Simulated) -> None:
    asked = await scene.ada.slash(scene.news, "ask", request=BY_ANN)
    assert asked.response
    await scene.ada.click(asked.response, label="Share in channel")
    assert [FERRY in words(message) for message in scene.news.history(viewer=scene.ben)] == [True]


async def test_a_wrong_speaker_is_corrected_in_a_form(scene: Simulated) -> None:
    (answer,) = await scene.mention(BY_ANN)
    form = await scene.ada.click(answer, label="Wrong speaker?")
    assert form.modal
    name = next(field for field in fields(form.modal) if field["type"] == discord.ComponentType.text_input.value)
    done = await scene.ada.submit_modal(form, {name["custom_id"]: "Bea Lane"})
    assert "Bea Lane" in told(done)
    assert await scene.room.by(1) == "Bea Lane"


async def test_a_digest_is_set_up_in_a_form_by_those_who_may_manage_the_server(scene: Simulated) -> None:
    assert "watch" in scene.ada.available_commands(scene.news)
    assert "watch" not in scene.ben.available_commands(scene.news)
    form = await scene.ada.slash(scene.news, "watch")
    assert form.modal
    filled = {"about": "the ferry", "schedule": "daily at 8", "channel": [scene.news]}
    asked = await scene.ada.submit_modal(form, filled)
    assert "Not saved yet" in told(asked)
    assert asked.response
    done = await scene.ada.click(asked.response, label="Save")
    assert "Set up: a digest about ferry" in told(done)
    assert "about ferry" in told(await scene.ada.slash(scene.news, "subscriptions"))


async def test_a_digest_comes_with_its_chart_and_is_found_again_by_its_buttons(scene: Simulated) -> None:
    assert isinstance(scene.env.bot, Verbatim)
    poster = DiscordPoster(Present(scene.env.bot))
    chart = Chart("Quotes by speaker", (("Ann Bell", 2), ("Tom Cook", 1)), "Quotes by speaker: Ann Bell 2, Tom Cook 1.")
    since = datetime(2020, 1, 1, tzinfo=UTC)  # the clock of simcord is its own
    place = Channel("discord", str(scene.guild.id), str(scene.news.id))
    post = Post(7, "verbatim-7", place, [Reply("Digest of the day.", chart=chart)], since, ZoneInfo("UTC"))
    number = await poster.post(post)
    (message,) = scene.news.history()
    assert (str(message.id), [file.filename for file in message.attachments]) == (number, ["chart.png"])
    assert await poster.find(post) == number


async def test_old_buttons_work_after_the_app_was_started_anew(scene: Simulated) -> None:
    (answer,) = await scene.mention(BY_ANN)
    await scene.env.restart_bot(app(scene.room))
    shown = await scene.ben.click(answer, label="Show context")
    assert "Ann Bell said" in told(shown)
