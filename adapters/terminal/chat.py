"""`verbatim chat`: a prompt that takes what every chat platform takes. An error never ends it."""

import asyncio
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, AsyncExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from adapters.terminal import session
from adapters.terminal.prompt import answer, leaves

if TYPE_CHECKING:
    from adapters.settings import Settings
    from bot.newsroom import Newsroom

PROMPT = "verbatim> "
_REMEMBERED = 1000


def chat() -> None:
    """Ask and answer at a prompt, until 'quit'."""
    from adapters import composition
    from adapters.settings import state_folder

    settings = session.settings_in_force()
    at_terminal = sys.stdin.isatty()
    history: AbstractContextManager[None] = _history(state_folder() / "history") if at_terminal else nullcontext()
    with asyncio.Runner() as runner, history:
        opened = AsyncExitStack()
        newsroom = runner.run(opened.enter_async_context(composition.open_newsroom(settings)))
        try:
            if at_terminal:
                session.print_plain("Ask a question, or type 'help'; 'quit' leaves.")
            for request in _requests(PROMPT if at_terminal else ""):
                _reply(runner, newsroom, settings, request)
        finally:
            runner.run(opened.aclose())


def _requests(prompt: str) -> Iterator[str]:
    """What the person types, line by line, without empty lines; Ctrl-C gives up the line, Ctrl-D and 'quit' leave."""
    while True:
        try:
            request = input(prompt).strip()
        except KeyboardInterrupt:
            session.print_plain("")
            continue
        except EOFError:
            if prompt:
                session.print_plain("")
            return
        if leaves(request):
            return
        if request:
            yield request


def _reply(runner: asyncio.Runner, newsroom: "Newsroom", settings: "Settings", request: str) -> None:
    try:
        runner.run(answer(newsroom, settings, request))
    except KeyboardInterrupt:
        session.complain("Stopped.")
        session.print_plain("")


@contextmanager
def _history(file: Path) -> Iterator[None]:
    """Arrow keys bring back what was typed before, in this and in earlier conversations."""
    try:
        import readline
    except ImportError:  # a Python built without it: the prompt works, the arrow keys do not
        yield
        return
    try:
        readline.read_history_file(file)
    except OSError:
        readline.clear_history()
    readline.set_history_length(_REMEMBERED)
    try:
        yield
    finally:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            readline.write_history_file(file)
        except OSError:
            session.complain(f"The history of this conversation could not be kept in {file}.")
