"""What was asked in a channel and is told in direct messages: with a link to where it was asked, and with nothing to press. Pure."""

from collections.abc import Iterable, Iterator

from adapters.cutting import cut
from adapters.discord.components import Button
from adapters.discord.custom_ids import ASK_BUTTON
from adapters.discord.listing import LONGEST_HEADING, list_lines, runs, shown_line
from adapters.discord.markdown import escaped, escaped_size
from adapters.discord.packing import LONGEST_CONTENT, Message


def in_words(messages: Iterable[Message], *, channel: str, link: str) -> list[Message]:
    """Refusals and errors, which are sentences and buttons with requests: pressed there, those would not ask where it was meant."""
    name = escaped(cut(shown_line(channel), LONGEST_HEADING, escaped_size))
    lines = [f"About your question in #{name}: {link}" if name else f"About your question: {link}"]
    for message in messages:
        lines += [*message.content.split("\n"), *list_lines("", "", _suggested(message))]
    return [Message(run) for run in runs(lines, LONGEST_CONTENT)]


def _suggested(message: Message) -> Iterator[str]:
    buttons = (item for row in message.rows for item in row if isinstance(item, Button))
    return (found["request"] for button in buttons if (found := ASK_BUTTON.fullmatch(button.custom_id)))
