"""JSON Feed 1.0 and 1.1 (jsonfeed.org). What is of a wrong type is as if it were not there."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import tzinfo

from bot.errors import NotAFeed
from bot.feeds.feed import Entry, Feed, FeedFormat
from bot.feeds.feed_dates import moment
from bot.feeds.markup import MAX_ENTRIES
from bot.feeds.prolog import ELSEWHERE
from bot.feeds.wording import MAX_GUID, absolute, line, markup, names, paragraphs, sections
from bot.reading.page_metadata import language_tag

_VERSION = re.compile(r'"version"\s*:\s*"https?:(?:\\?/){2}(?:www\.)?jsonfeed\.org\\?/version\\?/')
_ITEMS = re.compile(r'"items"\s*:\s*\[')
_BETWEEN = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder(strict=False)


def read_json_feed(text: str, *, address: str, zone: tzinfo) -> Feed:
    """The feed in a JSON text. One that is cut gives the entries that are whole. Raises NotAFeed."""
    feed = _object(text)
    if "jsonfeed.org/version/" not in (_text(feed.get("version")) or ""):
        raise NotAFeed("It is JSON, but no JSON Feed.", ELSEWHERE)
    home = absolute(_text(feed.get("home_page_url")), address)
    authors = _authors(feed)
    items = feed.get("items")
    entries = [_entry(item, home or address, authors, zone) for item in _objects(items)]
    return Feed(
        format=FeedFormat.JSON,
        title=line(_text(feed.get("title"))),
        home=home,
        language=language_tag(_text(feed.get("language"))),
        entries=tuple(entry for entry in entries if entry.guid or entry.url or entry.headline or entry.content or entry.summary),
    )


def _object(text: str) -> dict[str, object]:
    try:
        found, _ = _DECODER.raw_decode(text)  # caches write a comment behind it
    except RecursionError as error:
        raise NotAFeed("It is JSON, but nested too deeply.", ELSEWHERE) from error
    except ValueError:
        return _whole_items(text)
    return found if isinstance(found, dict) else {}


def _whole_items(text: str) -> dict[str, object]:
    """What can be had of a feed that is cut or broken: its items up to there, and what it says of itself before them."""
    version, items = _VERSION.search(text), _ITEMS.search(text)
    if version is None or items is None:
        return {}
    feed: dict[str, object] = {}
    with suppress(ValueError, RecursionError):
        feed = _DECODER.decode(f"{text[: items.end()]}]}}")
    whole: list[object] = []
    at = items.end()
    while len(whole) < MAX_ENTRIES:
        between = _BETWEEN.match(text, at)
        try:
            item, at = _DECODER.raw_decode(text, between.end() if between else at)
        except (ValueError, RecursionError):
            break
        whole.append(item)
    return {**feed, "version": "https://jsonfeed.org/version/1.1", "items": whole}


def _entry(item: dict[str, object], base: str, authors: str | None, zone: tzinfo) -> Entry:
    guid = _identifier(item.get("id"))
    written = _text(item.get("content_text"))
    described = _text(item.get("summary"))
    tags = item.get("tags")
    return Entry(
        guid=guid,
        url=absolute(_text(item.get("url")), base) or absolute(_text(item.get("external_url")), base) or absolute(guid, None),
        headline=line(_text(item.get("title"))),
        author=_authors(item) or authors,
        published=moment(_text(item.get("date_published")), zone=zone),
        updated=moment(_text(item.get("date_modified")), zone=zone),
        sections=sections(_text(tag) for tag in (tags if isinstance(tags, list) else [])),
        content=markup(_text(item.get("content_html"))) or markup(paragraphs(written) if written else None),
        summary=markup(paragraphs(described) if described else None),
        language=language_tag(_text(item.get("language"))),
    )


def _authors(holder: dict[str, object]) -> str | None:
    """The authors of version 1.1, else the one of 1.0."""
    listed = names(_text(author.get("name")) for author in _objects(holder.get("authors")))
    return listed or names(_text(author.get("name")) for author in _objects(holder.get("author")))


def _objects(value: object) -> Iterator[dict[str, object]]:
    """The objects in a list; one that stands by itself is a list of one."""
    for entry in (value if isinstance(value, list) else [value])[:MAX_ENTRIES]:
        if isinstance(entry, dict):
            yield entry


def _identifier(value: object) -> str | None:
    """An id; version 1.0 lets readers turn numbers into strings."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value)[:MAX_GUID]
    return line(_text(value), longest=MAX_GUID)


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
