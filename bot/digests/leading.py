"""Which quotes of a story are shown: the two or three that matter. Pure."""

from collections import Counter
from collections.abc import Collection, Sequence

from bot.cards import card, copies_together
from bot.replies import QuoteCard, QuoteKind, Sureness
from bot.sureness import sureness
from bot.wordings import wording
from storage.records import SpeakerKind, StoredQuote

_SURENESS_RANK = {Sureness.SURE: 0, Sureness.LIKELY: 1, Sureness.UNSURE: 2}
_FEW_WORDS = 5
_SAYING_NOTHING = frozenset(
    {"a", "absolutely", "all", "at", "comment", "course", "have", "i", "is", "it", "no", "not", "of", "right", "sorry", "thank", "that"}
    | {"thats", "yes", "you"}
)


def leading(quotes: Sequence[StoredQuote], most: int, aside: Collection[int] = ()) -> tuple[QuoteCard, ...]:
    """The cards of the quotes that matter, at most so many; see `ranked`."""
    return tuple(card(first, copies) for first, *copies in ranked(quotes, aside)[0][:most])


def ranked(quotes: Sequence[StoredQuote], aside: Collection[int] = ()) -> tuple[list[list[StoredQuote]], list[list[StoredQuote]]]:
    """The quotes in their order, copies together, the surest first; and apart those that repeat a statement in other words.

    Among those alike: what more outlets carry, direct words, what is longer than a few words, named people and the story's main
    voices first. Each is of another speaker as long as there are any. Those numbered in `aside` come behind all others,
    and of each what says nothing ("Yes") behind the rest.
    """
    voices = Counter(quote.speaker_id for quote in quotes)
    reports = Counter(quote.statement_id for quote in quotes)

    def rank(copies: Sequence[StoredQuote]) -> tuple[bool, int, int, bool, bool, bool, int, float]:
        quote = copies[0]
        return (
            _says_nothing(quote),
            _SURENESS_RANK[sureness(quote.confidence)],
            -max(len(copies), reports[quote.statement_id] if quote.statement_id else 0),
            quote.kind is not QuoteKind.DIRECT,
            len(" ".join(quote.words).split()) < _FEW_WORDS,
            quote.speaker_kind is not SpeakerKind.PERSON,
            -voices[quote.speaker_id],
            -quote.confidence,
        )

    def is_aside(copies: Sequence[StoredQuote]) -> bool:
        return all(quote.id in aside for quote in copies)

    first: list[list[StoredQuote]] = []
    again: list[list[StoredQuote]] = []
    told: set[int] = set()
    for copies in sorted(copies_together(quotes), key=lambda copies: (is_aside(copies), rank(copies))):
        statement_id = copies[0].statement_id
        (again if statement_id in told else first).append(copies)
        if statement_id is not None:
            told.add(statement_id)
    first_of = {copies[0].speaker_id: copies[0].id for copies in reversed(first)}

    def is_heard_again(copies: Sequence[StoredQuote]) -> bool:
        return copies[0].speaker_id is None or first_of[copies[0].speaker_id] != copies[0].id

    return sorted(first, key=lambda copies: (is_aside(copies), _says_nothing(copies[0]), is_heard_again(copies))), again


def _says_nothing(quote: StoredQuote) -> bool:
    """A single word, or several that say nothing by themselves: “interference”, “No comment”."""
    said = wording(quote.words).split()
    return len(said) < 2 or _SAYING_NOTHING.issuperset(said)
