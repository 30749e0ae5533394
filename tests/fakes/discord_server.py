"""Discord on loopback, for the real discord.py: its REST and its gateway (v10, JSON, zlib-stream).

    async with discord_server() as server, connected(server, bot):           # tests/fakes/discord_running.py
        people = People(server)                                              # tests/fakes/discord_people.py
        people.mention("who said what about the ferry", user=ADA, channel=NEWS)
        await server.settled()
        assert "Ask me" in visible_text(server.posts(NEWS)[-1])              # tests/fakes/discord_reading.py
        assert server.refused == []
        assert server.pings == []

There is a guild GUILD (Harbour Post) with ADA (Ada Moor, who may manage the server), BEN (Ben Okoro), OWNER (Cy Day), the app and another
bot, WEATHER; and the channels NEWS, SPORT (which the app does not see), DESK (in which it may not write) and the forum QUESTIONS.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web

from tests.fakes.discord_address import pointed_at
from tests.fakes.discord_failures import Failure, Limits, nothing, too_many
from tests.fakes.discord_gateway import Gateway
from tests.fakes.discord_payloads import channel_json
from tests.fakes.discord_records import (
    ADA,
    APP,
    APP_ROLE,
    BEN,
    DESK,
    EDITORS,
    GUILD,
    NEWS,
    OWNER,
    QUESTIONS,
    SPORT,
    WEATHER,
    Call,
    Channel,
    Json,
    Kind,
    Message,
    Modal,
)
from tests.fakes.discord_state import DiscordState
from tests.fakes.discord_web import Requests
from tests.fakes.failures import Failures
from tests.fakes.held import Held


class DiscordServer(DiscordState):
    """A running Discord. What an app did to it is read here; what people do is done through `People`."""

    def __init__(self) -> None:
        super().__init__()
        self.gateway = Gateway(self)
        self.failures = Failures(nothing)
        self.limits = Limits()
        self.requests = Requests(self, self.failures, self.limits, self.gateway)
        self._given: dict[str, int] = {}
        self._standing: set[asyncio.Task[object]] = set()

    def add_channel(self, channel: int, name: str, *, guild: int = GUILD, kind: Kind = "text") -> Channel:
        """A channel of a guild."""
        added = self.channels[channel] = Channel(channel, name, guild, kind)
        self.told("CHANNEL_CREATE", channel_json(self, added), None)
        return added

    def _overwrite(self, channel: int, whom: int | None, names: dict[str, bool]) -> None:
        super()._overwrite(channel, whom, names)
        self.told("CHANNEL_UPDATE", channel_json(self, self.channels[channel]), None)

    # what a test reads

    def channel(self, channel: int) -> Channel:
        """A channel, with its messages."""
        return self.channels[channel]

    def posts(self, channel: int) -> list[Message]:
        """The messages of the app in a channel (or with a person, by their id) that all there see, as they stand now, in order."""
        found = self.direct_messages(channel) if channel in self.people else self.channels[channel]
        return [message for message in found.messages if message.author == APP]

    def ephemerals(self, user: int) -> list[Message]:
        """What only this person sees, in all channels, as it stands now, in order."""
        return [message for message in self.ephemeral if message.to == user]

    def modal(self, user: int) -> Modal | None:
        """The modal before this person; None where none is open."""
        return self.modals.get(user)

    def calls_of(self, route: str) -> list[Call]:
        """The requests on one route, such as "POST /channels/{channel}/messages", in order."""
        return [call for call in self.calls if call.route == route]

    @property
    def refused(self) -> list[Call]:
        """The requests that were answered with an error."""
        return [call for call in self.calls if call.answer is not None and not call.ok]

    # waiting

    async def next_call(self, route: str, *, within: float = 5) -> Call:
        """The next answered request on the route that was not given before, as soon as there is one."""

        def found() -> Call | None:
            answered = [call for call in self.calls_of(route) if call.status]
            return answered[self._given.get(route, 0)] if len(answered) > self._given.get(route, 0) else None

        call = await self.until(found, f"a request {route}", within)
        self._given[route] = self._given.get(route, 0) + 1
        return call

    async def settled(self, *, within: float = 10) -> None:
        """Wait until the app has heard of all that happened and done all that it does about it, requests included."""
        try:
            async with asyncio.timeout(within):
                await self.gateway.heard(within=within)
                while self.requests.in_flight or (working := self._working()):
                    await (self.rung() if self.requests.in_flight else asyncio.wait(working))
                    await self.gateway.heard(within=within)
        except TimeoutError:
            raise AssertionError(f"not settled within {within:g} s: {self.requests.in_flight} requests, {self._working()}") from None

    def app_is_standing(self) -> None:
        """Take the tasks that run now for those of an idle app: `settled` waits only for those of them that do something."""
        self._standing = {task for task in asyncio.all_tasks() if not _is_work(task)}

    def _working(self) -> set[asyncio.Task[object]]:
        """The tasks in which discord.py or our adapters do something for somebody."""
        return {task for task in asyncio.all_tasks() - self._standing - {asyncio.current_task()} if _is_work(task)}

    # what goes wrong

    def fail(
        self,
        route: str,
        status: int = 500,
        code: int = 0,
        message: str = "500: Internal Server Error",
        *,
        retry_after: float | None = None,
        everywhere: bool = False,
        drop: bool = False,
        after: bool = False,
        times: int = 1,
        channel: int | None = None,
    ) -> None:
        """Let the next requests on a route fail, or only those that are about one channel.

        With a status and a code of Discord's; with a 429 where `retry_after` is given, of the route or of everything that the app does;
        or with a dropped connection. With `after`, Discord does first what it was asked for, so that only the answer is wrong or lost.
        """
        answer: Json = {"message": message, "code": code}
        headers: dict[str, str] = {}
        if retry_after is not None:
            limited = too_many(retry_after, everywhere=everywhere)
            status, answer, headers = limited.status, limited.answer, limited.headers
        about = route if channel is None else f"{route} {channel}"
        self.failures.add(about, Failure(0 if drop else status, answer, headers, drop, None, after, times))

    def hold(self, route: str, *, after: bool = False, times: int = 1) -> Held:
        """Let the next requests on a route hang until they are released, before or after Discord does what it was asked for."""
        held = Held()
        self.failures.add(route, Failure(held=held, after=after, times=times))
        return held


# A listener, a command, a component, one that is found by its custom_id.
_WORKING = frozenset({"_run_event", "wrapper", "_scheduled_task", "schedule_dynamic_item_call"})


def _is_work(task: asyncio.Task[object]) -> bool:
    """Whether a task is one in which discord.py or our adapters do something for somebody."""
    code = getattr(task.get_coro(), "cr_code", None)
    if code is None or task.done():
        return False
    if "/site-packages/discord/" in code.co_filename:
        return code.co_name in _WORKING
    return "/adapters/" in code.co_filename and "/tests/" not in code.co_filename


@asynccontextmanager
async def discord_server() -> AsyncIterator[DiscordServer]:
    """A running Discord on a free port of loopback, with a guild in it (see above); discord.py is pointed at it meanwhile."""
    server = DiscordServer()
    _furnish(server)
    runner = web.AppRunner(server.requests.application(), shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()  # more at once than the usual 128 wait a second
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        with pointed_at(server.url):
            yield server
    finally:
        server.failures.release_all()
        await server.gateway.close(forget=True)
        await runner.cleanup()


def _furnish(server: DiscordServer) -> None:
    server.add_guild(GUILD, "Harbour Post", owner=OWNER)
    server.add_person(APP, "Verbatim", is_bot=True)
    server.add_person(WEATHER, "Weather", is_bot=True)
    for person, name in ((ADA, "Ada Moor"), (BEN, "Ben Okoro"), (OWNER, "Cy Day")):
        server.add_person(person, name)
    server.add_role(EDITORS, "Editors", ADA, manage_guild=True)
    server.add_role(APP_ROLE, "Verbatim", APP, bot=APP)
    for channel, name in ((NEWS, "news"), (SPORT, "sport"), (DESK, "desk")):
        server.add_channel(channel, name)
    server.add_channel(QUESTIONS, "questions", kind="forum")
    server.deny(SPORT, "view_channel", whom=APP)
    server.deny(DESK, "send_messages", "send_messages_in_threads", whom=APP)
