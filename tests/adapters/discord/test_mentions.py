"""Mentions in channels, threads and posts of a forum, and direct messages."""

from tests.adapters.discord.scenes import FERRY, Scene


async def test_a_mention_in_a_channel_is_answered_by_a_reply(scene: Scene) -> None:
    question = scene.people.mention("who said what about the ferry?")
    await scene.settled()
    (answer,) = scene.discord.posts(question.channel)
    assert answer.reply_to == question.id
    assert FERRY in scene.posted()
