"""Which permissions Verbatim asks of a workspace, and what each is for. It asks for none that it does not use."""

from adapters.settings import Settings

_ALWAYS = {
    "app_mentions:read": "to hear when it is mentioned in a channel",
    "channels:history": "to see whether a digest was posted, where Slack did not say so, before it is posted again",
    "chat:write": "to answer and to post digests",
    "commands": "for /verbatim and the shortcuts",
    "files:write": "to hand over an export as a file, and for the chart of a digest",
    "groups:history": "to see that in the private channels that it was invited to",
    "im:history": "to read the messages that people send to it, and whether a digest was posted among them",
    "im:write": "to open the conversation in which it hands over an export or tells that a digest was paused",
    "users:read": "for the name under which a correction is kept, and the time zone of who asks",
}
_FOR_USER_GROUPS = {"usergroups:read": "to see who is in the user groups that your settings name"}


def bot_scopes(settings: Settings) -> dict[str, str]:
    """The scopes of the bot token, in order of their names, each with what it is for."""
    named = (settings.slack_may_add, settings.slack_may_remove, settings.slack_may_correct, settings.slack_may_subscribe)
    groups = any(allowed.groups for allowed in named)
    return dict(sorted((_ALWAYS | (_FOR_USER_GROUPS if groups else {})).items()))
