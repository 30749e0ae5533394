"""Annotated news as the product stores it: the annotators' spans in the place of a tagger's, the rest by the engine."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bot.quoting.attributions import Analysis, Attribution
from training.corpus import Annotation, load

_CERTAIN = 1.0


class NotAnnotated(Exception):
    """There is no annotated news where it was looked for; the message says what is missing."""


@dataclass(frozen=True, slots=True)
class AnnotatedArticle:
    """An article with the attributions that its first annotator marked, in text order; `path` is the file with its text."""

    id: str
    path: Path
    text: str
    quotes: tuple[Annotation, ...]

    @property
    def publisher(self) -> str:
        """What stands before the first underscore of its id."""
        return self.id.split("_")[0]

    @property
    def published(self) -> datetime:
        """The day between the first two underscores of its id, at midnight UTC."""
        return datetime.strptime(self.id.split("_")[1], "%Y-%m-%d").replace(tzinfo=UTC)


def articles(data: Path, split: str, only: Collection[str] | None = None) -> list[AnnotatedArticle]:
    """The articles of one split (`text/` and `attributions/` in brat's stand-off form), or `only` those with these ids.

    Raises NotAnnotated.
    """
    folder = data / split
    for needed in (folder, folder / "text", folder / "attributions"):
        if not needed.is_dir():
            raise NotAnnotated(f"There is no folder {needed}: give a folder with annotated news, and the name of a split in it.")
    try:
        read = load(folder)
        found = [AnnotatedArticle(one.name, folder / "text" / f"{one.name}.txt", one.text, one.readings[0]) for one in read]
        for article in found:
            _ = article.published
    except (OSError, ValueError, IndexError, KeyError) as error:
        raise NotAnnotated(f"{folder} holds something that is no annotated news: {error}") from error
    if not found:
        raise NotAnnotated(f"There is no annotated article in {folder}.")
    if only is None:
        return found
    if unknown := set(only) - {article.id for article in found}:
        raise NotAnnotated(f"{folder} has no article {', '.join(sorted(unknown)[:3])}{' and others' if len(unknown) > 3 else ''}.")
    return [article for article in found if article.id in only]


class GoldTagger:
    """Gives the annotators' attributions of the texts that they read."""

    name = "gold"

    def __init__(self, known: Sequence[AnnotatedArticle]) -> None:
        self._quotes: Mapping[str, Sequence[Annotation]] = {article.text: article.quotes for article in known}

    def attributions(self, analysis: Analysis) -> list[Attribution]:
        """The attributions of one text, with the contents of some of them in those of others."""
        return [Attribution(one.content, one.source, one.cue, _CERTAIN) for one in self._quotes[analysis.text]]
