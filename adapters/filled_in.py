"""What people fill in in the forms of every chat: who said a quote after all, and a digest."""

from dataclasses import dataclass

from bot.requests import Fix, Reject


@dataclass(frozen=True, slots=True)
class SpeakerChosen:
    """Who said it after all: somebody of the article, somebody else by name, or nobody, as it is no quote."""

    speaker_id: int | None = None
    name: str = ""
    nobody: bool = False

    def correction(self, quote_id: int) -> Fix | Reject:
        """What it corrects. A name that was written counts more than a choice: whoever writes one has looked at the list."""
        if self.name:
            return Fix(quote_id, self.name)
        return Reject(quote_id) if self.nobody or self.speaker_id is None else Fix(quote_id, f"#{self.speaker_id}")


@dataclass(frozen=True, slots=True)
class DigestWished:
    """The digest that somebody wants, or the alert, which has no schedule; "" for what was left empty."""

    about: str = ""
    schedule: str = ""
    channel: str = ""
    zone: str = ""
    wishes: str = ""
