"""The modals, and what was filled in: modals to open, and plain values out of what Discord hands back. Pure.

A modal says in its custom_id what it is about. It has stopped already, as the views have: whoever listens to interactions reads what
was submitted from their data, so that a modal that was open during a restart is understood too.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import discord

from adapters.cutting import cut, size
from adapters.discord import custom_ids
from adapters.discord.components import LONGEST_OPTION, MOST_OPTIONS
from adapters.discord.embeds import speaker_and_words
from adapters.discord.listing import shown_line
from adapters.filled_in import DigestWished, SpeakerChosen
from adapters.pages import Page
from adapters.wording import PRESENT, present_voice
from bot.replies import QuoteCard, SubscriptionKind, SubscriptionView, Voice
from bot.subscriptions.restrictions import LONGEST

# The fields in which something is filled in.
VOICE = "voice"
SOMEBODY_ELSE = "somebody-else"
ABOUT = "about"
SCHEDULE = "schedule"
CHANNEL = "channel"
ZONE = "zone"
WISHES = "wishes"

USUAL_SCHEDULE = "daily at 8"
_NOBODY = "nobody"
_LONGEST_NAME = 200
LONGEST_ABOUT = 2 * LONGEST
"""As much as can be typed of what a digest is about: with room for by, about and in. Of more the core says what it takes."""
# Where digests can be posted: every sort in which messages stand, as Discord refuses a form that begins with a channel of another sort.
CHANNELS = [
    discord.ChannelType.text,
    discord.ChannelType.news,
    discord.ChannelType.voice,
    discord.ChannelType.stage_voice,
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
    discord.ChannelType.news_thread,
]


def wrong_speaker_modal(card: QuoteCard, voices: Sequence[Voice], page: Page | None = None) -> discord.ui.Modal:
    """Asks who said it: one of the people of the article, somebody else, or nobody."""
    menu = discord.ui.Select[Any](custom_id=VOICE, placeholder="Choose", min_values=0, required=False)
    present = present_voice(card, voices)
    for voice in voices[: MOST_OPTIONS - 1]:
        mark = PRESENT if voice is present else ""
        name = f"{cut(shown_line(voice.name) or f'#{voice.speaker_id}', LONGEST_OPTION - size(mark), size)}{mark}"
        described = cut(shown_line(voice.description), LONGEST_OPTION, size) or None
        menu.add_option(label=name, value=str(voice.speaker_id), description=described)
    menu.add_option(label="Nobody said this: it is not a quote", value=_NOBODY)
    return _modal(
        "Wrong speaker?",
        custom_ids.speaker_modal(card.quote_id, page),
        discord.ui.TextDisplay(speaker_and_words(card)),
        _label("Who said it?", menu),
        _label("Somebody else", _typed(SOMEBODY_ELSE, longest=_LONGEST_NAME, required=False), "A name, if it is not in the list."),
    )


def new_digest_modal(wished: DigestWished, *, channel: int | None, unset_zone: str = "") -> discord.ui.Modal:
    """Asks for a digest on a schedule, or for an alert; `wished` is what stands there at first.

    Without a `channel` it comes where it is asked for. `unset_zone` says which zone holds where none was set.
    """
    when = _typed(SCHEDULE, wished.schedule, longest=_LONGEST_NAME, required=False)
    fields = [
        _about(wished.about),
        _label("When", when, "Such as: weekdays at 07:30. Leave it empty for an alert: each new quote, soon."),
        _zone(wished.zone, unset_zone or "Such as Europe/London."),
        _wishes(wished.wishes, "Such as: short, silent if nothing is new, quiet 22-7."),
    ]
    if channel is not None:
        here = discord.SelectDefaultValue(id=channel, type=discord.SelectDefaultValueType.channel)
        menu = discord.ui.ChannelSelect[Any](custom_id=CHANNEL, channel_types=CHANNELS, default_values=[here], required=True)
        fields.append(_label("Where", menu, "Verbatim has to see the channel and to be allowed to write there."))
    return _modal("Set up a digest or an alert", custom_ids.digest_modal(), *fields)


def change_modal(digest: SubscriptionView, wished: DigestWished | None = None) -> discord.ui.Modal:
    """Asks for what shall change in a digest or an alert; `wished` is what stands there at first, instead of what holds now."""
    at_first = wished or DigestWished(digest.what, digest.schedule, zone=digest.time_zone, wishes=digest.wishes)
    is_alert = digest.kind is SubscriptionKind.ALERT
    when = [] if is_alert else [_label("When", _typed(SCHEDULE, at_first.schedule, longest=_LONGEST_NAME), "Such as: daily at 8.")]
    hint = "Such as: at most every 20 minutes, at most 5 a day." if is_alert else "Such as: short, silent if nothing is new, quiet 22-7."
    fields = [_about(at_first.about), *when, _zone(at_first.zone, "Such as Europe/London."), _wishes(at_first.wishes, hint)]
    return _modal(f"{digest.kind.capitalize()} {digest.number}", custom_ids.digest_modal(digest.number), *fields)


def speaker_chosen(data: Mapping[str, Any]) -> SpeakerChosen:
    """Who was chosen in the data of a submitted SPEAKER_MODAL. Nothing at all is a SpeakerChosen without anything."""
    filled = _filled_in(data)
    chosen = filled.get(VOICE, "")
    return SpeakerChosen(int(chosen) if chosen.isdecimal() else None, filled.get(SOMEBODY_ELSE, ""), nobody=chosen == _NOBODY)


def digest_wished(data: Mapping[str, Any]) -> DigestWished:
    """The digest or alert in the data of a submitted DIGEST_MODAL."""
    filled = _filled_in(data)
    return DigestWished(**{name: filled.get(name, "") for name in (ABOUT, SCHEDULE, CHANNEL, ZONE, WISHES)})


def _about(value: str) -> discord.ui.Label[Any]:
    field = _typed(ABOUT, value, placeholder="interference", longest=LONGEST_ABOUT, required=False)
    return _label("About", field, "Leave it empty for everything.")


def _zone(value: str, hint: str) -> discord.ui.Label[Any]:
    return _label("Time zone", _typed(ZONE, value, longest=_LONGEST_NAME, required=False), hint)


def _wishes(value: str, hint: str) -> discord.ui.Label[Any]:
    return _label("How", _typed(WISHES, value, longest=_LONGEST_NAME, required=False), hint)


def _modal(title: str, custom_id: str, *items: discord.ui.Item[Any]) -> discord.ui.Modal:
    modal = discord.ui.Modal(title=title, custom_id=custom_id)
    for item in items:
        modal.add_item(item)
    modal.stop()
    return modal


def _label(text: str, field: discord.ui.Item[Any], hint: str | None = None) -> discord.ui.Label[Any]:
    return discord.ui.Label(text=text, component=field, description=hint)


def _typed(name: str, value: str = "", *, placeholder: str | None = None, longest: int, required: bool = True) -> discord.ui.TextInput[Any]:
    first = cut(shown_line(value), longest, size) or None
    return discord.ui.TextInput(custom_id=name, default=first, placeholder=placeholder, max_length=longest, required=required)


def _filled_in(data: Mapping[str, Any]) -> dict[str, str]:
    return {field["custom_id"]: _value(field).strip() for field in _fields(data.get("components"))}


def _fields(components: object) -> Iterator[Mapping[str, Any]]:
    """Whatever has a custom_id, in labels and in rows."""
    for component in components if isinstance(components, list) else []:
        if "custom_id" in component:
            yield component
        yield from _fields([component["component"]] if "component" in component else component.get("components"))


def _value(field: Mapping[str, Any]) -> str:
    chosen = field.get("values") or [field.get("value")]
    return chosen[0] if isinstance(chosen[0], str) else ""
