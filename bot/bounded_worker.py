"""The other side of `bot/bounded.py`: a process that does one task after another, as bytes on its pipes tell it.

It imports next to nothing, so that it starts at once. Each message is its length (8 bytes, the highest first) and a pickle.
"""

import os
import pickle
import resource
import signal
import struct
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import Any, BinaryIO

from storage.errors import VerbatimError

LENGTH = struct.Struct(">Q")
_OOM_SCORE = Path("/proc/self/oom_score_adj")  # from -1000 to 1000; see proc(5)


class Word(Enum):
    """What a worker says, with the value that follows it."""

    READY = "has its limits and is warm: None"
    BEGUN = "has the task before it, and the task's time begins: None"
    DONE = "what the task gave"
    REFUSED = "the VerbatimError that the task raised"
    OUT_OF_MEMORY = "the task needed more than there is: None"
    BUG = "the traceback of any other exception: text"


def framed(value: object) -> bytes:
    """A message. Raises what pickle raises for what cannot be sent."""
    data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return LENGTH.pack(len(data)) + data


def serve() -> None:
    """Do what standard input says until it ends, and tell standard output."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # whoever started it ends it
    tasks, words = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb", buffering=0)
    with Path(os.devnull).open("rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    os.dup2(2, 1)  # what a library prints is no message
    with suppress(EOFError, BrokenPipeError):  # the other side is gone
        megabytes, warm_up = pickle.loads(_message(tasks))  # noqa: S301 - our own
        _limit(megabytes)
        _say(words, *_result(warm_up, (), Word.READY))
        while True:
            _do(_message(tasks), words)


def _do(message: bytes, words: BinaryIO) -> None:
    """One task. Its time begins when its function is imported and its arguments are there."""
    (outcome, task) = _result(pickle.loads, (message,), Word.BEGUN)
    if outcome is not Word.BEGUN:
        _say(words, outcome, task)
        return
    function, arguments, seconds = task
    _say(words, Word.BEGUN, None)
    # The kernel ends the process when time is over, whatever it is at: a loop in C lets no handler and no thread of Python run,
    # and whoever started it may be gone.
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        reply = _reply(*_result(function, arguments, Word.DONE))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    _send(words, reply)


def _result(function: Callable[..., Any] | None, arguments: tuple[Any, ...], well: Word) -> tuple[Word, Any]:
    try:
        return well, None if function is None else function(*arguments)
    except VerbatimError as error:
        return Word.REFUSED, error
    except MemoryError:
        return Word.OUT_OF_MEMORY, None
    except Exception:  # noqa: BLE001 - told to the other side
        return Word.BUG, traceback.format_exc()


def _reply(word: Word, value: object) -> bytes:
    outcome, message = _result(framed, ((word, value),), word)
    return message if outcome is word else framed((outcome, message))


def _say(words: BinaryIO, word: Word, value: object) -> None:
    _send(words, _reply(word, value))


def _send(words: BinaryIO, message: bytes) -> None:
    left = memoryview(message)
    while left:
        left = left[words.write(left) :]


def _message(tasks: BinaryIO) -> bytes:
    (length,) = LENGTH.unpack(_exactly(tasks, LENGTH.size))
    return _exactly(tasks, length)


def _exactly(tasks: BinaryIO, count: int) -> bytes:
    data = tasks.read(count)
    if len(data) < count:
        raise EOFError
    return data


def _limit(megabytes: int) -> None:
    """Bound what the process may hold: `megabytes` (10^6 bytes) of memory of its own, and no dump of it on the disk.

    Linux counts into RLIMIT_DATA what a process may write (setrlimit(2)), not what it merely sets aside. Elsewhere address space is
    the nearest there is; macOS bounds neither, and takes the worker only when the machine has no more.
    """
    held = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    for kind, limit in ((resource.RLIMIT_CORE, 0), (held, megabytes * 1_000_000)):
        with suppress(ValueError, OSError):  # a lower limit holds already, or the platform has none
            resource.setrlimit(kind, (limit, limit))
    with suppress(OSError):
        _OOM_SCORE.write_text("500", encoding="ascii")  # where memory runs out, a worker goes before the bot does
