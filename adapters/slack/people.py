"""Who the people of a workspace are: what they are called, what time it is where they are, and what they may do."""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from slack_sdk.web.async_client import AsyncWebClient

from adapters.setting_types import Allowed
from adapters.settings import Settings
from adapters.slack import names
from adapters.slack.client import FAILED
from adapters.slack.escaping import escaped
from adapters.slack.faults import is_uncertain, logged
from adapters.slack.listing import sentence_blocks
from adapters.slack.posting import QUIET
from bot.callers import Caller, Channel, Right
from bot.errors import CannotPost

PLATFORM = "slack"
_HOUR = 3600.0
_MINUTES = 300.0
_MOST_REMEMBERED = 10_000

K = TypeVar("K")
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Profile:
    """What a workspace says of a person: a name, and a time zone where it is one that is known."""

    name: str
    zone: ZoneInfo | None


class People:
    """Asks Slack who somebody is, and remembers it for a while: an hour for names, minutes for who is in a user group.

    Where Slack does not say (a missing scope, an outage), a person has the id for a name and no zone, and is in no group.
    """

    def __init__(self, settings: Settings, *, clock: Callable[[], float] = monotonic) -> None:
        self._allowed = {
            Right.ADD: settings.slack_may_add,
            Right.REMOVE: settings.slack_may_remove,
            Right.CORRECT: settings.slack_may_correct,
            Right.SUBSCRIBE: settings.slack_may_subscribe,
            Right.CONFIGURE: settings.slack_may_subscribe,
        }
        self._profiles: _Remembered[tuple[str, str], Profile] = _Remembered(_HOUR, clock)
        self._groups: _Remembered[tuple[str, str], frozenset[str]] = _Remembered(_MINUTES, clock)
        self._direct_messages: _Remembered[tuple[str, str], str] = _Remembered(_HOUR, clock)

    async def caller(self, client: AsyncWebClient, *, team: str, user: str, channel: str | None, overheard: bool = False) -> Caller:
        """Somebody who asks in a channel (None: in no channel, as from the App Home; then the direct messages are theirs).

        `overheard` says that others read the answer.
        """
        profile = await self.profile(client, team, user)
        place = channel or await self._at_home(client, team, user)

        async def may(right: Right) -> bool:
            return await self._may(client, team, user, self._allowed[right])

        async def announce(line: str) -> bool:
            if place.startswith("D") and place == await self._at_home(client, team, user):
                return True  # whoever is answered there is the only one to be told
            return await _announce(client, place, line)

        return Caller(
            author=f"{profile.name} ({user})" if profile.name != user else user,
            name=profile.name,
            person=user,
            channel=Channel(PLATFORM, team, place),
            zone=profile.zone,
            may=may,
            announce=announce,
            overheard=overheard,
        )

    async def profile(self, client: AsyncWebClient, team: str, user: str) -> Profile:
        """What the workspace says of a person."""
        known = self._profiles.get((team, user))
        if known is not None:
            return known
        try:
            found = (await client.users_info(user=user))["user"]
        except FAILED:
            return Profile(user, None)
        named = found.get("profile", {}).get("display_name") or found.get("real_name") or found.get("name") or user
        profile = Profile(" ".join(str(named).split()) or user, _zone(found.get("tz")))
        self._profiles.put((team, user), profile)
        return profile

    async def _at_home(self, client: AsyncWebClient, team: str, user: str) -> str:
        """The channel of somebody's direct messages; the id of the person, to whom can be posted as well, where Slack does not say."""
        known = self._direct_messages.get((team, user))
        if known is None:
            try:
                known = str((await client.conversations_open(users=[user]))["channel"]["id"])
            except FAILED:
                return user
            self._direct_messages.put((team, user), known)
        return known

    async def _may(self, client: AsyncWebClient, team: str, user: str, allowed: Allowed) -> bool:
        if allowed.everyone or user in allowed.people:
            return True
        return any([user in await self._members(client, team, group) for group in sorted(allowed.groups)])

    async def _members(self, client: AsyncWebClient, team: str, group: str) -> frozenset[str]:
        known = self._groups.get((team, group))
        if known is not None:
            return known
        try:
            members = frozenset((await client.usergroups_users_list(usergroup=group))["users"])
        except FAILED:
            return frozenset()
        self._groups.put((team, group), members)
        return members


async def _announce(client: AsyncWebClient, channel: str, line: str) -> bool:
    """Say a line in a channel: False where Slack does not say whether it stands there. Raises CannotPost where Slack refuses it."""
    try:
        await client.chat_postMessage(channel=channel, text=escaped(line), blocks=sentence_blocks(line), link_names=False, **QUIET)
    except FAILED as error:
        if is_uncertain(error):
            return False
        logged(error, "saying a line in a channel")
        raise CannotPost(
            "Verbatim cannot post in that channel.",
            f"If it is not in the channel yet, invite it: /invite @{names.BOT_USER}. Then try again.",
        ) from error
    return True


class _Remembered(Generic[K, V]):
    """Values that are forgotten after some seconds; the oldest go first when there are too many."""

    def __init__(self, seconds: float, clock: Callable[[], float]) -> None:
        self._seconds = seconds
        self._clock = clock
        self._values: dict[K, tuple[float, V]] = {}

    def get(self, key: K) -> V | None:
        """The value, if it is known and not too old."""
        until, value = self._values.get(key, (0.0, None))
        return value if self._clock() < until else None

    def put(self, key: K, value: V) -> None:
        """Remember a value from now on."""
        self._values.pop(key, None)
        while len(self._values) >= _MOST_REMEMBERED:
            del self._values[next(iter(self._values))]
        self._values[key] = (self._clock() + self._seconds, value)


def _zone(name: object) -> ZoneInfo | None:
    try:
        return ZoneInfo(str(name)) if name else None
    except (KeyError, OSError, ValueError):
        return None
