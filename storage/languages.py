"""Which articles quotes are taken from, by their language."""

_QUOTED = frozenset({"en", "en-", "eng", "und"})


def is_quoted(tag: str | None) -> bool:
    """Whether quotes are taken from articles in a language, by its BCP 47 tag: from English ones, and where nobody knows it."""
    return tag is None or tag[:3].lower() in _QUOTED
