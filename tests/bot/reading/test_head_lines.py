import textwrap
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading.dates import is_date_line
from bot.reading.documents import parse
from bot.reading.head_lines import is_head_line, read_head
from bot.reading.plain_text import split_paragraphs
from storage.records import NewArticle

FIRST = "The harbour council voted on Monday to close the ferry line between Port Ansel and Marrow Island."
SECOND = '"We cannot wait another winter for a boat that does not come," said Ada Quill, the mayor.'
TEXT = f"{FIRST}\n\n{SECOND}"
DAY = datetime(2025, 3, 15, tzinfo=UTC)
DATES = ["March 15, 2025", "15 March 2025", "Saturday, March 15, 2025", "Sat 15 Mar 2025", "15/03/2025", "2025-03-15", "(15 March 2025)"]


def article(*lines: str) -> NewArticle:
    (read,) = parse("\n".join([*lines, "", TEXT]).encode(), name="ferry.txt")
    return read


@pytest.mark.parametrize("date", DATES)
@pytest.mark.parametrize(
    "head",
    [
        ["Mayor slams backflip", "By Dale Worrall", "{}"],
        ["Mayor slams backflip", "{}", "By Dale Worrall"],
        ["{}", "Mayor slams backflip", "By Dale Worrall"],
        ["Mayor slams backflip", "By Dale Worrall | {}"],
        ["Mayor slams backflip", "By Dale Worrall, {}"],
        ["Mayor slams backflip", "{} – By Dale Worrall – 3 min read"],
        ["Mayor slams backflip", "The last boat leaves in March", "By Dale Worrall", "{}"],
    ],
)
def test_a_bare_date_in_the_head_is_the_date_of_publication_and_no_text(date: str, head: list[str]) -> None:
    read = article(*(line.format(date) for line in head))

    assert (read.headline, read.byline, read.published) == ("Mayor slams backflip", "Dale Worrall", DAY)
    assert read.text.removeprefix("The last boat leaves in March\n\n") == TEXT


def test_a_bare_date_has_its_time_and_zone() -> None:
    assert article("Mayor slams backflip", "Saturday 15 March 2025 at 10.15am AEDT").published == datetime(2025, 3, 14, 23, 15, tzinfo=UTC)


def test_an_ambiguous_date_is_not_believed_and_goes_only_from_right_under_a_byline() -> None:
    under = article("Mayor slams backflip", "By Dale Worrall", "03/04/2025")
    alone = article("Mayor slams backflip", "03/04/2025")

    assert (under.text, under.published) == (TEXT, None)
    assert (alone.text, alone.published) == (f"03/04/2025\n\n{TEXT}", None)


def test_a_byline_and_a_date_in_a_wrapped_text_are_lines_of_their_own() -> None:
    paragraphs = [f"{FIRST} {FIRST}", f"{SECOND} {FIRST}", f"{FIRST} {SECOND}"]
    wrapped = "\n\n".join(textwrap.fill(paragraph, 60) for paragraph in paragraphs)

    (read,) = parse(f"Mayor slams backflip\nBy Dale Worrall\nMarch 15, 2025\n\n{wrapped}".encode(), name="ferry.txt")

    assert (read.headline, read.byline, read.published) == ("Mayor slams backflip", "Dale Worrall", DAY)
    assert read.text.split("\n\n") == paragraphs


def test_a_date_that_a_wrapped_line_happens_to_begin_with_stays_in_its_sentence() -> None:
    paragraph = "The harbour council voted to close the ferry line that runs\nto the isle of Marrow from the harbour of Ansel on Saturday\n"
    paragraph += "15 March 2025\nand nobody in the whole of the hall on the hill had believed"

    assert "from the harbour of Ansel on Saturday 15 March 2025" in " ".join(split_paragraphs(paragraph))


def test_a_date_below_the_first_prose_is_text() -> None:
    (read,) = parse(f"Mayor slams backflip\n\n{FIRST}\n\n15 March 2025\n\n{SECOND}".encode(), name="ferry.txt")

    assert read.text == f"{FIRST}\n\n15 March 2025\n\n{SECOND}"
    assert read.published is None


def test_the_dates_over_the_parts_of_a_timeline_all_stay() -> None:
    timeline = f"15 March 2025\n\n{FIRST}\n\n16 March 2025\n\n{SECOND}"

    (read,) = parse(f"How the ferry was lost\n\n{timeline}".encode(), name="ferry.txt")

    assert (read.text, read.published) == (timeline, None)


def test_a_known_byline_and_date_win_over_the_lines_that_repeat_them() -> None:
    read = article("Headline: Mayor slams backflip", "By: Jo Tarn", "Published: 2025-03-16", "", "By Dale Worrall", "15 March 2025")

    assert (read.byline, read.published, read.text) == ("Jo Tarn", datetime(2025, 3, 16, tzinfo=UTC), TEXT)


def test_the_head_of_markdown_and_of_a_record_is_read_as_well() -> None:
    markdown = f"# Mayor slams backflip\n\n*By Dale Worrall*\n15 March 2025\n\n{TEXT}"
    record = f'{{"headline": "Mayor slams backflip", "text": "By Dale Worrall\\n\\n15 March 2025\\n\\n{FIRST}"}}'

    for data, name, text in ((markdown, "ferry.md", TEXT), (record, "ferry.json", FIRST)):
        (read,) = parse(data.encode(), name=name)
        assert (read.byline, read.published, read.text) == ("Dale Worrall", DAY, text)


@pytest.mark.parametrize("line", [*DATES, "03/04/2025", "2025-03-15T10:15:00Z", "Sat, 15 Mar 2025 10:15 GMT", "March 15, 2025 at 9 am"])
def test_a_date_with_its_weekday_and_time_is_a_date_line(line: str) -> None:
    assert is_date_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "March 2025",
        "15 March",
        "Saturday",
        "March 15, 2025: a boat sinks",
        "The vote of 15 March 2025",
        "15 to 18 March 2025",
        "45/03/2025",
    ],
)
def test_a_line_that_says_anything_else_or_no_day_is_no_date_line(line: str) -> None:
    assert not is_date_line(line)


@given(st.lists(st.one_of(st.text(max_size=60), st.sampled_from([*DATES, "By Dale Worrall", "03/04/2025", FIRST])), max_size=6))
def test_only_bylines_and_dates_are_taken_off_and_the_rest_keeps_its_order(paragraphs: list[str]) -> None:
    left = list(read_head(paragraphs).paragraphs)

    remaining = iter(paragraphs)
    missing = list(paragraphs)
    for paragraph in left:
        assert paragraph in remaining
        missing.remove(paragraph)
    assert all(is_head_line(line) for line in missing)
    assert left[-1:] == paragraphs[-1:]
