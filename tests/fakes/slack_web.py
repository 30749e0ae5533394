"""The requests of an app: read, given to the method that they are for, and answered; or failed, as a test wishes."""

import base64
import json
from collections.abc import Callable

from aiohttp import web
from aiohttp.typedefs import Handler

from tests.fakes.failures import Failures
from tests.fakes.slack_failures import Failure, nothing
from tests.fakes.slack_methods import METHODS, SCOPES, Asked, exchange_code, installation, open_connection
from tests.fakes.slack_posting import respond
from tests.fakes.slack_records import Call, Json, Refused
from tests.fakes.slack_socket import Sockets
from tests.fakes.slack_state import SlackState

_DECODED = ("blocks", "view", "metadata", "attachments", "files")
_NO_LONGER_THERE = ("used_url", "expired_url")


class Requests:
    """The addresses of Slack, and what is behind them. `in_flight` counts the requests that are not answered yet."""

    def __init__(self, state: SlackState, failures: Failures[Failure], sockets: Sockets) -> None:
        self.in_flight = 0
        self._state = state
        self._failures = failures
        self._sockets = sockets

    def application(self) -> web.Application:
        """The web application that takes them."""
        application = web.Application(middlewares=[self._counted], client_max_size=10_000_000)
        application.router.add_route("*", "/api/{method}", self._api)
        application.router.add_post("/response/{name}", self._respond)
        application.router.add_post("/upload/{file}", self._upload)
        application.router.add_get("/link/{number}", self._sockets.handle)
        return application

    async def _api(self, request: web.Request) -> web.StreamResponse:
        arguments, token = await _read(request)
        call = Call(request.match_info["method"], arguments, token)
        return await self._answer(request, call, lambda: self._do(call, request))

    async def _respond(self, request: web.Request) -> web.StreamResponse:
        call = Call("response_url", await request.json(), None)

        def act() -> Json:
            respond(self._state, request.match_info["name"], call.arguments)
            return {"ok": True}

        response = await self._answer(request, call, act)
        if response.status == 200 and not call.ok:
            return web.json_response(call.answer, status=404 if call.answer and call.answer["error"] in _NO_LONGER_THERE else 400)
        return response

    async def _upload(self, request: web.Request) -> web.StreamResponse:
        content = await request.read()
        call = Call("upload", {"file": request.match_info["file"]}, None)

        def act() -> Json:
            file = self._state.files.get(request.match_info["file"])
            if file is None or file.length != len(content):
                raise Refused("file_upload_failed")
            file.content = content
            return {"ok": True}

        response = await self._answer(request, call, act)
        return response if response.status != 200 else web.Response(status=200 if call.ok else 500, text=f"OK - {len(content)}")

    def _do(self, call: Call, request: web.Request) -> Json:
        """What a method does."""
        if call.method == "apps.connections.open":
            return open_connection(self._state, call.token)
        if call.method == "oauth.v2.access":
            return exchange_code(self._state, call.arguments, _client(request, call.arguments))
        asked = Asked(self._state, installation(self._state, call.token), call.arguments)
        if call.method not in METHODS:
            raise Refused("unknown_method", req_method=call.method)
        if scope := SCOPES.get(call.method):
            asked.require(scope)
        return METHODS[call.method](asked)

    async def _answer(self, request: web.Request, call: Call, act: Callable[[], Json]) -> web.StreamResponse:
        """Do what was asked for, and answer; or fail as the test wishes."""
        self._state.calls.append(call)
        failure = self._failures.take(f"{call.method} {call.arguments.get('channel')}")
        failure = self._failures.take(call.method) if failure == nothing() else failure
        if failure.held:
            failure.held.arrived.set()
            if not failure.after:
                await failure.held.released.wait()
        wanted = failure.answer if failure.error or failure.drop or failure.status != 200 else None
        try:
            answer = act() if failure.after or wanted is None else wanted
        except Refused as refused:
            answer = refused.answer
        if failure.held and failure.after:
            await failure.held.released.wait()
        call.answer = answer
        self._state.ring()
        if failure.drop and request.transport:
            request.transport.abort()
        return web.json_response(wanted or answer, status=failure.status, headers=failure.headers | self._scopes(call.token))

    def _scopes(self, token: str | None) -> dict[str, str]:
        """The header that names what the token is good for."""
        granted = [team.scopes for team in self._state.teams.values() if team.token == token]
        return {"x-oauth-scopes": ",".join(sorted(granted[0]))} if granted else {}

    @web.middleware
    async def _counted(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Count the requests under way, sockets left out."""
        if request.path.startswith("/link/"):
            return await handler(request)
        self.in_flight += 1
        try:
            return await handler(request)
        finally:
            self.in_flight -= 1
            self._state.ring()


def _client(request: web.Request, arguments: Json) -> tuple[str, str]:
    """The app's id and secret, out of the header or the arguments."""
    header = request.headers.get("Authorization", "")
    if header.startswith("Basic "):
        name, _, secret = base64.b64decode(header.removeprefix("Basic ")).decode().partition(":")
        return name, secret
    return str(arguments.get("client_id")), str(arguments.get("client_secret"))


async def _read(request: web.Request) -> tuple[Json, str | None]:
    """The arguments of a call, from wherever slack_sdk put them, and its token."""
    arguments: Json = dict(request.query)
    if request.content_type == "application/json":
        arguments |= await request.json()
    else:
        arguments |= {key: value for key, value in (await request.post()).items() if isinstance(value, str)}
    for key in _DECODED:
        if isinstance(arguments.get(key), str):
            arguments[key] = json.loads(arguments[key])
    header = request.headers.get("Authorization", "")
    token = header.removeprefix("Bearer ") if header.startswith("Bearer ") else arguments.pop("token", None)
    return arguments, token
