"""Several names in one question: "Bell, Moor and Cook", "Bell vs Moor". Pure."""

import re

MOST = 4
_JOINT = re.compile(
    r"\s*[,;/&+]\s*(?:(?:and|or)\s+)?(?:by\s+|from\s+)?|\s+(?:and|or|vs\.?|versus|v\.?)\s+(?:by\s+|from\s+)?", re.IGNORECASE
)
_SIDE_BY_SIDE = re.compile(r",?\s*\bside\s+by\s+side\b\s*,?", re.IGNORECASE)


def names_in(text: str) -> tuple[str, ...]:
    """The names that stand in `text`, each once, in their order: one where nothing joins several."""
    names: dict[str, str] = {}
    for name in _JOINT.split(text):
        if name.strip():
            names.setdefault(name.strip().casefold(), name.strip())
    return tuple(names.values())


def take_side_by_side(text: str) -> tuple[bool, str]:
    """Whether a text says that speakers are to stand side by side, and the text without that."""
    found = _SIDE_BY_SIDE.search(text)
    return (True, f"{text[: found.start()]} {text[found.end() :]}".strip()) if found else (False, text)
