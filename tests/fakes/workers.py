"""Workers that are this very process: what they do is quick, and raises what it raises."""

from collections.abc import Callable
from typing import TypeVar, TypeVarTuple

from bot.bounded import Workers

_Arguments = TypeVarTuple("_Arguments")
_Result = TypeVar("_Result")


class HereWorkers(Workers):
    """Runs what workers are given where it is. `allowed` is how long what was run last might have taken, in seconds."""

    def __init__(self) -> None:
        super().__init__(1, seconds=1, megabytes=1)
        self.allowed: float | None = None

    async def run(
        self,
        function: Callable[[*_Arguments], _Result],
        *arguments: *_Arguments,
        seconds: float | None = None,
    ) -> _Result:
        """What the function gives."""
        self.allowed = seconds
        return function(*arguments)
