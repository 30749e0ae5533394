"""Whether `verbatim serve` is well. Pure."""

from dataclasses import dataclass

LONGEST_SILENCE = 60.0
"""The seconds after which ticks have stopped: several were missed then."""

LONGEST_STANDSTILL = 600.0
"""The seconds after which what is being posted hangs: no single call to a platform may take nearly as long."""

MOST_FAILING = 6
"""The rounds in a row after which what is due is held not to be found: no passing trouble lasts as long."""


@dataclass(frozen=True, slots=True)
class Health:
    """How it goes; it is well unless there are `troubles`. `last_tick_seconds` is how long ago it last looked for what is due."""

    last_tick_seconds: float | None
    troubles: tuple[str, ...] = ()

    def as_json(self) -> dict[str, object]:
        """What /healthz answers."""
        told: dict[str, object] = {"status": "failing", "reason": " ".join(self.troubles)} if self.troubles else {"status": "ok"}
        return {**told, "last_tick_seconds": None if self.last_tick_seconds is None else round(self.last_tick_seconds, 1)}


def health(*, tick_age: float | None, silence: float, standstill: float, failing: int, store_is_read: bool) -> Health:
    """How it goes.

    By how long nothing was looked for, how long nothing that is being posted got on, how many rounds in a row met a mistake, and whether
    the store answers.
    """
    troubles = []
    if silence > LONGEST_SILENCE:
        troubles.append(f"What is due has not been looked for since {silence:.0f} seconds.")
    if standstill > LONGEST_STANDSTILL:
        troubles.append(f"What is being posted has not got on since {standstill:.0f} seconds.")
    if failing > MOST_FAILING:
        troubles.append(f"Looking for what is due has failed {failing} times in a row; the log says why.")
    if not store_is_read:
        troubles.append("The database cannot be read; the log says why.")
    return Health(tick_age, tuple(troubles))
