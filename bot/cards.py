"""From stored quotes to what a reply shows of them: one card for each wording, with every place that carries it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from bot.links import link_to_words
from bot.replies import Place, QuoteCard
from bot.sureness import sureness
from bot.wordings import wording
from storage.records import NewQuote, QuoteKind, Reports, StoredQuote

UNKNOWN_SPEAKER = "Speaker unknown"
_SAYING = re.compile(
    r"(?:(?:sa(?:y|ys|id|ying)|tell(?:s|ing)?|told|writ(?:e|es|ing|ten)|wrote|(?:tweet|post|add)(?:s|ed|ing)?|stat(?:e|es|ed|ing)"
    r"|according to|this|that)(?: |$))*"
)


def place(quote: StoredQuote) -> Place:
    """Where the quote stands, with a link that jumps to its words."""
    return Place(
        article_id=quote.article_id,
        outlet=quote.outlet,
        headline=quote.headline,
        published=quote.published,
        link=link_to_words(quote.url, quote.words),
        content=quote.content,
    )


def card(quote: StoredQuote, copies: Sequence[StoredQuote] = ()) -> QuoteCard:
    """The card of a quote; `copies` carry the same words, and each other article among them is named once."""
    others = {copy.article_id: place(copy) for copy in copies if copy.article_id != quote.article_id}
    return QuoteCard(
        quote_id=quote.id,
        speaker=quote.speaker_name,
        words=quote.words,
        kind=quote.kind,
        reports=quote.reports,
        place=place(quote),
        confidence=quote.confidence,
        sureness=sureness(quote.confidence),
        cue=quote.cue_words,
        corrected=quote.corrected,
        also=tuple(others.values()),
    )


def cards(quotes: Iterable[StoredQuote]) -> tuple[QuoteCard, ...]:
    """One card for each wording of each speaker, in the order in which they came."""
    return tuple(card(first, copies) for first, *copies in copies_together(quotes))


def copies_together(quotes: Iterable[StoredQuote]) -> list[list[StoredQuote]]:
    """The quotes in groups of the same words of the same speaker, in the order in which they came.

    Words that are only reported are the same behind the same cue: one outlet has it denied, the other said. Cues that say no more
    than that something was said do not tell copies apart.
    """
    groups: dict[tuple[int | None, str, str], list[StoredQuote]] = {}
    for quote in quotes:
        cue = "" if quote.kind is QuoteKind.DIRECT else _beyond_saying(quote.cue_words)
        groups.setdefault((quote.speaker_id, wording(quote.words), cue), []).append(quote)
    return list(groups.values())


def _beyond_saying(cue: str) -> str:
    """The wording of a cue; "" where it says no more than that something was said."""
    said = wording([cue])
    return "" if _SAYING.fullmatch(said) else said


def outlets_of(quotes: Iterable[StoredQuote]) -> tuple[str, ...]:
    """The outlets that carry the quotes, each once, in the order in which they came."""
    return tuple(dict.fromkeys(quote.outlet for quote in quotes if quote.outlet))


def counted(number: int, thing: str) -> str:
    """A number with its noun: 1 quote, 2 quotes, 1,204 quotes."""
    return f"{number:,} {thing}{'' if number == 1 else 's'}"


def spoken(quotes: Iterable[NewQuote | StoredQuote]) -> int:
    """How many report speech: what people think or want is counted apart."""
    return sum(quote.reports is Reports.SPEECH for quote in quotes)


def counted_cards(shown: Iterable[QuoteCard]) -> str:
    """How many quotes are shown, and how many attitudes apart: 2 quotes, 2 quotes and 1 attitude."""
    number = Counter(card.reports for card in shown)
    return heard(number[Reports.SPEECH], number[Reports.ATTITUDE])


def heard(quotes: int, attitudes: int) -> str:
    """How much there is of both, without what there is nothing of; "0 quotes" where there is nothing at all."""
    return listed([counted(number, thing) for number, thing in ((quotes, "quote"), (attitudes, "attitude")) if number]) or "0 quotes"


def listed(things: Sequence[str]) -> str:
    """Things in a row as prose gives them: A, B and C."""
    if len(things) < 2:
        return "".join(things)
    return f"{', '.join(things[:-1])} and {things[-1]}"
