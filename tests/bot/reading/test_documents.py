import contextlib
import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import NotAnArticle, ReadingError
from bot.reading.documents import MAX_ARTICLE_BYTES, Hints, parse
from storage.records import NewArticle

FIRST = "The harbour council voted on Monday to close the ferry line."
SECOND = "“We can’t wait,” said Ada Quill, the mayor."
TEXT = f"{FIRST}\n\n{SECOND}"
NOW = datetime(2024, 10, 22, 12, tzinfo=UTC)


def refusal(data: bytes, name: str = "article.txt", media_type: str | None = None) -> str:
    with pytest.raises(NotAnArticle) as refused:
        parse(data, name=name, media_type=media_type)
    assert refused.value.remedy
    return refused.value.what


@pytest.mark.parametrize("data", [b"", b"  \r\n\t ", b"\n" * 1000, b"\xef\xbb\xbf", b"\xff\xfe \x00"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    assert refusal(data) == "It is empty."


def test_what_holds_only_invisible_characters_is_refused() -> None:
    assert refusal("\ufeff\u200b\u00ad".encode()) == "It holds no prose."


@pytest.mark.parametrize(
    ("beginning", "what"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "a JPEG image"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a PNG image"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"PK\x03\x04\x14\x00", "a ZIP archive or an office document"),
        (b"\x1f\x8b\x08\x00", "a gzip archive"),
        (b"{\\rtf1\\ansi The mayor said no.}", "a rich text (RTF) document"),
        (b"SQLite format 3\x00", "an SQLite database"),
    ],
)
@pytest.mark.parametrize("name", ["article.txt", "article.html", "article.jsonl", "photo.jpg"])
def test_a_binary_file_is_recognised_by_what_it_holds_and_not_by_its_name(beginning: bytes, what: str, name: str) -> None:
    assert refusal(beginning + bytes(range(256)) * 20, name) == f"It is {what}, not text."


def test_bytes_that_are_nothing_known_are_a_binary_file() -> None:
    assert refusal(bytes(range(256)) * 100) == "It is a binary file, not text."


def test_a_document_at_the_size_limit_is_read_and_one_byte_over_it_is_refused() -> None:
    at_limit = (b" ".join([SECOND.encode()] * 1_000)).ljust(MAX_ARTICLE_BYTES)

    assert parse(at_limit, name="long.txt")[0].text.startswith(SECOND)
    assert "20 MB is the limit" in refusal(at_limit + b" ")


@pytest.mark.parametrize("data", [b"one two", b"1,2,3\n4,5,6\n7,8,9\n", b"* * *", b"https://example.org/a", b"password = hunter2"])
def test_what_holds_no_prose_is_refused(data: bytes) -> None:
    assert refusal(data) == "It holds no prose."


def test_a_page_of_boilerplate_alone_holds_no_prose() -> None:
    assert refusal(b"\n\nShare this article\n\nAdvertisement\n\n3 min read\n\n") == "It holds no prose."


def test_plain_text_becomes_an_article_identified_by_where_it_lies() -> None:
    (article,) = parse(TEXT.encode(), name="a.txt", address="file:///news/a.txt")

    assert article == NewArticle(identity="file:///news/a.txt", text=TEXT, language="en")


@pytest.mark.parametrize(
    ("document", "media_type"),
    [
        (f"URL: https://lantern.example.org/famous\n\n{TEXT}", "text/plain"),
        (f"---\nurl: https://lantern.example.org/famous\n---\n\n{TEXT}", "text/markdown"),
        (json.dumps({"url": "https://lantern.example.org/famous", "text": TEXT}), "text/plain"),
        (json.dumps({"url": "https://lantern.example.org/famous", "text": TEXT}), "text/html"),
    ],
)
def test_what_was_found_on_the_web_cannot_pass_for_another_sites_article_in_any_format(document: str, media_type: str) -> None:
    (there,) = parse(document.encode(), name="a", media_type=media_type, address="https://mud.example.org/a")
    (here,) = parse(document.encode(), name="a", media_type=media_type, address="https://www.lantern.example.org/a")

    assert there.url == there.identity == "https://mud.example.org/a"
    assert here.url == here.identity == "https://lantern.example.org/famous"


def test_articles_that_stand_together_at_one_address_are_not_taken_for_one() -> None:
    records = "\n".join(json.dumps({"text": text}) for text in (FIRST, SECOND))

    first, second = parse(records.encode(), name="a.jsonl", media_type="text/plain", address="https://mud.example.org/a.jsonl")

    assert first.identity != second.identity
    assert first.url is second.url is None


def test_a_text_from_nowhere_is_identified_by_its_words() -> None:
    assert parse(TEXT.encode(), name="-")[0].identity == parse(FIRST.encode() + b"\r\n\r\n" + SECOND.encode(), name="x")[0].identity


def test_hints_win_over_what_the_document_says() -> None:
    document = f"Headline: One\nPublished: 2024-01-01\nOutlet: The Lantern\nURL: https://lantern.example.org/1\n\n{TEXT}"
    hints = Hints(outlet="Harbour Radio", url="HTTPS://radio.example.org/2?utm_source=x", published=NOW, headline="Two")

    (article,) = parse(document.encode(), name="a.txt", hints=hints)

    assert (article.outlet, article.headline, article.published) == ("Harbour Radio", "Two", NOW)
    assert article.url == article.identity == "https://radio.example.org/2"


def test_a_date_far_ahead_of_now_is_not_believed_unless_a_person_gives_it() -> None:
    document = f"Headline: One\nPublished: 2031-01-01\n\n{TEXT}".encode()
    future = datetime(2031, 1, 1, tzinfo=UTC)

    assert parse(document, name="a.txt", now=NOW)[0].published is None
    assert parse(document, name="a.txt")[0].published == future
    assert parse(document, name="a.txt", hints=Hints(published=future), now=NOW)[0].published == future


def test_an_outlet_that_no_one_names_is_the_host_of_the_url() -> None:
    assert parse(TEXT.encode(), name="a.txt", hints=Hints(url="https://www.lantern.example.org/1"))[0].outlet == "lantern.example.org"
    assert parse(TEXT.encode(), name="a.txt")[0].outlet is None


def test_a_headline_given_twice_is_not_in_the_text() -> None:
    document = json.dumps({"headline": "Ferry line closes", "text": f"Ferry line closes\n\n{TEXT}"}).encode()

    assert parse(document, name="a.json")[0].text == TEXT


def test_markdown_loses_its_markup_and_keeps_its_words() -> None:
    document = f"""---
title: "Ferry line: it *closes*"
author: [Jo Tarn, Sam Fell]
date: 2024-10-22T10:15:00+01:00
outlet: The Lantern
url: https://lantern.example.org/1
lang: en_GB
tags: [ferry]
---

The harbour council [voted](https://example.org) on **Monday** to
close the ferry line.

> {SECOND}

## What happens now

- First, a boat *leaves* the harbour.
- Second, it does not come back. ![A boat](boat.jpg)

    Indented, "it is over", she said.

```
code = 1
```
"""
    (article,) = parse(document.encode(), name="a.md")

    assert article.text.split("\n\n") == [
        FIRST,
        SECOND,
        "What happens now",
        "First, a boat leaves the harbour.",
        "Second, it does not come back.",
        'Indented, "it is over", she said.',
    ]
    assert (article.headline, article.byline, article.outlet) == ("Ferry line: it *closes*", "Jo Tarn, Sam Fell", "The Lantern")
    assert (article.language, article.identity) == ("en-GB", "https://lantern.example.org/1")
    assert article.published == datetime(2024, 10, 22, 9, 15, tzinfo=UTC)


def test_markdown_without_front_matter_has_its_first_heading_as_headline() -> None:
    (article,) = parse(f"# Ferry line closes\n\n{TEXT}".encode(), name="a.md")

    assert (article.headline, article.text) == ("Ferry line closes", TEXT)


def test_front_matter_makes_a_text_markdown_whatever_it_is_called() -> None:
    assert parse(f"---\ntitle: Closed\n---\n{TEXT}".encode(), name="-")[0].headline == "Closed"


@pytest.mark.parametrize("front", ["title: [", "a: b: c", "x: !!python/object/apply:os.system ['true']", "date: 2024-99-99", "\t- : {"])
def test_broken_front_matter_is_refused_with_its_place(front: str) -> None:
    assert "front matter" in refusal(f"---\n{front}\n---\n{TEXT}".encode(), "a.md")


def test_json_records_are_read_by_their_documented_fields() -> None:
    record = {
        "text": [FIRST, SECOND],
        "url": "https://lantern.example.org/1?utm_source=x",
        "outlet": "The Lantern",
        "title": "Ferry line closes",
        "authors": ["Jo Tarn", {"name": "Sam Fell"}],
        "date": "2024-10-22",
        "language": "en",
    }
    expected = NewArticle(
        identity="https://lantern.example.org/1",
        text=TEXT,
        url="https://lantern.example.org/1",
        outlet="The Lantern",
        headline="Ferry line closes",
        byline="Jo Tarn, Sam Fell",
        published=datetime(2024, 10, 22, tzinfo=UTC),
        language="en",
    )

    assert parse(json.dumps(record).encode(), name="a.json") == [expected]
    assert parse(json.dumps([record, record]).encode(), name="a.json") == [expected, expected]
    assert parse(json.dumps({"articles": [record]}, indent=2).encode(), name="a.json") == [expected]
    assert parse((json.dumps(record) + "\n\n" + json.dumps(record) + "\n").encode(), name="a.jsonl") == [expected, expected]
    assert parse(json.dumps(record, ensure_ascii=False).encode("utf-16"), name="-") == [expected]


def test_a_json_record_may_hold_a_page() -> None:
    page = f"<html><body><article><h1>Closed</h1><p>{FIRST}</p><p>{SECOND}</p></article></body></html>"
    record = {"html": page, "url": "https://lantern.example.org/1", "headline": "Ferry line closes"}

    (article,) = parse(json.dumps(record).encode(), name="a.json")

    assert article.text.endswith(TEXT)
    assert (article.headline, article.identity) == ("Ferry line closes", "https://lantern.example.org/1")


@pytest.mark.parametrize(
    ("document", "what"),
    [
        ('{"text": "The mayor said no."}\n{"text": }', "Line 2: it is not valid JSON"),
        ('{"text": "The mayor said no."}\n[]', "Line 2: it is JSON, but no object"),
        ('{"text": "The mayor said no."}\n\n{"title": "x"}', "Line 3: it has neither 'text' nor 'html'"),
        ('[{"text": "The mayor said no."}, 7]', "Article 2: it is JSON, but no object"),
        ('{"text": 7}', "It has neither 'text' nor 'html'"),
        ('{"html": ["x"]}', "It has neither 'text' nor 'html'"),
        ("7", "It is JSON, but neither an object nor an array"),
        ("{", "It is not valid JSON"),
        ("[" * 100_000, "It is JSON nested"),
        ('{"text": "' + "\\ud800" + '"}', "It holds no prose"),
    ],
)
def test_json_that_is_no_article_is_refused_with_its_place(document: str, what: str) -> None:
    assert refusal(document.encode(), "a.json").startswith(what)


def test_a_text_in_brackets_is_no_json() -> None:
    assert parse(f"[Applause] {FIRST}\n\n{SECOND}".encode(), name="a.txt")[0].text == f"[Applause] {TEXT}"


WORDS = st.sampled_from(
    ["{", "[", "---\n", "<html>", "<p>", "\n\n", '{"text": "The mayor said no."}', "title: x", "The mayor said no. ", "\ufeff", "“", "\x00"]
)


PIECED = st.lists(WORDS, max_size=12).map(lambda pieces: "".join(pieces).encode())
NAMES = st.sampled_from(["a.txt", "a.md", "a.html", "a.json", "a.jsonl", "-", ""])


@settings(max_examples=100)
@given(st.one_of(st.binary(max_size=300), PIECED), NAMES)
def test_any_bytes_give_articles_or_a_reason(data: bytes, name: str) -> None:
    articles: list[NewArticle] = []
    with contextlib.suppress(ReadingError):
        articles = parse(data, name=name)

    assert all(article.text and article.identity and article.text == article.text.strip() for article in articles)


@given(st.text(alphabet=st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(" \n."), max_size=300))
def test_every_word_of_the_text_stands_in_the_document(words: str) -> None:
    articles: list[NewArticle] = []
    with contextlib.suppress(ReadingError):
        articles = parse(f"{FIRST}\n\n{words}".encode(), name="a.txt")

    in_document = set(f"{FIRST} {words}".split())
    assert all(set(article.text.split()) <= in_document | joined(words) for article in articles)


def joined(words: str) -> set[str]:
    """The words that come of joining a wrapped compound at its hyphen."""
    return set(words.replace("-\n", "-").replace("—\n", "—").split())


LINKS = "- [Who pays for the boats?](https://lantern.example.org/b)\n- [Five islands without a boat](https://lantern.example.org/c)"


@pytest.mark.parametrize("label", ["[Read more: Ferry boss quits](https://lantern.example.org/a)", "Read more: [Ferry boss quits](/a)"])
def test_the_headlines_listed_in_markdown_under_a_link_to_another_article_go_with_it(label: str) -> None:
    (article,) = parse(f"The council voted to close the line.\n\n{label}\n\n{LINKS}\n\nQuill left the hall.".encode(), name="ferry.md")

    assert article.text == "The council voted to close the line.\n\nQuill left the hall."


@pytest.mark.parametrize(
    ("above", "items", "kept"),
    [
        ("The council voted on these:", LINKS, ["Who pays for the boats?", "Five islands without a boat"]),
        (
            "[Read more: Ferry boss quits](/a)",
            "- More boats in winter\n- No boats on Sundays",
            ["More boats in winter", "No boats on Sundays"],
        ),
        ("[Read more: Ferry boss quits](/a)", "- [The boat](/b) sank.\n- [Fell](/c) swam.", ["The boat sank.", "Fell swam."]),
        ("Read more: Ferry boss quits", LINKS, ["Who pays for the boats?", "Five islands without a boat"]),
    ],
)
def test_any_other_list_in_markdown_stays(above: str, items: str, kept: list[str]) -> None:
    (article,) = parse(f"The council voted to close the line.\n\n{above}\n\n{items}\n\nQuill left the hall.".encode(), name="ferry.md")

    assert article.text.split("\n\n")[-1 - len(kept) : -1] == kept


@pytest.mark.parametrize("field", ["text", "content", "html"])
@pytest.mark.parametrize("headline", ["Ferry late", None])
@pytest.mark.parametrize(
    "body",
    [
        '<p>The boat was late.</p>\n<p>"It was the <em>worst</em> day &amp; night," said Ann Bell.</p>',
        'The boat was late.<br><br>"It was the <em>worst</em> day &#38; night," said Ann Bell.',
        'The boat was late.\n\n"It was the <a href="https://example.org/">worst</a> day & night," said Ann Bell.',
        "The boat was late.\n\n&quot;It was the worst day &amp; night,&quot; said Ann Bell.",
    ],
)
def test_html_in_the_text_of_a_record_is_read_as_html(body: str, headline: str | None, field: str) -> None:
    """Else a quote would be shown with marks in it that nobody said."""
    (article,) = parse(json.dumps({field: body, "headline": headline}).encode(), name="a.json")

    assert article.text == 'The boat was late.\n\n"It was the worst day & night," said Ann Bell.'


@pytest.mark.parametrize(
    "text", ["Is a < b & c > d?\n\nAT&T; said “no”, said Ann Bell.", "The field &copy=2 was wrong.\nNo one, she said, knew why."]
)
def test_what_only_looks_like_html_is_left_as_it_is(text: str) -> None:
    (article,) = parse(json.dumps({"text": text, "headline": "x"}).encode(), name="a.json")

    assert article.text.split() == text.split()


def test_names_of_characters_in_the_fields_of_a_record_are_written_out() -> None:
    url = "https://example.org/a?b=1&amp;c=2"
    record = {
        "text": "The boat was late, said Ann Bell.",
        "headline": "R&amp;D at sea",
        "byline": "Ann O&#8217;Bell",
        "outlet": {"name": "Sea &amp; Sky"},
        "url": url,
    }
    (article,) = parse(json.dumps(record).encode(), name="a.json")

    assert (article.headline, article.byline, article.outlet, article.url) == ("R&D at sea", "Ann O’Bell", "Sea & Sky", url)


def test_a_record_whose_text_was_cut_off_by_its_service_is_refused() -> None:
    """Its last quote might end in the middle."""
    record = {"content": "The boat was late. Ann Bell said: “We never saw it coming and nobody… [+2031 chars]"}

    assert refusal(json.dumps(record).encode(), "a.json") == "Its text is cut off: at its end stands how much more there is."


@pytest.mark.parametrize(
    ("name", "begins", "what"),
    [
        ("a.csv", "date,headline,text\n2024-10-14,Ferry late,", "It is a table, not an article."),
        ("a.xml", '<?xml version="1.0"?>\n<rss><channel><title>Post</title><item><description>', "It is XML, and no page of the web."),
        ("a", "<nitf><body><body.content><p>", "It is XML, and no page of the web."),
    ],
)
def test_many_articles_in_a_table_or_in_xml_are_not_taken_for_one(name: str, begins: str, what: str) -> None:
    assert refusal(f'{begins}"The boat was late. ""It was the worst day,"" said Ann Bell."'.encode(), name) == what


def test_xhtml_is_a_page_and_no_other_xml() -> None:
    page = f'<?xml version="1.0"?>\n<!DOCTYPE html>\n<html><body><article><p>{FIRST}</p><p>{SECOND}</p></article></body></html>'
    assert parse(page.encode(), name="a.xml")[0].text == TEXT


def test_a_page_with_a_wrong_byte_beside_its_article_is_read_and_with_one_in_it_is_not() -> None:
    page = f"<html><body><!-- % --><article><h1>Zoë’s ferry</h1><p>{FIRST}</p><p>{SECOND}</p></article></body></html>".encode()

    (article,) = parse(page.replace(b"%", b"\xe2\x80"), name="a.html")
    assert article.text.endswith(TEXT)
    for place in (b"voted", b"ferry</h1>"):
        assert refusal(page.replace(place, b"\xe2\x80 " + place), "a.html").startswith("It is not valid UTF-8")
