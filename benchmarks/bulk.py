"""The made-up archive into a database, many articles in one statement: row for row what ingestion leaves of such articles."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, insert, select, text

from benchmarks.archive import (
    QUOTES_EACH,
    SPEAKERS,
    ArchiveArticle,
    ArchiveQuote,
    ArchiveRefusal,
    ArchiveSpeaker,
    archive,
    outlets,
    published,
    speakers,
    unnamed,
)
from benchmarks.databases import opened
from storage import full_text, refusal_index
from storage.database import Session
from storage.full_text import Entry
from storage.records import AliasKind, RefusalKind, Reports
from storage.refusal_index import RefusalEntry
from storage.schema import (
    Alias,
    Article,
    Base,
    HeadlineWord,
    Outlet,
    Quote,
    Refusal,
    Speaker,
    SpeakerWord,
    Statement,
    Version,
)
from storage.terms import digest, fold, terms

ENGINE = "made up"
_AT_ONCE = 1_000
_READ_LATER = timedelta(minutes=7)
_ORDER: tuple[type[Base], ...] = (Article, Version, HeadlineWord, Speaker, SpeakerWord, Alias, Statement, Quote, Refusal)
"""The tables in the order in which they refer to each other."""

Row = dict[str, Any]
Say = Callable[[str], None]


class NotFilled(Exception):
    """A database holds something else than the archive that is wanted; the message says what to do."""


def articles_for(quotes: int) -> int:
    """How many articles an archive of about so many quotes has."""
    return max(1, round(quotes / QUOTES_EACH))


def archive_of(quotes: int, *, most: int | None = None) -> Iterator[ArchiveArticle]:
    """The articles of an archive of about so many quotes, in order, or the first of them."""
    return archive(min(articles_for(quotes), most or articles_for(quotes)), known=_known_for(quotes))


def speakers_of(quotes: int) -> tuple[ArchiveSpeaker, ...]:
    """Whom they can quote."""
    return speakers(_known_for(quotes))


def kept(store: Path, quotes: int, *, say: Say) -> str:
    """The URL of the SQLite file at `store`, which is made and filled if it is not there. Raises NotFilled.

    It is made under another name first: one that is there is whole.
    """
    if not store.exists():
        coming = store.with_name(f"{store.name}.part")
        for name in (coming, coming.with_name(f"{coming.name}-wal"), coming.with_name(f"{coming.name}-shm")):
            name.unlink(missing_ok=True)
        asyncio.run(fill(f"sqlite:///{coming}", quotes, say=say))
        coming.rename(store)
    url = f"sqlite:///{store}"
    asyncio.run(fill(url, quotes, say=say))
    return url


async def fill(url: str, quotes: int, *, say: Say) -> None:
    """Fill the empty database at `url` with an archive of about so many quotes, or see that it holds that one.

    Raises NotFilled for one that holds anything else, as does one whose filling was broken off.
    """
    count = articles_for(quotes)
    async with opened(url) as database:
        async with database.reading() as session:
            held = (await session.scalars(select(func.count()).select_from(Article))).one()
            ours = (await session.scalars(select(func.count()).select_from(Version).where(Version.engine == ENGINE))).one()
        if held:
            if not held == ours == count:
                raise NotFilled(f"{database.name} does not hold the archive of {count:,} articles: name another database, or delete it.")
            return
        async with database.writing() as session:
            left_out = await _without_indices(session)
            await _insert(session, Outlet, [{"id": k, "name": name, "folded": fold(name)} for k, name in enumerate(outlets(), 1)])
        rows = _Rows(count, speakers_of(quotes))
        for group in _with_copies(archive_of(quotes)):
            rows.add(group)
            if len(rows) >= _AT_ONCE or group[-1].number == count:
                async with database.writing() as session:
                    await rows.write(session)
                say(f"{group[-1].number:,} of {count:,} articles…")
        async with database.writing() as session:
            await _with_indices(session, left_out)


async def vectors(session: Session, entries: Sequence[Entry]) -> None:
    """Store the vectors of these quotes: there is no table for them yet."""


def _known_for(quotes: int) -> int:
    return max(50, min(SPEAKERS, round(quotes * 0.06)))


def _with_copies(articles: Iterable[ArchiveArticle]) -> Iterator[list[ArchiveArticle]]:
    """Each article with its copies, which follow it."""
    group: list[ArchiveArticle] = []
    for article in articles:
        if article.copy_of is None and group:
            yield group
            group = []
        group.append(article)
    yield group


class _Rows:
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

    def __len__(self) -> int:
        """How many articles were gathered."""
        return len(self._of[Article])

    def add(self, group: Iterable[ArchiveArticle]) -> None:
        """Take an article and its copies: what is said in one is said in all."""
        statements: dict[int, int] = {}
        together = list(group)
        for article in together:
            self._article(article, statements, is_told_again=len(together) > 1)

    async def write(self, session: Session) -> None:
        """Write what was gathered, and let it go."""
        for table in _ORDER:
            await _insert(session, table, self._of[table])
        await full_text.add(session, self._entries)
        await refusal_index.index(session, self._refusals)
        await vectors(session, self._entries)
        self._of.clear()
        self._entries.clear()
        self._refusals.clear()

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
        for ordinal, quote in enumerate(article.quotes):
            told = is_told_again and quote.reports is Reports.SPEECH and article.speakers[quote.speaker] >= 0
            if told and ordinal not in statements:
                statements[ordinal] = self._new(Statement)
            self._quote(article, ordinal, quote, numbers[quote.speaker], statements[ordinal] if told else None, when)
        if article.refusal is not None:
            self._refusal(article, article.refusal, numbers[article.refusal.speaker], when)

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
    ) -> None:
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


async def _insert(session: Session, table: type[Base], rows: list[Row]) -> None:
    if rows:
        await session.execute(insert(Base.metadata.tables[table.__tablename__]), rows)


async def _without_indices(session: Session) -> list[str]:
    """Drop PostgreSQL's indices of words: made when all is there, they take a tenth of the time. Returns what makes them again."""
    if session.get_bind().dialect.name != "postgresql":
        return []
    found = await session.execute(
        text("SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND indexdef LIKE '%USING gin%'")
    )
    indices = list(found)
    for name, _ in indices:
        await session.execute(text(f"DROP INDEX {name}"))
    return [made_by for _, made_by in indices]


async def _with_indices(session: Session, left_out: Iterable[str]) -> None:
    """Make them again, have the numbers go on where those given end, and have PostgreSQL look at what it holds, as it does by itself."""
    if session.get_bind().dialect.name != "postgresql":
        return
    await session.execute(text("SET LOCAL maintenance_work_mem = '1GB'"))
    for made_by in left_out:
        await session.execute(text(made_by))
    for name in (Outlet.__tablename__, *(table.__tablename__ for table in _ORDER)):
        if "id" in Base.metadata.tables[name].c:
            await session.execute(text(f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))"))  # noqa: S608
    await session.execute(text("ANALYZE"))
