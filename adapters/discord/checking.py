"""`verbatim discord check`: asks Discord itself whether what is set up will work, and says what to do where it will not.

It asks over REST alone: a connection would count towards those that a bot may make in a day.
"""

from collections.abc import Iterable, Sequence

import discord
from pydantic import SecretStr

from adapters.discord.app import Verbatim, build
from adapters.discord.client import logged_in, options
from adapters.discord.identifying import moment
from adapters.discord.permissions import NEEDED, missing, missing_in
from adapters.discord.refusals import FAILED, PORTAL, PRIVILEGED, refused
from adapters.discord.syncing import is_synced
from adapters.findings import Finding
from adapters.plain import safe_line
from adapters.setting_types import AllowedOnDiscord
from adapters.settings import PREFIX, Settings
from bot.cards import listed
from bot.errors import SettingsError
from bot.newsroom import Newsroom

_NAMED = 5  # channels in a line
_APPLICATION = f"your application at {PORTAL}"


async def check(newsroom: Newsroom, settings: Settings, token: SecretStr) -> list[Finding]:
    """Try with Discord what the settings say. Raises Unreachable when Discord cannot be reached at all."""
    client = build(newsroom, settings=settings, **options(settings))
    try:
        async with logged_in(client, token):
            return await _findings(client, settings)
    except SettingsError as refusal:
        return [Finding(str(refusal), well=False)]
    except FAILED as error:
        raise refused(error) from None


async def _findings(client: Verbatim, settings: Settings) -> list[Finding]:
    name = safe_line(client.user.display_name) if client.user else "?"
    findings = [Finding(f"The token works: the bot is @{name}."), *_application(client), *_of_strangers(client, settings)]
    if seconds := await client.seconds_until_let_in():
        findings.append(Finding(f"The bot came in to Discord too often today, and is let in again at {moment(seconds)}.", well=False))
    synced = await is_synced(client.tree)
    findings.append(Finding("Discord has the commands." if synced else "Discord has other commands; 'verbatim serve' tells it of ours."))
    servers = [await client.fetch_guild(server.id, with_counts=False) async for server in client.fetch_guilds(limit=None)]
    if not servers:
        findings.append(Finding("The bot is in no server yet: 'verbatim discord invite' prints the link that invites it."))
    for server in servers:
        findings += await _server(client, server)
    return findings + await _those_named(settings, servers)


def _application(client: discord.Client) -> list[Finding]:
    """What was switched on or off in Discord's portal."""
    application = client.application
    if application is None:
        return []
    flags = application.flags
    on = {
        "presences": flags.gateway_presence or flags.gateway_presence_limited,
        "members": flags.gateway_guild_members or flags.gateway_guild_members_limited,
        "message_content": flags.gateway_message_content or flags.gateway_message_content_limited,
    }
    findings = []
    if needless := [PRIVILEGED[intent] for intent, is_on in on.items() if is_on]:
        findings.append(Finding(f"Switched on, but not needed: {', '.join(needless)}. Switch it off under Bot of {_APPLICATION}."))
    if application.bot_public:
        findings.append(
            Finding(
                "The bot is public: anybody may invite it to a server of theirs, and ask it there. To keep it to yourself, set the install "
                f"link to None under Installation of {_APPLICATION}, and switch Public Bot off under Bot."
            )
        )
    if application.bot_require_code_grant:
        remedy = f"Switch Requires OAuth2 Code Grant off under Bot of {_APPLICATION}."
        findings.append(Finding(f"Nobody can invite the bot with a link. {remedy}", well=False))
    if application.interactions_endpoint_url:
        remedy = f"Empty Interactions Endpoint URL under General Information of {_APPLICATION}."
        findings.append(Finding(f"Discord sends commands and buttons to another address than to the bot. {remedy}", well=False))
    return findings


def _of_strangers(client: discord.Client, settings: Settings) -> list[Finding]:
    """What anybody may do to the articles and corrections of all, by a server of their own."""
    names = ("discord_may_add", "discord_may_remove", "discord_may_correct")
    if not client.application or not client.application.bot_public:
        return []
    return [
        Finding(
            f"{PREFIX}{name.upper()} lets those who manage a server, and anybody may invite the bot to a server of theirs. "
            "Switch Public Bot off, or name the ids of people and roles.",
            well=False,
        )
        for name in names
        if getattr(settings, name).manage_server
    ]


async def _server(client: discord.Client, server: discord.Guild) -> list[Finding]:
    """Which permissions are missing in a server, and in which of its channels."""
    name = safe_line(server.name)
    bot = await server.fetch_member(client.user.id if client.user else 0)
    everywhere = missing(bot.guild_permissions)
    findings = [
        Finding(
            f"{name}: the permission {NEEDED[each].name} is missing, which is needed {NEEDED[each].reason}. "
            "Give it to the bot's role under Server Settings, or invite the bot anew.",
            well=False,
        )
        for each in everywhere
    ]
    channels = [channel for channel in await server.fetch_channels() if isinstance(channel, discord.TextChannel | discord.ForumChannel)]
    lacking = {channel: tuple(each for each in missing_in(channel, bot) if each not in everywhere) for channel in channels}
    for lacks in sorted({*lacking.values()} - {()}, key=_in_order):
        where = _listed(f"#{channel.name}" for channel, theirs in lacking.items() if theirs == lacks)
        findings.append(_taken_away(name, lacks, where))
    if all(finding.well for finding in findings):
        findings.insert(0, Finding(f"{name}: every permission that is needed is granted."))
    return findings


def _in_order(permissions: Sequence[str]) -> list[int]:
    return [list(NEEDED).index(each) for each in permissions]


def _taken_away(server: str, lacks: Sequence[str], where: str) -> Finding:
    """What the bot cannot do in some channels of a server, all of which lack the same."""
    if "view_channel" in lacks:
        return Finding(f"{server}: the bot does not see {where}, and answers nobody there.")
    are, them = ("is", "it") if len(lacks) == 1 else ("are", "them")
    names = listed([NEEDED[each].name for each in lacks])
    remedy = f"Allow {them} there, or hide from the bot what it may only read."
    return Finding(f"{server}: {names} {are} taken away in {where}. {remedy}", well=False)


def _listed(names: Iterable[str]) -> str:
    """The names, of which only the first are told where there are many."""
    told = [safe_line(name) for name in names]
    return ", ".join(told[:_NAMED]) + (f" and {len(told) - _NAMED} more" if len(told) > _NAMED else "")


async def _those_named(settings: Settings, servers: Sequence[discord.Guild]) -> list[Finding]:
    """Whether those whom the settings name are there."""
    findings = []
    for name in ("discord_may_add", "discord_may_remove", "discord_may_correct", "discord_may_subscribe"):
        allowed: AllowedOnDiscord = getattr(settings, name)
        findings += [await _found(f"{PREFIX}{name.upper()}", who, servers) for who in sorted(allowed.ids)]
    return findings


async def _found(setting: str, who: int, servers: Sequence[discord.Guild]) -> Finding:
    for server in servers:
        if role := server.get_role(who):
            return Finding(f"{setting}: {who} is the role {safe_line(role.name)} in {safe_line(server.name)}.")
    for server in servers:
        try:
            member = await server.fetch_member(who)
        except discord.NotFound:
            continue
        return Finding(f"{setting}: {who} is {safe_line(member.display_name)} in {safe_line(server.name)}.")
    remedy = "Switch Developer Mode on in Discord, under Advanced, and copy the id from the profile or the role."
    return Finding(f"{setting} names {who}, and nobody and no role has that id in the bot's servers. {remedy}", well=False)
