"""What makes two readings the same article: its canonical URL, else where its file lies, else its text. Pure."""

import hashlib
import re
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|gclsrc|gbraid|wbraid|msclkid|yclid|twclid|ttclid|igshid|igsh|mc_cid|mc_eid|mkt_tok|_ga|_gl|_hs(?:enc|mi)"
    r"|at_(?:medium|campaign\w*|custom\d+|bbc_team|link\w*|format|ptr_name)|ns_(?:mchannel|source|campaign|linkname|fee)"
    r"|cmp(?:id)?|s_?cid|ocid|ncid|icid|ito|xtor|smid|smtyp|sref|taid|traffic_source|guccounter|guce_referrer\w*|__twitter_impression"
    r"|ref_(?:src|url)|referrer|wt\.mc_\w+|cvid",
    re.IGNORECASE,
)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_PATH_SAFE = "/:@!$&'()*+,;=~-._%"
_QUERY_SAFE = _PATH_SAFE + "?[]{}|"
_ESCAPE = re.compile("%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_MAX_URL = 2048
_FEEDS = re.compile(r"^(?:feeds?|rss)\.(?=.*\.)")


def canonical_url(url: str, *, keep_tracking: bool = False) -> str | None:
    """The one form of a web address under which an article is stored; None where it is no http(s) address.

    The scheme and host are lower-case, an international host is in its ASCII form, and default ports, user
    names, fragments and tracking parameters are gone. Everything else of the query stays, in its order.
    With `keep_tracking` the query stays whole: for fetching, where a site may insist on it.
    """
    address = re.sub(r"[\x00-\x1f\x7f]", "", url).strip()
    try:
        parts = urlsplit(address)
        port = parts.port
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return None
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not host or len(address) > _MAX_URL:
        return None
    ascii_host = _ascii_host(host)
    if ascii_host is None:
        return None
    place = ascii_host if port in (None, _DEFAULT_PORTS[scheme]) else f"{ascii_host}:{port}"
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    return urlunsplit(
        (
            scheme,
            place,
            _escaped(_without_dots(parts.path or "/"), _PATH_SAFE),
            _escaped(parts.query if keep_tracking else _without_tracking(parts.query), _QUERY_SAFE),
            _escaped(fragment, _QUERY_SAFE),
        )
    )


def url_identity(canonical: str) -> str:
    """The identity of an article with this canonical URL: the same for http and https."""
    return "https:" + canonical.removeprefix("http:").removeprefix("https:")


def site_of(url: str) -> str:
    """The host of a web address without "www."; "" for what is none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def is_of_site(url: str, of: str) -> bool:
    """Whether a web address is of the site of another one, so that what was found at that may name it as its own.

    "feeds.example.org" and "rss.example.org" are of the site of example.org; no other names are taken for one.
    """
    return _FEEDS.sub("", site_of(url)) == _FEEDS.sub("", site_of(of)) != ""


def file_identity(path: Path) -> str:
    """The identity of an article read from a file: the `file:` URI of its resolved path."""
    return path.resolve().as_uri()


def text_identity(text: str) -> str:
    """The identity of an article that comes with no address: a hash of its text."""
    return "text:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _ascii_host(host: str) -> str | None:
    if ":" in host:
        return f"[{host.lower()}]"
    try:
        ascii_host = host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return None
    return ascii_host if re.fullmatch(r"[a-z0-9._-]+", ascii_host) else None


def _without_tracking(query: str) -> str:
    return "&".join(field for field in query.split("&") if field and not _TRACKING.fullmatch(field.partition("=")[0]))


def _without_dots(path: str) -> str:
    """The path without its `.` and `..` segments (RFC 3986, 5.2.4)."""
    kept: list[str] = []
    segments = path.split("/")
    for number, segment in enumerate(segments):
        last = number == len(segments) - 1
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
            continue
        if last:
            kept.append("")
    return "/".join(kept) or "/"


def _escaped(part: str, safe: str) -> str:
    """The part with all that a URL may not hold percent-encoded, and its escapes written in one way."""
    whole = re.sub(r"%(?![0-9a-fA-F]{2})", "%25", part)
    return _ESCAPE.sub(_one_escape, quote(whole, safe=safe, errors="replace"))


def _one_escape(match: re.Match[str]) -> str:
    code = int(match[1], 16)
    return chr(code) if code in _UNRESERVED else f"%{match[1].upper()}"
