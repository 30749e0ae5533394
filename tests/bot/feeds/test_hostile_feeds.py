"""Feeds that mean harm, or that somebody's program has mangled."""

import gzip
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import NotAFeed
from bot.feeds.feed import Feed
from bot.feeds.feed_text import MAX_FEED_BYTES
from bot.feeds.markup import MAX_ENTRIES, MAX_TAGS
from bot.feeds.parsing import parse
from bot.feeds.wording import MAX_HTML, MAX_LINE, MAX_SECTIONS

ADDRESS = "https://news.example.org/feed"
RSS = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    "<channel><title>The Courier</title><link>https://example.org/</link><ttl>30</ttl><item><title>“Mill” &amp; more</title><link>/a</link>"
    "<guid>1</guid><pubDate>Tue, 22 Oct 2024 10:15:00 +0100</pubDate><dc:creator>Ann Bell</dc:creator><category>Local</category>"
    "<description><![CDATA[<p>“We open,” she said.</p>]]></description></item></channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/"><title type="html">The &lt;b&gt;Courier</title>'
    '<entry><id>1</id><title>x</title><link href="a"/><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>All</p></div></content>'
    "<updated>2024-10-22T09:15:00Z</updated><author><name>Ann Bell</name></author></entry></feed>"
)
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel rdf:about="x">'
    '<title>x</title></channel><item rdf:about="https://example.org/a"><title>x</title></item></rdf:RDF>'
)
JSON = json.dumps(
    {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "url": "/a", "tags": ["Local"], "content_text": "x\n\ny"}]}
)
NEWS = (
    '<urlset xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://example.org/a</loc><news:news><news:title>x'
    "</news:title><news:publication_date>2024-10-22</news:publication_date></news:news></url></urlset>"
)
SAMPLES = [text.encode() for text in (RSS, ATOM, RDF, JSON, NEWS)]
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


def read(data: bytes, media_type: str | None = None) -> Feed | None:
    try:
        return parse(data, media_type=media_type, address=ADDRESS)
    except NotAFeed:
        return None


def assert_bounded(feed: Feed | None) -> None:
    for entry in feed.entries if feed else ():
        assert entry.guid or entry.url or entry.headline or entry.content or entry.summary
        assert entry.url is None or entry.url.lower().startswith(("http://", "https://"))
        assert len(entry.headline or "") <= MAX_LINE
        assert len(entry.sections) <= MAX_SECTIONS
        assert len(entry.content or "") <= MAX_HTML
        assert entry.published is None or entry.published.tzinfo is not None


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE rss [<!ENTITY a0 "ha">{LAUGHS}]>',
        f'<!DOCTYPE rss [<!ENTITY a9 "{"A" * 50_000}">]>',
        '<!DOCTYPE rss [<!ENTITY a9 SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE rss [<!ENTITY a9 SYSTEM "http://169.254.169.254/latest/meta-data/">]>',
        '<!DOCTYPE rss [<!ENTITY % a9 SYSTEM "http://127.0.0.1/x.dtd"> %a9;]>',
        '<!doctype RSS SYSTEM "x>[" [ <!-- ]> --> <!entity a9 "x">]>',
        '<!DOCTYPE rss [<!ENTITY a9 "never ends"',
    ],
    ids=["billion laughs", "quadratic", "a file", "an address", "a parameter entity", "hidden", "without end"],
)
def test_a_document_type_that_declares_entities_is_refused(doctype: str) -> None:
    """FAILURES 21: DTDs and entity bombs (feedparser#107)."""
    with pytest.raises(NotAFeed, match="declares entities"):
        parse(
            f"{doctype}<rss><channel><item><title>{'&a9;' * 1000}</title></item></channel></rss>".encode(), media_type=None, address=ADDRESS
        )


@pytest.mark.parametrize(
    "around",
    ["{0}{1}", "<rss>{0}</rss>{1}", "<![CDATA[x]]>{0}{1}", "<x [{0}>{1}", "<!DOCTYPE rss [<!-- x ]> {0} ]>{1}"],
)
def test_an_entity_is_never_expanded_wherever_it_is_declared(around: str) -> None:
    """FAILURES 21: nothing is ever expanded or fetched, since no parser sees a document type or a reference to it."""
    declared = '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "grown">]>'
    item = "<rss><channel><item><title>x &a; &b;</title><description>&a;&b;</description></item></channel></rss>"

    feed = read(around.format(declared, item).encode())

    assert "root:" not in repr(feed)
    assert "grown;" not in repr(feed).replace("&b;", "")


def test_an_entity_in_a_feed_about_entities_is_text() -> None:
    feed = read(b"<rss><channel><item><title>x</title><description><![CDATA[<!ENTITY a 'x'> &a;]]></description></item></channel></rss>")

    assert feed is not None
    assert feed.entries[0].summary == "<!ENTITY a 'x'> &a;"


@pytest.mark.parametrize(
    "data",
    [
        b"<rss><channel>" + b"<![CDATA[" * 100_000,
        b"<rss><channel>" + b"<!--" * 100_000,
        b"<rss><channel>" + b"<?x " * 100_000,
        b"<!--" * 100_000,
        b"<a " * 100_000,
        b"<!DOCTYPE " * 50_000,
        b"<!DOCTYPE rss " + b"[" * 100_000,
        b"<rss><channel>" + b"<item>" * 100_000,
        b"<rss><channel><item>" + b"<title>" * 50_000,
        b"<rss><channel><item>" + b"<b>" * 100_000 + b"</item></channel></rss>",
        b"<rss><channel><item><title>" + b"&" * 200_000,
        b"<rss><channel><item><title>" + b"<a " * 50_000 + b"</title></item></channel></rss>",
        b"<rss a='" + b"x" * 300_000,
        b"<rss " + b"a" * 300_000,
        b"<rss><channel><item><title>" + b"x" * 1_000_000 + b"</title></item></channel></rss>",
        b'{"version": "https://jsonfeed.org/version/1", "items": [' + b"[" * 200_000,
        b'{"version"' + b" " * 300_000,
        b"<rss a='" + b"x" * 1_000_000 + b"'><channel>" + b"<item><b></item>" * 2_000,
        b"<rss><channel><item><b " + b"a" * 500_000 + b"></item></channel></rss>",
        b"<rss><channel><item><b " + b"a=b " * 100_000 + b"></item></channel></rss>",
    ],
    ids=range(20),
)
def test_time_grows_with_the_length_of_a_feed_and_no_faster(data: bytes) -> None:
    """FAILURES 21: a parser that hangs (feedparser#263). What grows by the square takes minutes here."""
    began = time.process_time()

    assert_bounded(read(data))

    assert time.process_time() - began < 3


def test_a_feed_is_bounded_in_bytes_entries_and_the_length_of_its_fields() -> None:
    """FAILURES 21."""
    many = read(b"<rss><channel>" + b"<item><guid>x</guid></item>" * (MAX_ENTRIES + 50) + b"</channel></rss>")
    broken = read(b"<rss><channel>" + b"<item><guid>x</b></item>" * (MAX_ENTRIES + 50) + b"</channel></rss>")
    long = read(
        f"<rss><channel><item><title>{'x' * 5000}</title><description>{'y' * (MAX_HTML + 1)}</description></item></channel></rss>".encode()
    )

    assert many is not None
    assert broken is not None
    assert long is not None
    assert len(many.entries) == len(broken.entries) == MAX_ENTRIES
    assert (len(long.entries[0].headline or ""), long.entries[0].summary) == (MAX_LINE, None)
    with pytest.raises(NotAFeed, match="more than"):
        parse(b"<rss>" + b"<a/>" * MAX_TAGS, media_type=None, address=ADDRESS)
    with pytest.raises(NotAFeed, match="larger than"):
        parse(b" " * (MAX_FEED_BYTES + 1), media_type=None, address=ADDRESS)


def test_a_gzip_bomb_is_refused_and_a_gzip_sitemap_read() -> None:
    """FAILURES 21."""
    with pytest.raises(NotAFeed, match="larger than"):
        parse(gzip.compress(bytes(MAX_FEED_BYTES * 3), 1), media_type="application/gzip", address=ADDRESS)
    feed = read(gzip.compress(NEWS.encode()))

    assert feed is not None
    assert len(feed.entries) == 1


SENTENCE = "“We can’t wait,” said Zoë – the café cost £90"


def titled(title: str, declaration: str = "") -> str:
    return f"{declaration}<rss><channel><item><title>{title}</title></item></channel></rss>"


@pytest.mark.parametrize("says", [None, "utf-8", "iso-8859-1", "windows-1251", "ascii", "nonsense", "utf-16"])
@pytest.mark.parametrize("http", [None, "utf-8", "iso-8859-1", "windows-1251", "nonsense"])
def test_utf_8_is_read_whatever_is_said_of_it(says: str | None, http: str | None) -> None:
    """FAILURES 21: wrong charset."""
    declaration = f'<?xml version="1.0" encoding="{says}"?>' if says else ""

    feed = read(titled(SENTENCE, declaration).encode(), f"text/xml; charset={http}" if http else None)

    assert feed is not None
    assert feed.entries[0].headline == SENTENCE


@pytest.mark.parametrize(
    ("encoding", "says", "http", "title"),
    [
        ("windows-1252", None, None, SENTENCE),
        ("windows-1252", "utf-8", "utf-8", SENTENCE),
        ("windows-1252", "iso-8859-1", None, SENTENCE),
        ("windows-1251", "windows-1251", None, "Он сказал: нет"),
        ("windows-1251", "windows-1251", "iso-8859-1", "Он сказал: нет"),
        ("windows-1251", "utf-8", "windows-1251", "Он сказал: нет"),
        ("koi8-r", "windows-1251", "koi8-r", "Он сказал: нет"),
        ("shift_jis", "Shift_JIS", None, "彼は言った"),
        ("gb18030", "gb2312", "gb18030", "他说"),
        ("utf-16", "utf-16", None, SENTENCE),
        ("utf-16-le", "utf-8", None, "Mill reopens"),
        ("utf-16-be", None, "utf-8", "Mill reopens"),
        ("utf-8-sig", "iso-8859-1", "windows-1251", SENTENCE),
    ],
)
def test_a_charset_is_believed_where_the_bytes_bear_it_out(encoding: str, says: str | None, http: str | None, title: str) -> None:
    """FAILURES 21: wrong charset. HTTP's counts before the document's, but for what servers say of anything."""
    declaration = f'<?xml version="1.0" encoding="{says}"?>' if says else ""

    feed = read(titled(title, declaration).encode(encoding), f"text/xml; charset={http}" if http else None)

    assert feed is not None
    assert feed.entries[0].headline == title


def test_one_wrong_byte_costs_one_character_and_no_entry() -> None:
    data = titled(SENTENCE).encode().replace(b"said", b"sa\xffid")

    feed = read(data)

    assert feed is not None
    assert feed.entries[0].headline == SENTENCE.replace("said", "sa\ufffdid")


@settings(max_examples=100, deadline=None)
@given(
    sample=st.sampled_from(SAMPLES),
    edits=st.lists(st.tuples(st.integers(0, 1000), st.integers(0, 60), st.binary(max_size=12)), min_size=1, max_size=6),
)
def test_any_mangled_feed_gives_entries_or_is_no_feed(sample: bytes, edits: list[tuple[int, int, bytes]]) -> None:
    for at, length, inserted in edits:
        at %= len(sample) + 1
        sample = sample[:at] + inserted + sample[at + length :]

    assert_bounded(read(sample))


MARKUP = st.lists(
    st.sampled_from(
        [
            *(
                "<rss>",
                "<feed>",
                "<channel>",
                "<item>",
                "</item>",
                "<entry>",
                "</entry>",
                "<title>",
                "</title>",
                "<link>",
                "<a:b",
                "<:x>",
                "<x:>",
            ),
            *(
                "<description>",
                "</description>",
                "<content type='xhtml'>",
                "</content>",
                "<x:1 y>",
                "<urlset>",
                "<url>",
                "<loc>",
                "<rdf:RDF",
            ),
            *(
                "<![CDATA[",
                "]]>",
                "<!--",
                "-->",
                "<?",
                "?>",
                "<!DOCTYPE x",
                "[",
                "]>",
                "<!ENTITY",
                "&x;",
                "&#x0;",
                "&",
                "<",
                ">",
                "/>",
                '"',
                "'",
            ),
            *(" xmlns='http://purl.org/rss/1.0/'", " xml:base='http://['", "http://x/", "é", "\x00", "\ufffe", "😀", "{", '"version":'),
        ]
    ),
    max_size=40,
)


@settings(max_examples=100, deadline=None)
@given(MARKUP)
def test_any_pieces_of_markup_give_entries_or_are_no_feed(pieces: list[str]) -> None:
    for start in ("", "<rss><channel><item>", "<feed><entry>"):
        assert_bounded(read((start + "".join(pieces)).encode()))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_give_entries_or_are_no_feed(data: bytes) -> None:
    assert_bounded(read(data))
    assert_bounded(read(b"<rss><channel><item><title>" + data + b"</title></item></channel></rss>"))


ENCODINGS = [
    "utf-8",
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-32",
    "windows-1252",
    "windows-1251",
    "iso-8859-15",
    "koi8-r",
    "shift_jis",
    "gb18030",
]
DECLARED = [None, *ENCODINGS, "utf-7", "rot13", "hex", "idna", "no-such", "x" * 40, "unicode_escape", "base64"]


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=80), encoding=st.sampled_from(ENCODINGS), says=st.sampled_from(DECLARED), http=st.sampled_from(DECLARED))
def test_any_text_in_any_charset_with_any_declaration_gives_entries_or_is_no_feed(
    text: str, encoding: str, says: str | None, http: str | None
) -> None:
    declaration = f'<?xml version="1.0" encoding="{says}"?>' if says else ""
    data = titled(text, declaration).encode(encoding, "replace")

    feed = read(data, f"text/xml; charset={http}" if http else None)

    assert_bounded(feed)
    if encoding == "utf-8" and text.isalnum():
        assert feed is not None
        assert feed.entries[0].headline == text
