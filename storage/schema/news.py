"""What was read: articles and their versions, quotes, speakers, statements, and what people corrected."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import Ids, Spans, one_of
from storage.records import AliasKind, CorrectionKind, QuoteKind, RefusalKind, Reports, Span, SpeakerKind
from storage.schema.base import LONGEST_NAME, Base


class Outlet(Base):
    """A publisher. `folded` is its name without case and accents: one outlet however it is typed."""

    __tablename__ = "outlets"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    folded: Mapped[str] = mapped_column(String(LONGEST_NAME), unique=True)


class Article(Base):
    """An article, whatever its versions say. An identity or URL can be long, so their digests stand in the indices."""

    __tablename__ = "articles"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True)
    identity: Mapped[str]
    identity_sha256: Mapped[str] = mapped_column(String(64), unique=True)
    url: Mapped[str | None]
    url_sha256: Mapped[str | None] = mapped_column(String(64), index=True)
    outlet_id: Mapped[int | None] = mapped_column(ForeignKey("outlets.id"), index=True)
    unannounced: Mapped[bool] = mapped_column(server_default=false())


class Version(Base):
    """An article as it was read once. Never changed, but for `newest` and the engine that read its quotes."""

    __tablename__ = "versions"
    __table_args__ = (
        UniqueConstraint("article_id", "number"),
        Index("ix_versions_newest_of_article", "article_id", unique=True, sqlite_where=text("newest = 1"), postgresql_where=text("newest")),
        Index("ix_versions_newest_engine", "newest", "engine", "article_id"),
        Index("ix_versions_newest_read_at", "newest", "read_at"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    number: Mapped[int]
    newest: Mapped[bool]
    headline: Mapped[str | None]
    byline: Mapped[str | None]
    published: Mapped[datetime | None]
    language: Mapped[str | None]
    read_at: Mapped[datetime]
    engine: Mapped[str | None]
    text_sha256: Mapped[str] = mapped_column(String(64), index=True)
    text: Mapped[str]


class HeadlineWord(Base):
    """A word of the headline of an article's newest version, for finding articles by it."""

    __tablename__ = "headline_words"

    word: Mapped[str] = mapped_column(String(64), primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True)


class Unquoted(Base):
    """An article of whose newest version no quotes are taken, as it is in another language; `language` is a BCP 47 tag."""

    __tablename__ = "unquoted"

    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, autoincrement=False)
    language: Mapped[str]


class Speaker(Base):
    """Whoever says something. Those with a key are known across articles, others belong to one article or to a person's correction."""

    __tablename__ = "speakers"
    __table_args__ = (UniqueConstraint("key", "kind"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    kind: Mapped[SpeakerKind] = mapped_column(one_of(SpeakerKind, "kind"))
    key: Mapped[str | None] = mapped_column(String(LONGEST_NAME))
    article_id: Mapped[int | None] = mapped_column(ForeignKey("articles.id"), index=True)
    merged_into: Mapped[int | None] = mapped_column(ForeignKey("speakers.id"), index=True)


class Alias(Base):
    """What one version of an article calls a speaker, and how often."""

    __tablename__ = "aliases"

    id: Mapped[int] = mapped_column(primary_key=True)
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speakers.id", ondelete="CASCADE"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id", ondelete="CASCADE"), index=True)
    text: Mapped[str]
    kind: Mapped[AliasKind] = mapped_column(one_of(AliasKind, "kind"))
    count: Mapped[int]


class SpeakerWord(Base):
    """A word of a speaker's name or of one of its aliases, for finding speakers by it."""

    __tablename__ = "speaker_words"

    word: Mapped[str] = mapped_column(String(64), primary_key=True)
    speaker_id: Mapped[int] = mapped_column(ForeignKey("speakers.id", ondelete="CASCADE"), primary_key=True, index=True)


class Statement(Base):
    """One utterance that several quotes report."""

    __tablename__ = "statements"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True)


class Quote(Base):
    """One attribution in an article. It keeps its number while the article is edited or read again.

    `version_id` is the newest version in which it stands; `read_at` when it was first read; `dated` when that version
    was published, or else `read_at`. `read_speaker_id` is what the engine said, `speaker_id` what holds after corrections.
    """

    __tablename__ = "quotes"
    __table_args__ = (
        # With all that says whether a quote counts: whoever counts them reads the index and not one row.
        Index("ix_quotes_speaker_id_dated", "speaker_id", "dated", "reports", "gone", "rejected"),
        Index("ix_quotes_article_id_dated", "article_id", "dated", "reports", "gone", "rejected"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id", ondelete="CASCADE"), index=True)
    ordinal: Mapped[int]
    kind: Mapped[QuoteKind] = mapped_column(one_of(QuoteKind, "kind"))
    reports: Mapped[Reports] = mapped_column(one_of(Reports, "reports"), server_default=Reports.SPEECH)
    content: Mapped[tuple[Span, ...]] = mapped_column(Spans)
    source: Mapped[tuple[Span, ...]] = mapped_column(Spans)
    cue: Mapped[tuple[Span, ...]] = mapped_column(Spans)
    context: Mapped[tuple[Span, ...]] = mapped_column(Spans)
    words: Mapped[str]
    cue_words: Mapped[str]
    confidence: Mapped[float]
    read_at: Mapped[datetime] = mapped_column(index=True)
    dated: Mapped[datetime] = mapped_column(index=True)
    read_speaker_id: Mapped[int | None] = mapped_column(ForeignKey("speakers.id"), index=True)
    speaker_id: Mapped[int | None] = mapped_column(ForeignKey("speakers.id"))
    corrected: Mapped[bool] = mapped_column(server_default=false())
    rejected: Mapped[bool] = mapped_column(server_default=false())
    gone: Mapped[bool] = mapped_column(server_default=false())
    statement_id: Mapped[int | None] = mapped_column(ForeignKey("statements.id"), index=True)


class Refusal(Base):
    """A sentence of an article that says who gave no comment. It keeps its number while the article is edited or read again.

    `first_version_id` is the version in which it stood first and `version_id` the newest; `read_at` and `dated` are as of a quote.
    """

    __tablename__ = "refusals"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id", ondelete="CASCADE"), index=True)
    first_version_id: Mapped[int] = mapped_column(ForeignKey("versions.id", ondelete="CASCADE"), index=True)
    kind: Mapped[RefusalKind] = mapped_column(one_of(RefusalKind, "kind"))
    shown: Mapped[tuple[Span, ...]] = mapped_column(Spans)
    who: Mapped[tuple[Span, ...]] = mapped_column(Spans)
    begins: Mapped[bool]
    ends: Mapped[bool]
    words: Mapped[str]
    who_words: Mapped[str]
    speaker_id: Mapped[int | None] = mapped_column(ForeignKey("speakers.id", ondelete="SET NULL"), index=True)
    speaks_for_id: Mapped[int | None] = mapped_column(ForeignKey("speakers.id", ondelete="SET NULL"), index=True)
    read_at: Mapped[datetime] = mapped_column(index=True)
    dated: Mapped[datetime] = mapped_column(index=True)
    gone: Mapped[bool] = mapped_column(server_default=false())


class RefusalsWaiting(Base):
    """A version that was stored before refusals were, and that was not looked through for them yet."""

    __tablename__ = "refusals_waiting"

    version_id: Mapped[int] = mapped_column(ForeignKey("versions.id", ondelete="CASCADE"), primary_key=True)


class Correction(Base):
    """What a person put right, kept with its author even after it was undone."""

    __tablename__ = "corrections"
    __table_args__ = {"sqlite_autoincrement": True}  # noqa: RUF012

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[CorrectionKind] = mapped_column(one_of(CorrectionKind, "kind"))
    quote_id: Mapped[int | None] = mapped_column(ForeignKey("quotes.id", ondelete="CASCADE"), index=True)
    speaker_id: Mapped[int | None] = mapped_column(ForeignKey("speakers.id"), index=True)
    other_speaker_id: Mapped[int | None] = mapped_column(ForeignKey("speakers.id"), index=True)
    article_ids: Mapped[tuple[int, ...]] = mapped_column(Ids)
    author: Mapped[str]
    at: Mapped[datetime]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str | None]


class RemovedArticle(Base):
    """The mark of an article taken down. Its text is gone; the digest recognises a copy of it under another file name."""

    __tablename__ = "removals"

    identity_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    identity: Mapped[str]
    text_sha256: Mapped[str] = mapped_column(String(64), index=True)
    author: Mapped[str]
    at: Mapped[datetime]
