"""Refusals: the sentences of articles that say who gave no comment. None of them is a quote."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, RowMapping, and_, delete, false, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage import refusal_index
from storage.full_text import reach
from storage.records import NewRefusal, RefusalFilter, SpeakerKind, StoredRefusal, WaitingText
from storage.refusal_index import RefusalEntry
from storage.rows import AnyRow, AnySelect, batches, possible
from storage.schema import LONGEST_NAME, Article, Outlet, Refusal, RefusalsWaiting, Speaker, SpeakerWord, Version
from storage.terms import fold, storable, terms


async def replace(session: AsyncSession, version_id: int, refusals: Sequence[NewRefusal], *, is_new: bool = False) -> None:
    """Make `refusals` those of a version and of its article, and note that it was looked through.

    A sentence that stood in the article before keeps its number and when it was first read. Those that stand no longer are gone: kept,
    but not found as what stands now. Of an article that `is_new` there are none before.
    """
    if is_new and not refusals:
        return
    version = await _version(session, version_id)
    kept = select(Refusal.id, Refusal.words, Refusal.gone, Refusal.first_version_id, Refusal.read_at)
    kept = kept.where(Refusal.article_id == version.article_id).order_by(Refusal.gone, Refusal.id)
    before: list[AnyRow] = [] if is_new else list(await session.execute(kept))
    known: dict[str, list[AnyRow]] = defaultdict(list)
    for one in before:
        known[one.words].append(one)
    rows = [_row(version, refusal) for refusal in refusals]
    carried: list[dict[str, Any]] = []
    for row in rows:
        if same := known[row["words"]]:
            row |= _of_before(version, same.pop(0))
            carried.append(row)
    await refusal_index.unindex(session, [row["id"] for row in carried])
    if carried:
        await session.execute(update(Refusal), carried)
    left = [one.id for group in known.values() for one in group if not one.gone]
    for some in batches(left):
        await session.execute(update(Refusal).where(Refusal.id.in_(some)).values(gone=True, speaker_id=None, speaks_for_id=None))
    # One by one, as there are seldom two: SQLite returns the numbers of several rows in no order that is promised.
    for row in rows:
        if "id" not in row:
            row["id"] = (await session.scalars(insert(Refusal).values(row).returning(Refusal.id))).one()
    await refusal_index.index(session, [_entry(version, row["id"], refusal) for row, refusal in zip(rows, refusals, strict=True)])
    if not is_new:
        await session.execute(delete(RefusalsWaiting).where(RefusalsWaiting.version_id == version_id))


async def drop(session: AsyncSession, article_id: int) -> None:
    """Delete the refusals of an article."""
    await refusal_index.unindex(session, list(await session.scalars(select(Refusal.id).where(Refusal.article_id == article_id))))
    await session.execute(delete(Refusal).where(Refusal.article_id == article_id))


async def waiting(session: AsyncSession, limit: int) -> list[int]:
    """The articles of the versions that are to be looked through yet, of at most `limit`, those that were stored last first."""
    rows = select(Version.article_id).join(RefusalsWaiting, RefusalsWaiting.version_id == Version.id)
    return list(dict.fromkeys(await session.scalars(rows.order_by(RefusalsWaiting.version_id.desc()).limit(limit))))


async def waiting_of(session: AsyncSession, article_ids: Iterable[int]) -> list[WaitingText]:
    """The versions of these articles that are to be looked through yet, the oldest first."""
    found: list[WaitingText] = []
    for some in batches(article_ids):
        rows = select(Version.article_id, Version.id, Version.text).join(RefusalsWaiting, RefusalsWaiting.version_id == Version.id)
        found += [WaitingText(*row) for row in await session.execute(rows.where(Version.article_id.in_(some)))]
    return sorted(found, key=lambda one: one.version_id)


async def articles_with_any(session: AsyncSession, article_ids: Iterable[int]) -> set[int]:
    """Those of these articles that have a refusal, gone or not."""
    found: set[int] = set()
    for some in batches(article_ids):
        found |= set(await session.scalars(select(Refusal.article_id).where(Refusal.article_id.in_(some))))
    return found


async def wait_no_longer(session: AsyncSession, version_ids: Iterable[int]) -> None:
    """Note that these versions were looked through, of articles in which none was ever found: as `replace`, in one statement."""
    for some in batches(version_ids):
        await session.execute(delete(RefusalsWaiting).where(RefusalsWaiting.version_id.in_(some)))


async def count_waiting(session: AsyncSession) -> int:
    """How many versions are to be looked through yet."""
    return (await session.scalars(select(func.count()).select_from(RefusalsWaiting))).one()


async def find(session: AsyncSession, wanted: RefusalFilter) -> list[StoredRefusal]:
    """The refusals that `wanted` describes, at most `wanted.limit`, the newest first. What holds no word at all ("!?") matches nothing."""
    conditions = _in_time(wanted)
    if wanted.words or wanted.phrase:
        matching = refusal_index.about(session, wanted.words, wanted.phrase)
        conditions.append(false() if matching is None else Refusal.id.in_(matching))
    if wanted.called or wanted.speaker_ids:
        conditions.append(await _somebodys(session, wanted))
    if wanted.outlets is not None:
        named = [fold(outlet)[:LONGEST_NAME] for outlet in wanted.outlets if storable(outlet)]
        conditions.append(Refusal.article_id.in_(select(Article.id).join(Outlet).where(Outlet.folded.in_(named))))
    if wanted.article_ids is not None:
        conditions.append(Refusal.article_id.in_(wanted.article_ids))
    if wanted.kinds is not None:
        conditions.append(Refusal.kind.in_(wanted.kinds))
    if wanted.up_to_id is not None:
        conditions.append(Refusal.id <= wanted.up_to_id)
    best = select(Refusal.id).where(*conditions).order_by(Refusal.dated.desc(), Refusal.id.desc()).limit(wanted.limit).subquery("best")
    rows = _rows().join(best, best.c.id == Refusal.id).order_by(Refusal.dated.desc(), Refusal.id.desc())
    return [_stored(row) for row in (await session.execute(rows)).mappings()]


async def many(session: AsyncSession, refusal_ids: Iterable[int]) -> list[StoredRefusal]:
    """Those of the refusals that stand now, in the order of their numbers as given."""
    wanted = list(dict.fromkeys(refusal_ids))
    found: dict[int, StoredRefusal] = {}
    for some in batches(number for number in wanted if possible(number)):
        rows = await session.execute(_rows().where(Refusal.gone.is_(False), Refusal.id.in_(some)))
        found |= {row["id"]: _stored(row) for row in rows.mappings()}
    return [found[number] for number in wanted if number in found]


async def newest(session: AsyncSession) -> int:
    """The greatest number of a refusal; 0 where there is none."""
    return await session.scalar(select(func.max(Refusal.id))) or 0


def _in_time(wanted: RefusalFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.up_to_version is None:
        conditions.append(Refusal.gone.is_(False))
    else:
        last = select(func.max(Version.id)).where(Version.article_id == Refusal.article_id, Version.id <= wanted.up_to_version)
        conditions += [Refusal.first_version_id <= wanted.up_to_version, Refusal.version_id >= last.scalar_subquery()]
    if wanted.after_version is not None:
        conditions.append(Refusal.first_version_id > wanted.after_version)
    if wanted.version_ids is not None:
        conditions.append(Refusal.version_id.in_(wanted.version_ids))
    if wanted.since is not None:
        conditions.append(Refusal.dated >= wanted.since)
    if wanted.until is not None:
        conditions.append(Refusal.dated < wanted.until)
    if wanted.read_since is not None:
        conditions.append(Refusal.read_at >= wanted.read_since)
    return conditions


async def _somebodys(session: AsyncSession, wanted: RefusalFilter) -> ColumnElement[bool]:
    merged = await session.scalars(select(Speaker.id).where(Speaker.merged_into.in_(wanted.speaker_ids))) if wanted.speaker_ids else ()
    ids = [*wanted.speaker_ids, *merged]
    known = or_(Refusal.speaker_id.in_(ids), Refusal.speaks_for_id.in_(ids))
    called = refusal_index.of(session, wanted.called)
    if called is None:
        return known
    if not ids:
        return Refusal.id.in_(called)
    return or_(known, and_(Refusal.id.in_(called), ~_of_a_namesake(wanted.called)))


def _of_a_namesake(called: Iterable[str]) -> ColumnElement[bool]:
    """Whether the subject is, or speaks for, a known person who goes by all these words."""
    words = {term for word in called for term in terms(word)}
    theirs = or_(SpeakerWord.speaker_id == Refusal.speaker_id, SpeakerWord.speaker_id == Refusal.speaks_for_id)
    held = select(SpeakerWord.speaker_id).join(Speaker, Speaker.id == SpeakerWord.speaker_id).where(Speaker.kind == SpeakerKind.PERSON)
    held = held.where(theirs, SpeakerWord.word.in_(words)).group_by(SpeakerWord.speaker_id)
    return held.having(func.count() == len(words)).exists()


async def _version(session: AsyncSession, version_id: int) -> AnyRow:
    rows = select(Version.id, Version.article_id, Version.text, Version.headline, Version.published, Version.read_at)
    return (await session.execute(rows.where(Version.id == version_id))).one()


def _row(version: AnyRow, refusal: NewRefusal) -> dict[str, Any]:
    (start, end), (first, last) = refusal.shown, refusal.who
    return {
        "article_id": version.article_id,
        "version_id": version.id,
        "first_version_id": version.id,
        "kind": refusal.kind,
        "shown": (refusal.shown,),
        "who": (refusal.who,),
        "begins": refusal.begins,
        "ends": refusal.ends,
        "words": version.text[start:end],
        "who_words": version.text[first:last],
        "speaker_id": refusal.speaker_id,
        "speaks_for_id": refusal.speaks_for_id,
        "read_at": version.read_at,
        "dated": version.published or version.read_at,
        "gone": False,
    }


def _of_before(version: AnyRow, before: AnyRow) -> dict[str, Any]:
    """What a sentence keeps of the time when it stood first."""
    return {
        "id": before.id,
        "first_version_id": min(before.first_version_id, version.id),
        "read_at": min(before.read_at, version.read_at),
        "dated": version.published or min(before.read_at, version.read_at),
    }


def _entry(version: AnyRow, number: int, refusal: NewRefusal) -> RefusalEntry:
    start, end = reach(refusal.context, (refusal.shown,))
    who = f"{version.text[slice(*refusal.who)]} {refusal.called}".rstrip()
    return RefusalEntry(number, who, f"{version.text[start:end]}\n{version.headline or ''}")


def _rows() -> AnySelect:
    into = aliased(Speaker)
    return (
        select(
            Refusal.id,
            Refusal.article_id,
            Refusal.version_id,
            Refusal.shown,
            Refusal.words,
            Refusal.who_words.label("who"),
            Refusal.kind,
            Refusal.begins,
            Refusal.ends,
            func.coalesce(into.id, Speaker.id).label("speaker_id"),
            func.coalesce(into.name, Speaker.name).label("speaker_name"),
            Outlet.name.label("outlet"),
            Article.url,
            Version.headline,
            Version.published,
            Refusal.dated,
        )
        .select_from(Refusal)
        .join(Version, Version.id == Refusal.version_id)
        .join(Article, Article.id == Refusal.article_id)
        .outerjoin(Outlet, Outlet.id == Article.outlet_id)
        .outerjoin(Speaker, Speaker.id == Refusal.speaker_id)
        .outerjoin(into, into.id == Speaker.merged_into)
    )


def _stored(row: RowMapping) -> StoredRefusal:
    values = dict(row)
    ((start, end),) = values.pop("shown")
    return StoredRefusal(**values, start=start, end=end)
