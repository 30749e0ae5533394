"""Two people of one name: the speakers of an article beside those the store knows."""

from collections.abc import Sequence
from dataclasses import replace

from bot.quoting.identity import are_two
from storage import speakers
from storage.database import Session
from storage.records import AliasKind, NewSpeaker, SpeakerKind


async def told_apart(session: Session, named: Sequence[NewSpeaker]) -> list[NewSpeaker]:
    """The speakers of an article, those without their key who are evidently not the known people of their name.

    Such a speaker belongs to its article alone, as one does who is not named in full; a person can merge it.
    """
    people = [one for one in named if one.key is not None and one.kind is SpeakerKind.PERSON and _told(one)]
    known = await speakers.descriptions(session, [one.key for one in people if one.key is not None])
    others = {one.key for one in people if one.key in known and are_two(_told(one), known[one.key])}
    return [replace(one, key=None) if one.kind is SpeakerKind.PERSON and one.key in others else one for one in named]


def _told(speaker: NewSpeaker) -> list[str]:
    return [alias.text for alias in speaker.aliases if alias.kind is AliasKind.DESCRIPTION]
