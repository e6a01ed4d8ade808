"""Writes public/licences.txt: the licences of all that the page bundles. Run after changing dependencies."""

from __future__ import annotations

import json
from pathlib import Path

HERE = Path(__file__).resolve().parent
BESIDE = {"svelte"}
"""Bundled although they are needed to build only: its runtime is in the page."""


def main() -> None:
    """Every package of the lock that is not for development, with its licence's own text."""
    lock = json.loads((HERE / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    parts = ["The page holds code of these packages.\n"]
    for place, told in sorted(lock.items()):
        name = place.rpartition("node_modules/")[2]
        if not name or (told.get("dev") and name not in BESIDE):
            continue
        texts = sorted((HERE / place).glob("[Ll][Ii][Cc][Ee][Nn][CcSs][Ee]*"))
        body = texts[0].read_text(encoding="utf-8").strip() if texts else "(its package brings no text)"
        parts.append(f"{'=' * 72}\n{name} {told['version']}, {told.get('license', 'see below')}\n\n{body}\n")
    (HERE / "public" / "licences.txt").write_text("\n".join(parts), encoding="utf-8")


if __name__ == "__main__":
    main()
