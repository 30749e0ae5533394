"""Speakers: finding, merging and dropping them. How articles make them known is in `storage/aliases.py`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import ColumnElement, Select, and_, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from storage.aliases import create, record_aliases, refresh_words, save, save_all
from storage.records import AliasKind, Reports, StoredSpeaker
from storage.rows import batches, possible
from storage.schema import LONGEST_NAME, Alias, Correction, Quote, Refusal, Speaker, SpeakerWord, Version
from storage.terms import terms

__all__ = [
    "by_keys",
    "create",
    "delete_orphans",
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
    """Every speaker one of whose names or descriptions holds all these words, most quoted first.

    Whole words count, without case and accents. A merged speaker stands for the one it is merged into.
    """
    wanted = {term for word in words for term in terms(word)}
    if not wanted:
        return []
    holding = (
        select(SpeakerWord.speaker_id)
        .where(SpeakerWord.word.in_(wanted))
        .group_by(SpeakerWord.speaker_id)
        .having(func.count() == len(wanted))
    )
    targets = await _targets(session, await session.scalars(holding))
    return _most_quoted_first([one for one in await _stored(session, targets) if _is_called(one, wanted)])


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


async def _members(session: AsyncSession, speaker_ids: Iterable[int]) -> dict[int, int]:
    """Each of these speakers and all that are merged into it, with the one of these that they count for."""
    counts_for = {speaker_id: speaker_id for speaker_id in speaker_ids}
    looked_at = list(counts_for)
    while looked_at:
        further: list[int] = []
        for some in batches(looked_at):
            for row in await session.execute(select(Speaker.id, Speaker.merged_into).where(Speaker.merged_into.in_(some))):
                if row.id not in counts_for:
                    counts_for[row.id] = counts_for[row.merged_into]
                    further.append(row.id)
        looked_at = further
    return counts_for


async def _stored(session: AsyncSession, speaker_ids: Iterable[int]) -> list[StoredSpeaker]:
    counts_for = await _members(session, speaker_ids)
    called = await _called(session, counts_for)
    found: list[StoredSpeaker] = []
    for some in batches(counts_for.values()):
        live = select(Quote.speaker_id, Quote.reports, func.count().label("quotes")).where(
            Quote.speaker_id.in_(some), Quote.gone.is_(False), Quote.rejected.is_(False)
        )
        grouped = await session.execute(live.group_by(Quote.speaker_id, Quote.reports))
        quoted = {(row.speaker_id, row.reports): row.quotes for row in grouped}
        rows = select(Speaker.id, Speaker.name, Speaker.kind, Speaker.key, Speaker.article_id, Speaker.merged_into).where(
            Speaker.id.in_(some)
        )
        for row in (await session.execute(rows)).mappings():
            names_given = _by_count(called[row["id"], AliasKind.NAME])
            found.append(
                StoredSpeaker(
                    **row,
                    names=names_given if row["name"] in names_given else (row["name"], *names_given),
                    descriptions=_by_count(called[row["id"], AliasKind.DESCRIPTION]),
                    quotes=quoted.get((row["id"], Reports.SPEECH), 0),
                    attitudes=quoted.get((row["id"], Reports.ATTITUDE), 0),
                )
            )
    return found


async def _called(session: AsyncSession, counts_for: Mapping[int, int]) -> dict[tuple[int, AliasKind], dict[str, int]]:
    """What the articles call these speakers, and how often, by the speaker that each counts for and by kind."""
    called: dict[tuple[int, AliasKind], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for some in batches(counts_for):
        aliases = select(Alias.speaker_id, Alias.kind, Alias.text, func.sum(Alias.count).label("times")).where(Alias.speaker_id.in_(some))
        for row in await session.execute(aliases.group_by(Alias.speaker_id, Alias.kind, Alias.text)):
            called[counts_for[row.speaker_id], row.kind][row.text] += row.times
    return called


def _by_count(texts: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(sorted(texts, key=lambda text: (-texts[text], text)))


def _is_called(speaker: StoredSpeaker, words: set[str]) -> bool:
    return any(words <= set(terms(text)) for text in (*speaker.names, *speaker.descriptions))


def _most_quoted_first(speakers: Iterable[StoredSpeaker]) -> list[StoredSpeaker]:
    return sorted(speakers, key=lambda speaker: (-speaker.quotes, speaker.id))
