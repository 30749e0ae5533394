"""What people type in Slack, as they typed it: Slack sends links, mentions and three characters in a form of its own. Pure."""

import re

# https://docs.slack.dev/messaging/formatting-message-text#retrieving-messages
_REFERENCE = re.compile(r"<(?P<sign>[@#!]?)(?P<what>[^<>|]*)(?:\|(?P<label>[^<>]*))?>")


def typed(text: str, *, bot_user: str | None = None) -> str:
    """A message as its author typed it, without the mention of the bot that it is addressed to."""
    if bot_user:
        text = re.sub(rf"<@{re.escape(bot_user)}(?:\|[^<>]*)?>[\s,:]*", "", text)
    words = _REFERENCE.sub(_named, text)
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def _named(found: re.Match[str]) -> str:
    """A link by its address, a person, channel or group by the name that Slack gives with it, a date by its words."""
    sign, what, label = found["sign"], found["what"], found["label"]
    if not sign:
        return what.removeprefix("mailto:").removeprefix("tel:")
    if sign != "!":
        return f"{sign}{label or what}"
    if what.startswith("date^"):
        return label or ""
    name = label or what.partition("^")[0]
    return name if name.startswith("@") else f"@{name}"
