from dataclasses import replace

from bot.callers import Caller
from bot.quoting.engine import Extraction
from storage.records import AliasKind, NewAlias, NewSpeaker, SpeakerKind
from tests.fakes.engine import FakeEngine
from tests.newsrooms import ED, Room, article, words_of

CALLER = Caller(ED)


class Describing(FakeEngine):
    """An engine that reads "The Leader" as somebody without a name, and Ann Bell as somebody described so."""

    def extract(self, text: str) -> Extraction:
        found = super().extract(text)
        return replace(found, speakers=tuple(_described(one) for one in found.speakers))


def _described(speaker: NewSpeaker) -> NewSpeaker:
    if speaker.name == "The Leader":
        return replace(speaker, kind=SpeakerKind.UNNAMED, key=None)
    called = NewAlias("the leader", AliasKind.DESCRIPTION)
    return replace(speaker, aliases=(*speaker.aliases, called)) if speaker.name == "Ann Bell" else speaker


async def test_whoever_is_described_as_somebody_unnamed_is_called_is_offered_and_no_more(room: Room) -> None:
    said = room.read_by(Describing())
    await said.read(
        article('The Leader said: "Ships sail."', number=1),
        article('Ann Bell said: "Bridges hold."', number=2),
        article('Tom Cook said: "No."', number=3),
    )
    reply = await said.newsroom.handle("quotes by the leader", CALLER, page=6)
    assert words_of(reply) == ["Ships sail."]
    assert reply.suggestions == ("quotes by Ann Bell",)
    assert reply.kept is not None
    assert await said.newsroom.more(reply.kept.answer_id, after=None, page=6) == reply
    assert (await said.newsroom.handle("quotes by Tom Cook", CALLER, page=6)).suggestions == ()
