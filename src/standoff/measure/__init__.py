"""How well the package reads: scores against hand-made gold, and the floors they must not fall below.

In: development corpora that lie beside the checkout, and what the package makes of them.
Out: scores, pinned floors, and reports on the sample and the clusters.
Must not know: how any layer reaches its answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from standoff.measure.corpora import CORPORA as CORPORA
    from standoff.measure.corpora import Corpus as Corpus
    from standoff.measure.corpora import Scored as Scored
    from standoff.measure.corpora import score_corpus as score_corpus
    from standoff.measure.floors import Floors as Floors
    from standoff.measure.floors import load_floors as load_floors
    from standoff.measure.floors import verdict as verdict

_WHERE = {
    "CORPORA": "corpora",
    "Corpus": "corpora",
    "Scored": "corpora",
    "score_corpus": "corpora",
    "Floors": "floors",
    "load_floors": "floors",
    "verdict": "floors",
}


def __getattr__(name: str) -> object:
    """Load on first use: each module here is also a command of its own (``-m standoff.measure.times``)."""
    if name in _WHERE:
        from importlib import import_module

        return getattr(import_module(f"standoff.measure.{_WHERE[name]}"), name)
    raise AttributeError(f"module 'standoff.measure' has no attribute {name!r}")
