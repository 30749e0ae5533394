"""What all tables have in common."""

from datetime import datetime

from sqlalchemy import MetaData, Text
from sqlalchemy.orm import DeclarativeBase

from storage.columns import Moment

LONGEST_NAME = 200
"""Names that stand in an index are cut to this many characters: PostgreSQL refuses index rows of a few thousand bytes."""


class Base(DeclarativeBase):
    """The base of all tables, with names for all constraints so that migrations can change them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: Moment, str: Text}  # noqa: RUF012 - SQLAlchemy reads it
