"""Discord's gateway: an app connects, identifies, hears of what happens, and resumes where it lost the connection."""

import asyncio
import itertools
import json

from aiohttp import WSMessage, WSMsgType, web
from discord import Intents

from tests.fakes.discord_payloads import guild_event, member_json, veiled
from tests.fakes.discord_records import APP, Json
from tests.fakes.discord_sessions import DISPATCH, Connection, Session
from tests.fakes.discord_state import DiscordState

_RECONNECT, _INVALID, _HELLO, _ACK = 7, 9, 10, 11
_PRIVILEGED = ("members", "presences", "message_content")


class Gateway:
    """The gateway. `identifies` and `resumes` are what apps said to come in, `heartbeats` how often they said that they live.

    `closed_with` are the codes with which connections ended, whoever closed them. Tests set `acknowledges` to False to leave heartbeats
    unanswered, `interval` to how many seconds lie between two of them, `is_open` to False to let nobody in, and `turns_away` to the
    code with which whoever identifies or resumes is turned away again.
    """

    def __init__(self, state: DiscordState) -> None:
        self.identifies: list[Json] = []
        self.resumes: list[Json] = []
        self.heartbeats = 0
        self.acknowledges = True
        self.is_open = True
        self.turns_away: int | None = None
        self.interval = 41.25
        self.closed_with: list[int | None] = []
        self.sessions: dict[str, Session] = {}
        self._state = state
        self._connections: set[Connection] = set()
        self._numbers = itertools.count(1)
        state.told = self.dispatch

    @property
    def connected(self) -> list[Session]:
        """The sessions that hear of what happens now."""
        return [session for session in self.sessions.values() if session.connection]

    # what happens

    def dispatch(self, event: str, data: Json, channel: int | None = None) -> None:
        """Tell every app that is connected, or may come back, of an event that it sees; of one in a channel, only if it is its own too."""
        place = self._state.channels.get(channel) if channel else None
        if place and not self._state.permissions(APP, place).view_channel:
            return
        is_hidden = event in ("MESSAGE_CREATE", "MESSAGE_UPDATE") and "guild_id" in data
        for session in self.sessions.values():
            if _is_wanted(session.intents, event, data):
                session.add(event, veiled(data) if is_hidden and not session.intents.message_content else data)
        self._state.ring()

    # what goes wrong

    def ask_to_reconnect(self) -> None:
        """Ask the app to come again and resume (op 7)."""
        self._to_all(_RECONNECT, None)

    def invalidate(self, *, resumable: bool) -> None:
        """Tell the app that its session is no longer good (op 9); it may resume it, or it has to identify again."""
        connections = list(self._connections)
        if not resumable:
            self.sessions.clear()
        for connection in connections:
            connection.send(_INVALID, resumable)

    def abort(self) -> None:
        """Cut every connection without a word."""
        for connection in list(self._connections):
            self._leave(connection)
            if connection.transport:
                connection.transport.abort()

    async def close(self, code: int = 1001, *, forget: bool = False) -> None:
        """Close every connection with a code; `forget` the sessions too, so that none of them can be resumed."""
        if forget:
            self.sessions.clear()
        for connection in list(self._connections):
            self._leave(connection)
            await connection.close(code)

    # waiting

    async def ready(self, *, within: float = 5) -> Session:
        """The session of an app that is connected and has heard all that there was to hear."""
        session = await self._state.until(lambda: next(iter(self.connected), None), "an app on the gateway", within)
        await self.heard(within=within)
        return session

    async def heard(self, *, within: float = 5) -> None:
        """Wait until the apps that are connected have taken in all that they were told."""
        await self._state.until(lambda: not [each for each in self.connected if not each.has_heard()], "the app heard of all", within)

    # connections

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """One connection, from hello to its end."""
        if not self.is_open:
            return web.Response(status=503)
        compression = request.query.get("compress")
        assert compression in (None, "zlib-stream"), f"this gateway speaks zlib-stream, not {compression}"
        socket = web.WebSocketResponse(max_msg_size=4096, timeout=0.1)
        await socket.prepare(request)
        connection = Connection(socket, compressed=compression is not None)
        connection.transport = request.transport
        self._connections.add(connection)
        connection.send(_HELLO, {"heartbeat_interval": int(self.interval * 1000)})
        writing = asyncio.create_task(connection.write())
        try:
            async for message in socket:
                await self._take(connection, message)
        finally:
            writing.cancel()
            self._leave(connection)
            self.closed_with.append(connection.code or socket.close_code)
            if connection.code is None and socket.close_code in (1000, 1001) and connection.session:  # the app has done with it
                self.sessions.pop(connection.session.id, None)
            self._state.ring()
        return socket

    async def _take(self, connection: Connection, message: WSMessage) -> None:
        if message.type is not WSMsgType.TEXT:
            return
        said = json.loads(message.data)
        data = said.get("d")
        match said["op"]:
            case 1:  # a heartbeat
                self._beat(connection, data)
            case 2:  # identify
                await self._identify(connection, data)
            case 6:  # resume
                await self._resume(connection, data)
            case 8 if connection.session:  # a request for members
                self._tell_members(connection.session, data)
        self._state.ring()

    def _beat(self, connection: Connection, number: int | None) -> None:
        self.heartbeats += 1
        if connection.session:
            connection.session.heard = number or 0
        if self.acknowledges:
            connection.send(_ACK, None)

    async def _identify(self, connection: Connection, said: Json) -> None:
        self.identifies.append(said)
        if self._state.session_starts["remaining"] == 0:
            self._state.token = f"not {said['token']}"
        self._state.session_starts["remaining"] -= 1
        if not await self._lets_in(connection, said):
            return
        intents = Intents._from_value(said["intents"])
        if any(getattr(intents, name) and name not in self._state.privileged for name in _PRIVILEGED):
            await connection.close(4014)
            return
        number = f"session{next(self._numbers)}"
        session = self.sessions[number] = Session(number, intents, connection=connection)
        connection.session = session
        guilds = [guild for guild in self._state.guilds.values() if APP in guild.members]
        session.add(
            "READY",
            {
                "v": 10,
                "user": self._state.people[APP].as_json(),
                "guilds": [{"id": str(guild.id), "unavailable": True} for guild in guilds],
                "session_id": number,
                "resume_gateway_url": self._state.url.replace("http", "ws", 1) + "/gateway",
                "application": {"id": str(APP), "flags": 0},
                "shard": [0, 1],
            },
        )
        for guild in guilds if intents.guilds else []:
            session.add("GUILD_CREATE", guild_event(self._state, guild, everybody=intents.members))

    async def _lets_in(self, connection: Connection, said: Json) -> bool:
        """Whether somebody may come in; the connection is closed where they may not."""
        code = 4004 if said["token"] != self._state.token else self.turns_away
        if code:
            await connection.close(code)
        return code is None

    async def _resume(self, connection: Connection, said: Json) -> None:
        self.resumes.append(said)
        if not await self._lets_in(connection, said):
            return
        session = self.sessions.get(said["session_id"])
        if session is None or not isinstance(said["seq"], int) or said["seq"] > len(session.events):
            connection.send(_INVALID, data=False)
            return
        connection.session, session.connection = session, connection
        for number, (event, data) in enumerate(session.events[said["seq"] :], said["seq"] + 1):
            connection.send(DISPATCH, data, event, number)
        session.add("RESUMED", {})

    def _tell_members(self, session: Session, asked: Json) -> None:
        """Answer a request for the members of a guild, by their names or ids."""
        guild = self._state.guilds[int(asked["guild_id"])]
        wanted = {int(user) for user in asked.get("user_ids", guild.members)}
        beginning = asked.get("query", "").lower()
        found = [user for user in guild.members if user in wanted and self._state.people[user].name.lower().startswith(beginning)]
        members = [member_json(self._state, guild, user) for user in found]
        more = {"nonce": asked["nonce"]} if "nonce" in asked else {}
        session.add("GUILD_MEMBERS_CHUNK", {"guild_id": str(guild.id), "members": members, "chunk_index": 0, "chunk_count": 1, **more})

    def _to_all(self, op: int, data: object) -> None:
        for connection in list(self._connections):
            connection.send(op, data)

    def _leave(self, connection: Connection) -> None:
        """The session, if any, hears on this connection no longer."""
        self._connections.discard(connection)
        if connection.session and connection.session.connection is connection:
            connection.session.connection = None


def _is_wanted(intents: Intents, event: str, data: Json) -> bool:
    """Whether an app with these intents hears of such an event."""
    if event.startswith("MESSAGE_"):
        return intents.guild_messages if "guild_id" in data else intents.dm_messages
    if event.startswith("GUILD_MEMBER_"):
        return intents.members
    if event.startswith(("GUILD_", "CHANNEL_", "THREAD_")):
        return intents.guilds
    return True
