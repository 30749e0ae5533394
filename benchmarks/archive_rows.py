"""Articles of the made-up archive as rows of the store: what ingestion leaves of such articles, many of them in one statement."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert

from benchmarks.archive import (
    ArchiveArticle,
    ArchiveQuote,
    ArchiveRefusal,
    ArchiveSpeaker,
    outlets,
    published,
    unnamed,
)
from benchmarks.archive_vectors import Vectors
from bot.reading.shingles import is_copy, kept, shingles
from storage import full_text, refusal_index
from storage.database import Session
from storage.full_text import Entry
from storage.records import AliasKind, RefusalKind, Reports
from storage.refusal_index import RefusalEntry
from storage.schema import (
    Alias,
    Article,
    ArticleShingle,
    Base,
    Copy,
    HeadlineWord,
    Quote,
    QuoteEmbedding,
    Refusal,
    Speaker,
    SpeakerWord,
    Statement,
    TextEmbedding,
    Version,
)
from storage.terms import digest, terms

ENGINE = "made up"
_READ_LATER = timedelta(minutes=7)
ORDER: tuple[type[Base], ...] = (
    Article,
    Version,
    HeadlineWord,
    Speaker,
    SpeakerWord,
    Alias,
    Statement,
    Quote,
    Refusal,
    ArticleShingle,
    Copy,
)
"""The tables in the order in which they refer to each other."""

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Stored:
    """An article as it was stored, and the numbers of its quotes in their order. Its own number is that of its version as well."""

    article: ArchiveArticle
    quotes: tuple[int, ...]


class Rows:
    """Gathers the rows of articles and writes them. Numbers are given here, so that no row waits for another's."""

    def __init__(self, count: int, known: tuple[ArchiveSpeaker, ...]) -> None:
        self._count = count
        self._known = known
        self._outlets = {name: k for k, name in enumerate(outlets(), 1)}
        self._last: Counter[type[Base]] = Counter()
        self._heard: dict[int, int] = {}
        self._of: dict[type[Base], list[Row]] = defaultdict(list)
        self._entries: list[Entry] = []
        self._refusals: list[RefusalEntry] = []
        self._stored: list[Stored] = []

    def __len__(self) -> int:
        """How many articles were gathered."""
        return len(self._of[Article])

    def add(self, group: Iterable[ArchiveArticle]) -> None:
        """Take an article and its copies: what is said in one is said in all."""
        statements: dict[int, int] = {}
        together = list(group)
        for article in together:
            self._article(article, statements, is_told_again=len(together) > 1)
        self._story(together)

    async def write(self, session: Session) -> list[Stored]:
        """Write what was gathered, and let it go. Returns the articles."""
        for table in ORDER:
            await insert_rows(session, table, self._of[table])
        await full_text.add(session, self._entries)
        await refusal_index.index(session, self._refusals)
        self._of.clear()
        self._entries.clear()
        self._refusals.clear()
        stored, self._stored = self._stored, []
        return stored

    def _new(self, table: type[Base], **row: object) -> int:
        self._last[table] += 1
        self._of[table].append({"id": self._last[table], **row})
        return self._last[table]

    def _article(self, article: ArchiveArticle, statements: dict[int, int], *, is_told_again: bool) -> None:
        url = f"https://{article.outlet.removeprefix('The ').replace(' ', '-').lower()}.example.org/{article.number}"
        when = published(article, self._count)
        place = self._outlets[article.outlet]
        self._new(Article, identity=url, identity_sha256=digest(url), url=url, url_sha256=digest(url), outlet_id=place)
        self._new(
            Version,
            article_id=article.number,
            number=1,
            newest=True,
            headline=article.headline,
            byline=None,
            published=when,
            language=None,
            read_at=when + _READ_LATER,
            engine=ENGINE,
            text_sha256=digest(article.text),
            text=article.text,
        )
        self._of[HeadlineWord] += [{"word": word, "article_id": article.number} for word in dict.fromkeys(terms(article.headline))]
        quoted = Counter(quote.speaker for quote in article.quotes)
        if article.refusal is not None:
            quoted.setdefault(article.refusal.speaker, 0)
        numbers = {place: self._speaker(article, place, times) for place, times in quoted.items()}
        added = []
        for ordinal, quote in enumerate(article.quotes):
            told = is_told_again and quote.reports is Reports.SPEECH and article.speakers[quote.speaker] >= 0
            if told and ordinal not in statements:
                statements[ordinal] = self._new(Statement)
            added.append(self._quote(article, ordinal, quote, numbers[quote.speaker], statements[ordinal] if told else None, when))
        self._stored.append(Stored(article, tuple(added)))
        if article.refusal is not None:
            self._refusal(article, article.refusal, numbers[article.refusal.speaker], when)

    def _story(self, together: Sequence[ArchiveArticle]) -> None:
        """What copies are found by, and that all that are long enough tell the story of the first, whose text they have."""
        first, *copies = together
        of_text = shingles(first.text)
        found_by = sorted(kept(of_text))
        self._of[ArticleShingle] += [{"shingle": one, "article_id": article.number} for article in together for one in found_by]
        if is_copy(set(of_text), set(of_text)):
            self._of[Copy] += [{"article_id": copy.number, "first_id": first.number} for copy in copies]

    def _speaker(self, article: ArchiveArticle, place: int, times: int) -> int:
        known = article.speakers[place]
        one = self._known[known] if known >= 0 else unnamed(article)
        number = self._heard.get(known) if known >= 0 else None
        if number is None:
            number = self._new(Speaker, name=one.name, kind=one.kind, key=one.key, article_id=article.number if one.key is None else None)
            words = dict.fromkeys(terms(f"{one.name} {one.called} {one.role}"))
            self._of[SpeakerWord] += [{"word": word, "speaker_id": number} for word in words]
            if known >= 0:
                self._heard[known] = number
        names = {one.name: (AliasKind.NAME, 1), one.called: (AliasKind.NAME, times - 1), one.role: (AliasKind.DESCRIPTION, 1)}
        for name, (kind, count) in names.items():
            if name and count > 0:
                self._new(Alias, speaker_id=number, version_id=article.number, text=name, kind=kind, count=count)
        return number

    def _quote(
        self, article: ArchiveArticle, ordinal: int, quote: ArchiveQuote, speaker: int, statement: int | None, when: datetime
    ) -> int:
        words = article.text[slice(*quote.content)]
        number = self._new(
            Quote,
            article_id=article.number,
            version_id=article.number,
            ordinal=ordinal,
            kind=quote.kind,
            reports=quote.reports,
            content=(quote.content,),
            source=(quote.source,),
            cue=(quote.cue,),
            context=(quote.context,),
            words=words,
            cue_words=article.text[slice(*quote.cue)],
            confidence=quote.confidence,
            read_at=when + _READ_LATER,
            dated=when,
            read_speaker_id=speaker,
            speaker_id=speaker,
            corrected=False,
            rejected=False,
            gone=False,
            statement_id=statement,
        )
        self._entries.append(Entry.of(number, words, article.text, quote.context, article.headline))
        return number

    def _refusal(self, article: ArchiveArticle, refusal: ArchiveRefusal, speaker: int, when: datetime) -> None:
        words, who = article.text[slice(*refusal.shown)], article.text[slice(*refusal.who)]
        number = self._new(
            Refusal,
            article_id=article.number,
            version_id=article.number,
            first_version_id=article.number,
            kind=RefusalKind.DECLINED,
            shown=(refusal.shown,),
            who=(refusal.who,),
            begins=True,
            ends=True,
            words=words,
            who_words=who,
            speaker_id=speaker,
            speaks_for_id=None,
            read_at=when + _READ_LATER,
            dated=when,
            gone=False,
        )
        self._refusals.append(RefusalEntry(number, who, f"{words}\n{article.headline}"))


async def insert_vectors(session: Session, stored: Iterable[Stored], vectors: Vectors) -> None:
    """Insert the vectors of these articles and of their quotes."""
    texts: list[Row] = []
    quotes: list[Row] = []
    for one in stored:
        given = vectors.of(one.article)
        texts.append({"version_id": one.article.number, "model": vectors.model, "paragraphs": given.paragraphs})
        quotes += [
            {"quote_id": number, "cell": quote.cell, "paragraph": quote.paragraph, "vector": quote.vector}
            for number, quote in zip(one.quotes, given.quotes, strict=True)
        ]
    await insert_rows(session, TextEmbedding, texts)
    await insert_rows(session, QuoteEmbedding, quotes)


async def insert_rows(session: Session, table: type[Base], rows: list[Row]) -> None:
    """Insert rows into a table in one statement."""
    if rows:
        await session.execute(insert(Base.metadata.tables[table.__tablename__]), rows)
