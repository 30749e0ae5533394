"""What stands in quotation marks in a question: exact words, or a name. Pure."""

import re

from bot.asking.words import WORD

_OPEN, _CLOSED = '“”„«»"', '”“»«"'
_DOUBLED = re.compile(r"``|''|´´|‘‘|’’")
_PHRASES = re.compile(
    r"[“„](?P<curly>[^“”„]+)[”“]|\"(?P<straight>[^\"“”]+)\"|«(?P<pointed>[^«»]+)»"
    rf"|[{_OPEN}](?P<mixed>[^{_OPEN}]+)[{_CLOSED}]"
    r"|(?<![^\W_])[‘`](?P<single>[^‘`]+)[’´](?![^\W_])|(?<!\S)'(?P<typed>[^']+(?:'[^\W_][^']*)*)'(?![^\W_])"
)
_LEFT_OPEN = re.compile(rf"\b(?:said|say|says|saying|words?|phrase|term)\s+[{_OPEN}‘](?P<open>[^{_OPEN}]+)$", re.IGNORECASE)
_USED = re.compile(r"\bus(?:e|es|ed|ing)\s+(?=the\s+(?:exact\s+)?(?:words?|phrase|term)\s*$)", re.IGNORECASE)
_CALLED = re.compile(r"\bthe\s+(?:exact\s+)?(?:words?|phrase|term|line)[:,]?\s*$", re.IGNORECASE)
_MARKED_NAME = re.compile(
    r"\b(?P<lead>quotes?|attitudes|refusals\s+to\s+comment)\s+(?:by|from|of)\s+(?:“(?P<curly>[^“”]+)”|\"(?P<straight>[^\"]+)\")",
    re.IGNORECASE,
)


def take_phrase(text: str) -> tuple[str, str]:
    """The words of a text that stand in quotation marks ("" for none), and the text without them.

    Marks that do not fit each other are taken for such as do, and behind "said" one that is not closed goes to the end.
    """
    text = _DOUBLED.sub('"', text)
    for found in _PHRASES.finditer(text):
        phrase = next(words for words in found.groups() if words)
        if WORD.search(phrase):
            return phrase.strip(" ,.;:"), f"{_CALLED.sub('', _USED.sub('said ', text[: found.start()]))} {text[found.end() :]}"
    if (left_open := _LEFT_OPEN.search(text)) and WORD.search(left_open["open"]):
        return left_open["open"].strip(" ,.;:?!"), text[: left_open.start("open") - 1]
    return "", text


def take_marked_name(text: str) -> tuple[str, str]:
    """The name in quotation marks behind "quotes by" ("" for none), whatever words are in it, and the text without it."""
    found = _MARKED_NAME.search(text)
    if found is None or not WORD.search(name := found["curly"] or found["straight"]):
        return "", text
    return " ".join(name.split()), f"{text[: found.end('lead')]} {text[found.end() :]}"
