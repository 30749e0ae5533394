"""What people type in Slack, as they typed it: Slack sends links, mentions and three characters in a form of its own. Pure."""

import re
from html import unescape

# https://docs.slack.dev/messaging/formatting-message-text#retrieving-messages
_REFERENCE = re.compile(r"<(?P<sign>[@#!]?)(?P<what>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")


def typed(text: str, *, bot_user: str | None = None) -> str:
    """A message as its author typed it, without the mention of the bot that it is addressed to."""
    if bot_user:
        text = re.sub(rf"<@{re.escape(bot_user)}(?:\|[^<>]*)?>[\s,:]*", "", text)
    return unescape(_REFERENCE.sub(_named, text)).strip()


def _named(found: re.Match[str]) -> str:
    """A link by its address, a person, channel or group by the name that Slack gives with it."""
    sign, what, label = found["sign"], found["what"], found["label"]
    if not sign:
        return what.removeprefix("mailto:").removeprefix("tel:") if what.startswith(("mailto:", "tel:")) else what
    if sign == "!":
        what = label or what.partition("^")[0]
        return what if what.startswith("@") else f"@{what}"
    return f"{sign}{label or what}"
