"""Speakers as one article gives them, and as the store knows them."""

from dataclasses import dataclass
from enum import StrEnum


class SpeakerKind(StrEnum):
    """What a speaker is. An unnamed source ("a Labour spokesman") is a speaker of its own."""

    PERSON = "person"
    ORGANISATION = "organisation"
    DOCUMENT = "document"
    UNNAMED = "unnamed"


class AliasKind(StrEnum):
    """What an article calls a speaker: by a name or by a description."""

    NAME = "name"
    DESCRIPTION = "description"


@dataclass(frozen=True, slots=True)
class NewAlias:
    """One form in which an article gives a speaker, and how often."""

    text: str
    kind: AliasKind
    count: int = 1


@dataclass(frozen=True, slots=True)
class NewSpeaker:
    """A speaker as one article gives it.

    `key` is the normalised name under which speakers of several articles are one, or None where the
    article names nobody well enough to be recognised elsewhere (a bare surname, a role, a pronoun):
    such a speaker belongs to its article alone.
    """

    name: str
    kind: SpeakerKind
    key: str | None
    aliases: tuple[NewAlias, ...] = ()


@dataclass(frozen=True, slots=True)
class StoredSpeaker:
    """A speaker with what the articles call it. `merged_into` is set while a merge stands.

    `quotes` counts the speech of this speaker that can be found, `attitudes` the rest.
    """

    id: int
    name: str
    kind: SpeakerKind
    key: str | None
    article_id: int | None
    merged_into: int | None
    names: tuple[str, ...] = ()
    descriptions: tuple[str, ...] = ()
    quotes: int = 0
    attitudes: int = 0
