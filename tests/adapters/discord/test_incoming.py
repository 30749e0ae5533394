"""What people type, out of the form in which Discord passes it on."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.discord import incoming
from adapters.discord.markdown import escaped

BOT = 200
NAMES = {"@7": "Ada Moor", "@&6": "Editors", "#5": "news"}
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]))
_PIECES = ["<@200>", "<@7>", "<@!7>", "<#5>", "<t:", ":R>", "**", "`", "||", "\\", "> ", "\n", "a", "<", ">"]
SENT = st.lists(st.sampled_from(_PIECES)).map("".join)


def typed(sent: str) -> str:
    return incoming.typed(sent, bot=BOT, names=NAMES, zone=ZoneInfo("Europe/London"))


@pytest.mark.parametrize("mention", ["<@200>", "<@!200>", "<@200>:", "<@200> , "])
def test_the_mention_of_the_bot_is_no_part_of_the_question(mention: str) -> None:
    assert incoming.is_addressed(f"{mention} who said what", BOT)
    assert typed(f"{mention} who said what") == "who said what"


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("hey <@200>, who said what", "who said what"),
        ("Good morning <@200> who said what?", "who said what?"),
        ("I wonder.\n<@200>: who said what", "who said what"),
        ("> We will not wait\n<@200> who said this", "who said this"),
        ("<@200> who said\n> We will not wait", "who said\nWe will not wait"),
        ("who said what, <@200>?", "who said what"),
        ("who said what <@200>", "who said what"),
        ("who said what <@200> please!", "who said what"),
        ("status <@200>, thank you", "status"),
        ("thanks <@200>", "thanks"),
        ("<@200> please", "please"),
        ("<@200> <@200> who said what", "who said what"),
        ("<@200> what did <@200> say", "what did say"),
        ("**<@200>** _who_ said what", "who said what"),
        ("**<@200> who** said what", "who said what"),
        ("<@200>", ""),
    ],
)
def test_what_is_said_to_the_bot_stands_behind_its_mention_or_before_it(sent: str, meant: str) -> None:
    assert incoming.is_addressed(sent, BOT)
    assert typed(sent) == meant


@pytest.mark.parametrize(
    "sent",
    [
        "> <@200> who said what\nlook at that",
        ">>> He wrote:\n<@200> who said what",
        "look:\n > <@200> who said what",
        "type `<@200> who said what`",
        "type ``<@200> who said `what` ``",
        "type\n```\n<@200> who said what\n```",
    ],
)
def test_a_mention_that_is_only_quoted_or_shown_as_code_is_not_said_to_the_bot(sent: str) -> None:
    assert not incoming.is_addressed(sent, BOT)
    assert incoming.is_addressed(f"<@200> who said this?\n{sent}", BOT)


@pytest.mark.parametrize("sent", ["2 > 1 <@200> status", r"\`<@200>` status", "`a` <@200> `b`", "it was ` <@200> status"])
def test_what_only_looks_like_a_quoted_line_or_code_is_said_to_the_bot(sent: str) -> None:
    assert incoming.is_addressed(sent, BOT)


@pytest.mark.parametrize("sent", ["<@2000> who said what", "<@&200> who said what", "@Verbatim who said what", "", "<@7>"])
def test_what_mentions_somebody_else_is_not_addressed_to_the_bot(sent: str) -> None:
    assert not incoming.is_addressed(sent, BOT)


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("what did <@7> say", "what did Ada Moor say"),
        ("what did <@!7> say", "what did Ada Moor say"),
        ("what did <@&6> say", "what did Editors say"),
        ("digest daily at 8 in <#5>", "digest daily at 8 in #news"),
        ("what did <@8> say", "what did <@8> say"),
        ("who said <:ferry:99> and <a:waves:98>", "who said :ferry: and :waves:"),
        ("what is </ask:77>", "what is /ask"),
        ("since <t:1753315200>", "since 24 July 2025"),
        ("since <t:1753315200:R>", "since 24 July 2025"),
        ("daily at <t:1753315200:t>", "daily at 01:00"),
        ("since <t:99999999999999999> and <t:noon>", "since <t:99999999999999999> and <t:noon>"),
    ],
)
def test_people_roles_channels_emoji_and_moments_are_read_as_they_are_shown(sent: str, meant: str) -> None:
    assert typed(sent) == meant


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("<@200> **who** said _what_ about `ferries`?", "who said what about ferries?"),
        ("> <@200> who said what", "who said what"),
        ("## who said ***what***", "who said what"),
        ("```\nwho said what\n```", "who said what"),
        ("```who said what```", "who said what"),
        ("**_who_**, ||said|| ~~what~~", "who, said what"),
        ("“**We will not wait**”", "“We will not wait”"),
        (r"\*who\* said \<@7>", "*who* said <@7>"),
        ("2 * 3 * 4 and snake_case_here and sh** and f***", "2 * 3 * 4 and snake_case_here and sh** and f***"),
    ],
)
def test_marks_around_words_are_no_part_of_the_question(sent: str, meant: str) -> None:
    assert typed(sent) == meant


@pytest.mark.parametrize("address", ["https://mill.example.org/a_b_c", "https://mill.example.org/_a_/b*c*?d=~~e~~#f"])
def test_an_address_stays_as_it_is(address: str) -> None:
    assert typed(f"add {address}") == f"add {address}"
    assert typed(f"add <{address}>") == f"add {address}"


@given(ANYTHING)
def test_what_is_escaped_is_read_as_its_words(words: str) -> None:
    assert typed(escaped(words)) == words.strip()


@settings(max_examples=100)
@given(SENT | ANYTHING)
def test_whatever_is_sent_is_read_without_an_error(sent: str) -> None:
    assert typed(sent) == typed(sent).strip()
