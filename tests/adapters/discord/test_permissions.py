import discord
import pytest

from adapters.discord.permissions import NEEDED, missing, permissions


def test_an_invitation_asks_for_what_is_needed_and_for_nothing_else() -> None:
    assert {name for name, granted in permissions() if granted} == {
        "read_messages",  # discord.py's other name for seeing a channel
        "send_messages",
        "send_messages_in_threads",
        "embed_links",
        "attach_files",
        "read_message_history",
    }


@pytest.mark.parametrize("name", NEEDED)
def test_what_is_not_granted_is_missing(name: str) -> None:
    granted = permissions()
    granted.update(**{name: False})
    assert missing(granted) == [name]


def test_an_administrator_misses_nothing() -> None:
    assert missing(discord.Permissions.all()) == []
