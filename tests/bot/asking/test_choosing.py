from bot.asking.choosing import chosen
from storage.records import SpeakerKind
from tests.stored_quotes import stored_speaker


def test_one_is_meant_who_is_the_only_one() -> None:
    bell = stored_speaker("Ann Bell")
    assert chosen("Bell", [bell]).speakers == (bell,)


def test_who_has_by_far_the_most_quotes_is_meant_and_the_others_are_offered() -> None:
    ann, tom = stored_speaker("Ann Bell", quotes=8), stored_speaker("Tom Bell", quotes=2)
    named = chosen("Bell", [tom, ann])
    assert (named.speakers, named.offered, named.which) == ((ann,), (tom,), ())


def test_of_two_who_are_quoted_about_as_much_it_is_asked_which() -> None:
    ann, tom = stored_speaker("Ann Bell", quotes=7, attitudes=0), stored_speaker("Tom Bell", quotes=1, attitudes=1)
    named = chosen("Bell", [ann, tom])
    assert (named.speakers, named.which) == ((), (ann, tom))


def test_a_full_name_is_the_one_who_has_that_very_name() -> None:
    ann, marie = stored_speaker("Ann Bell"), stored_speaker("Ann Marie Bell", quotes=9)
    assert chosen("ann bell", [ann, marie]).speakers == (ann,)


def test_two_of_one_name_are_asked_for_unless_one_is_quoted_by_far_more() -> None:
    rower, judge = stored_speaker("Ann Bell", quotes=2), stored_speaker("Ann Bell", quotes=3)
    assert chosen("Ann Bell", [rower, judge]).which == (rower, judge)


def test_whom_an_article_knows_by_a_bare_surname_stands_apart_and_is_never_asked_for() -> None:
    bell, bare = stored_speaker("Ann Bell"), stored_speaker("Bell", article_id=7, quotes=9)
    assert chosen("Bell", [bell, bare]).speakers == (bell, bare)
    assert chosen("Ann Bell", [bell]).speakers == (bell,)
    assert chosen("Bell", [bare, stored_speaker("Bell", article_id=8)]).which == ()


def test_who_is_not_quoted_counts_only_where_nobody_is() -> None:
    silent, loud = stored_speaker("Ann Bell", quotes=0), stored_speaker("Tom Bell", quotes=1)
    assert chosen("Bell", [silent, loud]).speakers == (loud,)
    assert chosen("Bell", [silent]).speakers == (silent,)


def test_the_name_to_show_is_that_of_the_one_who_is_known() -> None:
    bare = stored_speaker("Mr Bell", article_id=7)
    assert chosen("bell", [stored_speaker("Ann Bell"), bare]).called == "Ann Bell"
    assert (
        chosen("the board", [stored_speaker("the board", article_id=one, kind=SpeakerKind.UNNAMED) for one in (1, 2)]).called == "the board"
    )
    assert chosen("bell", []).called == "bell"


def test_bare_surnames_of_single_articles_stand_beside_nobody_of_another_name() -> None:
    ann, moor = stored_speaker("Ann Bell", quotes=3), [stored_speaker("Moor", article_id=one, quotes=2) for one in (1, 2)]
    named = chosen("the mayor", [ann, *moor])
    assert (named.speakers, named.which) == ((), (ann, moor[0]))
    assert chosen("the mayor", [*moor, stored_speaker("Quill", article_id=3, quotes=2)]).which[0] == moor[0]


def test_of_two_names_the_one_with_by_far_the_most_quotes_is_meant_in_all_its_articles() -> None:
    ann, moor = stored_speaker("Ann Bell", quotes=1), [stored_speaker("Moor", article_id=one, quotes=5) for one in (1, 2)]
    named = chosen("the mayor", [ann, *moor])
    assert (named.speakers, named.offered) == (tuple(moor), (ann,))


def test_a_bare_surname_that_two_may_have_is_neithers() -> None:
    ann, tom, bare = stored_speaker("Ann Bell", quotes=9), stored_speaker("Tom Bell"), stored_speaker("Bell", article_id=7)
    assert chosen("Bell", [ann, tom, bare]).speakers == (ann,)


def test_a_namesake_who_was_told_apart_is_another_person() -> None:
    rower, nurse = stored_speaker("Ann Bell", quotes=3), stored_speaker("Ann Bell", article_id=7, quotes=2)
    assert chosen("Bell", [rower, nurse]).which == (rower, nurse)


def test_a_son_known_by_his_surname_is_not_his_father() -> None:
    father, son = stored_speaker("Ann Bell", quotes=9), stored_speaker("Bell Jr", article_id=7)
    assert chosen("Bell", [father, son]).speakers == (father,)
