"""What to ask instead, when a question finds nothing: names and topics close to those asked about."""

from collections.abc import Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from bot.asking.speakers import name_words
from storage.terms import fold

NAME_CUTOFF = 75.0  # "Stamer" and "Starmer" score 92, "Marsh" and "Walsh" 60
TOPIC_CUTOFF = 0.86  # Jaro-Winkler favours a common beginning: "ferries" and "ferry" score 0.87, "tender" and "tension" 0.64


def nearest_names(name: str, known: Sequence[str], limit: int = 3) -> list[str]:
    """Those of the known names whose words come closest to the words of `name`, nearest first; none where none is near."""
    asked = name_words(name)
    if not asked:
        return []
    scored = [(_name_score(asked, other), -rank, other) for rank, other in enumerate(known)]
    return [other for score, _, other in sorted(scored, reverse=True)[:limit] if score >= NAME_CUTOFF]


def nearest_topics(words: Sequence[str], known: Sequence[str], limit: int = 3) -> list[str]:
    """Known words (see `topics.telling_words`) that are, or come closest to, those asked about; one asked about alone does not count."""
    alone = fold(words[0]) if len(words) == 1 else ""
    scored = [
        (score, -rank, word)
        for asked in words
        for word, score, rank in process.extract(
            fold(asked), known, scorer=JaroWinkler.normalized_similarity, processor=fold, score_cutoff=TOPIC_CUTOFF, limit=limit
        )
        if fold(word) != alone
    ]
    return list(dict.fromkeys(word for _, _, word in sorted(scored, reverse=True)))[:limit]


def _name_score(asked: Sequence[str], name: str) -> float:
    words = name_words(name)
    return sum(max((fuzz.ratio(one, word) for word in words), default=0.0) for one in asked) / len(asked)
