"""Installing by OAuth, with the real stores in a real database, served by what `verbatim serve` runs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from adapters import composition
from adapters.settings import Settings
from adapters.slack.scopes import bot_scopes
from adapters.slack.serving import SlackService
from bot.callers import Channel
from bot.delivery.posting import Post
from bot.errors import CannotPost
from bot.replies import Reply
from tests.adapters.slack.conftest import several_settings
from tests.fakes.ports import free_port
from tests.fakes.slack_deliveries import HttpDelivery
from tests.fakes.slack_server import SlackServer
from tests.fakes.slack_workspace import Workspace

# slack_sdk 3.47 sends the client's secret by way of it.
pytestmark = pytest.mark.filterwarnings("ignore:BasicAuth is deprecated:DeprecationWarning")


@pytest.fixture
def settings(slack: SlackServer) -> Settings:
    return several_settings(slack, http_port=free_port())


@asynccontextmanager
async def _serving(settings: Settings) -> AsyncIterator[str]:
    """`verbatim serve` over HTTP; gives what it said."""
    async with _served(settings) as (_, line):
        yield line


@asynccontextmanager
async def _served(settings: Settings) -> AsyncIterator[tuple[SlackService, str]]:
    """The service, and what it said."""
    said: asyncio.Queue[str] = asyncio.Queue()
    async with composition.open_services(settings) as services:
        (service,) = services.serving
        assert isinstance(service, SlackService)
        running = asyncio.create_task(service.run(said.put_nowait))
        try:
            yield service, await said.get()
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


class Browser:
    """Somebody's browser, which keeps the cookie of the installation although the test has no TLS."""

    def __init__(self, settings: Settings, session: aiohttp.ClientSession) -> None:
        self._here = f"http://{settings.http_host}:{settings.http_port}"
        self._session = session
        self.cookie = ""

    async def begin(self) -> tuple[str, dict[str, list[str]]]:
        """Open the install page; gives Slack's page to which it leads, and what it is asked."""
        async with self._session.get(f"{self._here}/slack/install", allow_redirects=False) as response:
            assert response.status == 302
            ((name, morsel),) = SimpleCookie(response.headers["Set-Cookie"]).items()
            assert morsel["secure"]
            assert morsel["httponly"]
            self.cookie = f"{name}={morsel.value}"
            page = urlsplit(response.headers["Location"])
            return f"{page.scheme}://{page.netloc}{page.path}", parse_qs(page.query)

    async def come_back(self, **query: str) -> tuple[int, str]:
        """Come back from Slack; gives the status and the page."""
        where = f"{self._here}/slack/oauth_redirect"
        async with self._session.get(where, params=query, headers={"Cookie": self.cookie}) as response:
            assert "default-src 'none'" in response.headers.get("Content-Security-Policy", "") or response.status == 502
            return response.status, await response.text()

    async def install(self, slack: SlackServer, team: str = "T1") -> tuple[int, str]:
        """Go through with it."""
        _, asked = await self.begin()
        slack.codes["a-code"] = team
        return await self.come_back(code="a-code", state=asked["state"][0])


@pytest.fixture
async def browser(settings: Settings) -> AsyncIterator[Browser]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        yield Browser(settings, session)


def _events(settings: Settings) -> HttpDelivery:
    return HttpDelivery(f"http://{settings.http_host}:{settings.http_port}/slack/events")


async def test_it_says_where_workspaces_install_it(settings: Settings) -> None:
    async with _serving(settings) as line:
        assert line == (
            "workspaces install it at https://verbatim.example.org/slack/install; "
            f"requests are taken on 127.0.0.1 port {settings.http_port}, path /slack/events."
        )


async def test_slack_is_asked_for_the_scopes_that_are_used_and_no_other(slack: SlackServer, settings: Settings, browser: Browser) -> None:
    async with _serving(settings):
        page, asked = await browser.begin()
    assert page == f"{slack.url}/oauth/v2/authorize"
    assert asked["scope"] == [",".join(bot_scopes(settings))]
    assert not asked.get("user_scope")
    assert asked["client_id"] == [slack.client_id]
    assert asked["redirect_uri"] == ["https://verbatim.example.org/slack/oauth_redirect"]


async def test_an_installed_workspace_is_answered_until_it_removes_the_app(
    slack: SlackServer, settings: Settings, browser: Browser
) -> None:
    slack.add_team("T2", "Hill & Vale <Gazette>")
    slack.add_person("U3", "Cleo Hart", team="T2")
    slack.add_channel("C20", "news", "U3", "U02BOT", team="T2")
    async with _serving(settings), _events(settings) as delivery:
        slack.app_is_standing()
        status, page = await browser.install(slack, "T2")
        assert status == 200
        assert "Verbatim is installed in Hill &amp; Vale &lt;Gazette&gt;" in page
        workspace = Workspace(slack, delivery, "T2")
        await workspace.command("help", user="U3", channel="C20")
        answer = await slack.next_call("response_url")
        assert answer.ok
        await workspace.uninstall()
        await slack.settled()
        answered = len(slack.calls_of("response_url"))
        slack.teams["T2"].state = "active"  # though the token worked: who removed the app is no longer known
        await workspace.command("help", user="U3", channel="C20")
        refusal = await slack.until(lambda: slack.calls_of("response_url")[answered:], "an answer")
        assert "help" not in str(refusal[0].arguments).lower()
    async with composition.open_installations(settings, slack.client_id) as installations:
        assert await installations.workspaces() == ()


async def test_what_was_installed_is_known_after_a_restart_and_each_workspace_once(
    slack: SlackServer, settings: Settings, browser: Browser
) -> None:
    slack.add_team("T2", "Hill Gazette")
    slack.add_person("U3", "Cleo Hart", team="T2")
    async with _serving(settings):
        assert (await browser.install(slack))[0] == 200
        assert (await browser.install(slack, "T2"))[0] == 200
        assert (await browser.install(slack))[0] == 200
    async with _serving(settings), _events(settings) as delivery:
        await Workspace(slack, delivery).command("help")
        assert (await slack.next_call("response_url")).ok
    async with composition.open_installations(settings, slack.client_id) as installations:
        workspaces = await installations.workspaces()
    assert [(workspace.team_name, workspace.bot_token) for workspace in workspaces] == [
        ("Harbour Post", "xoxb-T1"),
        ("Hill Gazette", "xoxb-T2"),
    ]


async def test_the_installations_of_another_app_are_not_ours(slack: SlackServer, settings: Settings, browser: Browser) -> None:
    async with _serving(settings):
        await browser.install(slack)
    async with composition.open_installations(settings, "3.4") as installations:
        assert await installations.workspaces() == ()


async def test_each_workspace_is_posted_in_with_its_own_token_and_none_that_removed_the_app(
    slack: SlackServer, settings: Settings, browser: Browser
) -> None:
    slack.add_team("T2", "Hill Gazette")
    slack.add_person("U3", "Cleo Hart", team="T2")
    async with _served(settings) as (service, _):
        await browser.install(slack, "T1")
        await browser.install(slack, "T2")
        assert await service.poster.tell("T2", "U3", Reply("Digest 7 is paused."))
        assert not await service.poster.tell("T3", "U3", Reply("Digest 7 is paused."))
        gone = Post(7, "verbatim-7", Channel("slack", "T3", "C1"), (Reply("News."),), datetime.now(UTC), ZoneInfo("UTC"))
        with pytest.raises(CannotPost, match="not installed in the workspace any more"):
            await service.poster.post(gone)
    assert [call.token for call in slack.calls_of("chat.postMessage")] == ["xoxb-T2"]


async def test_a_token_is_tried_once_and_not_at_every_command(slack: SlackServer, settings: Settings, browser: Browser) -> None:
    async with _serving(settings), _events(settings) as delivery:
        await browser.install(slack)
        before = len(slack.calls_of("auth.test"))
        for _ in range(3):
            await Workspace(slack, delivery).command("help")
            await slack.next_call("response_url")
        assert len(slack.calls_of("auth.test")) == before + 1


@pytest.mark.parametrize(
    ("query", "status", "told"),
    [
        ({"error": "access_denied"}, 200, "Nothing was installed: it was cancelled in Slack."),
        ({"error": "<script>alert(1)</script>"}, 200, "Slack did not go through with it (&lt;script&gt;alert(1)&lt;/script&gt;)."),
        ({"code": "a-code", "state": "forged"}, 400, "it has to be finished in the browser in which it was begun"),
        ({"code": "a-code"}, 400, "it has to be finished in the browser in which it was begun"),
        ({"code": "unknown", "state": "given"}, 401, "Slack did not go through with it (invalid_code)."),
        ({"state": "given"}, 401, "Slack did not go through with it (missing_code)."),
    ],
)
async def test_what_does_not_come_about_is_told_in_plain_words(
    slack: SlackServer, settings: Settings, browser: Browser, query: dict[str, str], status: int, told: str
) -> None:
    slack.codes["a-code"] = "T1"
    async with _serving(settings):
        _, asked = await browser.begin()
        given = {name: asked["state"][0] if value == "given" else value for name, value in query.items()}
        answered, page = await browser.come_back(**given)
        assert answered == status
        assert told in page
        assert '<a href="https://verbatim.example.org/slack/install">Begin again</a>' in page
    async with composition.open_installations(settings, slack.client_id) as installations:
        assert await installations.workspaces() == ()


async def test_coming_back_twice_installs_once(slack: SlackServer, settings: Settings, browser: Browser) -> None:
    async with _serving(settings):
        _, asked = await browser.begin()
        slack.codes["a-code"] = slack.codes["another"] = "T1"
        assert (await browser.come_back(code="a-code", state=asked["state"][0]))[0] == 200
        status, page = await browser.come_back(code="another", state=asked["state"][0])
        assert status == 401
        assert "or this page was opened twice" in page
        assert len(slack.calls_of("oauth.v2.access")) == 1


async def test_a_slack_out_of_reach_is_told_in_plain_words(
    slack: SlackServer, settings: Settings, browser: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    async with _serving(settings):
        slack.fail("oauth.v2.access", drop=True, times=9)
        status, page = await browser.install(slack)
    assert (status, page) == (502, "Slack could not be reached, so nothing was done. Try again in a minute.")
    assert "Traceback" not in caplog.text


async def test_the_variables_that_bolt_reads_change_nothing(
    slack: SlackServer, settings: Settings, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-of-another-program")
    monkeypatch.setenv("SLACK_CLIENT_ID", "3.4")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "of-another-program")
    async with _serving(settings):
        _, asked = await browser.begin()
        assert asked["client_id"] == [slack.client_id]
