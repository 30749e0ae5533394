"""From the quotes that a search found to the reply: by speaker, copies as one, wordings that differ side by side. Pure."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.asking.forms import SAID
from bot.asking.nearest import nearest_names, nearest_topics
from bot.asking.question import Question, understood
from bot.asking.topics import telling_words
from bot.asking.typed import said_by, written
from bot.cards import UNKNOWN_SPEAKER, cards, copies_together, counted, counted_cards, listed, outlets_of
from bot.replies import QuoteCard, Reply, Section
from bot.wordings import by_wording
from storage.records import Reports, StoredQuote, StoredSpeaker
from storage.terms import fold

MOST_SUGGESTIONS = 4
_MOST_OF_ONE = 3
_NEAR = 10


def compose(
    question: Question,
    quotes: Sequence[StoredQuote],
    *,
    speakers: Sequence[StoredSpeaker] = (),
    wordings: Mapping[int, Sequence[StoredQuote]] | None = None,
    known_speakers: Sequence[str] = (),
    texts: Sequence[str] = (),
    described: Sequence[str] = (),
    more: bool = False,
    also: Sequence[str] = (),
) -> Reply:
    """The answer to a (settled) question.

    `quotes` is what the search found, best first, and `more` says that it stopped at its limit. `speakers` are those found
    by the words of `question.speaker`. `wordings` holds, for the statement ids among `quotes`, all quotes of the statement.
    `described` are people whom articles call by a description that is taken for a name here ("the opposition leader").
    When nothing was found, `known_speakers` (most quoted first) and `texts` (headlines and quotes) are looked at for what could be
    asked instead.
    """
    line = understood(question, [speaker.name for speaker in speakers], also)
    by_name = tuple(f"quotes by {written(name)}{_about(question)}" for name in described[:MOST_SUGGESTIONS])
    if not quotes:
        instead = _instead(question, speakers, known_speakers, texts)
        return Reply(
            line,
            notes=(_why_nothing(question, speakers, nothing_read=not known_speakers and not texts),),
            suggestions=(*by_name, *instead)[:MOST_SUGGESTIONS],
        )
    sections = tuple(_section(turn) for turn in _turns(_statements(question, quotes, wordings or {})))
    return Reply(line, sections, notes=_notes(question, quotes, speakers, more=more), suggestions=by_name)


def _turns(statements: Iterable[Sequence[StoredQuote]]) -> Iterator[list[Sequence[StoredQuote]]]:
    """The statements, which come best first, in turns of one speaker each: the best that is left, with that speaker's others near it.

    Nobody fills the page: the next turn is another speaker's if one is near. A single speaker has all in one.
    """
    left = deque(statements)
    if len({statement[0].speaker_id for statement in left}) == 1:
        yield list(left)
        return
    speaker: object = None  # of the turn before
    while left:
        near = [left.popleft() for _ in range(min(_NEAR, len(left)))]
        speaker = next((whose for one in near if (whose := _speaker(one)) != speaker), speaker)
        turn = [one for one in near if _speaker(one) == speaker][:_MOST_OF_ONE]
        left.extendleft(reversed([one for one in near if not any(one is taken for taken in turn)]))
        yield turn


def _speaker(statement: Sequence[StoredQuote]) -> object:
    return statement[0].speaker_id or UNKNOWN_SPEAKER


def _section(statements: Sequence[Sequence[StoredQuote]]) -> Section:
    shown: list[QuoteCard] = []
    lines: list[str] = []
    for statement in statements:
        its_cards = cards(statement)
        shown.extend(its_cards)
        if len(by_wording(its_cards)) > 1:
            numbers = listed([f"#{card.quote_id}" for card in its_cards])
            lines.append(f"{numbers} may be one statement, worded differently by {_by_whom(outlets_of(statement))}.")
    outlets = outlets_of(quote for statement in statements for quote in statement)
    subtitle = counted_cards(shown) + (f" in {counted(len(outlets), 'outlet')}" if outlets else "")
    return Section(statements[0][0].speaker_name or UNKNOWN_SPEAKER, subtitle, tuple(shown), tuple(lines))


def _by_whom(outlets: Sequence[str]) -> str:
    if not outlets:
        return "their articles"
    return listed(outlets) if len(outlets) > 1 else f"{outlets[0]} in its articles"


def _statements(
    question: Question, quotes: Sequence[StoredQuote], wordings: Mapping[int, Sequence[StoredQuote]]
) -> Iterable[Sequence[StoredQuote]]:
    """The quotes by what was uttered, in the order of the best quote of each: copies and other wordings of it together.

    Wordings that the search did not find (they may not hold the asker's word) are added if the rest of the question allows them.
    Of attitudes only copies are one: to want something and to fear it is not one thing worded differently.
    """
    said = by_wording(quote for quote in quotes if quote.reports is Reports.SPEECH)
    thought = copies_together(quote for quote in quotes if quote.reports is Reports.ATTITUDE)
    same_words = {quote.id: group for group in (*said, *thought) for quote in group}
    found_of: dict[int | None, list[StoredQuote]] = {}
    for quote in quotes:
        found_of.setdefault(quote.statement_id, []).append(quote)
    seen: set[int] = set()
    for quote in quotes:
        if quote.id in seen:
            continue
        copies = same_words[quote.id]
        ids = dict.fromkeys(copy.statement_id for copy in copies if copy.statement_id is not None)
        found = [other for statement_id in ids for other in found_of[statement_id]]
        stored = [other for statement_id in ids for other in wordings.get(statement_id, ())]
        added = [other for other in stored if other.speaker_id == quote.speaker_id and _allows(question, other)]
        uttered = {one.id: one for one in (*copies, *found, *added) if one.id not in seen}
        seen |= uttered.keys()
        yield list(uttered.values())


def _allows(question: Question, quote: StoredQuote) -> bool:
    when = quote.published or quote.read_at
    return (
        not (quote.gone or quote.rejected)
        and (question.kinds is None or quote.kind in question.kinds)
        and (not question.outlet or quote.outlet == question.outlet)
        and (question.since is None or when >= question.since)
        and (question.until is None or when < question.until)
    )


def _notes(question: Question, quotes: Sequence[StoredQuote], speakers: Sequence[StoredSpeaker], *, more: bool) -> tuple[str, ...]:
    notes = []
    if question.speaker and len(speakers) > 1:
        names = list(dict.fromkeys(speaker.name for speaker in speakers))
        called = f": {listed(names)}" if len(names) > 1 else ""
        notes.append(f"{len(speakers)} speakers go by {question.speaker}{called}.")
    if (question.since or question.until) and any(quote.published is None for quote in quotes):
        notes.append("Undated articles count by the day they were read.")
    if more:
        notes.append(f"There are more than the {len(quotes):,} best: name a speaker, an outlet or a date to see fewer.")
    return tuple(notes)


def _why_nothing(question: Question, speakers: Sequence[StoredSpeaker], *, nothing_read: bool) -> str:
    if nothing_read:
        return "Nothing was found: no article with quotes has been read yet."
    if question.speaker and not speakers:
        return f"Nothing was found: nobody called {question.speaker} is quoted in what has been read."
    thing = "quote" if Reports.SPEECH in question.reports else "attitude"
    return f"Nothing was found: no {thing} in what has been read fits."


def _about(question: Question) -> str:
    about = f" about {' '.join(question.topic)}" if question.topic else ""
    phrase = f" “{question.phrase}”" if question.phrase else ""
    return f"{about}{phrase}"


def _instead(question: Question, speakers: Sequence[StoredSpeaker], known_speakers: Sequence[str], texts: Sequence[str]) -> tuple[str, ...]:
    """Questions that find something, by the nearest speakers and topics: none where nothing is near."""
    known_topics = telling_words(texts)
    topics = nearest_topics(question.topic, known_topics)
    speech = question.reports == SAID
    restricted = bool(question.speaker or question.outlet or question.when or question.kinds or question.phrase or not speech)
    if restricted and len(question.topic) == 1 and fold(question.topic[0]) in map(fold, known_topics):
        topics = [question.topic[0], *topics]
    if question.speaker:
        names = [speaker.name for speaker in speakers if speaker.quotes] or nearest_names(question.speaker, known_speakers)
    else:
        names = nearest_names(" ".join(question.topic), known_speakers)
    by_name = [said_by(name) for name in names]
    by_topic = [f"who said what about {topic}" for topic in topics]
    return tuple((by_name + by_topic if question.speaker else by_topic + by_name)[:MOST_SUGGESTIONS])
