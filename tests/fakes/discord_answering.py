"""How an app answers an interaction: at once, within three seconds; then for a quarter of an hour by the interaction's token."""

from tests.fakes.discord_forms import IN_ANSWER, PROMISED, check_choices, check_message, check_modal, check_not_empty
from tests.fakes.discord_payloads import message_json
from tests.fakes.discord_posting import Files, Form, edit, fill, made, put, remove
from tests.fakes.discord_records import EPHEMERAL, LOADING, Interaction, Json, Message, Modal, Refused
from tests.fakes.discord_shapes import refuse
from tests.fakes.discord_state import DiscordState

ACKNOWLEDGE_SECONDS = 3
TOKEN_SECONDS = 15 * 60
MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
_TAKEN = {2: (MESSAGE, DEFERRED, MODAL), 3: (MESSAGE, DEFERRED, DEFERRED_UPDATE, UPDATE, MODAL), 4: (CHOICES,), 5: (MESSAGE, DEFERRED)}


def acknowledge(state: DiscordState, number: str, token: str, answer: Json, files: Files) -> Json:
    """The first answer to an interaction; refused with 10062 where it is too late, with 40060 where there was one."""
    interaction = state.interactions.get(int(number))
    if interaction is None or interaction.token != token or state.now() - interaction.made > ACKNOWLEDGE_SECONDS:
        raise Refused(404, 10062, "Unknown interaction")
    if interaction.acknowledged is not None:
        raise Refused(400, 40060, "Interaction has already been acknowledged.")
    kind, data = int(answer["type"]), answer.get("data") or {}
    taken = _TAKEN[interaction.type] + ((DEFERRED_UPDATE, UPDATE) if interaction.type == 5 and interaction.about else ())
    refuse([(("type",), "BASE_TYPE_CHOICES", f"Value must be one of {set(taken)}.")] if kind not in taken else [])
    match kind:
        case 4:
            interaction.message = _answered(state, interaction, Form(data, files, ("data",)))
        case 5:
            refuse(PROMISED(data, ("data",)))
            interaction.is_private = bool(data.get("flags", 0) & EPHEMERAL)
            interaction.message = _awaited(state, interaction)
        case 6:
            interaction.message = interaction.about
        case 7 if interaction.about:
            edit(state, interaction.about, Form(data, files, ("data",)))
            interaction.message = interaction.about
        case 8:
            check_choices(data)
            interaction.choices = data["choices"]
        case 9:
            check_modal(data)
            state.modals[interaction.user] = Modal(interaction.user, interaction.channel, data, interaction.about)
    interaction.acknowledged = kind
    if interaction.type == 5:
        state.modals.pop(interaction.user, None)
    state.ring()
    return _callback(state, interaction)


def follow_up(state: DiscordState, token: str, content: Json, files: Files) -> Json:
    """Another message of the app; the first after "the app is thinking" takes the place of that."""
    interaction = _by_token(state, token)
    awaited = interaction.message
    if interaction.acknowledged == DEFERRED and awaited and awaited.flags & LOADING:
        return change(state, token, "@original", content, files)
    is_private = bool(content.get("flags", 0) & EPHEMERAL)
    interaction.followups.append(_posted(state, interaction, Form(content, files), is_private=is_private))
    return message_json(state, interaction.followups[-1])


def change(state: DiscordState, token: str, message: str, content: Json, files: Files) -> Json:
    """Another content for a message with which the app answered, or for the one that was clicked."""
    changed = answer_of(state, token, message)
    is_awaited = bool(changed.flags & LOADING)
    changed.flags &= ~LOADING
    try:
        edit(state, changed, Form(content, files), pings=is_awaited)
    except Refused:
        changed.flags |= LOADING if is_awaited else 0
        raise
    return message_json(state, changed)


def take_back(state: DiscordState, token: str, message: str) -> None:
    """Take away a message with which the app answered."""
    remove(state, answer_of(state, token, message))


def answer_of(state: DiscordState, token: str, message: str) -> Message:
    """A message of an interaction; refused with 10008."""
    interaction = _by_token(state, token)
    if message == "@original" and interaction.message:
        return interaction.message
    found = [each for each in [interaction.message, *interaction.followups] if each and str(each.id) == message]
    if not found:
        raise Refused(404, 10008, "Unknown Message")
    return found[0]


def _by_token(state: DiscordState, token: str) -> Interaction:
    """Refused with 10015 where the interaction is unknown or not answered yet, with 50027 where it is too old."""
    interaction = next((each for each in state.interactions.values() if each.token == token), None)
    if interaction is None or interaction.acknowledged is None:
        raise Refused(404, 10015, "Unknown Webhook")
    if state.now() - interaction.made > TOKEN_SECONDS:
        raise Refused(401, 50027, "Invalid Webhook Token")
    return interaction


def _answered(state: DiscordState, interaction: Interaction, form: Form) -> Message:
    interaction.is_private = bool(form.content.get("flags", 0) & EPHEMERAL)
    return _posted(state, interaction, form, is_private=interaction.is_private)


def _posted(state: DiscordState, interaction: Interaction, form: Form, *, is_private: bool) -> Message:
    files = form.named_files()
    check_message(IN_ANSWER, form.content, files, at=form.at)
    check_not_empty(form.content, files)
    message = made(state, interaction.channel, form, interaction=interaction)
    message.to = interaction.user if is_private else None
    return put(state, message)


def _awaited(state: DiscordState, interaction: Interaction) -> Message:
    """What people see while the app is thinking."""
    message = made(state, interaction.channel, Form({}, {}), interaction=interaction)
    fill(state, message, Form({"flags": LOADING}, {}))
    message.to = interaction.user if interaction.is_private else None
    return put(state, message)


def _callback(state: DiscordState, interaction: Interaction) -> Json:
    """What the app is answered that has acknowledged."""
    told: Json = {"id": str(interaction.id), "type": interaction.type, "response_message_loading": interaction.acknowledged == DEFERRED}
    resource: Json = {"type": interaction.acknowledged}
    if interaction.message:
        told |= {"response_message_id": str(interaction.message.id), "response_message_ephemeral": interaction.is_private}
    if interaction.message and interaction.acknowledged in (MESSAGE, UPDATE):
        resource["message"] = message_json(state, interaction.message)
    return {"interaction": told, "resource": resource}
