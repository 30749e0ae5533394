"""What workers are given to do in tests. A worker imports this module, so that it has next to nothing in it."""

import ctypes
import os
import re
import signal
import sys
import time
from pathlib import Path

from bot.errors import NotAnArticle, NotNow

warm: list[float] = []
"""How many seconds were left to the warm-up of this worker; 0 is no limit."""


def pid() -> int:
    return os.getpid()


def numbered(number: int) -> tuple[int, int]:
    """The longer the earlier: what is begun last is done first."""
    time.sleep(0.05 if number % 5 == 0 else 0)
    return number, os.getpid()


def hang(noted: Path | None = None) -> None:
    """A catastrophic regular expression: a loop in C, which lets neither a thread nor a handler of Python run."""
    if noted is not None:
        noted.write_text(str(os.getpid()))
    re.match(r"(a+)+$", "a" * 60 + "b")


def hang_and_say_so() -> None:
    print("begun", file=sys.stderr, flush=True)  # noqa: T201 - whoever reads it waits for it
    hang()


def resist() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
    hang()


def eat(megabytes: int) -> int:
    return len([bytes(100_000) for _ in range(10 * megabytes)])


def leave() -> None:
    os._exit(3)


def exit_as_python_does() -> None:
    sys.exit(4)


def be_killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def read_nowhere() -> None:
    ctypes.string_at(0)


def refuse() -> None:
    raise NotAnArticle("It is a drawing.", "Give a text.", suggestions=("who said what about boats",))


def put_off() -> None:
    raise NotNow("Not yet.", seconds=7)


def stumble() -> float:
    nothing = 0
    return 1 / nothing


def give_what_cannot_be_sent() -> object:
    return lambda: None


def interrupted() -> str:
    for number in (signal.SIGINT, signal.SIGTERM):
        os.kill(os.getpid(), number)
    return "still here"


def sessions() -> tuple[int, int]:
    return os.getsid(0), os.getsid(os.getppid())


def chatter() -> str:
    os.write(1, b"what a library says\n")
    return sys.stdin.read() + "heard"


def echo(data: bytes) -> bytes:
    return data


def warm_up() -> None:
    warm.append(signal.getitimer(signal.ITIMER_REAL)[0])


def warmed() -> tuple[list[float], bool]:
    return warm, signal.getitimer(signal.ITIMER_REAL)[0] > 0
