"""Lists of feeds: read as other programs write them, refused where they are none, written and read as the same."""

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import ReadingError
from bot.feeds.opml import MAX_DEPTH, MAX_FEEDS, Outline, read, written

AT = datetime(2026, 11, 4, 12, 0, tzinfo=timezone(timedelta(hours=1)))
A, B = "https://example.org/a.xml", "https://example.org/b.xml"


def opml(body: str, declaration: str = '<?xml version="1.0" encoding="UTF-8"?>') -> bytes:
    return f'{declaration}<opml version="1.0"><head><title>Mine</title></head><body>{body}</body></opml>'.encode()


def outline(url: str, **others: str) -> str:
    return f'<outline type="rss" xmlUrl="{url}" ' + " ".join(f'{name}="{value}"' for name, value in others.items()) + "/>"


def refusal(data: bytes) -> str:
    with pytest.raises(ReadingError) as refused:
        read(data)
    assert refused.value.remedy
    return refused.value.what


# --- reading --------------------------------------------------------------------------------------


def test_feeds_are_read_with_their_names_sites_and_folders() -> None:
    body = (
        f'<outline text="News"><outline title="Scotland">{outline(A, text="Border Wire", htmlUrl="https://example.org/")}</outline>'
        f"{outline(B, text='Ferry Post')}</outline>{outline('https://example.org/c?edition=uk')}"
    )
    assert read(opml(body)) == (
        Outline(A, "Border Wire", "https://example.org/", ("News", "Scotland")),
        Outline(B, "Ferry Post", None, ("News",)),
        Outline("https://example.org/c?edition=uk"),
    )


@pytest.mark.parametrize(
    ("others", "title"),
    [
        ({"text": "Border Wire", "title": "borderwire.example.org feed"}, "Border Wire"),
        ({"text": " ", "title": "Border Wire"}, "Border Wire"),
        ({"text": A, "title": "Border Wire"}, "Border Wire"),
        ({"title": "Border&#10;  Wire"}, "Border Wire"),
        ({"text": "Bell & Moor&nbsp;&eacute;&amp;"}, "Bell & Moor é&"),
        ({"text": A}, None),
        ({}, None),
    ],
)
def test_a_feed_is_called_by_its_text_else_by_its_title(others: dict[str, str], title: str | None) -> None:
    assert read(opml(outline(A, **others))) == (Outline(A, title),)


def test_a_feed_that_stands_there_twice_is_one() -> None:
    body = f'{outline(A, text="First")}<outline text="News">{outline(A.replace("https", "HTTP"), text="Second")}{outline(B)}</outline>'
    assert read(opml(body)) == (Outline(A, "First"), Outline(B, folders=("News",)))


@pytest.mark.parametrize(
    ("given", "url"),
    [
        ("feed://example.org/a.xml", "http://example.org/a.xml"),
        ("feed:https://example.org/a.xml", A),
        ("FEED:HTTPS://Example.org:443/a.xml", A),
        ("https://example.org/a.xml?x=1&y=2", "https://example.org/a.xml?x=1&y=2"),
        ("ftp://example.org/a.xml", "ftp://example.org/a.xml"),
    ],
)
def test_an_address_is_brought_into_its_one_form_and_what_is_none_stays_to_be_refused_by_name(given: str, url: str) -> None:
    assert [one.url for one in read(opml(outline(given)))] == [url]


def test_names_of_elements_and_attributes_are_read_in_whatever_case_and_feeds_may_hold_feeds() -> None:
    data = f'<OPML><BODY><OUTLINE XMLURL="{A}" TEXT="Border Wire"><outline xmlurl="{B}"/></OUTLINE></BODY></OPML>'.encode()
    assert read(data) == (Outline(A, "Border Wire"), Outline(B))


def test_failures_21_a_wrong_charset_is_read_by_what_the_bytes_are() -> None:
    body = outline(A, text="Café Wire")
    claims_latin = opml(body, '<?xml version="1.0" encoding="ISO-8859-1"?>')
    latin = claims_latin.decode().encode("latin-1")
    utf16 = opml(body, '<?xml version="1.0" encoding="UTF-16"?>').decode().encode("utf-16")
    marked = b"\xef\xbb\xbf" + opml(body)
    for data in (claims_latin, latin, utf16, marked, b"\n  " + opml(body)):
        assert read(data) == (Outline(A, "Café Wire"),)


# --- refusing -------------------------------------------------------------------------------------


def test_failures_21_document_types_and_entity_bombs_are_refused_before_they_are_parsed() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE opml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    outside = '<?xml version="1.0"?><!doctype opml SYSTEM "file:///etc/passwd">'
    for declaration in (bomb, outside):
        assert "attacks are made of" in refusal(opml(outline(A, text="&b;"), declaration))


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "It is no list of feeds (OPML)."),
        (b"Ferry times", "It is no list of feeds (OPML)."),
        (b"<html><body>Ferry</body></html>", "It is no list of feeds (OPML)."),
        (b'<rss version="2.0"><channel/></rss>', "It is a feed, not a list of feeds (OPML)."),
        (b'<feed xmlns="http://www.w3.org/2005/Atom"/>', "It is a feed, not a list of feeds (OPML)."),
        (opml(""), "There is no feed in that list."),
        (opml('<outline text="A folder"/><outline type="rss" xmlUrl=" "/>'), "There is no feed in that list."),
        (b"<opml>\n<body>\n" + outline(A).encode(), "The list of feeds is broken in line 3."),
        (opml("<outline>" * MAX_DEPTH + "</outline>" * MAX_DEPTH), f"Its folders lie more than {MAX_DEPTH} deep in each other."),
        (
            opml("".join(f'<outline xmlUrl="http://a.example/{one}"/>' for one in range(MAX_FEEDS + 1))),
            "There are more than 10,000 feeds in that list.",
        ),
    ],
    ids=range(10),
)
def test_what_is_no_list_of_feeds_is_refused_in_a_sentence(data: bytes, what: str) -> None:
    assert refusal(data) == what


# --- writing --------------------------------------------------------------------------------------


def test_a_list_is_written_as_other_programs_read_it() -> None:
    feeds = [Outline(A, "Bell & Moor", "https://example.org/", ("News", "Scotland")), Outline(B, folders=("News",))]
    assert written(feeds, "Verbatim's feeds", AT).decode() == (
        "<?xml version='1.0' encoding='utf-8'?>\n"
        '<opml version="2.0">\n'
        "  <head>\n"
        "    <title>Verbatim's feeds</title>\n"
        "    <dateCreated>Wed, 04 Nov 2026 11:00:00 GMT</dateCreated>\n"
        "  </head>\n"
        "  <body>\n"
        '    <outline text="News">\n'
        '      <outline text="Scotland">\n'
        f'        <outline type="rss" text="Bell &amp; Moor" title="Bell &amp; Moor" xmlUrl="{A}" htmlUrl="https://example.org/" />\n'
        "      </outline>\n"
        f'      <outline type="rss" text="{B}" title="{B}" xmlUrl="{B}" />\n'
        "    </outline>\n"
        "  </body>\n"
        "</opml>\n"
    )


def test_what_xml_cannot_hold_is_left_out() -> None:
    feeds = [Outline(A, "Border\x00 \ud800Wire\uffff", folders=("Ne\x1bws",))]
    assert read(written(feeds, "\x08", AT)) == (Outline(A, "Border Wire", folders=("News",)),)


names = st.text("aZé<>&\"'/😀", min_size=1, max_size=8)
outlines = st.builds(
    Outline,
    st.integers(0, 99).map("https://example.org/{}?a=1&b=2".format),
    st.none() | names,
    st.sampled_from([None, "https://example.org/"]),
    st.lists(names, max_size=3).map(tuple),
)


@settings(max_examples=30)
@given(st.lists(outlines, min_size=1, max_size=6, unique_by=lambda one: one.url))
def test_what_is_written_is_read_as_the_same(feeds: list[Outline]) -> None:
    assert sorted(read(written(feeds, "Feeds", AT)), key=lambda one: one.url) == sorted(feeds, key=lambda one: one.url)


@settings(max_examples=30)
@given(st.binary(max_size=60) | st.text("<outlinexmUr=\"' /&;!>[]", max_size=60).map(opml))
def test_whatever_the_bytes_are_they_are_a_list_or_a_sentence(data: bytes) -> None:
    try:
        assert read(data)
    except ReadingError as refused:
        assert refused.what.endswith(".") and refused.remedy  # noqa: PT017, PT018
