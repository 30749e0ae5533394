"""The words of a question that a search should look for."""

import re
import unicodedata

WORD = re.compile(r"[^\W_]+(?:['’ʼ-][^\W_]+)*")
_UNSEEN = ("Cc", "Cf", "Cs")
_POSSESSIVE = re.compile(r"['’ʼ]s?$", re.IGNORECASE)

STOP_WORDS = frozenset(
    WORD.findall("""a about according add added adding adds again all also am an and any anybody anyone anything are as ask asked
    asking asks at be been being but by can could did do does doing done else ever every everything exactly find for
    from give had has have having her here him his how i if in into is it its just let like me more most much my nor
    not of on only or other our out over own please quote quoted quotes re really regarding said say saying says she
    show so some something still such tell telling tells than that the their them then there these they thing things
    this those through to told too under until up upon us very was we were what when where whether which while who whom
    whose why will with would you your""")
)


def plain(text: str) -> str:
    """The text on one line, composed (NFC), without characters that the asker cannot see."""
    # Joiners and direction marks would split or hide words; emoji that they hold together are no words anyway.
    visible = "".join(char for char in unicodedata.normalize("NFC", text) if char.isspace() or unicodedata.category(char) not in _UNSEEN)
    return " ".join(visible.split())


def topic_words(text: str) -> tuple[str, ...]:
    """The words that carry a topic, in order, each once; without stop words unless there is nothing else.

    A word in capitals (US, IT) is a name rather than a stop word, unless the whole text is in capitals.
    """
    words = [_POSSESSIVE.sub("", word) for word in WORD.findall(text)]
    shouted = text.isupper()
    telling = [word for word in words if word.lower() not in STOP_WORDS or (word.isupper() and len(word) > 1 and not shouted)]
    first: dict[str, str] = {}
    for word in telling or words:
        first.setdefault(word.casefold(), word)
    return tuple(first.values())
