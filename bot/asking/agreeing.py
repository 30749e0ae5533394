"""Questions that ask to judge, such as "who agrees": refused, with those for what was said itself. Pure."""

import re
from dataclasses import replace

from bot.asking.asked import Question
from bot.asking.several import names_in
from bot.asking.typed import about, beside, quotes_by
from bot.asking.words import topic_words
from bot.errors import NotUnderstood

_AGREE = r"(?:(?:dis)?agree(?:s|d|ing)?|differ(?:s|ed)?|in\s+(?:dis)?agreement)"
_ON = r"(?:\s+(?:about|on|over|regarding|that|whether)\s+(?P<topic>.+))?"
_WITH = r"(?:\s+(?:with|from)\s+(?P<other>.+?))?"
_HELPING = r"(?:did|does|do|has|have|is|are|was|were|would|will|can)"
_TRUE = r"(?:right|wrong|correct|lying|honest|telling\s+the\s+truth|the\s+liar)"
_ITSELF = "".join(rf"(?<!\b{word})" for word in ("of", "for", "by", "on", "far"))  # who is blamed for lying is a topic

_SHAPES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"who(?:['’]?s|\s+(?:else|all|{_HELPING}))*\s+(?:\w+ly\s+)?{_AGREE}{_WITH}{_ON}",
        rf"(?:(?:where|how|why|what|when)\s+)?{_HELPING}\s+(?P<speaker>.+?)\s+(?:\w+ly\s+)?{_AGREE}{_WITH}{_ON}",
        rf"(?:who(?:['’]?s|\s+{_HELPING})|{_HELPING}\s+(?P<speaker>.+?)){_ITSELF}\s+{_TRUE}{_ON}",
    )
)
_EVENT = re.compile(r"\bagreed\s+(?:to|a|an|the)\b", re.IGNORECASE)


def refuse_to_judge(text: str, asked: Question) -> None:
    """Raise NotUnderstood where `text` asks who agrees with whom or who is right; `asked` is what restricts the question."""
    found = next((found for shape in _SHAPES if (found := shape.fullmatch(text))), None)
    if found is None or _EVENT.search(text):
        return
    parts = {part: words or "" for part, words in found.groupdict().items()}
    names = [name for part in ("speaker", "other") for name in names_in(parts.get(part, ""))]
    topic = topic_words(parts["topic"]) if parts["topic"] else ()
    instead = tuple(dict.fromkeys(_instead(names, replace(asked, topic=topic))))
    raise NotUnderstood(
        "Verbatim shows what was said, word for word; whether people agree, or are right, is for you to judge.",
        f"Ask for what they said: {'; '.join(instead) or 'who said what about ferries; Bell vs Moor on ferries'}.",
        suggestions=instead,
    )


def _instead(names: list[str], asked: Question) -> list[str]:
    anyone = [f"who said what{about(asked)}"] if asked.topic or asked.phrase else []
    if len(names) > 1:
        return [beside(names, asked), *anyone]
    if not names:
        return anyone
    return [*anyone, quotes_by(names[0], asked)] if anyone else [quotes_by(names[0], asked), f"who said what about {names[0]}"]
