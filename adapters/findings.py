"""What a check of what is set up comes to, whatever the platform."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a check, and whether all is well with what it tells."""

    line: str
    well: bool = True
