"""The kinds of value that settings take beyond plain text and numbers.

What is wrong is told by the field's description, so a validator here only raises ValueError.
"""

import ipaddress
import re
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, SecretStr
from pydantic_settings import NoDecode

_PERSON_OR_GROUP = re.compile(r"[UWS][A-Z0-9]{2,20}")
_DISCORD_ID = re.compile(r"[0-9]{15,20}")
MANAGE_SERVER = "manage-server"


@dataclass(frozen=True, slots=True)
class Allowed:
    """Who may do something: everyone, or these people and user groups of Slack, by their ids."""

    everyone: bool = True
    people: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()


NOBODY = Allowed(everyone=False)


@dataclass(frozen=True, slots=True)
class AllowedOnDiscord:
    """Who may do something: everyone, whoever has the permission Manage Server, or these people and roles, by their ids."""

    everyone: bool = False
    manage_server: bool = False
    ids: frozenset[int] = frozenset()


def is_loopback(host: str) -> bool:
    """Whether the host is this machine itself."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def address_from_outside(text: str) -> str:
    """An https address without a slash at its end. Raises ValueError for anything else."""
    return _web_address(text, schemes=("https",))


def _allowed(value: object) -> Allowed:
    if isinstance(value, Allowed):
        return value
    listed = _listed(value)
    if _is_only("everyone", listed):
        return Allowed()
    if _is_only("nobody", listed):
        return NOBODY
    if not all(_PERSON_OR_GROUP.fullmatch(part) for part in listed):
        raise ValueError
    groups = frozenset(part for part in listed if part.startswith("S"))
    return Allowed(everyone=False, people=frozenset(listed) - groups, groups=groups)


def _allowed_on_discord(value: object) -> AllowedOnDiscord:
    if isinstance(value, AllowedOnDiscord):
        return value
    listed = _listed(value)
    if _is_only("everyone", listed):
        return AllowedOnDiscord(everyone=True)
    if _is_only("nobody", listed):
        return AllowedOnDiscord()
    ids = [part for part in listed if part.lower() != MANAGE_SERVER]
    if not all(_DISCORD_ID.fullmatch(part) for part in ids):
        raise ValueError
    return AllowedOnDiscord(manage_server=len(ids) < len(listed), ids=frozenset(map(int, ids)))


def _listed(value: object) -> list[str]:
    """The parts of a list with commas, or of one in the file, where an id may be a number."""
    parts = value.split(",") if isinstance(value, str) else value if isinstance(value, list | tuple) else [value]
    if not parts or not all(isinstance(part, str | int) for part in parts):
        raise ValueError
    return [str(part).strip() for part in parts]


def _is_only(word: str, listed: list[str]) -> bool:
    return [part.lower() for part in listed] == [word]


def _slack_api(text: str) -> str:
    local = is_loopback(urlsplit(text).hostname or "")
    return f"{_web_address(text, schemes=('https', 'http') if local else ('https',))}/"


def _web_address(text: str, *, schemes: tuple[str, ...]) -> str:
    parts = urlsplit(text)
    if parts.scheme not in schemes or not parts.hostname or "@" in parts.netloc or parts.query or parts.fragment or re.search(r"\s", text):
        raise ValueError
    return text.rstrip("/")


def _stripped(value: object) -> object:
    return value.strip() if isinstance(value, str) else value


def _of_the_form(pattern: str) -> AfterValidator:
    form = re.compile(pattern)

    def check(value: SecretStr | None) -> SecretStr | None:
        if value and not form.fullmatch(value.get_secret_value()):
            raise ValueError
        return value

    return AfterValidator(check)


WhoMay = Annotated[Allowed, NoDecode, BeforeValidator(_allowed)]
WhoMayOnDiscord = Annotated[AllowedOnDiscord, NoDecode, BeforeValidator(_allowed_on_discord)]
BotToken = Annotated[SecretStr | None, BeforeValidator(_stripped), _of_the_form(r"xoxb-[\w-]+")]
AppToken = Annotated[SecretStr | None, BeforeValidator(_stripped), _of_the_form(r"xapp-[\w-]+")]
DiscordToken = Annotated[SecretStr | None, BeforeValidator(_stripped), _of_the_form(r"[\w-]+\.[\w-]+\.[\w-]+")]
Secret = Annotated[SecretStr | None, BeforeValidator(_stripped), _of_the_form(r"[!-~]{8,}")]
SlackApi = Annotated[str, BeforeValidator(_stripped), AfterValidator(_slack_api)]
OutsideAddress = Annotated[str, BeforeValidator(_stripped), AfterValidator(address_from_outside)]
