import asyncio

import discord

from tests.adapters.discord.transport.toying import place, shown
from tests.fakes.discord_people import People
from tests.fakes.discord_reading import labels, links, unmarked
from tests.fakes.discord_records import ADA, APP, APP_ROLE, NEWS, QUESTIONS, SPORT, WEATHER
from tests.fakes.discord_running import connected
from tests.fakes.discord_server import DiscordServer
from tests.fakes.discord_toy import Toy


async def test_a_mention_is_answered_and_nobody_is_pinged(server: DiscordServer, people: People) -> None:
    asked = people.mention("who said what")
    await server.settled()
    assert shown(server) == ["You said: who said what"]
    assert server.posts(NEWS)[0].reply_to == asked.id
    assert labels(server.posts(NEWS)[0]) == ["More", "Fix", "Ann Bell"]
    assert server.refused == []
    assert server.pings == []


async def test_what_is_told_again_is_answered_again_by_an_app_that_does_not_look(server: DiscordServer, people: People) -> None:
    people.again(people.mention("A"))
    await server.settled()
    assert shown(server) == ["You said: A", "You said: A"]


async def test_the_app_hears_of_messages_that_are_changed_or_gone(server: DiscordServer, people: People, toy: Toy) -> None:
    message = people.mention("A")
    await server.settled()
    changed, gone = (asyncio.create_task(toy.wait_for(event)) for event in ("raw_message_edit", "raw_message_delete"))
    await asyncio.sleep(0)
    people.edit(message, f"<@{APP}> B")
    people.delete(message)
    assert (await changed).message.content == f"<@{APP}> B"
    assert (await gone).message_id == message.id


async def test_a_direct_message_is_answered(server: DiscordServer, people: People) -> None:
    people.message("who said what")
    await server.settled()
    assert shown(server, ADA) == ["You said: who said what"]


async def test_what_the_app_may_not_see_it_does_not_hear_of(server: DiscordServer, people: People) -> None:
    people.mention("who said what", channel=SPORT)
    people.message("not for the app", channel=NEWS)
    await server.settled()
    assert server.posts(SPORT) == server.posts(NEWS) == []
    assert server.refused == []


async def test_words_that_do_not_mention_the_app_are_told_only_to_one_that_may_read_messages(server: DiscordServer) -> None:
    read = {}
    for more in ((), ("message_content",)):
        server.privileged = set(more)
        toy = Toy(intents=["guilds", "guild_messages", *more])
        async with connected(server, toy):
            words = asyncio.create_task(toy.wait_for("message"))
            await asyncio.sleep(0)
            message = People(server).message("Ferry late", channel=NEWS)
            fetched = await place(toy).fetch_message(message.id)
            read[more] = (await words).content, fetched.content
    assert read == {(): ("", ""), ("message_content",): ("Ferry late", "Ferry late")}


async def test_a_reply_to_the_app_mentions_it(server: DiscordServer, people: People, toy: Toy) -> None:
    people.mention("A")
    await server.settled()
    heard = asyncio.create_task(toy.wait_for("message"))
    await asyncio.sleep(0)
    people.message("Thanks", channel=NEWS, reply_to=server.posts(NEWS)[0])
    message = await heard
    assert (message.content, [user.id for user in message.mentions]) == ("Thanks", [APP])


async def test_a_mention_of_the_role_of_the_app_is_told_without_its_words(people: People, toy: Toy) -> None:
    heard = asyncio.create_task(toy.wait_for("message"))
    await asyncio.sleep(0)
    people.message(f"<@&{APP_ROLE}> who said what", channel=NEWS)
    message = await heard
    assert message.guild
    assert (message.content, message.raw_role_mentions, message.mentions) == ("", [], [])
    assert [role.id for role in message.role_mentions] == [APP_ROLE]
    assert message.guild.self_role == message.role_mentions[0]


async def test_what_a_webhook_or_discord_itself_writes_is_told_as_such(server: DiscordServer, people: People, toy: Toy) -> None:
    heard: list[discord.Message] = []

    async def on_message(message: discord.Message) -> None:
        heard.append(message)

    toy.on_message = on_message  # type: ignore[method-assign]
    people.webhook(f"<@{APP}> A", channel=NEWS)
    people.message("Ferries", channel=NEWS, system=18)
    await server.settled()
    assert [(each.webhook_id is not None, each.author.bot, each.type) for each in heard] == [
        (True, True, discord.MessageType.default),
        (False, False, discord.MessageType.thread_created),
    ]


async def test_a_link_that_is_shown_is_told_as_a_change_that_nobody_made(server: DiscordServer, people: People, toy: Toy) -> None:
    message = people.mention("https://example.org/")
    await server.settled()
    changed = asyncio.create_task(toy.wait_for("raw_message_edit"))
    await asyncio.sleep(0)
    people.unfurl(message, "Example")
    told = (await changed).message
    assert (told.edited_at, len(told.embeds)) == (None, 1)


async def test_the_first_message_of_a_post_has_the_number_of_its_thread(server: DiscordServer, people: People, toy: Toy) -> None:
    post = people.forum_post("Ferries", f"<@{APP}> A", channel=QUESTIONS)
    await server.settled()
    thread = toy.get_channel(post.channel)
    assert isinstance(thread, discord.Thread)
    assert (post.id, thread.parent_id) == (post.channel, QUESTIONS)


async def test_a_thread_and_a_post_in_a_forum_are_places_to_ask(server: DiscordServer, people: People) -> None:
    thread = people.thread("Ferries")
    people.mention("one", channel=thread.id)
    post = people.forum_post("Ferries", f"<@{APP}> two", channel=QUESTIONS)
    await server.settled()
    assert shown(server, thread.id) == ["You said: one"]
    assert shown(server, post.channel) == ["You said: two"]


async def test_the_app_hears_of_servers_and_channels_that_come_and_go(server: DiscordServer, people: People, toy: Toy) -> None:
    people.delete_channel(SPORT)
    people.delete_channel(NEWS)
    people.invite(101, "Tide Gazette")
    people.outage()
    await server.settled()
    assert toy.left == ["news", "not Tide Gazette"]
    people.remove_app()
    await server.settled()
    assert toy.left == ["news", "not Tide Gazette", "Harbour Post"]


async def test_a_message_of_another_bot_is_told_as_such(server: DiscordServer, people: People) -> None:
    people.mention("A", user=WEATHER)
    await server.settled()
    assert server.posts(NEWS) == []


def test_marked_text_is_read_as_people_see_it() -> None:
    assert unmarked("> **Ann** \\*said\\* [a \\[ferry\\]](https://example.org/a_b)") == "Ann *said* a [ferry]"


async def test_the_links_of_a_message_are_known(server: DiscordServer, toy: Toy) -> None:
    view = discord.ui.View().add_item(discord.ui.Button(label="Open", url="https://example.org/c"))
    await place(toy).send("[a](<https://example.org/a>)", embed=discord.Embed(title="b", url="https://example.org/b"), view=view)
    assert links(server.posts(NEWS)[0]) == [f"https://example.org/{end}" for end in "abc"]
