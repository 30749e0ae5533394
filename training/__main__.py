"""Makes the weights: `python -m training --corpora FOLDER`. What it needs is the dependency group `training`."""

import argparse
import json
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import torch

from bot.quoting.attributions import Analysis
from bot.quoting.judging import WEIGHTS
from bot.quoting.learned import LearnedTagger
from training.base import base_model
from training.calibration import calibrate
from training.corpus import Annotated, held_out, load
from training.export import export
from training.measure import joint, row_of, score, scorers
from training.network import mean_of, trained
from training.train import RUNS, TRIAL, Run, train, untruncated


def main() -> None:
    """Train, export the mean of the runs, calibrate it, and report on the development articles."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with polnear/ and score_quotes.py")
    parser.add_argument("--out", type=Path, default=Path("build/training"), help="where checkpoints go")
    parser.add_argument("--weights", type=Path, help="where the weights go, if not where they are read from")
    parser.add_argument("--name", default="learned-1", help="name and version that the tagger gives itself")
    parser.add_argument("--trial", action="store_true", help="train for three minutes, to see that everything is in place")
    parser.add_argument("--checkpoint", type=Path, help="train nothing; export and calibrate this one")
    given = parser.parse_args()
    weights = given.weights or (given.out / "weights" if given.trial else WEIGHTS)
    data = given.corpora / "polnear"
    checkpoint = given.checkpoint or _trained(data, base_model(), given.out, TRIAL if given.trial else RUNS)
    export(checkpoint, weights)
    untruncated(base_model() / "tokenizer.json").save(str(weights / "tokenizer.json"), pretty=False)
    scorer = scorers(given.corpora)
    kept = held_out(load(data / "train"))[1]
    calibrate(weights, kept, scorer, given.name)
    print(json.dumps({"held out": joint(score(scorer, kept, _read(weights, kept)))}), flush=True)
    dev = load(data / "dev")
    scorer.show(score(scorer, dev, _read(weights, dev)))


def _trained(data: Path, base: Path, out: Path, runs: Sequence[Run]) -> Path:
    """Train all at once, one thread each; the checkpoint of the mean of their weights."""
    with ProcessPoolExecutor(len(runs)) as processes:
        begun = [processes.submit(train, data, base, out / f"run{run.seed}", run) for run in runs]
        networks = [trained(checkpoint.result()) for checkpoint in begun]
    torch.save(mean_of(networks).state_dict(), out / "mean.pt")
    return out / "mean.pt"


def _read(weights: Path, articles: list[Annotated]) -> dict[str, list[dict[str, list[list[int]]]]]:
    tagger = LearnedTagger(weights)
    return {a.name: [row_of(found) for found in tagger.attributions(Analysis(a.text))] for a in articles}


if __name__ == "__main__":
    main()
