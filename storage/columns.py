"""Column types that mean the same on SQLite and on PostgreSQL."""

from datetime import UTC, datetime
from enum import Enum as PythonEnum

from sqlalchemy import JSON, DateTime, Dialect, Enum
from sqlalchemy.types import TypeDecorator

from storage.records import Span


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: timezone-aware in Python on both engines. A naive datetime is refused with `ValueError`."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware datetime into UTC; SQLite, which keeps no zone, gets it without."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"A moment needs a time zone: {value!r}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - the base class's signature
        """Give back UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Spans(TypeDecorator[tuple[Span, ...]]):
    """A list of (start, end) character offsets, kept as JSON."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[Span, ...] | None, dialect: Dialect) -> list[list[int]] | None:  # noqa: ARG002
        """Turn spans into what JSON holds."""
        return None if value is None else [list(span) for span in value]

    def process_result_value(self, value: list[list[int]] | None, dialect: Dialect) -> tuple[Span, ...] | None:  # noqa: ARG002
        """Turn JSON's lists back into spans."""
        return None if value is None else tuple((start, end) for start, end in value)


class Ids(TypeDecorator[tuple[int, ...]]):
    """A list of row numbers, kept as JSON."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[int, ...] | None, dialect: Dialect) -> list[int] | None:  # noqa: ARG002
        """Turn numbers into what JSON holds."""
        return None if value is None else list(value)

    def process_result_value(self, value: list[int] | None, dialect: Dialect) -> tuple[int, ...] | None:  # noqa: ARG002
        """Turn JSON's list back into numbers."""
        return None if value is None else tuple(value)


class Texts(TypeDecorator[tuple[str, ...]]):
    """A list of short texts, kept as JSON."""

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> list[str] | None:  # noqa: ARG002
        """Turn texts into what JSON holds."""
        return None if value is None else list(value)

    def process_result_value(self, value: list[str] | None, dialect: Dialect) -> tuple[str, ...] | None:  # noqa: ARG002
        """Turn JSON's list back into texts."""
        return None if value is None else tuple(value)


def one_of(values: type[PythonEnum], name: str) -> Enum:
    """A column that holds one of the enumeration's values as text; the database refuses any other."""
    return Enum(
        values,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=20,
        values_callable=lambda kind: [member.value for member in kind],
    )
