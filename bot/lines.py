"""Lines of chat, read as their asker means them: by the asker's clock, and with the outlets that the store knows."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from bot import commands, forms, requests
from bot.callers import Caller
from bot.digest_shapes import Asked
from bot.errors import NotUnderstood
from bot.naming import is_somebodys_name
from bot.options import Keyword, Options
from bot.request_lines import possible_names, request_line
from storage import articles
from storage.database import Database, Session


@dataclass(frozen=True, slots=True)
class Lines:
    """Reads lines, and makes them of what was filled in; so many of `turns` look things up together."""

    database: Database
    clock: Callable[[], datetime]
    zone: ZoneInfo
    turns: asyncio.Semaphore

    async def read(self, session: Session, text: str, caller: Caller) -> tuple[requests.Command, Asked]:
        """What a line says, and what it was read against. Raises NotUnderstood as `commands.parse`."""
        asked = await self._asked(session, caller)
        return commands.parse(text, now=asked.now, zone=asked.zone, outlets=asked.outlets), asked

    async def only_asks(self, text: str, caller: Caller) -> bool:
        """Whether a line changes nothing, so that it may be done again."""
        try:
            async with self.turns, self.database.reading() as session:
                command, _ = await self.read(session, text, caller)
        except NotUnderstood:
            return True
        return requests.only_asks(command)

    async def of_options(self, keyword: Keyword, given: Options, caller: Caller) -> str:
        """The line that says the same as the options of a command. Raises NotUnderstood as `request_line`."""
        async with self.turns, self.database.reading() as session:
            asked = await self._asked(session, caller)
            names = [name for name in possible_names(given) if await is_somebodys_name(session, name)]
        return request_line(keyword, given, asked, names)

    async def of_form(self, keyword: str, schedule: str, zone: str, about: str, caller: Caller) -> requests.Subscribe | requests.Change:
        """The command that a form for a digest is. Raises NotUnderstood."""
        line = forms.line_of(keyword, schedule, about)
        async with self.database.reading() as session:
            command, _ = await self.read(session, line, caller)
        return forms.with_zone(command, schedule, zone)

    async def _asked(self, session: Session, caller: Caller) -> Asked:
        return Asked(self.clock(), caller.zone or self.zone, await articles.outlets(session))
