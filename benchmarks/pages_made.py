"""Made-up news as web pages in several lay-outs, with all that stands around an article, and as notices of a sentence or two.

Always the same ones. Two in three pages hold a whole article, of some 560 words; the others only how it begins.
"""

import html
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from random import Random

from benchmarks.corpus import OUTLETS, SampleArticle, articles
from benchmarks.vocabulary import ADJECTIVES, DAYS, GIVEN_NAMES, VERBS, nouns, places, surnames

_WHOLE = 430
"""An article of fewer words is cut to so many paragraphs: a short one."""
_BEGINNING = 5
_SECTIONS = 150
_STATE = 2_000
_READERS = 12


@dataclass(frozen=True, slots=True)
class MadePage:
    """An article of news and the page on which it stands."""

    article: SampleArticle
    html: str

    @property
    def words(self) -> int:
        """How many words the article has."""
        return len(self.article.text.split())

    def record(self) -> str:
        """The page as a line of JSON Lines."""
        return json.dumps({"url": self.article.url, "html": self.html}, ensure_ascii=False)


def pages(count: int) -> Iterator[MadePage]:
    """The first `count` pages of one endless row."""
    for article in articles(count):
        whole = len(article.text.split()) >= _WHOLE
        held = article if whole else replace(article, paragraphs=article.paragraphs[:_BEGINNING])
        yield MadePage(held, LAYOUTS[article.number % len(LAYOUTS)](held))


def notices(count: int) -> Iterator[str]:
    """The first `count` of an endless row of the shortest news with a quote, no two alike, as lines of JSON Lines."""
    random = Random(31)
    for number in range(1, count + 1):
        pronoun = random.choice(("he", "she"))
        who = f"{random.choice(GIVEN_NAMES[pronoun])} {surnames().draw(random)}"
        noun, place = nouns().draw(random), places().draw(random)
        said = f"The {random.choice(ADJECTIVES)} {noun} in {place} was never {random.choice(VERBS)}"
        fields = {
            "url": f"https://notices.example.org/{number}",
            "outlet": random.choice(OUTLETS),
            "headline": f"{place} {noun} row",
            "published": f"2024-{random.randint(1, 12):02}-{random.randint(1, 28):02}",
            "text": f"“{said},” said {who} on {random.choice(DAYS)}.",
        }
        yield json.dumps(fields, ensure_ascii=False)


# --- lay-outs -------------------------------------------------------------------------------------


def _with_data(article: SampleArticle) -> str:
    """Headline, author and date in JSON-LD, pictures with captions, what readers say below."""
    say = _escaped
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": article.headline,
        "datePublished": article.published.isoformat(),
        "author": [{"@type": "Person", "name": article.byline}],
        "publisher": {"@type": "Organization", "name": article.outlet},
        "mainEntityOfPage": article.url,
    }
    body = []
    for place, paragraph in enumerate(article.paragraphs):
        body.append(f'<p class="body-text">{say(paragraph)}</p>')
        if place % 5 == 2:
            body.append(
                f'<figure><img src="/img/{place}.jpg" alt=""><figcaption>The view in {article.outlet.split()[1]} last week. '
                "Photograph: Ann Bell/Example Pictures</figcaption></figure>"
            )
    return (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{say(article.headline)} - {say(article.outlet)}</title>"
        f'<link rel=canonical href="{article.url}"><script type="application/ld+json">{json.dumps(data)}</script></head><body>'
        f'<div class="cookie-banner"><p>We use cookies to make this site work. You can accept all of them or choose.</p></div>'
        f"{_menu()}<div class=page><div class=story><h1>{say(article.headline)}</h1><div class=byline>{say(article.byline)}</div>"
        f'<div class="article-body">{"".join(body)}</div></div>{_related()}{_readers(article)}</div>{_footer(article)}</body></html>'
    )


def _of_tables(article: SampleArticle) -> str:
    """A site of long ago: tables, links in columns, a date in a meta tag."""
    say = _escaped
    links = "".join(f'<tr><td class="nav"><a href="/s{k}.html">Section {k}</a></td></tr>' for k in range(_SECTIONS))
    body = "\n".join(f"<p>{say(paragraph)}</p>" for paragraph in article.paragraphs)
    return (
        f"<html><head><title>{say(article.headline)}</title><meta charset=utf-8>"
        f'<meta name="date" content="{article.published.isoformat()}"><meta name="author" content="{say(article.byline)}">'
        f'<meta property="og:site_name" content="{say(article.outlet)}"><link rel="canonical" href="{article.url}"></head>\n'
        f'<body bgcolor="#ffffff"><table width="100%"><tr><td width="160"><table>{links}</table></td>\n'
        f'<td valign="top"><h1>{say(article.headline)}</h1>\n{body}\n<p><a href="print.html">Print this page</a></p></td>\n'
        f'<td width="160"><p><b>Weather</b><br>Rain, 12 degrees</p></td></tr></table>{_footer(article)}</body></html>'
    )


def _hydrated(article: SampleArticle) -> str:
    """A page that a script goes on with: its state in it as JSON, pictures as vectors, advertisements between the paragraphs."""
    say = _escaped
    state = json.dumps({"stories": [{"id": f"story-{k}", "slug": f"/news/{k}", "tags": ["news", "uk"], "rank": k} for k in range(_STATE)]})
    icon = '<svg viewBox="0 0 24 24"><path d="M4 4h16v16H4z M8 8h8v8H8z"/></svg>'
    body = "".join(
        f'<div data-block="text"><p>{say(paragraph)}</p></div>'
        + ('<div class="ad-slot" aria-hidden="true"><span>Advertisement</span></div>' if place % 4 == 3 else "")
        for place, paragraph in enumerate(article.paragraphs)
    )
    shares = "".join(f'<button aria-label="Share on {name}">{icon}</button>' for name in ("one", "two", "three", "four"))
    return (
        f'<!doctype html><html lang="en-GB"><head><meta charset="utf-8"><title>{say(article.headline)}</title>'
        f'<link rel="canonical" href="{article.url}"><meta property="og:title" content="{say(article.headline)}">'
        f'<meta property="og:site_name" content="{say(article.outlet)}"><meta name="author" content="{say(article.byline)}">'
        f'<meta property="article:published_time" content="{article.published.isoformat()}">'
        f"<script>window.__STATE__={state};</script></head><body><div id=root>{_menu()}<main role=main><article>"
        f'<h1>{say(article.headline)}</h1><div class="share-tools">{shares}</div><div class="content__body">{body}</div></article>'
        f"</main>{_related()}</div>{_footer(article)}</body></html>"
    )


LAYOUTS: tuple[Callable[[SampleArticle], str], ...] = (SampleArticle.page, _with_data, _of_tables, _hydrated)


def _escaped(text: str) -> str:
    return html.escape(text, quote=True)


def _menu() -> str:
    entries = "".join(
        f'<li><a href="/section/{k}">Section {k}</a><ul><li><a href="/section/{k}/all">All</a></li></ul></li>' for k in range(_SECTIONS)
    )
    return f'<header><nav aria-label="Sections"><ul>{entries}</ul></nav></header>'


def _related() -> str:
    links = "".join(f'<li><a href="/news/related-{k}"><h3>Another story, number {k}</h3></a></li>' for k in range(8))
    return f'<aside class="related"><h2>More on this story</h2><ul>{links}</ul></aside>'


def _readers(article: SampleArticle) -> str:
    random = Random(article.number)
    said = "".join(
        f'<li class="comment"><span class="comment-author">reader{k}</span><p>I think the {nouns().draw(random)} is '
        f"{random.choice(ADJECTIVES)}, as “everybody” said on {random.choice(DAYS)}.</p></li>"
        for k in range(_READERS)
    )
    return f'<section id="comments" class="comments"><h2>Comments ({_READERS})</h2><ol>{said}</ol></section>'


def _footer(article: SampleArticle) -> str:
    return f'<footer class="footer"><p>© {_escaped(article.outlet)}. All rights reserved.</p><a href="/terms">Terms</a></footer>'
