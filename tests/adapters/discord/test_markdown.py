import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from adapters.cutting import beginning, size, wrapped
from adapters.discord.markdown import bold, escaped, escaped_size, link, quoted, quoted_size, target, unescaped
from adapters.plain import chat_link, safe_line, safe_text
from tests.adapters.discord.markdown_model import Mark, Seen, seen, shown
from tests.adapters.hostile import NASTY, WORDS

WORDS_THEN_MARKS = [
    ("@everyone", "mention"),
    ("<@1>", "mention"),
    ("<#1>", "mention"),
    ("</command:1>", "mention"),
    ("<id:customize>", "mention"),
    ("<t:1:R>", "timestamp"),
    ("<:a:1>", "emoji"),
    (":smile:", "emoji"),
    ("https://evil.example.org", "link"),
    ("<https://evil.example.org>", "link"),
    ("[x](https://evil.example.org)", "link"),
    ("||x||", "spoiler"),
    ("**x**", "bold"),
    ("*x*", "italic"),
    ("_x_", "italic"),
    ("__x__", "underline"),
    ("~~x~~", "struck"),
    ("`x`", "code"),
    ("# x", "heading"),
    ("-# x", "subtext"),
    ("- x", "list"),
    ("1. x", "list"),
    ("> x", "quote"),
    ("said\n>>> x", "quote"),
]


@pytest.mark.parametrize(("words", "kind"), WORDS_THEN_MARKS)
def test_what_would_be_a_mark_is_shown_as_it_is_written(words: str, kind: str) -> None:
    assert kind in {mark.kind for mark in seen(words).marks}
    assert seen(escaped(words)) == Seen(words, ())


@settings(max_examples=100)
@given(WORDS)
@example("".join(NASTY))
def test_the_words_of_an_article_are_shown_exactly_and_nothing_is_made_of_them(words: str) -> None:
    safe = safe_text(words)
    assert seen(escaped(safe)) == Seen(safe, ())
    assert seen(escaped(safe), lines=False) == Seen(safe, ())
    assert unescaped(escaped(safe)) == safe


@given(WORDS, WORDS)
def test_words_are_shown_exactly_beside_a_bar_and_what_follows_is_not(words: str, after: str) -> None:
    safe, below = safe_text(words), escaped(safe_line(after).strip())
    found = seen(f"{quoted(escaped(safe))}\n{below}")
    assert found.marks == (Mark("quote", safe),)
    assert found.text.endswith(safe_line(after).strip())


@given(WORDS, WORDS, WORDS)
def test_bold_words_are_bold_and_what_stands_around_them_is_not(before: str, words: str, after: str) -> None:
    before, words, after = (safe_line(text) for text in (before, words, after))
    found = seen(f"{escaped(before)}{bold(escaped(words))}{escaped(after)}")
    assert found.text == f"{before}{words}{after}"
    assert found.marks == ((Mark("bold", words),) if words.strip() else ())


@given(WORDS, WORDS, WORDS, WORDS.map(lambda text: f"https://example.org/{text}"))
def test_a_link_leads_where_it_should_whatever_stands_before_in_and_behind_it(before: str, words: str, after: str, url: str) -> None:
    to = target(chat_link(url) or "https://example.org/a_(b)?c=[d]*~#:~:text=e")
    words = safe_line(words)
    written = link(words, to)
    if written is None:
        assert any(mark in words for mark in ("[", "]", "://"))
        return
    around = safe_text(before), safe_text(after)
    found = seen(f"{escaped(around[0])}{written}{escaped(around[1])}")
    assert found.text == f"{around[0]}{words}{around[1]}"
    assert found.marks == (Mark("link", words, to),)


def test_two_links_and_words_that_could_close_the_first_are_three_things() -> None:
    first, second = link("Ferry late", "https://example.org/1"), link("Wait", "https://example.org/2")
    found = seen(f"{first} {escaped('x](https://evil.example.org) ](<y>)')} {second}")
    assert [(mark.shown, mark.target) for mark in found.marks] == [
        ("Ferry late", "https://example.org/1"),
        ("Wait", "https://example.org/2"),
    ]


@given(WORDS, st.integers(1, 60))
def test_words_are_cut_so_that_they_fit_escaped_and_are_not_cut_through_an_escape(words: str, limit: int) -> None:
    safe = safe_text(words)
    kept = beginning(safe, limit, escaped_size)
    assert safe.startswith(kept)
    assert size(escaped(kept)) <= limit
    assert shown(escaped(kept)) == kept


@given(WORDS, st.integers(5, 60))
def test_wrapped_words_are_all_shown(words: str, limit: int) -> None:
    safe = safe_text(words)
    pieces = wrapped(safe, limit, quoted_size)
    assert all(size(quoted(escaped(piece))) <= limit + 2 for piece in pieces)
    assert "".join(shown(escaped(piece)) for piece in pieces) == safe
