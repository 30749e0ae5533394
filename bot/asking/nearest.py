"""What to ask instead, when a question finds nothing: names and topics close to those asked about."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler

from bot.asking.speakers import name_words
from bot.asking.words import topic_words

NAME_CUTOFF = 75.0  # "Stamer" and "Starmer" score 92, "Marsh" and "Walsh" 60
TOPIC_CUTOFF = 0.86  # Jaro-Winkler favours a common beginning: "ferries" and "ferry" score 0.87, "tender" and "tension" 0.64
SHORTEST_TOPIC = 4
_READ_AS_A_TIME = frozenset({"today", "yesterday"})


def nearest_names(name: str, known: Sequence[str], limit: int = 3) -> list[str]:
    """Those of the known names whose words come closest to the words of `name`, nearest first; none where none is near."""
    asked = name_words(name)
    if not asked:
        return []
    scored = [(_name_score(asked, other), -rank, other) for rank, other in enumerate(known)]
    return [other for score, _, other in sorted(scored, reverse=True)[:limit] if score >= NAME_CUTOFF]


def nearest_topics(words: Sequence[str], known: Sequence[str], limit: int = 3) -> list[str]:
    """Known words (see `telling_words`) that are, or come closest to, those asked about; the word asked about by itself does not count."""
    alone = words[0].casefold() if len(words) == 1 else ""
    scored = [
        (score, -rank, word)
        for asked in words
        for word, score, rank in process.extract(
            asked.casefold(), known, scorer=JaroWinkler.normalized_similarity, score_cutoff=TOPIC_CUTOFF, limit=limit
        )
        if word != alone
    ]
    return list(dict.fromkeys(word for _, _, word in sorted(scored, reverse=True)))[:limit]


def telling_words(texts: Iterable[str]) -> list[str]:
    """The words of the texts that say what they are about, in lower case, those of most texts first."""
    counts = Counter(word for text in texts for word in _telling_words(text))
    return [word for word, _ in counts.most_common() if len(word) >= SHORTEST_TOPIC and word not in _READ_AS_A_TIME]


@lru_cache(maxsize=4096)  # the same texts are gone through for each question that finds nothing
def _telling_words(text: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in topic_words(text))


def _name_score(asked: Sequence[str], name: str) -> float:
    words = name_words(name)
    return sum(max((fuzz.ratio(one, word) for word in words), default=0.0) for one in asked) / len(asked)
