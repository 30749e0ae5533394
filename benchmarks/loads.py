"""How many people ask of a chat, and how they come: all at once, one after the other, or so many a second."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is asked: to warm up; at once, and that some times; one after the other; and so much `a_second`."""

    warm_up: int = 20
    at_once: int = 200
    times: int = 3
    one_by_one: int = 100
    paced: int = 100
    a_second: float = 10
