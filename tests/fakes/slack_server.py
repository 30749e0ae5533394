"""Slack on loopback, for the real slack_bolt and slack_sdk: the Web API, response URLs, uploads and Socket Mode.

    async with slack_server() as server:
        app = AsyncApp(client=server.client(), signing_secret=SIGNING_SECRET)
        async with connected(server, app, "socket") as workspace:            # tests/fakes/slack_transports.py
            ack = await workspace.command("help", user="U1", channel="C1")
            await server.settled()
            assert "Ask me" in visible_text(server.ephemerals("U1")[-1])     # tests/fakes/slack_reading.py
            assert server.refused == []
            assert server.pings == []

There is a workspace T1 with the people U1 (Ada Moor) and U2 (Ben Okoro), the app's bot U0BOT and another bot U9BOT, and the channels
C1 (#news, with all of them), C2 (#sport, without the app), C3 (#old, archived) and G1 (#desk, private, without the app).
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient

from tests.fakes.failures import Failures
from tests.fakes.held import Held
from tests.fakes.slack_failures import Failure, nothing
from tests.fakes.slack_records import Call, Channel, Group, Message, Person, Team, View
from tests.fakes.slack_socket import Sockets
from tests.fakes.slack_state import SlackState
from tests.fakes.slack_web import Requests


class SlackServer(SlackState):
    """A running Slack. What an app did to it is read here; what people do is done through a `Workspace`."""

    def __init__(self) -> None:
        super().__init__()
        self.sockets = Sockets(self.app_id, self.ring)
        self.failures = Failures(nothing)
        self.requests = Requests(self, self.failures, self.sockets)
        self._given: dict[str, int] = {}
        self._standing: set[asyncio.Task[object]] = set()

    # what is there

    def add_team(self, team: str, name: str = "Harbour Post") -> Team:
        """Another workspace with the app in it; its token is "xoxb-" and its id, its bot U0BOT (in T2 U0BOT2, and so on)."""
        bot = "U0BOT" if team == "T1" else f"U0BOT{team[1:]}"
        added = self.teams[team] = Team(team, name, name.lower().replace(" ", "-"), f"xoxb-{team}", bot, f"B{bot[1:]}")
        self.add_person(bot, "Verbatim", team=team, is_bot=True)
        return added

    def add_person(self, user: str, real_name: str, *, team: str = "T1", is_bot: bool = False, tz: str = "Europe/London") -> Person:
        """A user of a workspace."""
        person = self.people[user] = Person(user, real_name.lower().replace(" ", "."), real_name, team, tz, is_bot)
        return person

    def add_channel(self, channel: str, name: str, *members: str, team: str = "T1", private: bool = False) -> Channel:
        """A channel with those members; the app's bot is one of them only where it is named."""
        added = self.channels[channel] = Channel(channel, name, team, "private" if private else "public", set(members))
        return added

    def add_group(self, group: str, handle: str, *members: str, team: str = "T1") -> Group:
        """A user group."""
        added = self.groups[group] = Group(group, handle, team, list(members))
        return added

    # what a test reads

    def channel(self, channel: str) -> Channel:
        """A channel, with its messages."""
        return self.channels[channel]

    def posts(self, channel: str) -> list[Message]:
        """The messages of the app in a channel (or with a person, by their id), as they stand now, in order."""
        found = self.direct_messages(channel) if channel in self.people else self.channels[channel]
        return [message for message in found.messages if message.user == self.teams[found.team].bot_user]

    def ephemerals(self, user: str) -> list[Message]:
        """What only this person sees, in all channels, as it stands now, in order."""
        return [message for message in self.ephemeral if message.to == user]

    def modal(self, user: str) -> View | None:
        """The topmost modal before this person; None where none is open."""
        return self.modals[user][-1] if self.modals.get(user) else None

    def home(self, user: str) -> View | None:
        """The App Home of this person; None where none was published."""
        return self.homes.get(user)

    def calls_of(self, method: str) -> list[Call]:
        """The calls of one method ("response_url" and "upload" too), in order."""
        return [call for call in self.calls if call.method == method]

    @property
    def refused(self) -> list[Call]:
        """The calls that were answered with an error."""
        return [call for call in self.calls if call.answer is not None and not call.ok]

    # waiting

    async def next_call(self, method: str, *, within: float = 5) -> Call:
        """The next answered call of the method that was not given before, as soon as there is one."""

        def found() -> Call | None:
            answered = [call for call in self.calls_of(method) if call.answer is not None]
            return answered[self._given.get(method, 0)] if len(answered) > self._given.get(method, 0) else None

        call = await self.until(found, f"a call of {method}", within)
        self._given[method] = self._given.get(method, 0) + 1
        return call

    async def settled(self, *, within: float = 10) -> None:
        """Wait until the app has done all that it was asked for: no listener of it runs and no request of it is under way."""
        try:
            async with asyncio.timeout(within):
                while self.requests.in_flight or (working := self._working()):
                    await (self._rung.wait() if self.requests.in_flight else asyncio.wait(working))
        except TimeoutError:
            raise AssertionError(f"not settled within {within:g} s: {self.requests.in_flight} requests, {self._working()}") from None

    def app_is_standing(self) -> None:
        """Take the tasks that run now for those of an idle app: `settled` does not wait for them."""
        self._standing = asyncio.all_tasks()

    def _working(self) -> set[asyncio.Task[object]]:
        """The tasks in which bolt or our adapters do something."""
        return {task for task in asyncio.all_tasks() - self._standing - {asyncio.current_task()} if _is_work(task)}

    # what goes wrong

    def fail(
        self,
        method: str,
        error: str | None = None,
        *,
        status: int = 200,
        retry_after: int | None = None,
        drop: bool = False,
        after: bool = False,
        times: int = 1,
        channel: str | None = None,
    ) -> None:
        """Let the next calls of a method (or "response_url", "upload") fail, or only those for one channel.

        With an error code; with an HTTP status (429 where `retry_after` is given); or with a dropped connection. With `after`, Slack
        does first what it was asked for, so that only the answer is wrong or lost.
        """
        headers = {} if retry_after is None else {"Retry-After": str(retry_after)}
        if retry_after is not None:
            error, status = error or "ratelimited", 429
        self.failures.add(f"{method} {channel}" if channel else method, Failure(error, status, headers, drop, None, after, times))

    def hold(self, method: str, *, after: bool = False, times: int = 1) -> Held:
        """Let the next calls of a method hang until they are released, before or after Slack does what it was asked for."""
        held = Held()
        self.failures.add(method, Failure(held=held, after=after, times=times))
        return held

    def client(self, team: str = "T1", **more: object) -> AsyncWebClient:
        """A client of slack_sdk that talks to this Slack, with the token of a workspace."""
        return AsyncWebClient(token=self.teams[team].token, base_url=f"{self.url}/api/", **more)  # type: ignore[arg-type]


def _is_work(task: asyncio.Task[object]) -> bool:
    """Whether a task is one in which bolt or our adapters do something for somebody."""
    code = getattr(task.get_coro(), "cr_code", None)
    if code is None or task.done():
        return False
    ours = "/adapters/" in code.co_filename and "/tests/" not in code.co_filename
    return ours or "/slack_bolt/" in code.co_filename or code.co_name == "run_message_listeners"


@asynccontextmanager
async def slack_server() -> AsyncIterator[SlackServer]:
    """A running Slack on a free port of loopback, with a workspace in it (see above)."""
    server = SlackServer()
    server.add_team("T1")
    for user, name in (("U1", "Ada Moor"), ("U2", "Ben Okoro")):
        server.add_person(user, name)
    server.add_person("U9BOT", "Weather", is_bot=True)
    bot = server.teams["T1"].bot_user
    server.add_channel("C1", "news", "U1", "U2", "U9BOT", bot)
    server.add_channel("C2", "sport", "U1", "U2")
    server.add_channel("C3", "old", "U1", "U2", bot).archived = True
    server.add_channel("G1", "desk", "U1", "U2", private=True)
    runner = web.AppRunner(server.requests.application(), access_log=None, shutdown_timeout=0.1)  # Slack's log is not the app's
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()  # more at once than the usual 128 wait a second
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield server
    finally:
        server.failures.release_all()
        await server.sockets.close()
        await runner.cleanup()
