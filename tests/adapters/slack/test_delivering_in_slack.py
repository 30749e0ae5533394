"""What is posted by itself in Slack: once, in one message, and what Slack says of it means one of three things."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st
from slack_sdk.errors import SlackApiError

from adapters.settings import Settings
from adapters.slack import client as clients
from adapters.slack.app import build
from adapters.slack.client import web_client
from adapters.slack.delivering import SlackPoster
from adapters.slack.posts import composed
from adapters.slack.rendering import with_picture
from bot.callers import Channel
from bot.delivery.posting import Post
from bot.errors import CannotPost, NotNow, Uncertain, VerbatimError
from bot.replies import Chart, Reply, Section
from storage.database import Database
from tests.adapters.hostile import REPLIES
from tests.adapters.slack.seen import pings, pressed
from tests.fakes.newsroom import card
from tests.fakes.slack_blocks import check_blocks, too_long
from tests.fakes.slack_reading import labels, visible_text
from tests.fakes.slack_server import SlackServer
from tests.newsrooms import Room

ZONE = ZoneInfo("Europe/London")
PNG = b"\x89PNG\r\n\x1a\n and so on"
CHART = Chart("Quotes by speaker", (("Ada Moor", 3), ("Ben Okoro", 1)), "Ada Moor 3 quotes, Ben Okoro 1 quote.")
DIGEST = Reply("What was said about ferries", (Section("Ferry late", "2 outlets", (card(),)),))
LONGER = replace(DIGEST, sections=DIGEST.sections * 40)


def post(*lengths: Reply, channel: str = "C1", **more: Any) -> Post:  # noqa: ANN401 - as the post has them
    return Post(
        7, "verbatim-7", Channel("slack", "T1", channel), lengths or (DIGEST,), datetime.now(UTC) - timedelta(minutes=5), ZONE, **more
    )


async def drawn(_: Chart) -> bytes:
    return PNG


async def undrawn(_: Chart) -> bytes:
    raise ZeroDivisionError("nothing to draw")


@pytest.fixture
def waits() -> list[float]:
    """The seconds that were waited, in no time."""
    return []


@pytest.fixture
def poster(settings: Settings, store: Database, waits: list[float]) -> SlackPoster:
    return posting(settings, store, waits)


def posting(settings: Settings, store: Database, waits: list[float], *, draw: Callable[[Chart], Any] = drawn) -> SlackPoster:
    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    app = build(Room.over(store).newsroom, settings=settings, client=web_client(settings, settings.slack_bot_token))
    return SlackPoster(app, settings, draw, sleep=sleep)


# --- one message ----------------------------------------------------------------------------------


async def test_a_digest_is_one_message_with_its_key_and_what_can_be_done_about_it(slack: SlackServer, poster: SlackPoster) -> None:
    stamp = await poster.post(post())
    [message] = slack.posts("C1")
    assert message.ts == stamp
    assert message.metadata == {"event_type": "verbatim_delivery", "event_payload": {"key": "verbatim-7"}}
    assert message.text == "What was said about ferries"
    assert "“We will not wait,” … “Nobody should.”" in visible_text(message)
    assert labels(message) == ["Manage", "Show all"]
    assert slack.refused == []


async def test_nothing_in_it_unfurls_links_or_pings(slack: SlackServer, poster: SlackPoster) -> None:
    hostile = "<!channel> @everyone <@U2> <https://evil.example.org|text> &amp;"
    section = Section(hostile, hostile, (card((hostile,), hostile),), (hostile,))
    await poster.post(post(Reply(hostile, (section,), (hostile,), chart=replace(CHART, title=hostile, alt=hostile))))
    [call] = slack.calls_of("chat.postMessage")
    assert (call.arguments["unfurl_links"], call.arguments["unfurl_media"], call.arguments["link_names"]) == (False, False, False)
    assert visible_text(slack.posts("C1")[0]).count(hostile) == 8
    assert slack.pings == []


async def test_the_first_length_that_fits_is_posted_and_the_rest_can_be_asked_for(slack: SlackServer, poster: SlackPoster) -> None:
    shorter = replace(DIGEST, understood="In short")
    await poster.post(post(LONGER, shorter, replace(DIGEST, understood="Shorter still")))
    [message] = slack.posts("C1")
    assert message.text == "In short"
    assert labels(message)[-2:] == ["Manage", "Show all"]


async def test_of_what_never_fits_the_beginning_is_posted_with_its_chart_and_says_so(slack: SlackServer, poster: SlackPoster) -> None:
    await poster.post(post(replace(LONGER, chart=CHART)))
    [message] = slack.posts("C1")
    assert "There is more than one message holds." in visible_text(message)
    assert message.blocks[-2]["alt_text"] == CHART.alt
    assert labels(message)[-2:] == ["Manage", "Show all"]
    assert slack.refused == []


async def test_of_nothing_new_nothing_can_be_shown(slack: SlackServer, poster: SlackPoster) -> None:
    await poster.post(post(Reply("Nothing new since Thursday 08:00.")))
    assert labels(slack.posts("C1")[0]) == ["Manage"]


async def test_an_alert_can_be_muted_for_a_day(slack: SlackServer, poster: SlackPoster) -> None:
    await poster.post(post(mutable=True))
    assert labels(slack.posts("C1")[0]) == ["Manage", "Show all", "Mute for a day"]


@trying(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(lengths=st.lists(REPLIES, min_size=1, max_size=2), mutable=st.booleans())
def test_whatever_articles_hold_at_whatever_length_is_one_message_that_slack_takes(lengths: list[Reply], mutable: bool) -> None:
    """12, 13, 15."""
    message = composed(post(*lengths, mutable=mutable))
    for shown in (message, with_picture(message, "F000000001")):
        assert check_blocks(shown.blocks) == []
        assert not too_long(shown.blocks)
        assert pings(shown.blocks) == []
    assert pressed(message.blocks)["Manage"] == "7"
    assert len(message.text) <= 300


# --- its picture ----------------------------------------------------------------------------------


async def test_a_chart_is_a_picture_of_a_file_that_stands_in_no_channel(slack: SlackServer, poster: SlackPoster) -> None:
    await poster.post(post(replace(DIGEST, chart=CHART)))
    [message] = slack.posts("C1")
    [file] = slack.files.values()
    assert message.blocks[-2]["slack_file"] == {"id": file.id}
    assert message.blocks[-2]["alt_text"] == CHART.alt
    assert (file.content, file.shared) == (PNG, [])


async def test_slack_is_given_time_for_the_picture(slack: SlackServer, poster: SlackPoster, waits: list[float]) -> None:
    slack.file_refusals = 2
    await poster.post(post(replace(DIGEST, chart=CHART)))
    [message] = slack.posts("C1")
    assert message.blocks[-2]["type"] == "image"
    assert waits == [1, 2]


async def test_where_the_picture_is_not_ready_in_time_the_digest_is_posted_with_its_numbers_in_words(
    slack: SlackServer, poster: SlackPoster
) -> None:
    slack.file_refusals = 9
    await poster.post(post(replace(DIGEST, chart=CHART)))
    [message] = slack.posts("C1")
    assert CHART.alt in visible_text(message)
    assert not [block for block in message.blocks if block["type"] == "image"]


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "upload", "files.completeUploadExternal"])
async def test_where_slack_takes_no_picture_the_digest_is_posted_without(slack: SlackServer, poster: SlackPoster, method: str) -> None:
    slack.fail(method, "missing_scope", status=500)
    await poster.post(post(replace(DIGEST, chart=CHART)))
    [message] = slack.posts("C1")
    assert CHART.alt in visible_text(message)


async def test_a_chart_that_cannot_be_drawn_keeps_no_digest_back(
    slack: SlackServer, settings: Settings, store: Database, caplog: pytest.LogCaptureFixture
) -> None:
    await posting(settings, store, [], draw=undrawn).post(post(replace(DIGEST, chart=CHART)))
    assert CHART.alt in visible_text(slack.posts("C1")[0])
    assert "drawing a chart" in caplog.text


# --- what Slack says of it ------------------------------------------------------------------------


async def test_a_limit_is_kept_to_by_who_keeps_what_is_due_and_holds_up_no_other_channel(slack: SlackServer, poster: SlackPoster) -> None:
    """10."""
    slack.add_channel("C4", "more", "U1", "U0BOT")
    slack.fail("chat.postMessage", retry_after=77, channel="C1")
    limited, other = await asyncio.gather(poster.post(post()), poster.post(post(channel="C4")), return_exceptions=True)
    assert isinstance(limited, NotNow)
    assert limited.seconds == 77
    assert isinstance(other, str)
    assert len(slack.calls_of("chat.postMessage")) == 2


@pytest.mark.parametrize("more", [{"drop": True, "after": True}, {"drop": True}, {"status": 503}, {"error": "fatal_error"}])
async def test_what_slack_does_not_say_is_uncertain(slack: SlackServer, poster: SlackPoster, more: dict[str, Any]) -> None:
    slack.fail("chat.postMessage", **more)
    with pytest.raises(Uncertain):
        await poster.post(post())
    assert len(slack.calls_of("chat.postMessage")) == 1


async def test_a_slack_out_of_reach_has_not_got_it(settings: Settings, store: Database) -> None:
    nowhere = settings.model_copy(update={"slack_api_url": "http://127.0.0.1:1/api/"})
    with pytest.raises(NotNow):
        await posting(nowhere, store, []).post(post())


@pytest.mark.parametrize(
    ("error", "told"),
    [
        ("is_archived", "The channel is archived."),
        ("channel_not_found", "The channel is gone, or Verbatim is not in it."),
        ("not_in_channel", "/invite @verbatim"),
        ("restricted_action", "The workspace does not let Verbatim write there."),
        ("token_revoked", "The workspace took Verbatim's token back"),
        ("account_inactive", "The workspace took Verbatim's token back"),
        ("invalid_auth", "The workspace took Verbatim's token back"),
        ("missing_scope", "'verbatim slack check'"),
    ],
)
async def test_what_stays_so_until_somebody_changes_it_is_told_with_what_to_do(
    slack: SlackServer, poster: SlackPoster, error: str, told: str
) -> None:
    """8."""
    slack.fail("chat.postMessage", error)
    with pytest.raises(CannotPost) as caught:
        await poster.post(post())
    assert told in str(caught.value)


async def test_a_message_that_slack_refuses_as_it_is_is_a_mistake_of_ours(slack: SlackServer, poster: SlackPoster) -> None:
    slack.fail("chat.postMessage", "invalid_blocks")
    with pytest.raises(SlackApiError):
        await poster.post(post())


# --- looked for afterwards ------------------------------------------------------------------------


async def test_what_was_accepted_while_the_reply_timed_out_is_found(
    slack: SlackServer, poster: SlackPoster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """2."""
    monkeypatch.setattr(clients, "POSTING_SECONDS", 0.2)
    held = slack.hold("chat.postMessage", after=True)
    with pytest.raises(Uncertain):
        await poster.post(post())
    held.release()
    assert await poster.find(post()) == slack.posts("C1")[0].ts


async def test_what_never_arrived_is_certainly_not_there(slack: SlackServer, poster: SlackPoster) -> None:
    slack.fail("chat.postMessage", drop=True)
    with pytest.raises(Uncertain):
        await poster.post(post())
    assert await poster.find(post()) is None


async def test_it_is_found_however_much_was_written_since(slack: SlackServer, poster: SlackPoster) -> None:
    stamp = await poster.post(post())
    slack.most_history = 2
    for number in range(5):
        await poster.post(replace(post(), key=f"verbatim-{number}"))
    assert await poster.find(post()) == stamp
    assert len(slack.calls_of("conversations.history")) == 3


async def test_another_delivery_is_not_taken_for_it_nor_what_another_app_calls_by_its_key(slack: SlackServer, poster: SlackPoster) -> None:
    await poster.post(replace(post(), key="verbatim-70"))
    await poster.post(post())
    slack.posts("C1")[-1].bot_id = "B9"
    assert await poster.find(post()) is None


async def test_what_is_older_than_the_first_try_is_not_looked_at(poster: SlackPoster) -> None:
    await poster.post(post())
    assert await poster.find(replace(post(), since=datetime.now(UTC) + timedelta(hours=1))) is None


@pytest.mark.parametrize(
    ("more", "means"),
    [
        ({"error": "missing_scope"}, Uncertain),
        ({"status": 503}, Uncertain),
        ({"retry_after": 60}, NotNow),
        ({"error": "channel_not_found"}, CannotPost),
    ],
)
async def test_a_channel_that_cannot_be_looked_at_leaves_it_open(
    slack: SlackServer, poster: SlackPoster, more: dict[str, Any], means: type[VerbatimError]
) -> None:
    slack.fail("conversations.history", **more)
    with pytest.raises(means):
        await poster.find(post())


# --- told ------------------------------------------------------------------------------------------


async def test_a_person_is_told_in_their_direct_messages(slack: SlackServer, poster: SlackPoster) -> None:
    assert await poster.tell("T1", "U1", Reply("Digest 7 is paused: the channel is archived."))
    assert visible_text(slack.posts("U1")[0]) == "Digest 7 is paused: the channel is archived."


@pytest.mark.parametrize("more", [{"error": "user_not_found"}, {"drop": True}, {"retry_after": 5}, {"error": "token_revoked"}])
async def test_a_person_who_cannot_be_told_raises_nothing(slack: SlackServer, poster: SlackPoster, more: dict[str, Any]) -> None:
    slack.fail("chat.postMessage", **more)
    assert not await poster.tell("T1", "U1", Reply("Digest 7 is paused."))
