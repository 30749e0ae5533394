"""Answers as JSON: the fields of `bot.replies` by their names, dates in ISO 8601."""

import dataclasses
import json
from collections.abc import Sequence
from datetime import datetime

from adapters.plain import safe_json
from bot.replies import ArticleView, FeedView, Ingested, Reply, Span


def answer_json(answer: Reply | ArticleView) -> str:
    """An answer as an indented JSON object. Of a page of a kept answer it has its number as `answer`, and whether there is `more`."""
    fields = dataclasses.asdict(answer)
    if isinstance(answer, Reply):
        kept = answer.kept
        del fields["kept"], fields["file"]
        fields |= {"answer": kept.answer_id if kept else None, "more": kept is not None and kept.goes_on}
    return _encoded(fields, indent=2)


def feed_json(feed: FeedView) -> str:
    """A feed by its figures, as JSON on one line."""
    return _encoded(dataclasses.asdict(feed))


def ingested_json(item: Ingested) -> str:
    """What became of one article, as JSON on one line."""
    fields = dataclasses.asdict(item)
    del fields["share"]
    return _encoded(fields)


def quotes_json(view: ArticleView, *, file: str | None = None) -> str:
    """A text with its quotes, as JSON on one line; every span is [start, end) in characters of the text. `file` names where it stood."""
    named = {} if file is None else {"file": file}
    return _encoded({**named, "text": view.text, "quotes": _quotes(view)})


def prediction_json(view: ArticleView, name: str) -> str:
    """The quotes of a text that is known by `name`, as JSON on one line: what the scorers of annotated news read."""
    return _encoded({"id": name, "quotes": _quotes(view)})


def _quotes(view: ArticleView) -> list[dict[str, object]]:
    return [
        {
            "content": _pairs(quote.content),
            "source": _pairs(quote.source),
            "cue": _pairs(quote.cue),
            "speaker": quote.speaker,
            "kind": quote.kind,
            "reports": quote.reports,
            "confidence": quote.confidence,
        }
        for quote in view.quotes
    ]


def _pairs(spans: Sequence[Span]) -> list[list[int]]:
    return [[start, end] for start, end in spans]


def _encoded(value: object, indent: int | None = None) -> str:
    return safe_json(json.dumps(value, ensure_ascii=False, indent=indent, default=_moment))


def _moment(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")
