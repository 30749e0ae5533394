"""What happens at a prompt, be it that of `verbatim chat` or that of `verbatim serve`: a request is answered, and no error ends it."""

import asyncio
import sys
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from adapters.terminal import files, session
from adapters.terminal.typed_lines import typed_lines

if TYPE_CHECKING:
    from adapters.serving import Say
    from adapters.settings import Settings
    from bot.errors import VerbatimError
    from bot.newsroom import Newsroom

_PAGE = 20
_LEAVING = frozenset({"quit", "exit", "bye", "q"})


def leaves(request: str) -> bool:
    """Whether what was typed ends the conversation."""
    return request.lower() in _LEAVING


async def answer(newsroom: "Newsroom", settings: "Settings", request: str) -> None:
    """Print the answer to what was typed, or what is wrong with it.

    Raises BrokenPipeError when nobody reads it any more, and BlockingIOError when a terminal takes no more for now.
    """
    from adapters.terminal.logs import apologise_for
    from bot.callers import Caller
    from bot.errors import VerbatimError
    from bot.replies import Reply

    try:
        reply = await newsroom.handle(request, Caller(settings.author), page=_PAGE)
        if reply.file is not None:
            reply = Reply(f"{reply.file.title} Written to {files.write_beside(reply.file.name, reply.file.content)}.")
        session.print_reply(reply, settings, at_prompt=True)
    except VerbatimError as error:
        await _explain(newsroom, settings, error)
    except (BrokenPipeError, BlockingIOError):
        raise
    except Exception as error:  # noqa: BLE001 - a mistake of ours must not cost the person the conversation
        session.complain(apologise_for(error, f"chat: {request}"))
    session.print_plain("")
    sys.stdout.flush()


async def _explain(newsroom: "Newsroom", settings: "Settings", error: "VerbatimError") -> None:
    from bot.errors import VerbatimError
    from bot.replies import Reply

    try:
        explained = await newsroom.explained(error)
    except VerbatimError:  # the store cannot even be asked for examples
        explained = Reply(str(error))
    session.complain(explained.understood)
    if explained.suggestions:
        session.print_reply(Reply("", suggestions=explained.suggestions), settings, at_prompt=True, file=sys.stderr)


@dataclass(frozen=True, slots=True)
class PromptService:
    """The prompt of `verbatim serve`, beside the chats that it serves: requests are read from `descriptor` (None: there is no input)."""

    newsroom: "Newsroom"
    settings: "Settings"
    descriptor: int | None

    @property
    def name(self) -> str:
        """What a line about it begins with."""
        return "Prompt"

    async def run(self, say: "Say") -> None:
        """Answer what is typed until somebody leaves or the input ends; an answer that was begun is finished."""
        if self.descriptor is None:
            return
        say("type a question, or 'help'; 'quit' ends the prompt alone.")
        async for line in typed_lines(self.descriptor):
            request = line.strip()
            if leaves(request):
                return
            if not request:
                continue
            try:
                await _finished(answer(self.newsroom, self.settings, request))
            except BlockingIOError:  # another program made the terminal a non-blocking one, and it takes no more for now
                continue
            except OSError:  # nobody reads the answers any more
                return


async def _finished(work: Coroutine[Any, Any, None]) -> None:
    """Do the work. When it is cancelled, it gets some seconds to end all the same."""
    task = asyncio.create_task(work)
    try:
        await asyncio.shield(task)
    except asyncio.CancelledError:
        from adapters.attending import ended
        from adapters.serving import FINISHING_SECONDS

        await ended([task], FINISHING_SECONDS)
        raise
