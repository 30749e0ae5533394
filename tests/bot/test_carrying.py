from hypothesis import given
from hypothesis import strategies as st

from bot.carrying import carried
from storage.records import NewQuote, QuoteKind, Reports, StoredQuote
from tests.stored_quotes import stored_quote

OLD, NEW = 1, 2


def edited(old: list[StoredQuote], *words: str) -> dict[int, int]:
    """What is carried into a new version in which these words are said."""
    text = "\n".join(words)
    return carried(old, [new_quote(text.index(one), len(one)) for one in words], text, version_id=NEW)


def new_quote(start: int, length: int) -> NewQuote:
    return NewQuote(((start, start + length),), (), (), QuoteKind.DIRECT, Reports.SPEECH, 0.9, None, (start, start + length))


def before(*words: str, **given: object) -> list[StoredQuote]:
    return [stored_quote(one, id=number, version_id=OLD, **given) for number, one in enumerate(words, 1)]


def test_words_that_stay_keep_their_numbers_wherever_they_stand() -> None:
    old = before("We will row to the island.", "Nobody asked the ferrymen.")
    assert edited(old, "Nobody asked the ferrymen.", "We will row to the island.") == {0: 2, 1: 1}


def test_other_marks_and_spaces_make_no_other_words() -> None:
    assert edited(before("We’ll  row – all of us"), "we'll row - all of us,") == {0: 1}


def test_words_that_were_edited_keep_their_number() -> None:
    assert edited(before("We will row to the island in May."), "We will row to the island in June.") == {0: 1}
    assert edited(before("We wil row to the island."), "We will row to the island.") == {0: 1}


def test_a_quote_that_became_longer_or_shorter_keeps_its_number() -> None:
    short, long = (
        "We will row to the island in May.",
        "We will row to the island in May. Whoever wants to come is welcome, with or without an oar.",
    )
    assert edited(before(short), long) == {0: 1}
    assert edited(before(long), short) == {0: 1}


def test_the_same_words_keep_their_number_whatever_they_report() -> None:
    assert edited(before("We will row to the island.", reports=Reports.ATTITUDE), "We will row to the island.") == {0: 1}


def test_what_was_thought_does_not_become_what_was_said_in_words_alike() -> None:
    assert edited(before("We will row to the island in May.", reports=Reports.ATTITUDE), "We will row to the island in June.") == {}


def test_other_words_are_a_new_quote() -> None:
    assert edited(before("We will row to the island."), "Nobody asked the ferrymen.") == {}


def test_short_words_that_say_the_opposite_are_a_new_quote() -> None:
    assert edited(before("I agree"), "I disagree") == {}
    assert edited(before("Yes, I did"), "No, I did") == {}


def test_each_old_quote_goes_to_the_new_one_most_like_it() -> None:
    old = before("We will row to the far island in May.", "We will row to the near island in May.")
    assert edited(old, "We will row to the near island in June.", "We will row to the far island in June.") == {0: 2, 1: 1}


def test_when_one_of_two_quotes_alike_is_taken_out_the_other_keeps_its_own_number() -> None:
    old = before("No comment.", "We will row to the island.", "No comment.", "Nobody asked the ferrymen.")
    after = ("We will row to the island.", "No comment.", "Nobody asked the ferrymen.")
    assert edited(old, *after) == {0: 2, 1: 3, 2: 4}


def test_a_quote_that_comes_back_has_its_number_again() -> None:
    gone = before("We will row to the island.", gone=True)
    assert edited(gone, "We will row to the island.") == {0: 1}


def test_a_quote_that_stands_goes_before_one_that_is_gone() -> None:
    old = [stored_quote("No comment.", id=2, version_id=OLD), stored_quote("No comment.", id=1, version_id=OLD, gone=True)]
    assert edited(old, "No comment.") == {0: 2}


def test_in_the_same_text_a_quote_is_known_by_its_place_however_it_is_cut() -> None:
    text = "We will row. All of us will. Nobody asked. No comment. No comment."
    old = [
        stored_quote("We will row.", id=1, version_id=NEW, content=((0, 12),)),
        stored_quote("No comment.", id=2, version_id=NEW, content=((43, 54),)),
        stored_quote("No comment.", id=3, version_id=NEW, content=((55, 66),)),
    ]
    whole, last = new_quote(0, 28), new_quote(55, 10)
    assert carried(old, [whole, last], text, version_id=NEW) == {0: 1, 1: 3}


def test_in_the_same_text_the_same_words_elsewhere_are_another_quote() -> None:
    text = "No comment. No comment."
    old = [stored_quote("No comment.", id=1, version_id=NEW, content=((0, 11),))]
    assert carried(old, [new_quote(12, 11)], text, version_id=NEW) == {}


def test_of_two_halves_of_an_old_quote_the_longer_one_keeps_the_number() -> None:
    text = "We will row. All of us will row to the island."
    old = [stored_quote(text, id=1, version_id=NEW, content=((0, len(text)),))]
    assert carried(old, [new_quote(0, 12), new_quote(13, 33)], text, version_id=NEW) == {1: 1}


# --- by the place among other quotes -----------------------------------------------------------

FIRST, GO, LEAVE, LAST = "Nobody asked the ferrymen.", "He must go.", "He must resign.", "We will row to the island."
ANN, BO = 1, 2


def edited_by(old: list[tuple[str, int | None]], new: list[tuple[str, int | None]]) -> dict[int, int]:
    """What is carried where it is known whose words these were read as."""
    stored = before(*(said for said, _ in old))
    text = "\n".join(said for said, _ in new)
    starts = [sum(len(said) + 1 for said, _ in new[:index]) for index in range(len(new))]
    return carried(
        stored,
        [new_quote(start, len(said)) for start, (said, _) in zip(starts, new, strict=True)],
        text,
        version_id=NEW,
        read_by={quote.id: speaker for quote, (_, speaker) in zip(stored, old, strict=True)},
        now_by=[speaker for _, speaker in new],
    )


def test_short_words_edited_in_their_place_keep_their_number() -> None:
    assert edited(before(FIRST, GO, LAST), FIRST, LEAVE, LAST) == {0: 1, 2: 3}, "the words alone are not alike enough"
    assert edited_by([(FIRST, BO), (GO, ANN), (LAST, BO)], [(FIRST, BO), (LEAVE, ANN), (LAST, BO)]) == {0: 1, 1: 2, 2: 3}
    assert edited_by([(GO, ANN)], [(LEAVE, ANN)]) == {0: 1}
    assert edited_by([(GO, ANN), (LAST, BO)], [(LEAVE, ANN), (LAST, BO)]) == {0: 1, 1: 2}


def test_words_in_that_place_of_another_speaker_or_of_nobody_are_a_new_quote() -> None:
    for now in (BO, None):
        assert edited_by([(FIRST, BO), (GO, ANN)], [(FIRST, BO), (LEAVE, now)]) == {0: 1}
    assert edited_by([(GO, None)], [(LEAVE, None)]) == {}


def test_words_in_another_place_are_a_new_quote() -> None:
    assert edited_by([(FIRST, BO), (GO, ANN), (LAST, BO)], [(FIRST, BO), (LAST, BO), (LEAVE, ANN)]) == {0: 1, 1: 3}


def test_other_words_in_that_place_are_a_new_quote() -> None:
    assert edited_by([(FIRST, BO), (GO, ANN)], [(FIRST, BO), ("Whoever wants an oar can have it.", ANN)]) == {0: 1}


def test_of_two_in_that_place_neither_is_guessed_at() -> None:
    assert edited_by([(FIRST, BO), (GO, ANN), (LAST, BO)], [(FIRST, BO), (LEAVE, ANN), ("He must stop.", ANN), (LAST, BO)]) == {
        0: 1,
        3: 3,
    }


words = st.lists(st.sampled_from(["we", "will", "row", "no", "comment", "it’s", "Ñandú", "…", "🦆"]), min_size=1, max_size=8).map(" ".join)


@given(st.lists(st.tuples(words, st.booleans(), st.booleans()), max_size=8), st.lists(words, max_size=8))
def test_no_number_is_carried_twice_and_none_is_made_up(old_given: list[tuple[str, bool, bool]], new_given: list[str]) -> None:
    old = [
        stored_quote(one, id=number, gone=gone, version_id=NEW if here else OLD) for number, (one, gone, here) in enumerate(old_given, 1)
    ]
    text = "\n".join(new_given)
    starts = [sum(len(one) + 1 for one in new_given[:index]) for index in range(len(new_given))]
    new = [new_quote(start, len(one)) for start, one in zip(starts, new_given, strict=True)]
    read_by = {quote.id: len(quote.words[0]) % 2 for quote in old}
    found = carried(old, new, text, version_id=NEW, read_by=read_by, now_by=[len(one) % 2 for one in new_given])
    assert len(set(found.values())) == len(found)
    assert set(found) <= set(range(len(new_given)))
    assert set(found.values()) <= {quote.id for quote in old}


@given(st.lists(words, max_size=8))
def test_an_unchanged_article_keeps_every_number(said: list[str]) -> None:
    assert edited_in_order(said) == {index: index + 1 for index in range(len(said))}


def edited_in_order(said: list[str]) -> dict[int, int]:
    text = "\n".join(said)
    starts = [sum(len(one) + 1 for one in said[:index]) for index in range(len(said))]
    return carried(before(*said), [new_quote(start, len(one)) for start, one in zip(starts, said, strict=True)], text, version_id=NEW)
