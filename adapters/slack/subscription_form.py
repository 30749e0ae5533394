"""The form for a digest or an alert: what stands in it, what was filled in, and when the digest would come. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from adapters.cutting import cut
from adapters.plain import safe_line
from adapters.slack import actions, blocks
from adapters.slack.blocks import Block
from adapters.slack.escaping import size
from adapters.slack.listing import LONGEST_RUN
from adapters.slack.modals import State, chosen, modal, written
from adapters.wording import moment_in_words
from bot.replies import SubscriptionKind, SubscriptionView, Times

SUBSCRIPTION_MODAL = "subscription-modal"
# The blocks in which something is filled in: an error in a submission is shown at one of them.
ABOUT = "about"
CHANNEL = "channel"
KIND = actions.FORM_KIND
SCHEDULE = actions.FORM_SCHEDULE
ZONE = actions.FORM_ZONE
DENSITY = "density"
WHEN_EMPTY = "when-empty"
QUIET = actions.FORM_QUIET
LIMITS = "limits"

_KINDS = {
    SubscriptionKind.DIGEST: "A digest, when its schedule says",
    SubscriptionKind.ALERT: "An alert, as soon as something new is said",
}
# Wishes as they are typed, the usual one first.
_DENSITIES = {"full": "In full", "short": "Short"}
_EMPTIES = {"a line if nothing is new": "A line that says so", "silent if nothing is new": "Nothing"}
_QUIET_WISH = "quiet "
_QUIET_WORDS = "quiet from "
_LIMIT_WORDS = "at most "
_LONGEST_SCHEDULE = 200
_LONGEST_ZONE = 200
_LONGEST_WISH = 100


@dataclass(frozen=True, slots=True)
class SubscriptionForm:
    """What stands in the form, or was filled in: "" for what is empty. Of a subscription that is changed, `number` is its number."""

    kind: SubscriptionKind = SubscriptionKind.DIGEST
    about: str = ""
    schedule: str = "daily at 8"
    zone: str = ""
    density: str = "full"
    when_empty: str = "a line if nothing is new"
    quiet: str = ""
    limits: str = ""
    channel: str = ""
    number: int | None = None

    @property
    def quiet_wish(self) -> str:
        """The quiet hours as they are typed elsewhere; "" where there are none."""
        quiet = self.quiet.removeprefix(_QUIET_WISH)
        return f"{_QUIET_WISH}{quiet}" if quiet else ""

    @property
    def wishes(self) -> str:
        """All that is wished, as it is typed elsewhere."""
        of_kind = (self.density, self.when_empty) if self.kind is SubscriptionKind.DIGEST else (self.limits,)
        return ", ".join(filter(None, (*of_kind, self.quiet_wish)))


_USUAL = SubscriptionForm()


def of_view(view: SubscriptionView) -> SubscriptionForm:
    """What stands in the form at first where a subscription is changed. What is wished of it stands in words that can be typed."""
    wishes = view.wishes.split(", ")
    return SubscriptionForm(
        view.kind,
        view.what,
        view.schedule,
        view.time_zone,
        next((wish for wish in _DENSITIES if wish in wishes), _USUAL.density),
        next((wish for wish in _EMPTIES if wish in wishes), _USUAL.when_empty),
        next((wish.removeprefix(_QUIET_WORDS) for wish in wishes if wish.startswith(_QUIET_WORDS)), ""),
        ", ".join(wish for wish in wishes if wish.startswith(_LIMIT_WORDS)),
        view.channel.channel,
        view.number,
    )


def filled_in(values: State, begun: SubscriptionForm) -> SubscriptionForm:
    """What was filled in in a form that began so: what it does not ask for stays."""
    kind = SubscriptionKind(chosen(values, KIND) or begun.kind)
    asked = replace(begun, kind=kind, about=written(values, ABOUT), zone=written(values, ZONE), quiet=written(values, QUIET))
    if begun.number is None:
        asked = replace(asked, channel=chosen(values, CHANNEL))
    if SCHEDULE in values:
        densities = chosen(values, DENSITY) or begun.density, chosen(values, WHEN_EMPTY) or begun.when_empty
        asked = replace(asked, schedule=written(values, SCHEDULE), density=densities[0], when_empty=densities[1])
    return replace(asked, limits=written(values, LIMITS)) if LIMITS in values else asked


def subscription_modal(form: SubscriptionForm, *, upcoming: str = "", metadata: str = "") -> Block:
    """The form. `upcoming` is when a digest with that schedule would come, or why it would not."""
    doing = f"{form.kind.capitalize()} {form.number}" if form.number is not None else f"Set up {_a(form.kind)}"
    when = cut(safe_line(upcoming).strip(), LONGEST_RUN, size) if form.kind is SubscriptionKind.DIGEST else ""
    told = [blocks.context(when)] if when else []
    return modal(
        [*_fields(form), *told, *_wishes(form), *_place(form)],
        title=doing,
        callback_id=SUBSCRIPTION_MODAL,
        submit="Save",
        metadata=metadata,
    )


def times_in_words(times: Times) -> str:
    """How a schedule is understood, and when it is due next."""
    zone = ZoneInfo(times.time_zone)
    following = "; ".join(moment_in_words(moment, zone) for moment in times.following)
    return f"{times.schedule}, {times.time_zone}. It would come {following}."


def _a(kind: SubscriptionKind) -> str:
    return "a digest" if kind is SubscriptionKind.DIGEST else "an alert"


def _fields(form: SubscriptionForm) -> Iterator[Block]:
    """What it is about, and when it comes. What the times follow from is told while it is typed."""
    if form.number is None:
        kinds = [blocks.option(label, kind) for kind, label in _KINDS.items()]
        yield blocks.field(KIND, "What", blocks.choice(KIND, kinds, "Choose", chosen=form.kind), told_at_once=True)
    hint = "Leave it empty for everything."
    yield blocks.field(ABOUT, "About", blocks.typed(ABOUT, form.about, placeholder="interference"), hint=hint, optional=True)
    digest = form.kind is SubscriptionKind.DIGEST
    if digest:
        when = blocks.typed(SCHEDULE, form.schedule, longest=_LONGEST_SCHEDULE, told_while_typing=True)
        yield blocks.field(SCHEDULE, "When", when, hint="Such as: daily at 8; weekdays at 07:30.", told_at_once=True)
    where = blocks.typed(ZONE, form.zone, longest=_LONGEST_ZONE, told_while_typing=digest)
    yield blocks.field(ZONE, "Time zone", where, hint="Such as Europe/London.", optional=True, told_at_once=digest)


def _wishes(form: SubscriptionForm) -> Iterator[Block]:
    if form.kind is SubscriptionKind.DIGEST:
        for block, label, wishes, wish in (
            (DENSITY, "How much", _DENSITIES, form.density),
            (WHEN_EMPTY, "When nothing is new", _EMPTIES, form.when_empty),
        ):
            options = [blocks.option(words, value) for value, words in wishes.items()]
            yield blocks.field(block, label, blocks.choice(block, options, "Choose", chosen=wish))
    else:
        hint = "Such as: at most every 20 minutes, at most 5 a day. What comes beyond that is bundled."
        yield blocks.field(LIMITS, "At most", blocks.typed(LIMITS, form.limits, longest=_LONGEST_WISH), hint=hint, optional=True)
    digest = form.kind is SubscriptionKind.DIGEST
    quiet = blocks.typed(QUIET, form.quiet, placeholder="22-7", longest=_LONGEST_WISH, told_while_typing=digest)
    yield blocks.field(QUIET, "Quiet hours", quiet, hint="Nothing comes in them.", optional=True, told_at_once=digest)


def _place(form: SubscriptionForm) -> Iterator[Block]:
    if form.number is None:
        channel = blocks.conversations(CHANNEL, "Choose a channel", form.channel or None, messages=True, this_one=not form.channel)
        yield blocks.field(CHANNEL, "Where", channel, hint="Verbatim has to be a member of it.")
