"""The encoder: MiniLM-L6 with a word-shape embedding and one head a layer of grammar or attribution."""

from __future__ import annotations

import math
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from standoff.read.encoder.pieces import NO_SHAPE

HIDDEN, LAYERS, HEADS, INNER = 384, 6, 12, 1536
HEAD = HIDDEN // HEADS
"""Width of one attention head, which pruning leaves as it is."""
REACH = 64
"""Distances in words beyond this are the same to the relation heads."""
RELATIONS = {"arc": 192, "cue": 128, "source": 128}
"""Pointing heads and their widths: dependency head, content to cue, cue to source."""
BIO = 3


class Layer(nn.Module):
    """One transformer layer as BERT has it (normalised after), with so many heads and inner neurons."""

    def __init__(self, dropout: float, heads: int, inner: int) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(HIDDEN, 3 * heads * HEAD)
        self.out = nn.Linear(heads * HEAD, HIDDEN)
        self.norm1 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.up = nn.Linear(HIDDEN, inner)
        self.down = nn.Linear(inner, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor | None, export: bool) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.heads_of(x)
        if export:
            # Exported networks read one window at a time: nothing is padded, so nothing is masked.
            mixed = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(HEAD), dim=-1) @ v
        else:
            mixed = functional.scaled_dot_product_attention(
                q, k, v, attn_mask=None if bias is None else bias.to(q.dtype)
            )
        mixed = mixed.transpose(1, 2).reshape(batch, length, self.heads * HEAD)
        x = self.norm1(x + self.drop(self.out(mixed)))
        return self.norm2(x + self.drop(self.down(functional.gelu(self.up(x)))))

    def heads_of(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Queries, keys and values, each (batch, heads, pieces, HEAD)."""
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3 * self.heads, HEAD).transpose(1, 2).chunk(3, dim=1)
        return q, k, v


class Encoder(nn.Module):
    """Pieces in; per word label scores and pointing scores out."""

    def __init__(
        self,
        sizes: dict[str, int],
        dropout: float = 0.1,
        heads: Sequence[int] = (HEADS,) * LAYERS,
        inner: Sequence[int] = (INNER,) * LAYERS,
    ) -> None:
        super().__init__()
        self.sizes, self.heads, self.inner = sizes, heads, inner
        self.words = nn.Embedding(30522, HIDDEN)
        self.positions = nn.Embedding(512, HIDDEN)
        self.shapes = nn.Embedding(NO_SHAPE + 1, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = nn.Dropout(dropout)
        self.layers = nn.ModuleList(Layer(dropout, *each) for each in zip(heads, inner, strict=True))
        self.grammar = nn.Linear(HIDDEN, HIDDEN)
        self.grammar_out = nn.Linear(HIDDEN, sum(sizes.values()))
        self.roles = nn.Linear(HIDDEN, HIDDEN)
        self.roles_out = nn.Linear(HIDDEN, 3 * BIO)
        self.relate = nn.Linear(HIDDEN, 2 * sum(RELATIONS.values()))
        self.lean = nn.Linear(HIDDEN, len(RELATIONS))
        self.distance = nn.Parameter(torch.zeros(2 * REACH + 1, len(RELATIONS)))
        nn.init.zeros_(self.shapes.weight)
        self.export = False

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor | None, first: Tensor) -> tuple[Tensor, ...]:
        """Scores: labels (B, W, all), roles (B, W, 9), then one (B, W, W) matrix a relation.

        ``mask`` is 1 for pieces, 0 for padding (no mask: no padding); ``first`` gives each word's
        first piece, 0 (the opening mark) where a row has fewer words.
        """
        x = self.drop(self.embedded(ids, shapes))
        bias = None if mask is None else (1.0 - mask.to(x.dtype))[:, None, None, :] * -30000.0
        for layer in self.layers:
            x = layer(x, bias, self.export)
        word = torch.gather(x, 1, first[:, :, None].expand(-1, -1, HIDDEN))
        labels = self.grammar_out(functional.gelu(self.grammar(word)))
        roles = self.roles_out(functional.gelu(self.roles(word)))
        return labels, roles, *self._relations(word, first)

    def embedded(self, ids: Tensor, shapes: Tensor) -> Tensor:
        """What the first layer is given."""
        return self.norm(self.words(ids) + self.shapes(shapes) + self.positions.weight[: ids.shape[1]])

    def _relations(self, word: Tensor, first: Tensor) -> list[Tensor]:
        widths = [w for width in RELATIONS.values() for w in (width, width)]
        parts = self.relate(word).split(widths, dim=-1)
        lean = self.lean(word)
        size = first.shape[1]
        apart = self.far[:, :size, :size] if self.export else self.distances(size)
        absent = 0.0 if self.export else (first == 0).to(word.dtype)[:, None, :] * -30000.0
        found = []
        for n, width in enumerate(RELATIONS.values()):
            score = parts[2 * n] @ parts[2 * n + 1].transpose(-1, -2) / math.sqrt(width)
            found.append(score + lean[:, None, :, n] + apart[n] + absent)
        return found

    def distances(self, size: int) -> Tensor:
        """What the distance from each word to each other adds, (relations, size, size)."""
        place = torch.arange(size, device=self.distance.device)
        return self.distance.T[:, (place[None, :] - place[:, None]).clamp(-REACH, REACH) + REACH]

    def exported(self, longest: int) -> Encoder:
        """The encoder as it is exported: one window a call, of so many words at most."""
        self.export = True
        self.register_buffer("far", self.distances(longest).detach().contiguous(), persistent=False)
        return self

    def load_minilm(self, path: Path) -> None:
        """Take embeddings and layers from a MiniLM-L6 `model.safetensors`."""
        w = load_file(str(path))
        with torch.no_grad():
            self.words.weight.copy_(w["embeddings.word_embeddings.weight"])
            kind = w["embeddings.token_type_embeddings.weight"][0]
            self.positions.weight.copy_(w["embeddings.position_embeddings.weight"] + kind)
            _copy(self.norm, w, "embeddings.LayerNorm")
            for n, layer in enumerate(self.layers):
                at = f"encoder.layer.{n}."
                for part in ("weight", "bias"):
                    three = [w[f"{at}attention.self.{p}.{part}"] for p in ("query", "key", "value")]
                    getattr(layer.qkv, part).copy_(torch.cat(three))
                _copy(layer.out, w, at + "attention.output.dense")
                _copy(layer.norm1, w, at + "attention.output.LayerNorm")
                _copy(layer.up, w, at + "intermediate.dense")
                _copy(layer.down, w, at + "output.dense")
                _copy(layer.norm2, w, at + "output.LayerNorm")


def _copy(module: nn.Module, weights: dict[str, Tensor], name: str) -> None:
    module.weight.copy_(weights[name + ".weight"])
    module.bias.copy_(weights[name + ".bias"])
