"""Recording the speakers of articles and what the articles call them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.records import AliasKind, NewAlias, NewSpeaker, SpeakerKind
from storage.rows import batches
from storage.schema import LONGEST_NAME, Alias, Base, Speaker, SpeakerWord
from storage.terms import see_that_it_is_storable, terms

_Identity = tuple[str | None, SpeakerKind, str | None]
_NONE: Mapping[int, str] = {}
_speakers, _aliases, _words = (Base.metadata.tables[table.__tablename__] for table in (Speaker, Alias, SpeakerWord))
_speaker = _speakers.c
_ADD = insert(_speakers).returning(_speaker.id, _speaker.key, _speaker.kind, _speaker.name)
_ADD_ALIAS, _ADD_WORD = insert(_aliases), insert(_words)
_ROWS = select(_speaker.id, _speaker.key, _speaker.kind, _speaker.name).order_by(_speaker.id.desc())
_OWN = _ROWS.where(_speaker.article_id == bindparam("article"), _speaker.key.is_(None))
_SHARED = _ROWS.where(_speaker.key.in_(bindparam("keys", expanding=True)))
_WORDS_OF = select(_words.c.word, _words.c.speaker_id).where(_words.c.speaker_id.in_(bindparam("speakers", expanding=True)))


async def save(session: AsyncSession, speaker: NewSpeaker, *, article_id: int) -> int:
    """The number of the speaker with that key and kind, or, without a key, of the article's own with that name and kind.

    Made if there is none. The aliases are recorded apart, by `record_aliases`.
    """
    (speaker_id,), made = await _saved(session, [speaker], article_id)
    await _add_words(session, {}, made)
    return speaker_id


async def save_all(
    session: AsyncSession, speakers: Sequence[NewSpeaker], *, article_id: int, version_id: int, is_new: bool = False
) -> list[int]:
    """Save the speakers of a version with their aliases in few statements, however many they are. Returns their numbers in order.

    `is_new` says that the version was just stored, so that nothing is recorded of it.
    """
    speaker_ids, made = await _saved(session, speakers, article_id, is_new=is_new)
    aliases: dict[int, list[NewAlias]] = defaultdict(list)
    for speaker_id, speaker in zip(speaker_ids, speakers, strict=True):
        aliases[speaker_id] += speaker.aliases
    await _record(session, version_id, aliases, made=made, is_new=is_new)
    return speaker_ids


async def create(session: AsyncSession, name: str, kind: SpeakerKind) -> int:
    """Make a speaker that a person named: no article's reading ends up with it by itself.

    Raises `StorageError` for a name that no database can hold.
    """
    see_that_it_is_storable("The name", name)
    speaker_id = (await session.scalars(insert(Speaker).values(name=name, kind=kind).returning(Speaker.id))).one()
    await _add_words(session, {}, {speaker_id: name})
    return speaker_id


async def record_aliases(session: AsyncSession, speaker_id: int, version_id: int, aliases: Sequence[NewAlias]) -> None:
    """Record what a version calls a speaker, instead of what was recorded of the two before."""
    await _record(session, version_id, {speaker_id: aliases})


async def of_version(session: AsyncSession, version_id: int, kinds: Sequence[SpeakerKind]) -> list[tuple[str, AliasKind, int]]:
    """What a version calls those speakers of these kinds whom it names or quotes, each with the speaker's number."""
    rows = select(Alias.text, Alias.kind, Alias.speaker_id).join(Speaker, Speaker.id == Alias.speaker_id)
    found = await session.execute(rows.where(Alias.version_id == version_id, Speaker.kind.in_(kinds)).order_by(Alias.id))
    return [(row.text, row.kind, row.speaker_id) for row in found]


async def refresh_words(session: AsyncSession, speaker_ids: Iterable[int]) -> None:
    """Look up again by which words these speakers can be found, after articles that named them were taken down."""
    for some in batches(speaker_ids):
        await session.execute(delete(SpeakerWord).where(SpeakerWord.speaker_id.in_(some)))
        names = await session.execute(
            select(Speaker.id, Speaker.name)
            .where(Speaker.id.in_(some))
            .union(select(Alias.speaker_id, Alias.text).where(Alias.speaker_id.in_(some)))
        )
        texts: dict[int, list[str]] = defaultdict(list)
        for speaker_id, name in names:
            texts[speaker_id].append(name)
        await _add_words(session, texts)


async def _saved(
    session: AsyncSession, speakers: Sequence[NewSpeaker], article_id: int, *, is_new: bool = False
) -> tuple[list[int], dict[int, str]]:
    """The numbers of the speakers in order, and the names of those that were made, whose words are to be added."""
    wanted = [_identity(speaker) for speaker in speakers]
    known = await _known(session, wanted, article_id, is_new=is_new)
    made: dict[int, str] = {}
    new: dict[_Identity, NewSpeaker] = {}
    for identity, speaker in zip(wanted, speakers, strict=True):
        if identity not in known:
            new.setdefault(identity, speaker)
    if new:
        rows = [
            {"name": speaker.name, "kind": speaker.kind, "key": key, "article_id": article_id if key is None else None}
            for (key, _, _), speaker in new.items()
        ]
        # With what tells them apart: SQLite returns the numbers of several rows in no order that is promised.
        for row in await session.execute(_ADD, rows):
            known[_named(row.key, row.kind, row.name)] = row.id
            made[row.id] = row.name
    return [known[identity] for identity in wanted], made


async def _known(session: AsyncSession, wanted: Iterable[_Identity], article_id: int, *, is_new: bool) -> dict[_Identity, int]:
    """Those of the speakers that are stored. Of several of the article's own with one name, the first; one that `is_new` has none."""
    keys = {key for key, _, _ in wanted}
    known: dict[_Identity, int] = {}
    if None in keys and not is_new:
        known |= {(None, row.kind, row.name): row.id for row in await session.execute(_OWN, {"article": article_id})}
    if keys - {None}:
        known |= {(row.key, row.kind, None): row.id for row in await session.execute(_SHARED, {"keys": list(keys - {None})})}
    return known


def _identity(speaker: NewSpeaker) -> _Identity:
    """What makes two speakers of an article's reading one: the key and kind, or else the name and kind."""
    return _named(None if speaker.key is None else speaker.key[:LONGEST_NAME], speaker.kind, speaker.name)


def _named(key: str | None, kind: SpeakerKind, name: str) -> _Identity:
    return (None, kind, name) if key is None else (key, kind, None)


async def _record(
    session: AsyncSession,
    version_id: int,
    aliases: Mapping[int, Sequence[NewAlias]],
    *,
    made: Mapping[int, str] = _NONE,
    is_new: bool = False,
) -> None:
    """Record what a version calls speakers; `made` are the names of those that were made just now."""
    if not aliases:
        return
    if not is_new:
        await session.execute(delete(Alias).where(Alias.version_id == version_id, Alias.speaker_id.in_(aliases)))
    rows = [
        {"speaker_id": speaker_id, "version_id": version_id, "text": one.text, "kind": one.kind, "count": one.count}
        for speaker_id, given in aliases.items()
        for one in given
    ]
    if rows:
        await session.execute(_ADD_ALIAS, rows)
    await _add_words(session, {speaker_id: [one.text for one in given] for speaker_id, given in aliases.items()}, made)


async def _add_words(session: AsyncSession, texts: Mapping[int, Iterable[str]], made: Mapping[int, str] = _NONE) -> None:
    """Have speakers be found by the words of these texts, and those that were `made` just now by the words of their names."""
    words = {(word, speaker_id) for speaker_id, given in texts.items() for text in given for word in terms(text)}
    known_before = {speaker_id for _, speaker_id in words} - made.keys()
    if known_before:
        words -= {(row.word, row.speaker_id) for row in await session.execute(_WORDS_OF, {"speakers": sorted(known_before)})}
    words |= {(word, speaker_id) for speaker_id, name in made.items() for word in terms(name)}
    if words:
        await session.execute(_ADD_WORD, [{"word": word, "speaker_id": speaker_id} for word, speaker_id in sorted(words)])
