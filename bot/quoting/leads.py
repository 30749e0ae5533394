"""Delayed identification: whom the lead only describes is whom the article names in another paragraph."""

from collections.abc import Sequence

from bot.quoting import lexicon
from bot.quoting.referents import Referent, Referents, clash, is_full, role_words
from bot.quoting.sentences import Sentence, Token
from storage.records import SpeakerKind

# Who is called so is not to be known.
_ANONYMOUS = lexicon.words(
    "source official insider aide adviser advisor person user operative staffer resident voter supporter critic donor ally diplomat "
    "analyst expert spokesman spokeswoman spokesperson reporter"
)
_LEAD_SENTENCES = 2
_NAMED_WITHIN = 8  # sentences after the lead in which whom it spoke of is named


class Lead:
    """Whom the first sentences of an article describe and do not name."""

    def __init__(self, referents: Referents) -> None:
        self._referents = referents
        self._described: tuple[Referent, Sentence] | None = None

    def consider(self, referent: Referent, core: Sequence[Token], sentence: Sentence) -> None:
        """Remember a source that is a description, if it stands in the lead."""
        if _ANONYMOUS & set(role_words(referent.name)[-1:]):
            return
        if sentence.number >= _LEAD_SENTENCES or referent.kind is not SpeakerKind.UNNAMED or referent.is_plural or not referent.is_evident:
            return
        if self._described is None:
            self._described = (referent, sentence)
        elif referent is self._described[0] or referent.really is not None:
            return  # it is remembered already
        elif core[0].lower in {"a", "an", "the"} and set(role_words(self._described[0].name)[-1:]) & set(role_words(referent.name)[-1:]):
            self._described[0].really = referent  # the headline's is the first sentence's
            self._described = (referent, sentence)

    def identify(self, referent: Referent, sentence: Sentence, offset: int) -> None:
        """Tell whether the one who is quoted at `offset` is whom the lead described.

        Either the role given with the name is the lead's, or the name comes with no role and is introduced as a speaker's.
        """
        if self._described is None or referent.kind is not SpeakerKind.PERSON:
            return
        described, lead = self._described
        if sentence.number - lead.number > _NAMED_WITHIN:
            self._described = None
            return
        introduced = is_full(tuple(w.lower() for w in referent.words)) and referent.first_mention > lead.paragraph_span[1]
        if not introduced or clash(described.gender, referent.gender):
            return
        nouns = {words[-1] for words in map(role_words, described.descriptions) if words}
        same_role = any(referent in self._referents.under(noun) for noun in nouns)
        as_speaker = not referent.descriptions and referent.first_mention == offset and not _is_introduced(sentence, offset)
        if same_role or as_speaker:
            self._described = None
            described.really = referent
            for description in described.descriptions:
                self._referents.describe(referent, description)
            described.descriptions.clear()


def _is_introduced(sentence: Sentence, offset: int) -> bool:
    """`Ann Holt, a harbour clerk,`: the name at `offset` comes with what somebody is."""
    behind = [t for t in sentence.tokens if t.start >= offset][:_LONGEST_NAME]
    comma = next((k for k, t in enumerate(behind) if t.text == ","), None)
    return comma is not None and comma + 1 < len(behind) and behind[comma + 1].lower in lexicon.PHRASE_OPENERS


_LONGEST_NAME = 6
