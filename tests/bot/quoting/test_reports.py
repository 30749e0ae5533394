"""Speech and attitude, by the words that introduce a quote."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.quoting.reports import reports
from storage.records import Reports


@pytest.mark.parametrize(
    "cue",
    [
        "said",
        "has accused",
        "According to",
        "wrote in a letter",
        "claims",
        "denied",
        "is urging",
        "pointed out",
        "made it very clear",
        "put it",
        "shot back",
        "’s criticism of",
        "noted, not for the first time,",
        ":",
        "–",
        "",
    ],
)
def test_what_somebody_uttered_is_speech(cue: str) -> None:
    assert reports(cue, in_quotation_marks=False) is Reports.SPEECH


@pytest.mark.parametrize("cue", ["wants", "believes", "supports", "is worried about", "are in favour of", "seems", "of"])
def test_what_somebody_thinks_or_wants_is_attitude(cue: str) -> None:
    assert reports(cue, in_quotation_marks=False) is Reports.ATTITUDE


@pytest.mark.parametrize(
    "cue",
    [
        "declined",
        "refused to say",
        "did not respond to",
        "didn't say",
        "won’t say",
        "has never called for",
        "said nothing about",
        "wants to tell",
    ],
)
def test_what_somebody_keeps_to_himself_is_no_speech(cue: str) -> None:
    assert reports(cue, in_quotation_marks=False) is Reports.ATTITUDE


@given(st.one_of(st.text(), st.sampled_from(["is worried about", "believes", "declined"])))
def test_words_in_quotation_marks_were_uttered_whatever_introduces_them(cue: str) -> None:
    assert reports(cue, in_quotation_marks=True) is Reports.SPEECH


@given(st.sampled_from(["said", "denied", "wants", "declined to say", "did not respond to"]))
def test_the_case_of_a_cue_does_not_matter(cue: str) -> None:
    assert reports(cue.upper(), in_quotation_marks=False) is reports(cue, in_quotation_marks=False)
