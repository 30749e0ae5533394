"""Teaches the encoder which quotes answer a question, on one thread of a CPU.

Its lower layers stay as they are, so what they make of a text is computed once. The upper ones learn from lists of quotes, of which
some are about the question and the others are not, though they stand beside those or look alike (a softmax over the list).
"""

import math
import random
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - its usual name

from bot.asking.words import topic_words
from bot.embedding.network import Floats, Ints
from training.embedding.passages import Passages
from training.embedding.questions import DIRECT, NEGATIVE, Judged
from training.network import WIDTH, Encoder

_KEPT: Final = 4  # layers that stay as they are
_AT_ONCE, _PIECES = 16, 64  # sequences computed at once; pieces of a question that are read
_QUESTIONS = 6  # of one set in a step
_RELEVANT, _ALIKE, _OTHERS, _WINDOWS = 20, 10, 12, 90  # quotes of a question and windows of a step, at most
_HARDEST = 60
_OWN = 0.65  # the quote's own share of its nearness to a question; the rest is its paragraph's
_RELATED = 0.4  # what a quote counts that is related
_SHARPNESS = 20.0
_UNSTOPPED = 0.4  # share of the questions that are read without their stop words
_DECAY, _CLIP, _WARM_UP = 0.01, 1.0, 20
_MIXED = 0.6
"""The share of what was learned in what ships; the rest is the base (Wortsman et al. 2022, "Robust fine-tuning")."""


@dataclass(frozen=True, slots=True)
class Round:
    """A stretch of learning from some sets. The rate falls as if there were `planned` epochs, of which only the first are done."""

    sets: tuple[int, ...]
    epochs: int
    planned: int
    rate: float
    seed: int = 1


ROUNDS: Final = (Round((3, 4, 5, 7), 2, 5, 2e-4), Round((3, 4, 5, 7, 8), 3, 3, 1.2e-4))


@dataclass(frozen=True, slots=True)
class Lesson:
    """A set as it is learned from: what the lower layers make of its windows and questions, and which quotes answer the latter."""

    passages: Passages
    windows: Sequence[Tensor]
    asked: Sequence[Tensor]
    words: Sequence[Tensor]
    grades: Sequence[Mapping[int, int]]


def upper(encoder: Encoder) -> nn.ModuleList:
    """The layers that learn."""
    return nn.ModuleList(encoder.layers[_KEPT:])


def lesson(encoder: Encoder, tokenizer: Tokenizer, passages: Passages, questions: Sequence[Judged]) -> Lesson:
    """A set of questions about these articles; those that none of them answers are left out."""
    graded = [(one.about, {passages.places[quote]: g for quote, g in one.grades.items() if quote in passages.places}) for one in questions]
    answered = [(about, grades) for about, grades in graded if grades]
    typed = [tokenizer.encode(about).ids[:_PIECES] for about, _ in answered]
    words = [tokenizer.encode(" ".join(topic_words(about))).ids[:_PIECES] for about, _ in answered]
    return Lesson(
        passages, below(encoder, passages.windows), below(encoder, typed), below(encoder, words), [grades for _, grades in answered]
    )


@torch.no_grad()
def below(encoder: Encoder, sequences: Sequence[Sequence[int]]) -> list[Tensor]:
    """What the lower layers make of sequences of pieces: states [T, 384] of each."""
    found: dict[int, Tensor] = {}
    order = sorted(range(len(sequences)), key=lambda place: len(sequences[place]))
    for first in range(0, len(order), _AT_ONCE):
        places = order[first : first + _AT_ONCE]
        ids, mask = _padded([torch.tensor(sequences[place])[:, None] for place in places])
        x = encoder.norm(encoder.words(ids[..., 0].long()) + encoder.positions.weight[: ids.shape[1]] + encoder.kind)
        for layer in encoder.layers[:_KEPT]:
            x = layer(x, mask)
        found |= {place: x[row, : len(sequences[place])].bfloat16().clone() for row, place in enumerate(places)}
    return [found[place] for place in range(len(sequences))]


def vectors(layers: nn.ModuleList, windows: Sequence[Tensor], groups: Sequence[Ints]) -> Floats:
    """The vectors [N, 384] of groups of pieces, of length one."""
    with torch.no_grad():
        states = [_states(layers, windows[first : first + _AT_ONCE])[0] for first in range(0, len(windows), _AT_ONCE)]
        longest = max(state.shape[1] for state in states)
        whole = torch.cat([F.pad(state, (0, 0, 0, longest - state.shape[1])) for state in states])
        return np.asarray(_pooled(whole, range(len(windows)), groups).numpy(), dtype=np.float32)


def learn(encoder: Encoder, lessons: Mapping[int, Lesson], rounds: Sequence[Round]) -> None:
    """Teach the encoder's upper layers, and mix what they learned with what they were."""
    torch.set_num_threads(1)
    layers = upper(encoder)
    before = {name: value.clone() for name, value in layers.state_dict().items()}
    for one in rounds:
        _round(layers, [lessons[number] for number in one.sets], one)
    layers.load_state_dict({name: torch.lerp(before[name], value, _MIXED) for name, value in layers.state_dict().items()})


def _round(layers: nn.ModuleList, lessons: Sequence[Lesson], one: Round) -> None:
    draw = random.Random(one.seed)
    hardest = [_nearest(layers, it) for it in lessons]
    optimizer = torch.optim.AdamW(layers.parameters(), lr=one.rate, weight_decay=_DECAY)
    steps = sum(math.ceil(len(it.grades) / _QUESTIONS) for it in lessons)
    done, started, losses = 0, time.monotonic(), []
    for _ in range(one.epochs):
        plan = [(place, questions) for place, it in enumerate(lessons) for questions in _grouped(len(it.grades), draw)]
        draw.shuffle(plan)
        for place, questions in plan:
            done += 1
            for group in optimizer.param_groups:
                group["lr"] = one.rate * min(1, done / _WARM_UP) * (1 - done / (steps * one.planned + 1))
            loss = _loss(layers, lessons[place], questions, hardest[place], draw)
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(layers.parameters(), _CLIP)
            optimizer.step()
            losses.append(loss.item())
        print(f"{done} of {steps * one.planned} steps, loss {np.mean(losses):.3f}, {time.monotonic() - started:.0f} s", flush=True)
        losses.clear()


def _grouped(count: int, draw: random.Random) -> list[list[int]]:
    order = draw.sample(range(count), count)
    return [order[first : first + _QUESTIONS] for first in range(0, count, _QUESTIONS)]


def _nearest(layers: nn.ModuleList, it: Lesson) -> list[list[int]]:
    """For each question the quotes that lie nearest to it before it is learned."""
    quotes = vectors(layers, it.windows, it.passages.quotes)
    paragraphs = vectors(layers, it.windows, it.passages.paragraphs)[it.passages.paragraph_of]
    with torch.no_grad():
        asked = np.asarray(_of_questions(layers, it.asked).numpy())
    scores = asked @ (_OWN * quotes + (1 - _OWN) * paragraphs).T
    return [np.argsort(-row)[:_HARDEST].tolist() for row in scores]


def _loss(layers: nn.ModuleList, it: Lesson, questions: Sequence[int], hardest: Sequence[Sequence[int]], draw: random.Random) -> Tensor:
    """How far the quotes in some windows are from being ranked as they were judged, for a few questions at once."""
    windows = _drawn(it, questions, hardest, draw)
    rows = {window: row for row, window in enumerate(windows)}
    states, _ = _states(layers, [it.windows[window] for window in windows])
    seen = [place for place, pieces in enumerate(it.passages.quotes) if any(window in rows for window in pieces[:, 0].tolist())]
    own = _pooled(states, windows, [it.passages.quotes[place] for place in seen])
    around = _pooled(states, windows, [it.passages.paragraphs[it.passages.paragraph_of[place]] for place in seen])
    asked = _of_questions(layers, [(it.words if draw.random() < _UNSTOPPED else it.asked)[question] for question in questions])
    scores = _SHARPNESS * (_OWN * (asked @ own.T) + (1 - _OWN) * (asked @ around.T))
    gains = torch.tensor([[_gain(it.grades[question].get(place, 0)) for place in seen] for question in questions])
    there = gains.sum(1) > 0
    wanted = gains[there] / gains[there].sum(1, keepdim=True)
    return -(wanted * F.log_softmax(scores[there], dim=1)).sum() / max(1, int(there.sum()))


def _drawn(it: Lesson, questions: Sequence[int], hardest: Sequence[Sequence[int]], draw: random.Random) -> list[int]:
    """Windows with quotes that answer the questions, with such as look alike, and with others."""
    found = set(draw.sample(range(len(it.windows)), min(_OTHERS, len(it.windows))))
    for question in questions:
        relevant = list(it.grades[question])
        alike = hardest[question]
        for place in (*draw.sample(relevant, min(_RELEVANT, len(relevant))), *draw.sample(alike, min(_ALIKE, len(alike)))):
            found.update(it.passages.quotes[place][:, 0].tolist())
    return sorted(draw.sample(sorted(found), min(_WINDOWS, len(found))))


def _gain(grade: int) -> float:
    return {0: 0.0, DIRECT: 1.0}.get(grade, _RELATED)


def _padded(sequences: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    """Sequences [T, D] as one batch [B, T, D], and where it holds something [B, T]."""
    x = nn.utils.rnn.pad_sequence(list(sequences), batch_first=True)
    lengths = torch.tensor([len(one) for one in sequences])
    return x, torch.arange(x.shape[1])[None] < lengths[:, None]


def _states(layers: nn.ModuleList, sequences: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    """The states [B, T, 384] behind the upper layers, and where there is a piece."""
    x, mask = _padded(sequences)
    with torch.autocast("cpu", torch.bfloat16):
        for layer in layers:
            x = layer(x, mask)
    return x.float(), mask


def _of_questions(layers: nn.ModuleList, sequences: Sequence[Tensor]) -> Tensor:
    x, mask = _states(layers, sequences)
    return F.normalize((x * mask[..., None]).sum(1), dim=-1)


def _pooled(states: Tensor, windows: Sequence[int], groups: Sequence[Ints]) -> Tensor:
    """The vectors [N, 384] of groups of pieces, as far as they are in these windows."""
    rows = {window: row for row, window in enumerate(windows)}
    found = [
        (rows[window] * states.shape[1] + piece, place)
        for place, pieces in enumerate(groups)
        for window, piece in pieces.tolist()
        if window in rows
    ]
    at, of = torch.tensor(found).T
    # index_select: the backward pass of states[rows, pieces] is serial and ten times slower
    picked = states.flatten(0, 1).index_select(0, at)
    return F.normalize(torch.zeros(len(groups), WIDTH).index_add(0, of, picked), dim=-1)


def answerable(questions: Sequence[Judged]) -> list[Judged]:
    """The questions to which there is an answer."""
    return [one for one in questions if one.kind != NEGATIVE]
