"""The requests of an app: read, counted, given to the method that they are for, and answered; or failed, as a test wishes."""

import json
import re
from collections.abc import Callable
from typing import Any

from aiohttp import BodyPartReader, web
from aiohttp.typedefs import Handler

from tests.fakes.discord_address import BASE
from tests.fakes.discord_failures import Failure, Limits, nothing
from tests.fakes.discord_gateway import Gateway
from tests.fakes.discord_methods import METHODS, Asked, needs_token
from tests.fakes.discord_posting import Files
from tests.fakes.discord_records import Call, Refused
from tests.fakes.discord_state import DiscordState
from tests.fakes.failures import Failures

_MAJOR = ("channel", "guild", "interaction", "token")


class Requests:
    """The addresses of Discord, and what is behind them. `in_flight` counts the requests that are not answered yet."""

    def __init__(self, state: DiscordState, failures: Failures[Failure], limits: Limits, gateway: Gateway) -> None:
        self.in_flight = 0
        self._state = state
        self._failures = failures
        self._limits = limits
        self._gateway = gateway

    def application(self) -> web.Application:
        """The web application that takes them."""
        application = web.Application(middlewares=[self._counted], client_max_size=100_000_000)
        application.router.add_get("/gateway", self._gateway.handle)
        application.router.add_get("/gateway/", self._gateway.handle)
        application.router.add_get("/attachments/{channel}/{number}/{name}", self._file)
        for route in METHODS:
            verb, path = route.split(" ")
            application.router.add_route(verb, BASE + path, self._handler(route))
        return application

    def _handler(self, route: str) -> Callable[[web.Request], Any]:
        async def handle(request: web.Request) -> web.StreamResponse:
            arguments, files = await _read(request)
            token = request.headers.get("Authorization", "").removeprefix("Bot ") or None
            named = dict(files.values())
            call = Call(route, dict(request.match_info), dict(request.query), arguments, named, token)
            return await self._answer(request, call, files)

        return handle

    async def _answer(self, request: web.Request, call: Call, files: Files) -> web.StreamResponse:
        """Do what was asked for, and answer; or fail as the test wishes."""
        self._state.calls.append(call)
        about = " ".join(call.places[name] for name in _MAJOR if name in call.places)
        headers, limited = self._limits.take(call.route, about, bound_everywhere=needs_token(call.route))
        alone = self._failures.take(f"{call.route} {about}")
        failure = limited or (alone if alone != nothing() else self._failures.take(call.route))
        if failure.held:
            failure.held.arrived.set()
            if not failure.after:
                await failure.held.released.wait()
        status, answer = (0, None) if failure.spoils and not failure.after else self._do(call, files)
        if failure.held and failure.after:
            await failure.held.released.wait()
        return self._end(request, call, failure, status, answer, headers)

    def _end(
        self,
        request: web.Request,
        call: Call,
        failure: Failure,
        status: int,
        answer: Any,  # noqa: ANN401 (what JSON holds)
        headers: dict[str, str],
    ) -> web.StreamResponse:
        """Answer as Discord does, or as the failure says; dropped connections have the status 0."""
        call.status, call.answer = (failure.status, failure.answer) if failure.spoils else (status, answer)
        self._state.ring()
        if failure.drop and request.transport:
            request.transport.abort()
        if call.status == 204:
            return web.Response(status=204, headers=headers)
        body = json.dumps(call.answer).encode()
        return web.Response(status=call.status or 500, body=body, content_type="application/json", headers=headers | failure.headers)

    def _do(self, call: Call, files: Files) -> tuple[int, Any]:
        """The status and the answer of a method."""
        try:
            if needs_token(call.route) and call.token != self._state.token:
                raise Refused(401, 0, "401: Unauthorized")
            answer = METHODS[call.route](Asked(self._state, call, files))
        except Refused as refused:
            return refused.status, refused.answer
        return (204, None) if answer is None else (200, answer)

    async def _file(self, request: web.Request) -> web.StreamResponse:
        """A file of a message, as a person downloads it, or one that a person gave with a command."""
        number = request.match_info["number"]
        if given := self._state.uploaded.get(int(number)):
            return web.Response(body=given[1])
        shown = [*self._state.ephemeral, *(each for channel in self._state.channels.values() for each in channel.messages)]
        for message in shown:
            for attachment in message.attachments:
                if attachment["id"] == number:
                    return web.Response(body=message.files[attachment["filename"]])
        return web.Response(status=404)

    @web.middleware
    async def _counted(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Count the requests under way, the gateway left out; those for what is not here are recorded and refused."""
        if request.path.startswith("/gateway"):
            return await handler(request)
        self.in_flight += 1
        try:
            return await handler(request)
        except web.HTTPNotFound:
            return self._unknown(request)
        finally:
            self.in_flight -= 1
            self._state.ring()

    def _unknown(self, request: web.Request) -> web.StreamResponse:
        route = f"{request.method} {request.path.removeprefix(BASE)}"
        answer = {"message": "404: Not Found", "code": 0}
        self._state.calls.append(Call(route, {}, dict(request.query), None, {}, None, 404, answer))
        return web.Response(status=404, body=json.dumps(answer).encode(), content_type="application/json")


async def _read(request: web.Request) -> tuple[Any, Files]:
    """What a request carries, and its files by their number."""
    if request.content_type != "multipart/form-data":
        body = await request.read()
        return json.loads(body) if body else None, {}
    arguments: Any = None
    files: dict[int, tuple[str, bytes]] = {}
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader):
            continue
        content = bytes(await part.read())
        if part.name == "payload_json":
            arguments = json.loads(content)
        elif found := re.fullmatch(r"files\[(\d+)\]", part.name or ""):
            files[int(found[1])] = part.filename or "", content
    return arguments, files
