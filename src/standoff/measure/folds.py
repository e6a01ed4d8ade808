"""Which fold a document belongs to, for good: nothing but its id decides, so the folds need no list."""

from __future__ import annotations

import hashlib

FOLDS = 5


def fold_of(doc_id: str, folds: int = FOLDS) -> int:
    """A document's fold, 0 to ``folds`` - 1: the first 32 bits of its id's SHA-256, modulo ``folds``."""
    return int(hashlib.sha256(doc_id.encode()).hexdigest()[:8], 16) % folds
