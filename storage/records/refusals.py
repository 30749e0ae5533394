"""Refusals as they go into the store and come out of it: that somebody gave no comment. None of them is a quote."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from storage.records.quotes import Span


class RefusalKind(StrEnum):
    """How no comment was given: it was declined, there was no response, or nobody was reached."""

    DECLINED = "declined"
    NO_RESPONSE = "no response"
    NOT_REACHED = "not reached"


@dataclass(frozen=True, slots=True)
class NewRefusal:
    """A sentence of a version that says who gave no comment. `shown` is the sentence or what is shown of a long one, `who` its subject.

    `begins` and `ends` say that what is shown does so with the sentence. `context` is what stands around it (the paragraph), for
    searching. `speaker_id` is whom the subject is, `speaks_for_id` on whose behalf it would have commented ("a spokesman for Ann
    Bell"); None where that is not certain. `called` is what else finds its subject, which may be a pronoun.
    """

    shown: Span
    who: Span
    begins: bool
    ends: bool
    kind: RefusalKind
    context: Span
    speaker_id: int | None = None
    speaks_for_id: int | None = None
    called: str = ""


@dataclass(frozen=True, slots=True)
class StoredRefusal:
    """A refusal with all that an answer shows of it.

    `words` stand in the version's text from `start` to `end`, `who` is their subject as it stands there. `speaker_id` and
    `speaker_name` are whom the subject is, after merges. `dated` is when the article was published, or else read.
    """

    id: int
    article_id: int
    version_id: int
    start: int
    end: int
    words: str
    who: str
    kind: RefusalKind
    begins: bool
    ends: bool
    speaker_id: int | None
    speaker_name: str | None
    outlet: str | None
    url: str | None
    headline: str | None
    published: datetime | None
    dated: datetime


@dataclass(frozen=True, slots=True)
class WaitingText:
    """The text of a version that is to be looked through for refusals yet."""

    article_id: int
    version_id: int
    text: str


@dataclass(frozen=True, slots=True)
class RefusalFilter:
    """Which refusals are wanted. Empty fields do not restrict; times are half-open, UTC.

    `words` are plain words of the asker, matched by inflection, in any order: the paragraph and the headline together hold all of
    them, and `phrase` in a row. Somebody's are those of the `speaker_ids` and of whoever speaks for them, and those of nobody
    known whose subject holds all words of `called`; with either the other need not fit. `since` and `until` bound when the article
    was published, or else read, `read_since` when the sentence was first read.

    `after_version` and `up_to_version` bound the version in which it stood first; with the latter it is wanted as the articles stood
    then, else as they stand now. `up_to_id` bounds its number.
    """

    words: tuple[str, ...] = ()
    phrase: str = ""
    called: tuple[str, ...] = ()
    speaker_ids: tuple[int, ...] = ()
    outlets: tuple[str, ...] | None = None
    article_ids: tuple[int, ...] | None = None
    kinds: tuple[RefusalKind, ...] | None = None
    since: datetime | None = None
    until: datetime | None = None
    read_since: datetime | None = None
    version_ids: tuple[int, ...] | None = None
    after_version: int | None = None
    up_to_version: int | None = None
    up_to_id: int | None = None
    limit: int = 50
