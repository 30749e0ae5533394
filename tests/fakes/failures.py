"""The failures that a test wishes for, kept until the requests come that they are for."""

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

from tests.fakes.held import Held


class _Failure(Protocol):
    held: Held | None
    times: int


_Kind = TypeVar("_Kind", bound=_Failure)


class Failures(Generic[_Kind]):
    """The failures that are yet to come, by the method or route of the requests; `nothing` makes one that does nothing."""

    def __init__(self, nothing: Callable[[], _Kind]) -> None:
        self._nothing = nothing
        self._coming: dict[str, list[_Kind]] = {}
        self._held: list[Held] = []

    def add(self, method: str, failure: _Kind) -> None:
        """Let the next requests of the method fail, after those failures that were wished for before."""
        self._coming.setdefault(method, []).append(failure)
        self._held += [failure.held] if failure.held else []

    def take(self, method: str) -> _Kind:
        """The failure of the request that has just come; one that does nothing where none was wished for."""
        coming = self._coming.get(method, [])
        if not coming:
            return self._nothing()
        coming[0].times -= 1
        return coming[0] if coming[0].times > 0 else coming.pop(0)

    def release_all(self) -> None:
        """Let every request go on that still hangs, and forget what was wished for."""
        for held in self._held:
            held.release()
        self._coming.clear()
