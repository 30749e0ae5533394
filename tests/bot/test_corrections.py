from hypothesis import given
from hypothesis import strategies as st

from bot.corrections import counts_for, effective, merged, related
from storage.records import BaseQuote, CorrectionKind, Effective, StoredCorrection
from tests.stored_quotes import PUBLISHED

BELL, COOK, DALE, EARL, NEW = 1, 2, 3, 4, 9


def correction(number: int, kind: CorrectionKind, **given: object) -> StoredCorrection:
    fields = {"quote_id": None, "speaker_id": None, "other_speaker_id": None, "article_ids": (), "author": "Ed", "at": PUBLISHED}
    return StoredCorrection(number, kind, **(fields | given))  # type: ignore[arg-type]


def fix(number: int, quote_id: int, speaker: int) -> StoredCorrection:
    return correction(number, CorrectionKind.SPEAKER, quote_id=quote_id, speaker_id=speaker)


def reject(number: int, quote_id: int) -> StoredCorrection:
    return correction(number, CorrectionKind.NOT_A_QUOTE, quote_id=quote_id)


def merge(number: int, gone: int, into: int) -> StoredCorrection:
    return correction(number, CorrectionKind.MERGE, speaker_id=into, other_speaker_id=gone)


def split(number: int, speaker: int, new: int, *article_ids: int) -> StoredCorrection:
    return correction(number, CorrectionKind.SPLIT, speaker_id=speaker, other_speaker_id=new, article_ids=article_ids)


def speaker_of(read: int | None, *corrections: StoredCorrection, article: int = 1) -> int | None:
    (found,) = effective([BaseQuote(1, article, read, read)], corrections)
    return found.speaker_id


def test_without_corrections_what_was_read_holds() -> None:
    assert effective([BaseQuote(1, 1, BELL, COOK)], []) == [Effective(1, BELL, corrected=False, rejected=False)]
    assert speaker_of(None) is None


def test_the_speaker_that_a_person_gave_holds_and_the_last_word_wins() -> None:
    assert effective([BaseQuote(1, 1, BELL, BELL)], [fix(1, 1, COOK)]) == [Effective(1, COOK, corrected=True, rejected=False)]
    assert speaker_of(None, fix(1, 1, COOK), fix(2, 1, DALE)) == DALE


def test_what_is_rejected_is_a_quote_again_once_somebody_says_who_said_it() -> None:
    quote = BaseQuote(1, 1, BELL, BELL)
    assert effective([quote], [reject(1, 1)])[0].rejected
    assert not effective([quote], [reject(1, 1), fix(2, 1, COOK)])[0].rejected
    assert effective([quote], [fix(1, 1, COOK), reject(2, 1)]) == [Effective(1, COOK, corrected=True, rejected=True)]


def test_merges_are_followed_over_several_steps() -> None:
    assert merged([merge(1, BELL, COOK), merge(2, COOK, DALE)]) == {BELL: DALE, COOK: DALE}
    assert speaker_of(BELL, merge(1, BELL, COOK), merge(2, COOK, DALE)) == DALE


def test_two_speakers_merged_both_ways_are_one_and_not_none() -> None:
    assert merged([merge(1, BELL, COOK), merge(2, COOK, BELL)]) == {BELL: COOK}


def test_a_merge_holds_for_what_a_person_gave_as_well() -> None:
    assert speaker_of(DALE, fix(1, 1, BELL), merge(2, BELL, COOK)) == COOK


def test_a_split_holds_in_its_articles_alone() -> None:
    assert speaker_of(BELL, split(1, BELL, NEW, 1, 3), article=3) == NEW
    assert speaker_of(BELL, split(1, BELL, NEW, 1, 3), article=2) == BELL
    assert speaker_of(COOK, split(1, BELL, NEW, 1, 3), article=3) == COOK


def test_a_split_takes_along_who_is_merged_with_the_one_who_is_split() -> None:
    assert speaker_of(BELL, merge(1, BELL, COOK), split(2, COOK, NEW, 1)) == NEW


def test_the_speaker_that_a_person_gave_to_the_very_quote_wins_over_a_split() -> None:
    assert speaker_of(BELL, fix(1, 1, BELL), split(2, BELL, NEW, 1)) == BELL


def test_who_was_split_off_can_be_merged_back() -> None:
    assert speaker_of(BELL, split(1, BELL, NEW, 1), merge(2, NEW, BELL)) == BELL


def test_all_who_are_tied_by_merges_and_splits_are_related() -> None:
    corrections = [merge(1, BELL, COOK), split(2, COOK, NEW, 1), merge(3, DALE, EARL), fix(4, 1, DALE)]
    assert related([BELL], corrections) == {BELL, COOK, NEW}
    assert related([7], corrections) == {7}
    assert related([], corrections) == set()


speakers = st.integers(1, 6)
quotes = st.lists(st.tuples(st.integers(1, 3), st.none() | speakers), min_size=1, max_size=6).map(
    lambda given: [BaseQuote(number, article, read, read) for number, (article, read) in enumerate(given, 1)]
)
one = st.one_of(
    st.builds(lambda quote, speaker: fix(0, quote, speaker), st.integers(1, 6), speakers),
    st.builds(lambda quote: reject(0, quote), st.integers(1, 6)),
    st.builds(lambda gone, into: merge(0, gone, into), speakers, speakers),
    st.builds(
        lambda speaker, new, articles: split(0, speaker, new, *articles), speakers, speakers, st.lists(st.integers(1, 3), min_size=1)
    ),
)
corrections = st.lists(one, max_size=8).map(
    lambda given: [
        correction(
            number,
            made.kind,
            quote_id=made.quote_id,
            speaker_id=made.speaker_id,
            other_speaker_id=made.other_speaker_id,
            article_ids=made.article_ids,
        )
        for number, made in enumerate(given, 1)
    ]
)


@given(corrections)
def test_however_speakers_are_merged_each_counts_for_one_that_is_not_merged(made: list[StoredCorrection]) -> None:
    into = merged(made)
    assert not set(into.values()) & set(into)
    for speaker in range(1, 7):
        assert counts_for(speaker, into) not in into


@given(quotes, corrections)
def test_no_quote_is_left_with_a_speaker_who_counts_for_another(given: list[BaseQuote], made: list[StoredCorrection]) -> None:
    assert not {found.speaker_id for found in effective(given, made)} & set(merged(made))


@given(quotes, corrections, st.data())
def test_undoing_all_in_any_order_gives_back_what_was_read(
    given: list[BaseQuote], made: list[StoredCorrection], data: st.DataObject
) -> None:
    for undone in data.draw(st.permutations(made)):
        made = [left for left in made if left is not undone]
        held = {quote_id: (found.corrected, found.rejected) for found in effective(given, made) for quote_id in [found.quote_id]}
        spoken_of = {left.quote_id for left in made}
        assert all(held[quote.id] == (False, False) for quote in given if quote.id not in spoken_of)
    assert [found.speaker_id for found in effective(given, made)] == [quote.read_speaker_id for quote in given]


@given(quotes, corrections.filter(bool), st.data())
def test_only_quotes_of_related_speakers_change_hands_when_one_is_undone(
    given: list[BaseQuote], made: list[StoredCorrection], data: st.DataObject
) -> None:
    undone = data.draw(st.sampled_from(made))
    left = [other for other in made if other is not undone]
    before, after = effective(given, made), effective(given, left)
    named = (undone.speaker_id, undone.other_speaker_id) if undone.quote_id is None else ()
    touched = related([speaker for speaker in named if speaker is not None], left)
    given_to = {(one.quote_id, one.speaker_id) for one in left}
    for quote, was, now in zip(given, before, after, strict=True):
        looked_at = quote.id == undone.quote_id or quote.read_speaker_id in touched or was.speaker_id in touched
        looked_at = looked_at or any((quote.id, speaker) in given_to for speaker in touched)
        assert looked_at or was == now
    assert all(merged(made).get(speaker) == merged(left).get(speaker) for speaker in set(range(1, 7)) - touched)
