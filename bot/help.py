"""What can be typed, with the people and topics of the store where it has some. Pure."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.asking.topics import topics
from bot.callers import Right, kept_for_others
from bot.grammar.usage import COMMANDS, QUESTIONS, Subject, Usage, usage_of
from bot.replies import Reply, Section

_ASKING = ("who said what about {topic}", "what has {name} said about {topic} since Monday", "what does {name} think about {topic}")
_EXACTLY = 'who said "the exact words" (and where)'
_NUMBERS = "Quotes are numbered, as in #12; articles have numbers of their own, and so have digests with alerts."
_MORE = "'help digest' says how that command works, and so for the others."
_NO_CHANNEL = "Digests on a schedule and alerts are posted in a channel, and there is none here."


@dataclass(frozen=True, slots=True)
class Known:
    """Of whom and what the store has quotes, the most first: what questions can be about."""

    names: Sequence[str] = ()
    topics: Sequence[str] = ()

    @property
    def examples(self) -> tuple[str, ...]:
        """Questions that find something; none where nothing is known."""
        return (*(f"who said what about {topic}" for topic in self.topics[:2]), *(f"what has {name} said" for name in self.names[:1]))

    @property
    def subject(self) -> Subject:
        """Whom and what requests are shown about: a person with a first and a last name, and a topic; made-up ones where none is known."""
        usual = Subject()
        name = next((name for name in self.names if _is_full(name)), usual.name)
        return Subject(name, name.split()[-1], next(iter(self.topics), usual.topic))


def known(names: Sequence[str], headlines: Iterable[str], quotes: Iterable[str]) -> Known:
    """What can be asked about: the speakers `names`, and what headlines and quotes have most in common."""
    return Known(names, topics(headlines, quotes, names))


@dataclass(frozen=True, slots=True)
class Reach:
    """What somebody can do: digests on a schedule only `in_channel`, and what is kept for some people by `rights`; see `Caller`."""

    in_channel: bool
    rights: Collection[Right] = tuple(Right)
    who_may: Callable[[Right], str] = kept_for_others

    def offered(self, usages: Iterable[Usage]) -> list[Usage]:
        """Those of the requests that would be done."""
        return [one for one in usages if (self.in_channel or not one.scheduled) and (one.right is None or one.right in self.rights)]


def typed(known: Known, reach: Reach) -> Reply:
    """What somebody can type there. What the store can answer is suggested, not listed once more."""
    subject, examples = known.subject, known.examples
    often = {title: [one for one in usages if not one.seldom] for title, usages in COMMANDS.items()}
    made_up = () if examples else tuple(asking.format(name=subject.name, topic=subject.topic) for asking in _ASKING)
    sections = (
        Section("Questions", lines=(*made_up, *_lines(QUESTIONS, subject), _EXACTLY)),
        *(Section(title, lines=lines) for title, usages in often.items() if (lines := _lines(reach.offered(usages), subject))),
    )
    return Reply("What you can type.", sections, notes=(_NUMBERS, _MORE), suggestions=examples)


def keyword_explained(keyword: str, known: Known, reach: Reach) -> Reply:
    """How a keyword is typed and what it does, and why it would not be done where it is asked."""
    usages = usage_of(keyword)
    allowed = replace(reach, in_channel=True).offered(usages)
    notes = [f"You may not {right}. {reach.who_may(right)}" for right in {one.right: 1 for one in usages} if right and not allowed]
    if not reach.in_channel and any(usage.scheduled for usage in allowed or usages):
        notes.append(_NO_CHANNEL)
    return Reply(f"How {keyword} works.", (Section("What you can type", lines=_lines(allowed or usages, known.subject)),), tuple(notes))


def _lines(usages: Iterable[Usage], subject: Subject) -> tuple[str, ...]:
    return tuple(usage.line(subject) for usage in usages)


def _is_full(name: str) -> bool:
    words = name.split()
    return 2 <= len(words) <= 3 and all(word[0].isupper() and word[1:].islower() for word in words)
