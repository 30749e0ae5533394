"""The Web API's methods that post, edit and delete messages, upload files, and show views; and what a response URL does."""

import html

from tests.fakes.slack_methods import Asked, method
from tests.fakes.slack_reading import pings
from tests.fakes.slack_records import Channel, File, Json, Message, Refused, View
from tests.fakes.slack_state import RESPONSE_URL_SECONDS, RESPONSE_URL_USES, SlackState, allowed

MOST_BYTES_OF_AN_EDIT = 4000
MOST_VIEWS = 3


def _open_to_the_app(asked: Asked, channel: Channel) -> None:
    """Refused where the app may not post: the channel is archived, or it is not in it."""
    if channel.archived:
        raise Refused("is_archived")
    if asked.team.bot_user not in channel.members and "chat:write.public" not in asked.team.scopes:
        raise Refused("not_in_channel")


def _own(asked: Asked, channel: Channel, error: str) -> Message:
    """A message of the app that it wants to change."""
    message = asked.state.message(channel, asked.arguments.get("ts"))
    if message.user != asked.team.bot_user:
        raise Refused(error)
    return message


@method("chat.postMessage", "chat:write")
def _post_message(asked: Asked) -> Json:
    asked.needed("channel")
    channel = asked.channel()
    _open_to_the_app(asked, channel)
    message = asked.state.written(channel, asked.team, asked.arguments)
    return {"ok": True, "channel": channel.id, "ts": message.ts, "message": message.as_json()}


@method("chat.postEphemeral", "chat:write")
def _post_ephemeral(asked: Asked) -> Json:
    _, user = asked.needed("channel", "user")
    channel = asked.channel()
    _open_to_the_app(asked, channel)
    if user not in channel.members:
        raise Refused("user_not_in_channel")
    message = asked.state.written(channel, asked.team, asked.arguments, to=str(user))
    return {"ok": True, "message_ts": message.ts}


@method("chat.update", "chat:write")
def _update(asked: Asked) -> Json:
    asked.needed("channel", "ts")
    channel = asked.channel()
    message = _own(asked, channel, "cant_update_message")
    # An edit's text is held to 4,000 bytes after Slack's own escaping; a first message's is not.
    if len(html.escape(asked.arguments.get("text") or "", quote=False).encode()) > MOST_BYTES_OF_AN_EDIT:
        raise Refused("msg_too_long")
    asked.state.edit(message, asked.arguments)
    return {"ok": True, "channel": channel.id, "ts": message.ts, "text": message.text, "message": message.as_json()}


@method("chat.delete", "chat:write")
def _delete(asked: Asked) -> Json:
    asked.needed("channel", "ts")
    channel = asked.channel()
    message = _own(asked, channel, "cant_delete_message")
    asked.state.remove(message)
    return {"ok": True, "channel": channel.id, "ts": message.ts}


def respond(state: SlackState, name: str, arguments: Json) -> None:
    """What a response URL does with what the app sends there; Refused where it is spent, or Slack does not take the message."""
    here = state.response_urls.get(name)
    if here is None or here.uses >= RESPONSE_URL_USES:
        raise Refused("used_url")
    if state.now() - here.made > RESPONSE_URL_SECONDS:
        raise Refused("expired_url")
    original = here.about
    if arguments.get("delete_original"):
        here.uses += 1
        if original:
            state.remove(original)
        return
    if any(block.get("slack_file") for block in arguments.get("blocks") or []):  # github.com/slackapi/java-slack-sdk/issues/1349
        raise Refused("invalid_blocks")
    if original and arguments.get("replace_original"):
        state.edit(original, arguments)
    else:
        private = arguments.get("response_type", "ephemeral") != "in_channel"
        state.written(state.channels[here.channel], state.teams[here.team], arguments, to=here.user if private else None)
    here.uses += 1


@method("files.getUploadURLExternal", "files:write")
def _upload_url(asked: Asked) -> Json:
    name, length = asked.needed("filename", "length")
    file = File(f"F{asked.state.number():09}", str(name), int(str(length)), refusals=asked.state.file_refusals)
    asked.state.files[file.id] = file
    return {"ok": True, "upload_url": f"{asked.state.url}/upload/{file.id}", "file_id": file.id}


@method("files.completeUploadExternal", "files:write")
def _complete_upload(asked: Asked) -> Json:
    state, arguments = asked.state, asked.arguments
    named = arguments.get("files") or []
    files = [state.files[each["id"]] for each in named if each.get("id") in state.files]
    if not files or len(files) < len(named) or any(file.content is None for file in files):
        raise Refused("file_not_found")
    if arguments.get("channel_id"):
        channel = state.channel_of(arguments["channel_id"], asked.team)
        _open_to_the_app(asked, channel)
        text, thread = arguments.get("initial_comment") or "", arguments.get("thread_ts")
        state.pings += pings(text, [])
        state.post(
            Message(channel.id, state.new_ts(), text, [], asked.team.bot_user, asked.team.bot_id, thread, files=[each.id for each in files])
        )
        for file in files:
            file.shared.append((channel.id, thread))
    for file, each in zip(files, named, strict=True):
        file.title = each.get("title") or file.name
    state.ring()
    return {"ok": True, "files": [{"id": file.id, "title": file.title, "name": file.name} for file in files]}


def _shown(asked: Asked, view: View) -> Json:
    asked.state.ring()
    return {"ok": True, "view": view.as_json(asked.state.app_id, asked.team.bot_id)}


def _opened(asked: Asked, *, upon: bool) -> Json:
    """A modal for the person of the trigger, alone or upon those that are open."""
    content, trigger = asked.needed("view", "trigger_id")
    allowed(content, "modal")
    user = asked.state.use_trigger(trigger)
    if not upon:
        asked.state.modals[user] = []
    return _shown(asked, push(asked.state, user, asked.team.id, content))


@method("views.open")
def _views_open(asked: Asked) -> Json:
    return _opened(asked, upon=False)


@method("views.push")
def _views_push(asked: Asked) -> Json:
    return _opened(asked, upon=True)


def push(state: SlackState, user: str, team: str, content: Json) -> View:
    """Put a modal upon those that are open; refused with push_limit_reached at the fourth."""
    stack = state.modals.get(user, [])
    if len(stack) >= MOST_VIEWS:
        raise Refused("push_limit_reached")
    view = state.view(content, user, team, below=stack[-1] if stack else None)
    state.modals[user] = [*stack, view]
    return view


@method("views.update")
def _views_update(asked: Asked) -> Json:
    content, arguments = asked.needed("view")[0], asked.arguments
    allowed(content, "modal")
    wanted = (arguments.get("view_id"), arguments.get("external_id"))
    open_views = [view for stack in asked.state.modals.values() for view in stack]
    for view in open_views:
        if view.id == wanted[0] or (wanted[1] and view.content.get("external_id") == wanted[1]):
            _same_hash(asked, view)
            asked.state.fill(view, content)
            return _shown(asked, view)
    raise Refused("not_found")


@method("views.publish")
def _views_publish(asked: Asked) -> Json:
    user, content = asked.needed("user_id", "view")
    allowed(content, "home")
    person = asked.state.person(str(user), asked.team.id)
    home = asked.state.homes.get(person.id)
    if home is None:
        home = asked.state.homes[person.id] = asked.state.view(content, person.id, asked.team.id)
    else:
        _same_hash(asked, home)
        asked.state.fill(home, content)
    return _shown(asked, home)


def _same_hash(asked: Asked, view: View) -> None:
    """Refused with hash_conflict where the app speaks of an older state of the view."""
    if asked.arguments.get("hash") not in (None, view.hash):
        raise Refused("hash_conflict")
