"""Tables of stories: which articles are copies of which, and by what they are found (`bot/reading/shingles.py`)."""

from sqlalchemy import BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema.base import LONGEST_NAME, Base


class ArticleShingle(Base):
    """A shingle that is kept of an article's newest text: articles that share one may be copies."""

    __tablename__ = "article_shingles"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012

    shingle: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True)


class Copy(Base):
    """An article that tells the story of another one in its words: that of the first publisher, which is no copy itself."""

    __tablename__ = "copies"

    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False)
    first_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), index=True)


class Credit(Base):
    """Whom an article names as the one that published it first: `folded` is that outlet as in its own table, or ""."""

    __tablename__ = "credits"

    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False)
    folded: Mapped[str] = mapped_column(String(LONGEST_NAME))


class ShinglesWaiting(Base):
    """An article that was stored before copies were looked for, and has not been looked at since."""

    __tablename__ = "shingles_waiting"

    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False)
