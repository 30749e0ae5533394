"""The answer to a question for several speakers: a section for each, in the order in which they were asked for. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.asking.answer import compose
from bot.asking.asked import Question
from bot.asking.choosing import Named
from bot.asking.question import understood
from bot.asking.typed import about
from bot.replies import Reply, Section
from storage.records import StoredQuote


def beside(
    asked: Question,
    names: Sequence[Named],
    hits: Sequence[Sequence[StoredQuote]],
    wordings: Mapping[int, Sequence[StoredQuote]],
    *,
    also: Sequence[str] = (),
    more: bool,
) -> Reply:
    """What each of the speakers said: `hits` are the quotes of each, best first; who has none says so in a section without quotes.

    Behind those there may be quotes that were found for one of them, and that somebody else is held to have said by now.
    """
    sections: list[Section] = []
    notes = [name.said for name in names if name.said]
    for name, quotes in zip(names, hits, strict=False):
        alone = replace(asked, speaker=name.name, others=())
        if quotes:
            reply = compose(alone, quotes, speakers=name.speakers, wordings=wordings)
            sections += reply.sections
            notes += reply.notes
        else:
            sections.append(Section(name.called, lines=(_nothing(alone, name),)))
    for others in hits[len(names) :]:
        sections += compose(replace(asked, speaker="", others=()), others, wordings=wordings).sections
    if more:
        shown = sum(map(len, hits))
        notes.append(f"There are more than the {shown:,} best: name an outlet or a date to see fewer.")
    line = understood(asked, [name.called for name in names], also)
    return Reply(line, tuple(sections), notes=tuple(dict.fromkeys(notes)), beside=True)


def _nothing(asked: Question, name: Named) -> str:
    if not name.is_known:
        return f"Nobody called {name.name} is quoted in what has been read."
    return f"No quote{about(asked)} was found."
