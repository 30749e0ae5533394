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


def nothing() -> Failure:
    """A failure that does nothing."""
    return Failure(after=True)
