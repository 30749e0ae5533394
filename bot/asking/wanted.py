"""Which quotes a question wants: of what kind, speech or attitudes, by what is said of them. Pure."""

import re

from bot.asking.forms import SAID, THOUGHT_AND_SAID
from storage.records import QuoteKind, Reports

_KIND = r"(?P<kind>direct|indirect|mixed)\s+(?:quotes?|quotations?|speech)"
_KINDS = (
    re.compile(rf"\b(?:only|just)\s+(?:the\s+)?{_KIND}\b", re.IGNORECASE),
    re.compile(rf"\b{_KIND}\s+only\b", re.IGNORECASE),
    re.compile(rf"^(?:any|all|every|the|show\s+me)?\s*{_KIND}\b", re.IGNORECASE),
)


def take_kinds(text: str) -> tuple[tuple[QuoteKind, ...] | None, str]:
    """The kinds that a text restricts itself to (None: to none), and the text as one that asks for quotes alone."""
    for pattern in _KINDS:
        if found := pattern.search(text):
            before, behind = text[: found.start()].rstrip(" ,;("), text[found.end() :]
            instead = (
                "quotes" if behind.strip(" ?!.)") or not before or before.endswith(("'s", "’s", "s'", "s’")) else ""
            )  # behind a whole question they are no part of it
            return (QuoteKind(found["kind"].lower()),), f"{before} {instead} {behind}".strip()
    return None, text


# A person may type what `understood` says back.
_ATTITUDES_TOO = re.compile(r"\b(?:quotes\s+and\s+attitudes|attitudes\s+and\s+quotes)\b|\b(?:with|including)\s+attitudes\b", re.IGNORECASE)


_NO_ATTITUDES = re.compile(
    r"[,;]?\s*\b(?:(?:without|no|but\s+no|leave\s+out)\s+attitudes|(?:only|just)\s+what\s+(?:was|is|has\s+been)\s+said)\b", re.IGNORECASE
)


def take_strictly(text: str) -> tuple[bool, str]:
    """Whether a text says that no attitudes are wanted behind what was said, and the text without that."""
    found = _NO_ATTITUDES.search(text)
    return (True, " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())) if found else (False, text)


def take_reports(text: str) -> tuple[tuple[Reports, ...], str]:
    """What a text says to be wanted besides its form, speech unless attitudes too, and the text without that."""
    found = _ATTITUDES_TOO.search(text)
    if found is None:
        return SAID, text
    instead = "quotes" if "quotes" in found[0].lower() else ""
    return THOUGHT_AND_SAID, " ".join(f"{text[: found.start()]} {instead} {text[found.end() :]}".split())
