import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import NotAnArticle, ReadingError
from bot.reading.cleaning import PARAGRAPH_BREAK
from bot.reading.documents import parse
from storage.records import NewArticle

HEAD = """<title>Ferry line closes | The Lantern</title>
<link rel="canonical" href="https://lantern.example.org/news/ferry?utm_source=feed">
<meta property="og:site_name" content="The Lantern">
<script type="application/ld+json">{"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "x"},
 {"@type": "NewsArticle", "headline": "Ferry line &#8216;closes&#8217;",
  "author": [{"@type": "Person", "name": "Jo Tarn"}, {"name": "Sam Fell"}],
  "datePublished": "2024-10-22T10:15:00+01:00", "dateModified": "2024-10-23T10:15:00+01:00",
  "inLanguage": "en-GB", "publisher": {"name": "The Lantern"}}]}</script>"""
BODY = """<nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<article><h1>Ferry line ‘closes’</h1>
<p>The harbour council <b>voted</b> on Monday to close the ferry line between Port Ansel and <a href="/marrow">Marrow Island</a>.</p>
<figure><img src="boat.jpg" alt="A boat"><figcaption>Image: The last boat. Pic: Jo Tarn</figcaption></figure>
<p>Ada Quill, the mayor, said: &ldquo;We&nbsp;can&rsquo;t wait &mdash; not a day.&rdquo; She <em>added</em>: &quot;It is over.&quot;</p>
<p>Critics called the vote <q>a sham</q> and inter&shy;ference, <wbr>and left.<br><br>The captain said he would “go”.</p>
<blockquote><p>“I have nothing to add,” said Sam Fell, the captain. “Not today.”</p></blockquote>
<blockquote>“It is over.”<cite>– Ada Quill, mayor</cite></blockquote>
<h2>What happens now</h2>
<ul><li>First, a boat leaves the harbour on the first of March.</li><li>Second, it does not come back.</li></ul>
<p>Read more:</p><ul><li><a href="/a">Ferry boss quits over bills</a></li><li><a href="/b">Why the boats stopped</a></li></ul>
<p>The last ferry leaves in March, according to the timetable that hangs in the harbour.</p>
<p>Sign up to our newsletter for more news from the islands.</p></article>
<section id="comments"><h3>Comments</h3><p>I was there, wrote nobody in particular.</p></section>
<footer><p>© 2024 The Lantern. All rights reserved.</p></footer>"""
TEXT = [
    "The harbour council voted on Monday to close the ferry line between Port Ansel and Marrow Island.",
    'Ada Quill, the mayor, said: “We can’t wait — not a day.” She added: "It is over."',
    "Critics called the vote “a sham” and interference, and left.",
    "The captain said he would “go”.",
    "“I have nothing to add,” said Sam Fell, the captain. “Not today.”",
    "“It is over.” – Ada Quill, mayor",
    "What happens now",
    "First, a boat leaves the harbour on the first of March.",
    "Second, it does not come back.",
    "The last ferry leaves in March, according to the timetable that hangs in the harbour.",
]


def page(head: str = HEAD, body: str = BODY, lang: str = ' lang="en"') -> bytes:
    return f"<!DOCTYPE html><html{lang}><head><meta charset=utf-8>{head}</head><body>{body}</body></html>".encode()


def test_a_page_gives_the_words_of_its_article_with_their_quotation_marks() -> None:
    (article,) = parse(page(), name="ferry.html")

    assert article.text.split(PARAGRAPH_BREAK) == TEXT


def test_a_page_says_what_it_is() -> None:
    (article,) = parse(page(), name="ferry.html")

    assert article.headline == "Ferry line ‘closes’"
    assert article.byline == "Jo Tarn, Sam Fell"
    assert article.outlet == "The Lantern"
    assert article.published == datetime(2024, 10, 22, 9, 15, tzinfo=UTC)
    assert article.url == article.identity == "https://lantern.example.org/news/ferry"
    assert article.language == "en-GB"


def test_a_page_that_says_nothing_of_itself_is_given_nothing() -> None:
    (article,) = parse(page(head="", lang=""), name="ferry.html")

    assert (article.byline, article.outlet, article.published, article.url) == (None, None, None, None)
    assert article.headline == "Ferry line ‘closes’"


@pytest.mark.parametrize(
    "byline",
    [
        '<p class="byline">By Sam Fry</p><p>18 March 2025</p>',
        "<p>By Sam Fry</p><p>18 March 2025</p>",
        "<p>By Sam Fry <span>18 March 2025</span></p>",
        '<div class="post-meta"><span class="author">By Sam Fry</span> <span>18 March 2025</span></div>',
    ],
)
@pytest.mark.parametrize("prose", [TEXT[:1], TEXT[:2], TEXT[:4] * 3])
@pytest.mark.parametrize("frame", ["<article>{}</article>", "{}", "<div>{}</div>"])
def test_the_byline_and_the_date_under_a_pages_headline_are_no_text_however_short_it_is(byline: str, prose: list[str], frame: str) -> None:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in prose)

    (article,) = parse(page(head="", body=frame.format(f"<h1>Ferry line closes</h1>{byline}{paragraphs}")), name="ferry.html")

    assert (article.headline, article.byline, article.published) == ("Ferry line closes", "Sam Fry", datetime(2025, 3, 18, tzinfo=UTC))
    assert article.text.split(PARAGRAPH_BREAK) == prose


def test_the_bylines_of_a_list_of_articles_are_nobodys_byline() -> None:
    others = '<aside><p class="byline">By Sam Fry</p><p class="byline">By Lee Roe</p></aside>'

    (article,) = parse(page(head="", body=BODY + others), name="ferry.html")

    assert article.byline is None


def test_a_short_page_loses_no_sentence_that_stands_outside_its_paragraphs() -> None:
    body = f"<h1>Ferry line closes</h1><div>{TEXT[0]}</div><p>{TEXT[1]}</p><div><span>{TEXT[2]}</span></div>"

    (article,) = parse(page(head="", body=body), name="ferry.html")

    assert all(sentence in article.text for sentence in TEXT[:3])


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2024-10-22T10:15:00+01:00">',
        '<meta name="DC.date.issued" content="2024-10-22T09:15:00Z">',
        '<script type="application/ld+json">[{"@type": ["NewsArticle"], "datePublished": "2024-10-22T09:15Z"}]</script>',
        '<script type="application/ld+json">{broken</script><meta itemprop="datePublished" content="2024-10-22 09:15">',
    ],
)
def test_the_date_of_publication_is_found_where_pages_put_it(head: str) -> None:
    (article,) = parse(page(head=head), name="ferry.html")

    assert article.published == datetime(2024, 10, 22, 9, 15, tzinfo=UTC)


def test_the_date_of_another_thing_on_the_page_is_not_the_articles() -> None:
    head = '<meta name="lastmod" content="2024-10-22"><meta property="article:modified_time" content="2024-10-22T09:15:00Z">'
    body = BODY.replace("<footer>", "<time datetime='2020-01-01'>1 January</time><time datetime='2021-01-01'>1 January</time><footer>")

    (article,) = parse(page(head=head, body=body), name="ferry.html")

    assert article.published is None


def test_a_fetched_page_has_the_address_it_was_found_at() -> None:
    (article,) = parse(page(head=""), name="x", media_type="text/html", address="https://www.lantern.example.org/f?utm_medium=x#top")

    assert article.url == article.identity == "https://www.lantern.example.org/f"
    assert article.outlet == "lantern.example.org"


@pytest.mark.parametrize(
    "claimed", ["https://other.example.org/famous", "https://lantern.example.org/", "/relative", "javascript:alert(1)"]
)
def test_a_page_cannot_pass_for_another_sites_article_or_for_the_front_page(claimed: str) -> None:
    head = f'<link rel="canonical" href="{claimed}">'

    (article,) = parse(page(head=head), name="x", media_type="text/html", address="https://lantern.example.org/ferry")

    assert article.identity == "https://lantern.example.org/ferry"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("iso-8859-1", "cp1252"),
        ("iso-8859-1", "utf-8"),
        ("utf-8", "cp1252"),
        ("windows-1252", "cp1252"),
        ("utf-16", "utf-8"),
        ("", "cp1252"),
    ],
)
def test_the_charset_a_page_declares_may_be_a_lie(declared: str, encoding: str) -> None:
    data = (
        page()
        .decode()
        .replace("<meta charset=utf-8>", f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">')
        .encode(encoding)
    )

    (article,) = parse(data, name="ferry.html")

    assert article.text.split(PARAGRAPH_BREAK) == TEXT


def test_a_page_in_utf_16_with_an_xml_declaration_is_read() -> None:
    (article,) = parse(('<?xml version="1.0" encoding="utf-16"?>' + page().decode()).encode("utf-16"), name="ferry.xhtml")

    assert article.text.split(PARAGRAPH_BREAK) == TEXT


def test_html_is_recognised_whatever_it_is_called() -> None:
    assert parse(page(), name="ferry.txt")[0].text == parse(page(), name="-")[0].text == parse(page(), name="ferry.html")[0].text


@pytest.mark.parametrize(
    "body", ["", "<p></p>", "<script>alert('The mayor said no.')</script>", "<nav><a href=/>Home</a></nav>", "<div>" * 5000]
)
def test_a_page_without_an_article_is_refused(body: str) -> None:
    with pytest.raises(NotAnArticle):
        parse(page(head="", body=body), name="empty.html")


def test_an_entity_bomb_stays_small() -> None:
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    body = "<article><p>&a11; said the mayor of the harbour.</p></article>"
    bomb = f'<!DOCTYPE html [<!ENTITY a0 "boom">{entities}]><html><body>{body}</body></html>'

    try:
        (article,) = parse(bomb.encode(), name="bomb.html")
    except NotAnArticle:
        return
    assert len(article.text) < 2 * len(bomb)


TAGS = [
    "<p>",
    "</p>",
    "<div>",
    "<q>",
    "</q>",
    "<table><tr><td>",
    "<br>",
    "<!--",
    "<![CDATA[",
    "&#0;",
    "&quot;",
    "<a href='['>",
    "<h1>",
    "\x00",
]
TAGS += ["<article>", "<script type='application/ld+json'>{}</script>", "<time datetime=x>", "<html lang=''>", "The mayor said no. "]


@settings(deadline=None, max_examples=60)
@given(st.lists(st.sampled_from(TAGS), max_size=30))
def test_any_tag_soup_gives_an_article_or_a_reason(pieces: list[str]) -> None:
    articles: list[NewArticle] = []
    with contextlib.suppress(ReadingError):
        articles = parse(("<html>" + "".join(pieces)).encode(), name="soup.html")

    assert all("The mayor said no." in article.text for article in articles)
