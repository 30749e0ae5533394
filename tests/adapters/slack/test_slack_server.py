import asyncio
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.fakes.slack_reading import labels, visible_text
from tests.fakes.slack_server import SlackServer

Json = dict[str, Any]
HEADLINE: Json = {"type": "header", "text": {"type": "plain_text", "text": "Ferry late"}}
MODAL: Json = {"type": "modal", "title": {"type": "plain_text", "text": "Ask"}, "blocks": [HEADLINE]}
HOME: Json = {"type": "home", "blocks": [HEADLINE]}


@pytest.fixture
def client(slack: SlackServer) -> AsyncWebClient:
    return slack.client(retry_handlers=[])


async def refusal(call: Any) -> str:  # noqa: ANN401 (slack_sdk's coroutines have no type)
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def test_a_message_is_posted_edited_and_deleted(slack: SlackServer, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C1", text="Ferry late", blocks=[HEADLINE])
    assert [visible_text(message) for message in slack.posts("C1")] == ["Ferry late"]
    assert slack.posts("C1")[0].blocks[0]["block_id"]
    await client.chat_update(channel="C1", ts=posted["ts"], text="Ferry on time")
    assert [visible_text(message) for message in slack.posts("C1")] == ["Ferry on time"]
    await client.chat_delete(channel="C1", ts=posted["ts"])
    assert slack.posts("C1") == []
    assert [call.method for call in slack.calls] == ["chat.postMessage", "chat.update", "chat.delete"]
    assert slack.calls[0].arguments["blocks"] == [HEADLINE]
    assert slack.calls[0].token == "xoxb-T1"


async def test_times_of_messages_are_unique_and_rising(client: AsyncWebClient) -> None:
    times = [(await client.chat_postMessage(channel="C1", text="Ferry late"))["ts"] for _ in range(12)]
    assert times == sorted(set(times))


async def test_blocks_that_slack_does_not_take_are_refused_with_the_reason(slack: SlackServer, client: AsyncWebClient) -> None:
    long = {"type": "header", "text": {"type": "plain_text", "text": "x" * 151}}
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="C1", text="Ferry late", blocks=[long])
    assert caught.value.response["error"] == "invalid_blocks"
    assert caught.value.response["response_metadata"]["messages"] == [
        "[ERROR] must be less than 151 characters [json-pointer:/blocks/0/text/text]"
    ]
    assert slack.posts("C1") == []
    assert [call.method for call in slack.refused] == ["chat.postMessage"]


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "C404", "text": "A"}, "channel_not_found"),
        ({"channel": "C2", "text": "A"}, "not_in_channel"),
        ({"channel": "C3", "text": "A"}, "is_archived"),
        ({"channel": "G1", "text": "A"}, "channel_not_found"),
        ({"channel": "C1", "metadata": {}}, "no_text"),
        ({"channel": "C1", "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": "C1", "text": "A", "thread_ts": "1.000001"}, "thread_not_found"),
        (
            {"channel": "C1", "text": "A", "blocks": [{"type": "section", "text": {"type": "plain_text", "text": "x" * 3000}}] * 5},
            "msg_blocks_too_long",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_a_message_that_slack_does_not_take_is_refused(client: AsyncWebClient, arguments: Json, error: str) -> None:
    assert await refusal(client.api_call("chat.postMessage", json=arguments)) == error


async def test_an_edit_holds_four_thousand_bytes_of_text(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C1", text="A")
    assert (await client.chat_update(channel="C1", ts=posted["ts"], text="x" * 4000))["ok"]
    assert await refusal(client.chat_update(channel="C1", ts=posted["ts"], text="&" * 1000)) == "msg_too_long"


async def test_the_app_changes_no_message_but_its_own(slack: SlackServer, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C1", text="A")
    slack.posts("C1")[0].user = "U1"
    assert await refusal(client.chat_update(channel="C1", ts=posted["ts"], text="B")) == "cant_update_message"
    assert await refusal(client.chat_delete(channel="C1", ts=posted["ts"])) == "cant_delete_message"
    assert await refusal(client.chat_delete(channel="C1", ts="1.000001")) == "message_not_found"


async def test_a_private_message_is_seen_by_one_person_who_is_in_the_channel(slack: SlackServer, client: AsyncWebClient) -> None:
    await client.chat_postEphemeral(channel="C1", user="U1", text="For you")
    assert [message.text for message in slack.ephemerals("U1")] == ["For you"]
    assert slack.ephemerals("U2") == slack.posts("C1") == []


async def test_a_message_for_one_person_is_shown_in_a_thread_once_it_has_begun(slack: SlackServer, client: AsyncWebClient) -> None:
    begun = (await client.chat_postMessage(channel="C1", text="A"))["ts"]
    for text in ("Lost", "Seen"):
        assert (await client.chat_postEphemeral(channel="C1", user="U1", thread_ts=begun, text=text))["ok"]
        await client.chat_postMessage(channel="C1", text="B", thread_ts=begun)
    assert [message.text for message in slack.ephemerals("U1")] == ["Seen"]
    slack.add_person("U3", "Cy Day")
    assert await refusal(client.chat_postEphemeral(channel="C1", user="U3", text="For you")) == "user_not_in_channel"


async def test_a_persons_id_stands_for_their_direct_messages(slack: SlackServer, client: AsyncWebClient) -> None:
    opened = await client.conversations_open(users="U1")
    await client.chat_postMessage(channel=opened["channel"]["id"], text="A")
    await client.chat_postMessage(channel="U1", text="B")
    assert [message.text for message in slack.posts("U1")] == ["A", "B"]
    assert (await client.conversations_info(channel=opened["channel"]["id"]))["channel"]["user"] == "U1"
    assert await refusal(client.conversations_open(users="U404")) == "user_not_found"


@pytest.mark.parametrize(
    ("token", "state", "error"),
    [
        ("", "active", "not_authed"),
        ("xoxb-unknown", "active", "invalid_auth"),
        ("xoxb-T1", "token_revoked", "token_revoked"),
        ("xoxb-T1", "account_inactive", "account_inactive"),
    ],
)
async def test_a_token_that_is_no_good_is_refused(slack: SlackServer, client: AsyncWebClient, token: str, state: Any, error: str) -> None:  # noqa: ANN401
    slack.teams["T1"].state = state
    assert await refusal(client.auth_test(token=token)) == error


async def test_a_revoked_token_is_dead(client: AsyncWebClient) -> None:
    assert (await client.auth_revoke())["revoked"]
    assert await refusal(client.auth_test()) == "token_revoked"


async def test_what_the_token_is_good_for_stands_in_the_header_of_each_answer(slack: SlackServer, client: AsyncWebClient) -> None:
    slack.teams["T1"].scopes = {"commands", "chat:write"}
    answer = await client.auth_test()
    assert answer.headers["x-oauth-scopes"] == "chat:write,commands"
    assert answer["user_id"] == "U0BOT"


async def test_a_scope_that_was_not_granted_is_named(slack: SlackServer, client: AsyncWebClient) -> None:
    slack.teams["T1"].scopes = {"commands"}
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="C1", text="A")
    assert caught.value.response["error"] == "missing_scope"
    assert caught.value.response["needed"] == "chat:write"
    assert caught.value.response["provided"] == "commands"
    assert await refusal(client.conversations_info(channel="C1")) == "missing_scope"


async def test_a_public_channel_takes_messages_of_an_app_that_may_write_in_all(slack: SlackServer, client: AsyncWebClient) -> None:
    slack.teams["T1"].scopes.add("chat:write.public")
    assert (await client.chat_postMessage(channel="C2", text="A"))["ok"]


async def test_people_groups_and_channels_are_told(slack: SlackServer, client: AsyncWebClient) -> None:
    slack.add_group("S1", "desk", "U1")
    assert (await client.users_info(user="U1"))["user"]["real_name"] == "Ada Moor"
    assert (await client.usergroups_users_list(usergroup="S1"))["users"] == ["U1"]
    assert (await client.usergroups_list())["usergroups"][0]["handle"] == "desk"
    assert (await client.conversations_members(channel="C1"))["members"] == ["U0BOT", "U1", "U2", "U9BOT"]
    assert (await client.team_info())["team"]["name"] == "Harbour Post"
    assert await refusal(client.users_info(user="U404")) == "user_not_found"
    assert await refusal(client.usergroups_users_list(usergroup="S404")) == "no_such_subteam"
    assert await refusal(client.users_info(user="")) == "invalid_arguments"
    assert await refusal(client.api_call("chat.postmessage")) == "unknown_method"


async def test_the_history_of_a_channel_has_the_metadata_of_messages_for_those_who_ask(client: AsyncWebClient) -> None:
    metadata = {"event_type": "delivery", "event_payload": {"key": "7"}}
    first = await client.chat_postMessage(channel="C1", text="A", metadata=metadata)
    await client.chat_postMessage(channel="C1", text="B", thread_ts=first["ts"])
    await client.chat_postMessage(channel="C1", text="C")
    history = await client.conversations_history(channel="C1", include_all_metadata=True, limit=10)
    assert [message["text"] for message in history["messages"]] == ["C", "A"]
    assert history["messages"][1]["metadata"] == metadata
    since = await client.conversations_history(channel="C1", oldest=first["ts"])
    assert [message["text"] for message in since["messages"]] == ["C"]
    assert "metadata" not in (await client.conversations_history(channel="C1"))["messages"][1]
    replies = await client.conversations_replies(channel="C1", ts=first["ts"])
    assert [message["text"] for message in replies["messages"]] == ["A", "B"]


async def test_a_trigger_opens_one_modal_within_three_seconds(slack: SlackServer, client: AsyncWebClient) -> None:
    trigger = slack.new_trigger("U1")
    await client.views_open(trigger_id=trigger, view=MODAL)
    modal = slack.modal("U1")
    assert modal is not None
    assert visible_text(modal) == "Ask\nFerry late"
    assert await refusal(client.views_open(trigger_id=trigger, view=MODAL)) == "exchanged_trigger_id"
    assert await refusal(client.views_open(trigger_id="1.2.3", view=MODAL)) == "invalid_trigger_id"
    late = slack.new_trigger("U1")
    slack.forward(3.5)
    assert await refusal(client.views_open(trigger_id=late, view=MODAL)) == "expired_trigger_id"


async def test_modals_stand_three_high_and_an_older_state_updates_none(slack: SlackServer, client: AsyncWebClient) -> None:
    opened = await client.views_open(trigger_id=slack.new_trigger("U1"), view=MODAL)
    for _ in range(2):
        await client.views_push(trigger_id=slack.new_trigger("U1"), view=MODAL)
    assert await refusal(client.views_push(trigger_id=slack.new_trigger("U1"), view=MODAL)) == "push_limit_reached"
    view = opened["view"]
    await client.views_update(view_id=view["id"], hash=view["hash"], view=MODAL)
    assert await refusal(client.views_update(view_id=view["id"], hash=view["hash"], view=MODAL)) == "hash_conflict"
    assert await refusal(client.views_update(view_id="V404", view=MODAL)) == "not_found"


async def test_a_view_that_slack_does_not_show_is_refused_with_the_reason(slack: SlackServer, client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client.views_open(trigger_id=slack.new_trigger("U1"), view={**MODAL, "title": None})
    assert caught.value.response["error"] == "invalid_arguments"
    assert caught.value.response["response_metadata"]["messages"] == ["[ERROR] missing required field: title [json-pointer:/view]"]
    assert await refusal(client.views_publish(user_id="U1", view=MODAL)) == "invalid_arguments"
    assert slack.modal("U1") is None


async def test_each_person_has_an_app_home_of_their_own(slack: SlackServer, client: AsyncWebClient) -> None:
    published = await client.views_publish(user_id="U1", view=HOME)
    await client.views_publish(user_id="U1", view={**HOME, "blocks": [{"type": "divider"}]}, hash=published["view"]["hash"])
    home = slack.home("U1")
    assert home is not None
    assert [block["type"] for block in home.blocks] == ["divider"]
    assert slack.home("U2") is None
    assert await refusal(client.views_publish(user_id="U1", view=HOME, hash=published["view"]["hash"])) == "hash_conflict"


async def test_a_file_is_uploaded_into_a_thread(slack: SlackServer, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C1", text="A")
    await client.files_upload_v2(
        channel="C1", thread_ts=posted["ts"], filename="quotes.csv", content="a,b\n", title="Quotes", initial_comment="All of them"
    )
    (file,) = slack.files.values()
    assert (file.name, file.title, file.content, file.shared) == ("quotes.csv", "Quotes", b"a,b\n", [("C1", posted["ts"])])
    assert slack.posts("C1")[-1].files == [file.id]


async def test_a_file_that_was_never_uploaded_is_shared_nowhere(client: AsyncWebClient) -> None:
    wanted = await client.files_getUploadURLExternal(filename="quotes.csv", length=4)
    assert await refusal(client.files_completeUploadExternal(files=[{"id": wanted["file_id"], "title": "A"}])) == "file_not_found"


async def test_a_response_url_answers_five_times_within_thirty_minutes(slack: SlackServer) -> None:
    answers = AsyncWebhookClient(slack.new_response_url("U1", "C1", "T1"))
    for _ in range(5):
        assert (await answers.send(text="A")).status_code == 200
    assert (await answers.send(text="A")).status_code == 404
    assert len(slack.ephemerals("U1")) == 5
    late = AsyncWebhookClient(slack.new_response_url("U1", "C1", "T1"))
    slack.forward(31 * 60)
    assert (await late.send(text="A")).status_code == 404


async def test_a_response_url_replaces_and_deletes_what_was_clicked(slack: SlackServer) -> None:
    await AsyncWebhookClient(slack.new_response_url("U1", "C1", "T1")).send(text="A")
    private = slack.ephemerals("U1")[0]
    answers = AsyncWebhookClient(slack.new_response_url("U1", "C1", "T1", private))
    await answers.send(text="B", replace_original=True)
    assert [message.text for message in slack.ephemerals("U1")] == ["B"]
    await answers.send(text="C", response_type="in_channel")
    assert [message.text for message in slack.posts("C1")] == ["C"]
    await answers.send(delete_original=True)
    assert slack.ephemerals("U1") == []


async def test_a_response_url_takes_no_bad_block(slack: SlackServer) -> None:
    answer = await AsyncWebhookClient(slack.new_response_url("U1", "C1", "T1")).send(text="A", blocks=[{"type": "header"}])
    assert answer.status_code == 400
    assert [(call.method, (call.answer or {})["error"]) for call in slack.refused] == [("response_url", "invalid_blocks")]


@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated")  # slack_sdk still uses it
async def test_a_code_is_exchanged_for_a_token_once(slack: SlackServer) -> None:
    slack.add_team("T2", "Inland Times")
    slack.add_person("U20", "Di Fenn", team="T2")
    slack.codes["code-1"] = "T2"
    client = AsyncWebClient(base_url=f"{slack.url}/api/")
    given = await client.oauth_v2_access(client_id="1.2", client_secret="client-secret", code="code-1")
    assert (given["access_token"], given["team"]["id"], given["bot_user_id"]) == ("xoxb-T2", "T2", "U0BOT2")
    assert await refusal(client.oauth_v2_access(client_id="1.2", client_secret="client-secret", code="code-1")) == "invalid_code"
    assert await refusal(client.oauth_v2_access(client_id="1.2", client_secret="guess", code="code-1")) == "bad_client_secret"


async def test_workspaces_do_not_see_each_other(slack: SlackServer) -> None:
    slack.add_team("T2", "Inland Times")
    assert await refusal(slack.client("T2").chat_postMessage(channel="C1", text="A")) == "channel_not_found"
    assert await refusal(slack.client("T2").users_info(user="U1")) == "user_not_found"


async def test_only_a_token_of_the_app_itself_opens_a_socket(client: AsyncWebClient) -> None:
    assert (await client.apps_connections_open(app_token="xapp-1-test"))["url"].startswith("ws://127.0.0.1:")
    assert await refusal(client.apps_connections_open(app_token="xoxb-T1")) == "not_allowed_token_type"
    assert await refusal(client.apps_connections_open(app_token="xapp-1-old")) == "invalid_auth"


async def test_the_next_calls_fail_as_the_test_wishes_and_those_after_do_not(slack: SlackServer, client: AsyncWebClient) -> None:
    slack.fail("chat.postMessage", "fatal_error", times=2)
    slack.fail("chat.postMessage", status=500)
    for error in ("fatal_error", "fatal_error", "internal_error"):
        assert await refusal(client.chat_postMessage(channel="C1", text="A")) == error
    assert (await client.chat_postMessage(channel="C1", text="A"))["ok"]
    assert len(slack.posts("C1")) == 1


async def test_a_limited_call_says_when_to_come_again(slack: SlackServer) -> None:
    slack.fail("chat.postMessage", retry_after=0)
    patient = slack.client(retry_handlers=[AsyncRateLimitErrorRetryHandler(max_retry_count=1)])
    assert (await patient.chat_postMessage(channel="C1", text="A"))["ok"]
    assert [call.ok for call in slack.calls] == [False, True]


@pytest.mark.parametrize(("after", "posts"), [(False, 0), (True, 1)])
async def test_a_connection_drops_before_or_after_the_message_is_there(
    slack: SlackServer, client: AsyncWebClient, *, after: bool, posts: int
) -> None:
    slack.fail("chat.postMessage", drop=True, after=after)
    with pytest.raises(aiohttp.ClientConnectionError):
        await client.chat_postMessage(channel="C1", text="A")
    assert len(slack.posts("C1")) == posts


async def test_a_call_hangs_until_it_is_released(slack: SlackServer, client: AsyncWebClient) -> None:
    held = slack.hold("chat.postMessage")
    posting = asyncio.ensure_future(client.chat_postMessage(channel="C1", text="A"))
    await held.arrived.wait()
    assert slack.posts("C1") == []
    held.release()
    assert (await posting)["ok"]
    assert [message.text for message in slack.posts("C1")] == ["A"]


@pytest.mark.parametrize(
    ("message", "pings"),
    [
        ({"text": "Hello <!channel>"}, ["<!channel>"]),
        ({"text": "Hello <@U1>"}, ["<@U1>"]),
        ({"text": "Hello <!subteam^S1|desk>"}, ["<!subteam^S1|desk>"]),
        ({"text": "Hello @channel"}, []),
        ({"text": "Hello @channel", "link_names": True}, ["@channel"]),
        ({"text": "Hello &lt;!here&gt; ada@here.example.org"}, []),
        ({"text": "A", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "<!here>"}}]}, ["<!here>"]),
        ({"text": "A", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "@here"}}]}, ["@here"]),
        ({"text": "A", "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "@here", "verbatim": True}}]}, []),
        ({"text": "A", "blocks": [{"type": "section", "text": {"type": "plain_text", "text": "<!here> @here <@U1>"}}]}, []),
        (
            {
                "text": "A",
                "blocks": [
                    {
                        "type": "rich_text",
                        "elements": [
                            {
                                "type": "rich_text_section",
                                "elements": [
                                    {"type": "text", "text": "<!here> "},
                                    {"type": "user", "user_id": "U1"},
                                    {"type": "broadcast", "range": "here"},
                                ],
                            }
                        ],
                    }
                ],
            },
            ["user U1", "broadcast here"],
        ),
    ],
    ids=lambda value: str(value)[:60],
)
async def test_who_would_be_pinged_is_counted(slack: SlackServer, client: AsyncWebClient, message: Json, pings: list[str]) -> None:
    await client.chat_postMessage(channel="C1", **message)
    assert slack.pings == pings


async def test_what_a_person_reads_is_told_in_order(slack: SlackServer, client: AsyncWebClient) -> None:
    quote: Json = {"type": "rich_text_quote", "elements": [{"type": "text", "text": "We will not wait"}]}
    source = {"type": "rich_text_section", "elements": [{"type": "link", "url": "https://example.org/ferry", "text": "Ferry late"}]}
    menu = {"type": "overflow", "action_id": "quote", "options": [{"text": {"type": "plain_text", "text": "Show context"}, "value": "7"}]}
    blocks: list[Json] = [
        {"type": "section", "text": {"type": "mrkdwn", "text": "<https://example.org|Harbour> &amp; Sea", "verbatim": True}},
        {"type": "rich_text", "elements": [quote, source]},
        {"type": "section", "text": {"type": "plain_text", "text": "direct"}, "accessory": menu},
        {"type": "context", "elements": [{"type": "plain_text", "text": "likely"}]},
    ]
    await client.chat_postMessage(channel="C1", text="fallback", blocks=blocks)
    (message,) = slack.posts("C1")
    assert visible_text(message).split("\n") == ["Harbour & Sea", "We will not wait", "Ferry late", "direct", "Show context", "likely"]
    assert labels(message) == ["Show context"]


async def test_what_never_comes_is_said_with_the_calls_that_came(slack: SlackServer, client: AsyncWebClient) -> None:
    await client.auth_test()
    with pytest.raises(AssertionError, match=r"a call of chat\.postMessage.*auth\.test"):
        await slack.next_call("chat.postMessage", within=0.01)
