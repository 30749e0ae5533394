import pytest

from storage import corrections, speakers
from storage.database import Database
from storage.records import CorrectionKind, SpeakerKind, StoredCorrection
from tests.storage.sample import HOUR, NOON, person, store


async def three_corrections(database: Database) -> tuple[StoredCorrection, StoredCorrection, StoredCorrection]:
    async with database.writing() as session:
        stored = await store(session, "We will row, said Ada Quill.", "We will row", speaker=person("Ada Quill"))
        (ada,), (quote,) = stored.speakers, stored.quotes
        bo = await speakers.create(session, "Bo Lund", SpeakerKind.PERSON)
        cleo = await speakers.create(session, "Cleo Marsh", SpeakerKind.PERSON)
        fixed = await corrections.add(session, CorrectionKind.SPEAKER, author="ed", at=NOON, quote_id=quote, speaker_id=bo)
        merged = await corrections.add(session, CorrectionKind.MERGE, author="ida", at=NOON + HOUR, speaker_id=ada, other_speaker_id=bo)
        split = await corrections.add(
            session, CorrectionKind.SPLIT, author="ed", at=NOON, speaker_id=ada, other_speaker_id=cleo, article_ids=[stored.article_id, 99]
        )
    return (
        StoredCorrection(fixed, CorrectionKind.SPEAKER, quote, bo, None, (), "ed", NOON),
        StoredCorrection(merged, CorrectionKind.MERGE, None, ada, bo, (), "ida", NOON + HOUR),
        StoredCorrection(split, CorrectionKind.SPLIT, None, ada, cleo, (stored.article_id, 99), "ed", NOON),
    )


async def test_corrections_come_back_as_they_were_made(database: Database) -> None:
    fixed, merged, split = await three_corrections(database)
    async with database.reading() as session:
        assert await corrections.active(session) == [fixed, merged, split]
        assert await corrections.newest(session, 2) == [split, merged]
        assert await corrections.get(session, merged.id) == merged


async def test_the_corrections_of_quotes_and_of_speakers_are_told_apart(database: Database) -> None:
    fixed, merged, split = await three_corrections(database)
    bo, ada, cleo = fixed.speaker_id or 0, merged.speaker_id or 0, split.other_speaker_id or 0
    async with database.reading() as session:
        assert await corrections.active(session, quote_ids=[fixed.quote_id or 0]) == [fixed]
        assert await corrections.active(session, speaker_ids=[bo]) == [fixed, merged]
        assert await corrections.active(session, speaker_ids=[ada]) == [merged, split]
        assert await corrections.active(session, speaker_ids=[cleo, bo]) == [fixed, merged, split]
        assert await corrections.active(session, quote_ids=[fixed.quote_id or 0], speaker_ids=[cleo]) == [fixed, split]
        assert await corrections.active(session, quote_ids=[]) == await corrections.active(session, speaker_ids=[99]) == []


async def test_an_undone_correction_is_kept_with_who_and_when(database: Database) -> None:
    fixed, merged, split = await three_corrections(database)
    async with database.writing() as session:
        undone = await corrections.undo(session, merged.id, "jo", NOON + 2 * HOUR)
        assert await corrections.undo(session, merged.id, "ed", NOON + 3 * HOUR) is None, "it was undone before"
        assert await corrections.active(session) == [fixed, split]
        assert await corrections.get(session, merged.id) == undone
        assert await corrections.newest(session, 3) == [split, undone, fixed]
    assert undone is not None
    assert (undone.undone_at, undone.undone_by) == (NOON + 2 * HOUR, "jo")


@pytest.mark.parametrize("number", [0, -1, 99, 2**31, 10**40])
async def test_an_unknown_number_is_no_correction(database: Database, number: int) -> None:
    async with database.writing() as session:
        assert await corrections.get(session, number) is await corrections.undo(session, number, "ed", NOON) is None
