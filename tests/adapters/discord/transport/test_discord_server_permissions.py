import asyncio
import io

import discord
import pytest
from discord.http import Route

from tests.adapters.discord.transport.toying import place, refusal, shown
from tests.fakes.discord_people import People
from tests.fakes.discord_records import ADA, APP, BEN, GUILD, NEWS, Json
from tests.fakes.discord_server import DiscordServer
from tests.fakes.discord_toy import Toy


async def test_a_person_who_takes_no_direct_messages_is_not_written_to(server: DiscordServer, toy: Toy) -> None:
    server.people[BEN].takes_direct_messages = False
    ben = await toy.fetch_user(BEN)
    assert (await refusal(ben.send("A"))).code == 50007
    await (await toy.fetch_user(ADA)).send("A")
    assert shown(server, ADA) == ["A"]


async def test_a_person_with_whom_no_server_is_shared_is_not_written_to(server: DiscordServer, toy: Toy) -> None:
    ben = await toy.fetch_user(BEN)
    del server.guilds[GUILD].members[BEN]
    assert (await refusal(ben.send("A"))).code == 50278


async def test_the_app_hears_of_what_it_may_no_longer_do_in_a_channel(server: DiscordServer, toy: Toy) -> None:
    changed = asyncio.create_task(toy.wait_for("guild_channel_update"))
    await asyncio.sleep(0)
    server.deny(NEWS, "send_messages")
    _, after = await changed
    assert not after.permissions_for(after.guild.me).send_messages


async def test_the_servers_of_the_app_are_listed_with_little_more_than_their_names(server: DiscordServer, toy: Toy) -> None:
    server.add_guild(101, "Tide Gazette", APP, owner=ADA)
    server.add_guild(102, "Mill Herald", owner=ADA)
    listed = [guild async for guild in toy.fetch_guilds()]
    assert [(guild.id, guild.name) for guild in listed] == [(GUILD, "Harbour Post"), (101, "Tide Gazette")]
    assert not any(guild.roles or guild.channels for guild in listed)


async def test_files_and_embeds_need_their_permissions(server: DiscordServer, toy: Toy) -> None:
    server.deny(NEWS, "embed_links")
    assert (await refusal(place(toy).send(embed=discord.Embed(title="A")))).code == 50013
    server.allow(NEWS, "embed_links", whom=APP)
    await place(toy).send(embed=discord.Embed(title="A"))
    assert len(server.posts(NEWS)) == 1


async def test_the_files_of_a_message_are_kept_and_replaced(server: DiscordServer, toy: Toy) -> None:
    def file(name: str, content: bytes = b"x") -> discord.File:
        return discord.File(io.BytesIO(content), name)

    sent = await place(toy).send(files=[file("a.csv"), file("b.csv")])
    await sent.edit(attachments=[sent.attachments[1], file("c.csv")])
    assert list(server.posts(NEWS)[0].files) == ["b.csv", "c.csv"]
    too_large = file("d.csv", b"x" * (10 * 1024 * 1024 + 1))
    assert (await refusal(place(toy).send(file=too_large))).code == 40005


async def test_the_app_changes_and_deletes_no_message_but_its_own(server: DiscordServer, people: People, toy: Toy) -> None:
    theirs = people.message("theirs", channel=NEWS)
    own = await place(toy).send("A")
    await own.edit(content="B")
    assert shown(server) == ["B"]
    assert (await refusal(place(toy).get_partial_message(theirs.id).edit(content="C"))).code == 50005
    assert (await refusal(place(toy).get_partial_message(theirs.id).delete())).code == 50013
    await own.delete()
    assert (await refusal(own.edit(content="D"))).code == 10008
    assert [message.id async for message in place(toy).history()] == [theirs.id]


async def test_guilds_channels_and_members_are_fetched(toy: Toy) -> None:
    guild = await toy.fetch_guild(GUILD)
    assert [channel.name for channel in await guild.fetch_channels()] == ["news", "sport", "desk", "questions"]
    ada = await guild.fetch_member(ADA)
    assert ada.guild_permissions.manage_guild
    known = toy.get_guild(GUILD)
    assert known is not None
    assert not known.me.guild_permissions.manage_guild
    assert [channel.permissions_for(known.me).send_messages for channel in known.text_channels] == [True, False, False]
    assert (await refusal(guild.fetch_member(1))).code == 10007
    assert (await refusal(toy.fetch_guild(1))).code == 10004


@pytest.mark.parametrize(
    ("allowed", "pinged"),
    [
        (None, ["@everyone", f"<@{BEN}>", "<@&130>"]),
        ({"parse": []}, []),
        ({"parse": ["users"]}, [f"<@{BEN}>"]),
        ({"parse": [], "users": [str(BEN)]}, [f"<@{BEN}>"]),
        ({"parse": [], "roles": ["130"]}, ["<@&130>"]),
    ],
)
async def test_pings_are_those_that_were_allowed(server: DiscordServer, toy: Toy, allowed: Json | None, pinged: list[str]) -> None:
    server.add_role(130, "Sport desk", BEN)
    form = {"content": f"@everyone <@{BEN}> <@&130>"} | ({"allowed_mentions": allowed} if allowed else {})
    await toy.http.request(Route("POST", "/channels/{channel_id}/messages", channel_id=NEWS), json=form)
    assert server.pings == pinged
