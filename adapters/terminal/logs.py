"""The log: a file that grows to a bound, in which no secret appears."""

import logging
import re
from collections.abc import Collection
from logging.handlers import RotatingFileHandler
from pathlib import Path

from pydantic import SecretStr

from adapters.apologies import noted
from adapters.settings import Settings, state_folder
from bot.errors import SettingsError

_LARGEST_BYTES = 2_000_000
_LOGGER = logging.getLogger("verbatim")
_FORM = "%(asctime)s %(levelname)s %(name)s: %(message)s"
# What looks like a secret, with what may stay in front of it.
_SECRETS = re.compile(
    r"""
      (://[^\s:/@]*:)[^\s/@]+(?=@)                                             # the password of an address
    | \b(xox[a-z]|xapp)[.-][\w.-]{4,}                                          # a token of Slack
    | \b()(?-i:(?:[MNO][DTjz][AEIMQUYcgk][w-z0-5]){5})[\w-]{2,12}\.[\w-]{4,}\.[\w-]{20,}  # a token of Discord
    | ((?:/|\\/|%2F)(?:webhooks|interactions)(?:/|\\/|%2F)\d+(?:/|\\/|%2F))[\w.-]+        # an address that lets whoever has it answer
    | (hooks\.slack[\w.-]*|files\.slack[\w.-]*/upload)(?:/|\\/|%2F)[^\s"'<>&]+   # an address that lets whoever has it post
    | \b(response_url["']?\s*[:=]\s*["']?)[^\s"',&}]+
    | \b((?:Bearer|Basic)\s+)[\w.~+/=-]{8,}
    | ([?&](?:client_secret|code|state|ticket|token)=)[^\s"'&]+
    | ((?:access_token|client_secret|refresh_token|signing_secret|token)["']\s*:\s*["'])[^"']+
    """,
    re.VERBOSE | re.IGNORECASE,
)


def without_secrets(text: str, known: Collection[str] = ()) -> str:
    """The text with *** for every secret that is known, and for all that looks like one."""
    for secret in known:
        text = text.replace(secret, "***")
    return _SECRETS.sub(lambda found: f"{found.group(found.lastindex or 0)}***", text)


class _WithoutSecrets(logging.Formatter):
    """Formats a record, the traceback included, and takes the secrets out."""

    def __init__(self, known: Collection[str] = ()) -> None:
        super().__init__(_FORM)
        self._known = known

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record), self._known)


def start_log(settings: Settings) -> None:
    """Log into the file that the settings name. Raises SettingsError if a person named it and it cannot be written."""
    values = (getattr(settings, name) for name in Settings.model_fields)
    known = [value.get_secret_value() for value in values if isinstance(value, SecretStr)]
    opened = _open(settings.log_file, settings.log_level.upper(), known)
    if not opened and "log_file" in settings.model_fields_set:
        raise SettingsError(f"The log file {settings.log_file} cannot be written.", "Set VERBATIM_LOG_FILE to one that can.")


def apologise_for(error: BaseException, doing: str) -> str:
    """Log a mistake of ours with what was being done; return the sentence that tells a person where to find it."""
    handlers = [handler for handler in logging.getLogger().handlers if isinstance(handler, RotatingFileHandler)]
    if not handlers and not _open(state_folder() / "verbatim.log", "INFO"):
        _log_to(logging.StreamHandler(), "INFO")  # there is no file to be had: better a traceback on the terminal than none
    mark = noted(error, doing)
    where = next((handler.baseFilename for handler in logging.getLogger().handlers if isinstance(handler, RotatingFileHandler)), "")
    found = f"look for {mark} in {where}" if where else f"its id is {mark}"
    return f"Sorry, this is a mistake in Verbatim itself, and nothing that you did. What happened is in the log: {found}."


def _open(path: Path, level: str, known: Collection[str] = ()) -> bool:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=_LARGEST_BYTES, backupCount=2, encoding="utf-8", errors="backslashreplace")
    except OSError:
        return False
    _log_to(handler, level, known)
    return True


def _log_to(handler: logging.Handler, level: str, known: Collection[str] = ()) -> None:
    handler.setFormatter(_WithoutSecrets(known))
    logging.basicConfig(level=level, handlers=[handler], force=True)
