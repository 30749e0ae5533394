"""Text that others wrote, made safe to show: no control character, escape sequence or reordering mark reaches anybody."""

import re
from urllib.parse import SplitResult, quote, urlsplit

REPLACEMENT = "\ufffd"
LONGEST_LINK = 3000  # what Slack takes; no article's address comes near it
# C0 and C1 controls (ESC and the 8-bit CSI among them), bidirectional overrides and isolates, lone surrogates.
_UNSAFE = "\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff"
_UNSAFE_IN_TEXT = re.compile(f"[{_UNSAFE}]")
_LINE_BREAKS = re.compile(r"[\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_SCHEMES = ("http://", "https://")
_HOST = re.compile(r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?|\[[0-9a-f:.]+\]")


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


def chat_link(url: str | None) -> str | None:
    """The address as chat platforms take it: of the web, its host in ASCII, nothing in it that ends a link, not overlong; else None."""
    if url is None or "\\" in url:  # a browser reads \ as /, so that the host would be another than the one that is checked here
        return None
    try:
        parts = urlsplit(url.strip())
        host = _host(parts)
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or host is None:
        return None
    user, at, _ = parts.netloc.rpartition("@")
    target = safe_link(parts._replace(netloc=f"{user}{at}{host}").geturl())
    return target if target and len(target) <= LONGEST_LINK else None


def _host(parts: SplitResult) -> str | None:
    """Host and port in ASCII (IDNA), or None where that is no host. Raises ValueError for a port or an address that is none."""
    name = (parts.hostname or "").lower()
    if ":" in name:
        name = f"[{name}]"
    elif not name.isascii():
        name = name.encode("idna").decode("ascii")
    port = "" if parts.port is None else f":{parts.port}"
    return f"{name}{port}" if _HOST.fullmatch(name) else None
