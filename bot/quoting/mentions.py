"""Reads an article's mentions from left to right: names, pronouns, groups, and what belongs to somebody ("Bell's campaign")."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.quoting import lexicon
from bot.quoting.attributions import Analysis
from bot.quoting.clusters import Clusters
from bot.quoting.generations import surname_of
from bot.quoting.groups import Group, end_of_phrase, groups
from bot.quoting.identity import speaker_key
from bot.quoting.names import Name
from bot.quoting.offices import HEADS, NEWSPAPERS, NOUNS_OF_TITLE
from bot.quoting.phrases import as_written, owned_by
from bot.quoting.prominence import AS_OBJECT, AS_SUBJECT, IN_PASSING, prominence
from bot.quoting.pronouns import Place, Pronouns
from bot.quoting.referents import Referent, Referents
from bot.quoting.sentences import Sentence, Token
from storage.records import SpeakerKind

_Mention = Name | Group | tuple[Sentence, Token]


class Mentions:
    """The mentions of one article, read so far as the quote at hand."""

    def __init__(self, analysis: Analysis) -> None:
        self._analysis = analysis
        self.clusters = Clusters(analysis.names, analysis.sentences, analysis.text)
        self.referents = Referents()
        self._owners: dict[tuple[str, str], set[Referent]] = defaultdict(set)
        self._describe()
        self._all: Sequence[_Mention] = sorted([*analysis.names, *self._others()], key=_start)
        self._next = 0

    def read_up_to(self, offset: int, pronouns: Pronouns, last_speaker: Referent | None) -> None:
        """Take in every mention that begins before `offset`."""
        while self._next < len(self._all) and _start(self._all[self._next]) < offset:
            mention = self._all[self._next]
            self._next += 1
            if isinstance(mention, Name):
                self._read_name(mention)
            elif isinstance(mention, Group):
                self._read_group(mention, pronouns, last_speaker)
            else:
                sentence, token = mention
                gender = "m" if token.lower.startswith("he") else "f"
                referent, _ = pronouns.person(gender, Place(sentence.number, token.start), last_speaker)
                if referent is not None:
                    self.referents.mention(referent, sentence.number, token.start, AS_SUBJECT)

    def meet(self, name: Name) -> Referent:
        """Whom or what a name stands for."""
        return self.clusters[name]

    def spoke(self, referent: Referent, sentence: Sentence, offset: int, *, asked: bool) -> None:
        """Note that somebody is quoted: who speaks is a subject, and is not whom a question turns to."""
        self.referents.mention(referent, sentence.number, offset, AS_SUBJECT)
        self.referents.asking = referent if asked else None

    # --- one mention ------------------------------------------------------------------------------

    def _read_name(self, name: Name) -> None:
        sentence = self._analysis.sentences[name.sentence]
        self._read_pair(name, sentence)
        earlier = (n for n in self._analysis.names_of(sentence) if n.span[0] < name.span[0])
        is_first = not any(
            self.clusters[n].kind is SpeakerKind.PERSON and self.clusters[n].is_evident and not n.possessive for n in earlier
        )
        weight = prominence(sentence.tokens, name.first, name.last, possessive=name.possessive, is_first=is_first)
        self.referents.mention(self.clusters[name], name.sentence, name.span[0], weight)
        self._read_owned(name, sentence)

    def _read_pair(self, name: Name, sentence: Sentence) -> None:
        """`Bell and Reed`, `Bell, Holt and Reed`: all of them together may be meant by "they"."""
        tokens = sentence.tokens
        if name.possessive or name.first < _PAIR or tokens[name.first - 1].lower != "and":
            return
        names, k = [name], name.first - 1
        for other in reversed(self._analysis.names_of(sentence)):
            if other.last == k - 1 and not other.possessive:
                names, k = [other, *names], other.first - 1
                if tokens[k].text != ",":
                    break
        people = [self.clusters[n] for n in names]
        if len(names) < _PAIR or any(one.kind is SpeakerKind.ORGANISATION for one in people):
            return
        first = names[0].first
        weight = prominence(tokens, first, name.last, possessive=False, is_first=first <= 1)
        self.referents.mention(self.referents.together(people), sentence.number, names[0].span[0], weight)

    def _read_owned(self, name: Name, sentence: Sentence) -> None:
        """`Bell's campaign`, `the Bell campaign`: something of hers is spoken of as well."""
        tokens = sentence.tokens
        k = name.last + 1
        owner = self.clusters[name]
        if k >= len(tokens) or tokens[k].lower not in _OWNED or owner.kind is not SpeakerKind.PERSON:
            return
        first = name.first - 1 if name.first and tokens[name.first - 1].lower == "the" else name.first
        shown = as_written(tokens[first : k + 1], self._analysis.text)
        owned = self.referents.described_only(shown, SpeakerKind.ORGANISATION, key=self.key_of_owned(owner, tokens[k].lower))
        is_subject = k + 1 < len(tokens) and tokens[k + 1].lower in lexicon.CUES | lexicon.FINITE_VERBS | lexicon.AUXILIARIES
        self.referents.mention(owned, sentence.number, tokens[k].start, AS_SUBJECT if is_subject else AS_OBJECT)

    def key_of_owned(self, owner: Referent, noun: str) -> str | None:
        """By what `Ann Bell's campaign` and `the Bell campaign` are one in every article.

        It is the surname, unless two people of that name have one here.
        """
        surname = surname_of(owner.words).lower()
        if len(self._owners[surname, noun] | {owner}) == 1:
            return f"{surname} {noun}" if surname else None
        key = speaker_key(owner.words, owner.kind, owner.name)
        return f"{key} {noun}" if key else None

    def _read_group(self, group: Group, pronouns: Pronouns, last_speaker: Referent | None) -> None:
        tokens = group.sentence.tokens
        end = end_of_phrase(tokens, group.last)
        bare = end == group.first + 1 and tokens[group.first].lower in _POINTING
        referent = self.referents.last_of_noun(group.noun, group.kind) if bare else None
        if referent is None:
            shown = as_written(tokens[group.first : end + 1], self._analysis.text)
            opening = tokens[group.first].lower
            if opening in _OWNERS:
                owner = pronouns.owner(_OWNERS[opening], Place(group.sentence.number, group.offset), last_speaker)
                shown = owned_by(owner, as_written(tokens[group.first + 1 : end + 1], self._analysis.text)) or shown
            referent = self.referents.described_only(shown, group.kind)
            self.referents.file(referent, group.noun)
        referent.is_plural = group.kind is SpeakerKind.UNNAMED
        weight = prominence(tokens, group.first, group.last, possessive=False, is_first=group.first <= 1)
        self.referents.mention(referent, group.sentence.number, group.offset, max(weight, IN_PASSING))

    # --- beforehand -------------------------------------------------------------------------------

    def _others(self) -> Iterator[Group | tuple[Sentence, Token]]:
        for sentence in self._analysis.sentences:
            yield from groups(sentence)
            for token in sentence.tokens:
                if token.lower in _PERSONAL:
                    yield sentence, token

    def _describe(self) -> None:
        """Let everybody be found by what the article calls them, wherever it does."""
        for name in self._analysis.names:
            referent = self.clusters[name]
            for role in name.roles:
                self.referents.describe(referent, role)
            for title in name.titles:
                for noun in NOUNS_OF_TITLE.get(title, ()):
                    self.referents.file(referent, noun)
            if referent.kind is SpeakerKind.ORGANISATION:
                self._describe_organisation(referent)
            else:
                self._describe_owner(name, referent)

    def _describe_organisation(self, referent: Referent) -> None:
        last = referent.words[-1].lower()
        self.referents.file(referent, last)
        if last in NEWSPAPERS:
            self.referents.file(referent, "newspaper")

    def _describe_owner(self, name: Name, referent: Referent) -> None:
        tokens = self._analysis.sentences[name.sentence].tokens
        following = tokens[name.last + 1].lower if name.last + 1 < len(tokens) else ""
        if following in _OWNED and referent.words:
            self._owners[surname_of(referent.words).lower(), following].add(referent)
        for office in HEADS.get(following, ()) if name.possessive else ():
            self.referents.file(referent, office.split()[-1])


_PERSONAL = frozenset(pronoun + ending for pronoun in ("he", "she") for ending in ("", "'s", "’s", "'d", "’d", "'ll", "’ll"))
_OWNERS = {"his": "m", "her": "f"}
_PAIR = 2
_POINTING = frozenset({"the", "this", "that", "these", "those"})
_OWNED = frozenset({"campaign", "administration", "government", "team", "camp", "office", "company", "foundation"})


def _start(mention: _Mention) -> int:
    if isinstance(mention, Name):
        return mention.span[0]
    return mention.offset if isinstance(mention, Group) else mention[1].start
