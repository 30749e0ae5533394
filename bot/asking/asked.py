"""A question as it was read: what a search needs, and what is said back."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.asking.forms import SAID, SAID_AND_THOUGHT
from bot.asking.words import WORD
from bot.periods import Period
from storage.records import QuoteKind, RefusalKind, Reports

COURTESIES = frozenset({"the", "a", "an", "mr", "mrs", "ms", "miss", "mx", "dr", "sir", "dame", "lord", "lady", "prof", "professor", "rev"})


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. Empty fields do not restrict; `since` and `until` are half-open and UTC.

    `topic` holds plain words of the asker in their order, `about` all that was typed for it, `phrase` exact words that the quote
    must hold, `speaker` and `outlet` names as typed ("" for anyone, anywhere; an outlet that is known has its full name). `when`
    says the time back. `reports` is what is wanted, speech unless attitudes are asked for, in the order in which it is shown.
    `others` are further speakers, to be set side by side with `speaker`; `exactly` says that its name stood in quotation marks,
    and is nobody's description. `declined` asks who gave no comment instead of for quotes, in the ways of `refusals` (None: in
    any); `newest` wants the newest first in the place of the best.
    Where `otherwise` is set, nothing but its place says that `speaker` is a name ("Trump on NATO", "interference"):
    `settled` decides with the speakers that the store finds.
    """

    topic: tuple[str, ...] = ()
    phrase: str = ""
    speaker: str = ""
    outlet: str = ""
    since: datetime | None = None
    until: datetime | None = None
    when: str = ""
    kinds: tuple[QuoteKind, ...] | None = None
    reports: tuple[Reports, ...] = SAID
    others: tuple[str, ...] = ()
    exactly: bool = False
    declined: bool = False
    refusals: tuple[RefusalKind, ...] | None = None
    newest: bool = False
    strictly: bool = False
    about: str = field(default="", compare=False)
    otherwise: "Question | None" = None

    @property
    def sought(self) -> tuple[Reports, ...]:
        """What is looked for, in the order in which it is shown: behind what was said what is thought, unless it is asked `strictly`."""
        return SAID_AND_THOUGHT if self.reports == SAID and not self.strictly else self.reports

    @property
    def speaker_words(self) -> tuple[str, ...]:
        """The words of the speaker's name to look up: without articles and titles, unless there is nothing else."""
        words = tuple(word.removesuffix("'s").removesuffix("’s") for word in WORD.findall(self.speaker))
        return tuple(word for word in words if word.lower() not in COURTESIES) or words

    def only(
        self,
        *,
        kinds: tuple[QuoteKind, ...] | None = None,
        reports: tuple[Reports, ...] | None = None,
        outlet: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        zone: ZoneInfo | None = None,
    ) -> "Question":
        """The question with these restrictions in the place of its own; `zone` is that in which a new time is said back.

        Raises NotUnderstood for a time that ends before it begins.
        """
        period = Period(since or self.since).meeting(Period(None, until or self.until))
        return replace(
            self,
            kinds=kinds or self.kinds,
            reports=reports or self.reports,
            outlet=outlet or self.outlet,
            since=period.since,
            until=period.until,
            when=period.in_words(zone) if zone else self.when,
            otherwise=self.otherwise
            and self.otherwise.only(kinds=kinds, reports=reports, outlet=outlet, since=since, until=until, zone=zone),
        )
