from types import SimpleNamespace

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry import async_handler, builtin_async_handlers
from slack_sdk.web.async_client import AsyncWebClient

from adapters.settings import Settings
from adapters.slack.client import LONGEST_WAIT_SECONDS, error_code, response_client, web_client
from tests.fakes.slack_server import SlackServer


@pytest.fixture
def client(settings: Settings) -> AsyncWebClient:
    return web_client(settings, settings.slack_bot_token)


@pytest.fixture(autouse=True)
def waits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The whole seconds that were waited, in no time."""
    waited: list[int] = []

    async def sleep(seconds: float) -> None:
        waited.append(int(seconds))

    for module in (async_handler, builtin_async_handlers):
        monkeypatch.setattr(module, "asyncio", SimpleNamespace(sleep=sleep))
    return waited


async def test_it_speaks_to_the_slack_of_the_settings_with_its_token(slack: SlackServer, client: AsyncWebClient) -> None:
    assert (await client.auth_test())["team"] == "Harbour Post"
    assert slack.calls[0].token == "xoxb-T1"


async def test_after_a_limit_it_waits_as_long_as_slack_asks_and_posts_once(
    slack: SlackServer, client: AsyncWebClient, waits: list[int]
) -> None:
    slack.fail("chat.postMessage", retry_after=7)
    await client.chat_postMessage(channel="C1", text="Hello")
    assert waits == [7]
    assert len(slack.posts("C1")) == 1


async def test_it_gives_up_after_the_third_limit(slack: SlackServer, client: AsyncWebClient, waits: list[int]) -> None:
    slack.fail("chat.postMessage", retry_after=1, times=9)
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="C1", text="Hello")
    assert error_code(caught.value) == "ratelimited"
    assert waits == [1, 1, 1]
    assert len(slack.calls_of("chat.postMessage")) == 4


async def test_it_does_not_wait_longer_than_anybody_would_for_an_answer(
    slack: SlackServer, client: AsyncWebClient, waits: list[int]
) -> None:
    slack.fail("auth.test", retry_after=LONGEST_WAIT_SECONDS)
    await client.auth_test()
    slack.fail("auth.test", retry_after=LONGEST_WAIT_SECONDS + 1)
    with pytest.raises(SlackApiError):
        await client.auth_test()
    assert waits == [LONGEST_WAIT_SECONDS]


async def test_it_does_not_wait_for_who_somebody_is(slack: SlackServer, client: AsyncWebClient, waits: list[int]) -> None:
    slack.fail("users.info", retry_after=1)
    with pytest.raises(SlackApiError):
        await client.users_info(user="U1")
    assert waits == []
    assert len(slack.calls_of("users.info")) == 1


@pytest.mark.parametrize("after", [False, True])
async def test_a_message_whose_connection_dies_is_sent_once(slack: SlackServer, client: AsyncWebClient, after: bool) -> None:
    slack.fail("chat.postMessage", drop=True, after=after)
    with pytest.raises(aiohttp.ClientConnectionError):
        await client.chat_postMessage(channel="C1", text="Hello")
    assert len(slack.calls_of("chat.postMessage")) == 1


async def test_a_question_whose_connection_dies_is_asked_again(slack: SlackServer, client: AsyncWebClient) -> None:
    slack.fail("auth.test", drop=True)
    assert (await client.auth_test())["team"] == "Harbour Post"
    assert len(slack.calls_of("auth.test")) == 2


async def test_a_question_is_given_up_when_every_connection_dies(slack: SlackServer, client: AsyncWebClient) -> None:
    slack.fail("auth.test", drop=True, times=9)
    with pytest.raises(aiohttp.ClientConnectionError):
        await client.auth_test()
    assert len(slack.calls_of("auth.test")) == 3


@pytest.mark.parametrize("drop", [{"drop": True}, {"drop": True, "after": True}])
async def test_an_answer_to_a_command_is_sent_once(slack: SlackServer, settings: Settings, drop: dict[str, bool]) -> None:
    slack.fail("response_url", **drop)  # type: ignore[arg-type]
    url = slack.new_response_url("U1", "C1", "T1")
    with pytest.raises(aiohttp.ClientConnectionError):
        await response_client(settings, url).send(text="Hello")
    assert len(slack.calls_of("response_url")) == 1


async def test_an_error_has_the_code_that_slack_gave_or_none(slack: SlackServer, client: AsyncWebClient) -> None:
    slack.fail("auth.test", status=503)
    with pytest.raises(SlackApiError) as caught:
        await client.auth_test()
    assert error_code(caught.value) == "internal_error"
    assert error_code(SlackApiError("no JSON", object())) == ""  # type: ignore[no-untyped-call]
