"""What the buttons and menus of our messages are called, and what their values say.

All that a button needs stands in its value and in the database, so it works after a restart and in old messages. Where an
action can stand twice in a message, its id ends in a number that tells the two apart: `matching` gives what both match.
"""

import re
from dataclasses import dataclass

from adapters.pages import PAGE, Page, page_found

# The value of each of these is a Page: of MORE the page that follows, of the others the one on which the button stands.
MORE = "more"
DIRECT = "direct"
EXPORT = "export"
EXPORT_JSON = "export-json"
SHARE = "share"
# A menu at each quote, whose choice is a QuoteChoice.
QUOTE = "quote"
# The value is the request to ask; of SHARE_ASKED the one whose answer is shared, where none is kept.
ASK_AGAIN = "ask"
SHARE_ASKED = "share-asked"
# The value is a number: of the correction to undo, or of a subscription.
UNDO = "undo"
SUBSCRIPTION_CHANGE = "subscription-change"
SUBSCRIPTION_PAUSE = "subscription-pause"
SUBSCRIPTION_RESUME = "subscription-resume"
SUBSCRIPTION_DELETE = "subscription-delete"
SUBSCRIPTION_MUTE = "subscription-mute"
SUBSCRIPTION_UNMUTE = "subscription-unmute"
SUBSCRIPTION_SEND = "subscription-send"
SUBSCRIPTION_PREVIEW = "subscription-preview"
# At something that a channel got by itself; the value is the number of the delivery.
MANAGE = "manage"
SHOW_ALL = "show-all"
MUTE = "mute"
# App Home: three buttons that open a modal, and the menu of channels.
OPEN_ASK = "open-ask"
OPEN_FEED = "open-feed"
OPEN_SUBSCRIPTION = "open-subscription"
CHANNEL_SHOWN = "channel-shown"
# Fields of the form for a digest, of which we are told while they are filled in.
FORM_KIND = "kind"
FORM_SCHEDULE = "schedule"
FORM_ZONE = "zone"
FORM_QUIET = "quiet"

CONTEXT = "context"
SPEAKER = "speaker"
WHO = "who"
_QUOTE_CHOICE = re.compile(rf"(?P<kind>context|speaker|who):(?P<quote>[0-9]+)(?::{PAGE})?")


def numbered(action: str, number: int) -> str:
    """The id of an action that stands more than once in a message."""
    return f"{action}:{number}"


def matching(action: str) -> re.Pattern[str]:
    """What every id of an action matches, with or without a number."""
    return re.compile(rf"^{re.escape(action)}(?::[0-9]+)?$")


@dataclass(frozen=True, slots=True)
class QuoteChoice:
    """What was chosen in the menu of a quote: CONTEXT, SPEAKER or WHO; `page` is the one that shows it, None where no answer is kept."""

    kind: str
    quote_id: int
    page: Page | None = None

    @property
    def value(self) -> str:
        """The choice as the value of an option."""
        return f"{self.kind}:{self.quote_id}{f':{self.page.value}' if self.page else ''}"


def read_choice(value: str) -> QuoteChoice:
    """The choice in the value of an option. Raises ValueError for a value that is not ours."""
    found = _QUOTE_CHOICE.fullmatch(value)
    if found is None:
        raise ValueError(f"{value!r} is no choice of a quote's menu")
    return QuoteChoice(found["kind"], int(found["quote"]), page_found(found.groupdict()))
