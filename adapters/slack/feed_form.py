"""The form for a feed: what stands in it, and what was filled in. Pure."""

from dataclasses import dataclass, field

from adapters.filled_in import FeedWished
from adapters.slack import blocks
from adapters.slack.blocks import Block
from adapters.slack.listing import sentence_blocks
from adapters.slack.modals import State, modal, ticked, written
from bot.feeds.adding import LONGEST_ADDRESS

FEED_MODAL = "feed-modal"
# The blocks in which something is filled in: an error in a submission is shown at one of them.
ADDRESS = "address"
OUTLET = "outlet"
LANGUAGE = "language"
ZONE = "zone"
FILTERS = "filters"
FEED_TEXT = "feed-text"

_LONGEST_WISH = 200


@dataclass(frozen=True, slots=True)
class FeedForm:
    """What stands in the form, or was filled in: "" for what is empty."""

    address: str = ""
    wished: FeedWished = field(default_factory=FeedWished)


def feed_modal(form: FeedForm, *, wrong: str = "") -> Block:
    """The form. `wrong` is why a feed that was asked for with it could not be had."""
    wished = form.wished
    address = blocks.typed(ADDRESS, form.address, placeholder="https://example.org/", longest=LONGEST_ADDRESS)
    outlet = blocks.typed(OUTLET, wished.outlet, placeholder="Harbour Post", longest=_LONGEST_WISH)
    language = blocks.typed(LANGUAGE, wished.language, placeholder="en", longest=_LONGEST_WISH)
    zone = blocks.typed(ZONE, wished.zone, placeholder="Europe/London", longest=_LONGEST_WISH)
    filters = blocks.typed(FILTERS, wished.filters, placeholder="block section: sport", several_lines=True)
    box = blocks.tick(FEED_TEXT, "Read what the feed gives, and not the pages", FEED_TEXT, ticked=bool(wished.feed_text))
    itself = "Leave it empty, and each article says so itself."
    return modal(
        [
            *(sentence_blocks(wrong) if wrong else ()),
            blocks.field(ADDRESS, "Address", address, hint="Of a feed, or of a page or a site that has one."),
            blocks.field(OUTLET, "Outlet", outlet, hint=itself, optional=True),
            blocks.field(LANGUAGE, "Language", language, hint=f"Such as en or fr. {itself}", optional=True),
            blocks.field(ZONE, "Time zone", zone, hint=f"Such as Europe/London. {itself}", optional=True),
            blocks.field(FILTERS, "Filters", filters, hint="Such as: keep headline: ferry, bridge. One on each line.", optional=True),
            blocks.field(FEED_TEXT, "Text", box, optional=True),
        ],
        title="Add a feed",
        callback_id=FEED_MODAL,
        submit="Add",
    )


def filled_in(values: State) -> FeedForm:
    """What was filled in in a submitted form."""
    return FeedForm(
        written(values, ADDRESS),
        FeedWished(
            written(values, OUTLET),
            written(values, LANGUAGE),
            written(values, ZONE),
            written(values, FILTERS),
            ticked(values, FEED_TEXT) or None,
        ),
    )
