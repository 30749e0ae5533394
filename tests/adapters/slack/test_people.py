"""Who people are and what they may do, asked of the Slack on loopback with the real client."""

from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from adapters.settings import Settings
from adapters.slack.client import web_client
from adapters.slack.people import People, Profile
from bot.callers import Caller, Channel, Right
from bot.errors import CannotPost
from tests.adapters.slack.conftest import socket_settings
from tests.fakes.slack_reading import visible_text
from tests.fakes.slack_server import SlackServer

LONDON = ZoneInfo("Europe/London")


@dataclass
class Asking:
    """People with a clock that is moved by hand, and the calls that they cost."""

    slack: SlackServer
    settings: Settings
    now: float = 0.0
    people: People = field(init=False)

    def __post_init__(self) -> None:
        self.people = People(self.settings, clock=lambda: self.now)
        self.client = web_client(self.settings, self.settings.slack_bot_token)

    async def profile(self, user: str = "U1") -> Profile:
        return await self.people.profile(self.client, "T1", user)

    async def caller(self, user: str = "U1", channel: str | None = "C1") -> Caller:
        return await self.people.caller(self.client, team="T1", user=user, channel=channel)

    async def may(self, user: str, right: Right = Right.ADD) -> bool:
        return await (await self.caller(user)).may(right)

    def calls(self, method: str) -> int:
        return len(self.slack.calls_of(method))


@pytest.fixture
def asking(slack: SlackServer, settings: Settings) -> Asking:
    return Asking(slack, settings)


def allowing(slack: SlackServer, who: str) -> Asking:
    """As the operator has it who lets only these add articles."""
    return Asking(slack, socket_settings(slack, slack_may_add=who))


async def test_a_person_has_the_name_and_the_zone_that_the_workspace_gives(asking: Asking) -> None:
    assert await asking.profile() == Profile("ada.moor", LONDON)


async def test_a_caller_is_known_by_name_and_id_and_by_where_it_was_asked(asking: Asking) -> None:
    caller = await asking.caller()
    assert caller.author == "ada.moor (U1)"
    assert (caller.person, caller.zone) == ("U1", LONDON)
    assert caller.channel == Channel("slack", "T1", "C1")


async def test_who_asks_in_no_channel_asks_in_their_direct_messages(asking: Asking) -> None:
    assert [(await asking.caller(channel=None)).channel for _ in range(2)] == [Channel("slack", "T1", "D1")] * 2
    assert asking.calls("conversations.open") == 1


async def test_where_slack_opens_no_direct_messages_the_person_stands_for_them(asking: Asking) -> None:
    asking.slack.teams["T1"].scopes.discard("im:write")
    assert (await asking.caller(channel=None)).channel == Channel("slack", "T1", "U1")


async def test_a_profile_is_asked_for_once_an_hour(asking: Asking) -> None:
    await asking.profile()
    asking.now = 3599
    await asking.profile()
    assert asking.calls("users.info") == 1
    asking.now = 3600
    await asking.profile()
    assert asking.calls("users.info") == 2


@pytest.mark.parametrize("error", ["missing_scope", "user_not_found", "fatal_error"])
async def test_where_slack_says_nothing_of_a_person_the_id_stands_for_the_name_and_it_is_asked_again(asking: Asking, error: str) -> None:
    asking.slack.fail("users.info", error)
    assert await asking.profile() == Profile("U1", None)
    assert await asking.profile() == Profile("ada.moor", LONDON)


async def test_a_profile_that_slack_does_not_give_costs_no_answer(asking: Asking) -> None:
    asking.slack.fail("users.info", drop=True, times=9)
    assert (await asking.caller()).author == "U1"


@pytest.mark.parametrize("zone", ["", "Nowhere/Atlantis", "../../etc/passwd", "Europe", "\x00"])
async def test_a_zone_that_is_none_is_left_out(asking: Asking, zone: str) -> None:
    asking.slack.people["U1"].tz = zone
    assert (await asking.profile()).zone is None


@pytest.mark.parametrize(("given", "shown"), [(" Ada \n Moor\t", "Ada Moor"), ("  ", "U1"), ("<!channel>", "<!channel>")])
async def test_a_name_is_one_line(asking: Asking, given: str, shown: str) -> None:
    asking.slack.people["U1"].name = given
    assert (await asking.profile()).name == shown


async def test_everyone_may_do_all_but_take_articles_down_where_nothing_else_is_set(asking: Asking) -> None:
    assert [right for right in Right if not await asking.may("U1", right)] == [Right.REMOVE]
    assert asking.calls("usergroups.users.list") == 0


async def test_only_those_who_are_named_may(slack: SlackServer) -> None:
    slack.add_person("U33", "Cleo Hart")
    asking = allowing(slack, "U33")
    assert await asking.may("U33")
    assert not await asking.may("U1")
    assert await asking.may("U1", Right.CORRECT)


async def test_who_is_in_a_group_that_is_named_may_and_it_is_asked_for_every_five_minutes(slack: SlackServer) -> None:
    group = slack.add_group("S77", "editors", "U2")
    asking = allowing(slack, "U33, S77")
    assert await asking.may("U2")
    assert not await asking.may("U1")
    assert asking.calls("usergroups.users.list") == 1
    group.members[:] = ["U1"]
    asking.now = 300
    assert await asking.may("U1")
    assert not await asking.may("U2")


async def test_nobody_is_in_a_group_that_slack_does_not_tell_of_until_it_does(slack: SlackServer) -> None:
    asking = allowing(slack, "S77")
    assert not await asking.may("U2")
    slack.add_group("S77", "editors", "U2")
    slack.fail("usergroups.users.list", "missing_scope")
    assert not await asking.may("U2")
    assert await asking.may("U2")


async def test_any_of_several_groups_will_do(slack: SlackServer) -> None:
    slack.add_group("S88", "desk", "U2")
    assert await allowing(slack, "S77,S88").may("U2")


async def test_only_those_who_are_named_take_articles_down(slack: SlackServer) -> None:
    slack.add_person("U33", "Cleo Hart")
    asking = Asking(slack, socket_settings(slack, slack_may_remove="U33"))
    assert await asking.may("U33", Right.REMOVE)
    assert not await asking.may("U1", Right.REMOVE)


@pytest.mark.parametrize("overheard", [False, True])
async def test_a_caller_says_whether_others_read_the_answer(asking: Asking, overheard: bool) -> None:
    caller = await asking.people.caller(asking.client, team="T1", user="U1", channel="C1", overheard=overheard)
    assert caller.overheard is overheard


async def test_a_line_is_announced_as_it_is_and_pings_nobody(asking: Asking) -> None:
    line = "<!channel> @everyone <@U2> <https://evil.example.org|here> &amp; *bold*"
    assert await (await asking.caller()).announce(line)
    (message,) = asking.slack.posts("C1")
    assert visible_text(message) == line
    assert asking.slack.pings == []
    assert message.arguments["unfurl_links"] is message.arguments["unfurl_media"] is message.arguments["link_names"] is False


async def test_nothing_is_announced_in_direct_messages_to_the_one_who_asks_there(asking: Asking) -> None:
    assert await (await asking.caller(channel="D1")).announce("Good morning")
    assert asking.calls("chat.postMessage") == 0


@pytest.mark.parametrize(("channel", "scope"), [("D2", "commands"), ("D1", "im:write")])
async def test_a_line_is_announced_in_direct_messages_that_may_be_those_of_others(asking: Asking, channel: str, scope: str) -> None:
    asking.slack.teams["T1"].scopes.discard(scope)
    await asking.client.chat_postMessage(channel=f"U{channel[1]}", text="Here I am")
    assert await (await asking.caller(channel=channel)).announce("Good morning")
    assert asking.calls("chat.postMessage") == 2


@pytest.mark.parametrize("error", ["not_in_channel", "is_archived", "channel_not_found", "token_revoked", "restricted_action"])
async def test_a_line_that_cannot_be_said_is_told_with_what_to_do(asking: Asking, error: str) -> None:
    asking.slack.fail("chat.postMessage", error)
    with pytest.raises(CannotPost, match="/invite @verbatim"):
        await (await asking.caller()).announce("Good morning")
    assert asking.calls("chat.postMessage") == 1


@pytest.mark.parametrize("failure", [{"drop": True}, {"error": "internal_error", "status": 500}, {"error": "fatal_error"}])
async def test_a_line_of_which_the_answer_is_lost_may_stand_there_and_is_not_said_again(asking: Asking, failure: dict[str, Any]) -> None:
    asking.slack.fail("chat.postMessage", **failure, after=True)
    assert not await (await asking.caller()).announce("Good morning")
    assert len(asking.slack.posts("C1")) == 1
