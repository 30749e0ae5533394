"""Articles with their quotes marked in their places: stored ones, and such as were only read."""

from collections.abc import Iterable

from bot.other_languages import note
from bot.quoting.engine import Extraction
from bot.replies import ArticleView, MarkedQuote
from bot.sureness import sureness
from storage.records import NewArticle, StoredArticle, StoredQuote


def view(article: NewArticle, extraction: Extraction) -> ArticleView:
    """An article that is not stored, with its quotes marked."""
    return ArticleView(
        text=article.text,
        quotes=tuple(_found(extraction)),
        headline=article.headline,
        outlet=article.outlet,
        byline=article.byline,
        published=article.published,
        url=article.url,
        notes=note(article.language),
    )


def stored_view(article: StoredArticle, quotes: Iterable[StoredQuote], *, versions: int) -> ArticleView:
    """A version of a stored article that has `versions`. Only the newest has `quotes` to mark: they follow the text as it is edited."""
    is_newest = article.version == versions
    return ArticleView(
        text=article.text,
        quotes=tuple(_marked(quote) for quote in quotes if is_newest and not quote.rejected),
        headline=article.headline,
        outlet=article.outlet,
        byline=article.byline,
        published=article.published,
        url=article.url,
        article_id=article.id,
        version=article.version,
        versions=versions,
        notes=note(article.language)
        or (() if is_newest else (f"Quotes are marked in the newest version only: show {article.id} without a version.",)),
    )


def _found(extraction: Extraction) -> Iterable[MarkedQuote]:
    for quote in extraction.quotes:
        yield MarkedQuote(
            quote_id=None,
            content=quote.content,
            source=quote.source,
            cue=quote.cue,
            speaker=None if quote.speaker is None else extraction.speakers[quote.speaker].name,
            kind=quote.kind,
            reports=quote.reports,
            confidence=quote.confidence,
            sureness=sureness(quote.confidence),
        )


def _marked(quote: StoredQuote) -> MarkedQuote:
    return MarkedQuote(
        quote_id=quote.id,
        content=quote.content,
        source=quote.source,
        cue=quote.cue,
        speaker=quote.speaker_name,
        kind=quote.kind,
        reports=quote.reports,
        confidence=quote.confidence,
        sureness=sureness(quote.confidence),
        corrected=quote.corrected,
    )
