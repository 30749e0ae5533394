"""How sure an attribution of the network is, and from where on one is kept: what was measured when the weights were made."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

WEIGHTS = Path(__file__).parent / "weights"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A logistic regression on the signs of an attribution; `least` is the confidence from which on speech and attitude are kept."""

    name: str
    bias: float
    weights: Mapping[str, float]
    least: Mapping[str, float]

    @classmethod
    def read(cls, folder: Path = WEIGHTS) -> "Judgement":
        """The judgement that lies beside the weights, with their name and version."""
        numbers = json.loads((folder / "numbers.json").read_text(encoding="utf-8"))
        return cls(str(numbers["name"]), float(numbers["bias"]), numbers["weights"], numbers["least"])

    def confidence(self, signs: Mapping[str, float]) -> float:
        """The probability that content and source are right."""
        total = self.bias + sum(weight * signs.get(name, 0.0) for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-total))

    def keeps(self, confidence: float, signs: Mapping[str, float]) -> bool:
        """Whether one of this confidence is worth showing."""
        return confidence >= self.least["speech" if signs["speech"] else "attitude"]
