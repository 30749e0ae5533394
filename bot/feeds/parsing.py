"""The bytes of a feed to its entries, whatever its format. Pure and CPU only: for a worker that can be killed."""

from datetime import UTC, tzinfo

from bot.feeds.atom import read_atom
from bot.feeds.feed import Feed, FeedFormat
from bot.feeds.feed_text import characters
from bot.feeds.json_feed import read_json_feed
from bot.feeds.markup import document
from bot.feeds.rss import read_rss
from bot.feeds.sitemap import read_sitemap


def parse(data: bytes, *, media_type: str | None, address: str, zone: tzinfo = UTC) -> Feed:
    """Read a feed. What it is shows in its bytes; `media_type` is asked for its charset alone.

    `address` is where it was found, which links are relative to where nothing else is said; `zone` is that of dates without one.
    Raises NotAFeed.
    """
    text = characters(data, media_type=media_type)
    if text.lstrip().startswith("{"):
        return read_json_feed(text.strip(), address=address, zone=zone)
    parsed = document(text)
    if parsed.format is FeedFormat.ATOM:
        return read_atom(parsed, address=address, zone=zone)
    if parsed.format is FeedFormat.SITEMAP:
        return read_sitemap(parsed, address=address, zone=zone)
    return read_rss(parsed, address=address, zone=zone)
