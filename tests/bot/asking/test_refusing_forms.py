import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.asking.refusing_forms import RefusalAsked, refusal_asked
from storage.records import RefusalKind

SILENT, AWAY = (RefusalKind.NO_RESPONSE,), (RefusalKind.NOT_REACHED,)
ASKED = {
    "who declined to comment": ("", "", None),
    "who declined to comment on the tender": ("", "the tender", None),
    "who refused to comment about the tender": ("", "the tender", None),
    "who has declined requests for comment on the tender": ("", "the tender", None),
    "who declined": ("", "", None),
    "who gave no comment": ("", "", None),
    "who gave no comment about the tender": ("", "the tender", None),
    "who had no comment on the tender": ("", "the tender", None),
    "who would not comment on the tender": ("", "the tender", None),
    "who wouldn't be drawn on the tender": ("", "the tender", None),
    "who hasn't commented on the tender": ("", "the tender", None),
    "anyone who refused an interview about the tender": ("", "the tender", None),
    "who did not respond": ("", "", SILENT),
    "who did not respond about the tender": ("", "the tender", SILENT),
    "who didn't respond to requests for comment on the tender": ("", "the tender", SILENT),
    "who has not replied to questions about the tender": ("", "the tender", SILENT),
    "who failed to respond": ("", "", SILENT),
    "who never returned calls": ("", "", SILENT),
    "who ignored requests for comment": ("", "", SILENT),
    "who refused to comment on": ("", "", None),
    "who could not be reached": ("", "", AWAY),
    "who couldn’t be reached for comment on the tender": ("", "the tender", AWAY),
    "who was unavailable for comment": ("", "", AWAY),
    "did Bell decline to comment": ("Bell", "", None),
    "has Ann Bell declined to comment on the tender": ("Ann Bell", "the tender", None),
    "did the harbour master refuse to comment when asked about the tender": ("the harbour master", "the tender", None),
    "did Ann Bell not respond": ("Ann Bell", "", SILENT),
    "did Ann Bell give no comment on the tender": ("Ann Bell", "the tender", None),
    "Ann Bell declined to comment on the tender": ("Ann Bell", "the tender", None),
    "which officials declined to comment": ("officials", "", None),
    "refusals to comment by Ann Bell on the tender": ("Ann Bell", "the tender", None),
}
OTHERWISE = (
    "",
    "who said what about comments",
    "who commented on the tender",
    "did Ann Bell comment on the tender",
    "who refused to resign",
    "who declined the award",
    "who responded to the tender",
    "what did Ann Bell say about calls for comment",
    "Ann Bell on the tender",
    "who denied the claim",
    "quotes about who declined to comment",
)


@pytest.mark.parametrize("text", ASKED)
def test_a_question_for_refusals_is_known_by_its_form(text: str) -> None:
    assert refusal_asked(text) == RefusalAsked(*ASKED[text])
    assert refusal_asked(text.upper()) is not None


@pytest.mark.parametrize("text", OTHERWISE)
def test_other_questions_are_none(text: str) -> None:
    assert refusal_asked(text) is None


PIECES = (*ASKED, *OTHERWISE, "to", "not", "yet", "requests", "🙂", "’", "x" * 50)


@settings(max_examples=30)
@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_no_text_raises(pieces: list[str]) -> None:
    refusal_asked(" ".join(pieces))
