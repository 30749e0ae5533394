"""The state of a Discord: who and what there is, who may do what, and what messages do to it. Knows nothing of how a request reaches it."""

import asyncio
import itertools
import time
from collections.abc import Callable
from typing import TypeVar

from discord import Permissions

from tests.fakes.discord_records import (
    APP,
    GUILD,
    TOKEN,
    USUAL,
    Call,
    Channel,
    Guild,
    Interaction,
    Json,
    Message,
    Modal,
    Person,
    Refused,
    Role,
)

T = TypeVar("T")

_EPOCH = 1_420_070_400


class DiscordState:
    """One Discord with its guilds and one app in it. Public attributes may be set and read by tests as they like.

    `uploaded` are the files that people gave with commands, by their ids, each with its name.
    `commands` are those that the app registered for all guilds (None) or for one; `told` is called with each event that happens,
    and the channel where it does.
    `privileged` are the intents that the app was granted beyond the usual ones, `portal` is what else the portal says of it, and
    `session_starts` how often it may still identify: one that does it more often has its token taken away.
    """

    def __init__(self) -> None:
        self.token = TOKEN
        self.people: dict[int, Person] = {}
        self.guilds: dict[int, Guild] = {}
        self.channels: dict[int, Channel] = {}
        self.interactions: dict[int, Interaction] = {}
        self.ephemeral: list[Message] = []
        self.modals: dict[int, Modal] = {}
        self.uploaded: dict[int, tuple[str, bytes]] = {}
        self.commands: dict[int | None, list[Json]] = {None: []}
        self.calls: list[Call] = []
        self.pings: list[str] = []
        self.told: Callable[[str, Json, int | None], None] = lambda _event, _data, _channel: None
        self.privileged: set[str] = set()
        self.portal: Json = {"bot_public": True, "bot_require_code_grant": False, "interactions_endpoint_url": None}
        self.session_starts: Json = {"total": 1000, "remaining": 1000, "reset_after": 86_400_000, "max_concurrency": 1}
        self.url = ""
        self.ahead = 0.0
        self._numbers = itertools.count(1)
        self._rung = asyncio.Event()

    # time, numbers and waiting

    def now(self) -> float:
        """Discord's clock: the real one, moved on by `forward`."""
        return time.time() + self.ahead

    def forward(self, seconds: float) -> None:
        """Move Discord's clock on: interactions and nonces grow old. Limits of requests keep the real time."""
        self.ahead += seconds

    def number(self) -> int:
        """An id that was never given before: unique and rising, with the time in it."""
        return int((self.now() - _EPOCH) * 1000) << 22 | next(self._numbers)

    def ring(self) -> None:
        """Say to those who wait in `until` that something has changed."""
        self._rung.set()
        self._rung = asyncio.Event()

    async def rung(self) -> None:
        """Wait until something has changed."""
        await self._rung.wait()

    async def until(self, found: Callable[[], T | None], what: str, within: float = 5) -> T:
        """What `found` gives as soon as it is something; AssertionError where it stays nothing."""
        try:
            async with asyncio.timeout(within):
                while not (result := found()):
                    await self._rung.wait()
                return result
        except TimeoutError:
            called = [call.route for call in self.calls[-10:]]
            raise AssertionError(f"{what}: not within {within:g} s; the last requests were {called}") from None

    # what is there

    def add_person(self, user: int, name: str, *, is_bot: bool = False, guilds: tuple[int, ...] = (GUILD,)) -> Person:
        """A user of Discord, who is a member of those guilds."""
        person = self.people[user] = Person(user, name, is_bot)
        for guild in guilds:
            self.guilds[guild].members[user] = set()
        return person

    def add_guild(self, guild: int, name: str, *members: int, owner: int) -> Guild:
        """A server with those members; the app is one of them only where it is named."""
        everybody = Role(guild, "@everyone", USUAL)
        added = self.guilds[guild] = Guild(guild, name, owner, {guild: everybody}, {member: set() for member in members})
        return added

    def add_role(
        self, role: int, name: str, *members: int, guild: int = GUILD, mentionable: bool = False, bot: int | None = None, **may: bool
    ) -> Role:
        """A role with what its members may do, such as `manage_guild=True`; that of a bot came with it."""
        added = self.guilds[guild].roles[role] = Role(role, name, Permissions(**may), mentionable, bot)
        for member in members:
            self.guilds[guild].members[member].add(role)
        return added

    def allow(self, channel: int, *names: str, whom: int | None = None) -> None:
        """Let a person, a role or (by default) everybody do in a channel what these permissions say."""
        self._overwrite(channel, whom, dict.fromkeys(names, True))

    def deny(self, channel: int, *names: str, whom: int | None = None) -> None:
        """Let a person, a role or (by default) nobody by that right do in a channel what these permissions say."""
        self._overwrite(channel, whom, dict.fromkeys(names, False))

    def _overwrite(self, channel: int, whom: int | None, names: dict[str, bool]) -> None:
        place = self.channels[channel]
        target = place.guild if whom is None else whom
        assert target is not None, "direct messages have no permissions"
        allowed, denied = place.overwrites.setdefault(target, (Permissions(), Permissions()))
        allowed.update(**names)
        denied.update(**{name: not value for name, value in names.items()})

    # finding

    def channel_of(self, channel: object) -> Channel:
        """A channel, for the app; refused with 10003 where there is none, with 50001 where the app does not see it."""
        found = self.channels.get(int(str(channel)))
        if found is None:
            raise Refused(404, 10003, "Unknown Channel")
        if not self.permissions(APP, found).view_channel:
            raise Refused(403, 50001, "Missing Access")
        return found

    def guild_of(self, guild: object) -> Guild:
        """A guild that the app is in; refused with 10004 or 50001."""
        found = self.guilds.get(int(str(guild)))
        if found is None:
            raise Refused(404, 10004, "Unknown Guild")
        if APP not in found.members:
            raise Refused(403, 50001, "Missing Access")
        return found

    def message_of(self, channel: Channel, message: object) -> Message:
        """A message of the channel; refused with 10008."""
        for each in channel.messages:
            if str(each.id) == str(message):
                return each
        raise Refused(404, 10008, "Unknown Message")

    def direct_messages(self, user: int) -> Channel:
        """A person's direct messages with the app, opened where there were none."""
        for channel in self.channels.values():
            if channel.recipient == user:
                return channel
        opened = self.number()
        return self.channels.setdefault(opened, Channel(opened, "", kind="direct", recipient=user))

    # permissions

    def permissions(self, user: int, channel: Channel) -> Permissions:
        """What somebody may do in a channel, or in the channel of a thread."""
        if channel.guild is None:
            return Permissions.all() if user in (channel.recipient, APP) else Permissions.none()
        guild = self.guilds.get(channel.guild)
        if guild is None or user not in guild.members:
            return Permissions.none()
        granted = self.permissions_in_guild(user, guild)  # changed by no `|=`: discord.py would change the role's own
        if granted.administrator:
            return Permissions.all()
        if channel.kind == "private thread" and user not in channel.joined:
            return Permissions.none()
        overwrites = self.channels[channel.parent].overwrites if channel.is_thread and channel.parent else channel.overwrites
        for targets in ([guild.id], guild.members[user], [user]):
            found = [overwrites[target] for target in targets if target in overwrites]
            for _, denied in found:
                granted = granted & ~denied
            for allowed, _ in found:
                granted = granted | allowed
        return granted if granted.view_channel else Permissions.none()

    def permissions_in_guild(self, user: int, guild: Guild) -> Permissions:
        """What somebody may do in a guild where no channel says otherwise."""
        if user == guild.owner:
            return Permissions.all()
        granted = guild.roles[guild.id].permissions
        for role in guild.members[user]:
            granted = granted | guild.roles[role].permissions
        return Permissions.all() if granted.administrator else granted

    def require(self, channel: Channel, *names: str) -> None:
        """Refused with 50013 where the app may not do this in the channel."""
        granted = self.permissions(APP, channel)
        if not all(getattr(granted, name) for name in names):
            raise Refused(403, 50013, "Missing Permissions")
