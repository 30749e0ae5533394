"""Questions written as somebody can type them, so that they are read back as they are meant. Pure."""

import re
from collections.abc import Sequence

from bot.asking.asked import Question
from bot.asking.forms import SAID, THOUGHT
from bot.asking.outlets import unmarked
from bot.asking.words import STOP_WORDS

_PARTICLES = frozenset({"al", "bin", "da", "de", "del", "der", "di", "du", "el", "ibn", "la", "le", "ter", "van", "von", "y"})
_JOINING = STOP_WORDS | {"against", "before", "over", "re", "since", "towards", "versus", "vs", "v"}
_WORD = re.compile(r"[^\W\d_](?:[^\W_]|['’.-])*,?")


def written(name: str) -> str:
    """A name as it can stand in a question: in quotation marks where its words could be taken for others of the question."""
    words = name.split()
    plainly = all(_WORD.fullmatch(word) and word.lower().strip(".,") not in _JOINING for word in words)
    if name.startswith("#") or (plainly and all(word[0].isupper() or word in _PARTICLES for word in words)):
        return name
    return f"“{unmarked(name)}”"


def about(asked: Question) -> str:
    """What a question is about, behind whom it is by: " about ferries “not for sale”", or ""."""
    topic = f" about {' '.join(asked.topic)}" if asked.topic else ""
    phrase = f" “{asked.phrase}”" if asked.phrase else ""
    return f"{topic}{phrase}"


def quotes_by(name: str, asked: Question | None = None) -> str:
    """The question for the quotes of one speaker, as `written`; else as restricted as `asked`."""
    asked = asked or Question()
    return f"{_what(asked)} by {name}{about(asked)}{_where_and_when(asked)}"


def said_by(name: str) -> str:
    """The question for all that somebody said, by a name that is known."""
    return f"what has {name} said" if written(name) == name else quotes_by(written(name))


def beside(names: Sequence[str], asked: Question) -> str:
    """The question for several speakers side by side."""
    topic = f" on {' '.join(asked.topic)}" if asked.topic else ""
    phrase = f" “{asked.phrase}”" if asked.phrase else ""
    return f"{' vs '.join(names)}{topic}{phrase}{_where_and_when(asked)}"


def _what(asked: Question) -> str:
    if asked.declined:
        return "refusals to comment"
    newest = "newest " if asked.newest else ""
    kinds = f"{asked.kinds[0].value} " if asked.kinds and len(asked.kinds) == 1 else ""
    thing = "quotes" if asked.reports == SAID else "attitudes" if asked.reports == THOUGHT else "quotes and attitudes"
    return f"{newest}{kinds}{thing}{' without attitudes' if asked.strictly else ''}"


def _where_and_when(asked: Question) -> str:
    outlet = f" in “{unmarked(asked.outlet)}”" if asked.outlet else ""
    return f"{outlet} {asked.when}".rstrip()
