"""Text that others wrote, made safe to print: no control character, escape sequence or reordering mark reaches the terminal."""

import re
from urllib.parse import quote

REPLACEMENT = "\ufffd"
# C0 and C1 controls (ESC and the 8-bit CSI among them), bidirectional overrides and isolates, lone surrogates.
_UNSAFE = "\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
_UNSAFE_IN_TEXT = re.compile(f"[{_UNSAFE}]")
_LINE_BREAKS = re.compile(r"[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_SCHEMES = ("http://", "https://")


def safe_text(text: str) -> str:
    """`text` with one replacement character for each unsafe one: its line breaks and every offset stay as they are."""
    return _UNSAFE_IN_TEXT.sub(REPLACEMENT, text.replace("\t", " ").replace("\u2028", " ").replace("\u2029", " "))


def safe_line(text: str) -> str:
    """`text` on one line: line breaks become single spaces, so that no name or headline can forge a line of its own."""
    return _UNSAFE_IN_TEXT.sub(REPLACEMENT, _LINE_BREAKS.sub(" ", text))


def safe_json(encoded: str) -> str:
    """A JSON document whose unsafe characters are escaped; what it means stays the same."""
    return re.sub("[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", encoded)


def safe_link(url: str) -> str | None:
    """The address in printable ASCII, or None where it is not one of the web."""
    return quote(url, errors="replace", safe="!#$%&'()*+,-./:;=?@[]_~") if url.lower().startswith(_SCHEMES) else None
