"""Links that open an article at the quoted words, by a text fragment (https://wicg.github.io/scroll-to-text-fragment/)."""

from collections.abc import Sequence
from urllib.parse import quote, urldefrag

# A longer text is given by its first and last words: browsers look for a range then, and the link stays short.
LONGEST_WHOLE = 12
END_WORDS = 5


def link_to_words(url: str | None, words: Sequence[str]) -> str | None:
    """The URL with a fragment that jumps to the first of the pieces, or None for an article without a web address.

    `words` are the pieces of the quote; a quote that its cue splits is found by its first piece. A fragment that the
    URL already has is kept. Words that are no words (an empty piece) leave the URL as it is.
    """
    if url is None or not url.startswith(("http://", "https://")):
        return None
    directive = _directive(words[0]) if words else ""
    if not directive:
        return url
    page, fragment = urldefrag(url)
    return f"{page}#{fragment.partition(':~:')[0]}:~:text={directive}"


def _directive(text: str) -> str:
    # One term is only looked for inside one block of the page, so words over several paragraphs need a range.
    paragraphs = [words for line in text.splitlines() if (words := line.split())]
    if not paragraphs:
        return ""
    first, last = paragraphs[0], paragraphs[-1]
    if len(paragraphs) == 1 and len(first) <= LONGEST_WHOLE:
        return _encode(first)
    return f"{_encode(first[:END_WORDS])},{_encode(last[-END_WORDS:])}"


def _encode(words: Sequence[str]) -> str:
    # '-' delimits prefix and suffix in a directive; quote() leaves it, and percent-encodes ',' and '&' itself.
    return quote(" ".join(words), safe="").replace("-", "%2D")
