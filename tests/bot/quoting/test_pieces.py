"""A text as word pieces: offsets that give back the text, and papers' styles made one."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from bot.quoting.judging import WEIGHTS
from bot.quoting.marks import quotations
from bot.quoting.pieces import Pieces, one_style, pieces

TOKENIZER = Tokenizer.from_file(str(WEIGHTS / "tokenizer.json"))


def cut(text: str) -> Pieces:
    return pieces(text, quotations(text), TOKENIZER)


@given(st.text(alphabet=st.sampled_from("abé “”\"‘’'`\n.,Z🙂漢\u0301\u200b"), max_size=80))
def test_pieces_lie_in_the_text_in_order(text: str) -> None:
    read = cut(text)
    assert np.all(read.starts < read.ends)
    assert np.all(read.starts[1:] >= read.starts[:-1])
    assert not len(read) or (read.starts[0] >= 0 and read.ends[-1] <= len(text))


@given(st.text(alphabet=st.sampled_from("ab “”\"‘’'`\n.,Z"), max_size=80))
def test_another_style_is_as_long_as_the_first(text: str) -> None:
    assert len(one_style(text, quotations(text))) == len(text)


def test_british_american_and_typed_quotations_look_alike() -> None:
    styles = ["“It’s ‘fine’ here,” she said.", "‘It’s “fine” here,’ she said.", '"It\'s ‘fine’ here," she said.']
    assert {one_style(text, quotations(text)) for text in styles} == {styles[0]}


def test_marks_and_what_they_enclose_are_told_apart() -> None:
    read = cut("She said: “No way.”")
    assert read.state.tolist() == [0, 0, 0, 2, 1, 1, 1, 3]


def test_the_case_of_a_word_is_that_of_all_its_pieces() -> None:
    read = cut("“The NATO envoy” left in 2024.")
    assert dict(zip(["“", "The", "NATO"], read.case[:3].tolist(), strict=True)) == {"“": 0, "The": 2, "NATO": 3}


def test_the_first_and_last_piece_of_each_line_are_known() -> None:
    assert cut("a b c\n\nd e").place.tolist() == [1, 0, 2, 1, 2]


def test_a_line_longer_than_the_tokenizer_is_given_at_once_is_cut_between_words() -> None:
    text = "word " * 9_000
    assert len(cut(text)) == 9_000
