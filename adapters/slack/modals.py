"""The modals, and what was filled in: views to open, and plain values out of what Slack hands back. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.views import View

from adapters.cutting import cut
from adapters.filled_in import SpeakerChosen
from adapters.plain import safe_line
from adapters.slack import blocks
from adapters.slack.blocks import LONGEST_LABEL, Block
from adapters.slack.escaping import size
from adapters.slack.listing import sentence_blocks, suggestion_blocks
from adapters.slack.quotes import words_block
from adapters.slack.rendering import Message
from adapters.wording import PRESENT, present_voice
from bot.replies import QuoteCard, Voice

# The callback ids of the modals that are submitted.
ASK_MODAL = "ask-modal"
SPEAKER_MODAL = "speaker-modal"
# The blocks in which something is filled in: an error in a submission is shown at one of them.
QUESTION = "question"
VOICE = "voice"
SOMEBODY_ELSE = "somebody-else"

_TITLE = "Verbatim"
_NOBODY = "nobody"
_MOST_VOICES = 99  # and one option for nobody
_LONGEST_NAME = 200

State = Mapping[str, Any]


def ask_modal(examples: Sequence[str] = ()) -> Block:
    """Asks for a question."""
    ask = blocks.field(QUESTION, "What do you want to know?", blocks.typed(QUESTION, placeholder="who said what about interference"))
    return modal([ask, *_examples(examples)], title="Ask Verbatim", callback_id=ASK_MODAL, submit="Ask")


def looking_modal() -> Block:
    """Stands where an answer will be."""
    return modal(sentence_blocks("Looking…"))


def answer_modal(message: Message) -> Block:
    """An answer that was rendered for a modal."""
    return modal(message.blocks)


def wrong_speaker_modal(card: QuoteCard, voices: Sequence[Voice], *, metadata: str = "") -> Block:
    """Asks who said it: one of the people of the article, somebody else, or nobody."""
    present = present_voice(card, voices)
    options = [blocks.option(_label(voice, present=voice is present), str(voice.speaker_id)) for voice in voices[:_MOST_VOICES]]
    options.append(blocks.option("Nobody said this: it is not a quote", _NOBODY))
    form = [
        words_block(card),
        blocks.field(VOICE, "Who said it?", blocks.choice(VOICE, options, "Choose"), optional=True),
        blocks.field(SOMEBODY_ELSE, "Somebody else", blocks.typed(SOMEBODY_ELSE, longest=_LONGEST_NAME), optional=True),
    ]
    return modal(form, title="Wrong speaker?", callback_id=SPEAKER_MODAL, submit="Correct it", metadata=metadata)


def question_asked(values: State) -> str:
    """The question in a submitted ASK_MODAL."""
    return written(values, QUESTION)


def speaker_chosen(values: State) -> SpeakerChosen:
    """Who was chosen in a submitted SPEAKER_MODAL. Nothing at all is a SpeakerChosen without anything."""
    value = chosen(values, VOICE)
    number = int(value) if value.isdecimal() else None
    return SpeakerChosen(number, written(values, SOMEBODY_ELSE), nobody=value == _NOBODY)


def written(values: State, name: str) -> str:
    """What was typed in a field; "" where it is empty or not there."""
    words = _value(values, name, "value")
    return words.strip() if isinstance(words, str) else ""


def chosen(values: State, name: str) -> str:
    """What was chosen of a list or of the channels; "" where nothing was, or there is no such field."""
    option = _value(values, name, "selected_option")
    found = option.get("value") if isinstance(option, Mapping) else _value(values, name, "selected_conversation")
    return found if isinstance(found, str) else ""


def ticked(values: State, name: str) -> bool:
    """Whether the box of a field is ticked."""
    return bool(_value(values, name, "selected_options"))


def modal(
    shown: Sequence[Block], *, title: str = _TITLE, callback_id: str | None = None, submit: str | None = None, metadata: str = ""
) -> Block:
    """A modal that shows blocks; one that is submitted has a `callback_id`."""
    return View(
        type="modal",
        title=blocks.plain(cut(title, View.title_max_length, size)),
        blocks=shown,
        callback_id=callback_id,
        submit=blocks.plain(submit) if submit else None,
        close=blocks.plain("Cancel" if submit else "Close"),
        private_metadata=metadata or None,
    ).to_dict()


def _value(values: State, name: str, key: str) -> object:
    element = (values.get(name) or {}).get(name) or {}
    return element.get(key)


def _label(voice: Voice, *, present: bool) -> str:
    """A person to choose."""
    name = safe_line(voice.name).strip() or f"#{voice.speaker_id}"
    label = f"{name} ({safe_line(voice.description)})" if voice.description else name
    return f"{cut(label, LONGEST_LABEL - size(PRESENT), size)}{PRESENT}" if present else label


def _examples(examples: Sequence[str]) -> list[Block]:
    suggested = suggestion_blocks(examples)
    return [blocks.rich(blocks.line(blocks.text("Or ask one of these:"))), *suggested] if suggested else []
