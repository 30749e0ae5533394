from collections.abc import Callable

import pytest

from adapters.discord.app import build
from adapters.discord.checking import check
from adapters.discord.client import logged_in
from adapters.discord.identifying import KEPT_BACK
from adapters.discord.permissions import permissions
from adapters.discord.syncing import sync
from adapters.setting_types import AllowedOnDiscord
from adapters.settings import Settings
from bot.errors import Unreachable
from storage.database import Database
from tests.fakes.discord_records import ADA, APP, DESK, GUILD, NEWS, OWNER, QUESTIONS, SPORT
from tests.fakes.discord_server import DiscordServer
from tests.newsrooms import Room

PORTAL = "your application at https://discord.com/developers/applications"


@pytest.fixture
def tidy(discord: DiscordServer) -> DiscordServer:
    """A Discord in which the bot may do all that it needs, and is set up as it should be."""
    discord.channels[SPORT].overwrites.clear()
    discord.channels[DESK].overwrites.clear()
    discord.portal["bot_public"] = False
    return discord


class Checking:
    """What a check finds: what is well and what is not, none of it with the token in it, and none of it by a connection."""

    def __init__(self, discord: DiscordServer, database: Database) -> None:
        self._discord = discord
        self._newsroom = Room.over(database).newsroom

    async def __call__(self, token: str = "", **settings: object) -> tuple[list[str], list[str]]:
        token = token or self._discord.token
        in_force = Settings.model_validate({"discord_token": token, **settings})
        assert in_force.discord_token
        findings = await check(self._newsroom, in_force, in_force.discord_token)
        assert not any(token in finding.line for finding in findings)
        assert self._discord.gateway.identifies == []
        assert self._discord.session_starts["remaining"] in (1000, KEPT_BACK)
        return [finding.line for finding in findings if finding.well], [finding.line for finding in findings if not finding.well]

    async def sync(self) -> None:
        """Tell Discord of our commands, as serving does."""
        settings = Settings.model_validate({"discord_token": self._discord.token})
        assert settings.discord_token
        async with logged_in(build(self._newsroom, settings=settings), settings.discord_token) as client:
            await sync(client.tree)


@pytest.fixture
def checked(tidy: DiscordServer, store: Database) -> Checking:
    return Checking(tidy, store)


async def test_when_all_is_well_it_says_who_the_bot_is_and_where_it_may_do_what_it_needs(checked: Checking) -> None:
    await checked.sync()
    well, wrong = await checked()
    assert wrong == []
    assert well == [
        "The token works: the bot is @Verbatim.",
        "Discord has the commands.",
        "Harbour Post: every permission that is needed is granted.",
    ]


async def test_a_token_that_discord_does_not_know_is_told_with_where_to_copy_it(checked: Checking) -> None:
    well, wrong = await checked("MjAw.another.token")
    assert well == []
    assert len(wrong) == 1
    assert wrong[0].startswith("The token in VERBATIM_DISCORD_TOKEN is not one that Discord knows. Copy it from the page Bot")


async def test_commands_that_discord_does_not_have_are_told(checked: Checking) -> None:
    well, wrong = await checked()
    assert "Discord has other commands; 'verbatim serve' tells it of ours." in well
    assert wrong == []


async def test_privileged_intents_that_are_switched_on_are_named(tidy: DiscordServer, checked: Checking) -> None:
    tidy.privileged = {"members", "message_content"}
    well, _ = await checked()
    assert f"Switched on, but not needed: Server Members Intent, Message Content Intent. Switch it off under Bot of {PORTAL}." in well


async def test_a_bot_that_anybody_may_invite_is_told_with_how_to_keep_it_to_oneself(tidy: DiscordServer, checked: Checking) -> None:
    tidy.portal["bot_public"] = True
    well, wrong = await checked()
    assert [line for line in well if line.startswith("The bot is public: anybody may invite it") and "switch Public Bot off" in line]
    assert wrong == []


@pytest.mark.parametrize("name", ["discord_may_add", "discord_may_remove", "discord_may_correct"])
async def test_a_right_that_strangers_get_by_a_server_of_their_own_is_found(tidy: DiscordServer, checked: Checking, name: str) -> None:
    managers = {name: AllowedOnDiscord(manage_server=True), "discord_may_subscribe": AllowedOnDiscord(manage_server=True)}
    _, wrong = await checked(token="", **managers)
    assert wrong == []
    tidy.portal["bot_public"] = True
    _, (line,) = await checked(token="", **managers)
    assert line.startswith(f"VERBATIM_{name.upper()} lets those who manage a server")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"bot_require_code_grant": True}, "Nobody can invite the bot with a link. Switch Requires OAuth2 Code Grant off under Bot of"),
        (
            {"interactions_endpoint_url": "https://harbour.example.org/"},
            "Discord sends commands and buttons to another address than to the bot. Empty Interactions Endpoint URL under",
        ),
    ],
)
async def test_what_the_portal_has_wrong_is_told(tidy: DiscordServer, checked: Checking, said: dict[str, object], told: str) -> None:
    tidy.portal.update(said)
    _, wrong = await checked()
    assert len(wrong) == 1
    assert wrong[0].startswith(told)


async def test_a_bot_that_came_in_too_often_is_told(tidy: DiscordServer, checked: Checking) -> None:
    tidy.session_starts["remaining"] = KEPT_BACK
    _, wrong = await checked()
    assert len(wrong) == 1
    assert wrong[0].startswith("The bot came in to Discord too often today, and is let in again at ")


async def test_a_permission_that_is_missing_in_a_server_is_named_with_what_it_is_for(tidy: DiscordServer, checked: Checking) -> None:
    everybody = tidy.guilds[GUILD].roles[GUILD].permissions
    everybody.update(embed_links=False, send_messages_in_threads=False)
    well, wrong = await checked()
    remedy = "Give it to the bot's role under Server Settings, or invite the bot anew."
    assert wrong == [
        f"Harbour Post: the permission Send Messages in Threads is missing, which is needed to answer in threads and in posts of a forum. "
        f"{remedy}",
        f"Harbour Post: the permission Embed Links is missing, which is needed to show quotes. {remedy}",
    ]
    assert not [line for line in well if "Harbour Post" in line]
    everybody.update(embed_links=True, send_messages_in_threads=True)


async def test_the_permissions_of_the_invitation_are_enough(tidy: DiscordServer, checked: Checking) -> None:
    tidy.add_guild(101, "Hill Gazette", OWNER, APP, owner=OWNER).roles[101].permissions = permissions()
    well, wrong = await checked()
    assert "Hill Gazette: every permission that is needed is granted." in well
    assert wrong == []


async def test_a_permission_that_a_channel_takes_away_is_named_with_the_channel(tidy: DiscordServer, checked: Checking) -> None:
    tidy.deny(DESK, "send_messages")
    tidy.deny(QUESTIONS, "send_messages", "send_messages_in_threads", whom=APP)
    tidy.deny(NEWS, "embed_links", whom=APP)
    _, wrong = await checked()
    remedy = "Allow it there, or hide from the bot what it may only read."
    assert wrong == [
        f"Harbour Post: Send Messages is taken away in #desk. {remedy}",
        f"Harbour Post: Send Messages in Threads is taken away in #questions. {remedy}",
        f"Harbour Post: Embed Links is taken away in #news. {remedy}",
    ]


async def test_channels_that_lack_the_same_are_named_together_with_all_that_they_lack(tidy: DiscordServer, checked: Checking) -> None:
    for channel in (NEWS, DESK):
        tidy.deny(channel, "send_messages", "embed_links", whom=APP)
    tidy.deny(SPORT, "embed_links", whom=APP)
    _, wrong = await checked()
    assert wrong == [
        "Harbour Post: Send Messages and Embed Links are taken away in #news, #desk. "
        "Allow them there, or hide from the bot what it may only read.",
        "Harbour Post: Embed Links is taken away in #sport. Allow it there, or hide from the bot what it may only read.",
    ]


async def test_a_channel_that_is_hidden_from_the_bot_is_named_and_nothing_wrong(tidy: DiscordServer, checked: Checking) -> None:
    tidy.deny(SPORT, "view_channel", whom=APP)
    well, wrong = await checked()
    assert wrong == []
    assert "Harbour Post: the bot does not see #sport, and answers nobody there." in well


@pytest.mark.parametrize(("channels", "told"), [(5, "#c0, #c1, #c2, #c3, #c4."), (6, "#c0, #c1, #c2, #c3, #c4 and 1 more.")])
async def test_of_many_channels_the_first_are_named(tidy: DiscordServer, checked: Checking, channels: int, told: str) -> None:
    for number in range(channels):
        tidy.add_channel(500 + number, f"c{number}")
        tidy.deny(500 + number, "send_messages", whom=APP)
    _, wrong = await checked()
    assert [line for line in wrong if f"Send Messages is taken away in {told}" in line]


async def test_a_bot_in_no_server_is_told_how_it_is_invited(tidy: DiscordServer, checked: Checking) -> None:
    tidy.guilds[GUILD].members.pop(APP)
    well, wrong = await checked()
    assert well[-1] == "The bot is in no server yet: 'verbatim discord invite' prints the link that invites it."
    assert wrong == []


async def test_whom_the_settings_name_is_looked_up(checked: Checking) -> None:
    well, wrong = await checked(
        discord_may_add=AllowedOnDiscord(ids=frozenset({ADA, 120})), discord_may_correct=AllowedOnDiscord(ids=frozenset({404}))
    )
    assert "VERBATIM_DISCORD_MAY_ADD: 120 is the role Editors in Harbour Post." in well
    assert f"VERBATIM_DISCORD_MAY_ADD: {ADA} is Ada Moor in Harbour Post." in well
    assert len(wrong) == 1
    assert wrong[0].startswith("VERBATIM_DISCORD_MAY_CORRECT names 404, and nobody and no role has that id in the bot's servers.")


async def test_a_name_cannot_forge_a_line(tidy: DiscordServer, checked: Checking) -> None:
    tidy.guilds[GUILD].name = "Post\nThe token works\x1b[2J"
    tidy.channels[NEWS].name = "news\nAll is well"
    tidy.deny(NEWS, "send_messages")
    well, wrong = await checked()
    assert not [line for line in (*well, *wrong) if "\n" in line or "\x1b" in line]


@pytest.mark.parametrize(
    ("fail", "told"),
    [
        (lambda discord: discord.fail("GET /users/@me", drop=True, times=9), "Discord cannot be reached"),
        (lambda discord: discord.fail("GET /guilds/{guild}", 503), r"Discord answered with an error \(503\)"),
    ],
)
async def test_a_discord_that_cannot_be_reached_is_told_in_a_sentence(
    tidy: DiscordServer, checked: Checking, fail: Callable[[DiscordServer], None], told: str
) -> None:
    fail(tidy)
    with pytest.raises(Unreachable, match=told):
        await checked()
