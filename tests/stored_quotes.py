"""Stored quotes, refusals and speakers to try pure functions on, with everything that a test does not care about filled in."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from storage.records import QuoteKind, RefusalKind, Reports, SpeakerKind, StoredQuote, StoredRefusal, StoredSpeaker

_ids = count(1)
READ_AT = datetime(2026, 11, 6, 8, tzinfo=UTC)
PUBLISHED = datetime(2026, 11, 5, 12, tzinfo=UTC)


def stored_quote(*words: str, **given: Any) -> StoredQuote:  # noqa: ANN401 - any field of the record
    """A direct quote by Helena Marsh (speaker 1) of an article of its own, but for what is given."""
    number = next(_ids)
    values: dict[str, Any] = {
        "id": number,
        "article_id": number,
        "version_id": number,
        "content": tuple((0, len(piece)) for piece in words),
        "source": (),
        "cue": (),
        "words": words or (f"Words number {number}.",),
        "kind": QuoteKind.DIRECT,
        "reports": Reports.SPEECH,
        "confidence": 0.9,
        "speaker_id": 1,
        "speaker_name": "Helena Marsh",
        "speaker_kind": SpeakerKind.PERSON,
        "corrected": False,
        "rejected": False,
        "gone": False,
        "statement_id": None,
        "outlet": "The Harbour Post",
        "url": f"https://harbour-post.example.org/{number}",
        "headline": f"Headline {number}",
        "published": PUBLISHED,
        "read_at": READ_AT,
    }
    return StoredQuote(**(values | given))


def stored_refusal(words: str = "Ann Bell declined to comment.", **given: Any) -> StoredRefusal:  # noqa: ANN401 - any field of the record
    """A refusal by Ann Bell, of whom nothing else is known, in an article of its own, but for what is given."""
    number = next(_ids)
    values: dict[str, Any] = {
        "id": number,
        "article_id": number,
        "version_id": number,
        "start": 0,
        "end": len(words),
        "words": words,
        "who": "Ann Bell",
        "kind": RefusalKind.DECLINED,
        "begins": True,
        "ends": True,
        "speaker_id": None,
        "speaker_name": None,
        "outlet": "The Harbour Post",
        "url": f"https://harbour-post.example.org/{number}",
        "headline": f"Headline {number}",
        "published": PUBLISHED,
        "dated": PUBLISHED,
    }
    return StoredRefusal(**(values | given))


def stored_speaker(name: str, *names: str, **given: Any) -> StoredSpeaker:  # noqa: ANN401 - any field of the record
    """A person with these names and one quote, but for what is given."""
    values: dict[str, Any] = {
        "id": next(_ids),
        "name": name,
        "kind": SpeakerKind.PERSON,
        "key": name.casefold(),
        "article_id": None,
        "merged_into": None,
        "names": (name, *names),
        "quotes": 1,
    }
    return StoredSpeaker(**(values | given))
