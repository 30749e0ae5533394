"""Makes weights for `bot/embedding`: `python -m training.embedding --corpora FOLDER`. What it needs is the dependency group `training`."""

import argparse
import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
import torch
from tokenizers import Tokenizer

from bot.asking.ranking import Weights
from bot.embedding.embedder import Embedder, packed
from bot.embedding.network import Floats
from bot.embedding.shipped import NAME
from training.base import base_model
from training.corpus import Annotated, load
from training.embedding import related
from training.embedding.export import cells, principal, write
from training.embedding.fit import fitted
from training.embedding.learning import ROUNDS, Lesson, Round, answerable, learn, lesson, upper, vectors
from training.embedding.passages import passages
from training.embedding.questions import FITTED, key_of, read
from training.network import Encoder, from_base
from training.train import untruncated

_ALL: Final = tuple(range(9))


@dataclass(frozen=True, slots=True)
class Plan:
    """What is made of what: the rounds of learning, the sets whose texts span the space, those to fit by, and how much of each is taken."""

    rounds: Sequence[Round] = ROUNDS
    spanning: tuple[int, ...] = (3, 4, 5, 6, 7, 8)
    fitted: tuple[int, ...] = FITTED
    articles: int | None = None
    words: int | None = None


_TRIAL: Final = Plan((Round((3,), 1, 1, 2e-4),), (3,), (0,), articles=30, words=500)  # finds whether everything is in place


def main() -> None:
    """Teach the encoder, export it with its space and its related words, and weigh the signs of relevance with it."""
    parser = argparse.ArgumentParser(prog="python -m training.embedding", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with polnear/")
    parser.add_argument("--out", type=Path, default=Path("build/embedding"), help="where the weights go")
    parser.add_argument("--words", type=Path, default=related.DICTIONARY, help="a list of English words, one a line")
    parser.add_argument("--name", default=NAME, help="name and version of the space, which stored vectors carry")
    parser.add_argument("--trial", action="store_true", help="learn next to nothing, to see that everything is in place")
    given = parser.parse_args()
    if not given.words.is_file():
        parser.error(f"There is no list of words at {given.words}: install one (Debian's package is wamerican), or name it with --words.")
    plan = _TRIAL if given.trial else Plan()
    torch.manual_seed(1)
    torch.set_num_threads(1)
    given.out.mkdir(parents=True, exist_ok=True)
    articles = load(given.corpora / "polnear" / "train")
    encoder, tokenizer = _encoder(), untruncated(base_model() / "tokenizer.json")
    lessons = _lessons(encoder, tokenizer, articles, plan)
    learn(encoder, lessons, plan.rounds)
    _export(given.out, encoder, [lessons[number] for number in plan.spanning], given.name)
    embedder = Embedder(given.out)
    known = related.words((article.text for article in articles), tokenizer.get_vocab(), given.words)[: plan.words]
    table = related.table(known, np.stack([embedder.of_question(word) for word in known]))
    (given.out / "related.json").write_text(json.dumps(table, separators=(",", ":")), encoding="utf-8")
    print(f"{len(table):,} of {len(known):,} words have relatives", flush=True)
    weights = asyncio.run(_weights(given.corpora / "polnear", embedder, plan))
    print(f"Ranked by {weights}; bot/asking/ranking.py has {Weights()}.")


def _encoder() -> Encoder:
    """The base model, without what quoting adds to the vectors of words."""
    encoder = from_base(base_model() / "model.safetensors").encoder.eval()
    for feature in (encoder.case, encoder.state, encoder.place):
        torch.nn.init.zeros_(feature.weight)
    return encoder


def _lessons(encoder: Encoder, tokenizer: Tokenizer, articles: Sequence[Annotated], plan: Plan) -> Mapping[int, Lesson]:
    found = {}
    for number in sorted({*plan.spanning, *(number for one in plan.rounds for number in one.sets)}):
        questions = read(number)
        about = [article for article in articles if key_of(article.name) in questions.articles][: plan.articles]
        found[number] = lesson(encoder, tokenizer, passages(about, tokenizer), answerable(questions.questions))
        print(f"set {number}: {len(about)} articles, {len(found[number].grades)} questions", flush=True)
    return found


def _export(folder: Path, encoder: Encoder, lessons: Sequence[Lesson], name: str) -> None:
    layers = upper(encoder)
    groups = ((it, which) for it in lessons for which in (it.passages.quotes, it.passages.paragraphs))
    every = np.concatenate([vectors(layers, it.windows, which) for it, which in groups])
    every = every[np.linalg.norm(every, axis=1) > 0]
    projection, centre = principal(every)
    write(folder, encoder, projection, name=name, centre=centre.tolist())
    (folder / "cells.bin").write_bytes(packed(cells(_unit(_unit(every @ projection) - centre))))


def _unit(vectors: Floats) -> Floats:
    found: Floats = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return found


async def _weights(data: Path, embedder: Embedder, plan: Plan) -> Weights:
    trial = plan is _TRIAL
    sets = [read(number) for number in plan.fitted]
    negatives = [] if trial else [read(number) for number in _ALL if number not in plan.fitted]
    if trial:
        sets = [replace(one, questions=one.questions[::6]) for one in sets]
    return await fitted(data, embedder, sets, negatives, trial=trial)


if __name__ == "__main__":
    main()
