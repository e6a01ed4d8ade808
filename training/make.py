"""Everything again with one command: ``python -m training.make --data ../shared/data --minutes 81``."""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

TUNED = 0.45
"""Time spent on training after pruning, as a share of the time before."""


def step(module: str, *arguments: str) -> None:
    """Run one step in its own process; stop at the first that fails."""
    print(f"== {module}", flush=True)
    subprocess.run([sys.executable, "-m", f"training.{module}", *arguments], check=True)


def main() -> None:
    """Prepare, train, prune, train on, export, calibrate, measure; then what rests on its parses."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--minutes", type=float, default=81.0)
    parser.add_argument("--cache", default="training/cache")
    parser.add_argument("--runs", default="training/runs")
    options = parser.parse_args()
    data = ("--data", str(options.data))
    step("prepare", *data, "--cache", options.cache)
    step("train", "--cache", options.cache, "--runs", options.runs, "--minutes", str(options.minutes))
    step("prune", f"{options.runs}/final.pt", "--cache", options.cache)
    tuned = (
        "--start",
        f"{options.runs}/pruned.pt",
        "--rate",
        "5e-5",
        "--minutes",
        str(options.minutes * TUNED),
    )
    step("train", "--cache", options.cache, "--runs", f"{options.runs}/tuned", *tuned)
    step("export", f"{options.runs}/tuned/final.pt")
    step("calibrate", *data)
    step("evaluate", *data, "--cache", options.cache)
    step("roles", *data)
    step("confidence", *data, "--cache", options.cache)


if __name__ == "__main__":
    main()
