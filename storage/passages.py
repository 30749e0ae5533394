"""The text around a quote, without reading the whole article."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.records import Span, StoredPassage
from storage.rows import possible
from storage.schema import Quote, Version

LONGEST_PASSAGE = 6_000
"""How many characters are shown around a quote at most; a quote that is longer by itself is shown whole."""


async def around(session: AsyncSession, quote_id: int) -> StoredPassage | None:
    """The quote's context, widened to all its words and narrowed to `LONGEST_PASSAGE`; None if there is no such quote."""
    if not possible(quote_id):
        return None
    quote = (await session.execute(select(Quote.version_id, Quote.content, Quote.context).where(Quote.id == quote_id))).first()
    if quote is None:
        return None
    start, end = passage(quote.context[0], quote.content)
    slice_and_length = select(func.substr(Version.text, start + 1, end - start), func.length(Version.text))
    text, length = (await session.execute(slice_and_length.where(Version.id == quote.version_id))).one()
    return StoredPassage(text, start, begins=start == 0, ends=end == length)


def passage(context: Span, content: Sequence[Span]) -> Span:
    """What to show of a text around the `content` of a quote: all of `context`, or as much of it on both sides as there is room for."""
    first, last = content[0][0], content[-1][1]
    before, after = max(first - context[0], 0), max(context[1] - last, 0)
    room = max(LONGEST_PASSAGE - (last - first), 0)
    shown_before = min(before, max(room // 2, room - after))
    return first - shown_before, last + min(after, room - shown_before)
