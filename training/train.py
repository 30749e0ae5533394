"""Trains the network on one thread of a CPU, with a checkpoint after every epoch."""

import json
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch.nn import functional as F  # noqa: N812 - its usual name

from training.augmentation import other_surface
from training.corpus import Annotated, held_out, load
from training.network import Network, from_base, mean_of, trained
from training.samples import Batch, Sample, batch, batches, sample, windows

BATCH = 8
ENCODER_RATE, HEAD_RATE, DECAY, CLIP, WARM_UP = 1.5e-4, 1e-3, 0.01, 1.0, 150
CUE_LOSS = 3.0
TAUGHT = 0.5  # share of the loss that comes from teachers, if there are any
CHANGED = 0.5  # share of the articles that an epoch reads on another surface
AVERAGE_EVERY, AVERAGED = 4, 0.985  # steps between two looks, and how much of the average each keeps
SETTLED = 200  # steps after which the pace is known
LEVEL = 0.4  # share of the steps before the decay


def untruncated(path: Path) -> Tokenizer:
    """The tokenizer without the length limit and the padding of the base model."""
    tokenizer = Tokenizer.from_file(str(path))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def epoch_samples(articles: Sequence[Annotated], tokenizer: Tokenizer, draw: random.Random) -> list[Sample]:
    """Every article once, one with several annotators twice, each time as one of them read it."""
    found = []
    for article in articles:
        readings = list(article.readings)
        for reading in draw.sample(readings, min(2, len(readings))):
            text, annotations = article.text, reading
            if draw.random() < CHANGED:
                text, annotations = other_surface(text, annotations, draw)
            found.append(sample(text, annotations, tokenizer))
    return found


def loss_of(network: Network, step: Batch, teachers: Sequence[Network] = ()) -> tuple[torch.Tensor, torch.Tensor]:
    """Cross entropy of the labels and of the roles around the cues.

    With teachers, half of what is to be learned is what they believe on average (Hinton et al. 2015, "Distilling the
    knowledge in a neural network"): annotators agree on three quarters of the attributions only.
    """
    labels, roles = network(step.features, step.mask, step.around, step.there, step.cue)
    with torch.no_grad():
        taught = [teacher(step.features, step.mask, step.around, step.there, step.cue) for teacher in teachers]
    flat = _cross_entropy(labels, step.labels, [one for one, _ in taught])
    if not len(step.roles):
        return flat, flat.new_zeros(())
    return flat, _cross_entropy(roles, step.roles, [one for _, one in taught])


def _cross_entropy(logits: torch.Tensor, marked: torch.Tensor, taught: Sequence[torch.Tensor]) -> torch.Tensor:
    """Against what annotators marked (-100: nothing is to be learned), and against what teachers believe."""
    logits, kept = logits.float().flatten(0, 1), marked.flatten() != -100
    loss = F.cross_entropy(logits[kept], marked.flatten()[kept])
    if not taught:
        return loss
    beliefs = torch.stack([one.float().flatten(0, 1)[kept].softmax(-1) for one in taught]).mean(0)
    return (1 - TAUGHT) * loss + TAUGHT * F.cross_entropy(logits[kept], beliefs)


def held_out_loss(network: Network, samples: Sequence[Sample]) -> list[float]:
    """Both losses on articles that nothing is learned from."""
    network.eval()
    found = windows(samples, random.Random(0))
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        rows = [[float(x) for x in loss_of(network, batch(found[k : k + 16]))] for k in range(0, len(found), 16)]
    network.train()
    return [round(float(x), 4) for x in np.mean(rows, axis=0)]


@dataclass(slots=True)
class Schedule:
    """Warm-up, a level stretch, and a decay to nothing that begins where the time given runs out, or where a log says it did."""

    minutes: float
    decay_from: int | None = None
    steps: int | None = None
    full: float = 1.0

    def rate(self, step: int, seconds: float) -> float:
        """The share of the full learning rate for `step`, `seconds` into the training."""
        if self.decay_from is None and step >= SETTLED:
            possible = round(step * self.minutes * 60 / seconds)
            if step >= LEVEL * possible:
                self.decay_from, self.steps = step, max(possible, step + SETTLED)
                print(json.dumps({"decay_from": self.decay_from, "steps": self.steps}), flush=True)
        if self.decay_from is not None and self.steps is not None and step >= self.decay_from:
            return self.full * max(0.0, (self.steps - step) / (self.steps - self.decay_from))
        return self.full * min(1.0, (step + 1) / min(WARM_UP, self.decay_from or WARM_UP))


def train(data: Path, base: Path, out: Path, seed: int, schedule: Schedule, teachers: Sequence[Path] = ()) -> list[Path]:
    """Train with a checkpoint after every epoch; with `teachers`, begin from the mean of their weights and learn from them as well.

    Returns the last two: the weights as they are, and averaged over the last steps.
    """
    torch.manual_seed(0)  # every run begins with the same new parameters, so that the weights of several can be averaged
    torch.set_num_threads(1)
    draw = random.Random(seed)
    tokenizer = untruncated(base / "tokenizer.json")
    learned, kept = held_out(load(data / "train"))
    kept_samples = [sample(a.text, a.readings[0], tokenizer) for a in kept]
    teaching = [trained(path).eval() for path in teachers]
    network = mean_of(teaching) if teaching else from_base(base / "model.safetensors")
    torch.manual_seed(seed)
    average = {name: p.detach().clone() for name, p in network.state_dict().items()}
    features = ("label", "case", "state", "place")
    learning = {n: p for n, p in network.named_parameters() if p.requires_grad}
    slow = [p for n, p in learning.items() if n.startswith("encoder.") and not n.removeprefix("encoder.").startswith(features)]
    fast = [p for n, p in learning.items() if not n.startswith("encoder.") or n.removeprefix("encoder.").startswith(features)]
    optimizer = torch.optim.AdamW(
        [{"params": slow, "lr": ENCODER_RATE, "full": ENCODER_RATE}, {"params": fast, "lr": HEAD_RATE, "full": HEAD_RATE}],
        weight_decay=DECAY,
        fused=True,
    )
    out.mkdir(parents=True, exist_ok=True)
    started, done, epoch = time.monotonic(), 0, 0
    while schedule.steps is None or done < schedule.steps:
        epoch += 1
        found = windows(epoch_samples(learned, tokenizer, draw), draw)
        sums = np.zeros(3)
        for step in batches(found, BATCH, draw):
            share = schedule.rate(done, time.monotonic() - started)
            if schedule.steps is not None and done >= schedule.steps:
                break
            for group in optimizer.param_groups:
                group["lr"] = group["full"] * share
            with torch.autocast("cpu", torch.bfloat16):
                flat, cue = loss_of(network, step, teaching)
            (flat + CUE_LOSS * cue).backward()
            torch.nn.utils.clip_grad_norm_([*slow, *fast], CLIP)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            done += 1
            if done % AVERAGE_EVERY == 0:
                keep = min(AVERAGED, done / (done + 80))
                with torch.no_grad():
                    for name, p in learning.items():
                        average[name].lerp_(p, 1 - keep)
            sums += flat.item(), cue.item(), 1
            if done % 50 == 0 or done in {5, 20}:
                means = sums[:2] / sums[2]
                seconds = time.monotonic() - started
                print(f"{epoch} {done} flat {means[0]:.4f} cue {means[1]:.4f} {seconds:.0f}s {time.process_time():.0f}cpu", flush=True)
                sums[:] = 0
        written = [out / f"epoch{epoch}.pt", out / f"epoch{epoch}-average.pt"]
        torch.save(network.state_dict(), written[0])
        torch.save(average, written[1])
        print(f"epoch {epoch} held out: {held_out_loss(network, kept_samples)}", flush=True)
    return written
