"""Lines of chat, read as their asker means them: by the asker's clock, and with the outlets that the store knows."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot import requests
from bot.callers import Caller
from bot.digests.schedule_words import no_schedule
from bot.errors import NotUnderstood
from bot.grammar import commands, forms
from bot.grammar.digest_shapes import Asked
from bot.grammar.digest_wishes import otherwise_usual
from bot.grammar.request_lines import possible_names, request_line
from bot.grammar.usage import misused
from bot.naming import is_somebodys_name
from bot.options import Keyword, Options
from bot.replies import SubscriptionView
from bot.subscriptions.restrictions import EVERYTHING
from storage import articles
from storage.database import Database, Session
from storage.records import SubscriptionKind


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

    async def of_digest_form(self, schedule: str, zone: str, about: str, wishes: str, caller: Caller) -> requests.Subscribe:
        """The digest that a form wishes for. Raises NotUnderstood."""
        command = await self._of_form(forms.line_of_digest("digest", schedule, about), caller)
        return forms.filled(command, requests.Subscribe, zone, wishes, no_schedule(schedule))

    async def of_alert_form(self, about: str, zone: str, wishes: str, caller: Caller) -> requests.Watch:
        """The alert that a form wishes for. Raises NotUnderstood."""
        command = await self._of_form(forms.line_of_alert(about), caller)
        return forms.filled(command, requests.Watch, zone, wishes, misused("watch"))

    async def of_change_form(
        self, before: SubscriptionView, schedule: str, zone: str, about: str, wishes: str | None, caller: Caller
    ) -> requests.Change:
        """The change that a form wishes for; without `wishes` they stay, else what they do not say is as usual. Raises NotUnderstood."""
        if before.kind == SubscriptionKind.ALERT:
            alert = await self.of_alert_form(about, zone, wishes or "", caller)
            change = requests.Change(before.number, None, alert.zone, alert.asked, alert.wishes)
        else:
            command = await self._of_form(forms.line_of_digest(f"change {before.number} to", schedule, about or EVERYTHING), caller)
            change = forms.filled(command, requests.Change, zone, wishes or "", no_schedule(schedule))
        return change if wishes is None else replace(change, wishes=otherwise_usual(change.wishes, before.kind))

    async def _of_form(self, line: str, caller: Caller) -> requests.Command:
        async with self.database.reading() as session:
            command, _ = await self.read(session, line, caller)
        return command

    async def _asked(self, session: Session, caller: Caller) -> Asked:
        return Asked(self.clock(), caller.zone or self.zone, await articles.outlets(session))
