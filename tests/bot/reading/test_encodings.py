import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import NotAnArticle
from bot.reading.documents import parse
from bot.reading.encodings import decode

SENTENCE = "“We can’t wait,” said Zoë Quill – the mayor’s café cost £90."


@pytest.mark.parametrize(
    "data",
    [
        SENTENCE.encode("utf-8"),
        codecs.BOM_UTF8 + SENTENCE.encode("utf-8"),
        codecs.BOM_UTF16_LE + SENTENCE.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + SENTENCE.encode("utf-16-be"),
        SENTENCE.encode("utf-16-le"),
        SENTENCE.encode("utf-16-be"),
        SENTENCE.encode("cp1252"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16-le with mark", "utf-16-be with mark", "utf-16-le", "utf-16-be", "windows-1252"],
)
def test_the_encodings_of_newsrooms_are_read(data: bytes) -> None:
    assert decode(data) == SENTENCE
    assert parse(data, name="article.txt")[0].text == SENTENCE


@pytest.mark.parametrize("declared", ["iso-8859-1", "windows-1252", "ascii", "latin1", "utf-8", "no-such-charset", "rot13", "utf-16"])
def test_a_false_declaration_does_no_harm(declared: str) -> None:
    assert decode(SENTENCE.encode("utf-8"), declared=declared) == SENTENCE
    assert decode(SENTENCE.encode("cp1252"), declared=declared) == SENTENCE


def test_a_declared_encoding_is_believed_where_the_bytes_are_not_utf_8() -> None:
    assert decode("Łódź, żółw.".encode("iso-8859-2"), declared="iso-8859-2") == "Łódź, żółw."
    assert decode("Он сказал.".encode("windows-1251"), declared="windows-1251") == "Он сказал."


@pytest.mark.parametrize(
    "data",
    [
        "“We can’t wait,” said Zoë.".encode()[:-3] + b"\xff.",
        "“We can’t wait,” she said, and “we won’t”.".encode().replace(b"\x80\x9d", b"\x80", 1),
        b"He said \x81\x8d\x8f and left.",
        bytes(range(0x80, 0x100)) * 4,
        "“We can’t wait,” said Zoë.".encode("utf-16-le")[:-1] + b"",
        codecs.BOM_UTF16_LE + b"\x00\xd8a\x00",
    ],
    ids=["bad byte", "cut sequence", "undefined in windows-1252", "noise", "odd utf-16", "lone surrogate"],
)
def test_bytes_that_make_no_sense_in_any_encoding_are_refused(data: bytes) -> None:
    with pytest.raises(NotAnArticle) as refusal:
        parse(data, name="article.txt")

    assert "UTF-8" in f"{refusal.value}"


@given(st.text(min_size=1))
def test_whatever_was_written_as_utf_8_is_read_as_it_was_written(text: str) -> None:
    data = text.encode("utf-8")
    if b"\x00" not in data and not data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE)):
        assert decode(data) == text
