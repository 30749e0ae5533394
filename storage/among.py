"""Numbers of rows as one value of a statement, so that a statement about few is the same as one about many: it is put together once."""

import json
from collections.abc import Iterable

from sqlalchemy import ColumnElement, Integer, bindparam, func, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession


def among(session: AsyncSession, number: ColumnElement[int], numbers: Iterable[int]) -> ColumnElement[bool]:
    """That a number is one of these, however many they are."""
    listed = list(numbers)
    if session.get_bind().dialect.name == "sqlite":
        values = func.json_each(bindparam(None, json.dumps(listed))).table_valued("value")
        return number.in_(select(values.c.value))
    return number == func.any(bindparam(None, listed, ARRAY(Integer)))
