"""Trains the network on one thread of a CPU, with a checkpoint after every epoch."""

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
from training.network import Network, from_base
from training.samples import Batch, Sample, batch, batches, sample, windows

BATCH = 8
ENCODER_RATE, HEAD_RATE, DECAY, CLIP, WARM_UP = 1.5e-4, 1e-3, 0.01, 1.0, 150
CUE_LOSS = 3.0
CHANGED = 0.5  # share of the articles that an epoch reads on another surface
AVERAGE_EVERY, AVERAGED = 4, 0.985  # steps between two looks, and how much of the average each keeps


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


def loss_of(network: Network, step: Batch) -> tuple[torch.Tensor, torch.Tensor]:
    """Cross entropy of the labels and of the roles around the cues."""
    labels, roles = network(step.features, step.mask, step.around, step.there, step.cue)
    flat = F.cross_entropy(labels.float().flatten(0, 1), step.labels.flatten(), ignore_index=-100)
    if not len(step.roles):
        return flat, flat.new_zeros(())
    return flat, F.cross_entropy(roles.float().flatten(0, 1), step.roles.flatten(), ignore_index=-100)


def held_out_loss(network: Network, samples: Sequence[Sample]) -> list[float]:
    """Both losses on articles that nothing is learned from."""
    network.eval()
    found = windows(samples, random.Random(0))
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        rows = [[float(x) for x in loss_of(network, batch(found[k : k + 16]))] for k in range(0, len(found), 16)]
    network.train()
    return [round(float(x), 4) for x in np.mean(rows, axis=0)]


@dataclass(frozen=True, slots=True)
class Run:
    """One training: warm-up, a level stretch, and a decay to nothing; it ends with its epochs or its steps."""

    seed: int
    epochs: int = 4
    steps: int = 2800
    decay_from: int = 1100

    def rate(self, step: int) -> float:
        """The share of the full learning rates for `step`."""
        if step >= self.decay_from:
            return max(0.0, (self.steps - step) / (self.steps - self.decay_from))
        return min(1.0, (step + 1) / min(WARM_UP, self.decay_from))


RUNS = (Run(seed=1), Run(seed=2))
TRIAL = (Run(seed=1, epochs=1, steps=60, decay_from=20),)  # finds whether everything is in place, and nothing else


def train(data: Path, base: Path, out: Path, run: Run) -> Path:
    """Train, with checkpoints after every epoch: the weights as they are, and averaged over the last steps. Returns the last average."""
    torch.manual_seed(0)  # every run begins with the same new parameters, so that the weights of several can be averaged
    torch.set_num_threads(1)
    draw = random.Random(run.seed)
    tokenizer = untruncated(base / "tokenizer.json")
    learned, kept = held_out(load(data / "train"))
    kept_samples = [sample(a.text, a.readings[0], tokenizer) for a in kept]
    network = from_base(base / "model.safetensors")
    torch.manual_seed(run.seed)
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
    started, done, written = time.monotonic(), 0, out
    for epoch in range(1, run.epochs + 1):
        found = windows(epoch_samples(learned, tokenizer, draw), draw)
        sums = np.zeros(3)
        for step in batches(found, BATCH, draw):
            if done >= run.steps:
                break
            for group in optimizer.param_groups:
                group["lr"] = group["full"] * run.rate(done)
            with torch.autocast("cpu", torch.bfloat16):
                flat, cue = loss_of(network, step)
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
        written = out / f"epoch{epoch}-average.pt"
        torch.save(network.state_dict(), out / f"epoch{epoch}.pt")
        torch.save(average, written)
        print(f"epoch {epoch} held out: {held_out_loss(network, kept_samples)}", flush=True)
    return written
