from bot.authors import shown_names


def test_an_author_is_shown_by_name_alone() -> None:
    assert shown_names(["Ada Moor (17)", "Ben (U2)", "Ed"]) == {"Ada Moor (17)": "Ada Moor", "Ben (U2)": "Ben", "Ed": "Ed"}


def test_two_of_one_name_are_told_apart() -> None:
    both = ["Ada Moor (17)", "ada moor (18)"]
    assert shown_names([*both, "Ben (3)"]) == {both[0]: both[0], both[1]: both[1], "Ben (3)": "Ben"}
    assert shown_names(["Ada (17)", "Ada"]) == {"Ada (17)": "Ada (17)", "Ada": "Ada"}


def test_a_name_with_an_id_of_another_in_it_passes_for_nobody() -> None:
    forged = "Ada Moor (17) (666)"
    assert shown_names(["Ada Moor (17)", forged]) == {"Ada Moor (17)": "Ada Moor", forged: forged}


def test_what_is_not_an_id_stays() -> None:
    for author in ("Ada (news desk)", "(17)", "Ada (17", "Ada()", "Ada ()", ""):
        assert shown_names([author]) == {author: author}
