"""Names of characters in HTML, such as "&amp;" and "&#8220;", where text has them that should have the characters. Pure."""

import re
from html import unescape
from html.entities import html5

_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|(?P<name>[A-Za-z][A-Za-z0-9]{1,31}));")


def written_out(text: str) -> str:
    """The text with the characters themselves, each reference read once. What has no semicolon is none: "news&notes" stays as it is."""
    return _REFERENCE.sub(lambda found: unescape(found[0]) if found["name"] is None or f"{found['name']};" in html5 else found[0], text)
