"""Table of bookmarks: how far a long file or folder has been read."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema.base import Base


class Bookmark(Base):
    """How far a file or folder was read that has not been read to its end."""

    __tablename__ = "bookmarks"

    path_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    content_sha256: Mapped[str] = mapped_column(String(64))
    done: Mapped[int]
    last_sha256: Mapped[str] = mapped_column(String(64))
