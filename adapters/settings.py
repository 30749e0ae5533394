"""All that a person may set, from the environment (`VERBATIM_…`) or a file; the environment wins.

The file is the one that VERBATIM_CONFIG names, else verbatim.toml in the working folder, if there is one.
"""

import difflib
import getpass
import os
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, InitSettingsSource, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from adapters.setting_types import (
    NOBODY,
    Allowed,
    AllowedOnDiscord,
    AppToken,
    BotToken,
    DiscordToken,
    OutsideAddress,
    Secret,
    SlackApi,
    WhoMay,
    WhoMayOnDiscord,
)
from bot.errors import SettingsError
from bot.feeds.newcomers import TAKEN_AT_FIRST

PREFIX = "VERBATIM_"
CONFIG_VARIABLE = "VERBATIM_CONFIG"
CONFIG_FILE = "verbatim.toml"
_WHO_MAY = "everyone, nobody, or the ids of people (U or W) and user groups (S) in Slack with commas between them"
_SOME_MAY = ["U012AB3CD,S0614TZR7", "everyone", "nobody"]
_WHO_MAY_ON_DISCORD = "everyone, nobody, or any of manage-server and the ids of people and roles in Discord with commas between them"
_SOME_MAY_ON_DISCORD = ["manage-server,614208935721041920", "190362148907712512", "everyone", "nobody"]
# A secret, in whatever setting somebody puts it: a token of Slack, or one of Discord, which begins with its bot's id in base64.
_TOKEN = re.compile(r"xox[a-z][.-]|xapp-|(?:[MNO][DTjz][AEIMQUYcgk][w-z0-5]){5}[\w-]{2,12}\.[\w-]{4,}\.[\w-]{20,}")
_SCHEMES = ("sqlite", "sqlite+aiosqlite", "postgres", "postgresql", "postgresql+psycopg")


def state_folder() -> Path:
    """Where logs and the prompt's history lie unless something else is set."""
    base = os.environ.get("XDG_STATE_HOME", "")
    return (Path(base) if base else Path.home() / ".local" / "state") / "verbatim"


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


class Settings(BaseSettings):
    """The settings. A field's description says what its value has to be, its first example is a good one."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True, env_ignore_empty=True)

    database_url: SecretStr = Field(
        default=SecretStr("sqlite:///verbatim.db"),
        description="the address of an SQLite or PostgreSQL database",
        examples=["sqlite:///verbatim.db", "postgresql://user:password@localhost/verbatim"],
    )
    time_zone: str = Field(default="UTC", description="the IANA name of a time zone", examples=["Europe/London"])
    author: str = Field(
        default_factory=_login_name,
        min_length=1,
        max_length=200,
        description="the name under which your corrections are kept, of up to 200 characters",
        examples=["Ada Moor"],
    )
    fetch_timeout: float = Field(default=30.0, ge=1, le=600, description="a number of seconds from 1 to 600", examples=["30"])
    fetch_max_bytes: int = Field(
        default=5_000_000, ge=10_000, le=20_000_000, description="a number of bytes from 10000 to 20000000", examples=["5000000"]
    )
    allow_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(),
        description="a list of host names or addresses, without port or path, that may be private ones",
        examples=["intranet.example.org,10.0.0.7"],
    )
    contact: str | None = Field(
        default=None,
        max_length=200,
        pattern=r"^[!-'*-~]+$",
        description="the address of a page or of a mailbox, at which sites that Verbatim reads find you",
        examples=["https://example.org/verbatim"],
    )
    feed_first_entries: int = Field(
        default=TAKEN_AT_FIRST, ge=0, le=200, description="a number of entries from 0 to 200", examples=[str(TAKEN_AT_FIRST)]
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        default="info", description="one of debug, info, warning, error", examples=["info"]
    )
    log_file: Path = Field(
        default_factory=lambda: state_folder() / "verbatim.log", description="the path of a file", examples=["/var/log/verbatim.log"]
    )
    slack_bot_token: BotToken = Field(
        default=None,
        description="the bot token of your Slack app, which begins with xoxb-",
        examples=["xoxb-your-bot-token"],
    )
    slack_app_token: AppToken = Field(
        default=None,
        description="the app-level token of your Slack app, which begins with xapp-",
        examples=["xapp-your-app-token"],
    )
    slack_signing_secret: Secret = Field(
        default=None,
        description="the signing secret of your Slack app, of 8 characters or more",
        examples=["your-signing-secret"],
    )
    slack_client_id: str | None = Field(
        default=None, pattern=r"^\d+\.\d+$", description="the client id of your Slack app", examples=["17653672481.19874698323"]
    )
    slack_client_secret: Secret = Field(
        default=None,
        description="the client secret of your Slack app, of 8 characters or more",
        examples=["your-client-secret"],
    )
    slack_may_add: WhoMay = Field(default=Allowed(), description=_WHO_MAY, examples=_SOME_MAY)
    slack_may_remove: WhoMay = Field(default=NOBODY, description=_WHO_MAY, examples=_SOME_MAY)
    slack_may_correct: WhoMay = Field(default=Allowed(), description=_WHO_MAY, examples=_SOME_MAY)
    slack_may_subscribe: WhoMay = Field(default=Allowed(), description=_WHO_MAY, examples=_SOME_MAY)
    slack_api_url: SlackApi = Field(
        default="https://slack.com/api/",
        description="the address of Slack's Web API, which begins with https://",
        examples=["https://slack-gov.com/api/"],
    )
    discord_token: DiscordToken = Field(
        default=None,
        description="the token of your Discord app's bot, which is three parts with dots between them",
        examples=["your.bot.token"],
    )
    discord_may_add: WhoMayOnDiscord = Field(
        default=AllowedOnDiscord(everyone=True), description=_WHO_MAY_ON_DISCORD, examples=_SOME_MAY_ON_DISCORD
    )
    discord_may_remove: WhoMayOnDiscord = Field(default=AllowedOnDiscord(), description=_WHO_MAY_ON_DISCORD, examples=_SOME_MAY_ON_DISCORD)
    discord_may_correct: WhoMayOnDiscord = Field(
        default=AllowedOnDiscord(everyone=True), description=_WHO_MAY_ON_DISCORD, examples=_SOME_MAY_ON_DISCORD
    )
    discord_may_subscribe: WhoMayOnDiscord = Field(
        default=AllowedOnDiscord(manage_server=True), description=_WHO_MAY_ON_DISCORD, examples=_SOME_MAY_ON_DISCORD
    )
    public_url: OutsideAddress | None = Field(
        default=None,
        description="the https:// address under which 'verbatim serve' is reached from outside",
        examples=["https://verbatim.example.org"],
    )
    http_host: str = Field(
        default="127.0.0.1",
        pattern=r"^[\w.:-]+$",
        description="a name or address of this machine",
        examples=["127.0.0.1", "::"],
    )
    http_port: int = Field(default=8080, ge=1, le=65535, description="the number of a port, from 1 to 65535", examples=["8080"])
    monitoring_port: int = Field(
        default=8081, ge=0, le=65535, description="the number of a port, from 1 to 65535, or 0 for none", examples=["8081"]
    )

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which dates are read and shown."""
        return ZoneInfo(self.time_zone)

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, value: SecretStr) -> SecretStr:
        scheme, separator, _ = value.get_secret_value().partition("://")
        if not separator or scheme.lower() not in _SCHEMES:
            raise ValueError
        return value

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        try:
            return ZoneInfo(value).key
        except (KeyError, OSError, ValueError):
            raise ValueError from None

    @field_validator("allow_hosts", mode="before")
    @classmethod
    def _listed(cls, value: object) -> object:
        return [host.strip() for host in value.split(",") if host.strip()] if isinstance(value, str) else value

    @field_validator("allow_hosts")
    @classmethod
    def _only_hosts(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if any(not host or set(host) & set("/@ *") for host in value):
            raise ValueError
        return tuple(host.lower() for host in value)

    @field_validator("log_level", mode="before")
    @classmethod
    def _lower(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("log_file")
    @classmethod
    def _from_home(cls, value: Path) -> Path:
        return value.expanduser()

    @classmethod
    def settings_customise_sources(  # noqa: D102 - pydantic-settings calls it by this name and with these arguments
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return init_settings, env_settings, InitSettingsSource(settings_cls, _from_file(_config_path()))


def is_secret(field: FieldInfo) -> bool:
    """Whether the field's value must never be shown."""
    return SecretStr in (field.annotation, *get_args(field.annotation))


def load_settings() -> Settings:
    """The settings in force. Raises SettingsError, naming what is wrong, where it was set and an example."""
    _refuse_misspelt_variables()
    try:
        return Settings()
    except ValidationError as error:
        wrong = [_sentences(dict(detail)) for detail in error.errors(include_url=False)]
    # Raised here, not from the ValidationError: that one shows the values, and some of them are secret.
    raise SettingsError("\n".join(wrong))


def _config_path() -> Path:
    return Path(os.environ.get(CONFIG_VARIABLE) or CONFIG_FILE).expanduser()


def _from_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        if not os.environ.get(CONFIG_VARIABLE):
            return {}
        raise SettingsError(f"{CONFIG_VARIABLE} names {path}, and there is no such file.", "Write it, or unset the variable.") from None
    except OSError as error:
        raise SettingsError(f"The settings in {path} cannot be read: {error.strerror}.", "Make it a readable file.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"The settings in {path} are not TOML: {error}.", 'Write lines such as: time_zone = "Europe/London"') from None


def _refuse_misspelt_variables() -> None:
    """Name a variable that is nearly one of ours. Others may carry our prefix for reasons of their own."""
    known = [CONFIG_VARIABLE, *(PREFIX + name.upper() for name in Settings.model_fields)]
    for variable in os.environ:
        if variable.startswith(PREFIX) and variable not in known:
            near = difflib.get_close_matches(variable, known, n=1, cutoff=0.85)
            if near:
                raise SettingsError(f"{variable} is no setting.", f"Did you mean {near[0]}?")


def _sentences(detail: dict[str, Any]) -> str:
    """What is wrong, and what to write instead, of one of pydantic's error details."""
    name = str(detail["loc"][0])
    if name not in Settings.model_fields:
        near = difflib.get_close_matches(name, Settings.model_fields, n=1)
        remedy = f"Did you mean {near[0]}?" if near else f"There are: {', '.join(sorted(Settings.model_fields))}."
        return f"{name} in {_config_path()} is no setting. {remedy}"
    field = Settings.model_fields[name]
    variable = PREFIX + name.upper()
    where = variable if os.environ.get(variable) else f"{name} in {_config_path()}"
    hidden = is_secret(field) or _TOKEN.search(str(detail["input"]))
    value = "" if hidden else f" is {str(detail['input'])[:80]!r}, and"
    return f"{where}{value} has to be {field.description}. Write it like this: {(field.examples or [''])[0]}"
