"""The network: a small BERT that labels every word piece, and a head that finds source and content of one cue.

Base: all-MiniLM-L6-v2 (6 layers, 384 wide). What the vocabulary loses (case) and what a window cannot
see (quotation marks opened before it, line breaks) is added to the word embeddings.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812 - its usual name

from bot.quoting.pieces import CASES, PLACES, STATES
from training.samples import LABELS, REACH

WIDTH, LAYERS, HEADS, INNER, WORDS, POSITIONS = 384, 6, 12, 1536, 30522, 512
NARROW, NARROW_HEADS, NARROW_INNER = 192, 4, 384
ROLES = 3  # other, source, content
BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


class Dropout(nn.Module):
    """Dropout that draws its mask as bytes: torch draws a double for each element, which on a CPU costs a tenth of a step."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.threshold = round(share * 256)
        self.draw: np.random.Generator | None = None

    def forward(self, x: Tensor) -> Tensor:
        """Leave out a share of `x` while training."""
        if not self.training or not self.threshold:
            return x
        if self.draw is None:  # each place draws for itself, from the seed of the run
            self.draw = np.random.default_rng(int(torch.randint(2**31, ())))
        kept = torch.from_numpy(self.draw.integers(0, 256, x.numel(), dtype=np.uint8)).view(x.shape) >= self.threshold
        return x * (kept * (256 / (256 - self.threshold))).to(x.dtype)


class Layer(nn.Module):
    """One transformer layer, normalised after each half as BERT does."""

    def __init__(self, width: int, heads: int, inner: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)
        self.dropout = Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """States [B, T, width] to states; `mask` [B, T] is true where there is a piece."""
        rows, length, width = x.shape
        q, k, v = self.qkv(x).view(rows, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        # by hand: on a CPU in bfloat16 the backward pass of scaled_dot_product_attention takes three times as long
        scores = q @ k.transpose(-1, -2) * (width // self.heads) ** -0.5
        if mask is not None:
            scores = scores.masked_fill(~mask[:, None, None, :], -1e4)
        attended = scores.softmax(-1).to(v.dtype) @ v
        x = self.norm1(x + self.dropout(self.out(attended.transpose(1, 2).reshape(rows, length, width))))
        found: Tensor = self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))
        return found


class Encoder(nn.Module):
    """Pieces with their features [4, B, T] to states [B, T, 384] and label logits [B, T, 7]."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(WORDS, WIDTH)
        self.words.weight.requires_grad = False
        self.positions = nn.Embedding(POSITIONS, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.case, self.state, self.place = (nn.Embedding(n, WIDTH) for n in (CASES, STATES, PLACES))
        for feature in (self.case, self.state, self.place):
            nn.init.normal_(feature.weight, std=0.01)
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = Dropout(dropout)
        self.layers = nn.ModuleList(Layer(WIDTH, HEADS, INNER, dropout) for _ in range(LAYERS))
        self.label = nn.Linear(WIDTH, LABELS)

    def forward(self, features: Tensor, mask: Tensor | None) -> tuple[Tensor, Tensor]:
        """States and label logits."""
        ids, case, state, place = features
        x = self.words(ids) + self.positions.weight[: ids.shape[1]] + self.kind
        x = self.dropout(self.norm(x + self.case(case) + self.state(state) + self.place(place)))
        for layer in self.layers:
            x = layer(x, mask)
        return x, self.label(x)


class CueHead(nn.Module):
    """States around a cue [K, R, 192] (projected once for all cues) to logits of the roles [K, R, 3]."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.project = nn.Linear(WIDTH, NARROW)
        self.of_cue = nn.Linear(NARROW, NARROW)
        self.distance = nn.Embedding(2 * REACH + 1, NARROW)
        self.member = nn.Parameter(torch.zeros(NARROW))
        self.norm = nn.LayerNorm(NARROW)
        self.layer = Layer(NARROW, NARROW_HEADS, NARROW_INNER, dropout)
        self.role = nn.Linear(NARROW, ROLES)
        nn.init.normal_(self.distance.weight, std=0.02)
        nn.init.normal_(self.member, std=0.02)

    def forward(self, x: Tensor, there: Tensor, cue: Tensor) -> Tensor:
        """`there` and `cue` are 1 where there is a piece and where it belongs to the cue, else 0."""
        member = cue.to(x.dtype).unsqueeze(-1)
        mean = (x * member).sum(1, keepdim=True) / member.sum(1, keepdim=True).clamp(min=1)
        x = self.norm(x + self.of_cue(mean) + self.distance.weight + member * self.member)
        roles: Tensor = self.role(self.layer(x, there))
        return roles


class Network(nn.Module):
    """Both, as they are trained together."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(dropout)
        self.head = CueHead(dropout)

    def forward(self, features: Tensor, mask: Tensor, around: Tensor, there: Tensor, cue: Tensor) -> tuple[Tensor, Tensor]:
        """Label logits [B, T, 7] and role logits [K, R, 3]."""
        states, labels = self.encoder(features, None if bool(mask.all()) else mask)
        narrow = self.head.project(states).flatten(0, 1)
        # index_select, not narrow[around]: the backward pass of the latter is serial and ten times slower
        surroundings = narrow.index_select(0, around.flatten()).view(*around.shape, NARROW)
        return labels, self.head(surroundings, there, cue)


def from_base(path: Path) -> Network:
    """A network that begins with the weights of all-MiniLM-L6-v2 (`model.safetensors` at `path`), checked by its hash."""
    if hashlib.sha256(path.read_bytes()).hexdigest() != BASE_SHA256:
        raise ValueError(f"{path} is not the base model that this was made for.")
    base = load_file(path)
    network = Network()
    encoder = network.encoder
    encoder.words.weight.data.copy_(base["embeddings.word_embeddings.weight"])
    encoder.positions.weight.data.copy_(base["embeddings.position_embeddings.weight"])
    encoder.kind.data.copy_(base["embeddings.token_type_embeddings.weight"][0])
    _copy(encoder.norm, base, "embeddings.LayerNorm")
    for k, layer in enumerate(encoder.layers):
        prefix = f"encoder.layer.{k}"
        for what in ("weight", "bias"):
            parts = [base[f"{prefix}.attention.self.{part}.{what}"] for part in ("query", "key", "value")]
            getattr(layer.qkv, what).data.copy_(torch.cat(parts))
        for ours, theirs in (
            ("out", "attention.output.dense"),
            ("norm1", "attention.output.LayerNorm"),
            ("up", "intermediate.dense"),
            ("down", "output.dense"),
            ("norm2", "output.LayerNorm"),
        ):
            _copy(getattr(layer, ours), base, f"{prefix}.{theirs}")
    return network


def trained(checkpoint: Path) -> Network:
    """The network of a checkpoint."""
    network = Network()
    network.load_state_dict(torch.load(checkpoint, weights_only=True))
    return network


def mean_of(networks: Sequence[Network]) -> Network:
    """The mean of the weights of several networks that began alike (Wortsman et al. 2022, "Model soups")."""
    states = [network.state_dict() for network in networks]
    found = Network()
    found.load_state_dict({name: torch.stack([state[name] for state in states]).mean(0) for name in states[0]})
    return found


def _copy(module: nn.Module, base: dict[str, Tensor], name: str) -> None:
    for what in ("weight", "bias"):
        getattr(module, what).data.copy_(base[f"{name}.{what}"])
