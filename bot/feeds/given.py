"""Entries of feeds as they are kept until they are read: JSON. Pure."""

import json
from dataclasses import asdict
from datetime import datetime

from bot.feeds.feed import Entry


def entry_to_json(entry: Entry) -> str:
    """An entry as JSON: dates as in ISO 8601, and nothing of what it has not."""
    kept = {name: value for name, value in asdict(entry).items() if value not in (None, ())}
    return json.dumps({name: value.isoformat() if isinstance(value, datetime) else value for name, value in kept.items()})


def entry_of_json(text: str) -> Entry:
    """The entry of which `entry_to_json` made this."""
    kept = json.loads(text)
    for name in ("published", "updated"):
        if name in kept:
            kept[name] = datetime.fromisoformat(kept[name])
    return Entry(**{"guid": None, "url": None, **kept, "sections": tuple(kept.get("sections", ()))})
