import pytest

from storage import articles, completing, corrections, quotes, speakers
from storage.database import Database
from storage.records import AliasKind, CorrectionKind, Effective, NewAlias, NewArticle, NewSpeaker, Reports, SpeakerKind
from tests.storage.sample import NOON, Stored, person, store

ADA = person("Ada Quill", "the harbour master", "Señora Quill")
ZOE = NewSpeaker("Zoë Adair", SpeakerKind.PERSON, "zoë adair", tuple(NewAlias(one, AliasKind.NAME) for one in ("Zoë Adair", "Dr Adair")))
UNNAMED = NewSpeaker("a spokesman", SpeakerKind.UNNAMED, None, (NewAlias("a spokesman for the port", AliasKind.DESCRIPTION),))


def text(number: int) -> str:
    return f"{number}. We will row, said someone. All of us."


async def heard(database: Database, number: int, speaker: NewSpeaker, *words: str) -> Stored:
    async with database.writing() as session:
        return await store(session, text(number), *(words or ("We will row",)), speaker=speaker)


async def test_a_speaker_with_a_key_is_one_across_articles(database: Database) -> None:
    one, two = await heard(database, 1, ADA), await heard(database, 2, ADA, "We will row", "All of us")
    assert one.speakers == two.speakers
    async with database.reading() as session:
        (speaker,) = await speakers.by_keys(session, ["ada quill", "nobody"])
        assert await speakers.get(session, one.speakers[0]) == speaker
    assert (speaker.name, speaker.kind, speaker.key) == ("Ada Quill", SpeakerKind.PERSON, "ada quill")
    assert speaker.article_id is speaker.merged_into is None
    assert (speaker.names, speaker.descriptions, speaker.quotes) == (("Ada Quill",), ("Señora Quill", "the harbour master"), 3)


async def test_a_key_of_another_kind_is_another_speaker(database: Database) -> None:
    one = await heard(database, 1, ADA)
    two = await heard(database, 2, NewSpeaker("Ada Quill", SpeakerKind.ORGANISATION, "ada quill"))
    async with database.reading() as session:
        assert [speaker.id for speaker in await speakers.by_keys(session, ["ada quill"])] == sorted(one.speakers + two.speakers)


async def test_a_speaker_without_a_key_belongs_to_its_article(database: Database) -> None:
    one, two = await heard(database, 1, UNNAMED), await heard(database, 2, UNNAMED)
    assert one.speakers != two.speakers
    async with database.writing() as session:
        assert await speakers.save(session, UNNAMED, article_id=one.article_id) == one.speakers[0]
        speaker = await speakers.get(session, one.speakers[0])
    assert speaker is not None
    assert (speaker.key, speaker.article_id) == (None, one.article_id)


async def test_all_speakers_of_a_version_are_saved_with_their_aliases_at_once(database: Database) -> None:
    known = await heard(database, 1, ADA)
    bo = person("Bo Lund")
    bo_again = NewSpeaker("Lund, Bo", SpeakerKind.PERSON, "bo lund", (NewAlias("Mr Lund", AliasKind.NAME, 3),))
    async with database.writing() as session:
        article = await articles.save(session, NewArticle("file:x", text(2)), at=NOON)
        article_id, version_id = article.article_id or 0, article.version_id or 0
        for _ in range(2):
            given = [bo, UNNAMED, ADA, bo_again]
            numbers = await speakers.save_all(session, given, article_id=article_id, version_id=version_id)
            found = [await speakers.get(session, number) for number in numbers]
            assert [speaker.name for speaker in found if speaker] == ["Bo Lund", "a spokesman", "Ada Quill", "Bo Lund"]
            assert found[0] is not None
            assert found[0].names == ("Mr Lund", "Bo Lund")
            assert numbers[2] == known.speakers[0]
        assert await speakers.save_all(session, [], article_id=article_id, version_id=version_id) == []


async def test_the_most_used_names_come_first(database: Database) -> None:
    stored = await heard(database, 1, ADA)
    given = [NewAlias("Mrs Quill", AliasKind.NAME, 2), NewAlias("Ada Quill", AliasKind.NAME), NewAlias("Quill", AliasKind.NAME, 5)]
    async with database.writing() as session:
        await speakers.record_aliases(session, stored.speakers[0], stored.version_id, given)
        speaker = await speakers.get(session, stored.speakers[0])
    assert speaker is not None
    assert (speaker.names, speaker.descriptions) == (("Quill", "Mrs Quill", "Ada Quill"), ())


async def test_a_speaker_always_has_its_own_name(database: Database) -> None:
    async with database.writing() as session:
        number = await speakers.create(session, "Bo Lund", SpeakerKind.PERSON)
        speaker = await speakers.get(session, number)
        assert [found.id for found in await speakers.find(session, ["lund"])] == [number]
    assert speaker is not None
    assert (speaker.names, speaker.key, speaker.article_id, speaker.quotes) == (("Bo Lund",), None, None, 0)


async def test_a_speaker_that_a_person_made_is_apart_from_the_one_that_is_read(database: Database) -> None:
    async with database.writing() as session:
        made = [await speakers.create(session, "Ada Quill", SpeakerKind.PERSON) for _ in range(2)]
    read = await heard(database, 1, ADA)
    assert len({*made, *read.speakers}) == 3


async def test_a_speaker_is_found_by_words_of_one_of_its_names_or_descriptions(database: Database) -> None:
    stored = await heard(database, 1, ADA)
    await heard(database, 2, person("Bo Lund"))
    for words in [
        ["Ada"],
        ["QUILL", "ada"],
        ["ada quill"],
        ["senora"],
        ["master", "harbour"],
        ["Quill's"],
        ["harbour", "!"],
        ["the", "the"],
    ]:
        async with database.reading() as session:
            assert [speaker.id for speaker in await speakers.find(session, words)] == list(stored.speakers), words


async def test_a_speaker_is_not_found_by_less_than_a_name(database: Database) -> None:
    await heard(database, 1, ADA)
    for words in [["qui"], ["ada", "harbour"], ["ada", "lund"], [], [""], ["🙂"], ["%"], ["\x00"], ["x" * 10_000]]:
        async with database.reading() as session:
            assert await speakers.find(session, words) == [], words


async def test_the_most_quoted_of_several_speakers_comes_first(database: Database) -> None:
    await heard(database, 1, person("Ida Quill"))
    await heard(database, 2, ADA, "We will row", "All of us")
    await heard(database, 3, person("Bo Lund"))
    async with database.reading() as session:
        assert [speaker.name for speaker in await speakers.find(session, ["quill"])] == ["Ada Quill", "Ida Quill"]
        assert await speakers.names(session, 2) == ["Ada Quill", "Ida Quill"]
        assert await speakers.quoted(session) == 3


async def test_of_very_many_who_are_called_so_the_most_quoted_are_found_and_whose_whole_name_it_is(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speakers, "_MOST_FOUND", 2)
    said = ("We will row", "All of us", "said someone")
    for number, (name, times) in enumerate([("Ada Quill", 1), ("Bo Quill", 3), ("Quill", 1), ("Ida Quill", 2)], 1):
        await heard(database, number, person(name), *said[:times])
    async with database.reading() as session:
        assert [speaker.name for speaker in await speakers.find(session, ["quill"])] == ["Bo Quill", "Ida Quill", "Quill"]


async def test_small_words_are_looked_up_only_by_themselves(database: Database) -> None:
    await heard(database, 1, NewSpeaker("the Head of Harbours", SpeakerKind.UNNAMED, None))
    await heard(database, 2, NewSpeaker("Head Harbours", SpeakerKind.UNNAMED, None))
    async with database.reading() as session:
        assert [one.name for one in await speakers.find(session, ["the", "head", "of", "harbours"])] == ["the Head of Harbours"]
        assert [one.name for one in await speakers.find(session, ["of", "the"])] == ["the Head of Harbours"]


async def test_what_somebody_wants_is_counted_apart_from_what_is_said(database: Database) -> None:
    async with database.writing() as session:
        await store(session, "She wants oars. She wants sails.", "oars", "sails", speaker=ADA, reports=Reports.ATTITUDE)
    await heard(database, 1, person("Bo Lund"))
    async with database.reading() as session:
        (ada,) = await speakers.find(session, ["ada"])
        assert (ada.quotes, ada.attitudes) == (0, 2)
        assert await speakers.names(session, 5) == ["Bo Lund"]
        assert await speakers.quoted(session) == 1


async def test_a_merged_speaker_stands_for_its_target(database: Database) -> None:
    ada, quill, master = [
        (await heard(database, n, person(name))).speakers[0] for n, name in enumerate(["Ada Quill", "A. Quill", "Harbour Master"])
    ]
    async with database.writing() as session:
        await speakers.set_merged(session, {quill: ada, master: quill})
        for words in (["ada"], ["a", "quill"], ["harbour"]):
            assert [speaker.id for speaker in await speakers.find(session, words)] == [ada]
        target = await speakers.get(session, ada)
        merged = await speakers.get(session, quill)
        assert target is not None
        assert merged is not None
        assert target.names == ("A. Quill", "Ada Quill", "Harbour Master")
        assert merged.merged_into == ada
        await speakers.set_merged(session, {quill: None})
        assert [speaker.id for speaker in await speakers.find(session, ["quill"])] == [ada, quill]
        assert [speaker.id for speaker in await speakers.find(session, ["harbour"])] == [quill]


async def test_speakers_merged_in_a_circle_do_not_hang_the_search(database: Database) -> None:
    ada, bo = (await heard(database, 1, ADA)).speakers[0], (await heard(database, 2, person("Bo Lund"))).speakers[0]
    async with database.writing() as session:
        await speakers.set_merged(session, {ada: bo, bo: ada})
        assert await speakers.find(session, ["ada"]) == []
        assert await speakers.get(session, ada) is not None


async def test_the_speakers_of_an_article_are_those_it_names_and_those_a_person_set(database: Database) -> None:
    stored = await heard(database, 1, ADA)
    await heard(database, 2, person("Cleo Marsh"))
    async with database.writing() as session:
        bo = await speakers.create(session, "Bo Lund", SpeakerKind.PERSON)
        await quotes.set_effective(session, [Effective(stored.quotes[0], bo, corrected=True, rejected=False)])
        assert [(speaker.name, speaker.quotes) for speaker in await speakers.of_article(session, stored.article_id)] == [
            ("Bo Lund", 1),
            ("Ada Quill", 0),
        ]


async def test_a_name_longer_than_any_index_takes_is_kept_whole(database: Database) -> None:
    name = "Ö" * 9_000
    one, two = await heard(database, 1, person(name)), await heard(database, 2, person(name))
    assert one.speakers == two.speakers
    async with database.reading() as session:
        assert [speaker.name for speaker in await speakers.by_keys(session, [name.casefold()])] == [name]


async def test_orphans_are_speakers_that_nothing_refers_to(database: Database) -> None:
    stored = await heard(database, 1, ADA)
    async with database.writing() as session:
        alone = await speakers.create(session, "Alone", SpeakerKind.PERSON)
        corrected = await speakers.create(session, "Corrected", SpeakerKind.PERSON)
        target = await speakers.create(session, "Target", SpeakerKind.PERSON)
        merged = await speakers.create(session, "Merged", SpeakerKind.PERSON)
        await corrections.add(session, CorrectionKind.SPEAKER, author="ed", at=NOON, quote_id=stored.quotes[0], speaker_id=corrected)
        await corrections.add(session, CorrectionKind.MERGE, author="ed", at=NOON, speaker_id=merged, other_speaker_id=target)
        await speakers.set_merged(session, {merged: target})
        assert await speakers.delete_orphans(session, among=[corrected, target, *stored.speakers]) == 0
        assert await speakers.delete_orphans(session) == 1
        assert await speakers.get(session, alone) is None
        for kept in (corrected, target, merged, *stored.speakers):
            assert await speakers.get(session, kept) is not None


async def test_a_speaker_of_a_gone_quote_is_no_orphan(database: Database) -> None:
    stored = await heard(database, 1, ADA)
    async with database.writing() as session:
        await quotes.replace(session, stored.version_id, [], [], {})
        assert await speakers.delete_orphans(session) == 0
        speaker = await speakers.get(session, stored.speakers[0])
        assert await speakers.names(session, 5) == []
    assert speaker is not None
    assert speaker.quotes == 0


async def test_an_unknown_number_is_no_speaker(database: Database) -> None:
    for number in [0, -1, 99, 2**31, 10**40]:
        async with database.reading() as session:
            assert await speakers.get(session, number) is None, number


async def test_an_article_without_quotes_has_no_speakers(database: Database) -> None:
    async with database.writing() as session:
        saved = await articles.save(session, NewArticle("file:x", "Nothing was said."), at=NOON)
        assert await speakers.of_article(session, saved.article_id or 0) == []


# --- names that begin so -----------------------------------------------------------------------


async def beginning(database: Database, typed: str, limit: int = 25) -> list[str]:
    async with database.reading() as session:
        return await completing.speakers_beginning(session, typed, limit)


@pytest.fixture
async def crowd(database: Database) -> Database:
    """Ada Quill is quoted most, then Zoë Adair, then the Harbour Board; a master of the harbour is Ada Quill, and Bo Lund is not quoted."""
    await heard(database, 1, ADA, "We will row", "All of us")
    await heard(database, 2, ADA)
    await heard(database, 3, ZOE, "We will row", "All of us")
    await heard(database, 4, NewSpeaker("the Harbour Board", SpeakerKind.ORGANISATION, "harbour board"))
    async with database.writing() as session:
        await store(session, text(5), speaker=person("Bo Lund"))
    return database


async def test_each_word_typed_begins_a_word_of_the_name(crowd: Database) -> None:
    for typed, names in [
        ("", ["Ada Quill", "Zoë Adair", "the Harbour Board"]),
        ("a", ["Ada Quill", "Zoë Adair"]),
        ("ADA", ["Ada Quill", "Zoë Adair"]),
        ("ada q", ["Ada Quill"]),
        ("qu", ["Ada Quill"]),
        ("quill ad", ["Ada Quill"]),
        ("zoe", ["Zoë Adair"]),
        ("ZOË a", ["Zoë Adair"]),
        ("harb", ["the Harbour Board"]),
        ("uill", []),
        ("Ada Quill and", []),
        ("master", []),
        ("lund", []),
        ("dr a", ["Zoë Adair"]),
        ("adair dr", ["Zoë Adair"]),
        ("zoe dr", []),
        ("señora", []),
    ]:
        assert await beginning(crowd, typed) == names, typed


async def test_those_who_are_only_called_so_stand_behind_those_of_the_name(crowd: Database) -> None:
    await heard(crowd, 6, person("Drew Bo"))
    assert await beginning(crowd, "dr") == ["Drew Bo", "Zoë Adair"]
    assert await beginning(crowd, "dr", 1) == ["Drew Bo"]


async def test_an_apostrophe_is_a_part_of_the_word(database: Database) -> None:
    await heard(database, 1, person("Fay O’Brien"))
    await heard(database, 2, person("Olaf Bo"))
    for typed, names in [
        ("o", ["Fay O’Brien", "Olaf Bo"]),
        ("o'", ["Fay O’Brien"]),
        ("O’b", ["Fay O’Brien"]),
        ("ob", ["Fay O’Brien"]),
        ("o'l", []),
        ("olaf's", ["Olaf Bo"]),
        ("'olaf'", ["Olaf Bo"]),
        ("'o", ["Fay O’Brien", "Olaf Bo"]),
    ]:
        assert await beginning(database, typed) == names, typed


async def test_only_letters_and_digits_count_in_what_is_typed(crowd: Database) -> None:
    for typed in ["ada%quill", "ad_q", "_ada %Q%", "ada\x00quill", "quill'; --", "🙂 Quill 🙂", "ada " * 2_000 + "q"]:
        assert await beginning(crowd, typed) == ["Ada Quill"], typed


async def test_what_nobody_is_called_gives_nobody(crowd: Database) -> None:
    for typed in ["a" * 10_000, "ada%zz", "a d a q u i l l", "ada x " * 2_000, "\ud83d ada zz"]:
        assert await beginning(crowd, typed) == [], typed


async def test_at_most_so_many_names_are_given_and_none_twice(crowd: Database) -> None:
    for number in range(6, 9):
        await heard(crowd, number, NewSpeaker("a spokesman", SpeakerKind.UNNAMED, None))
    assert await beginning(crowd, "spokes") == ["a spokesman"]
    assert await beginning(crowd, "a", 1) == await beginning(crowd, "", 1) == ["Ada Quill"]


async def test_who_is_found_only_far_behind_those_who_are_described_so_is_found(database: Database) -> None:
    async with database.writing() as session:
        for number in range(2):
            await store(session, text(number), "We will row", "All of us", speaker=person(f"Ada {number}", "the quay master"))
        await store(session, text(9), "We will row", speaker=person("Masters, Bo"))
    assert await beginning(database, "master", 1) == ["Masters, Bo"]
