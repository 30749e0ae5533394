from bot.asking.asked import Question
from bot.asking.choosing import Named
from bot.asking.which import ask_which, offers
from tests.stored_quotes import stored_speaker

ROWER = stored_speaker("Ann Bell", id=12, descriptions=("rower",))
JUDGE = stored_speaker("Ann Bell", id=15, descriptions=("judge",))
TOM = stored_speaker("Tom Bell", id=17)
UNION = stored_speaker("Bell", id=19)


def test_who_fits_is_told_with_what_articles_call_them() -> None:
    reply = ask_which(Question(speaker="Bell", topic=("ferries",), outlet="The Mill"), (Named("Bell", which=(ROWER, TOM)),))
    assert reply.understood == "Quotes about ferries by Bell in The Mill."
    assert reply.notes == ("Bell fits Ann Bell (rower) and Tom Bell: which one is meant?",)
    assert reply.suggestions == ("quotes by Ann Bell about ferries in “The Mill”", "quotes by Tom Bell about ferries in “The Mill”")


def test_those_of_one_name_are_asked_for_by_number() -> None:
    reply = ask_which(Question(speaker="Ann Bell"), (Named("Ann Bell", which=(ROWER, JUDGE)),))
    assert reply.notes == ("Ann Bell fits #12 Ann Bell (rower) and #15 Ann Bell (judge): which one is meant?",)
    assert reply.suggestions == ("quotes by #12", "quotes by #15")
    assert offers(Question(), Named("Ann Bell", (ROWER,), offered=(JUDGE,)), 4) == ("quotes by #15",)


def test_a_name_that_others_go_by_too_is_asked_for_in_quotation_marks() -> None:
    assert ask_which(Question(speaker="Bell"), (Named("Bell", which=(UNION, TOM)),)).suggestions == (
        "quotes by “Bell”",
        "quotes by Tom Bell",
    )


def test_of_many_the_first_are_told_with_how_many_more_there_are() -> None:
    many = tuple(stored_speaker(f"{name} Bell") for name in ("Ada", "Bea", "Cleo", "Dora", "Eva", "Fay", "Gus"))
    reply = ask_which(Question(speaker="Bell"), (Named("Bell", which=many),))
    assert reply.notes == ("Bell fits Ada Bell, Bea Bell, Cleo Bell, Dora Bell, Eva Bell and 2 more: which one is meant?",)
    assert len(reply.suggestions) == 5


def test_one_of_two_side_by_side_is_asked_for_beside_the_other() -> None:
    reply = ask_which(
        Question(speaker="Cook", others=("Bell",), topic=("ferries",)), (Named("Cook", (TOM,)), Named("Bell", which=(ROWER, TOM)))
    )
    assert reply.suggestions == ("Cook vs Ann Bell on ferries", "Cook vs Tom Bell on ferries")
