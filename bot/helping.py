"""What Verbatim tells of itself to somebody: what can be typed, what can be asked about, and what was wrong."""

from dataclasses import dataclass

from bot.answering import Answering
from bot.callers import Caller, Right
from bot.errors import NotAQuestion, VerbatimError
from bot.help import Reach, keyword_explained, typed
from bot.replies import Reply


@dataclass(frozen=True, slots=True)
class Helping:
    """Helps with what the store has something to say of, and with what the caller may do."""

    answering: Answering

    async def help(self, keyword: str, caller: Caller) -> Reply:
        """What the caller can type, all of it ("") or with one keyword."""
        known, reach = await self.answering.known(), await _reach(caller)
        return keyword_explained(keyword, known, reach) if keyword else typed(known, reach)

    async def explained(self, error: VerbatimError) -> Reply:
        """An error as a reply, with the requests that it suggests; what is no question is answered with some that the store can answer."""
        if isinstance(error, NotAQuestion) and (examples := await self.examples()):
            return Reply(error.what, suggestions=examples)
        return Reply(str(error), suggestions=error.suggestions)

    async def examples(self) -> tuple[str, ...]:
        """Requests that what is stored can answer; none while nothing is."""
        return (await self.answering.known()).examples


async def _reach(caller: Caller) -> Reach:
    rights = {right for right in Right if await caller.may(right)}
    if caller.home is None:  # nothing is kept of what could be set
        rights.discard(Right.CONFIGURE)
    elif caller.home.person:  # in direct messages settings are one's own
        rights.add(Right.CONFIGURE)
    return Reach(caller.channel is not None, rights, caller.who_may)
