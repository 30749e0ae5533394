"""Channels on loopback that count: what was posted outlives the processes that post, and tells them what time it is."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aiohttp import ClientError, ClientSession, web

from bot.delivery.posting import Post
from bot.errors import Uncertain
from bot.replies import Reply
from tests.fakes.clock import FakeClock

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Posted:
    """A message in a channel, with the key of its delivery."""

    channel: str
    key: str
    text: str


class PostingServer:
    """A platform of one workspace. `posted` and `told` are all that came; `asked` counts the requests.

    Every process asks for the time before each of its rounds: `pace` passes with each asking, and the first `company` processes
    begin together. Nobody can look into a channel that `is_blind`. It is `busy` while a connection is open.
    """

    def __init__(self, clock: FakeClock) -> None:
        self.clock = clock
        self.pace = timedelta(0)
        self.is_blind = False
        self.posted: list[Posted] = []
        self.told: list[str] = []
        self.asked: Counter[str] = Counter()
        self.address = ""
        self.busy: Callable[[], bool] = lambda: False
        self._answering = 0
        self._together = asyncio.Barrier(1)
        self._came = asyncio.Condition()
        self._opened: asyncio.Event | None = None

    def together(self, company: int) -> None:
        """Have the next rounds of so many processes begin at once."""
        self._together = asyncio.Barrier(company)

    def keys(self) -> Counter[str]:
        """How often a message stands there, by the key of its delivery."""
        return Counter(one.key for one in self.posted)

    def withhold(self) -> asyncio.Event:
        """What is posted from now on is on its way until the event is set."""
        self._opened = asyncio.Event()
        return self._opened

    async def requests(self, number: int) -> None:
        """Wait until so many more requests have come."""
        until = self.asked.total() + number
        async with self._came:
            await self._came.wait_for(lambda: self.asked.total() >= until)

    async def post_begun(self) -> None:
        """Wait until something was posted, which may still be on its way."""
        async with self._came:
            await self._came.wait_for(lambda: bool(self.asked["post"]))

    async def settled(self) -> None:
        """Wait until all that came from processes that are gone has been done."""
        async with ClientSession() as session, session.get(self.address):
            pass  # whoever connected before was heard before
        while self.busy() or self._answering:  # noqa: ASYNC110 - nobody says when a connection is gone
            await asyncio.sleep(0)

    async def answer(self, request: web.Request) -> web.Response:
        """Do what a process asks for."""
        self._answering += 1
        try:
            return await self._answer(request.match_info["what"], await request.json())
        finally:
            self._answering -= 1

    async def _answer(self, what: str, given: Json) -> web.Response:
        self.asked[what] += 1
        async with self._came:
            self._came.notify_all()
        match what:
            case "now":
                await self._together.wait()
                self.clock.now += self.pace
                return web.json_response(self.clock.now.isoformat())
            case "post":
                if self._opened is not None:
                    await self._opened.wait()
                self.posted.append(Posted(**given))
                return web.json_response(str(len(self.posted)))
            case "find":
                found = [place for place, one in enumerate(self.posted, 1) if one.key == given["key"]]
                return web.json_response({"blind": self.is_blind, "ref": str(found[0]) if found else None})
            case _:
                self.told.append(given["text"])
                return web.json_response(True)


@asynccontextmanager
async def posting_server(clock: FakeClock) -> AsyncIterator[PostingServer]:
    """A running server on a free port of loopback."""
    server = PostingServer(clock)
    application = web.Application()
    application.router.add_post("/{what}", server.answer)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    server.address = f"http://127.0.0.1:{runner.addresses[0][1]}"
    server.busy = lambda: bool(runner.server and runner.server.connections)
    try:
        yield server
    finally:
        await runner.cleanup()


class ServedPoster:
    """Posts to such a server, from whatever process."""

    is_ready = True

    def __init__(self, address: str, session: ClientSession) -> None:
        self._address = address
        self._session = session

    async def now(self) -> datetime:
        """What time it is."""
        return datetime.fromisoformat(await self._ask("now"))

    async def post(self, post: Post) -> str:
        """Post the longest length."""
        try:
            reference = await self._ask("post", channel=post.channel.channel, key=post.key, text=post.lengths[0].understood)
        except ClientError as error:
            raise Uncertain("The connection was lost.") from error
        return str(reference)

    async def find(self, post: Post) -> str | None:
        """Where the message with the key stands."""
        found: Json = await self._ask("find", key=post.key)
        if found["blind"]:
            raise Uncertain("Nobody can look into the channel.")
        reference: str | None = found["ref"]
        return reference

    async def tell(self, workspace: str, person: str, reply: Reply) -> bool:
        """Tell a person something."""
        return bool(await self._ask("tell", text=f"{workspace} {person}: {reply.understood}"))

    async def _ask(self, what: str, **given: str) -> Any:  # noqa: ANN401 - as JSON says it
        async with self._session.post(f"{self._address}/{what}", json=given) as response:
            return await response.json()
