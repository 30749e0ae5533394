"""What is asked back where a name fits several people: which of them is meant. Pure."""

from collections import Counter
from dataclasses import replace

from bot.asking.asked import Question
from bot.asking.choosing import Named
from bot.asking.question import understood
from bot.asking.speakers import name_words
from bot.asking.typed import beside, quotes_by, written
from bot.cards import listed
from bot.describing import described
from bot.replies import Reply
from storage.records import StoredSpeaker

MOST = 5


def ask_which(asked: Question, names: tuple[Named, ...]) -> Reply:
    """The reply to a question of which a name fits several: no quotes, and the question with each of those whom it fits."""
    place = next(place for place, name in enumerate(names) if name.which)
    named = names[place]
    fitting = named.which[:MOST]
    numbered = _of_one_name(named.which)
    shown = [f"#{one.id} {described(one)}" if one.id in numbered else described(one) for one in fitting]
    rest = len(named.which) - len(fitting)
    others = [f"{rest} more"] if rest else []
    instead = tuple(_asked_for(asked, names, place, f"#{one.id}" if one.id in numbered else one.name) for one in fitting)
    return Reply(
        understood(asked, [name.name for name in names]),
        notes=(f"{named.name} fits {listed([*shown, *others])}: which one is meant?",),
        suggestions=instead,
    )


def offers(asked: Question, named: Named, most: int) -> tuple[str, ...]:
    """The same question for others whom the name fits."""
    numbered = _of_one_name((*named.speakers, *named.offered))
    return tuple(quotes_by(f"#{one.id}" if one.id in numbered else _alone(one.name), asked) for one in named.offered[:most])


def _asked_for(asked: Question, names: tuple[Named, ...], place: int, name: str) -> str:
    if not asked.others:
        return quotes_by(_alone(name), replace(asked, speaker=name))
    typed = [one.name for one in names]
    typed[place] = name
    return beside(typed, asked)


def _alone(name: str) -> str:
    """A name as it stands in a question; one of a single word, which others go by too, in quotation marks."""
    return written(name) if len(name.split()) > 1 or name.startswith("#") else f"“{name}”"


def _of_one_name(speakers: tuple[StoredSpeaker, ...]) -> set[int]:
    counted = Counter(name_words(one.name) for one in speakers)
    return {one.id for one in speakers if counted[name_words(one.name)] > 1}
