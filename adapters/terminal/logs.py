"""The log: a file that grows to a bound, in which no password of a database address appears."""

import logging
import re
import secrets
from logging.handlers import RotatingFileHandler
from pathlib import Path

from adapters.settings import Settings, state_folder
from bot.errors import SettingsError

_LARGEST_BYTES = 2_000_000
_LOGGER = logging.getLogger("verbatim")
_PASSWORD = re.compile(r"(://[^\s:/@]*:)[^\s/@]+@")


class _WithoutPasswords(logging.Formatter):
    """Formats a record, the traceback included, and takes out what stands where an address has its password."""

    def format(self, record: logging.LogRecord) -> str:
        return _PASSWORD.sub(r"\1***@", super().format(record))


def start_log(settings: Settings) -> None:
    """Log into the file that the settings name. Raises SettingsError if a person named it and it cannot be written."""
    opened = _open(settings.log_file, settings.log_level.upper())
    if not opened and "log_file" in settings.model_fields_set:
        raise SettingsError(f"The log file {settings.log_file} cannot be written.", "Set VERBATIM_LOG_FILE to one that can.")


def apologise_for(error: BaseException, doing: str) -> str:
    """Log a mistake of ours with what was being done; return the sentence that tells a person where to find it."""
    mark = secrets.token_hex(4)
    handlers = [handler for handler in logging.getLogger().handlers if isinstance(handler, RotatingFileHandler)]
    if not handlers and not _open(state_folder() / "verbatim.log", "INFO"):
        logging.basicConfig()  # there is no file to be had: better a traceback on the terminal than none
    _LOGGER.error("mistake %s while doing: %s", mark, doing, exc_info=error)
    where = next((handler.baseFilename for handler in logging.getLogger().handlers if isinstance(handler, RotatingFileHandler)), "")
    found = f"look for {mark} in {where}" if where else f"its id is {mark}"
    return f"Sorry, this is a mistake in Verbatim itself, and nothing that you did. What happened is in the log: {found}."


def _open(path: Path, level: str) -> bool:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=_LARGEST_BYTES, backupCount=2, encoding="utf-8", errors="backslashreplace")
    except OSError:
        return False
    handler.setFormatter(_WithoutPasswords("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    return True
