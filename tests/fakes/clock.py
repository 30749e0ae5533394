"""A clock that tests hold in their hand."""

from datetime import UTC, datetime, timedelta


class FakeClock:
    """Says the same moment until it is moved on."""

    def __init__(self, now: datetime = datetime(2026, 11, 6, 12, tzinfo=UTC)) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        """Move on by these hours, days and so on."""
        self.now += timedelta(**by)
