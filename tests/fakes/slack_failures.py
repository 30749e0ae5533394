"""What goes wrong with the app's requests when a test wishes it."""

from dataclasses import dataclass, field

from tests.fakes.held import Held
from tests.fakes.slack_records import Json


@dataclass
class Failure:
    """How the next requests of a method fail: with an error, a status, a dropped connection, or by hanging.

    Where `after` is true, Slack does first what it was asked for, and the failure is only in the answer.
    """

    error: str | None = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drop: bool = False
    held: Held | None = None
    after: bool = False
    times: int = 1

    @property
    def answer(self) -> Json:
        """What the request is answered with."""
        return {"ok": False, "error": self.error or ("dropped" if self.drop else "internal_error")}


class Failures:
    """The failures that are yet to come, by method."""

    def __init__(self) -> None:
        self._coming: dict[str, list[Failure]] = {}
        self._held: list[Held] = []

    def add(self, method: str, failure: Failure) -> None:
        """Let the next requests of the method fail, after those failures that were wished for before."""
        self._coming.setdefault(method, []).append(failure)
        self._held += [failure.held] if failure.held else []

    def take(self, method: str) -> Failure:
        """The failure of the request that has just come; one that does nothing where none was wished for."""
        coming = self._coming.get(method, [])
        if not coming:
            return Failure(after=True)
        coming[0].times -= 1
        return coming[0] if coming[0].times > 0 else coming.pop(0)

    def release_all(self) -> None:
        """Let every request go on that still hangs, and forget what was wished for."""
        for held in self._held:
            held.release()
        self._coming.clear()
