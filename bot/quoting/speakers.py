"""Sources to speakers within one article: names, surnames, titles, pronouns, roles, unnamed sources, documents.

The article is read from left to right, as a reader would, so that "he" and "the minister" mean
whoever was meant there.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from bot.quoting import lexicon
from bot.quoting.attributions import Analysis, Attribution
from bot.quoting.identity import speaker_key
from bot.quoting.names import Name
from bot.quoting.phrases import as_written, core_phrase, head_name, head_noun, is_noun_for
from bot.quoting.referents import Referent, Referents, clash, is_full, role_words, without_article
from bot.quoting.sentences import Sentence, Token
from storage.records import NewSpeaker, Span, SpeakerKind

# How long a mention stays in mind, after Lappin and Leass, "An Algorithm for Pronominal Anaphora
# Resolution" (1994): it fades by the sentence, and a subject fades later than a genitive.
_LOOK_BACK = 6
_RECENCY = (1.6, 2.0, 1.2, 0.8, 0.6, 0.45, 0.35)
_AS_SUBJECT, _AS_OBJECT, _GOVERNED, _POSSESSIVE = 1.5, 1.0, 0.6, 0.5
_LAST_SPEAKER, _KNOWN_GENDER = 0.8, 1.0
_LEAD_SENTENCES = 2
_COMMA = 2  # characters between a noun and its apposition
_VARIED_WITHIN = 2  # sentences behind a quote in which a bare role is its speaker's
_NAMESAKE = 0.5  # a bare surname that two people of the article have
_NAMED_WITHIN = 8  # sentences after the lead in which whom it spoke of is named


@dataclass(frozen=True, slots=True)
class Resolution:
    """The speakers of a text; for each attribution an index into them (or None) and how certain that is (0..1)."""

    speakers: tuple[NewSpeaker, ...]
    speaker_of: tuple[int | None, ...]
    certainty: tuple[float, ...]


def resolve(analysis: Analysis, attributions: Sequence[Attribution]) -> Resolution:
    """Find the speaker of every attribution of one text. `attributions` are in text order."""
    article = _Article(analysis)
    found: list[tuple[Referent | None, float]] = []
    for attribution in attributions:
        anchor = attribution.source[0][0] if attribution.source else attribution.content[0][0]
        article.read_up_to(anchor)
        if attribution.source:
            referent, certainty = article.referent(attribution.source[0])
        else:
            referent, certainty = article.last_speaker, 0.9
        if referent is not None:
            article.spoke(referent, anchor)
        found.append((referent, certainty if referent is not None else 0.7))
    article.read_up_to(len(analysis.text))
    resolved = [(_really(r), c) for r, c in found]
    speaking = list(dict.fromkeys(r for r, _ in resolved if r is not None))
    index = {r: k for k, r in enumerate(speaking)}
    return Resolution(
        tuple(r.speaker() for r in speaking),
        tuple(index[r] if r is not None else None for r, _ in resolved),
        tuple(c for _, c in resolved),
    )


def _really(referent: Referent | None) -> Referent | None:
    return referent.really or referent if referent is not None else None


class _Article:
    """One article, read so far as the quote at hand."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self._names = analysis.names
        self._name_starts = [n.span[0] for n in self._names]
        pronouns = [(s, s.tokens[0]) for s in analysis.sentences if s.tokens[0].lower in {"he", "she"}]
        self._mentions: list[Name | tuple[Sentence, Token]] = [*self._names, *pronouns]
        self._mentions.sort(key=_start)
        self._next = 0
        self._met: dict[Name, Referent] = {}
        full = (n.words[-1].lower() for n in self._names if len(n.words) > 1 and n.kind is SpeakerKind.PERSON)
        self._referents = Referents(frozenset(full))
        self._lead: tuple[Referent, Sentence] | None = None
        self.last_speaker: Referent | None = None

    def read_up_to(self, offset: int) -> None:
        """Take in every mention that begins before `offset`."""
        while self._next < len(self._mentions) and _start(self._mentions[self._next]) < offset:
            mention = self._mentions[self._next]
            self._next += 1
            if isinstance(mention, Name):
                self._meet(mention)
                continue
            sentence, token = mention
            referent, _ = self._antecedent(token.lower, sentence.number, token.start)
            if referent is not None:
                self._referents.mention(referent, sentence.number, token.start, _AS_SUBJECT)

    def spoke(self, referent: Referent, offset: int) -> None:
        """Note who was quoted last."""
        sentence = self._analysis.sentence_at(offset)
        self._identify_lead(referent, sentence, offset)
        self.last_speaker = referent
        self._referents.mention(referent, sentence.number, offset, _AS_SUBJECT)

    def _meet(self, name: Name) -> Referent:
        if name not in self._met:
            tokens = self._analysis.sentences[name.sentence].tokens
            the = name.first > 0 and tokens[name.first - 1].lower == "the"
            self._met[name] = self._referents.named(name, preceded_by_the=the)
            self._referents.mention(self._met[name], name.sentence, name.span[0], self._weight(name))
        return self._met[name]

    def _weight(self, name: Name) -> float:
        sentence = self._analysis.sentences[name.sentence]
        if name.possessive:
            return _POSSESSIVE
        before = sentence.tokens[name.first - 1] if name.first else None
        if before is not None and before.lower in lexicon.PREPOSITIONS | {"and"}:
            return _GOVERNED
        following = sentence.tokens[name.last + 1] if name.last + 1 < len(sentence.tokens) else None
        if following is not None and following.lower in lexicon.ORGANISATION_NOUNS:
            return _POSSESSIVE  # the Bell campaign
        earlier = self._names_between(sentence.start, name.span[0])
        return _AS_OBJECT if any(n.kind is SpeakerKind.PERSON and not n.possessive for n in earlier) else _AS_SUBJECT

    def _names_between(self, start: int, end: int) -> Sequence[Name]:
        return self._names[bisect_left(self._name_starts, start) : bisect_left(self._name_starts, end)]

    # --- sources --------------------------------------------------------------------------------

    def referent(self, source: Span) -> tuple[Referent | None, float]:
        """Whoever or whatever a source span refers to, and how certain that is."""
        sentence = self._analysis.sentence_at(source[0])
        tokens = [t for t in sentence.tokens if t.start >= source[0] and t.end <= source[1] and t.quotation is None]
        self.read_up_to(source[1])
        if not any(t.is_word for t in tokens):
            return None, 0.0
        if tokens[0].lower in lexicon.SUBJECT_PRONOUNS and (len(tokens) == 1 or not tokens[1].is_word):
            return self._antecedent(tokens[0].lower, sentence.number, tokens[0].start)
        core = core_phrase(tokens)
        inside = [n for n in self._names_between(core[0].start, core[-1].end) if n.span[1] <= core[-1].end]
        head = self._joint(core, inside) or head_name(core, inside)
        if isinstance(head, Referent):
            return head, 0.9
        if head is not None:
            return self._named(head)
        behind = self._names_between(core[-1].end, source[1])
        if behind and behind[0].span[0] - core[-1].end <= _COMMA and is_noun_for(head_noun(core), behind[0].kind):
            referent = self._meet(behind[0])  # "The group's director, Ann Bell,"
            self._referents.describe(referent, without_article(as_written(core)))
            return referent, 1.0
        return self._by_description(core, inside, sentence)

    def _named(self, head: Name) -> tuple[Referent, float]:
        referent = self._meet(head)
        return referent, _NAMESAKE if self._referents.is_doubtful(head) else 1.0

    def _identify_lead(self, referent: Referent, sentence: Sentence, offset: int) -> None:
        """Delayed identification: whom the lead only described is whom the article then names, in another paragraph.

        Either the role given with the name is the lead's, or the name comes with no role and is introduced as a speaker's.
        """
        if self._lead is None or referent.kind is not SpeakerKind.PERSON:
            return
        described, lead = self._lead
        self._lead = None
        nouns = {words[-1] for words in map(role_words, described.descriptions) if words}
        roles = {words[-1] for words in map(role_words, referent.descriptions) if words}
        introduced = is_full(tuple(w.lower() for w in referent.words)) and referent.first_mention > lead.paragraph_span[1]
        as_speaker = not roles and referent.first_mention == offset
        if not introduced or sentence.number - lead.number > _NAMED_WITHIN or clash(described.gender, referent.gender):
            return
        if roles & nouns or as_speaker:
            described.really = referent
            for description in described.descriptions:
                self._referents.describe(referent, description)
            described.descriptions.clear()

    def _joint(self, core: Sequence[Token], inside: Sequence[Name]) -> Referent | None:
        """`Bell and Reed`: the two together, by their full names."""
        if len(inside) != 2 or inside[1].span[1] < core[-1].start or any(n.kind is SpeakerKind.ORGANISATION for n in inside):
            return None
        between = [t.lower for t in core if inside[0].span[1] <= t.start < inside[1].span[0]]
        if between != ["and"]:
            return None
        return self._referents.described_only(" and ".join(self._meet(n).name for n in inside), SpeakerKind.UNNAMED)

    def _by_description(self, core: Sequence[Token], inside: Sequence[Name], sentence: Sentence) -> tuple[Referent | None, float]:
        noun, shown = head_noun(core), as_written(core)
        indefinite = core[0].lower in {"a", "an"}
        definite = core[0].lower in {"the", "his", "her", "their", "its", "this"}
        if noun in lexicon.DOCUMENT_NOUNS | lexicon.SIGNS:
            same = self._referents.of_noun(noun, SpeakerKind.DOCUMENT) if definite else []
            return (same[-1] if same else self._referents.described_only(shown, SpeakerKind.DOCUMENT)), 1.0
        if noun in lexicon.ORGANISATION_NOUNS and noun not in lexicon.PERSON_NOUNS:
            return self._organisation(shown, noun, inside)
        words = role_words(shown)
        same = [] if indefinite else self._referents.described(words)
        if same:
            return max((_really(r) or r for r in same), key=lambda r: r.last_mention), 0.9 if len(same) == 1 else 0.75
        varied = self._referents.bare_role(words, self._last_named(sentence)) if core[0].lower == "the" else None
        if varied is not None and noun in lexicon.PERSON_NOUNS:
            return varied, 0.72
        referent = self._referents.described_only(shown, SpeakerKind.UNNAMED)
        referent.gender = referent.gender or ("f" if noun in lexicon.FEMALE_NOUNS else "m" if noun in lexicon.MALE_NOUNS else None)
        if (
            (indefinite or core[0].lower == "the")
            and sentence.number < _LEAD_SENTENCES
            and self._lead is None
            and noun in lexicon.PERSON_NOUNS
        ):
            self._lead = (referent, sentence)
        return referent, 1.0 if noun in lexicon.PERSON_NOUNS else 0.85

    def _last_named(self, sentence: Sentence) -> Referent | None:
        """Whoever was quoted last, if that was in this sentence's paragraph or just before it."""
        last = self.last_speaker
        near = last is not None and sentence.number - self._analysis.sentence_at(last.last_mention).number <= _VARIED_WITHIN
        return last if near else None

    def _organisation(self, shown: str, noun: str, inside: Sequence[Name]) -> tuple[Referent, float]:
        """`Trump's campaign` is that one; `the campaign` is the last one spoken of."""
        if inside:
            owner = self._meet(inside[0])
            owner_key = speaker_key(owner.words, owner.kind, owner.name)
            key = f"{owner_key} {noun}" if owner_key else None
            return self._referents.described_only(shown, SpeakerKind.ORGANISATION, key=key), 1.0
        same = self._referents.of_noun(noun, SpeakerKind.ORGANISATION)
        if same:
            return max(same, key=lambda r: r.last_mention), 0.9 if len(same) == 1 else 0.7
        return self._referents.described_only(shown, SpeakerKind.ORGANISATION), 0.9

    # --- pronouns -------------------------------------------------------------------------------

    def _antecedent(self, pronoun: str, sentence: int, offset: int) -> tuple[Referent | None, float]:
        if pronoun in {"it", "they"}:
            return self._thing(pronoun, sentence, offset)
        if pronoun not in {"he", "she"}:
            return None, 0.0  # "I" and "we" outside quotation marks are the writer's own
        gender = "m" if pronoun == "he" else "f"
        salience: dict[Referent, float] = {}
        for mention in self._referents.recent(sentence, offset, _LOOK_BACK):
            referent = _really(mention.referent) or mention.referent
            if referent.may_be_a_person and not clash(referent.gender, gender):
                score = _RECENCY[max(0, sentence - mention.sentence)] * mention.weight
                salience[referent] = max(salience.get(referent, 0.0), score)
        for referent in salience:
            if referent is self.last_speaker:
                salience[referent] += _LAST_SPEAKER
            if referent.gender == gender:
                salience[referent] += _KNOWN_GENDER
        ranked = sorted(salience.items(), key=lambda item: -item[1])
        if not ranked:
            return None, 0.0
        best, score = ranked[0]
        if len(ranked) == 1:
            best.gender = best.gender or gender
            return best, 0.97
        margin = score - ranked[1][1]
        return best, 0.97 if margin > 1.2 else 0.9 if margin > 0.5 else 0.7

    def _thing(self, pronoun: str, sentence: int, offset: int) -> tuple[Referent | None, float]:
        kinds = {SpeakerKind.ORGANISATION, SpeakerKind.DOCUMENT if pronoun == "it" else SpeakerKind.UNNAMED}
        for mention in self._referents.recent(sentence, offset, 1):
            if mention.referent.kind in kinds and mention.weight >= _AS_OBJECT:
                return mention.referent, 0.75 if mention.referent is self.last_speaker else 0.6
        return None, 0.0


def _start(mention: Name | tuple[Sentence, Token]) -> int:
    return mention.span[0] if isinstance(mention, Name) else mention[1].start
