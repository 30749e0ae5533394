import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.refusers import by_alias, in_full, owner, refusers
from storage.records import AliasKind

ANN, TOM, TRUST, BO, CAMPAIGN = range(1, 6)
ALIASES = (
    ("Ann Bell", AliasKind.NAME, ANN),
    ("Ms. Bell", AliasKind.NAME, ANN),
    ("mayor", AliasKind.DESCRIPTION, ANN),
    ("Tom Cook", AliasKind.NAME, TOM),
    ("Cook", AliasKind.NAME, TOM),
    ("Bo Cook", AliasKind.NAME, BO),
    ("Cook", AliasKind.NAME, BO),
    ("the Harbour Trust", AliasKind.NAME, TRUST),
    ("Bell’s campaign", AliasKind.NAME, CAMPAIGN),
    ("!", AliasKind.NAME, BO),
)
CALLED = by_alias(ALIASES)


@pytest.mark.parametrize(
    ("who", "itself", "behalf"),
    [
        ("Ann Bell", ANN, None),
        ("Ms. Bell", ANN, None),
        ("Mr. Bell", None, None),
        ("The mayor", ANN, None),
        ("A mayor", None, None),
        ("The mayor of Ely", None, None),
        ("Cook", None, None),
        ("The Harbour Trust", TRUST, None),
        ("Ann Bell, the mayor", ANN, None),
        ("Tom Cook, a spokesman for the Harbour Trust", TOM, TRUST),
        ("Tom Cook of the Harbour Trust", TOM, TRUST),
        ("A spokeswoman for Ann Bell", None, ANN),
        ("A spokesman for Ms. Bell, who is away", None, ANN),
        ("Ann Bell’s lawyer", None, ANN),
        ("Ann Bell's lawyer Tom Cook", TOM, ANN),
        ("Ann Bell’s lawyer, Tom Cook", TOM, ANN),
        ("Bell’s campaign", CAMPAIGN, ANN),
        ("Harbour Trust spokesman Tom Cook", TOM, None),
        ("Ann Bell and Tom Cook", None, None),
        ("A spokesman", None, None),
    ],
)
def test_the_subject_is_a_speaker_of_its_article_or_speaks_for_one_only_where_that_is_certain(
    who: str, itself: int | None, behalf: int | None
) -> None:
    assert refusers(who, CALLED) == (itself, behalf)


def test_whoever_has_an_office_is_known_by_a_surname_that_one_speaker_has() -> None:
    called = {"ann bell": ANN, "tom cook": TOM, "the harbour trust": TRUST}
    assert [owner(name, called) for name in ("Bell’s office", "Tom Cook's spokesman", "Dale's office", "Ann Bell")] == [
        ANN,
        TOM,
        None,
        None,
    ]
    assert owner("Bell's office", called | {"eve bell": CAMPAIGN}) is None


def test_a_name_is_given_in_full_as_the_text_gave_it_last() -> None:
    text = "Eve Bell left. Ann Bell, the mayor, stays. Her office declined to comment."
    assert in_full("Bell's office", text) == "Bell's office Ann Bell"
    assert in_full("the ministry", text) == "the ministry"


@settings(max_examples=30)
@given(st.lists(st.sampled_from(["Ann Bell", "’s", " ", ",", "(", "for", "of", "the", "\x00", "🙂", ""]), max_size=9).map("".join))
def test_whatever_the_subject_is_only_speakers_of_the_article_are_meant(who: str) -> None:
    assert set(refusers(who, CALLED)) <= {None, ANN}
