"""The shapes of what asks who somebody is: "who is Ann Bell", "tell me about Ann Bell", "speaker Ann Bell"; None where it is a question."""

import re

from bot.asking.question import Question
from bot.asking.words import STOP_WORDS, WORD, topic_words
from bot.errors import NotUnderstood
from bot.grammar.digest_shapes import Asked
from bot.grammar.usage import misused
from bot.requests import Command, Who

SPEAKER = "speaker"
NAMED = r"(?:\S+ ?){1,8}$"
_LONGEST_NAME = 8  # words
_CALLED = re.compile(r"(?:called|named) ", re.IGNORECASE)
_WHO_IS = re.compile(
    r"(?:(?:tell (?:me|us)|find out) )?"
    r"(?:who(?:['’]?s| exactly is| is| are| was| were)(?: exactly)? (?P<name>.+)|who (?P<called>.+) (?:is|are|was|were))",
    re.IGNORECASE,
)
_TELL_ABOUT = re.compile(
    r"(?:tell (?:me|us)(?: more| something| everything| all)?|what do (?:you|we) know) about (?P<name>.+)", re.IGNORECASE
)


def read_speaker(rest: str, asked: Asked) -> Command | None:
    """Whose name or number follows the keyword; the line is a question where nobody is known by it. Raises NotUnderstood for nothing."""
    if not rest:
        raise misused(SPEAKER)
    name = _CALLED.sub("", rest, count=1)
    return Who(name, _question(f"{SPEAKER} {rest}", asked)) if _is_name(name) else None


def who_is(line: str, asked: Asked) -> Command | None:
    """Who a line on its own asks about, if it asks who that is and for nothing that was said.

    Raises NotUnderstood, as the question does that it may be instead.
    """
    found = _WHO_IS.fullmatch(line)
    told = None if found else _TELL_ABOUT.fullmatch(line)
    shape = found or told
    name = next((part for part in shape.groups() if part), "") if shape else ""
    if not _is_name(name):
        return None
    read = asked.question(line)
    otherwise = read.otherwise or read  # that the whole line is somebody's name is no more than a guess
    return Who(name, otherwise, surely=told is not None) if _is_of_words_alone(otherwise, name if told else line) else None


def _is_name(name: str) -> bool:
    words = WORD.findall(name)
    return 0 < len(words) <= _LONGEST_NAME and not STOP_WORDS.issuperset(word.lower() for word in words)


def _question(line: str, asked: Asked) -> Question | None:
    """The question that a line is otherwise; None where it is none."""
    try:
        return asked.question(line)
    except NotUnderstood:
        return None


def _is_of_words_alone(question: Question, text: str) -> bool:
    """Whether a question was read as nothing but these words: "who is against the bypass" was read as more."""
    return question == Question(topic=question.topic) and set(question.topic) == set(topic_words(text))
