"""Speakers: finding, merging and dropping them. How articles make them known is in `storage/aliases.py`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, Select, and_, bindparam, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.aliases import create, record_aliases, refresh_words, save, save_all
from storage.among import among
from storage.records import AliasKind, Reports, SpeakerKind, StoredSpeaker
from storage.rows import batches, possible
from storage.schema import LONGEST_NAME, Alias, Base, Correction, Quote, Refusal, Speaker, SpeakerWord, Version
from storage.terms import terms

__all__ = [
    "by_keys",
    "create",
    "delete_orphans",
    "descriptions",
    "find",
    "get",
    "many",
    "most_quoted",
    "names",
    "of_article",
    "quoted",
    "record_aliases",
    "refresh_words",
    "save",
    "save_all",
    "set_merged",
    "speakers_of",
]


_COUNTED = 20_000
_MOST_FOUND = 500
_COUNTS = {"quotes": Reports.SPEECH, "attitudes": Reports.ATTITUDE}
_speaker = Base.metadata.tables[Speaker.__tablename__].c
_PEOPLE = select(_speaker.id, _speaker.key).where(_speaker.key.in_(bindparam("keys", expanding=True)), _speaker.kind == SpeakerKind.PERSON)
_SMALL = frozenset({"a", "an", "and", "at", "for", "in", "of", "the", "to"})
"""Words that stand in most descriptions: nobody is looked up by them where there are others."""


async def set_merged(session: AsyncSession, targets: Mapping[int, int | None]) -> None:
    """Set into which speaker each of these is merged (None: into none)."""
    together: dict[int | None, list[int]] = defaultdict(list)
    for speaker_id, target in targets.items():
        together[target].append(speaker_id)
    for target, speaker_ids in together.items():
        for some in batches(speaker_ids):
            await session.execute(update(Speaker).where(Speaker.id.in_(some)).values(merged_into=target))


async def delete_orphans(session: AsyncSession, *, among: Iterable[int] | None = None) -> int:
    """Delete the speakers, all or `among` these, that no quote, refusal, correction or merge refers to. Returns how many."""
    merged = aliased(Speaker)
    orphaned = and_(
        ~select(Quote.id).where(Quote.speaker_id == Speaker.id).exists(),
        ~select(Quote.id).where(Quote.read_speaker_id == Speaker.id).exists(),
        ~select(Refusal.id).where(Refusal.speaker_id == Speaker.id).exists(),
        ~select(Refusal.id).where(Refusal.speaks_for_id == Speaker.id).exists(),
        ~select(Correction.id).where(Correction.speaker_id == Speaker.id).exists(),
        ~select(Correction.id).where(Correction.other_speaker_id == Speaker.id).exists(),
        ~select(merged.id).where(merged.merged_into == Speaker.id).exists(),
    )
    conditions = [orphaned] if among is None else [and_(orphaned, Speaker.id.in_(some)) for some in batches(among)]
    found = [speaker_id for condition in conditions for speaker_id in await session.scalars(select(Speaker.id).where(condition))]
    for some in batches(found):
        await session.execute(delete(Speaker).where(Speaker.id.in_(some)))
    return len(found)


async def get(session: AsyncSession, speaker_id: int) -> StoredSpeaker | None:
    """A speaker by its number, merged or not."""
    found = await _stored(session, [speaker_id]) if possible(speaker_id) else []
    return found[0] if found else None


async def many(session: AsyncSession, speaker_ids: Sequence[int]) -> list[StoredSpeaker]:
    """The speakers of these numbers, in their order; numbers that are none are passed over."""
    stored = {one.id: one for one in await _stored(session, speaker_ids)}
    return [stored[speaker_id] for speaker_id in speaker_ids if speaker_id in stored]


async def by_keys(session: AsyncSession, keys: Iterable[str]) -> list[StoredSpeaker]:
    """The speakers known across articles under these keys, of every kind, by number."""
    speaker_ids: list[int] = []
    for some in batches(key[:LONGEST_NAME] for key in keys):
        speaker_ids += await session.scalars(select(Speaker.id).where(Speaker.key.in_(some)))
    return sorted(await _stored(session, speaker_ids), key=lambda speaker: speaker.id)


async def descriptions(session: AsyncSession, keys: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """What the people known across articles under these keys are described as, most often first, by key."""
    found: dict[int, str] = {}
    for some in batches(key[:LONGEST_NAME] for key in keys):
        found |= {row.id: row.key for row in await session.execute(_PEOPLE, {"keys": some})}
    called = await _called(session, list(found)) if found else {}
    return {key: _by_count(called.get((speaker_id, AliasKind.DESCRIPTION), {})) for speaker_id, key in found.items()}


async def of_article(session: AsyncSession, article_id: int) -> list[StoredSpeaker]:
    """The speakers whom an article's newest version names or quotes, as read and as corrected; most quoted first."""
    return _most_quoted_first(await _stored(session, await speakers_of(session, article_id)))


async def speakers_of(session: AsyncSession, article_id: int) -> list[int]:
    """The numbers of the speakers whom an article names or quotes."""
    quoted = select(Quote.read_speaker_id, Quote.speaker_id).where(Quote.article_id == article_id, Quote.gone.is_(False))
    named = select(Alias.speaker_id).join(Version, Version.id == Alias.version_id).where(Version.article_id == article_id, Version.newest)
    both = {speaker_id for row in await session.execute(quoted) for speaker_id in row if speaker_id is not None}
    return sorted(both | set(await session.scalars(named)))


async def find(session: AsyncSession, words: Sequence[str]) -> list[StoredSpeaker]:
    """The speakers one of whose names or descriptions holds all these words, most quoted first.

    Of very many it is the most quoted, and those whose name is these words.
    Whole words count, without case and accents. A merged speaker stands for the one it is merged into.
    """
    wanted = {term for word in words for term in terms(word)}
    if not wanted:
        return []
    looked_up = wanted - _SMALL or wanted
    holding = (
        select(SpeakerWord.speaker_id)
        .where(SpeakerWord.word.in_(looked_up))
        .group_by(SpeakerWord.speaker_id)
        .having(func.count() == len(looked_up))
    )
    targets = await _targets(session, (await session.scalars(holding)).all())
    if len(targets) > _MOST_FOUND:
        targets = await _most_quoted_or_called(session, targets, " ".join(words))
    return _most_quoted_first([one for one in await _stored(session, targets) if _is_called(one, wanted)])


async def _most_quoted_or_called(session: AsyncSession, speaker_ids: Iterable[int], name: str) -> set[int]:
    """Those of the speakers that are most quoted, and those of that very name."""
    live = and_(among(session, Quote.__table__.c.speaker_id, speaker_ids), Quote.gone.is_(False), Quote.rejected.is_(False))
    counting = select(Quote.speaker_id).where(live).group_by(Quote.speaker_id)
    most = await session.scalars(counting.order_by(func.count().desc(), Quote.speaker_id).limit(_MOST_FOUND))
    called = among(session, Speaker.__table__.c.id, speaker_ids), func.lower(Speaker.name) == name.lower()
    return {*filter(None, most), *await session.scalars(select(Speaker.id).where(*called))}


async def names(session: AsyncSession, limit: int) -> list[str]:
    """The names of the speakers most quoted among the newest quotes, first the most: all quotes are too many to count for a hint."""
    live = (Quote.speaker_id.is_not(None), Quote.reports == Reports.SPEECH, Quote.gone.is_(False), Quote.rejected.is_(False))
    newest = select(Quote.speaker_id).where(*live).order_by(Quote.id.desc()).limit(_COUNTED).subquery("found")
    counting = select(newest.c.speaker_id, func.count().label("count")).group_by(newest.c.speaker_id)
    counted = counting.order_by(func.count().desc(), newest.c.speaker_id).limit(limit).subquery("best")
    rows = select(Speaker.name).join(counted, counted.c.speaker_id == Speaker.id).order_by(counted.c.count.desc(), Speaker.id)
    return list(await session.scalars(rows))


async def most_quoted(session: AsyncSession, limit: int) -> list[StoredSpeaker]:
    """The speakers most quoted, first the most."""
    return _most_quoted_first(await _stored(session, [row.id for row in await session.execute(by_quotes(limit))]))


async def quoted(session: AsyncSession) -> int:
    """How many speakers are quoted: all of whom `most_quoted` gives the first."""
    live = and_(Quote.reports == Reports.SPEECH, Quote.gone.is_(False), Quote.rejected.is_(False))
    return (await session.scalars(select(func.count(Quote.speaker_id.distinct())).where(live))).one()


def by_quotes(limit: int | None, *conditions: ColumnElement[bool]) -> Select[int, str]:
    """The numbers and names of speakers, most quoted first, counted over the quotes of which the conditions hold."""
    # Counted before the names are read: there are far more quotes than speakers wanted.
    counting = (
        select(Quote.speaker_id, func.count().label("count"))
        .where(Quote.speaker_id.is_not(None), Quote.reports == Reports.SPEECH, Quote.gone.is_(False), Quote.rejected.is_(False))
        .where(*conditions)
        .group_by(Quote.speaker_id)
    )
    if limit is not None:
        counting = counting.order_by(func.count().desc(), Quote.speaker_id).limit(limit)
    counted = counting.subquery("counted")
    return select(Speaker.id, Speaker.name).join(counted, counted.c.speaker_id == Speaker.id).order_by(counted.c.count.desc(), Speaker.id)


async def _targets(session: AsyncSession, speaker_ids: Iterable[int]) -> set[int]:
    """The speakers that these are merged into in the end, or they themselves."""
    found: set[int] = set()
    seen: set[int] = set()
    looked_at = set(speaker_ids)
    while looked_at:
        seen |= looked_at
        further: set[int] = set()
        for some in batches(looked_at):
            for row in await session.execute(select(Speaker.id, Speaker.merged_into).where(Speaker.id.in_(some))):
                (found if row.merged_into is None else further).add(row.merged_into or row.id)
        looked_at = further - seen
    return found


async def _stored(session: AsyncSession, speaker_ids: Iterable[int]) -> list[StoredSpeaker]:
    wanted = list(dict.fromkeys(speaker_ids))
    if not wanted:
        return []
    called = await _called(session, wanted)
    live = and_(Quote.speaker_id == Speaker.id, Quote.gone.is_(False), Quote.rejected.is_(False))
    quoted = [func.count().filter(Quote.reports == reports).label(name) for name, reports in _COUNTS.items()]
    rows = select(Speaker.id, Speaker.name, Speaker.kind, Speaker.key, Speaker.article_id, Speaker.merged_into, *quoted)
    rows = rows.outerjoin(Quote, live).where(among(session, Speaker.__table__.c.id, wanted)).group_by(Speaker.id)
    found: list[StoredSpeaker] = []
    for row in (await session.execute(rows)).mappings().all():
        names_given = _by_count(called[row["id"], AliasKind.NAME])
        found.append(
            StoredSpeaker(
                **row,
                names=names_given if row["name"] in names_given else (row["name"], *names_given),
                descriptions=_by_count(called[row["id"], AliasKind.DESCRIPTION]),
            )
        )
    return found


async def _called(session: AsyncSession, speaker_ids: Sequence[int]) -> dict[tuple[int, AliasKind], dict[str, int]]:
    """What the articles call these speakers, and those merged into them who are none of these, and how often, by speaker and by kind."""
    of_these = among(session, Speaker.__table__.c.id, speaker_ids)
    family = select(Speaker.id, Speaker.id.label("counts_for")).where(of_these).cte("family", recursive=True)
    merged = select(Speaker.id, family.c.counts_for).join(family, Speaker.merged_into == family.c.id).where(~of_these)
    family = family.union(merged)
    aliases = select(family.c.counts_for, Alias.kind, Alias.text, func.sum(Alias.count)).select_from(family)
    aliases = aliases.join(Alias, Alias.speaker_id == family.c.id).group_by(family.c.counts_for, Alias.kind, Alias.text)
    called: dict[tuple[int, AliasKind], dict[str, int]] = defaultdict(dict)
    for speaker_id, kind, text, times in (await session.execute(aliases)).all():
        called[speaker_id, kind][text] = times
    return called


def _by_count(texts: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(sorted(texts, key=lambda text: (-texts[text], text)))


def _is_called(speaker: StoredSpeaker, words: set[str]) -> bool:
    return any(words <= set(terms(text)) for text in (*speaker.names, *speaker.descriptions))


def _most_quoted_first(speakers: Iterable[StoredSpeaker]) -> list[StoredSpeaker]:
    return sorted(speakers, key=lambda speaker: (-speaker.quotes, speaker.id))
