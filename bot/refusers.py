"""Whom the subject of a refusal means, among the speakers of its article: itself, and on whose behalf it would have spoken. Pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from storage.records import AliasKind
from storage.terms import terms

_BEHALF = re.compile(r"\b(?:for|of|to|with|representing)\s+", re.IGNORECASE)
_OWNED = re.compile(r"(?P<owner>.+?)(?:[’']s|(?<=s)[’'])\s+(?P<owned>\S.*)", re.DOTALL)
_HEAD = re.compile(r"[^,(]+")
_ARTICLES = frozenset({"the", "a", "an"})
_FEWEST_AT_THE_END = 2


def by_alias(aliases: Iterable[tuple[str, AliasKind, int]]) -> dict[str, int]:
    """The speakers by what their article calls them, but for what it calls several; for `refusers`. Of a role it says "the"."""
    called: dict[str, set[int]] = defaultdict(set)
    for alias, kind, speaker_id in aliases:
        if words := _plain(alias):
            called[words if kind is AliasKind.NAME else f"the {words}"].add(speaker_id)
    return {alias: speaker_ids.pop() for alias, speaker_ids in called.items() if len(speaker_ids) == 1}


def refusers(who: str, called: Mapping[str, int]) -> tuple[int | None, int | None]:
    """The numbers of the speaker that the subject `who` is, and of the one for whom it would have spoken; None where it is not certain.

    "Ann Bell, the mayor" is Ann Bell; "a spokesman for Ann Bell" and "Ann Bell's lawyer Tom Cook" are not, but speak for her.
    """
    head = _head(who)
    itself = called.get(_plain(who)) or called.get(" ".join(terms(who))) or called.get(_plain(head))
    if itself is not None:
        return itself, _behalf(who[len(head) :], called) or owner(head.strip(), called)
    beside = called.get(_plain(_head(who[len(head) + 1 :])))
    if owned := _OWNED.fullmatch(head.strip()):
        return beside or _at_the_end(owned["owned"], called), called.get(_plain(owned["owner"]))
    before = _BEHALF.split(head, maxsplit=1)[0]
    return beside or called.get(_plain(before)) or _at_the_end(before, called), _behalf(who, called)


def owner(name: str, called: Mapping[str, int]) -> int | None:
    """The number of whoever has what a speaker is called by, "Bell's office": by surname too, where one person only has it."""
    if not (owned := _OWNED.fullmatch(name)):
        return None
    words = _plain(owned["owner"])
    named = {speaker_id for alias, speaker_id in called.items() if alias.endswith(f" {words}")}
    return called.get(words) or (named.pop() if len(named) == 1 else None)


def in_full(name: str, text: str) -> str:
    """A name with the last words of the text that give the person in it by first name too: "Marsh's office" and "Helena Marsh"."""
    owned = _OWNED.fullmatch(name)
    surname = re.escape("".join((owned["owner"] if owned else name).split()[-1:]))
    found = re.findall(rf"\b(?:[A-Z][\w’'-]+ ){{1,3}}{surname}\b", text)
    return f"{name} {found[-1]}" if found else name


def _behalf(text: str, called: Mapping[str, int]) -> int | None:
    """Whom the first of "for …", "of …" in the text names."""
    _, *behind = _BEHALF.split(text, maxsplit=1)
    return called.get(_plain(_head(behind[0]))) if behind else None


def _at_the_end(text: str, called: Mapping[str, int]) -> int | None:
    """Who is named behind a description, by two words or more: "campaign spokeswoman Eve Dale"."""
    words = text.split()
    if "and" in words:
        return None
    ends = (_plain(" ".join(words[first:])) for first in range(1, len(words) - _FEWEST_AT_THE_END + 1))
    return next((called[end] for end in ends if end in called), None)


def _head(text: str) -> str:
    """The text before its first comma or bracket."""
    found = _HEAD.match(text)
    return found[0] if found else ""


def _plain(text: str) -> str:
    """The words of a name without the article before them."""
    words = terms(text)
    return " ".join(words[1:] if words and words[0] in _ARTICLES else words)
