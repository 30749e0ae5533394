"""Tables of embeddings: where quotes and the paragraphs around them lie in the space of meanings (`bot/embedding/`)."""

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from storage.schema.base import Base


class TextEmbedding(Base):
    """The paragraphs of a version: their vectors, one behind the other, of `model`. A version without a row is still to be read so."""

    __tablename__ = "text_embeddings"

    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True)
    model: Mapped[str]
    paragraphs: Mapped[bytes]


class QuoteEmbedding(Base):
    """The vector of a quote where it stands, the cell of the space in which it lies, and its paragraph's place among those of the text."""

    __tablename__ = "quote_embeddings"
    __table_args__ = (Index("ix_quote_embeddings_cell_quote_id", "cell", "quote_id"),)

    quote_id: Mapped[int] = mapped_column(ForeignKey("quotes.id", ondelete="CASCADE"), primary_key=True)
    cell: Mapped[int]
    paragraph: Mapped[int]
    vector: Mapped[bytes]
