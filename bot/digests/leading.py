"""Which quotes of a story are shown: the two or three that matter. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence

from bot.cards import card, copies_together
from bot.replies import QuoteCard, QuoteKind, Sureness
from bot.sureness import sureness
from storage.records import SpeakerKind, StoredQuote

_SURENESS_RANK = {Sureness.SURE: 0, Sureness.LIKELY: 1, Sureness.UNSURE: 2}
_FEWEST_WORDS = 5  # what is shorter tells nothing by itself: “interference”


def leading(quotes: Sequence[StoredQuote], most: int) -> tuple[QuoteCard, ...]:
    """The quotes that matter: such as say something by themselves, the surest first.

    Among those alike: what more outlets carry, direct words, named people and the story's main voices first. Each is of another
    speaker as long as there are any, and no statement is told twice.
    """
    voices = Counter(quote.speaker_id for quote in quotes)
    reports = Counter(quote.statement_id for quote in quotes)

    def rank(copies: Sequence[StoredQuote]) -> tuple[bool, int, int, bool, bool, int, float]:
        quote = copies[0]
        return (
            len(" ".join(quote.words).split()) < _FEWEST_WORDS,
            _SURENESS_RANK[sureness(quote.confidence)],
            -max(len(copies), reports[quote.statement_id] if quote.statement_id else 0),
            quote.kind is not QuoteKind.DIRECT,
            quote.speaker_kind is not SpeakerKind.PERSON,
            -voices[quote.speaker_id],
            -quote.confidence,
        )

    chosen = list(_once(sorted(copies_together(quotes), key=rank)))
    first_of = {copies[0].speaker_id: copies[0].id for copies in reversed(chosen)}
    chosen.sort(key=lambda copies: copies[0].speaker_id is None or first_of[copies[0].speaker_id] != copies[0].id)
    return tuple(card(first, copies) for first, *copies in chosen[:most])


def _once(ranked: Iterable[list[StoredQuote]]) -> Iterable[list[StoredQuote]]:
    """Of each statement the best wording."""
    told: set[int] = set()
    for copies in ranked:
        statement_id = copies[0].statement_id
        if statement_id is None or statement_id not in told:
            yield copies
        if statement_id is not None:
            told.add(statement_id)
