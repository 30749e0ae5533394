"""What Discord tells an app of messages, channels, guilds and members: in answers and in events alike."""

from datetime import UTC, datetime

from discord import Permissions

from tests.fakes.discord_records import APP, CHANNEL_TYPES, EPHEMERAL, Channel, Guild, Interaction, Json, Message
from tests.fakes.discord_state import DiscordState

JOINED = datetime(2026, 1, 5, tzinfo=UTC).isoformat()


def message_json(state: DiscordState, message: Message) -> Json:
    """The message."""
    channel = state.channels[message.channel]
    mentioned = [state.people[user].as_json() for user in sorted(message.mentions)]
    told: Json = {
        "id": str(message.id),
        "channel_id": str(message.channel),
        "author": state.people[message.author].as_json(),
        "content": message.content,
        "embeds": message.embeds,
        "components": message.components,
        "attachments": message.attachments,
        "timestamp": message.written.isoformat(),
        "edited_timestamp": message.edited.isoformat() if message.edited else None,
        "tts": False,
        "mention_everyone": message.mentions_everyone,
        "mentions": mentioned,
        "mention_roles": [str(role) for role in sorted(message.mentioned_roles)],
        "pinned": False,
        "type": message.system or (19 if message.reply_to else 20 if message.interaction and message.interaction.type == 2 else 0),
        "flags": message.flags | (EPHEMERAL if message.to else 0),
    }
    if message.author == APP:
        told["application_id"] = str(APP)
    if message.webhook:
        told["webhook_id"] = str(message.webhook)
    if message.nonce is not None:
        told["nonce"] = message.nonce
    if message.interaction:
        told["interaction_metadata"] = _metadata(state, message.interaction)
        told["webhook_id"] = str(APP)
    if message.reply_to:
        told["message_reference"] = {"message_id": str(message.reply_to), "channel_id": str(channel.id)}
        about = next((each for each in channel.messages if each.id == message.reply_to), None)
        told["referenced_message"] = about and message_json(state, about)
    return told


def veiled(told: Json) -> Json:
    """A message of a guild as an app is told it that may not read messages: words only in its own ones and those that mention it."""
    if told["author"]["id"] == str(APP) or any(user["id"] == str(APP) for user in told["mentions"]):
        return told
    about = {"referenced_message": veiled(told["referenced_message"])} if told.get("referenced_message") else {}
    return told | {"content": "", "embeds": [], "components": [], "attachments": []} | about


def message_event(state: DiscordState, message: Message) -> Json:
    """The message as an event tells it: with its guild and its author's membership."""
    told = message_json(state, message)
    channel = state.channels[message.channel]
    if channel.guild is None:
        return told | {"channel_type": 1}
    guild = state.guilds[channel.guild]
    member = {key: value for key, value in member_json(state, guild, message.author).items() if key != "user"}
    told |= {"guild_id": str(channel.guild), "channel_type": CHANNEL_TYPES[channel.kind]}
    return told if message.webhook else told | {"member": member}


def channel_json(state: DiscordState, channel: Channel) -> Json:
    """The channel, thread or direct messages."""
    told: Json = {"id": str(channel.id), "type": CHANNEL_TYPES[channel.kind], "flags": 0, "last_message_id": None}
    if channel.messages:
        told["last_message_id"] = str(channel.messages[-1].id)
    if channel.recipient is not None:
        return told | {"recipients": [state.people[channel.recipient].as_json()]}
    told |= {"guild_id": str(channel.guild), "name": channel.name, "parent_id": str(channel.parent) if channel.parent else None}
    if not channel.is_thread:
        overwrites = [_overwrite(state.guilds[channel.guild or 0], whom, *both) for whom, both in channel.overwrites.items()]
        more: Json = {"available_tags": []} if channel.kind == "forum" else {}
        return told | {"position": 0, "nsfw": False, "topic": None, "permission_overwrites": overwrites} | more
    archived = {"archived": channel.archived, "locked": channel.locked, "auto_archive_duration": 1440, "archive_timestamp": JOINED}
    counts = {"message_count": len(channel.messages), "member_count": len(channel.joined), "total_message_sent": len(channel.messages)}
    told |= {"owner_id": str(channel.owner), "thread_metadata": archived, "rate_limit_per_user": 0, **counts}
    if APP in channel.joined:
        told["member"] = {"id": str(channel.id), "user_id": str(APP), "join_timestamp": JOINED, "flags": 0}
    return told


def member_json(state: DiscordState, guild: Guild, user: int, permissions: Permissions | None = None) -> Json:
    """A member of a guild; with what they may do in a channel where that is told."""
    told: Json = {
        "user": state.people[user].as_json(),
        "roles": [str(role) for role in sorted(guild.members.get(user, ()))],
        "nick": None,
        "avatar": None,
        "joined_at": JOINED,
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
    }
    return told if permissions is None else told | {"permissions": str(permissions.value)}


def guild_json(guild: Guild) -> Json:
    """The guild, as it is fetched."""
    return {
        "id": str(guild.id),
        "name": guild.name,
        "owner_id": str(guild.owner),
        "roles": [role.as_json() for role in guild.roles.values()],
        "emojis": [],
        "stickers": [],
        "features": [],
        "preferred_locale": guild.locale,
        "verification_level": 0,
        "default_message_notifications": 0,
        "explicit_content_filter": 0,
        "mfa_level": 0,
        "nsfw_level": 0,
        "premium_tier": 0,
        "system_channel_flags": 0,
        "afk_timeout": 300,
    }


def guild_as_listed(state: DiscordState, guild: Guild) -> Json:
    """The guild as it is told where all those of an app are listed: little more than its name, and what the app may do there."""
    may = state.permissions_in_guild(APP, guild)
    told: Json = {"id": str(guild.id), "name": guild.name, "icon": None, "banner": None, "owner": guild.owner == APP, "features": []}
    return told | {"permissions": str(may.value)}


def guild_event(state: DiscordState, guild: Guild, *, everybody: bool) -> Json:
    """The guild as an app hears of it when it comes or connects: with its channels, the threads that the app sees, and members."""
    channels = [channel for channel in state.channels.values() if channel.guild == guild.id]
    threads = [channel for channel in channels if channel.is_thread and state.permissions(APP, channel).view_channel]
    members = guild.members if everybody else [APP]
    return guild_json(guild) | {
        "joined_at": JOINED,
        "large": False,
        "unavailable": False,
        "member_count": len(guild.members),
        "members": [member_json(state, guild, user) for user in members],
        "channels": [channel_json(state, channel) for channel in channels if not channel.is_thread],
        "threads": [channel_json(state, thread) for thread in threads if not thread.archived],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def interaction_json(state: DiscordState, interaction: Interaction, data: Json) -> Json:
    """What a person did, as the app is told."""
    channel, person = state.channels[interaction.channel], state.people[interaction.user]
    may = state.permissions(interaction.user, channel)
    app_may = state.permissions(APP, channel)
    told: Json = {
        "id": str(interaction.id),
        "application_id": str(APP),
        "type": interaction.type,
        "data": data,
        "token": interaction.token,
        "version": 1,
        "channel_id": str(channel.id),
        "channel": channel_json(state, channel) | {"permissions": str(may.value)},
        "app_permissions": str(app_may.value),
        "locale": person.locale,
        "entitlements": [],
        "attachment_size_limit": 10 * 1024 * 1024,
    }
    if interaction.about:
        told["message"] = message_json(state, interaction.about)
    if channel.guild is None:
        return told | {"user": person.as_json(), "context": 1, "authorizing_integration_owners": {"0": "0"}}
    guild = state.guilds[channel.guild]
    return told | {
        "guild_id": str(guild.id),
        "guild": {"id": str(guild.id), "locale": guild.locale, "features": []},
        "guild_locale": guild.locale,
        "member": member_json(state, guild, person.id, may),
        "context": 0,
        "authorizing_integration_owners": {"0": str(guild.id)},
    }


def _metadata(state: DiscordState, interaction: Interaction) -> Json:
    """How a message came out of what a person did."""
    person = state.people[interaction.user].as_json()
    return {"id": str(interaction.id), "type": interaction.type, "user": person, "authorizing_integration_owners": {}}


def _overwrite(guild: Guild, whom: int, allowed: Permissions, denied: Permissions) -> Json:
    return {"id": str(whom), "type": 0 if whom in guild.roles else 1, "allow": str(allowed.value), "deny": str(denied.value)}
